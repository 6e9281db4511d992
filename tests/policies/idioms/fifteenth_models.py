"""Good idioms of clusters: serving, training and agents by projects that no other idiom has (set 15, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable
from .twelfth_charts import LARGE, MIRROR, POD, image, ours
from .twelfth_cluster import GPU, OFFLINE, TOLERATED

KUBEAI, DYNAMO, KAITO, SELDON = "kubeai.org/v1", "nvidia.com/v1alpha1", "kaito.sh/v1beta1", "mlops.seldon.io/v1alpha1"
SLURM, DASK, FLUID = "slinky.slurm.net/v1beta1", "kubernetes.dask.org/v1", "data.fluid.io/v1alpha1"
KAGENT = "kagent.dev"
NUMAFLOW, TOOLHIVE, SPARK = "numaflow.numaproj.io/v1alpha1", "toolhive.stacklok.dev/v1alpha1", "spark.apache.org/v1"
ISSUER = "https://login.bank.ae/realms/staff"
SHM = [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "8Gi"}}, {"name": "tmp", "emptyDir": {}}]
SHM_MOUNTS = [{"name": "shm", "mountPath": "/dev/shm"}, {"name": "tmp", "mountPath": "/var/cache/app"}]  # noqa: S108


def computed(name: str, resources: object, **more: object) -> dict[str, object]:
    """Returns a container of a model of the mirror that cannot reach the hub."""
    return {"name": name, "image": image(f"models/{name}"), "resources": resources, "securityContext": CLOSED,
            "env": OFFLINE, **more}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a model of chats starts from the bank's bucket by KubeAI, between one and three pods", (inside(
        f"{KUBEAI}:Model", "falcon-h1", {
            "features": ["TextGeneration"], "owner": "tiiuae", "url": "s3://bank-models/falcon-h1-7b", "engine": "VLLM",
            "image": image("vllm/vllm-openai"), "resourceProfile": "nvidia-gpu-l40s:1", "minReplicas": 1,
            "maxReplicas": 3, "targetRequests": 50, "scaleDownDelaySeconds": 300, "cacheProfile": "shared", "args": [
                "--max-model-len=8192", "--disable-log-requests"],
            "env": {"VLLM_NO_USAGE_STATS": "1", "HF_HUB_OFFLINE": "1"}, "loadBalancing": {"strategy": "PrefixHash"}},
            "models"),), "kubeai.org/reference/kubernetes-api", ours(
                "kubeai.org", prices=(f"{KUBEAI}:Model::falcon-h1",))),
    Idiom("prompts and answers of a large model are computed apart by Dynamo, each part in closed pods", (inside(
        f"{DYNAMO}:DynamoGraphDeployment", "large", {"backendFramework": "vllm", "services": {
            "Frontend": {"componentType": "frontend", "replicas": 2, "labels": TAGS, "resources": SMALL,
                         "extraPodSpec": {"securityContext": POD, "mainContainer": {
                             "image": image("nvidia/ai-dynamo/vllm-runtime"), "securityContext": CLOSED}}},
            **{name: {"componentType": "worker", "subComponentType": part, "replicas": 2, "labels": TAGS, "resources": {
                "requests": {"cpu": "8", "memory": "64Gi", "gpu": "1"}, "limits": {
                    "cpu": "8", "memory": "64Gi", "gpu": "1"}},
                "envFromSecret": "large-runtime", "sharedMemory": {"size": "8Gi"}, "extraPodSpec": {
                    "securityContext": POD, "tolerations": TOLERATED, "mainContainer": {
                        "image": image("nvidia/ai-dynamo/vllm-runtime"), "securityContext": CLOSED, "env": OFFLINE,
                        "command": ["python3", "-m", "dynamo.vllm"], "args": [
                            "--model", "/models/jais-2-70b", *(["--is-prefill-worker"] if part == "prefill" else [])]}}}
               for name, part in (("Prefill", "prefill"), ("Decode", "decode"))}}}, "models"),),
        "docs.nvidia.com/dynamo/latest/kubernetes/api_reference.html", ours("nvidia.com", prices=(
            f"{DYNAMO}:DynamoGraphDeployment::large",))),
    Idiom("a small model answers on machines of the cluster by KAITO, from an image of the mirror", (k8s(
        f"{KAITO}:Workspace", {
            "metadata": meta("phi", "models", annotations={"kaito.sh/bypass-resource-checks": "False"}), "resource": {
                "preferredNodes": ["gpu-1"], "count": 1, "labelSelector": {"matchLabels": {"apps": "phi"}}},
            "inference": {"template": {"metadata": {"labels": {**TAGS, "app": "phi"}}, "spec": {
                "automountServiceAccountToken": False, "securityContext": POD, "tolerations": TOLERATED, "volumes": SHM,
                "containers": [computed("phi", GPU, volumeMounts=SHM_MOUNTS, readinessProbe={
                    "httpGet": {"path": "/health", "port": 5000}, "periodSeconds": 10})]}}}}, "phi"),),
        "kaito-project.github.io/kaito/docs/inference; api/v1beta1/workspace_types.go", ours(
            "kaito.sh", prices=(f"{KAITO}:Workspace::phi",))),
    Idiom("scores pass through a pipeline of Seldon whose server keeps models of the bucket in memory", (
        inside(f"{SELDON}:Server", "trees", {
            "serverConfig": "mlserver", "replicas": 2, "minReplicas": 2, "maxReplicas": 4, "capabilities": ["lightgbm"],
            "podSpec": {"securityContext": POD, "automountServiceAccountToken": False, "containers": [
                {"name": "mlserver", "image": image("seldonio/mlserver"), "resources": LARGE, "securityContext":
                 CLOSED}]}}, "scores"),
        *(inside(f"{SELDON}:Model", name, {
            "storageUri": f"s3://bank-models/{name}", "requirements": ["lightgbm"], "memory": "500Mi", "replicas": 2,
            "secretName": "models-bucket", "server": "trees", "logger": {"percent": 10}}, "scores")
          for name in ("features", "scores")),
        inside(f"{SELDON}:Pipeline", "scores", {
            "steps": [{"name": "features"}, {"name": "scores", "inputs": ["features"]}], "output": {
                "steps": ["scores"]}}, "scores")),
        "docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources", ours("mlops.seldon.io", prices=(
            f"{SELDON}:Server::trees", f"{SELDON}:Model::features", f"{SELDON}:Model::scores",
            f"{SELDON}:Pipeline::scores"))),
    Idiom("scientists submit to Slurm whose machines are pods, which know each other by a secret key", (
        inside(f"{SLURM}:Controller", "research", {
            "slurmKeyRef": {"name": "slurm-key", "key": "slurm.key"}, "jwtHs256KeyRef": {
                "name": "slurm-jwt", "key": "jwt_hs256.key"},
            "accountingRef": {"name": "research", "namespace": "slurm"}, "extraConf": "PrivateData=jobs,usage\n",
            "slurmctld": {"image": image("slinkyproject/slurmctld"), "resources": LARGE, "securityContext": CLOSED},
            "persistence": {"enabled": True, "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                            "resources": {"requests": {"storage": "10Gi"}}}, "template": {
                "metadata": {"labels": TAGS}, "spec": {"securityContext": POD}}}, "slurm"),
        inside(f"{SLURM}:NodeSet", "gpu", {
            "controllerRef": {"name": "research", "namespace": "slurm"}, "replicas": 2, "slurmd": {
                "image": image("slinkyproject/slurmd"), "resources": GPU, "securityContext": CLOSED},
            "ssh": {"enabled": False}, "partition": {"enabled": True, "config": "MaxTime=24:00:00 Default=YES"},
            "extraConf": "Gres=gpu:1", "template": {"metadata": {"labels": TAGS}, "spec": {
                "tolerations": TOLERATED, "securityContext": POD, "automountServiceAccountToken": False}},
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1}}}, "slurm")),
        "slinky.schedmd.com/projects/slurm-operator; SlinkyProject/slurm-operator, api/v1beta1", ours(
            "slinky.slurm.net", prices=(f"{SLURM}:Controller::research", f"{SLURM}:NodeSet::gpu"))),
    Idiom("a frame of data is computed by Dask of four workers over TLS, and is gone when nobody asks", (inside(
        f"{DASK}:DaskCluster", "frames", {
            "idleTimeout": 1800, "worker": {"replicas": 4, "spec": {
                "securityContext": POD, "automountServiceAccountToken": False, "volumes": [
                    {"name": "tls", "secret": {"secretName": "dask-tls"}}],
                "containers": [computed("worker", LARGE, args=[
                    "dask-worker", "--name", "$(DASK_WORKER_NAME)", "--no-dashboard"],
                    volumeMounts=[{"name": "tls", "mountPath": "/tls", "readOnly": True}])]}},
            "scheduler": {"spec": {
                "securityContext": POD, "automountServiceAccountToken": False, "volumes": [
                    {"name": "tls", "secret": {"secretName": "dask-tls"}}],
                "containers": [computed("scheduler", SMALL, args=["dask-scheduler", "--no-dashboard"], volumeMounts=[
                    {"name": "tls", "mountPath": "/tls", "readOnly": True}], env=[
                        {"name": f"DASK_DISTRIBUTED__COMM__{name}", "value": value} for name, value in (
                            ("REQUIRE_ENCRYPTION", "true"), ("TLS__CA_FILE", "/tls/ca.crt"),
                            ("TLS__SCHEDULER__CERT", "/tls/tls.crt"), ("TLS__SCHEDULER__KEY", "/tls/tls.key"))])]},
                "service": {"type": "ClusterIP", "selector": {
                    "dask.org/cluster-name": "frames", "dask.org/component": "scheduler"}, "ports": [
                        {"name": "tcp-comm", "protocol": "TCP", "port": 8786, "targetPort": "tcp-comm"}]}}},
            "research"),), "kubernetes.dask.org/en/latest/operator_resources.html", ours(
                "kubernetes.dask.org", prices=(f"{DASK}:DaskCluster::frames",))),
    Idiom("sets of data of the bucket are cached near machines by Fluid, read only, for one namespace", (
        inside(f"{FLUID}:Dataset", "claims", {
            "mounts": [{"mountPoint": "s3://bank-models/claims", "name": "claims", "readOnly": True, "options": {
                "alluxio.underfs.s3.region": "me-central-1", "alluxio.underfs.s3.endpoint":
                "https://s3.me-central-1.amazonaws.com"}, "encryptOptions": [
                    {"name": name, "valueFrom": {"secretKeyRef": {"name": "claims-bucket", "key": key}}}
                    for name, key in (("aws.accessKeyId", "id"), ("aws.secretKey", "key"))]}],
            "accessModes": ["ReadOnlyMany"], "placement": "Exclusive"}, "research"),
        inside(f"{FLUID}:AlluxioRuntime", "claims", {
            "replicas": 2, "tieredstore": {"levels": [{"mediumtype": "MEM", "path": "/dev/shm", "quota": "8Gi",  # noqa: S108
                                                       "high": "0.95", "low": "0.7"}]},
            "podMetadata": {"labels": TAGS}, "master": {"resources": SMALL}, "worker": {"resources": LARGE}, "fuse": {
                "cleanPolicy": "OnDemand", "resources": SMALL}}, "research")),
        "fluid-cloudnative.github.io/docs; fluid-cloudnative/fluid, docs/en/samples/accelerate_s3_minio.md", ours(
            "data.fluid.io", prices=(f"{FLUID}:Dataset::claims", f"{FLUID}:AlluxioRuntime::claims"))),
    Idiom("an agent of the operators reads figures by two tools, with the bank's own model, and changes nothing", (
        inside(f"{KAGENT}/v1alpha2:ModelConfig", "bank-chat", {
            "provider": "OpenAI", "model": "falcon-h1", "apiKeySecret": "gateway-key", "apiKeySecretKey": "key",
            "openAI": {"baseUrl": "https://models.bank.ae/v1", "temperature": "0"}, "tls": {
                "caCertSecretRef": "bank-authority", "caCertSecretKey": "ca.crt", "disableVerify": False}}, "agents"),
        inside(f"{KAGENT}/v1alpha2:RemoteMCPServer", "figures", {
            "description": "Figures of the platform", "protocol": "STREAMABLE_HTTP", "url":
            "https://figures-mcp.bank.ae/mcp", "timeout": "10s", "headersFrom": [{
                "name": "Authorization", "valueFrom": {"type": "Secret", "name": "figures-token", "key": "header"}}]},
            "agents"),
        inside(f"{KAGENT}/v1alpha2:Agent", "operator-help", {
            "type": "Declarative", "description": "Answers what the platform's figures say", "declarative": {
                "modelConfig": "bank-chat", "stream": False, "systemMessage":
                "Answer questions of operators by figures. Say when you do not know.", "tools": [{
                    "type": "McpServer", "mcpServer": {"kind": "RemoteMCPServer", "apiGroup": KAGENT, "name":
                                                       "figures", "toolNames": ["query", "query_range"]}}],
                "deployment": {"replicas": 1, "resources": SMALL, "labels": TAGS, "imageRegistry": MIRROR}}},
            "agents")),
        "kagent.dev/docs/kagent/resources/api-ref", ours(KAGENT, prices=(
            f"{KAGENT}/v1alpha2:ModelConfig::bank-chat", f"{KAGENT}/v1alpha2:RemoteMCPServer::figures",
            f"{KAGENT}/v1alpha2:Agent::operator-help"))),
    Idiom("tools of agents answer who signs in at the bank, and reach one host", (
        inside(f"{TOOLHIVE}:MCPServer", "rates", {
            "image": image("tools/rates-mcp"), "transport": "streamable-http", "proxyPort": 8080, "mcpPort": 8000,
            "permissionProfile": {"type": "configmap", "name": "rates-profile", "key": "profile.json"},
            "resources": {"limits": SMALL["limits"], "requests": SMALL["requests"]}, "secrets": [
                {"name": "rates-key", "key": "key", "targetEnvName": "RATES_KEY"}],
            "oidcConfig": {"type": "inline", "resourceUrl": "https://rates-mcp.bank.ae", "inline": {
                "issuer": ISSUER, "audience": "rates-mcp", "jwksUrl": f"{ISSUER}/protocol/openid-connect/certs"}},
            "authzConfig": {"type": "configMap", "configMap": {"name": "rates-cedar", "key": "authz.json"}},
            "audit": {"enabled": True}, "podTemplateSpec": {"metadata": {"labels": TAGS}, "spec": {
                "securityContext": POD, "automountServiceAccountToken": False, "containers": [
                    {"name": "mcp", "resources": SMALL, "securityContext": CLOSED}]}}}, "agents"),
        k8s("core/v1:ConfigMap", {"metadata": meta("rates-cedar", "agents"), "data": {"authz.json": """{
  "version": "1.0", "type": "cedarv1", "cedar": {"entities_json": "[]", "policies": [
    "permit(principal, action == Action::\\"call_tool\\", resource == Tool::\\"rates\\");"]}}"""}}, "cedar")),
        "docs.stacklok.com/toolhive/reference/crd-spec", ours("toolhive.stacklok.dev", prices=(
            f"{TOOLHIVE}:MCPServer::rates",))),
    Idiom("events of cards are scored as they come by Numaflow, from Kafka over TLS to Kafka over TLS", (inside(
        f"{NUMAFLOW}:Pipeline", "cards", {
            "watermark": {"maxDelay": "10s"}, "limits": {"readBatchSize": 200, "bufferMaxLength": 20000},
            "templates": {"vertex": {"metadata": {"labels": TAGS}, "securityContext": POD,
                                     "automountServiceAccountToken": False, "containerTemplate": {
                                         "resources": SMALL, "securityContext": CLOSED}}},
            "vertices": [
                {"name": "in", "scale": {"min": 1, "max": 4}, "source": {"kafka": {
                    "brokers": ["events-kafka-bootstrap.data.svc.cluster.local:9093"], "topic": "cards",
                    "consumerGroup": "scores", "tls": {
                        "caCertSecret": {"name": "cards-ca", "key": "ca.crt"}, "certSecret": {
                            "name": "cards-client", "key": "user.crt"}, "keySecret": {
                                "name": "cards-client", "key": "user.key"}}}}},
                {"name": "score", "scale": {"min": 2, "max": 6}, "udf": {"container": computed("cards", LARGE)}},
                {"name": "out", "sink": {"kafka": {
                    "brokers": ["events-kafka-bootstrap.data.svc.cluster.local:9093"], "topic": "card-scores", "tls": {
                        "caCertSecret": {"name": "cards-ca", "key": "ca.crt"}, "certSecret": {
                            "name": "cards-client", "key": "user.crt"}, "keySecret": {
                                "name": "cards-client", "key": "user.key"}}}}}],
            "edges": [{"from": "in", "to": "score"}, {"from": "score", "to": "out"}]}, "cards"),),
        "numaflow.numaproj.io/APIs; user-guide/sources/kafka", ours(
            "numaflow.numaproj.io", prices=(f"{NUMAFLOW}:Pipeline::cards",))),
    Idiom("figures of a night are counted by Spark of Apache's operator, with encrypted traffic", (inside(
        f"{SPARK}:SparkApplication", "nightly", {
            "mainClass": "ae.bank.Nightly", "jars": "local:///opt/app/nightly.jar", "runtimeVersions": {
                "sparkVersion": "4.0.1", "scalaVersion": "2.13"},
            "sparkConf": {
                "spark.kubernetes.container.image": image("apps/nightly"), "spark.authenticate": "true",
                "spark.network.crypto.enabled": "true", "spark.io.encryption.enabled": "true",
                "spark.kubernetes.authenticate.driver.serviceAccountName": "spark", "spark.dynamicAllocation.enabled":
                "true", "spark.dynamicAllocation.maxExecutors": "8", "spark.ui.enabled": "false", **{
                    f"spark.kubernetes.{part}.label.{key}": value for part in ("driver", "executor")
                    for key, value in TAGS.items()}},
            "driverSpec": {"podTemplateSpec": {"metadata": {"labels": TAGS}, "spec": {
                "securityContext": POD, "containers": [computed("driver", LARGE, env=[
                    secret_variable("SPARK_SECRET", "spark-secret", "secret")])]}}},
            "executorSpec": {"podTemplateSpec": {"metadata": {"labels": TAGS}, "spec": {
                "securityContext": POD, "automountServiceAccountToken": False, "containers": [
                    computed("executor", LARGE)]}}},
            "applicationTolerations": {"resourceRetainPolicy": "OnFailure", "restartConfig": {
                "restartPolicy": "OnFailure", "maxRestartAttempts": 2}}}, "spark"),),
        "github.com/apache/spark-kubernetes-operator, docs/spark_custom_resources.md", ours(
            "spark.apache.org", prices=(f"{SPARK}:SparkApplication::nightly",))),
)  # fmt: skip
