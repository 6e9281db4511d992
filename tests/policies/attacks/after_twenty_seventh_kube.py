"""Further spellings of the twenty-seventh set's attacks on clusters (2026-12-02), as known unless a date is stated."""

from dataclasses import replace

from ..blind import TAGS, k8s, meta, pod, workload
from ..harness import Given
from ..idioms.eleventh_charts import inside
from . import Attack
from .after_twenty_first_clusters import saved
from .twenty_seventh_kube import CNPG, COPIES, DATA, MESHED, copied_by, labelled, ledger, of_disks

RULES = ("FJ-ESC-115",)
SOURCES = "as in the twenty-seventh set's attacks on clusters"
UID = "6f1f7f0e-2a0e-4f43-8a54-0e3d5f5f8a01"
TIER = {"tier": "ledger"}


def attack(name: str, *plan: Given) -> Attack:
    """Returns an attack whose harm is that of the set."""
    return Attack(name, RULES, plan, "critical", SOURCES)


def owner(kind: str, version: str = "v1") -> dict[str, object]:
    """Returns an owner of an object."""
    return {"apiVersion": version, "kind": kind, "name": "bootstrap", "uid": UID}


def templated(given: Given, **metadata: object) -> Given:
    """Returns a set of pods whose disks have more metadata."""
    spec = given.props["spec"]
    assert isinstance(spec, dict)
    claims = [{**DATA, "metadata": {"name": "data", "labels": TAGS, **metadata}}]
    return replace(given, props={**given.props, "spec": {**spec, "volumeClaimTemplates": claims}})


def with_replicas(given: Given, count: int) -> Given:
    """Returns a workload of another number of pods."""
    spec = given.props["spec"]
    assert isinstance(spec, dict)
    return replace(given, props={**given.props, "spec": {**spec, "replicas": count}})


def scaled(kind: str, name: str, **spec: object) -> Given:
    """Returns an autoscaler of the set of the ledger."""
    target = {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "ledger"}
    return inside(kind, name, {"scaleTargetRef": target, **spec}, "payments")


def served(**labels: str) -> Given:
    """Returns the service of the ledger in the mesh."""
    return k8s("core/v1:Service", {"metadata": {"name": "ledger", "namespace": "payments", "labels": {
        **TAGS, **labels}}, "spec": {"type": "ClusterIP", "selector": {"app": "ledger"},
                                     "ports": [{"name": "https", "port": 8443}]}}, "ledger")  # fmt: skip


def budget(**spec: object) -> tuple[Given, ...]:
    """Returns three pods and how many of them may be ended at a time."""
    return (workload("apps/v1:Deployment", {}, replicas=3), k8s("policy/v1:PodDisruptionBudget", {
        "metadata": meta("payments"), "spec": {**spec, "selector": {"matchLabels": {"app": "x"}}}},
        "budget"))  # fmt: skip


NAMESPACE = k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": MESHED}}, "payments")
LOST = of_disks(whenDeleted="Retain", whenScaled="Delete")
OPENSEARCH = {"host": "records.logging.svc", "port": 9200, "scheme": "https", "ssl_verify": True}
SEALED = {"sealedsecrets.bitnami.com/sealed-secrets-key": "active"}

