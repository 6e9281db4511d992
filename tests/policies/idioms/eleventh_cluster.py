"""Good idioms of operators on clusters: databases, brokers, stores, networks and admission (eleventh set, blind)."""

from ..blind import IMAGE, KEY, ME, TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .eleventh_charts import CLOSED, SIGN_IN, inside, stored
from .sixth_kubernetes import MODELS

POD = {"metadata": {"labels": TAGS}, "spec": pod({})}
BACKUPS = {"residency": {"known": {
    "objects.dc1.example.ae": "the bank's own object store in Dubai", "bank-backups": "the bank's own bucket there",
    "example.ae": "our own domain"}}}  # fmt: skip
FROM_GATEWAY = [{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}}}]}]
DNS = [{"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}],
        "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]  # fmt: skip


def top(kind: str, name: str, spec: object) -> Given:
    """Returns an object without a namespace."""
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def allowed(*groups: str, **more: object) -> dict[str, object]:
    """Returns settings that list API groups of the team's operators."""
    return {**MODELS, "escape": {"allowed_types": {
        f"kubernetes:{group}/*": "our operator, reviewed; it makes pods and services of its kind"
        for group in groups}}, **more}  # fmt: skip


def priced(kind: str, name: str) -> dict[str, object]:
    """Returns the setting of what an object of a cluster may cost."""
    return unpriced(f"kubernetes:{kind}::{name}")


IDIOMS: tuple[Idiom, ...] = (
    Idiom("balancers of the data centre have addresses of one network, for two namespaces", (
        inside("metallb.io/v1beta1:IPAddressPool", "apps", {
            "addresses": ["10.30.8.0/26"], "avoidBuggyIPs": True, "autoAssign": False,
            "serviceAllocation": {"priority": 50, "namespaces": ["gateway", "edge"]}}, "metallb-system"),
        inside("metallb.io/v1beta2:BGPPeer", "top-of-rack", {
            "myASN": 64512, "peerASN": 64513, "peerAddress": "10.30.0.1", "holdTime": "90s",
            "passwordSecret": {"name": "bgp", "namespace": "metallb-system"}}, "metallb-system"),
        inside("metallb.io/v1beta1:BGPAdvertisement", "routes", {"ipAddressPools": ["apps"]}, "metallb-system")),
        "metallb.universe.tf/configuration/_advanced_ipaddresspool_configuration", allowed("metallb.io")),
    Idiom("storage of the data centre is Ceph's, encrypted on disks and on wires", (
        inside("ceph.rook.io/v1:CephCluster", "dc1", {
            "cephVersion": {"image": "quay.io/ceph/ceph:v19.2.3"}, "dataDirHostPath": "/var/lib/rook",
            "mon": {"count": 3, "allowMultiplePerNode": False}, "mgr": {"count": 2},
            "dashboard": {"enabled": False}, "crashCollector": {"disable": False},
            "network": {"connections": {"encryption": {"enabled": True}, "requireMsgr2": True}},
            "storage": {"useAllNodes": False, "useAllDevices": False, "config": {"encryptedDevice": "true"},
                        "nodes": [{"name": f"node{n}", "devices": [{"name": "nvme1n1"}]} for n in (1, 2, 3)]}},
            "rook-ceph"),
        inside("ceph.rook.io/v1:CephBlockPool", "replicated", {
            "failureDomain": "host", "replicated": {"size": 3, "requireSafeReplicaSize": True}}, "rook-ceph")),
        "rook.io/docs/rook/latest-release/CRDs/Cluster/ceph-cluster-crd", allowed(
            "ceph.rook.io", **priced("ceph.rook.io/v1:CephCluster", "dc1"))),
    Idiom("the bank's sign-in runs on two pods with TLS to its database", (
        inside("k8s.keycloak.org/v2alpha1:Keycloak", "login", {
            "instances": 2, "image": IMAGE, "startOptimized": True,
            "db": {"vendor": "postgres", "host": "login-db.identity.svc.cluster.local", "database": "keycloak",
                   "usernameSecret": {"name": "login-db", "key": "user"},
                   "passwordSecret": {"name": "login-db", "key": "password"}},
            "http": {"httpEnabled": False, "tlsSecret": "login-tls"},
            "hostname": {"hostname": "https://login.example.ae", "strict": True},
            "proxy": {"headers": "xforwarded"}, "ingress": {"enabled": False},
            "features": {"disabled": ["device-flow"]},
            "additionalOptions": [{"name": "db-url-properties", "value": "?sslmode=verify-full"}],
            "resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"memory": "2Gi"}},
            "networkPolicy": {"enabled": True}}, "identity"),
        inside("k8s.keycloak.org/v2alpha1:KeycloakRealmImport", "bank", {"keycloakCRName": "login", "realm": {
            "realm": "bank", "enabled": True, "sslRequired": "all", "registrationAllowed": False,
            "bruteForceProtected": True, "accessTokenLifespan": 300, "passwordPolicy": "length(14) and notUsername",
            "clients": [{"clientId": "notebooks", "publicClient": False, "standardFlowEnabled": True,
                         "directAccessGrantsEnabled": False, "implicitFlowEnabled": False,
                         "redirectUris": ["https://notebooks.example.ae/hub/oauth_callback"]}]}}, "identity")),
        "keycloak.org/operator/basic-deployment", allowed("k8s.keycloak.org", identity=SIGN_IN, **unpriced(
            "kubernetes:k8s.keycloak.org/v2alpha1:Keycloak::login",
            "kubernetes:k8s.keycloak.org/v2alpha1:KeycloakRealmImport::bank"))),
    Idiom("queues of RabbitMQ on three machines speak TLS only", (inside("rabbitmq.com/v1beta1:RabbitmqCluster",
        "work", {
        "replicas": 3, "image": IMAGE, "persistence": {"storageClassName": "encrypted", "storage": "20Gi"},
        "tls": {"secretName": "work-tls", "caSecretName": "bank-authority", "disableNonTLSListeners": True},
        "service": {"type": "ClusterIP"}, "resources": {"requests": {"cpu": "1", "memory": "2Gi"},
                                                        "limits": {"cpu": "2", "memory": "2Gi"}},
        "rabbitmq": {"additionalPlugins": ["rabbitmq_stream"], "additionalConfig":
                     "ssl_options.verify = verify_peer\nssl_options.fail_if_no_peer_cert = true\n"
                     "disk_free_limit.relative = 1.0\nloopback_users.guest = true\n"}}),),
        "rabbitmq.com/kubernetes/operator/using-operator", allowed(
            "rabbitmq.com", **priced("rabbitmq.com/v1beta1:RabbitmqCluster", "work"))),
    Idiom("documents of an app lie in MongoDB with TLS and passwords", (inside(
        "mongodbcommunity.mongodb.com/v1:MongoDBCommunity", "docs", {
            "members": 3, "type": "ReplicaSet", "version": "8.0.12",
            "security": {"authentication": {"modes": ["SCRAM-SHA-256"]}, "tls": {
                "enabled": True, "optional": False, "certificateKeySecretRef": {"name": "docs-tls"},
                "caConfigMapRef": {"name": "bank-authority"}}},
            "users": [{"name": "app", "db": "admin", "passwordSecretRef": {"name": "docs-app"},
                       "roles": [{"name": "readWrite", "db": "claims"}], "scramCredentialsSecretName": "docs-app"}],
            "additionalMongodConfig": {"storage.wiredTiger.engineConfig.journalCompressor": "zlib"},
            "statefulSet": {"spec": {"volumeClaimTemplates": [{"metadata": {"name": "data-volume", "labels": TAGS},
                                                               **stored("20Gi")}]}}}),),
        "github.com/mongodb/mongodb-kubernetes, docs/mongodbcommunity", allowed(
            "mongodbcommunity.mongodb.com", **priced("mongodbcommunity.mongodb.com/v1:MongoDBCommunity", "docs"))),
    Idiom("logs are searched in Elastic on the cluster, with the bank's sign-in", (
        inside("elasticsearch.k8s.elastic.co/v1:Elasticsearch", "logs", {
            "version": "9.2.0", "volumeClaimDeletePolicy": "DeleteOnScaledownOnly", "nodeSets": [{
                "name": "default", "count": 3, "volumeClaimTemplates": [{
                    "metadata": {"name": "elasticsearch-data", "labels": TAGS}, **stored("100Gi")}],
                "config": {"node.store.allow_mmap": False, "xpack.security.audit.enabled": True,
                           "ingest.geoip.downloader.enabled": False, "xpack.security.authc.token.enabled": True},
                "podTemplate": {"metadata": {"labels": TAGS}, "spec": {"containers": [{
                    "name": "elasticsearch", "resources": {"requests": {"cpu": "1", "memory": "4Gi"},
                                                           "limits": {"cpu": "2", "memory": "4Gi"}}}]}}}]}, "logging"),
        inside("kibana.k8s.elastic.co/v1:Kibana", "logs", {
            "version": "9.2.0", "count": 1, "elasticsearchRef": {"name": "logs"},
            "http": {"service": {"spec": {"type": "ClusterIP"}}}, "config": {
                "telemetry.enabled": False, "telemetry.optIn": False, "newsfeed.enabled": False,
                "map.includeElasticMapsService": False, "server.publicBaseUrl": "https://logs.example.ae"}},
                "logging")),
        "elastic.co/docs/deploy-manage/deploy/cloud-on-k8s", allowed(
            "elasticsearch.k8s.elastic.co", "kibana.k8s.elastic.co",
            **unpriced("kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch::logs",
                       "kubernetes:kibana.k8s.elastic.co/v1:Kibana::logs"))),
    Idiom("numbers of the platform are kept by ClickHouse on ports with TLS", (inside(
        "clickhouse.altinity.com/v1:ClickHouseInstallation", "events", {
            "configuration": {
                "clusters": [{"name": "main", "secure": "yes", "insecure": "no",
                              "layout": {"shardsCount": 1, "replicasCount": 2}}],
                "zookeeper": {"nodes": [{"host": "keeper.analytics.svc", "port": 9281, "secure": "yes"}]},
                "users": {"app/k8s_secret_password": "analytics/clickhouse/app", "app/profile": "default",
                          "app/networks/ip": ["10.0.0.0/8"], "app/quota": "default"},
                "settings": {"https_port": 8443, "tcp_port_secure": 9440}},
            "defaults": {"templates": {"podTemplate": "pod", "dataVolumeClaimTemplate": "data"}},
            "templates": {"podTemplates": [{"name": "pod", **POD}], "volumeClaimTemplates": [
                {"name": "data", "metadata": {"labels": TAGS}, **stored("100Gi")}]}}, "analytics"),),
        "github.com/Altinity/clickhouse-operator, docs/security_hardening", allowed(
            "clickhouse.altinity.com", **priced("clickhouse.altinity.com/v1:ClickHouseInstallation", "events"))),
    Idiom("a cache of the cluster has a password, TLS and snapshots", (inside(
        "dragonflydb.io/v1alpha1:Dragonfly", "cache", {
            "replicas": 2, "image": IMAGE, "args": ["--maxmemory=3gb", "--cache_mode=true"],
            "authentication": {"passwordFromSecret": {"name": "cache", "key": "password"}},
            "tlsSecretRef": {"name": "cache-tls"}, "labels": TAGS,
            "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
            "snapshot": {"cron": "0 */6 * * *", "persistentVolumeClaimSpec": stored("10Gi")["spec"]}}),),
        "dragonflydb.io/docs/managing-dragonfly/operator", allowed(
            "dragonflydb.io", **priced("dragonflydb.io/v1alpha1:Dragonfly", "cache"))),
    Idiom("a job of Flink resumes from its checkpoints in the bank's bucket", (inside(
        "flink.apache.org/v1beta1:FlinkDeployment", "fraud", {
            "image": IMAGE, "flinkVersion": "v2_0", "serviceAccount": "flink", "mode": "native",
            "flinkConfiguration": {
                "state.backend.type": "rocksdb", "execution.checkpointing.interval": "60s",
                "execution.checkpointing.dir": "s3://bank-models/fraud/checkpoints",
                "execution.checkpointing.savepoint-dir": "s3://bank-models/fraud/savepoints",
                "high-availability.type": "kubernetes", "high-availability.storageDir": "s3://bank-models/fraud/ha",
                "security.ssl.internal.enabled": "true", "taskmanager.numberOfTaskSlots": "2"},
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": pod({"name": "flink-main-container"})},
            "jobManager": {"resource": {"memory": "2048m", "cpu": 1}},
            "taskManager": {"replicas": 2, "resource": {"memory": "4096m", "cpu": 2}},
            "job": {"jarURI": "local:///opt/flink/usrlib/fraud.jar", "parallelism": 4, "upgradeMode": "savepoint",
                    "state": "running"}}),),
        "nightlies.apache.org/flink/flink-kubernetes-operator-docs-main/docs/custom-resource/overview", allowed(
            "flink.apache.org", **priced("flink.apache.org/v1beta1:FlinkDeployment", "fraud"))),
    Idiom("requests for certificates are approved for names of the team only", (
        top("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", "team-a", {
            "allowed": {"dnsNames": {"required": True, "values": ["*.team-a.svc", "*.team-a.svc.cluster.local"]},
                        "usages": ["server auth", "client auth"], "isCA": False},
            "constraints": {"maxDuration": "2160h", "privateKey": {"algorithm": "ECDSA", "minSize": 256}},
            "selector": {"issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"},
                         "namespace": {"matchNames": ["team-a"]}}}),),
        "cert-manager.io/docs/policy/approval/approver-policy", allowed("policy.cert-manager.io")),
    Idiom("workloads of a namespace have identities of the bank's trust domain", (
        top("spire.spiffe.io/v1alpha1:ClusterSPIFFEID", "team-a", {
            "className": "bank", "spiffeIDTemplate":
                "spiffe://bank.example.ae/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}",
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "team-a"}}, "ttl": "1h"}),),
        "github.com/spiffe/spire-controller-manager, docs/clusterspiffeid-crd", allowed("spire.spiffe.io")),
    Idiom("trainings start on machines of one rack, in a cohort of two teams", (
        top("kueue.x-k8s.io/v1beta2:Topology", "racks", {"levels": [
            {"nodeLabel": "topology.example.ae/block"}, {"nodeLabel": "topology.example.ae/rack"},
            {"nodeLabel": "kubernetes.io/hostname"}]}),
        top("kueue.x-k8s.io/v1beta2:ResourceFlavor", "h100", {
            "topologyName": "racks", "nodeLabels": {"falaj.io/pool": "h100"},
            "tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}),
        top("kueue.x-k8s.io/v1beta2:Cohort", "research", {"parentName": "bank", "fairSharing": {"weight": "2"}}),
        top("kueue.x-k8s.io/v1beta2:ClusterQueue", "team-a", {
            "cohortName": "research", "queueingStrategy": "BestEffortFIFO",
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "team-a"}},
            "preemption": {"reclaimWithinCohort": "LowerPriority", "withinClusterQueue": "LowerPriority"},
            "resourceGroups": [{"coveredResources": ["nvidia.com/gpu"], "flavors": [{
                "name": "h100", "resources": [{"name": "nvidia.com/gpu", "nominalQuota": "8",
                                               "borrowingLimit": "8"}]}]}]})),
        "kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling", priced(
            "kueue.x-k8s.io/v1beta2:ResourceFlavor", "h100")),
    Idiom("events of claims reach a service by a broker of the namespace", (
        inside("eventing.knative.dev/v1:Broker", "claims", {
            "config": {"apiVersion": "v1", "kind": "ConfigMap", "name": "kafka-broker",
            "namespace": "knative-eventing"},
            "delivery": {"retry": 5, "backoffPolicy": "exponential", "backoffDelay": "PT1S", "deadLetterSink": {
                "ref": {"apiVersion": "v1", "kind": "Service", "name": "dead-letters"}}}}),
        inside("eventing.knative.dev/v1:Trigger", "opened", {
            "broker": "claims", "filter": {"attributes": {"type": "ae.example.claim.opened"}}, "subscriber": {
                "ref": {"apiVersion": "v1", "kind": "Service", "name": "triage"}, "uri": "/events"}})),
        "knative.dev/docs/eventing/triggers", allowed(
            "eventing.knative.dev", **priced("eventing.knative.dev/v1:Broker", "claims"))),
    Idiom("a new team has a closed namespace, bounds, an operator's role and its secrets' store", (
        k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted", "istio-injection": "enabled"}}}, "team-a"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("default"), "automountServiceAccountToken": False}, "default"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("app", annotations={
            "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/team-a"}), "automountServiceAccountToken": False},
            "app"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("bounds"), "spec": {"hard": {
            "requests.cpu": "40", "limits.memory": "160Gi", "requests.nvidia.com/gpu": "2",
            "persistentvolumeclaims": "10", "services.nodeports": "0"}}}, "quota"),
        inside("networking.k8s.io/v1:NetworkPolicy", "closed", {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": DNS}),
        inside("networking.k8s.io/v1:NetworkPolicy", "gateway", {
            "podSelector": {"matchLabels": {"exposed": "true"}}, "policyTypes": ["Ingress"], "ingress": FROM_GATEWAY}),
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("operator"), "rules": [
            {"apiGroups": ["apps"], "resources": ["deployments", "statefulsets"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": [""], "resources": ["pods", "pods/log", "events", "services"],
             "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["get", "update"]}]}, "operator"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("operators"), "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role",
                                                       "name": "operator"},
            "subjects": [{"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "team-a-operators"}]},
            "operators"),
        inside("external-secrets.io/v1:SecretStore", "vault", {"provider": {"aws": {
            "service": "SecretsManager", "region": "me-central-1",
            "auth": {"jwt": {"serviceAccountRef": {"name": "app"}}}}}}),
        inside("security.istio.io/v1:PeerAuthentication", "strict", {"mtls": {"mode": "STRICT"}}),
        inside("kueue.x-k8s.io/v1beta2:LocalQueue", "work", {"clusterQueue": "team-a"})),
        "kubernetes.io/docs/concepts/security/multi-tenancy"),
    Idiom("traffic of one namespace leaves the cluster by one address of the site", (top(
        "cilium.io/v2:CiliumEgressGatewayPolicy", "payments", {
            "selectors": [{"podSelector": {"matchLabels": {"io.kubernetes.pod.namespace": "payments"}}}],
            "destinationCIDRs": ["10.60.0.0/24"], "egressGateway": {
                "nodeSelector": {"matchLabels": {"role": "egress"}}, "egressIP": "10.30.9.10"}}),),
        "docs.cilium.io/en/stable/network/egress-gateway/egress-gateway"),
    Idiom("images must be signed by the bank's key, by the newer policy of Kyverno", (top(
        "policies.kyverno.io/v1:ImageValidatingPolicy", "signed", {
            "validationActions": ["Deny"], "failurePolicy": "Fail", "webhookConfiguration": {"timeoutSeconds": 15},
            "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}]},
            "matchImageReferences": [{"glob": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/*"}],
            "attestors": [{"name": "bank", "cosign": {
                "key": {"kms": f"awskms:///{KEY}"}, "ctlog": {"insecureIgnoreTlog": True}}}],
            "validations": [{"expression": "images.containers.map(image, verifyImageSignatures(image, "
                                           "[attestors.bank])).all(e, e > 0)",
                             "message": "The image is not signed by the bank"}]}),),
        "kyverno.io/docs/policy-types/image-validating-policy"),
    Idiom("backups of namespaces lie in the object store of the site", (
        inside("velero.io/v1:BackupStorageLocation", "dc1", {
            "provider": "aws", "default": True, "accessMode": "ReadWrite",
            "objectStorage": {"bucket": "bank-backups", "prefix": "dc1"}, "credential": {"name": "store",
            "key": "cloud"},
            "config": {"region": "me-central-1", "s3ForcePathStyle": "true",
                       "s3Url": "https://objects.dc1.example.ae", "checksumAlgorithm": ""}}, "velero"),
        inside("velero.io/v1:Schedule", "hourly", {"schedule": "15 * * * *", "template": {
            "storageLocation": "dc1", "includedNamespaces": ["team-a", "payments"], "ttl": "168h",
            "defaultVolumesToFsBackup": False, "snapshotMoveData": True}}, "velero")),
        "velero.io/docs/main/api-types/backupstoragelocation", BACKUPS),
    Idiom("a connector of Kafka is the bank's own image and knows its secrets by a provider", (inside(
        "kafka.strimzi.io/v1beta2:KafkaConnect", "connect", {
            "version": "4.1.0", "replicas": 2, "image": IMAGE, "bootstrapServers": "events-kafka-bootstrap:9093",
            "tls": {"trustedCertificates": [{"secretName": "events-cluster-ca-cert", "pattern": "*.crt"}]},
            "authentication": {"type": "tls", "certificateAndKey": {
                "secretName": "connect", "certificate": "user.crt", "key": "user.key"}},
            "config": {"config.providers": "secrets", "config.providers.secrets.class":
                       "io.strimzi.kafka.KubernetesSecretConfigProvider", "config.storage.replication.factor": 3},
            "resources": {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}},
            "template": {"pod": {"metadata": {"labels": TAGS}}, "connectContainer": {"securityContext": CLOSED}}}),),
        "strimzi.io/docs/operators/latest/deploying, Kafka Connect", priced(
            "kafka.strimzi.io/v1beta2:KafkaConnect", "connect")),
)  # fmt: skip
