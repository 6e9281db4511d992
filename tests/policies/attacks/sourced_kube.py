"""Attacks on clusters next to what sources of programs say of statements in the pack (2026-12-02)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from ..idioms.eleventh_charts import inside
from . import Attack
from .after_twenty_seventh_kube import NAMESPACE, OPENSEARCH, RULES, served
from .twenty_seventh_kube import MESHED

POLICY = "security.istio.io/v1:AuthorizationPolicy"
LABEL = "istio.io/use-waypoint"
ONE = {"from": [{"source": {"principals": ["cluster.local/ns/payments/sa/gateway"]}}]}
BEHIND = k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": {**MESHED, LABEL: "payments"}}}, "meshed")


def allowed(kind: str, group: str) -> Given:
    """Returns a policy of the mesh that lets the gateway alone call the ledger."""
    return inside(POLICY, "ledger", {"targetRefs": [{"group": group, "kind": kind, "name": "ledger"}],
                                     "action": "ALLOW", "rules": [ONE]}, "payments")  # fmt: skip


def waypoint(traffic: str) -> Given:
    """Returns a waypoint for some traffic."""
    return k8s("gateway.networking.k8s.io/v1:Gateway", {
        "metadata": meta("payments", "payments", labels={**TAGS, "istio.io/waypoint-for": traffic}), "spec": {
            "gatewayClassName": "istio-waypoint",
            "listeners": [{"name": "mesh", "port": 15008, "protocol": "HBONE"}]}}, "waypoint")  # fmt: skip


def unenforced(name: str, *plan: Given) -> Attack:
    """Returns a policy that nothing enforces."""
    return Attack(name, RULES, plan, "critical", "everybody calls the ledger (istio/istio 166ccb28 "
                  "pilot/pkg/serviceregistry/ambient/waypoints.go, read 2026-12-02)", is_alone=True)  # fmt: skip


def kept(name: str, finalizer: str, given: Given) -> Attack:
    """Returns an object that is never deleted."""
    metadata = given.props["metadata"]
    assert isinstance(metadata, dict)
    props = {**given.props, "metadata": {**metadata, "finalizers": [finalizer]}}
    return Attack(name, RULES, (Given(given.type, props, given.name),), "major", "its controller removes it of other "
                  "kinds alone: nothing ends the object (Kubernetes, 'Finalizers', read 2026-12-02)")  # fmt: skip


def lost(name: str, **buffer: object) -> Attack:
    """Returns records that are thrown away as soon as their store is slow."""
    return Attack(name, RULES, (inside("logging.banzaicloud.io/v1beta1:Output", "audit", {"opensearch": {
        **OPENSEARCH, "buffer": {"type": "file", **buffer}}}, "payments"),), "critical",
        "who stops the store for a minute hides what he does (Fluentd, 'Config: Buffer Section')")  # fmt: skip


SETTINGS = k8s("core/v1:ConfigMap", {"metadata": meta("rules", "payments"), "data": {"a": "1"}}, "rules")
OUTSIDE = inside("networking.istio.io/v1:ServiceEntry", "ledger", {
    "hosts": ["ledger.payments.example.ae"], "location": "MESH_INTERNAL", "resolution": "STATIC",
    "ports": [{"number": 8443, "name": "https", "protocol": "TLS"}],
    "workloadSelector": {"labels": {"app": "ledger"}}}, "payments")  # fmt: skip

ATTACKS: tuple[Attack, ...] = (
    unenforced("a policy of the mesh stands before a service that leaves a waypoint by its own label",
               BEHIND, served(**{LABEL: "none"}), allowed("Service", "")),
    unenforced("a policy of the mesh stands before a service whose waypoint takes calls of pods alone",
               BEHIND, served(), waypoint("workload"), allowed("Service", "")),
    unenforced("a policy of the mesh stands before a service whose own waypoint takes no calls",
               NAMESPACE, served(**{LABEL: "payments"}), waypoint("none"), allowed("Service", "")),
    unenforced("a policy of the mesh stands before an entry that has no waypoint",
               NAMESPACE, OUTSIDE, allowed("ServiceEntry", "networking.istio.io")),
    kept("settings wait for a deployer that does not know them", "resources-finalizer.argocd.argoproj.io", SETTINGS),
    kept("settings wait for another deployer that does not know them", "finalizers.fluxcd.io", SETTINGS),
    kept("a namespace waits for a finalizer that is of its spec", "kubernetes", NAMESPACE),
    kept("settings wait for the protection of claims", "kubernetes.io/pvc-protection", SETTINGS),
    lost("records of audit are given up after five seconds", retry_timeout="5s"),
    lost("records of audit have a queue of two small parts", overflow_action="drop_oldest_chunk",
         chunk_limit_size="1m", queue_limit_length=2),
    Attack("records of audit are given up by another operator", RULES, (inside(
        "fluentd.fluent.io/v1alpha1:Output", "audit", {"outputs": [{
            "opensearch": {"host": "records.logging.svc", "port": 9200, "scheme": "https"},
            "buffer": {"type": "file", "retryTimeout": "3s", "overflowAction": "drop_oldest_chunk",
                       "totalLimitSize": "2MB"}}]}, "payments"),), "critical", "fluent/fluent-operator 06eaee51 "
        "apis/fluentd/v1alpha1/plugins/common/buffer_types.go, read 2026-12-02"),
    Attack("a database is copied each year, in minutes", RULES, (inside("k8up.io/v1:Schedule", "ledger", {
        "backend": {"repoPasswordSecretRef": {"name": "copies", "key": "password"}, "s3": {
            "endpoint": "https://s3.dc1.example.ae", "bucket": "copies-payments",
            "accessKeyIDSecretRef": {"name": "copies", "key": "id"},
            "secretAccessKeySecretRef": {"name": "copies", "key": "key"}}},
        "backup": {"schedule": "@every 527040m"}}, "payments"),), "critical",
        "units of @every are those of Go (K8up, 'Schedule Specification', read 2026-12-02)"),
)  # fmt: skip
