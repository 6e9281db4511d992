"""Good idioms of clusters: stores, brokers and sessions by operators that no other idiom has (set 17, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .eleventh_cluster import DNS
from .sixteenth_stores import LABELS, owned, password, reached
from .twelfth_charts import LARGE, POD, image, ours

R = "me-central-1"
ZONES = ("me-central-1a", "me-central-1b", "me-central-1c")
CASSANDRA = {
    "jvm-server-options": {"initial_heap_size": "8G", "max_heap_size": "8G"}, "cassandra-yaml": {
        "num_tokens": 16, "authenticator": "PasswordAuthenticator", "authorizer": "CassandraAuthorizer",
        "role_manager": "CassandraRoleManager", "server_encryption_options": {
            "internode_encryption": "all", "require_client_auth": True, "require_endpoint_verification": True,
            "keystore": "/etc/encryption/node-keystore.jks", "truststore": "/etc/encryption/node-truststore.jks"},
        "client_encryption_options": {
            "enabled": True, "optional": False, "require_client_auth": True, "keystore":
            "/etc/encryption/node-keystore.jks", "truststore": "/etc/encryption/node-truststore.jks"},
        "audit_logging_options": {"enabled": True}}}  # fmt: skip
MEMBER = {"allowPrivilegeEscalation": False, "privileged": False, "readOnlyRootFilesystem": True, "runAsNonRoot": True,
          "runAsUser": 10001, "fsGroup": 10001, "seccompProfile": {"type": "RuntimeDefault"}}  # fmt: skip
SESSION = {
    "spark.authenticate": "true", "spark.network.crypto.enabled": "true", "spark.io.encryption.enabled": "true",
    "spark.ui.enabled": "false", "spark.eventLog.enabled": "true", "spark.eventLog.dir": "s3a://bank-traces/spark",
    "spark.hadoop.fs.s3a.endpoint.region": R, "spark.hadoop.fs.s3a.encryption.algorithm": "SSE-KMS",
    "spark.dynamicAllocation.maxExecutors": "8"}  # fmt: skip


def members(count: int, size: str = "") -> dict[str, object]:
    """Returns a group of servers of ArangoDB, with a volume of the encrypted class if it has data."""
    volume = {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, **stored(size)}} if size else {}
    return {"count": count, "labels": LABELS, "serviceAccountName": "graph", "securityContext": MEMBER, "resources":
            LARGE, **volume}  # fmt: skip


def doris(replicas: int, program: str, mount: str, size: str) -> dict[str, object]:
    """Returns one kind of servers of Doris."""
    return {"replicas": replicas, "image": image(f"apache/doris-{program}"), **LARGE, "limits": LARGE["limits"],
            "podLabels": LABELS, "serviceAccount": "doris", "service": {"type": "ClusterIP"}, "securityContext": POD,
            "containerSecurityContext": CLOSED, "persistentVolumes": [
                {"name": program, "mountPath": mount, "persistentVolumeClaimSpec": stored(size)["spec"]}],
            "configMapInfo": {"configMapName": f"doris-{program}", "resolveKey": f"{program}.conf"}}  # fmt: skip


def spark(name: str) -> dict[str, object]:
    """Returns the template of a pod of Spark."""
    return {"metadata": {"labels": TAGS}, "spec": {
        "serviceAccountName": "sessions", "automountServiceAccountToken": name.endswith("driver"), "securityContext":
        {**POD, "runAsUser": 185, "fsGroup": 185}, "containers": [{
            "name": name, "image": image("bank/spark"), "resources": LARGE, "securityContext": CLOSED, "volumeMounts": [
                {"name": "scratch", "mountPath": "/var/spark"}]}],
        "volumes": [{"name": "scratch", "emptyDir": {"sizeLimit": "20Gi"}}]}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    owned("limits of cards are kept by Cassandra in three zones, by certificates between nodes and to callers", (
        password("limits-superuser", "limits", "username", "password"),
        inside("cassandra.datastax.com/v1beta1:CassandraDatacenter", "limits", {
            "clusterName": "limits", "serverType": "cassandra", "serverVersion": "5.0.6", "serverImage": image(
                "k8ssandra/cass-management-api"),
            "size": 3, "readOnlyRootFilesystem": True, "superuserSecretName": "limits-superuser", "config": CASSANDRA,
            "managementApiAuth": {"manual": {
                "clientSecretName": "limits-mgmt-client", "serverSecretName": "limits-mgmt-server",
                "skipSecretValidation": False}},
            "racks": [{"name": f"rack{number}", "nodeAffinityLabels": {"topology.kubernetes.io/zone": zone}}
                      for number, zone in enumerate(ZONES, 1)],
            "storageConfig": {"cassandraDataVolumeClaimSpec": stored("200Gi")["spec"], "additionalVolumes": [
                {"name": "encryption", "mountPath": "/etc/encryption", "volumeSource": {"secret": {
                    "secretName": "limits-keystore"}}}]},
            "resources": {"requests": {"cpu": "4", "memory": "16Gi"}, "limits": {"cpu": "4", "memory": "16Gi"}},
            "systemLoggerImage": image("k8ssandra/system-logger"), "systemLoggerResources": SMALL,
            "configBuilderImage": image("k8ssandra/config-builder"), "configBuilderResources": SMALL,
            "allowMultipleNodesPerWorker": False, "networking": {"hostNetwork": False}, "additionalLabels": LABELS,
            "serviceAccountName": "limits", "users": [{"secretName": "limits-app", "superuser": False}],
            "podTemplateSpec": {"metadata": {"labels": LABELS}, "spec": {"securityContext": POD, "containers": [
                {"name": "cassandra", "securityContext": CLOSED}]}}}, "limits"),
        reached("limits", "limits", {"tier": "store"}, 9042, "apps")),
        "k8ssandra/cass-operator, config/samples/example-cassandradatacenter-full.yaml", "cassandra.datastax.com"),
    owned("orders of branches pass through Artemis of two brokers, which asks for certificates and keeps messages", (
        inside("broker.amq.io/v1beta1:ActiveMQArtemis", "orders", {
            "deploymentPlan": {
                "size": 2, "image": image("arkmq-org/activemq-artemis-broker-kubernetes"), "initImage": image(
                    "arkmq-org/activemq-artemis-broker-init"), "requireLogin": True, "persistenceEnabled": True,
                "journalType": "nio", "messageMigration": True, "clustered": True, "jolokiaAgentEnabled": False,
                "managementRBACEnabled": True, "enableMetricsPlugin": True, "labels": LABELS, "resources": LARGE,
                "storage": {"size": "20Gi", "storageClassName": "encrypted"}, "podSecurityContext": POD,
                "containerSecurityContext": CLOSED, "podSecurity": {
                    "serviceAccountName": "orders", "runAsUser": 10001}, "podDisruptionBudget": {"minAvailable": 1},
                "extraMounts": {"secrets": ["orders-jaas-config"]}},
            "acceptors": [{
                "name": "amqps", "protocols": "amqp", "port": 5671, "sslEnabled": True, "sslSecret": "orders-tls",
                "needClientAuth": True, "enabledProtocols": "TLSv1.3", "expose": False, "bindToAllInterfaces": True}],
            "console": {"expose": False, "sslEnabled": True, "sslSecret": "orders-console-tls"},
            "addressSettings": {"applyRule": "merge_all", "addressSetting": [{
                "match": "orders", "deadLetterAddress": "dead", "maxDeliveryAttempts": 5, "autoCreateQueues": False,
                "autoCreateAddresses": False}]}}, "orders"),
        inside("broker.amq.io/v1beta1:ActiveMQArtemisAddress", "orders", {
            "addressName": "orders", "queueName": "orders", "routingType": "anycast",
            "removeFromBrokerOnDelete": False}, "orders"),
        reached("orders", "orders", {"tier": "store"}, 5671, "branches")),
        "arkmq-org/activemq-artemis-operator, api/v1beta1/activemqartemis_types.go", "broker.amq.io"),
    owned("who knows whom is kept by ArangoDB of three servers, sealed by a key of the vault and over TLS", (
        password("graph-seal", "graph", "key"), password("graph-root", "graph", "username", "password"),
        inside("database.arangodb.com/v1:ArangoDeployment", "graph", {
            "mode": "Cluster", "environment": "Production", "image": image("arangodb/enterprise"), "imagePullPolicy":
            "IfNotPresent", "license": {"secretName": "graph-license"}, "auth": {"jwtSecretName": "graph-jwt"},
            "tls": {"caSecretName": "graph-authority", "altNames": ["graph.graph.svc.cluster.local"], "ttl": "2160h"},
            "rocksdb": {"encryption": {"keySecretName": "graph-seal"}}, "externalAccess": {"type": "None"},
            "bootstrap": {"passwordSecretNames": {"root": "graph-root"}}, "disableIPv6": True, "metrics": {
                "enabled": True, "tls": True, "authentication": {"jwtTokenSecretName": "graph-metrics"}},
            "agents": members(3, "10Gi"), "dbservers": members(3, "200Gi"), "coordinators": members(2), "labels": TAGS},
            "graph"),
        reached("graph", "graph", {"tier": "store"}, 8529, "fraud")),
        "arangodb/kube-arangodb, docs/api/ArangoDeployment.V1.md", "database.arangodb.com"),
    owned("reports of the day are counted by Doris with its own root of the vault, inside the cluster alone", (
        password("doris-admin", "reports", "username", "password"),
        k8s("core/v1:ConfigMap", {"metadata": meta("doris-fe", "reports"), "data": {"fe.conf": (
            "enable_ssl = true\nssl_force_client_auth = true\nenable_https = true\nhttp_port = 8030\n"
            "priority_networks = 10.0.0.0/8\nenable_audit_plugin = true\n")}}, "fe"),
        k8s("core/v1:ConfigMap", {"metadata": meta("doris-be", "reports"), "data": {"be.conf": (
            "enable_https = true\npriority_networks = 10.0.0.0/8\n"
            "storage_root_path = /opt/apache-doris/be/storage\n")}}, "be"),
        inside("doris.selectdb.com/v1:DorisCluster", "reports", {
            "authSecret": "doris-admin", "feSpec": {**doris(3, "fe", "/opt/apache-doris/fe/doris-meta", "20Gi"),
                                                    "electionNumber": 3},
            "beSpec": doris(3, "be", "/opt/apache-doris/be/storage", "200Gi")}, "reports"),
        reached("reports", "reports", {"tier": "store"}, 9030, "bi")),
        "apache/doris-operator, doc/api.md", "doris.selectdb.com"),
    owned("notebooks ask one session of Spark, which authenticates, encrypts what it moves and grows to eight", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("sessions", "spark"), "automountServiceAccountToken": False},
            "sessions"),
        inside("sparkoperator.k8s.io/v1alpha1:SparkConnect", "sessions", {
            "sparkVersion": "4.0.1", "image": image("bank/spark"), "sparkConf": SESSION, "server": {
                "cores": 2, "memory": "4g", "template": spark("spark-kubernetes-driver")},
            "executor": {"instances": 2, "cores": 2, "memory": "4g", "template": spark("spark-kubernetes-executor")},
            "dynamicAllocation": {"enabled": True, "minExecutors": 1, "maxExecutors": 8}}, "spark"),
        reached("sessions", "spark", {"sparkoperator.k8s.io/connect-name": "sessions"}, 15002, "notebooks")),
        "kubeflow/spark-operator, examples/sparkconnect/spark-connect.yaml; spark.apache.org/docs/latest/security.html",
        "sparkoperator.k8s.io"),
    owned("after a broker joined, Strimzi plans what to move and waits until somebody agrees", (
        inside("kafka.strimzi.io/v1:KafkaRebalance", "joined", {
            "mode": "add-brokers", "brokers": [3], "goals": [
                "RackAwareGoal", "ReplicaCapacityGoal", "DiskCapacityGoal", "NetworkInboundCapacityGoal"],
            "skipHardGoalCheck": False, "replicationThrottle": 50000000, "concurrentPartitionMovementsPerBroker": 2},
            "kafka", annotations={"strimzi.io/rebalance-auto-approval": "false"}),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("cruise-control", "kafka"), "spec": {
            "podSelector": {"matchLabels": {"strimzi.io/name": "payments-cruise-control"}}, "policyTypes": [
                "Ingress"], "ingress": [{"from": [{"podSelector": {"matchLabels": {
                    "strimzi.io/kind": "cluster-operator"}}, "namespaceSelector": {"matchLabels": {
                        "kubernetes.io/metadata.name": "strimzi"}}}], "ports": [{"port": 9090, "protocol": "TCP"}]}]}},
            "cruise")),
        "strimzi.io/docs/operators/latest/deploying, cruise control", "kafka.strimzi.io"),
    Idiom("data of an old ledger lie on encrypted disks of the site's vSphere and stay when its pods go", (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "sealed", "labels": TAGS}, "provisioner": "csi.vsphere.vmware.com", "parameters": {
                "storagepolicyname": "vm-encryption", "csi.storage.k8s.io/fstype": "ext4"}, "reclaimPolicy": "Retain",
            "allowVolumeExpansion": True, "volumeBindingMode": "WaitForFirstConsumer"}, "sealed"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("ledger", "ledger"), "automountServiceAccountToken": False},
            "ledger"),
        k8s("core/v1:Service", {"metadata": meta("ledger", "ledger"), "spec": {
            "clusterIP": "None", "selector": {"app": "ledger"}, "ports": [{"port": 8443, "targetPort": 8443}]}},
            "ledger"),
        k8s("apps/v1:StatefulSet", {"metadata": meta("ledger", "ledger"), "spec": {
            "replicas": 3, "serviceName": "ledger", "minReadySeconds": 30, "podManagementPolicy": "OrderedReady",
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
            "selector": {"matchLabels": {"app": "ledger"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "ledger"}}, "spec": {
                    "serviceAccountName": "ledger", "automountServiceAccountToken": False, "securityContext": POD,
                    "containers": [{
                        "name": "ledger", "image": image("apps/ledger"), "resources": LARGE, "securityContext": CLOSED,
                        "ports": [{"containerPort": 8443}], "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                        "readinessProbe": {"httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"}}}]}},
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, "spec": {
                "storageClassName": "sealed", "accessModes": ["ReadWriteOnce"], "resources": {"requests": {
                    "storage": "100Gi"}}}}]}}, "ledger"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("ledger", "ledger"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "ledger"}}}}, "ledger"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("ledger", "ledger"), "spec": {
            "podSelector": {"matchLabels": {"app": "ledger"}}, "policyTypes": ["Ingress", "Egress"], "egress": DNS,
            "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "apps"}}}],
                         "ports": [{"port": 8443, "protocol": "TCP"}]}]}}, "ledger")),
        "techdocs.broadcom.com, vSphere storage plug-in, encrypted volumes; kubernetes.io, StatefulSet", ours(
            prices=("apps/v1:StatefulSet::ledger",)),
        doubt="the policy of storage encrypts by its definition in vCenter, which no plan shows"),
)  # fmt: skip
