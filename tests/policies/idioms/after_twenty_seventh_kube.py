"""Good programs next to the twenty-seventh set's attacks on clusters (2026-12-02)."""

from dataclasses import replace

from ..attacks.after_twenty_first_clusters import saved
from ..attacks.after_twenty_seventh_kube import NAMESPACE, TIER, scaled, served, templated, with_replicas
from ..attacks.twenty_seventh_kube import CNPG, COPIES, by_day, copied_by, labelled, ledger, of_disks
from ..blind import TAGS, k8s, meta
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .eleventh_charts import inside
from .twenty_third_aws_operators import owned

K8S = "kubernetes.io/docs"
STORE = {"barmanObjectStore": {
    "destinationPath": "s3://treasury-checkpoints/ledger", "endpointURL": "https://s3.dc1.example.ae",
    "s3Credentials": {"accessKeyId": {"name": "copies", "key": "id"},
                      "secretAccessKey": {"name": "copies", "key": "key"}}}}  # fmt: skip
SNAPSHOTS = {"schedule": "0 0 2 * * *", "cluster": {"name": "ledger"}, "method": "volumeSnapshot"}
BUDGET = k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("ledger", "payments"), "spec": {
    "maxUnavailable": 1, "selector": {"matchLabels": {"app": "ledger"}}}}, "budget")  # fmt: skip
DISKS = unpriced("kubernetes:apps/v1:StatefulSet::ledger", "kubernetes:apps/v1:StatefulSet::cache",
                 "kubernetes:keda.sh/v1:ScaledObject::ledger", "kubernetes:keda.sh/v1:ScaledObject::cache")  # fmt: skip


def named(given: Given, name: str) -> Given:
    """Returns a set of pods of another name."""
    return replace(given, props={**given.props, "metadata": meta(name, "payments")}, name=name)


def closed(labels: dict[str, str]) -> Given:
    """Returns a policy that lets the gateway alone call pods."""
    return k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("ledger", "payments"), "spec": {
        "podSelector": {"matchLabels": labels}, "policyTypes": ["Ingress"], "ingress": [{
            "from": [{"podSelector": {"matchLabels": {"app": "gateway"}}}],
            "ports": [{"port": 8443, "protocol": "TCP"}]}]}}, "network")  # fmt: skip


