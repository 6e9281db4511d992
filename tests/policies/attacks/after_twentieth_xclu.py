"""Other spellings of the attacks `twentieth_xclu*` that passed: records with secrets, groups of an issuer, accounts of
builds, shares in plain text and relays of vendors (2026-11-30, written beside the mends)."""

from ..blind import ME, TAGS, k8s, meta, workload
from ..harness import Given
from . import Attack
from .twentieth_xclu_b import READ

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-114", "FJ-ENC-")


def file(name: str, text: str) -> tuple[Given, ...]:
    """Returns a ConfigMap with one file."""
    return (k8s("core/v1:ConfigMap", {"metadata": meta("settings", "control-planes"), "data": {name: text}}),)


def program(
    variables: dict[str, str] | None = None, secrets: tuple[str, ...] = (), args: tuple[str, ...] = (), image: str = "a"
) -> tuple[Given, ...]:
    """Returns a Deployment with variables, variables from a secret and arguments, and its budget."""
    env = [{"name": key, "value": value} for key, value in (variables or {}).items()]
    kept = [{"name": key, "valueFrom": {"secretKeyRef": {"name": "keys", "key": key}}} for key in secrets]
    whole = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{image}@sha256:" + "a" * 64
    container: dict[str, object] = {"image": whole, "env": [*env, *kept], "args": list(args)}
    return (
        workload("apps/v1:Deployment", container),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}))  # fmt: skip


def share(*options: str, **spec: object) -> tuple[Given, ...]:
    """Returns a volume of a share of Windows or Samba in the data centre, with options of its mount."""
    return (k8s("core/v1:PersistentVolume", {"metadata": {"name": "files", "labels": TAGS}, "spec": {
        "capacity": {"storage": "10Gi"}, "accessModes": ["ReadWriteMany"], "persistentVolumeReclaimPolicy": "Retain",
        "storageClassName": "", "claimRef": {"namespace": "team-a", "name": "files"}, "mountOptions": list(options),
        "csi": {"driver": "smb.csi.k8s.io", "volumeHandle": "files",
                "volumeAttributes": {"source": "//10.20.0.9/team-a"},
                "nodeStageSecretRef": {"name": "files", "namespace": "team-a"}}, **spec}}, "files"),)  # fmt: skip


def share_class(*options: str) -> tuple[Given, ...]:
    """Returns a class of such shares."""
    return (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "shares", "labels": TAGS}, "provisioner": "smb.csi.k8s.io", "reclaimPolicy": "Retain",
        "mountOptions": list(options), "parameters": {
            "source": "//10.20.0.9/teams", "csi.storage.k8s.io/node-stage-secret-name": "smb",
            "csi.storage.k8s.io/node-stage-secret-namespace": "${pvc.namespace}"}}, "shares"),)  # fmt: skip


def audit(rules: str) -> tuple[Given, ...]:
    """Returns a policy of auditing with rules."""
    return file("audit.yaml", f"apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n{rules}")


def callers(mappings: str, more: str = "") -> tuple[Given, ...]:
    """Returns a configuration of the callers of the API server with mappings of claims."""
    return file(
        "callers.yaml",
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt:\n- issuer:\n"
        "    url: https://login.platform.svc.cluster.local\n    audiences: [kubernetes]\n"
        f"  claimMappings:\n{mappings}{more}",
    )


def runner(*lines: str) -> tuple[Given, ...]:
    """Returns the configuration of a runner of GitLab with lines of its executor."""
    executor = "\n    ".join(('namespace = "builds"', *lines))
    return file("config.toml", f'[[runners]]\n  executor = "kubernetes"\n  [runners.kubernetes]\n    {executor}\n')


_AUDIT = f"Kubernetes, 'Auditing', Policy (the reasons of its own policy found as a string, {READ})"
_JWT = "Kubernetes, 'Authenticating', structured configuration (as known)"
_GITLAB = f"gitlab-org/gitlab-runner docs/executors/kubernetes (found as a string, {READ})"
_SEAL = f"csi-driver-smb docs/driver-parameters.md, mount.cifs, seal ({READ})"

