"""Good idioms of clusters: secrets, copies and records of pods (set 23, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import inside
from .sixteenth_stores import owned, password
from .thirteenth_cluster_access import account
from .twelfth_charts import image, ours
from .twentieth_goodb_charts import approved, merged, namespace
from .twenty_first_xcharts import leaving
from .twenty_first_xclusters import MOUNTED, TOKEN

NODES = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}}
STRICT = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
PIPELINE = """[SERVICE]
    Flush         1
    Log_Level     info
    Parsers_File  /fluent-bit/etc/parsers.conf
    HTTP_Server   Off
[INPUT]
    Name              tail
    Tag               kube.*
    Path              /var/log/containers/*.log
    multiline.parser  cri
    DB                /var/lib/state/tail.db
    Mem_Buf_Limit     64MB
[FILTER]
    Name       kubernetes
    Match      kube.*
    Merge_Log  On
    Labels     On
[OUTPUT]
    Name          loki
    Match         *
    Host          logs.bank.ae
    Port          443
    Tls           On
    Tls.Verify    On
    Tls.Ca_File   /etc/ca/ca.crt
    Tenant_ID     platform
    Labels        job=fluent-bit
"""

IDIOMS = approved(
    Idiom(
        "secrets of teams come from the bank's Vault by the account of each, are checked hourly and mixed to settings",
            (
        *namespace("secrets-demo"), account("secrets", "secrets-demo"),
        inside("external-secrets.io/v1:SecretStore", "bank", {
            "refreshInterval": 3600, "retrySettings": {"maxRetries": 5, "retryInterval": "10s"}, "provider": {"vault": {
                "server": "https://vault.bank.ae", "path": "teams", "version": "v2", "namespace": "payments",
                "caProvider": {"type": "ConfigMap", "name": "bank-authority", "key": "ca.crt"}, "auth": {"kubernetes": {
                    "mountPath": "kubernetes", "role": "secrets-demo", "serviceAccountRef": {
                        "name": "secrets", "audiences": ["vault"]}}}}}}, "secrets-demo"),
        inside("external-secrets.io/v1:ExternalSecret", "settings", {
            "refreshInterval": "1h", "refreshPolicy": "Periodic", "secretStoreRef": {
                "kind": "SecretStore", "name": "bank"}, "target": {
                "name": "settings", "creationPolicy": "Owner", "deletionPolicy": "Retain", "template": {
                    "type": "Opaque", "engineVersion": "v2", "metadata": {"labels": TAGS}, "data": {
                        "application.yaml": "spring:\n  datasource:\n    username: {{ .user }}\n    password: "
                        "{{ .password }}\n"}}}, "data": [
                {"secretKey": key, "remoteRef": {"key": "payments/database", "property": key,
                    "decodingStrategy": "None"}}
                for key in ("user", "password")]}, "secrets-demo"),
        inside("external-secrets.io/v1:ExternalSecret", "pull", {
            "refreshInterval": "6h", "secretStoreRef": {"kind": "SecretStore", "name": "bank"}, "target": {
                "name": "pull", "template": {"type": "kubernetes.io/dockerconfigjson"}}, "dataFrom": [{
                    "extract": {"key": "payments/registry"}}]}, "secrets-demo"),
        inside("generators.external-secrets.io/v1alpha1:Password", "random", {
            "length": 42, "digits": 8, "symbols": 4, "symbolCharacters": "-_$", "noUpper": False, "allowRepeat": True},
            "secrets-demo"),
        inside("monitoring.coreos.com/v1:PrometheusRule", "secrets", {"groups": [{"name": "secrets", "rules": [{
            "alert": "SecretNotCopied", "for": "30m", "expr":
            'externalsecret_status_condition{condition="Ready",status="False",namespace="secrets-demo"} == 1',
                "labels": {
                "severity": "ticket"}, "annotations": {"summary": "A secret is not copied"}}]}]}, "secrets-demo")),
        "external-secrets.io/latest/provider/hashicorp-vault; .../guides/templating, as known", ours(
            prices=("generators.external-secrets.io/v1alpha1:Password::random",))),
    owned("namespaces are copied each night to the bank's objects with their volumes, and are kept for five weeks", (
        *namespace("velero"), password("velero-objects", "velero", "cloud"),
        inside("velero.io/v1:BackupStorageLocation", "bank", {
            "provider": "aws", "default": True, "accessMode": "ReadWrite", "backupSyncPeriod": "5m",
            "validationFrequency": "10m", "objectStorage": {"bucket": "bank-backups", "prefix": "dc1",
                "caCert": "TUlJQg=="},
            "credential": {"name": "velero-objects", "key": "cloud"}, "config": {
                "region": "me-central-1", "s3Url": "https://objects.bank.ae", "s3ForcePathStyle": "true",
                "insecureSkipTLSVerify": "false", "checksumAlgorithm": ""}}, "velero"),
        inside("velero.io/v1:VolumeSnapshotLocation", "bank", {"provider": "csi", "config": {}}, "velero"),
        k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "encrypted", "labels": {**TAGS, "velero.io/csi-volumesnapshot-class": "true"}},
                "driver":
            "csi.trident.netapp.io", "deletionPolicy": "Retain"}, "snapshots"),
        *(inside("velero.io/v1:Schedule", name, {
            "schedule": schedule, "useOwnerReferencesInBackup": False, "skipImmediately": True, "template": {
                "ttl": ttl, "includedNamespaces": names, "excludedResources": ["events", "events.events.k8s.io"],
                "includeClusterResources": True, "snapshotVolumes": True, "snapshotMoveData": True, "storageLocation":
                "bank", "defaultVolumesToFsBackup": False, "itemOperationTimeout": "4h", "metadata": {"labels": TAGS}}},
            "velero") for name, schedule, ttl, names in (
                ("daily", "0 21 * * *", "840h0m0s", ["payments", "lending"]), ("hourly", "15 * * * *", "72h0m0s", [
                    "payments"]))),
        inside("monitoring.coreos.com/v1:PrometheusRule", "copies", {"groups": [{"name": "copies", "rules": [{
            "alert": "CopyTooOld", "for": "1h", "expr":
            'time() - velero_backup_last_successful_timestamp{schedule="daily"} > 93600',
                "labels": {"severity": "page"},
            "annotations": {"summary": "The last copy is older than a day"}}]}]}, "velero")),
        "velero.io/docs/main/api-types/schedule; .../csi-snapshot-data-movement, as known", "velero.io",
        "snapshot.storage.k8s.io"),
    Idiom("records of pods are read from nodes by an agent of every node and go to the bank's store by TLS", (
        k8s("core/v1:Namespace", {"metadata": {"name": "logging", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "privileged"}}}, "logging"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("fluent-bit", "logging"),
            "automountServiceAccountToken": False},
            "account"),
        k8s("rbac.authorization.k8s.io/v1:ClusterRole", {"metadata": {"name": "fluent-bit", "labels": TAGS}, "rules": [
            {"apiGroups": [""], "resources": ["namespaces", "pods"], "verbs": ["get", "list", "watch"]}]}, "rights"),
        k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {"metadata": {"name": "fluent-bit", "labels": TAGS},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "fluent-bit"},
                "subjects":
            [{"kind": "ServiceAccount", "name": "fluent-bit", "namespace": "logging"}]}, "rights-bound"),
        k8s("core/v1:ConfigMap", {"metadata": meta("fluent-bit", "logging"), "data": {"fluent-bit.conf": PIPELINE}},
            "pipeline"),
        k8s("apps/v1:DaemonSet", {"metadata": meta("fluent-bit", "logging"), "spec": {
            "selector": {"matchLabels": {"app": "fluent-bit"}}, "updateStrategy": {"type": "RollingUpdate",
                "rollingUpdate": {"maxUnavailable": "10%"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "fluent-bit"}}, "spec": {
                    "serviceAccountName": "fluent-bit", "automountServiceAccountToken": False, "priorityClassName":
                    "system-node-critical", "tolerations": [{"operator": "Exists"}], "securityContext": {
                        "runAsNonRoot": True, "runAsUser": 10001, "fsGroup": 10001, "supplementalGroups": [4],
                        "seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{
                        "name": "fluent-bit", "image": image("fluent/fluent-bit"), "securityContext": STRICT,
                            "resources":
                        NODES, "volumeMounts": [
                            MOUNTED, {"name": "pipeline", "mountPath": "/fluent-bit/etc", "readOnly": True},
                            {"name": "logs", "mountPath": "/var/log", "readOnly": True},
                            {"name": "state", "mountPath": "/var/lib/state"}, {"name": "ca", "mountPath": "/etc/ca",
                                                                              "readOnly": True}]}], "volumes": [
                        TOKEN, {"name": "pipeline", "configMap": {"name": "fluent-bit"}}, {"name": "ca", "configMap": {
                            "name": "bank-authority"}}, {"name": "logs", "hostPath": {"path": "/var/log", "type":
                                                                                      "Directory"}},
                        {"name": "state", "emptyDir": {"sizeLimit": "256Mi"}}]}}}}, "fluent-bit"),
        leaving("store", "logging", "10.30.22.0/28"), k8s("networking.k8s.io/v1:NetworkPolicy", {
            "metadata": meta("default-deny", "logging"), "spec": {"podSelector": {}, "policyTypes": ["Ingress",
                                                                                                     "Egress"]}},
                                                            "deny")),
        "docs.fluentbit.io/manual/installation/downloads/kubernetes; .../pipeline/outputs/loki, as known", merged(
            ours(), {"kubernetes": {"privileged_namespaces": {"logging": "agents that read the records of nodes"}}})),
)  # fmt: skip
