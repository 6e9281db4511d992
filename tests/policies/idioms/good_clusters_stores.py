"""Good programs of clusters: vectors and disks (2026-12-03, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .good_clusters_data import known
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_clusters import named
from .twenty_third_azure_charts import POD, chart, closed, listed, made, sized, space

QDRANT = "https://qdrant.github.io/qdrant-helm"
LABELS = ",".join(f"{key}={value}" for key, value in TAGS.items())

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart qdrant: three nodes by TLS with keys of the vault, for one namespace, and copies of each night", (
        space("vectors"), closed("vectors"),
        chart("qdrant", QDRANT, "1.16.1", "vectors", {
            "replicaCount": 3, "image": {"repository": "docker.io/qdrant/qdrant", "tag": "v1.16.1"}, "apiKey": {
                "valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "api-key"}}}, "readOnlyApiKey": {
                "valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "read-key"}}}, "config": {
                "cluster": {"enabled": True, "p2p": {"port": 6335, "enable_tls": True}},
                    "service": {"enable_tls": True},
                "telemetry_disabled": True, "tls": {"cert": "/tls/tls.crt", "key": "/tls/tls.key", "ca_cert":
                                                    "/tls/ca.crt", "verify_https_client_certificate": False}},
            "additionalVolumes": [{"name": "tls", "secret": {"secretName": "qdrant-tls"}}], "additionalVolumeMounts": [
                {"name": "tls", "mountPath": "/tls", "readOnly": True}], "persistence": {
                "size": "100Gi", "storageClassName": "sealed-zrs"}, "resources": sized("2", "8Gi"), "podLabels": TAGS,
            "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "metrics": {"serviceMonitor": {
                "enabled": True}}, "service": {"type": "ClusterIP"}}),
        named("networking.k8s.io/v1:NetworkPolicy", "callers", "vectors", {
            "podSelector": {"matchLabels": {"app": "qdrant"}}, "policyTypes": ["Ingress"], "ingress": [
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "assistants"}}}],
                 "ports": [{"port": 6333, "protocol": "TCP"}, {"port": 6334, "protocol": "TCP"}]},
                {"from": [{"podSelector": {"matchLabels": {"app": "qdrant"}}}], "ports": [
                    {"port": 6335, "protocol": "TCP"}]}]})),
        "qdrant/qdrant-helm charts/qdrant/values.yaml; qdrant.tech/documentation/guides/security, as known",
        listed(QDRANT)),
    Idiom("Milvus: the operator keeps three readers over the bank's own store, queue and etcd, with sign-in and TLS", (
        space("milvus"), closed("milvus"),
        named("milvus.io/v1beta1:Milvus", "search", "milvus", {
            "mode": "cluster", "dependencies": {
                "etcd": {"external": True, "endpoints": ["etcd.milvus.svc:2379"]}, "storage": {
                    "external": True, "type": "S3", "endpoint": "s3.dc1.example.ae:443", "secretRef": "milvus-s3"},
                "msgStreamType": "kafka", "kafka": {"external": True, "brokerList": [
                    "bank-kafka-bootstrap.messages.svc:9093"]}},
            "components": {
                "image": "docker.io/milvusdb/milvus:v2.6.6@sha256:" + "8" * 64, "resources": sized("1", "4Gi"),
                "securityContext": POD, "podLabels": TAGS, "disableMetric": False, "proxy": {
                    "replicas": 2, "serviceType": "ClusterIP"}, "queryNode": {
                    "replicas": 3, "resources": sized("4", "16Gi")}, "dataNode": {"replicas": 2}, "mixCoord": {
                        "replicas": 2}},
            "config": {
                "common": {"security": {"authorizationEnabled": True, "tlsMode": 1, "superUsers": ""}}, "minio": {
                    "bucketName": "milvus", "useSSL": True, "rootPath": "search"}, "kafka": {
                    "securityProtocol": "SSL", "ssl": {"enabled": True, "tlsCACert": "/tls/ca.crt"}}, "log": {
                        "level": "info"}}})),
        "milvus-io/milvus-operator docs/CRD/milvus.md; milvus.io/docs/authenticate.md; .../tls.md, as known",
        merged(listed(escape=known("milvus.io")), merged(unpriced(
            "kubernetes:milvus.io/v1beta1:Milvus::search-Milvus"), {
            "residency": {"known": {"milvus": "our bucket of the object store of the data centre"}}}))),
    Idiom("a room of data of a class of its own: sealed disks, copies of them each night, and claims that stay", (
        made("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "sealed-zrs", "labels": TAGS}, "provisioner": "disk.csi.azure.com", "reclaimPolicy":
            "Retain", "allowVolumeExpansion": True, "volumeBindingMode": "WaitForFirstConsumer", "parameters": {
                "skuName": "Premium_ZRS", "diskEncryptionType": "EncryptionAtRestWithCustomerKey",
                "diskEncryptionSetID": "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/"
                "rg-ai-prod-uaen/providers/Microsoft.Compute/diskEncryptionSets/des-ai-prod",
                "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled", "tags": LABELS}}, "class"),
        made("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "copies", "labels": TAGS}, "driver": "disk.csi.azure.com", "deletionPolicy": "Retain",
            "parameters": {"incremental": "true", "resourceGroup": "rg-ai-prod-uaen", "tags": LABELS}}, "copies"),
        space("ledger"), closed("ledger"),
        named("snapshot.storage.k8s.io/v1:VolumeSnapshot", "ledger-before-upgrade", "ledger", {
            "volumeSnapshotClassName": "copies", "source": {"persistentVolumeClaimName": "ledger"}}),
        made("core/v1:PersistentVolumeClaim", {
            "metadata": {"name": "ledger", "namespace": "ledger", "labels": TAGS}, "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "sealed-zrs", "resources": {"requests": {
                    "storage": "64Gi"}}}}, "claim"),
        made(
            "scheduling.k8s.io/v1:PriorityClass", {"metadata": {"name": "data", "labels": TAGS}, "value": 100000,
                                                  "globalDefault": False, "preemptionPolicy": "Never", "description":
                                                  "Stores of data"}, "priority")),
        "kubernetes-sigs/azuredisk-csi-driver docs/driver-parameters.md; kubernetes.io/docs/concepts/storage/"
        "volume-snapshots, as known", merged(listed(), unpriced("kubernetes:core/v1:PersistentVolumeClaim::claim"))),
)  # fmt: skip