ATTACKS = (
    Attack("records of requests are left out when they end", OPEN, audit(
        "- level: Metadata\nomitStages: [RequestReceived, ResponseStarted, ResponseComplete]\n"),
        "critical", f"no stage of a request is left ({_AUDIT})"),
    Attack("what one person does in the cluster is not recorded", OPEN, audit(
        "- level: None\n  users: [ops@example.ae]\n- level: Metadata\n"),
        "critical", f"the first rule that matches counts ({_AUDIT})"),
    Attack("whoever names a group at the issuer is an administrator", OPEN, callers(
        "    username: {claim: sub, prefix: 'sso:'}\n    groups: {claim: roles, prefix: ''}\n"),
        "critical", f"a group system:masters passes each role ({_JWT})"),
    Attack("each caller is in a group of Kubernetes", OPEN, callers(
        "    username: {claim: sub, prefix: 'sso:'}\n    groups:\n      expression: '[\"system:masters\"]'\n"),
        "critical", f"which no role can take back ({_JWT})"),
    Attack("a connector of a vendor connects to services by its name", OPEN, program(
        {"TWINGATE_NETWORK": "bank"}, secrets=("TWINGATE_REFRESH_TOKEN",), image="mirror/twingate/connector"),
        "critical", "who is invited on a page of the vendor reaches the network (Twingate, 'How to Deploy a Connector "
        f"with Docker Compose', {READ})"),
    Attack("programs of others run in a sandbox that is none", OPEN, (k8s("node.k8s.io/v1:RuntimeClass", {
        "metadata": {"name": "gvisor", "labels": TAGS}, "handler": "runc"}, "gvisor"),),
        "major", "pods that name the class have the kernel of their node (Kubernetes, 'Runtime Class', as known)"),
    Attack("pods of a team answer for the names of the cluster", OPEN, (k8s("cilium.io/v2:CiliumLocalRedirectPolicy", {
        "metadata": meta("names"), "spec": {
            "redirectFrontend": {"addressMatcher": {
                "ip": "10.96.0.10", "toPorts": [{"port": "53", "protocol": "UDP"}]}},
            "redirectBackend": {"localEndpointSelector": {"matchLabels": {"app": "x"}},
                                "toPorts": [{"port": "53", "protocol": "UDP"}]}}}, "names"),),
        "critical", "each pod of the machine sends its requests where the team says (Cilium, 'Local Redirect Policy', "
        "as known)"),
    Attack("each copy of the ledger is deleted at night", OPEN, program(args=(
        "/bin/sh", "-c", "wal-g delete everything FORCE --confirm")),
        "critical", f"nothing is restored (wal-g, found as a string, {READ})"),
    Attack("a job gives every pod what the vault has", OPEN, program(args=(
        "/bin/sh", "-c", "vault write auth/kubernetes/role/all bound_service_account_names='*' "
        "bound_service_account_namespaces='*' policies=ledger")),
        "critical", f"each pod reads the secrets of the ledger (Vault, auth/kubernetes, found as a string, {READ})"),
    Attack("pods with every right start in each namespace by default", OPEN, file(
        "admission.yaml", "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n"
        "- name: PodSecurity\n  configuration:\n    kind: PodSecurityConfiguration\n    defaults:\n"
        "      enforce: privileged\n      audit: restricted\n"),
        "critical", "a namespace without a label lets them in (Kubernetes, 'Pod Security Admission', as known)"),
    Attack("what callers send is recorded whole, secrets too", OPEN, audit("- level: Request\n"),
           "critical", f"values of new secrets stand in the records ({_AUDIT})"),
    Attack("records of one namespace have its secrets", OPEN, audit(
        "- level: RequestResponse\n  namespaces: [payments]\n- level: Metadata\n  resources:\n  - group: ''\n"
        "    resources: [secrets]\n- level: RequestResponse\n"),
        "critical", f"the first rule that matches counts ({_AUDIT})"),
    Attack("nothing is recorded of who did what in the cluster", OPEN, audit("- level: None\n- level: Metadata\n"),
           "critical", f"the first rule that matches counts, and it is for everybody ({_AUDIT})"),
    Attack("who reads secrets or gives rights is not recorded", OPEN, audit(
        "- level: None\n  resources:\n  - group: ''\n    resources: [secrets]\n  - group: rbac.authorization.k8s.io\n"
        "- level: Metadata\n"),
        "major", f"a stranger reads each secret without a trace ({_AUDIT})"),
    Attack("records of a chart's API server have secrets", OPEN, file(
        "policy.json", '{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [{"level": "RequestResponse", '
        '"verbs": ["create", "update"], "resources": [{"group": "", "resources": ["*"]}]}]}'),
        "critical", f"the star is every resource of the group ({_AUDIT})"),
    Attack("an issuer makes administrators by a condition", OPEN, callers(
        "    username: {claim: sub, prefix: 'sso:'}\n    groups:\n"
        "      expression: \"claims.team == 'ops' ? ['system:masters'] : []\"\n"),
        "critical", f"who may change a claim passes each role ({_JWT})"),
    Attack("everybody has the name of the administrator", OPEN, callers(
        "    username:\n      expression: '\"system:admin\"'\n"),
        "critical", f"the name is one of Kubernetes itself ({_JWT})"),
    Attack("groups of an issuer are those of Kubernetes", OPEN, callers(
        "    username: {claim: sub, prefix: 'sso:'}\n    groups: {claim: roles, prefix: 'system:'}\n"),
        "critical", f"whoever makes a role masters at the issuer passes each role ({_JWT})"),
    Attack("an API server takes groups of an issuer for its own", OPEN, program(args=(
        "kube-apiserver", "--oidc-issuer-url=https://login.platform.svc.cluster.local", "--oidc-client-id=kubernetes",
        "--oidc-groups-claim=roles", "--oidc-groups-prefix=system:")),
        "critical", "the same by flags (Kubernetes, 'Authenticating', --oidc-groups-prefix, as known)"),
    Attack("a build runs in whichever namespace it names", OPEN, runner('namespace_overwrite_allowed = "^.+$"'),
           "critical", f"a build stands behind policies of payments ({_GITLAB})"),
    Attack("a build takes an account of any name", OPEN, runner('service_account_overwrite_allowed = "[a-z0-9-]+"'),
           "critical", f"a build has the rights of an operator ({_GITLAB})"),
    Attack("a runner lets builds choose their account by a variable", OPEN, program(
        {"KUBERNETES_SERVICE_ACCOUNT_OVERWRITE_ALLOWED": "^(builds|.*)$"}),
        "critical", f"the same by a variable ({_GITLAB})"),
    Attack("a share is mounted with an old protocol", OPEN, share("vers=2.1"),
           "major", f"SMB 2 has no encryption ({_SEAL})"),
    Attack("a share is mounted without options", OPEN, share(), "major", f"nothing asks for encryption ({_SEAL})"),
    Attack("a class mounts shares in plain text", OPEN, share_class("vers=3.1.1", "noperm"),
           "major", f"nothing asks for encryption ({_SEAL})"),
    Attack("a connector of a vendor runs under another name", OPEN, program(
        secrets=("TUNNEL_TOKEN",), args=("tunnel", "--no-autoupdate", "run")),
        "critical", "Cloudflare sends callers in (cloudflare/cloudflared, TUNNEL_TOKEN, as known)"),
    Attack("arguments of a connector say what it is", OPEN, program(
        args=("tunnel", "--no-autoupdate", "run", "--token-file", "/etc/tunnel/token")),
        "critical", "the image's entry point is the program (cloudflared tunnel run --token-file, found as a string, "
        f"{READ})"),
    Attack("a machine of a vendor's network is in the cluster", OPEN, program(
        {"TS_ROUTES": "10.20.0.0/16"}, secrets=("TS_AUTHKEY",)),
        "critical", f"who is invited reaches the network (tailscale, TS_AUTHKEY, found as a string, {READ})"),
    Attack("a peer of a vendor's network is in the cluster", OPEN, program(secrets=("NB_SETUP_KEY",)),
           "critical", f"who is invited reaches the network (NetBird, NB_SETUP_KEY, found as a string, {READ})"),
    Attack("a gateway of a vendor is in the cluster", OPEN, program({"FIREZONE_ID": "a"}, secrets=("FIREZONE_TOKEN",)),
           "critical", f"who is invited reaches the network (Firezone, FIREZONE_TOKEN, found as a string, {READ})"),
    Attack("a relay of a vendor comes by its image", OPEN, program(image="mirror/strongdm/relay"),
           "critical", f"who is invited reaches the network (StrongDM, relay, found as a string, {READ})"),
)  # fmt: skip
