"""Good idioms of clusters: databases, brokers, records and networks by their operators (set 14, blind)."""

import json

from ..blind import TAGS, k8s
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable, stored
from .eleventh_cluster import top
from .twelfth_charts import LARGE, MIRROR, POD, image, ours

ACID, CASSANDRA = "acid.zalan.do/v1", "k8ssandra.io/v1alpha1"
KEEPER, STRIMZI = "clickhouse-keeper.altinity.com/v1", "kafka.strimzi.io/v1"
LOGSTASH = "logstash.k8s.elastic.co/v1alpha1"
PIPELINE = """input {
  beats { port => 5044 ssl_enabled => true ssl_client_authentication => "required"
    ssl_certificate => "/tls/tls.crt" ssl_key => "/tls/tls.key" ssl_certificate_authorities => ["/tls/ca.crt"] }
}
filter { mutate { remove_field => ["[http][request][headers][authorization]"] } }
output {
  elasticsearch { hosts => ["${RECORDS_ES_HOSTS}"] user => "${RECORDS_ES_USER}" password => "${RECORDS_ES_PASSWORD}"
    ssl_enabled => true ssl_certificate_authorities => ["${RECORDS_ES_SSL_CERTIFICATE_AUTHORITY}"] }
}
"""
SHARED_CARDS = json.dumps({"configList": [{"resourceName": "rdma_shared_a", "rdmaHcaMax": 16, "selectors": {
    "vendors": ["15b3"], "deviceIDs": ["101e"], "ifNames": ["ens2f0np0"]}}]})  # fmt: skip


def stores(name: str) -> dict[str, object]:
    """Returns the references to the key and trust stores of Cassandra and to their passwords."""
    return {f"{store}{part}SecretRef": {"name": f"{name}-{store}", "key": key} for store in ("keystore", "truststore")
            for part, key in (("", store), ("Password", "password"))}  # fmt: skip


