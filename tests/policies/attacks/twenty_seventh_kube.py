"""Attacks on clusters (2026-12-02, twenty-seventh set, written before any rule ran on it): single fields, labels and
durations, and what several objects make of each other.

Fields as in the projects named, as known unless a date stands beside it.
"""

from collections.abc import Mapping

from ..blind import TAGS, k8s, meta, pod, workload
from ..harness import Given
from ..idioms.eleventh_charts import inside, secret_variable
from . import Attack
from .after_twenty_first_clusters import saved

READ = "read 2026-12-02"
RSL = ("FJ-RSL-", "FJ-ESC-115")
EXP = ("FJ-EXP-", "FJ-ESC-115", "FJ-ESC-117", "FJ-IDN-")
SWITCH = ("FJ-ESC-115", "FJ-EXP-", "FJ-IDN-")
CNPG = "postgresql.cnpg.io/v1"
SMALL = {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "1", "memory": "4Gi"}}
MESHED = {**TAGS, "pod-security.kubernetes.io/enforce": "restricted", "istio.io/dataplane-mode": "ambient"}
COPIES = {"backup": {"volumeSnapshot": {"className": "encrypted", "snapshotOwnerReference": "backup"}}}
DATA = {"metadata": {"name": "data", "labels": TAGS}, "spec": {
    "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
    "resources": {"requests": {"storage": "100Gi"}}}}  # fmt: skip


def ledger(more: Mapping[str, object] | None = None, **metadata: object) -> Given:
    """Returns a database of three instances."""
    return inside(f"{CNPG}:Cluster", "ledger", {
        "instances": 3, "imageName": "registry.example.ae/postgresql@sha256:" + "d" * 64, "enableSuperuserAccess":
        False, "storage": {"size": "100Gi", "storageClass": "encrypted"}, "inheritedMetadata": {"labels": TAGS},
        "resources": SMALL, **(more or {})}, "payments", **metadata)  # fmt: skip


def copied_by(name: str, **schedule: object) -> Given:
    """Returns a job of each night that copies the ledger, with fields of its schedule or of its run."""
    container = {"command": ["pg_dump", "--format=custom", "--file=/copies/ledger.dump", "ledger"],
                 "env": [secret_variable("PGPASSWORD", "ledger", "password")]}  # fmt: skip
    run = {
        "backoffLimit": 2,
        "activeDeadlineSeconds": schedule.pop("ends", 3600),
        "template": {
            "metadata": {"labels": {**TAGS, "app": "copies"}},
            "spec": {**pod(container), "restartPolicy": "Never"},
        },
    }
    return k8s(
        "batch/v1:CronJob",
        {
            "metadata": meta(name, "payments"),
            "spec": {"schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": run}, **schedule},
        },
        name,
    )


def of_disks(**policy: str) -> Given:
    """Returns a database with a disk for each pod, and what happens to the disks of pods that are gone."""
    template = {"metadata": {"labels": {**TAGS, "app": "ledger"}}, "spec": pod({
        "volumeMounts": [{"name": "data", "mountPath": "/data"}]})}  # fmt: skip
    return k8s("apps/v1:StatefulSet", {"metadata": meta("ledger", "payments"), "spec": {
        "replicas": 1, "serviceName": "ledger", "selector": {"matchLabels": {"app": "ledger"}}, "template": template,
        "persistentVolumeClaimRetentionPolicy": policy, "volumeClaimTemplates": [DATA]}}, "ledger")  # fmt: skip


def by_day(name: str, kind: str = "StatefulSet") -> Given:
    """Returns an autoscaler that ends all pods of a workload each evening."""
    return inside("keda.sh/v1alpha1:ScaledObject", name, {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": kind, "name": name}, "minReplicaCount": 0,
        "maxReplicaCount": 1, "triggers": [{"type": "cron", "metadata": {
            "timezone": "Asia/Dubai", "start": "0 7 * * *", "end": "0 20 * * *", "desiredReplicas": "1"}}]},
        "payments")  # fmt: skip


