"""Attacks on clusters by storage, records, money, secrets and what leaves the country (2026-11-30, twentieth set,
blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import TAGS, crd, k8s, meta, pod, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-", "FJ-RSL-")
MONEY = ("FJ-COST-", "FJ-ESC-")
READ = "read 2026-11-30"


def _budget() -> Given:
    return k8s("policy/v1:PodDisruptionBudget", {
        "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip


def _nightly(name: str, container: dict[str, object]) -> Given:
    """Returns a CronJob of one container that runs each night."""
    template = {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod(container, restartPolicy="OnFailure")}
    job = {"metadata": {"labels": TAGS}, "spec": {"activeDeadlineSeconds": 7200, "template": template}}
    spec = {"schedule": "0 1 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": job}
    return k8s("batch/v1:CronJob", {"metadata": meta(name), "spec": spec}, name)


GPU = {
    "resources": {
        "requests": {"cpu": "4", "memory": "32Gi", "nvidia.com/gpu": "1"},
        "limits": {"cpu": "8", "memory": "32Gi", "nvidia.com/gpu": "1"},
    }
}
SHARE = {
    "capacity": {"storage": "500Gi"}, "accessModes": ["ReadWriteMany"], "persistentVolumeReclaimPolicy": "Retain",
    "storageClassName": "smb", "mountOptions": ["vers=3.0", "dir_mode=0770", "file_mode=0660"],
    "csi": {"driver": "smb.csi.k8s.io", "volumeHandle": "files.dc1.example.ae/ledger##",
            "volumeAttributes": {"source": "//files.dc1.example.ae/ledger"},
            "nodeStageSecretRef": {"name": "smb", "namespace": "payments"}}}  # fmt: skip
CLAIM = {
    "metadata": {"name": "ledger", "namespace": "payments", "labels": {**TAGS, "cleanup.kyverno.io/ttl": "7d"}},
    "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "ceph-encrypted",
             "resources": {"requests": {"storage": "100Gi"}}},
}  # fmt: skip
SCALED = {
    "metadata": meta("chat", annotations={"autoscaling.keda.sh/paused-replicas": "64"}),
    "spec": {"scaleTargetRef": {"name": "x"}, "minReplicaCount": 0, "maxReplicaCount": 4, "triggers": [{
        "type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}]},
}  # fmt: skip
UPWARDS = {
    "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}, "minReplicas": 2,
    "maxReplicas": 12, "behavior": {"scaleDown": {"selectPolicy": "Disabled"}},
    "metrics": [{"type": "Resource", "resource": {
        "name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}]}  # fmt: skip
SILENCE = """route:
  receiver: operators
  group_by: [alertname]
receivers:
- name: operators
  webhook_configs:
  - url: https://alerts.platform.svc.cluster.local:8443/hook
inhibit_rules:
- source_matchers: ['alertname = Watchdog']
  target_matchers: ['severity =~ "critical|warning"']
