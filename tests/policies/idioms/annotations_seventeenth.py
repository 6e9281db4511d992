"""Good plans with annotations and labels of controllers: reviewed keys, the team's own, and those that it lists."""

from ..blind import TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom

REASON = "the platform team read what each value does"


def _deployment(annotations: dict[str, str], labels: dict[str, str] | None = None, name: str = "x") -> Given:
    """Returns a Deployment, and what its pods have beside the labels of cost."""
    marked = {**TAGS, "app": name, **(labels or {})}
    spread = {"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
              "labelSelector": {"matchLabels": {"app": name}}}  # fmt: skip
    return k8s("apps/v1:Deployment", {"metadata": meta(name), "spec": {
        "replicas": 2, "selector": {"matchLabels": {"app": name}}, "template": {
            "metadata": {"labels": marked, "annotations": annotations},
            "spec": pod({}, topologySpreadConstraints=[spread])}}})  # fmt: skip


def _budget(name: str = "x") -> Given:
    return k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(name), "spec": {
        "maxUnavailable": 1, "selector": {"matchLabels": {"app": name}}}}, f"{name}-budget")  # fmt: skip


VAULT = {
    "vault.hashicorp.com/agent-inject": "true", "vault.hashicorp.com/role": "orders",
    "vault.hashicorp.com/agent-inject-secret-db": "database/creds/orders",
    "vault.hashicorp.com/agent-run-as-user": "10001", "vault.hashicorp.com/agent-set-security-context": "true",
    "vault.hashicorp.com/agent-pre-populate-only": "true",
}  # fmt: skip
OTEL = {
    "instrumentation.opentelemetry.io/inject-java": "true", "resource.opentelemetry.io/service.name": "orders",
    "sidecar.opentelemetry.io/inject": "true", "prometheus.io/scrape": "true", "prometheus.io/port": "9464",
}  # fmt: skip
MESH = {
    "linkerd.io/inject": "enabled", "config.linkerd.io/proxy-cpu-request": "50m", "config.linkerd.io/proxy-uid": "2102",
    "config.linkerd.io/proxy-log-level": "warn,linkerd=info",
}  # fmt: skip

IDIOMS = (
    Idiom("the agent of Vault puts a database's password into memory", (_deployment(VAULT), _budget()),
          "hashicorp/vault-k8s fbc5b1f0 agent-inject/agent/annotations.go"),
    Idiom("a program in Java is observed by an agent that the operator adds", (_deployment(OTEL), _budget()),
          "open-telemetry/opentelemetry-operator be894441 README.md"),
    Idiom("the proxy of a mesh has limits of its own", (_deployment(MESH), _budget()),
          "linkerd/linkerd2 b24cd405 pkg/k8s/labels.go"),
    Idiom("pods start again when a map or a secret changes", (
        _deployment({"checksum/config": "0f3a"}), _budget(),
        k8s("core/v1:ConfigMap", {"metadata": meta("settings", annotations={
            "reloader.stakater.com/match": "true", "argocd.argoproj.io/sync-wave": "-1",
            "kustomize.toolkit.fluxcd.io/prune": "disabled"}), "data": {"mode": "fast"}}, "settings")),
        "stakater/Reloader 655a2b38 README.md"),
    Idiom("objects have labels of the bank's own domain, which its settings list", (
        _deployment({"apps.bank.ae/owner": "payments"}, {"bank.ae/team": "payments"}), _budget()),
        "kubernetes/website concepts/overview/working-with-objects/labels.md",
        {"escape": {"allowed_annotations": {"bank.ae/*": REASON, "apps.bank.ae/*": REASON}}}),
    Idiom("labels of a domain of which the settings know a host need no entry", (
        _deployment({}, {"teams.cards-bank.ae/name": "payments"}), _budget()),
        "kubernetes/website concepts/overview/working-with-objects/labels.md",
        {"residency": {"known": {"api.cards-bank.ae": "our own data centre in Dubai"}}}),
    Idiom("a key of a controller that nobody has reviewed is listed by the team that read it", (
        _deployment({"cni.projectcalico.org/hwAddr": "1c:0c:0a:c0:ff:ee"}), _budget()),
        "projectcalico/calico 87c15906 cni-plugin/pkg/k8s/k8s.go",
        {"escape": {"allowed_annotations": {"cni.projectcalico.org/hwAddr": REASON}}}),
    Idiom("a secret is copied into the namespaces that are named", (
        k8s("core/v1:Secret", {"metadata": meta("pull", annotations={
            "replicator.v1.mittwald.de/replicate-to": "team-b,team-c-[0-9]*"}), "type": "Opaque"}, "pull"),),
        "mittwald/kubernetes-replicator f535dd9d README.md"),
    Idiom("members of one group act with the rights of an account of Argo Workflows", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("data", annotations={
            "workflows.argoproj.io/rbac-rule": "'data-engineers' in groups",
            "workflows.argoproj.io/rbac-rule-precedence": "1"}), "automountServiceAccountToken": False}),),
        "argoproj/argo-workflows f016ad89 docs/argo-server-sso.md"),
)  # fmt: skip
