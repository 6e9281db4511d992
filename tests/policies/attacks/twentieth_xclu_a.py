"""Attacks on clusters by configurations of the control plane, rights, delivery, meshes and entries (2026-11-30,
twentieth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import TAGS, crd, k8s, meta, release, workload
from ..harness import Given, secret
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-", "FJ-RSL-")
READ = "read 2026-11-30"


def _text(name: str, namespace: str, data: dict[str, str]) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


KEYS = """apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
- resources: [secrets, configmaps]
  providers:
  - identity: {}
  - kms:
      apiVersion: v2
      name: hsm
      endpoint: unix:///var/run/kms/socket.sock
"""
RECORDS = """apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: RequestResponse
  resources:
  - group: ""
    resources: [secrets, serviceaccounts/token]
- level: Metadata
"""
CALLERS = """apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
- issuer:
    url: https://login.example.ae
    audiences: [kubernetes]
  claimMappings:
    username:
      expression: claims.email
    groups:
      expression: '["system:masters"]'
"""
RUNNER = """concurrent = 10
[[runners]]
  url = "https://git.example.ae"
  executor = "kubernetes"
  [runners.kubernetes]
    namespace = "builds"
    service_account = "builds"
    namespace_overwrite_allowed = ".*"
    service_account_overwrite_allowed = ".*"