"""
DATABASE = {
    "metadata": meta("ledger", "payments", annotations={"cnpg.io/skipWalArchiving": "enabled"}),
    "spec": {"instances": 3, "storage": {"size": "100Gi", "storageClass": "ceph-encrypted"},
             "backup": {"retentionPolicy": "30d", "barmanObjectStore": {
                 "destinationPath": "s3://ledger-copies/", "endpointURL": "https://s3.dc1.example.ae",
                 "s3Credentials": {"accessKeyId": {"name": "s3", "key": "id"},
                                   "secretAccessKey": {"name": "s3", "key": "key"}}}}},
}  # fmt: skip
COPIED = {
    "refreshInterval": "1h", "secretStoreRef": {"name": "vault", "kind": "SecretStore"},
    "target": {"name": "ledger-settings", "creationPolicy": "Owner",
               "manifest": {"apiVersion": "v1", "kind": "ConfigMap"}},
    "data": [{"secretKey": "password", "remoteRef": {"key": "payments/ledger", "property": "password"}}]}  # fmt: skip

ATTACKS = (
    Attack("files of the ledger cross the network as they are", ("FJ-ENC-424",), (
        k8s("core/v1:PersistentVolume", {"metadata": {"name": "ledger", "labels": TAGS}, "spec": SHARE}),),
        "major", "SMB encrypts only what is mounted with seal, so whoever is in between reads each file (linux, "
        f"Documentation of cifs, {READ}; option seal of mount.cifs, as known)"),
    Attack("the volume of the ledger is deleted after a week", OPEN, (
        k8s("core/v1:PersistentVolumeClaim", CLAIM),),
        "critical", "Kyverno deletes the claim, and the class its volume (Kyverno, 'TTL Cleanup', label "
        f"cleanup.kyverno.io/ttl, {READ})"),
    Attack("sixty-four machines with GPUs run at a pause", MONEY, (
        workload("apps/v1:Deployment", GPU), _budget(), k8s("keda.sh/v1alpha1:ScaledObject", SCALED, "chat")),
        "major", "the annotation counts in the place of maxReplicaCount until somebody removes it (OpenShift, 'Pausing "
        f"the custom metrics autoscaler', autoscaling.keda.sh/paused-replicas, {READ})"),
    Attack("machines with GPUs that a peak bought stay", MONEY, (
        workload("apps/v1:Deployment", GPU), _budget(),
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("chat"), "spec": UPWARDS}, "chat")),
        "major", "nothing scales in, so one peak is paid for all month (Kubernetes, 'Horizontal Pod Autoscaling', "
        "selectPolicy Disabled, as known)"),
    Attack("machines without work are never given back", MONEY,
        release("cluster-autoscaler", "9.50.1", {
            "cloudProvider": "clusterapi", "autoDiscovery": {"clusterName": "dc1"},
            "extraArgs": {"scale-down-enabled": False}}, "kube-system"),
        "major", "each machine that was ever needed is paid for (kubernetes/autoscaler, FAQ, scale-down-enabled, as "
        "known)"),
    Attack("transfers are confirmed that no disk holds", OPEN, (
        workload("apps/v1:StatefulSet", {"args": [
            "-c", "ssl=on", "-c", "fsync=off", "-c", "full_page_writes=off"]}), _budget()),
        "major", "after a loss of power the ledger lacks transfers, or cannot be read at all (PostgreSQL, 'Write Ahead "
        "Log', fsync, as known)"),
    Attack("an alert that always stands silences each other", OPEN, (
        k8s("core/v1:ConfigMap", {
            "metadata": meta("alertmanager", "monitoring"), "data": {"alertmanager.yml": SILENCE}}, "alertmanager"),),
        "major", "Watchdog always fires, so nobody hears of an attack or a loss (Alertmanager, 'Configuration', "
        "inhibit_rules, and kube-prometheus, alert Watchdog, as known)"),
    Attack("what changed since the last copy of the ledger is kept nowhere", OPEN, (
        k8s("postgresql.cnpg.io/v1:Cluster", DATABASE, "ledger"),),
        "critical", "no log of transfers reaches the store, so a loss costs all since the last copy, which cannot be "
        f"restored without logs at all (cloudnative-pg issue 4055, cnpg.io/skipWalArchiving, {READ})"),
    Attack("a password of the ledger is written to a ConfigMap", OPEN, (
        crd("external-secrets.io/v1:ExternalSecret", COPIED),),
        "major", "who reads settings reads it, and etcd holds it unencrypted (External Secrets, 'Targeting Custom "
        f"Resources', target.manifest, {READ})"),
    Attack("copies of the ledger go to a drive of a person each night", OPEN, (
        _nightly("copies", {
            "args": ["sync", "/data", "out:ledger"],
            "env": [{"name": "RCLONE_CONFIG_OUT_TYPE", "value": "drive"},
                    {"name": "RCLONE_CONFIG_OUT_SERVICE_ACCOUNT_FILE", "value": "/var/run/drive/account.json"}]}),),
        "critical", "rclone knows the address of Google Drive by the type, and nobody is asked where it is (rclone, "
        "'Environment Variables' and 'Google drive', as known)"),
    Attack("a vendor's relay lets in whom its page lists", OPEN, (
        workload("apps/v1:Deployment", {"env": [
            {"name": "TWINGATE_NETWORK", "value": "bank"},
            *({"name": key, "valueFrom": {"secretKeyRef": {"name": "connector", "key": key}}}
              for key in ("TWINGATE_ACCESS_TOKEN", "TWINGATE_REFRESH_TOKEN"))]}), _budget()),
        "critical", "who is invited on a page of the vendor reaches each service of the cluster past every entry "
        f"(Twingate, 'How to Deploy a Connector with Docker Compose', TWINGATE_NETWORK, {READ})"),
)  # fmt: skip
