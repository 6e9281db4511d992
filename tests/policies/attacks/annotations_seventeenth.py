"""Attacks by annotations and labels of controllers, of keys that a row reads and of keys that nobody has reviewed.

Keys as the projects document them, read 2026-11-30: cilium/cilium 023375f6 (pkg/annotation/k8s.go), linkerd/linkerd2
b24cd405 (pkg/k8s/labels.go), istio/api b8f8791d (annotation/annotations.yaml), hashicorp/vault-k8s fbc5b1f0
(agent-inject/agent/annotations.go), bank-vaults/bank-vaults.dev bc8fb5a3 (mutating-webhook), dapr/docs 0748da59,
open-telemetry/opentelemetry.io (operator/automatic.md), argoproj/argo-workflows f016ad89 (docs/argo-server-sso.md),
kubernetes-sigs/external-dns 2bf1bf8a (source/annotations/annotations.go), emberstack/kubernetes-reflector d1106013,
mittwald/kubernetes-replicator f535dd9d, kubernetes/ingress-nginx dbb11b92 (annotations.md), traefik/traefik fd5a576d,
jcmoraisjr/haproxy-ingress 465a51ce (configuration/keys.md), haproxytech/kubernetes-ingress fc120676,
argoproj/argo-cd 37ee0097 (operator's label by redhat-developer/gitops-operator), spiffe/spire, Kuma, Rancher,
Capsule and nfs-subdir-external-provisioner as known.
"""

from ..blind import TAGS, k8s, meta, pod, release
from ..harness import Given
from . import Attack

READ = ("FJ-ESC-115", "FJ-IDN-313")
UNREAD = ("FJ-ESC-125",)
NOBODY = ("FJ-ESC-126",)


def _pods(key: str, value: str, kind: str = "annotations") -> Given:
    """Returns a Deployment whose pods have an annotation or a label."""
    metadata = {"labels": {**TAGS, "app": "x"}}
    metadata[kind] = {**metadata.get(kind, {}), key: value}
    return k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {
        "replicas": 2, "selector": {"matchLabels": {"app": "x"}},
        "template": {"metadata": metadata, "spec": pod({})}}})  # fmt: skip


def _namespace(key: str, value: str, kind: str = "labels") -> Given:
    labels = {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"}
    metadata = {"name": "team-a", "labels": labels}
    metadata[kind] = {**(labels if kind == "labels" else {}), key: value}
    return k8s("core/v1:Namespace", {"metadata": metadata})


def _secret(key: str, value: str) -> Given:
    return k8s("core/v1:Secret", {"metadata": meta(annotations={key: value}), "type": "Opaque"})


def _ingress(key: str, value: str) -> Given:
    backend = {"service": {"name": "x", "port": {"number": 443}}}
    return k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations={key: value}), "spec": {
        "ingressClassName": "internal", "tls": [{"hosts": ["a.example.ae"], "secretName": "tls"}],
        "rules": [{"host": "a.example.ae", "http": {"paths": [
            {"path": "/", "pathType": "Prefix", "backend": backend}]}}]}})  # fmt: skip


def _service(key: str, value: str) -> Given:
    return k8s("core/v1:Service", {"metadata": meta(annotations={key: value}), "spec": {
        "type": "ClusterIP", "selector": {"app": "x"}, "ports": [{"port": 443}]}})  # fmt: skip


_CLAIM = {
    "metadata": meta("orders", annotations={"nfs.io/storage-path": "../payments"}),
    "spec": {
        "storageClassName": "gold",
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "10Gi"}},
    },
}

