"""Good neighbours of the attacks `twentieth_xclu*`: records without values of secrets, groups with a prefix, accounts
of builds by a beginning, shares that are encrypted, and networks of one's own (2026-11-30)."""

from ..attacks.after_twentieth_xclu import audit, callers, program, runner, share, share_class
from ..blind import TAGS, k8s, meta
from . import Idiom

OURS = {"residency": {"known": {"example.ae": "our own domain"}}}
RECORDS = """- level: None
  users: ["system:kube-proxy"]
  verbs: [watch]
  resources:
  - group: ""
    resources: [endpoints, services]
- level: None
  userGroups: ["system:nodes"]
  verbs: [get]
  resources:
  - group: ""
    resources: [nodes]
- level: None
  nonResourceURLs: ["/healthz*", /version]
- level: None
  resources:
  - group: ""
    resources: [events]
- level: Metadata
  resources:
  - group: ""
    resources: [secrets, configmaps, serviceaccounts/token]
  - group: authentication.k8s.io
    resources: [tokenreviews]
- level: Request
  verbs: [get, list, watch]
- level: RequestResponse
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("records have what was changed, and of secrets who did it", audit(RECORDS),
          "kubernetes/kubernetes cluster/gce/gci/configure-helper.sh (found as a string, read 2026-11-30)"),
    Idiom("records have changes of workloads whole", audit(
        "- level: RequestResponse\n  verbs: [create, update, patch, delete]\n  resources:\n  - group: apps\n"
        "  - group: ''\n    resources: [pods, services]\n- level: Metadata\n"),
        "Kubernetes, 'Auditing' (as known)"),
    Idiom("who asks whether a server lives is not recorded", audit(
        "- level: None\n  verbs: [get, list, watch]\n  resources:\n  - group: coordination.k8s.io\n"
        "    resources: [leases]\n- level: Metadata\n"),
        "Kubernetes, 'Auditing' (as known)"),
    Idiom("groups of the bank's issuer have a prefix", callers(
        "    username: {claim: email, prefix: 'bank:'}\n    groups: {claim: groups, prefix: 'bank:'}\n"),
        "Kubernetes, 'Authenticating' (as known)"),
    Idiom("groups without a prefix are checked for names of Kubernetes", callers(
        "    username: {claim: email, prefix: 'bank:'}\n    groups: {claim: groups, prefix: ''}\n",
        "  userValidationRules:\n  - expression: \"user.groups.all(g, !g.startsWith('system:'))\"\n"
        "    message: names of Kubernetes itself\n"),
        "Kubernetes, 'Authenticating', userValidationRules (as known)"),
    Idiom("names of Kubernetes are left out of the issuer's groups", callers(
        "    username:\n      expression: claims.email\n    groups:\n"
        "      expression: claims.groups.filter(g, !g.startsWith(\"system:\"))\n",
        "  userValidationRules:\n  - expression: \"!user.username.startsWith('system:')\"\n"
        "    message: names of Kubernetes itself\n"),
        "Kubernetes, 'Authenticating', userValidationRules (as known)"),
    Idiom("builds of teams have accounts of their own", runner(
        'service_account_overwrite_allowed = "^ci-[a-z0-9-]+$"', 'namespace_overwrite_allowed = "builds-.*"'),
        "gitlab-org/gitlab-runner docs/executors/kubernetes"),
    Idiom("builds choose no account", runner(
        'service_account_overwrite_allowed = ""', 'namespace_overwrite_allowed = ""'),
        "gitlab-org/gitlab-runner docs/executors/kubernetes"),
    Idiom("a share is mounted with encryption in one option", share("vers=3.1.1,seal,noperm"),
          "kubernetes-csi/csi-driver-smb docs/driver-parameters.md", OURS),
    Idiom("a class mounts shares with encryption", share_class("vers=3.1.1", "seal"),
          "kubernetes-csi/csi-driver-smb docs/driver-parameters.md", OURS),
    Idiom("a peer of the bank's own network is in the cluster", program(
        {"NB_MANAGEMENT_URL": "https://network.example.ae"}, secrets=("NB_SETUP_KEY",)),
        "docs.netbird.io, self-hosted", OURS),
    Idiom("a program counts tunnels that are run elsewhere", program(
        {"TUNNELS_TABLE": "tunnels", "NETWORK": "bank"}, args=("report", "tunnel", "run")),
        "a program of the bank"),
    Idiom("classes of runtimes have the handler that they name", (
        k8s("node.k8s.io/v1:RuntimeClass", {
            "metadata": {"name": "kata-qemu", "labels": TAGS}, "handler": "kata-qemu"}, "kata"),
        k8s("node.k8s.io/v1:RuntimeClass", {
            "metadata": {"name": "nvidia", "labels": TAGS}, "handler": "nvidia"}, "nvidia")),
        "kata-containers and NVIDIA/gpu-operator, runtime classes (as known)"),
    Idiom("a cache of names on each machine answers for the cluster's own", (
        k8s("cilium.io/v2:CiliumLocalRedirectPolicy", {
            "metadata": meta("nodelocaldns", "kube-system"), "spec": {
                "redirectFrontend": {"serviceMatcher": {"serviceName": "kube-dns", "namespace": "kube-system"}},
                "redirectBackend": {"localEndpointSelector": {"matchLabels": {"k8s-app": "node-local-dns"}},
                                    "toPorts": [{"port": "53", "name": "dns", "protocol": "UDP"}]}}}, "names"),),
        "Cilium, 'Local Redirect Policy' (found as a string, read 2026-11-30)"),
    Idiom("copies of the ledger are kept for a month", program(args=(
        "/bin/sh", "-c", "wal-g delete retain FULL 30 --confirm && restic forget --keep-daily 30 --prune")),
        "WAL-G and restic, their commands"),
)  # fmt: skip