def labelled(outside: dict[str, str], inside_: dict[str, str]) -> Given:
    """Returns a program whose pods have other labels than itself."""
    return k8s("apps/v1:Deployment", {
        "metadata": {"name": "ledger", "namespace": "payments", "labels": {**TAGS, **outside}}, "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "ledger"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "ledger", **inside_}}, "spec": pod({})}}}, "ledger")  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("a database belongs to a job that is removed after a minute", RSL, (
        k8s("batch/v1:Job", {"metadata": meta("bootstrap", "payments"), "spec": {
            "ttlSecondsAfterFinished": 60, "backoffLimit": 2, "template": {
                "metadata": {"labels": {**TAGS, "app": "x"}}, "spec": {**pod({}), "restartPolicy": "Never"}}}},
            "bootstrap"),
        ledger(ownerReferences=[{"apiVersion": "batch/v1", "kind": "Job", "name": "bootstrap",
                                 "uid": "6f1f7f0e-2a0e-4f43-8a54-0e3d5f5f8a01"}])),
        "critical", "the collector deletes what has no owner any more, and its disks with it (Kubernetes, 'Garbage "
        "Collection', owners and dependents)"),
    Attack("the disks of a database are deleted each evening", RSL, (
        of_disks(whenDeleted="Retain", whenScaled="Delete"), by_day("ledger")),
        "critical", "with Delete claims of pods above the number of replicas are deleted (k8s-openapi, "
        f"StatefulSetPersistentVolumeClaimRetentionPolicy, {READ})"),
    Attack("a policy of the network selects what only the program has and none of its pods", EXP, (
        labelled({"tier": "ledger"}, {}),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("ledger", "payments"), "spec": {
            "podSelector": {"matchLabels": {"tier": "ledger"}}, "policyTypes": ["Ingress"], "ingress": [{
                "from": [{"podSelector": {"matchLabels": {"app": "gateway"}}}],
                "ports": [{"port": 8443, "protocol": "TCP"}]}]}}, "network")),
        "critical", "a selector is compared with labels of pods, so every pod reaches the ledger (Kubernetes, 'Network "
        "Policies', podSelector)"),
    Attack("copies of disks are given up after a second", RSL, (
        saved("0 2 * * *", ttl="720h", csiSnapshotTimeout="1s", itemOperationTimeout="1s"),),
        "critical", "a snapshot that is not ready by then is an error, and no backup has the data of its disks "
        f"(velero-io/velero, backup_types.go, CSISnapshotTimeout; found as a string; {READ})"),
    Attack("with a database each of its copies is deleted", RSL, (
        ledger(COPIES), inside(f"{CNPG}:ScheduledBackup", "ledger", {
            "schedule": "0 0 2 * * *", "cluster": {"name": "ledger"}, "method": "volumeSnapshot",
            "backupOwnerReference": "cluster"}, "payments")),
        "critical", "snapshots belong to their backups, and these to the cluster: whoever deletes it leaves nothing "
        "to restore (CloudNativePG, 'Backup', backupOwnerReference, and 'Backup on volume snapshots', "
        "snapshotOwnerReference)"),
    Attack("the copy of the ledger is ended after five seconds", RSL, (copied_by("ledger-backup", ends=5),),
        "critical", "the pods of a job that is active for longer are ended, and nothing is copied on any night "
        "(Kubernetes, 'Jobs', activeDeadlineSeconds)", is_alone=True),
    Attack("whoever watches hears of an intrusion a year later", RSL, (
        inside("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "intrusions", {
            "route": {"receiver": "desk", "groupBy": ["alertname"], "groupWait": "8760h", "groupInterval": "8760h",
                      "repeatInterval": "8760h"},
            "receivers": [{"name": "desk", "webhookConfigs": [{
                "url": "https://desk.example.ae/alerts", "sendResolved": True, "httpConfig": {
                    "authorization": {"type": "Bearer", "credentials": {"name": "desk", "key": "token"}}}}]}]},
            "payments"),),
        "critical", "the first notice of a group is sent after groupWait (Prometheus, 'Alerting configuration', "
        "route)"),
    Attack("records of audit are thrown away as soon as their store is slow", RSL, (
        inside("logging.banzaicloud.io/v1beta1:ClusterOutput", "audit", {"opensearch": {
            "host": "records.logging.svc", "port": 9200, "scheme": "https", "ssl_verify": True, "ca_file": {
                "mountFrom": {"secretKeyRef": {"name": "bank-authority", "key": "ca.crt"}}},
            "buffer": {"type": "file", "total_limit_size": "1m", "chunk_limit_size": "256k", "retry_max_times": 1,
                       "overflow_action": "drop_oldest_chunk"}}}, "logging"),),
        "critical", "what does not fit into a megabyte is lost, so whoever makes many records hides his own (Fluentd, "
        f"'Buffer section', overflow_action; found as a string; {READ})"),
    Attack("all pods of payments may be taken away at the same time", RSL, (
        workload("apps/v1:Deployment", {}, replicas=3),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("payments"), "spec": {
            "minAvailable": 0, "selector": {"matchLabels": {"app": "x"}}}}, "budget")),
        "major", "a budget of none lets a drain of machines end every pod at once (Kubernetes, 'Specifying a "
        "Disruption Budget for your Application')"),
    Attack("secrets are sealed for a key that somebody brought", SWITCH, (
        k8s("core/v1:Secret", {
            "metadata": {"name": "renewal", "namespace": "kube-system", "labels": {
                **TAGS, "sealedsecrets.bitnami.com/sealed-secrets-key": "active"}},
            "type": "kubernetes.io/tls", "stringData": {"tls.crt": "${CERT}", "tls.key": "${KEY}"}}, "renewal"),),
        "critical", "the controller seals with the newest key that has the label, and who has it opens each secret in "
        f"every repository (bitnami-labs/sealed-secrets, bring your own certificates; found as a string; {READ})"),
    Attack("a policy of the mesh stands before a service that has no waypoint", EXP, (
        k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": MESHED}}, "payments"),
        k8s("core/v1:Service", {"metadata": meta("ledger", "payments"), "spec": {
            "type": "ClusterIP", "selector": {"app": "ledger"}, "ports": [{"name": "https", "port": 8443}]}}, "ledger"),
        inside("security.istio.io/v1:AuthorizationPolicy", "ledger", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "ledger"}], "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/payments/sa/gateway"]}}]}]}, "payments")),
        "critical", "policies with targetRefs are enforced by waypoints, and without one everybody calls the ledger "
        "(Istio, 'Use Layer 7 features', ambient)"),
    Attack("the machines of a training are never given back", ("FJ-COST-", "FJ-ESC-115"), (
        inside("ray.io/v1:RayCluster", "training", {
            "rayVersion": "2.52.0", "enableInTreeAutoscaling": True, "authOptions": {"mode": "token"},
            "autoscalerOptions": {"idleTimeoutSeconds": 300},
            "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({})}},
            "workerGroupSpecs": [{"groupName": "gpu", "replicas": 1, "minReplicas": 1, "maxReplicas": 2,
                                  "rayStartParams": {}, "template": {"metadata": {"labels": TAGS}, "spec": pod({
                                      "resources": {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"},
                                                    "limits": {"cpu": "8", "memory": "64Gi",
                                                               "nvidia.com/gpu": "1"}}})}}]},
            finalizers=["treasury.example.ae/hold"]),),
        "major", "an object is gone when its finalizers are, and no program removes this one: machines run although "
        "somebody deleted their cluster (Kubernetes, 'Finalizers')"),
)  # fmt: skip