def allowed(**place: object) -> Given:
    """Returns a policy of the mesh that lets the gateway alone call."""
    return inside("security.istio.io/v1:AuthorizationPolicy", "ledger", {**place, "action": "ALLOW", "rules": [{
        "from": [{"source": {"principals": ["cluster.local/ns/payments/sa/gateway"]}}]}]}, "payments")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("settings belong to an object that the program makes", (
        k8s("core/v1:ConfigMap", {"metadata": meta("parts", "payments"), "data": {"a": "1"}}, "parts"),
        k8s("core/v1:ConfigMap", {"metadata": meta("more", "payments", ownerReferences=[{
            "apiVersion": "v1", "kind": "ConfigMap", "name": "parts", "uid": UNKNOWN}]), "data": {"b": "2"}}, "more",
            links={"metadata": ("parts",)})), f"{K8S}/concepts/architecture/garbage-collection"),
    Idiom("the disks of a database stay when its pods are ended in the evening", (
        of_disks(whenDeleted="Retain", whenScaled="Retain"), by_day("ledger")),
        f"{K8S}/concepts/workloads/controllers/statefulset", DISKS),
    Idiom("the disks of a cache go with its pods in the evening", (
        named(of_disks(whenDeleted="Delete", whenScaled="Delete"), "cache"), by_day("cache")),
        f"{K8S}/concepts/workloads/controllers/statefulset", DISKS),
    Idiom("the disks of pods that are one too many are deleted", (
        templated(with_replicas(of_disks(whenDeleted="Retain", whenScaled="Delete"), 3)), BUDGET, scaled(
            "keda.sh/v1alpha1:ScaledObject", "ledger", minReplicaCount=3, maxReplicaCount=5, triggers=[{
                "type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}])),
        f"{K8S}/concepts/workloads/controllers/statefulset", DISKS),
    Idiom("a policy of the network selects what pods of a program have", (labelled(TIER, TIER), closed(TIER), BUDGET),
          f"{K8S}/concepts/services-networking/network-policies"),
    Idiom("a policy of the network selects a label of pods that the program itself does not have", (
        labelled({}, TIER), closed(TIER), BUDGET), f"{K8S}/concepts/services-networking/network-policies"),
    Idiom("a policy of the network is for pods of another stack", (closed(TIER),),
          f"{K8S}/concepts/services-networking/network-policies"),
    Idiom("copies of disks have half an hour", (saved("0 2 * * *", ttl="720h", csiSnapshotTimeout="30m",
                                                      itemOperationTimeout="4h"),), "velero.io/docs/main/csi"),
    owned("snapshots of a database go with it, and its copies in a store stay", (
        ledger({"backup": {**COPIES["backup"], **STORE, "retentionPolicy": "30d"}}),
        inside(f"{CNPG}:ScheduledBackup", "ledger", {**SNAPSHOTS, "backupOwnerReference": "cluster"}, "payments")),
        "cloudnative-pg.io/documentation/current/backup_volumesnapshot", "postgresql.cnpg.io"),
    owned("snapshots of a database are nobody's", (
        ledger({"backup": {"volumeSnapshot": {"className": "encrypted", "snapshotOwnerReference": "none"}}}),
        inside(f"{CNPG}:ScheduledBackup", "ledger", {**SNAPSHOTS, "backupOwnerReference": "self"}, "payments")),
        "cloudnative-pg.io/documentation/current/backup_volumesnapshot", "postgresql.cnpg.io"),
    Idiom("the ledger is copied each night, and by hand before changes", (
        copied_by("ledger-backup", startingDeadlineSeconds=600), copied_by("ledger-backup-by-hand", suspend=True)),
        f"{K8S}/concepts/workloads/controllers/cron-jobs"),
    Idiom("alarms of a kind are told together after half a minute, and again after four hours", (
        inside("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "intrusions", {
            "route": {"receiver": "desk", "groupBy": ["alertname"], "groupWait": "30s", "groupInterval": "1h30m",
                      "repeatInterval": "4h"}, "receivers": [{"name": "desk"}]}, "payments"),),
        "prometheus.io/docs/alerting/latest/configuration"),
    Idiom("records wait on a disk while their store is away", (
        inside("logging.banzaicloud.io/v1beta1:Output", "audit", {"opensearch": {
            "host": "records.logging.svc", "port": 9200, "scheme": "https", "ssl_verify": True, "buffer": {
                "type": "file", "total_limit_size": "2GB", "overflow_action": "drop_oldest_chunk",
                "retry_forever": True, "flush_interval": "10s"}}}, "payments"),),
        "kube-logging.dev/docs/configuration/plugins/outputs/buffer",
        unpriced("kubernetes:logging.banzaicloud.io/v1:Output::audit")),
    Idiom("a policy of the mesh stands at the waypoint of a service", (
        NAMESPACE, served(**{"istio.io/use-waypoint": "payments"}),
        allowed(targetRefs=[{"group": "", "kind": "Service", "name": "ledger"}])),
        "istio.io/latest/docs/ambient/usage/l7-features"),
    Idiom("a policy of the mesh stands before pods by their labels", (
        NAMESPACE, served(), allowed(selector={"matchLabels": {"app": "ledger"}})),
        "istio.io/latest/docs/ambient/usage/l4-policy"),
    Idiom("a key of sealed secrets that somebody knows is no longer used", (
        k8s("core/v1:SecretPatch", {"metadata": {"name": "sealed-secrets-keyx2x7q", "namespace": "kube-system",
            "labels": {**TAGS, "sealedsecrets.bitnami.com/sealed-secrets-key": "compromised"}}}, "former"),),
        "github.com/bitnami-labs/sealed-secrets, early key renewal"),
)  # fmt: skip
