"""Good idioms close to what published lists of checks for clusters forbid (`attacks/listed_kubernetes.py`)."""

from ..attacks.listed_kubernetes import RANDOM, bound, constraints, exception, file, ingress, role, route, variables
from ..blind import IMAGE, TAGS, crd, k8s, meta, pod
from . import Idiom, unpriced

LISTS = "kyverno/policies b9c4317c and kubescape/regolibrary ce7ef32a, their good cases, read 2026-12-01"
BALANCER = "kubernetes-sigs/aws-load-balancer-controller 225f44568 docs/guide/ingress/annotations.md, read 2026-11-29"
KUBEADM = """apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
  - {name: authorization-mode, value: "Node,RBAC"}
  - {name: enable-admission-plugins, value: "NodeRestriction,EventRateLimit"}
  - {name: disable-admission-plugins, value: AlwaysAdmit}
  - {name: service-account-lookup, value: "true"}
controllerManager:
  extraArgs:
  - {name: use-service-account-credentials, value: "true"}
etcd:
  local:
    extraArgs:
    - {name: auto-tls, value: "false"}
    - {name: peer-auto-tls, value: "false"}
    - {name: client-cert-auth, value: "true"}
    - {name: peer-client-cert-auth, value: "true"}
"""


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a namespace of OpenShift uses the constraints for pods without rights on their node", (
        bound("system:openshift:scc:nonroot-v2"), constraints("restricted-v2", "payments-ports")), LISTS),
    Idiom("agents of the nodes of OpenShift have the constraint that the platform lists for them", (
        bound("system:openshift:scc:privileged"),), LISTS, {"identity": {"cluster_roles": {
            "system:openshift:scc:privileged": "agents of the nodes, reviewed by the platform"}}}),
    Idiom("an exception from a policy names one object of one namespace", (
        exception(match={"any": [{"resources": {"kinds": ["Pod"], "namespaces": ["team-a"], "names": ["probe-1"]}}]}),),
        LISTS),
    Idiom("variables have keys that are names, public, or of what lies elsewhere", (variables(
        PARTITION_KEY="customer-id", CACHE_KEY="orders-2026-v2", JWT_ISSUER="https://login.team-a.svc",
        VERIFICATION_PUBLIC_KEY=RANDOM, SITE_KEY="0f8d2c1e-9b7a-46f3-8d2c-1e9b7a46f30f",
        MODEL_KEY="models/Llama-3-8B-Instruct/v2/weights", DATA_KEY="arn:aws:kms:me-central-1:123456789012:key/a",
        PWD="/srv/app", AUTH_SCHEME="Bearer authentication", SIGNING_KEY_ID="key-2026-11"),), LISTS),
    Idiom("a map of settings explains how a caller shows its token", (
        file("README.md", "Send `Authorization: Bearer TOKEN`, with a token of 32 characters such as glpat-...\n"),
        file("settings.json", '{"sortKey": "createdAt", "objectKey": "exports/2026/11/Orders_2026_11_30"}')), LISTS),
    Idiom("a control plane of kubeadm asks roles and evaluates what it creates", (
        file("kubeadm.yaml", KUBEADM),), LISTS),
    Idiom("an entry answers hosts that no rule names by its load balancer", (
        ingress({"defaultBackend": {"service": {"name": "no-such-host", "port": {"name": "use-annotation"}}}}),),
        BALANCER),
    Idiom("an entry serves paths that only look like those of a machine", (
        ingress({}, "/etc/kubernetes-reports"),), LISTS),
    Idiom("a route at a gateway of the platform names its host", (route("shop.example.ae"),), LISTS),
    Idiom("a route at a gateway of its own namespace takes the hosts that the gateway lists", (
        route("*", gateway="shop"),), LISTS),
    Idiom("secrets of a cluster of OpenShift are encrypted in its store", (
        k8s("config.openshift.io/v1:APIServer", {"metadata": {"name": "cluster"}, "spec": {
            "audit": {"profile": "Default"}, "encryption": {"type": "aesgcm"}}}, "cluster"),), LISTS, {
                "escape": {"allowed_types": {"kubernetes:config.openshift.io/*": "settings of the platform's cluster"}},
                **unpriced("kubernetes:config.openshift.io/v1:APIServer::cluster")}),
    Idiom("pods are closed to all by rules of Cilium that allow nothing", (crd("cilium.io/v2:CiliumNetworkPolicy", {
        "endpointSelector": {}, "ingress": [{}], "egress": [{}]}),),
        "cilium/cilium examples/policies/l3/egress-default-deny, as copied, read 2026-12-01"),
    Idiom("files of a volume belong to a group of the program", (k8s("core/v1:Pod", {
        "metadata": meta(), "spec": pod({}, securityContext={
            "runAsNonRoot": True, "runAsUser": 10001, "fsGroup": 10001, "seccompProfile": {"type": "RuntimeDefault"}}),
    }),), LISTS),
    Idiom("a job that ends has no proxy of the mesh beside it", (k8s("batch/v1:Job", {
        "metadata": meta(), "spec": {"backoffLimit": 1, "template": {
            "metadata": {"labels": {**TAGS, "sidecar.istio.io/inject": "false"}},
            "spec": pod({"image": IMAGE}, restartPolicy="Never")}}}),), LISTS),
    Idiom("a program writes what happened, and removes what it wrote in its namespace", (
        role("ClusterRole", apiGroups=["", "events.k8s.io"], resources=["events"], verbs=["create", "patch"]),
        role(apiGroups=[""], resources=["events"], verbs=["delete"])), LISTS),
)  # fmt: skip