OWNED = (
    attack("a claim belongs to a workflow that ends", k8s("core/v1:PersistentVolumeClaim", {
        **{key: value for key, value in DATA.items() if key == "spec"},
        "metadata": meta("ledger", "payments", ownerReferences=[owner("Workflow", "argoproj.io/v1alpha1")])},
        "ledger")),
    attack("the disks of a set belong to one of its pods", templated(
        of_disks(whenDeleted="Retain", whenScaled="Retain"), ownerReferences=[owner("Pod")])),
    attack("settings belong to an object of another cluster", k8s("core/v1:ConfigMap", {
        "metadata": meta("authorities", "payments", ownerReferences=[owner("ConfigMap")]),
        "data": {"rules": "none"}}, "authorities")),
    attack("what a set of jobs started stays when it is deleted", k8s("jobset.x-k8s.io/v1alpha2:JobSet", {
        "metadata": meta("training", finalizers=["orphan"]), "spec": {"replicatedJobs": [{
            "name": "a", "replicas": 1, "template": {"spec": {"backoffLimit": 0, "template": {
                "metadata": {"labels": TAGS}, "spec": {**pod({}), "restartPolicy": "Never"}}}}}]}}, "training")),
)  # fmt: skip
DISKS = (
    attack("the disks of a database go when nobody calls, by a number that is not stated", LOST, scaled(
        "keda.sh/v1alpha1:ScaledObject", "ledger", maxReplicaCount=1, triggers=[{"type": "cron", "metadata": {
            "timezone": "Asia/Dubai", "start": "0 7 * * *", "end": "0 20 * * *", "desiredReplicas": "1"}}])),
    attack("the disks of a database go when it is idle", LOST, scaled(
        "keda.sh/v1alpha1:ScaledObject", "ledger", minReplicaCount=1, idleReplicaCount=0, maxReplicaCount=2,
        triggers=[{"type": "cron", "metadata": {"timezone": "Asia/Dubai", "start": "0 7 * * *", "end": "0 20 * * *",
                                                "desiredReplicas": "2"}}])),
    attack("the disks of a database go when no request comes", LOST, inside(
        "http.keda.sh/v1alpha1:HTTPScaledObject", "ledger", {
            "hosts": ["ledger.example.ae"], "replicas": {"min": 0, "max": 1}, "scaleTargetRef": {
                "apiVersion": "apps/v1", "kind": "StatefulSet", "name": "ledger", "service": "ledger", "port": 8443}},
        "payments")),
    attack("the disks of a database go with this deployment", with_replicas(LOST, 0)),
)  # fmt: skip
MISSED = (
    attack("a policy of the mesh selects what only the program has", labelled(TIER, {}), inside(
        "security.istio.io/v1:AuthorizationPolicy", "ledger", {
            "selector": {"matchLabels": TIER}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/payments/sa/gateway"]}}]}]}, "payments")),
    attack("a policy of Cilium selects what only the program has", labelled(TIER, {}), inside(
        "cilium.io/v2:CiliumNetworkPolicy", "ledger", {
            "endpointSelector": {"matchLabels": {"k8s:tier": "ledger"}}, "ingress": [{
                "fromEndpoints": [{"matchLabels": {"app": "gateway"}}],
                "toPorts": [{"ports": [{"port": "8443", "protocol": "TCP"}]}]}]}, "payments")),
    attack("a policy of the network selects what pods have with another value",
           labelled(TIER, {"tier": "books"}), k8s("networking.k8s.io/v1:NetworkPolicy", {
               "metadata": meta("ledger", "payments"), "spec": {
                   "podSelector": {"matchLabels": TIER}, "policyTypes": ["Ingress"], "ingress": []}}, "network")),
)  # fmt: skip
COPIED = (
    attack("a single copy of disks is given up after half a minute", k8s("velero.io/v1:Backup", {
        "metadata": meta("before", "velero"), "spec": {
            "includedNamespaces": ["payments"], "ttl": "720h", "storageLocation": "site", "snapshotVolumes": True,
            "csiSnapshotTimeout": "30s"}}, "before")),
    attack("copies of disks that are moved are given up after ten seconds", saved(
        "0 2 * * *", ttl="720h", snapshotMoveData=True, itemOperationTimeout="0h0m10s")),
    attack("with a schedule each copy of a database is deleted", ledger(COPIES), inside(f"{CNPG}:ScheduledBackup",
        "ledger", {"schedule": "0 0 2 * * *", "cluster": {"name": "ledger"}, "method": "volumeSnapshot",
                   "backupOwnerReference": "self"}, "payments")),
    replace(attack("the copy of the ledger is suspended", copied_by("ledger-backup", suspend=True)), is_alone=True),
    attack("the copy of the ledger has to start within five seconds", copied_by(
        "ledger-backup", startingDeadlineSeconds=5)),
    attack("alarms of a route are told once in a month", inside(
        "monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "intrusions", {
            "route": {"receiver": "desk", "groupBy": ["alertname"], "routes": [{
                "receiver": "desk", "groupInterval": "720h", "matchers": [{"name": "severity", "value": "critical"}]}]},
            "receivers": [{"name": "desk"}]}, "payments")),
    attack("records of audit are given up after the second attempt", inside(
        "logging.banzaicloud.io/v1beta1:Output", "audit", {"opensearch": {**OPENSEARCH, "buffer": {
            "type": "file", "total_limit_size": "4GB", "retry_forever": False, "retry_max_times": 2}}}, "payments")),
    attack("all pods of payments may be unavailable", *budget(maxUnavailable="100%")),
    attack("no share of the pods of payments has to be available", *budget(minAvailable="0%")),
)  # fmt: skip
OTHERS = (
    attack("secrets are sealed for a key that comes from a vault of a team", inside(
        "external-secrets.io/v1:ExternalSecret", "renewal", {
            "refreshInterval": "1h", "secretStoreRef": {"kind": "SecretStore", "name": "vault"},
            "target": {"name": "renewal", "creationPolicy": "Owner", "template": {
                "type": "kubernetes.io/tls", "metadata": {"labels": {**TAGS, **SEALED}}}},
            "dataFrom": [{"extract": {"key": "team-a/renewal"}}]}, "kube-system")),
    replace(attack("a policy of the mesh stands before a service that leaves the waypoint of its namespace", replace(
        NAMESPACE, props={"metadata": {"name": "payments", "labels": {**MESHED, "istio.io/use-waypoint": "none"}}}),
        served(), inside("security.istio.io/v1:AuthorizationPolicy", "ledger", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "ledger"}], "action": "DENY", "rules": [{
                "from": [{"source": {"notPrincipals": ["cluster.local/ns/payments/sa/gateway"]}}]}]}, "payments")),
        is_alone=True),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*OWNED, *DISKS, *MISSED, *COPIED, *OTHERS)