"""
NAMES = """.:53 {
    errors
    health
    ready
    rewrite name exact ledger.payments.svc.cluster.local tap.team-b.svc.cluster.local
    kubernetes cluster.local in-addr.arpa ip6.arpa
    forward . /etc/resolv.conf
    cache 30
    reload
}
"""
TOKEN = {
    "metadata": {"name": "bootstrap-token-ab12cd", "namespace": "kube-system", "labels": TAGS},
    "type": "bootstrap.kubernetes.io/token",
    "stringData": secret({
        "token-id": "ab12cd", "token-secret": "0123456789abcdef", "usage-bootstrap-authentication": "true",
        "usage-bootstrap-signing": "true", "auth-extra-groups": "system:bootstrappers:kubeadm:default-node-token"}),
}  # fmt: skip
ADMINISTRATOR = {
    "secretName": "ops-client", "literalSubject": "CN=ops,O=system:masters", "usages": ["client auth"],
    "issuerRef": {"name": "cluster-ca", "kind": "ClusterIssuer"}, "duration": "2160h",
    "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}}  # fmt: skip
PROJECT = {
    "sourceNamespaces": ["*"], "sourceRepos": ["https://git.example.ae/platform/apps.git"],
    "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "payments"}]}  # fmt: skip
SIGNED_IN = {
    "parentRefs": [{"name": "inner", "sectionName": "https"}], "hostnames": ["grafana.example.ae"],
    "rules": [{"filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {
        "set": [{"name": "X-WEBAUTH-USER", "value": "admin"}]}}],
        "backendRefs": [{"name": "grafana", "port": 3000}]}]}  # fmt: skip
HEADER = {
    "selector": {"matchLabels": {"app": "ledger"}}, "action": "ALLOW", "rules": [{
        "to": [{"operation": {"methods": ["GET", "POST"]}}],
        "when": [{"key": "request.headers[x-internal-caller]", "values": ["true"]}]}]}  # fmt: skip
MESH = {"meshConfig": {
    "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}, "extensionProviders": [{
        "name": "rights", "envoyExtAuthzGrpc": {
            "service": "rights.platform.svc.cluster.local", "port": 9000, "failOpen": True}}]}}  # fmt: skip

ATTACKS = (
    Attack("secrets of a hosted cluster stand in its database as they are", OPEN,
        _text("encryption", "control-planes", {"encryption.yaml": KEYS}),
        "critical", "the first provider writes: with identity first nothing is encrypted, and who has a copy of etcd "
        f"has every secret (CIS Kubernetes, encryption providers, at tenable.com, {READ}; the order as known)"),
    Attack("each secret that is written stands in the records of who did what", OPEN,
        _text("audit-policy", "control-planes", {"policy.yaml": RECORDS}),
        "critical", "who reads the records has each secret and token (Kubernetes, 'Auditing', level RequestResponse "
        "logs bodies of requests and answers, as known)"),
    Attack("whoever signs in at the issuer is an administrator of the cluster", ("FJ-IDN-313",),
        _text("authentication", "control-planes", {"authentication.yaml": CALLERS}),
        "critical", "the expression gives system:masters to everybody, which no role can take back (Kubernetes, "
        "'Authenticating', structured configuration, claimMappings.groups.expression, as known)"),
    Attack("a token that never ends takes in machines", OPEN, (
        k8s("core/v1:Secret", TOKEN, "bootstrap"),),
        "critical", "whoever has it, at any time, joins a machine that reads the secrets of the pods it draws "
        "(Kubernetes, 'Authenticating with Bootstrap Tokens', expiration is optional, as known)"),
    Attack("a team makes the API server write what callers send", OPEN, (
        k8s("rbac.authorization.k8s.io/v1:ClusterRole", {
            "metadata": {"name": "support", "labels": TAGS},
            "rules": [{"nonResourceURLs": ["/debug/flags/v"], "verbs": ["get", "put"]}]}, "support"),
        k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
            "metadata": {"name": "support", "labels": TAGS},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "support"},
            "subjects": [{"kind": "ServiceAccount", "name": "support", "namespace": "team-a"}]}, "bound")),
        "major", "at verbosity 8 and above bodies stand in its log, secrets too (kubernetes/kubernetes pull 63777, "
        f"/debug/flags/v, {READ}; what a level writes, as known)"),
    Attack("a certificate of an administrator by its whole subject", OPEN, (
        crd("cert-manager.io/v1:Certificate", ADMINISTRATOR),),
        "critical", "O=system:masters passes each role of the cluster whose authority signed it (cert-manager v1.9.0 "
        f"release notes, literalSubject, {READ})"),
    Attack("a build takes whichever account of the cluster it names", OPEN,
        _text("gitlab-runner", "builds", {"config.toml": RUNNER}),
        "critical", "each developer runs a build as an operator's account and has its rights (gitlab-org/gitlab-runner "
        f"merge requests 444 and 554, overwrite by a regular expression, {READ})"),
    Attack("applications of each namespace are deployed to payments", OPEN, (
        *_text("argocd-cmd-params-cm", "argocd", {"application.namespaces": "*"}),
        k8s("argoproj.io/v1alpha1:AppProject", {"metadata": meta("payments", "argocd"), "spec": PROJECT}, "payments")),
        "critical", "whoever writes objects of one namespace deploys as Argo CD to another (Argo CD, 'Applications in "
        "any namespace', application.namespaces and sourceNamespaces, as known)"),
    Attack("a name of the ledger is answered with an address of a team", OPEN,
        _text("coredns", "kube-system", {"Corefile": NAMES}),
        "critical", "each caller in the cluster sends transfers to the team (CoreDNS, plugin rewrite, as known)"),
    Attack("everybody who opens the page is its administrator", OPEN, (
        crd("gateway.networking.k8s.io/v1:HTTPRoute", SIGNED_IN),),
        "critical", "Grafana takes the user from the header that the route writes for each caller (Grafana, 'Configure "
        "auth proxy authentication', header_name X-WEBAUTH-USER, as known)"),
    Attack("whoever writes a header may call the ledger", OPEN, (
        crd("security.istio.io/v1:AuthorizationPolicy", HEADER),),
        "critical", "the caller writes the header itself, and no identity is asked for (Istio, 'Authorization Policy "
        "Conditions', request.headers, as known)"),
    Attack("requests pass while the service of rights does not answer", OPEN,
        release("istiod", "1.26.2", MESH, "istio-system"),
        "major", "who stops the service, or floods it, has every right of the mesh (Istio, 'Global Mesh Options', "
        "EnvoyExternalAuthorizationGrpcProvider.failOpen, as known)"),
    Attack("a virtual cluster of a team has the secrets of the system", OPEN,
        release("vcluster", "0.29.0", {"sync": {"fromHost": {"secrets": {
            "enabled": True, "mappings": {"byName": {"kube-system/*": "default/*", "payments/*": "payments/*"}}}}}}),
        "critical", "each secret of these namespaces is copied to where the team is administrator (loft-sh/vcluster, "
        "sync.fromHost.secrets.mappings.byName, as known)"),
    Attack("a pod takes each GPU of its machine", (*OPEN, "FJ-COST-"), (
        workload("apps/v1:Deployment", {"env": [{"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}]}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})),
        "major", "no quota, price or limit counts the GPUs, and memory of trainings of others can be read "
        f"(Bottlerocket 1.39, nvidia-container-runtime.visible-devices-envvar-when-unprivileged, {READ})"),
)  # fmt: skip
