"""Good idioms of clusters: databases, models and trainings by operators (twelfth set, blind)."""

from ..blind import TAGS, k8s, meta, pod
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .eleventh_cluster import top
from .twelfth_charts import CALLERS, LARGE, POD, image, ours

GPU = {"requests": {"cpu": "8", "memory": "48Gi", "nvidia.com/gpu": "1"},
       "limits": {"cpu": "8", "memory": "48Gi", "nvidia.com/gpu": "1"}}  # fmt: skip
TOLERATED = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]
QUEUED = {**TAGS, "kueue.x-k8s.io/queue-name": "work"}
OFFLINE = [{"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "VLLM_NO_USAGE_STATS", "value": "1"}]
CLAIMED = [{"name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly": True}}]
MOUNTED = [{"name": "models", "mountPath": "/models", "readOnly": True}]
RAY = "ray.io/v1:RayService"


def ray_pod(name: str, **container: object) -> dict[str, object]:
    """Returns the template of a pod of Ray."""
    return {"metadata": {"labels": TAGS}, "spec": pod({"name": name, "image": image("ray"), **container})}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a database by Zalando's operator has a standby, TLS and its own archive", (inside(
        "acid.zalan.do/v1:postgresql", "team-a-claims", {
            "teamId": "team-a", "numberOfInstances": 2, "dockerImage": image("zalando/spilo-17"),
            "postgresql": {"version": "17", "parameters": {"ssl_min_protocol_version": "TLSv1.2", "log_connections":
                           "on", "password_encryption": "scram-sha-256"}},
            "volume": {"size": "50Gi", "storageClass": "encrypted"}, "enableMasterLoadBalancer": False,
            "enableReplicaLoadBalancer": False, "users": {"claims_owner": [], "claims_app": []},
            "databases": {"claims": "claims_owner"}, "tls": {"secretName": "claims-tls", "caFile": "ca.crt"},
            "patroni": {"synchronous_mode": True, "pg_hba": [
                "local all all trust", "hostssl all all 10.0.0.0/8 scram-sha-256",
                "hostssl replication standby all scram-sha-256"]},
            "podAnnotations": {"backup": "daily"}, "enableLogicalBackup": True, "logicalBackupSchedule": "30 1 * * *",
            "spiloRunAsUser": 101, "spiloRunAsGroup": 103, "spiloFSGroup": 103,
            "resources": {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "2", "memory": "2Gi"}}}),),
        "github.com/zalando/postgres-operator, docs/reference/cluster_manifest", ours(
            "acid.zalan.do", prices=("acid.zalan.do/v1:postgresql::team-a-claims",))),
    Idiom("an object store of the site encrypts with keys of the vault", (inside(
        "minio.min.io/v2:Tenant", "objects", {
            "image": image("minio/minio"), "imagePullPolicy": "IfNotPresent", "mountPath": "/export",
            "configuration": {"name": "objects-env"}, "requestAutoCert": False, "serviceAccountName": "objects",
            "externalCertSecret": [{"name": "objects-tls", "type": "cert-manager.io/v1"}],
            "externalCaCertSecret": [{"name": "bank-authority", "type": "Opaque"}],
            "features": {"bucketDNS": False, "enableSFTP": False}, "exposeServices": {"console": False, "minio": False},
            "kes": {"image": image("minio/kes"), "replicas": 2, "kesSecret": {"name": "objects-kes"},
                    "keyName": "objects", "clientCertSecret": {"name": "objects-kes-client",
                                                               "type": "kubernetes.io/tls"}},
            "pools": [{
                "name": "p0", "servers": 4, "volumesPerServer": 4, "labels": TAGS, "resources": LARGE,
                "securityContext": POD, "containerSecurityContext": CLOSED,
                "volumeClaimTemplate": {"metadata": {"name": "data", "labels": TAGS}, **stored("1Ti")}}],
            "prometheusOperator": True}, "objects"),),
        "github.com/minio/operator, docs/tenant_crd", ours(
            "minio.min.io", prices=("minio.min.io/v2:Tenant::objects",))),
    Idiom("features are served by Cassandra over certificates on both sides", (inside(
        "k8ssandra.io/v1alpha1:K8ssandraCluster", "features", {
            "auth": True, "secretsProvider": "internal", "cassandra": {
                "serverVersion": "4.1.9", "serverImage": image("k8ssandra/cass-management-api"),
                "superuserSecretRef": {"name": "features-superuser"},
                "storageConfig": {"cassandraDataVolumeClaimSpec": stored("100Gi")["spec"]},
                "config": {"cassandraYaml": {
                    "server_encryption_options": {"internode_encryption": "all", "require_client_auth": True},
                    "client_encryption_options": {"enabled": True, "optional": False, "require_client_auth": True}}},
                "serverEncryptionStores": {
                    "keystoreSecretRef": {"name": "features-stores", "key": "keystore"},
                    "keystorePasswordSecretRef": {"name": "features-stores", "key": "keystore-pass"},
                    "truststoreSecretRef": {"name": "features-stores", "key": "truststore"},
                    "truststorePasswordSecretRef": {"name": "features-stores", "key": "truststore-pass"}},
                "clientEncryptionStores": {
                    "keystoreSecretRef": {"name": "features-stores", "key": "keystore"},
                    "keystorePasswordSecretRef": {"name": "features-stores", "key": "keystore-pass"},
                    "truststoreSecretRef": {"name": "features-stores", "key": "truststore"},
                    "truststorePasswordSecretRef": {"name": "features-stores", "key": "truststore-pass"}},
                "datacenters": [{"metadata": {"name": "dc1"}, "size": 3, "resources": LARGE, "racks": [
                    {"name": f"r{n}", "nodeAffinityLabels": {"topology.bank.ae/rack": f"r{n}"}}
                    for n in (1, 2, 3)]}]},
            "medusa": {"storageProperties": {
                "storageProvider": "s3", "bucketName": "bank-backups", "prefix": "features", "region": "me-central-1",
                "secure": True, "storageSecretRef": {"name": "features-backups"}}}}, "features"),),
        "docs.k8ssandra.io/reference/crd", ours(
            "k8ssandra.io", prices=("k8ssandra.io/v1alpha1:K8ssandraCluster::features",))),
    Idiom("a cluster of MySQL by Percona takes connections with TLS and is backed up at night", (inside(
        "pxc.percona.com/v1:PerconaXtraDBCluster", "ledger", {
            "crVersion": "1.18.0", "secretsName": "ledger-users", "sslSecretName": "ledger-tls",
            "sslInternalSecretName": "ledger-tls-internal", "tls": {"enabled": True},
            "unsafeFlags": {"tls": False, "pxcSize": False, "proxySize": False, "backupIfUnhealthy": False},
            "updateStrategy": "SmartUpdate", "upgradeOptions": {"apply": "disabled"}, "enableVolumeExpansion": True,
            "pxc": {"size": 3, "image": image("percona/pxc"), "labels": TAGS, "resources": LARGE,
                    "configuration": "[mysqld]\nrequire_secure_transport=ON\ntls_version=TLSv1.2,TLSv1.3\n",
                    "volumeSpec": {"persistentVolumeClaim": stored("50Gi")["spec"]},
                    "podDisruptionBudget": {"maxUnavailable": 1}, "containerSecurityContext": CLOSED},
            "haproxy": {"enabled": True, "size": 2, "image": image("percona/haproxy"), "resources": SMALL,
                        "exposePrimary": {"enabled": True, "type": "ClusterIP"}},
            "backup": {"image": image("percona/backup"), "storages": {"s3": {
                "type": "s3", "verifyTLS": True, "s3": {"bucket": "bank-backups/ledger", "region": "me-central-1",
                                                        "credentialsSecret": "ledger-backups"}}},
                       "schedule": [{"name": "nightly", "schedule": "0 1 * * *", "keep": 14, "storageName": "s3"}]}}),),
        "docs.percona.com/percona-operator-for-mysql/pxc/operator", ours(
            "pxc.percona.com", prices=("pxc.percona.com/v1:PerconaXtraDBCluster::ledger",))),
    Idiom("vectors lie in Milvus with authorisation, TLS and the bank's own bucket", (inside(
        "milvus.io/v1beta1:Milvus", "vectors", {
            "mode": "cluster", "components": {
                "image": image("milvusdb/milvus"), "serviceLabels": TAGS, "podLabels": TAGS, "resources": LARGE,
                "proxy": {"replicas": 2, "serviceType": "ClusterIP"}, "queryNode": {"replicas": 2},
                "disableMetric": False, "securityContext": POD},
            "config": {"common": {"security": {"authorizationEnabled": True, "tlsMode": 2}},
                       "tls": {"serverPemPath": "/tls/tls.crt", "serverKeyPath": "/tls/tls.key",
                               "caPemPath": "/tls/ca.crt"},
                       "etcd": {"ssl": {"enabled": True, "tlsCACert": "/tls/ca.crt", "tlsMinVersion": "1.3"}},
                       "kafka": {"securityProtocol": "SASL_SSL", "saslMechanisms": "SCRAM-SHA-512",
                                 "ssl": {"enabled": True, "tlsCaCert": "/tls/ca.crt"}},
                       "minio": {"bucketName": "bank-vectors", "useSSL": True, "useIAM": True, "cloudProvider": "aws",
                                 "region": "me-central-1"}, "log": {"level": "info"}},
            "dependencies": {
                "etcd": {"external": True, "endpoints": ["etcd-client.vectors.svc.cluster.local:2379"]},
                "storage": {"external": True, "type": "S3", "endpoint": "s3.me-central-1.amazonaws.com:443"},
                "msgStreamType": "kafka", "kafka": {"external": True, "brokerList": [
                    "events-kafka-bootstrap.data.svc.cluster.local:9093"]}}}, "vectors"),),
        "milvus.io/docs/tls, milvus.io/docs/configure_operator", ours(
            "milvus.io", prices=("milvus.io/v1beta1:Milvus::vectors",))),
    Idiom("searches run on OpenSearch by its operator with certificates of the bank", (
        inside("opensearch.opster.io/v1:OpenSearchCluster", "search", {
            "general": {"serviceName": "search", "version": "3.3.0", "httpPort": 9200, "image":
                        image("opensearchproject/opensearch"), "setVMMaxMapCount": False, "drainDataNodes": True,
                        "podSecurityContext": POD, "securityContext": CLOSED},
            "security": {"tls": {"transport": {"generate": False, "perNode": False, "secret": {
                "name": "search-transport"}, "nodesDn": ["CN=search,O=Bank"], "adminDn": ["CN=search-admin,O=Bank"]},
                "http": {"generate": False, "secret": {"name": "search-http"}}},
                "config": {"securityConfigSecret": {"name": "search-security"},
                           "adminSecret": {"name": "search-admin"},
                           "adminCredentialsSecret": {"name": "search-admin-login"}}},
            "dashboards": {"enable": True, "version": "3.3.0", "replicas": 2, "resources": SMALL, "tls": {
                "enable": True, "generate": False, "secret": {"name": "search-dashboards"}}, "service": {
                    "type": "ClusterIP"}, "opensearchCredentialsSecret": {"name": "search-dashboards-login"}},
            "nodePools": [{"component": "nodes", "replicas": 3, "diskSize": "100Gi", "labels": TAGS,
                           "roles": ["cluster_manager", "data"], "resources": LARGE, "persistence": {"pvc": {
                               "storageClass": "encrypted", "accessModes": ["ReadWriteOnce"]}}}]}, "search"),
        inside("opensearch.opster.io/v1:OpensearchRole", "claims-reader", {
            "opensearchCluster": {"name": "search"}, "clusterPermissions": ["cluster_composite_ops_ro"],
            "indexPermissions": [{"indexPatterns": ["claims-*"], "allowedActions": ["read"]}]}, "search"),
        inside("opensearch.opster.io/v1:OpensearchUserRoleBinding", "claims-readers", {
            "opensearchCluster": {"name": "search"}, "roles": ["claims-reader"], "backendRoles": ["claims-team"]},
            "search")),
        "github.com/opensearch-project/opensearch-k8s-operator, docs/userguide", ours(
            "opensearch.opster.io", prices=("opensearch.opster.io/v1:OpenSearchCluster::search",))),
    Idiom("a large model is served by KServe's newer kind, with its weights in the bucket", (inside(
        "serving.kserve.io/v1alpha1:LLMInferenceService", "falcon", {
            "model": {"uri": "s3://bank-models/falcon-h1-34b", "name": "falcon"}, "replicas": 2,
            "router": {"gateway": {"refs": [{"name": "inner", "namespace": "gateway"}]}, "route": {},
                       "scheduler": {}},
            "template": {"serviceAccountName": "models", "tolerations": TOLERATED, "securityContext": POD,
                         "containers": [{"name": "main", "image": image("vllm/vllm-openai"), "resources": GPU,
                                         "env": OFFLINE, "securityContext": CLOSED, "livenessProbe": {
                                             "httpGet": {"path": "/health", "port": 8000, "scheme": "HTTPS"}}}]}},
        "models"),), "kserve.github.io/website/docs/model-serving/generative-inference/llmisvc", ours(
            prices=("serving.kserve.io/v1alpha1:LLMInferenceService::falcon",))),
    Idiom("a service of Ray survives its head by a store with a password", (inside(
        RAY, "recommend", {
            "serviceUnhealthySecondThreshold": 900, "serveConfigV2": "applications:\n- name: recommend\n"
            "  import_path: recommend.app:app\n  route_prefix: /recommend\n  deployments:\n  - name: Ranker\n"
            "    num_replicas: 2\n    ray_actor_options:\n      num_gpus: 1\n",
            "rayClusterConfig": {
                "rayVersion": "2.51.1", "gcsFaultToleranceOptions": {
                    "redisAddress": "rediss://state.platform.svc.cluster.local:6380", "redisPassword": {"valueFrom": {
                        "secretKeyRef": {"name": "ray-state", "key": "password"}}}},
                "authOptions": {"mode": "token"}, "headGroupSpec": {
                    "serviceType": "ClusterIP", "rayStartParams": {"num-cpus": "0", "dashboard-host": "127.0.0.1"},
                    "template": ray_pod("ray-head", resources=LARGE)},
                "workerGroupSpecs": [{"groupName": "gpu", "replicas": 2, "minReplicas": 2, "maxReplicas": 2,
                                      "rayStartParams": {}, "template": ray_pod("ray-worker", resources=GPU)}]}},
            "recommend"),), "docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-gcs-ft", ours(
                prices=(f"{RAY}::recommend",))),
    Idiom("agents run what they write in sandboxes of a second kernel without a way out", (
        k8s("node.k8s.io/v1:RuntimeClass", {"metadata": {"name": "kata", "labels": TAGS}, "handler": "kata-qemu",
            "overhead": {"podFixed": {"memory": "160Mi", "cpu": "250m"}}}, "kata"),
        inside("agents.x-k8s.io/v1alpha1:Sandbox", "analyst", {
            "replicas": 1, "podTemplate": {"metadata": {"labels": {**TAGS, "app": "sandbox"}}, "spec": pod(
                {"image": image("sandbox/python")}, runtimeClassName="kata", enableServiceLinks=False)},
            "volumeClaimTemplates": [{"metadata": {"name": "work", "labels": TAGS}, **stored("5Gi")}]}, "agents"),
        inside("networking.k8s.io/v1:NetworkPolicy", "closed", {
            "podSelector": {"matchLabels": {"app": "sandbox"}}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "orchestrator"}}}]}], "egress": []},
            "agents")),
        "agent-sandbox.sigs.k8s.io/docs", ours(prices=("agents.x-k8s.io/v1alpha1:Sandbox::analyst",))),
    Idiom("requests to a pool of models go to the pod with the shortest queue", (
        inside("inference.networking.k8s.io/v1:InferencePool", "falcon", {
            "selector": {"matchLabels": {"app": "falcon"}}, "targetPorts": [{"number": 8000}],
            "endpointPickerRef": {"name": "falcon-epp", "port": {"number": 9002}, "failureMode": "FailClose"}},
            "models"),
        inside("inference.networking.x-k8s.io/v1alpha2:InferenceObjective", "chat", {
            "priority": 10, "poolRef": {"group": "inference.networking.k8s.io", "name": "falcon"}}, "models"),
        inside("gateway.networking.k8s.io/v1:HTTPRoute", "falcon", {
            "parentRefs": [{"name": "inner", "namespace": "gateway", "sectionName": "https"}],
            "hostnames": ["models.bank.ae"], "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": "/v1/chat/completions"}}],
                "backendRefs": [{"group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "falcon"}],
                "timeouts": {"request": "120s"}}]}, "models")),
        "gateway-api-inference-extension.sigs.k8s.io/guides", ours(kubernetes=CALLERS)),
    Idiom("a fine-tuning of two machines starts from a runtime that the platform keeps", (
        top("trainer.kubeflow.org/v1alpha1:ClusterTrainingRuntime", "torch-bank", {
            "mlPolicy": {"numNodes": 2, "torch": {"numProcPerNode": 1}}, "podGroupPolicy": {
                "coscheduling": {"scheduleTimeoutSeconds": 300}},
            "template": {"spec": {"replicatedJobs": [{"name": "node", "template": {
                "metadata": {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}},
                "spec": {"template": {"metadata": {"labels": TAGS}, "spec": pod(
                    {"name": "node", "image": image("torch-tune"), "resources": GPU},
                    tolerations=TOLERATED)}}}}]}}}),
        k8s("trainer.kubeflow.org/v1alpha1:TrainJob", {
            "metadata": {"name": "tune", "namespace": "team-a", "labels": QUEUED}, "spec": {
                "runtimeRef": {"name": "torch-bank", "kind": "ClusterTrainingRuntime",
                               "apiGroup": "trainer.kubeflow.org"}, "suspend": True,
                "trainer": {"numNodes": 2, "image": image("torch-tune"), "command": ["torchrun", "tune.py"],
                            "env": OFFLINE, "resourcesPerNode": GPU}}}, "tune")),
        "trainer.kubeflow.org/en/latest/operator-guides/runtime", ours(prices=(
            "trainer.kubeflow.org/v1alpha1:ClusterTrainingRuntime::torch-bank",
            "trainer.kubeflow.org/v1alpha1:TrainJob::tune"))),
    Idiom("pods of one team share a slice of a GPU by a claim", (
        k8s("resource.k8s.io/v1:DeviceClass", {"metadata": {"name": "mig-1g", "labels": TAGS}, "spec": {"selectors": [
            {"cel": {"expression": "device.driver == 'gpu.nvidia.com' && "
                                   "device.attributes['gpu.nvidia.com'].profile == '1g.10gb'"}}]}}, "mig-1g"),
        k8s("resource.k8s.io/v1:ResourceClaimTemplate", {"metadata": meta("slice"), "spec": {"spec": {"devices": {
            "requests": [{"name": "gpu", "exactly": {"deviceClassName": "mig-1g", "count": 1}}]}}}}, "slice"),
        k8s("apps/v1:Deployment", {"metadata": meta("embed"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "embed"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "embed"}}, "spec": pod(
                    {"image": image("tei"), "env": OFFLINE, "volumeMounts": MOUNTED, "args": ["--model-id=/models/e5"],
                     "readinessProbe": {"httpGet": {"path": "/health", "port": 8080}}, "resources": {
                         "requests": {"cpu": "2", "memory": "8Gi"}, "limits": {"cpu": "2", "memory": "8Gi"},
                         "claims": [{"name": "gpu"}]}},
                    resourceClaims=[{"name": "gpu", "resourceClaimTemplateName": "slice"}], volumes=CLAIMED,
                    tolerations=TOLERATED)}}}, "embed"),
        inside("policy/v1:PodDisruptionBudget", "embed", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "embed"}}})),
        "kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation", ours()),
    Idiom("trainings go to the cluster of the second site when the first is full", (
        top("kueue.x-k8s.io/v1beta2:MultiKueueCluster", "dc2", {"clusterSource": {"kubeConfig": {
            "locationType": "Secret", "location": "dc2-kubeconfig"}}}),
        top("kueue.x-k8s.io/v1beta2:MultiKueueConfig", "sites", {"clusters": ["dc2"]}),
        top("kueue.x-k8s.io/v1beta2:AdmissionCheck", "sites", {
            "controllerName": "kueue.x-k8s.io/multikueue", "parameters": {
                "apiGroup": "kueue.x-k8s.io", "kind": "MultiKueueConfig", "name": "sites"}})),
        "kueue.sigs.k8s.io/docs/tasks/manage/setup_multikueue", ours("kueue.x-k8s.io")),
)  # fmt: skip