def mirrored_broker(alias: str, host: str, **more: object) -> dict[str, object]:
    """Returns one side of a mirror of Kafka, reached over mutual TLS."""
    return {"alias": alias, "bootstrapServers": host, **more,
            "tls": {"trustedCertificates": [{"secretName": f"{alias}-ca", "certificate": "ca.crt"}]},
            "authentication": {"type": "tls", "certificateAndKey": {
                "secretName": f"{alias}-mirror", "certificate": "user.crt", "key": "user.key"}}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("offers lie in PostgreSQL of Zalando's operator that refuses who comes without TLS", (inside(
        f"{ACID}:postgresql", "risk-offers", {
            "teamId": "risk", "numberOfInstances": 3, "dockerImage": image("zalando/spilo-17"), "enableLogicalBackup":
            False, "enableMasterLoadBalancer": False, "enableReplicaLoadBalancer": False, "enableShmVolume": True,
            "postgresql": {"version": "17", "parameters": {
                "ssl_min_protocol_version": "TLSv1.2", "log_connections": "on",
                    "password_encryption": "scram-sha-256"}},
            "users": {"offers_owner": ["createdb"], "offers_app": []}, "databases": {"offers": "offers_owner"},
            "usersWithSecretRotation": ["offers_app"], "spiloRunAsUser": 101, "spiloRunAsGroup": 103,
                "spiloFSGroup": 103,
            "volume": {"size": "50Gi", "storageClass": "encrypted"}, "resources": LARGE, "tls": {
                "secretName": "offers-tls", "caFile": "ca.crt"}, "allowedSourceRanges": ["10.40.0.0/16"],
            "patroni": {"synchronous_mode": True, "failsafe_mode": True, "pg_hba": [
                "local all all peer", "hostssl replication standby all scram-sha-256",
                "hostssl all all 10.40.0.0/16 scram-sha-256"]},
            "podAnnotations": {"bank.ae/owner": "risk"}}, "data"),),
        "postgres-operator.readthedocs.io/en/latest/reference/cluster_manifest", ours(
            "acid.zalan.do", prices=(f"{ACID}:postgresql::risk-offers",))),
    Idiom("profiles lie in Cassandra of three pods, which know each other and their clients by certificates", (inside(
        f"{CASSANDRA}:K8ssandraCluster", "profiles", {
            "auth": True, "secretsProvider": "internal", "cassandra": {
                "serverVersion": "5.0.5", "serverImage": image("k8ssandra/cass-management-api"),
                "superuserSecretRef": {"name": "profiles-admin"}, "serverEncryptionStores": stores("server"),
                "clientEncryptionStores": stores("client"), "resources": LARGE, "softPodAntiAffinity": False,
                "managementApiAuth": {"manual": {"clientSecretName": "mgmt-client", "serverSecretName": "mgmt-server"}},
                "storageConfig": {"cassandraDataVolumeClaimSpec": stored("100Gi")["spec"]}, "podSecurityContext": POD,
                "metadata": {"commonLabels": TAGS, "pods": {"labels": TAGS}}, "config": {"cassandraYaml": {
                    "authenticator": "PasswordAuthenticator", "authorizer": "CassandraAuthorizer",
                    "server_encryption_options": {"internode_encryption": "all", "require_client_auth": True,
                                                  "require_endpoint_verification": True},
                    "client_encryption_options": {"enabled": True, "optional": False, "require_client_auth": True},
                    "audit_logging_options": {"enabled": True}}},
                "datacenters": [{"metadata": {"name": "dc1"}, "size": 3, "racks": [
                    {"name": f"r{n}", "nodeAffinityLabels": {"topology.kubernetes.io/zone": f"zone-{n}"}}
                    for n in (1, 2, 3)]}]}}, "data"),),
        "docs.k8ssandra.io/tasks/secure/encryption", ours(
            "k8ssandra.io", prices=(f"{CASSANDRA}:K8ssandraCluster::profiles",))),
    Idiom("events are copied to the second site over mutual TLS, by topics that are named", (inside(
        f"{STRIMZI}:KafkaMirrorMaker2", "second-site", {
            "version": "4.1.0", "replicas": 2, "resources": SMALL, "target": mirrored_broker(
                "dc2", "kafka.dc2.bank.ae:9093", groupId="mirror", configStorageTopic="mirror-configs",
                offsetStorageTopic="mirror-offsets", statusStorageTopic="mirror-status", config={
                    "config.storage.replication.factor": 3, "offset.storage.replication.factor": 3,
                    "status.storage.replication.factor": 3, "ssl.enabled.protocols": "TLSv1.3"}),
            "mirrors": [{
                "source": mirrored_broker("dc1", "events-kafka-bootstrap.data.svc.cluster.local:9093"),
                "topicsPattern": "claims|offers", "groupsPattern": "triage", "sourceConnector": {
                    "tasksMax": 4, "autoRestart": {"enabled": True, "maxRestarts": 10}, "config": {
                        "replication.factor": 3, "offset-syncs.topic.replication.factor": 3,
                        "sync.topic.acls.enabled": False}},
                "checkpointConnector": {"tasksMax": 1, "config": {
                    "checkpoints.topic.replication.factor": 3, "sync.group.offsets.enabled": True}}}],
            "template": {"pod": {"metadata": {"labels": TAGS}, "securityContext": POD},
                         "connectContainer": {"securityContext": CLOSED},
                         "podDisruptionBudget": {"maxUnavailable": 1}}}, "data"),),
        "strimzi.io/docs/operators/latest/deploying, KafkaMirrorMaker2", ours(
            prices=(f"{STRIMZI}:KafkaMirrorMaker2::second-site",))),
    Idiom("records pass through Logstash of its operator by certificates, without names of signing in", (inside(
        f"{LOGSTASH}:Logstash", "records", {
            "count": 2, "version": "9.2.0", "image": image("logstash/logstash"), "elasticsearchRefs": [
                {"name": "records", "clusterName": "records"}],
            "config": {"log.level": "warn", "queue.type": "persisted", "queue.max_bytes": "4gb",
                       "allow_superuser": False},
            "pipelines": [{"pipeline.id": "main", "pipeline.workers": 2, "config.string": PIPELINE}],
            "volumeClaimTemplates": [{"metadata": {"name": "logstash-data", "labels": TAGS}, **stored("10Gi")}],
            "services": [{"name": "beats", "service": {"spec": {"type": "ClusterIP", "ports": [
                {"name": "beats", "port": 5044, "protocol": "TCP", "targetPort": 5044}]}}}],
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": {
                "automountServiceAccountToken": False, "securityContext": POD, "volumes": [
                    {"name": "tls", "secret": {"secretName": "logstash-tls"}}],
                "containers": [{"name": "logstash", "resources": LARGE, "securityContext": CLOSED, "env": [
                    secret_variable("LOGSTASH_KEYSTORE_PASSWORD", "logstash-keystore", "password")], "volumeMounts": [
                        {"name": "tls", "mountPath": "/tls", "readOnly": True}]}]}}}, "logging"),),
        "elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/configuration-logstash", ours(
            "logstash.k8s.elastic.co", prices=(f"{LOGSTASH}:Logstash::records",))),
    Idiom("keepers of ClickHouse are three pods that talk by TLS to each other and to servers", (inside(
        f"{KEEPER}:ClickHouseKeeperInstallation", "keeper", {
            "defaults": {"templates": {"podTemplate": "keeper", "dataVolumeClaimTemplate": "data"}}, "configuration": {
                "clusters": [{"name": "keeper", "layout": {"replicasCount": 3}}], "settings": {
                    "logger/level": "information", "keeper_server/tcp_port_secure": "9281",
                    "keeper_server/raft_configuration/secure": "true",
                    "keeper_server/four_letter_word_white_list": "ruok,mntr",
                    "openSSL/server/certificateFile": "/tls/tls.crt", "openSSL/server/privateKeyFile": "/tls/tls.key",
                    "openSSL/server/caConfig": "/tls/ca.crt", "openSSL/server/verificationMode": "strict",
                    "openSSL/server/disableProtocols": "sslv2,sslv3,tlsv1,tlsv1_1",
                    "openSSL/client/verificationMode": "strict", "openSSL/client/caConfig": "/tls/ca.crt"}},
            "templates": {
                "podTemplates": [{"name": "keeper", "metadata": {"labels": TAGS}, "spec": {
                    "securityContext": POD, "automountServiceAccountToken": False, "volumes": [
                        {"name": "tls", "secret": {"secretName": "keeper-tls"}}],
                    "containers": [{"name": "clickhouse-keeper", "image": image("clickhouse/clickhouse-keeper"),
                                    "resources": SMALL, "securityContext": CLOSED, "volumeMounts": [
                                        {"name": "tls", "mountPath": "/tls", "readOnly": True}]}]}}],
                "volumeClaimTemplates": [{"name": "data", **stored("10Gi")}]}}, "data"),),
        "github.com/Altinity/clickhouse-operator, docs/chk-examples", ours(
            "clickhouse-keeper.altinity.com", prices=(f"{KEEPER}:ClickHouseKeeperInstallation::keeper",))),
    Idiom("files of trainings are shared by CephFS with three copies and a key for each volume", (
        inside("ceph.rook.io/v1:CephFilesystem", "shared", {
            "metadataPool": {"failureDomain": "host", "replicated": {"size": 3, "requireSafeReplicaSize": True}},
            "dataPools": [{"name": "replicated", "failureDomain": "host", "replicated": {
                "size": 3, "requireSafeReplicaSize": True}}], "preserveFilesystemOnDelete": True,
            "metadataServer": {"activeCount": 1, "activeStandby": True, "resources": LARGE, "labels": TAGS,
                               "placement": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{
                                   "labelSelector": {"matchLabels": {"app": "rook-ceph-mds"}},
                                   "topologyKey": "kubernetes.io/hostname"}]}}}}, "rook-ceph"),
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "shared", "labels": TAGS},
            "provisioner": "rook-ceph.cephfs.csi.ceph.com", "reclaimPolicy": "Retain", "allowVolumeExpansion": True,
            "parameters": {
                "clusterID": "rook-ceph", "fsName": "shared", "pool": "shared-replicated", "encrypted": "true",
                "encryptionKMSID": "vault-bank", **{
                    f"csi.storage.k8s.io/{part}-secret-{what}": value for part, name in (
                        ("provisioner", "provisioner"), ("controller-expand", "provisioner"), ("node-stage", "node"))
                    for what, value in (("name", f"rook-csi-cephfs-{name}"), ("namespace", "rook-ceph"))}}}, "class")),
        "rook.io/docs/rook/latest/CRDs/Shared-Filesystem/ceph-filesystem-crd", ours(
            "ceph.rook.io", prices=("ceph.rook.io/v1:CephFilesystem::shared",))),
    Idiom("drivers of fast networks come from the mirror to one machine at a time, whose pods leave by budgets", (top(
        "mellanox.com/v1alpha1:NicClusterPolicy", "nic-cluster-policy", {
            "ofedDriver": {
                "image": "doca-driver", "repository": f"{MIRROR}/nvidia/mellanox",
                    "version": "doca3.3.0-26.01-1.0.0.0-0",
                "imagePullSecrets": ["mirror"], "upgradePolicy": {
                    "autoUpgrade": True, "maxParallelUpgrades": 1, "safeLoad": True, "drain": {
                        "enable": True, "force": False, "deleteEmptyDir": False, "timeoutSeconds": 600}},
                "startupProbe": {"initialDelaySeconds": 10, "periodSeconds": 20},
                "livenessProbe": {"initialDelaySeconds": 30, "periodSeconds": 30},
                "readinessProbe": {"initialDelaySeconds": 10, "periodSeconds": 30}},
            "rdmaSharedDevicePlugin": {
                "image": "k8s-rdma-shared-dev-plugin", "repository": f"{MIRROR}/nvidia/mellanox", "version":
                "network-operator-v26.1.1", "imagePullSecrets": ["mirror"], "config": SHARED_CARDS},
            "nvIpam": {"image": "nvidia-k8s-ipam", "repository": f"{MIRROR}/nvidia/mellanox", "enableWebhook": True,
                       "version": "network-operator-v26.1.1", "imagePullSecrets": ["mirror"]}}),),
        "docs.nvidia.com/networking/display/kubernetes2610/customizations/crds.html", ours(
            "mellanox.com", prices=("mellanox.com/v1alpha1:NicClusterPolicy::nic-cluster-policy",), kubernetes={
                "privileged_namespaces":
                    {"nvidia-network-operator": "drivers of cards, installed by NVIDIA's operator"}})),
)  # fmt: skip