ATTACKS = (
    # Keys that a row reads.
    Attack("the agent of Vault is root", READ,
           (_pods("vault.hashicorp.com/agent-run-as-user", "0"),), "major", "a container of the pod runs as root"),
    Attack("the webhook of Bank-Vaults asks whoever answers", READ,
           (_pods("vault.security.banzaicloud.io/vault-skip-verify", "true"),), "critical",
           "whoever is in between hands out secrets and reads the token"),
    Attack("a pod of Cilium sends with the address of others", READ,
           (_namespace("config.cilium.io/delegate-source-ip-verification", "true", "annotations"),
            _pods("config.cilium.io/disable-source-ip-verification", "true")), "critical",
           "policies by address take the pod for another"),
    Attack("the proxy of Linkerd is root", READ,
           (_pods("config.linkerd.io/proxy-uid", "0"),), "major", "a container of the pod runs as root"),
    Attack("the sidecar of Dapr calls all of the kernel", READ,
           (_pods("dapr.io/sidecar-seccomp-profile-type", "Unconfined"),), "major",
           "no profile bounds the sidecar's calls"),
    Attack("the operator of OpenTelemetry adds a privileged container", READ,
           (_pods("instrumentation.opentelemetry.io/inject-go", "true"),), "critical",
           "the container has every right on the machine"),
    Attack("everybody who signs in to Argo Workflows has an account's rights", READ,
           (k8s("core/v1:ServiceAccount", {
               "metadata": meta("deployer", annotations={"workflows.argoproj.io/rbac-rule": "true"}),
               "automountServiceAccountToken": False}),), "critical",
           "whoever has an account at the issuer starts workflows"),
    Attack("public addresses of machines are published under the new prefix", READ,
           (k8s("core/v1:Service", {
               "metadata": meta(annotations={"external-dns.kubernetes.io/access": "public"}),
               "spec": {"type": "ClusterIP", "clusterIP": "None", "selector": {"app": "x"},
                        "ports": [{"port": 443}]}}),), "major", "everybody learns the addresses of the machines"),
    Attack("a secret is reflected into every namespace", READ, (k8s("core/v1:Secret", {
        "metadata": meta(annotations={"reflector.v1.k8s.emberstack.com/reflection-allowed": "true",
                                      "reflector.v1.k8s.emberstack.com/reflection-auto-enabled": "true",
                                      "reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces": ".*",
                                      "reflector.v1.k8s.emberstack.com/reflection-auto-namespaces": ".*"}),
        "type": "Opaque"}),), "critical", "every team reads the secret"),
    Attack("callers pass by the answer that somebody else got", READ,
           (_ingress("nginx.ingress.kubernetes.io/auth-cache-key", "$host$request_uri"),), "critical",
           "after one good sign-in nobody is asked for a while"),
    Attack("calls through Traefik are recorded by nobody", READ,
           (_ingress("traefik.ingress.kubernetes.io/router.observability.accesslogs", "false"),), "minor",
           "nobody sees who called"),
    Attack("the firewall of HAProxy only records", READ,
           (_ingress("haproxy-ingress.github.io/waf-mode", "detect"),), "major", "attacks pass to the program"),
    Attack("a list of HAProxy Technologies lets in everybody", READ,
           (_ingress("haproxy.org/allow-list", "10.0.0.0/8, 0.0.0.0/0"),), "major", "the list bounds nobody"),
    # Keys of known controllers that nobody has reviewed.
    Attack("Argo CD of another team administers the namespace", UNREAD,
           (_namespace("argocd.argoproj.io/managed-by", "other-argocd"),), "critical",
           "the operator binds the rights of an administrator to the other Argo CD"),
    Attack("the webhooks of Linkerd leave the namespace out", UNREAD,
           (_namespace("config.linkerd.io/admission-webhooks", "disabled"),), "major", "no pod has a proxy"),
    Attack("a service is exported to other clusters of Linkerd", UNREAD,
           (_service("mirror.linkerd.io/exported", "true"),), "major", "programs of other clusters reach the service"),
    Attack("a namespace is shared with all clusters of a mesh of Cilium", UNREAD,
           (_namespace("clustermesh.cilium.io/global", "true", "annotations"),), "major",
           "other clusters reach its services"),
    Attack("packets of a pod go past the records of connections", UNREAD,
           (_pods("policy.cilium.io/no-track-port", "5432"),), "major", "policies that keep state do not see them"),
    Attack("interfaces of a pod go past the proxy of Istio", UNREAD,
           (_pods("traffic.sidecar.istio.io/kubevirtInterfaces", "eth0"),), "major", "calls lack TLS and policies"),
    Attack("the installer of Istio leaves a changed object alone", UNREAD,
           (_service("install.istio.io/ignoreReconcile", "true"),), "minor", "the object stays as somebody left it"),
    Attack("files of a pod are left out of its backups", UNREAD,
           (_pods("backup.velero.io/backup-volumes-excludes", "orders"),), "major", "the data cannot be restored"),
    Attack("a secret is copied by a label that others set", UNREAD,
           (_secret("replicator.v1.mittwald.de/replicate-to-matching", "team"),), "major",
           "whoever labels a namespace reads the secret"),
    Attack("a chart's pods have an annotation that Vault's agent reads", UNREAD,
           release("keda", "2.17.0", {"podAnnotations": {"keda": {"vault.hashicorp.com/agent-configmap": "agent"}}}),
           "major", "the agent does what a map says that no rule reads"),
    Attack("a map has a pod with a key of Linkerd", UNREAD,
           (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {
               "pod.yaml": "metadata:\n  annotations:\n    config.linkerd.io/disable-identity: 'true'\nspec: {}\n"}}),),
           "major", "calls lack the mesh's TLS"),
    # Keys of controllers of which the list has none.
    Attack("a pod takes the identity of another", UNREAD,
           (_pods("spiffe.io/spiffe-id", "ns/payments/sa/settlement", "labels"),), "critical",
           "the registrar issues the other's certificate"),
    Attack("a namespace joins the project of another team", UNREAD,
           (_namespace("field.cattle.io/projectId", "c-m-1:p-payments", "annotations"),), "critical",
           "members of the project administer the namespace"),
    Attack("a namespace joins the tenant of another team", NOBODY,
           (_namespace("capsule.clastix.io/tenant", "payments"),), "major", "the tenant's owners administer it"),
    Attack("a claim has the directory of another", NOBODY,
           (k8s("core/v1:PersistentVolumeClaim", _CLAIM),), "critical", "files of another team are read"),
    Attack("the proxy of Kuma is left out of a pod", READ,
           (_pods("kuma.io/sidecar-injection", "disabled", "labels"),), "major", "calls lack the mesh's TLS"),
    Attack("an agent of a vendor adds itself to a pod", NOBODY,
           (_pods("oneagent.dynatrace.com/inject", "true"),), "major", "what the program does is sent to a vendor"),
)  # fmt: skip
