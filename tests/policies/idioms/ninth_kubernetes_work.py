"""Good idioms of what runs on a cluster: models, data, notebooks, queues and small programs (2026-11-28, ninth set)."""

import json

from ..blind import IMAGE, TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release
from .sixth_kubernetes import GPU, MODELS, MOUNTS, SCRATCH, TOLERATED, service

MIRROR = "registry.example.ae/mirror"
WEAVIATE = "https://weaviate.github.io/weaviate-helm"
PROFILES = """c.KubeSpawner.profile_list = [
    {"display_name": "Small", "default": True, "kubespawner_override": {"cpu_limit": 2, "mem_limit": "8G"}},
    {"display_name": "GPU", "kubespawner_override": {
        "cpu_limit": 8, "mem_limit": "48G", "extra_resource_limits": {"nvidia.com/gpu": "1"}}},
]
c.KubeSpawner.allow_privilege_escalation = False
c.JupyterHub.authenticator_class = "generic-oauth"
c.GenericOAuthenticator.allowed_groups = {"data-scientists"}
"""
SUPERSET = """AUTH_TYPE = AUTH_OAUTH
AUTH_USER_REGISTRATION = True
AUTH_USER_REGISTRATION_ROLE = "Gamma"
PUBLIC_ROLE_LIKE = None
SESSION_COOKIE_SECURE = True
TALISMAN_ENABLED = True
"""
ICEBERG = """connector.name=iceberg
iceberg.catalog.type=rest
iceberg.rest-catalog.uri=http://lakekeeper.team-a.svc.cluster.local:8181/catalog
fs.native-s3.enabled=true
s3.region=me-central-1
"""
ORDERS = """connector.name=postgresql
connection-url=jdbc:postgresql://pg-ro.team-a.svc.cluster.local:5432/orders?ssl=true&sslmode=verify-full
connection-user=trino
"""
PROFILE = """bank:
  target: prod
  outputs:
    prod:
      type: postgres
      host: pg-rw.team-a.svc.cluster.local
      port: 5432
      dbname: lake
      schema: marts
      sslmode: verify-full
      user: "{{ env_var('DBT_USER') }}"
      password: "{{ env_var('DBT_PASSWORD') }}"
      threads: 4
"""
VECTOR = """data_dir: /var/lib/vector
sources:
  apps:
    type: kubernetes_logs
sinks:
  archive:
    type: aws_s3
    inputs: [apps]
    bucket: bank-models
    region: me-central-1
    key_prefix: logs/%F/
    compression: gzip
    encoding: {codec: json}
"""
MIG = """version: v1
mig-configs:
  all-disabled:
    - devices: all
      mig-enabled: false
  notebooks:
    - devices: all
      mig-enabled: true
      mig-devices: {"1g.10gb": 7}
"""
SERVE = """applications:
- name: chat
  import_path: chat.app:graph
  route_prefix: /
  runtime_env: {env_vars: {MODEL: /models/llama, HF_HUB_OFFLINE: "1"}}
  deployments:
  - name: Chat
    autoscaling_config: {min_replicas: 1, max_replicas: 2}
    ray_actor_options: {num_gpus: 1}
"""
PATCH = json.dumps({"containers": [{"name": "main", "resources": {
    "requests": {"memory": "{{workflow.parameters.memory}}"}, "limits": {"memory": "{{workflow.parameters.memory}}"},
}}]})  # fmt: skip
POD = json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "task", "labels": TAGS}, "spec": pod(
    {"name": "base"}, restartPolicy="Never")})  # fmt: skip
QUEUE = {"serverAddress": "http://prometheus.monitoring.svc:9090", "query": "sum(queue)", "threshold": "5"}
SPARK = {"cores": 2, "memory": "4g", "serviceAccount": "app", "labels": TAGS, "securityContext": {
    "runAsNonRoot": True, "runAsUser": 10001, "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"}}}  # fmt: skip


def _secret(variable: str, name: str, key: str) -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _env(**values: str) -> list[dict[str, object]]:
    return [{"name": key, "value": value} for key, value in values.items()]


def _config(name: str, **data: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": data}, name)


def _job(name: str, container: object, **spec: object) -> Given:
    return k8s("batch/v1:Job", {"metadata": meta(name), "spec": {
        "backoffLimit": 1, "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, "template": {
            "metadata": {"labels": TAGS}, "spec": pod(container, restartPolicy="Never", **spec)}}}, name)  # type: ignore[arg-type] # fmt: skip


def _nightly(name: str, schedule: str, container: object) -> Given:
    return k8s("batch/v1:CronJob", {"metadata": meta(name), "spec": {
        "schedule": schedule, "concurrencyPolicy": "Forbid", "timeZone": "Asia/Dubai", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod(container, restartPolicy="Never")}}}}}, name)  # type: ignore[arg-type] # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a hub of notebooks offers two sizes of servers", (_config("hub", **{"jupyterhub_config.py": PROFILES}),),
        "jupyterhub-kubespawner.readthedocs.io/en/latest/spawner.html"),
    Idiom("a console of data gives new users the least role", (_config(
        "superset", **{"superset_config.py": SUPERSET}),),
        "superset.apache.org/docs/security"),
    Idiom("Trino asks the lake in the region and a database of the cluster", (_config(
        "catalogs", **{"lake.properties": ICEBERG, "orders.properties": ORDERS}),),
        "trino.io/docs/current/connector/iceberg.html"),
    Idiom("marts are built every night in the bank's database", (
        _config("dbt", **{"profiles.yml": PROFILE}),
        _nightly("marts", "0 3 * * *", {
            "command": ["dbt", "build", "--target", "prod"], "env": [
                *_env(DBT_PROFILES_DIR="/config", DBT_SEND_ANONYMOUS_USAGE_STATS="false"),
                _secret("DBT_USER", "dbt", "user"), _secret("DBT_PASSWORD", "dbt", "password")]})),
        "docs.getdbt.com/docs/core/connect-data-platform/postgres-setup"),
    Idiom("an agent of logs writes into the bank's bucket", (_config("vector", **{"vector.yaml": VECTOR}),),
        "vector.dev/docs/reference/configuration/sinks/aws_s3", MODELS),
    Idiom("GPUs of machines for notebooks are cut into seven", (k8s("core/v1:ConfigMap", {
        "metadata": meta("mig", "gpu-operator"), "data": {"config.yaml": MIG}}, "mig"),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-operator-mig.html"),
    Idiom("steps of Airflow start from a template of pods", (_config("airflow", **{"pod_template.yaml": POD}),),
        "airflow.apache.org/docs/apache-airflow-providers-cncf-kubernetes"),
    Idiom("a service of Ray has its program and its models in its image", (k8s("ray.io/v1:RayService", {
        "metadata": meta("chat"), "spec": {"serveConfigV2": SERVE, "rayClusterConfig": {
            "rayVersion": "2.51.0", "headGroupSpec": {"rayStartParams": {}, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({"name": "ray-head"})}},
            "workerGroupSpecs": [{"groupName": "gpu", "replicas": 1, "minReplicas": 1, "maxReplicas": 2, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "name": "ray-worker", "resources": {"requests": GPU, "limits": GPU}}, tolerations=TOLERATED)}}]}}},
        "chat"),), "docs.ray.io/en/latest/cluster/kubernetes/user-guides/rayservice.html",
        unpriced("kubernetes:ray.io/v1:RayService::chat")),
    Idiom("a program of Spark keeps what it sorts on a claim", (crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
        "type": "Python", "mode": "cluster", "image": IMAGE, "mainApplicationFile": "local:///app/etl.py",
        "sparkVersion": "3.5.6", "timeToLiveSeconds": 3600, "driver": SPARK, "executor": {**SPARK, "instances": 2},
        "sparkConf": {
            "spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName": "OnDemand",
            "spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.storageClass":
                "encrypted",
            "spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.sizeLimit": "50Gi",
            "spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path": "/data",
            "spark.authenticate": "true", "spark.network.crypto.enabled": "true"}}),),
        "spark.apache.org/docs/latest/running-on-kubernetes.html"),
    Idiom("the memory of a step is a parameter of its workflow", (crd("argoproj.io/v1alpha1:WorkflowTemplate", {
        "entrypoint": "main", "serviceAccountName": "app", "activeDeadlineSeconds": 3600,
        "arguments": {"parameters": [{"name": "memory", "value": "2Gi"}]}, "podSpecPatch": PATCH,
        "podMetadata": {"labels": TAGS}, "ttlStrategy": {"secondsAfterCompletion": 3600},
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "automountServiceAccountToken": False, "executor": {"serviceAccountName": "executor"},
        "templates": [{"name": "main", "container": {
            key: value for key, value in pod({})["containers"][0].items() if key != "name"}}]}),),  # type: ignore[index]
        "argo-workflows.readthedocs.io/en/latest/fields"),
    Idiom("notebooks of a namespace know the server of experiments", (crd("kubeflow.org/v1alpha1:PodDefault", {
        "desc": "Report experiments", "selector": {"matchLabels": {"mlflow": "true"}},
        "env": [*_env(MLFLOW_TRACKING_URI="http://mlflow.mlops.svc.cluster.local:5000"),
                _secret("MLFLOW_TRACKING_TOKEN", "mlflow", "token")]}),),
        "github.com/kubeflow/kubeflow, components/admission-webhook"),
    Idiom("a database of vectors has its extension, declared", (crd("postgresql.cnpg.io/v1:Database", {
        "name": "documents", "owner": "app", "cluster": {"name": "pg"}, "databaseReclaimPolicy": "retain",
        "extensions": [{"name": "vector", "ensure": "present"}], "schemas": [{"name": "rag", "owner": "app"}]}),),
        "cloudnative-pg.io/documentation/current/declarative_database_management"),
    Idiom("a user of Kafka reads topics of one prefix", (crd("kafka.strimzi.io/v1:KafkaUser", {
        "authentication": {"type": "tls"}, "quotas": {"consumerByteRate": 10485760}, "authorization": {
            "type": "simple", "acls": [
                {"resource": {"type": "topic", "name": "orders.", "patternType": "prefix"},
                 "operations": ["Read", "Describe"]},
                {"resource": {"type": "group", "name": "fraud", "patternType": "literal"},
                 "operations": ["Read"]}]}}),), "strimzi.io/docs/operators/latest/deploying"),
    Idiom("changes of a database become messages of the bank's Kafka", (crd("kafka.strimzi.io/v1:KafkaConnector", {
        "class": "io.debezium.connector.postgresql.PostgresConnector", "tasksMax": 1, "config": {
            "database.hostname": "pg-rw.team-a.svc.cluster.local", "database.port": "5432", "database.dbname": "orders",
            "database.sslmode": "verify-full", "database.user": "${secrets:team-a/debezium:user}",
            "database.password": "${secrets:team-a/debezium:password}", "topic.prefix": "orders",
            "table.include.list": "public.orders", "plugin.name": "pgoutput"}}),),
        "debezium.io/documentation/reference/stable/connectors/postgresql.html"),
    Idiom("a consumer scales by its queue, and has three copies when nobody counts", (
        workload("apps/v1:Deployment", {"readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}}}),
        crd("keda.sh/v1alpha1:ScaledObject", {
            "scaleTargetRef": {"name": "x"}, "minReplicaCount": 2, "maxReplicaCount": 6, "cooldownPeriod": 300,
            "fallback": {"failureThreshold": 3, "replicas": 3}, "triggers": [
                {"type": "prometheus", "metadata": QUEUE},
                {"type": "cron", "metadata": {"timezone": "Asia/Dubai", "start": "0 8 * * 1-5", "end": "0 18 * * 1-5",
                                              "desiredReplicas": "4"}}]}, "scaler"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("x"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "pdb")),
        "keda.sh/docs/latest/reference/scaledobject-spec"),
    Idiom("sizes of a service's pods follow their use, within bounds", (crd(
        "autoscaling.k8s.io/v1:VerticalPodAutoscaler", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "portal"},
            "updatePolicy": {"updateMode": "InPlaceOrRecreate", "minReplicas": 2}, "resourcePolicy": {
                "containerPolicies": [{"containerName": "*", "controlledResources": ["cpu", "memory"],
                                       "minAllowed": {"cpu": "100m", "memory": "128Mi"},
                                       "maxAllowed": {"cpu": "2", "memory": "4Gi"}}]}}),),
        "github.com/kubernetes/autoscaler, vertical-pod-autoscaler/docs"),
    Idiom("a job waits until a model is ready", (_job("wait", {
        "image": "registry.k8s.io/kubectl:v1.34.1", "command": ["kubectl", "wait", "--for=condition=Ready",
        "inferenceservice/llama", "--namespace=team-a", "--timeout=1800s"]},
        automountServiceAccountToken=True, serviceAccountName="waiter"),),
        "kubernetes.io/docs/reference/kubectl/generated/kubectl_wait"),
    Idiom("SGLang serves a model of a volume with a key for its callers", service(
        "sglang", "docker.io/lmsysorg/sglang:v0.5.4-cu126", 30000, "/health", command=[
            "python3", "-m", "sglang.launch_server", "--model-path=/models/llama-3.1-8b", "--host=0.0.0.0",
            "--port=30000", "--api-key=$(API_KEY)"], env=[_secret("API_KEY", "sglang", "key")],
        resources={"requests": GPU, "limits": GPU}, tolerations=TOLERATED,
        volumes=[{"name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly": True}}, *SCRATCH],
        volumeMounts=[{"name": "models", "mountPath": "/models", "readOnly": True}, *MOUNTS]),
        "docs.sglang.ai/references/multi_node_deployment",
        {"escape": {"image_publishers": {"docker.io/lmsysorg": "the project SGLang; reviewed by us"}},
         **unpriced("kubernetes:apps/v1:Deployment::sglang")}),
    Idiom("llama.cpp answers with processors only, and with keys of a file", service(
        "small", "ghcr.io/ggml-org/llama.cpp:server-b6900", 8080, "/health", args=[
            "--model", "/models/qwen3-4b-q4_k_m.gguf", "--host=0.0.0.0", "--port", "8080", "--ctx-size", "8192",
            "--api-key-file", "/keys/keys"],
        volumes=[{"name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly": True}},
                 {"name": "keys", "secret": {"secretName": "keys"}}, *SCRATCH],
        volumeMounts=[{"name": "models", "mountPath": "/models", "readOnly": True},
                      {"name": "keys", "mountPath": "/keys", "readOnly": True}, *MOUNTS]),
        "github.com/ggml-org/llama.cpp, tools/server",
        {"escape": {"image_publishers": {"ghcr.io/ggml-org": "the project llama.cpp; reviewed by us"}}}),
    Idiom("texts are labelled by people whom the bank invites", service(
        "labels", f"{MIRROR}/label-studio:1.21.0", 8080, "/health", env=[
            *_env(DJANGO_DB="default", POSTGRE_HOST="pg-rw.team-a.svc.cluster.local", POSTGRE_NAME="labels",
                  LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK="true", COLLECT_ANALYTICS="false",
                  LABEL_STUDIO_HOST="https://labels.example.ae"),
            _secret("POSTGRE_USER", "labels", "user"), _secret("POSTGRE_PASSWORD", "labels", "password")],
        volumes=SCRATCH, volumeMounts=MOUNTS), "labelstud.io/guide/start", MODELS),
    Idiom("Weaviate by its chart, with keys and without modules of vendors", (release("weaviate", WEAVIATE, "17.6.0", {
        "service": {"type": "ClusterIP"}, "grpcService": {"enabled": True, "type": "ClusterIP"},
        "initContainers": {"sysctlInitContainer": {"enabled": False}},
        "storage": {"size": "32Gi", "storageClassName": "encrypted"}, "authentication": {
            "anonymous_access": {"enabled": False}, "apikey": {"enabled": True, "users": ["rag"]}},
        "authorization": {"admin_list": {"enabled": True, "users": ["rag"]}},
        "modules": {"text2vec-openai": {"enabled": False}}, "env": {"DISABLE_TELEMETRY": "true"}}),),
        "docs.weaviate.io/deploy/installation-guides/k8s-installation",
        {"escape": {"helm_sources": {WEAVIATE: "its project; reviewed by us"}}}),
    Idiom("a model is examined by tasks of a volume", (_job("exam", {"command": [
        "lm_eval", "--model", "local-completions", "--tasks", "mmlu_ar", "--include_path", "/tasks", "--model_args",
        "model=llama,base_url=http://vllm.team-a.svc.cluster.local:8000/v1/completions,tokenizer=/models/llama",
        "--output_path", "/results"], "env": _env(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")}),),
        "github.com/EleutherAI/lm-evaluation-harness"),
    Idiom("a report of the drift of data is kept every week", (_nightly("drift", "0 5 * * 0", {
        "command": ["/bin/sh", "-ec"], "args": [
            "python -m drift --reference /data/reference.parquet --current /data/week.parquet --out /tmp/r.html\n"
            "aws s3 cp --only-show-errors --region me-central-1 /tmp/r.html s3://bank-models/reports/drift.html"]}),),
        "docs.aws.amazon.com/cli/latest/reference/s3/cp.html", MODELS),
    Idiom("a function of Knative serves callers of the cluster, with five copies at most", (
        k8s("serving.knative.dev/v1:Service", {
            "metadata": {**meta("rank"), "labels": {
                **TAGS, "networking.knative.dev/visibility": "cluster-local"}},
            "spec": {"template": {"metadata": {"labels": TAGS, "annotations": {
                "autoscaling.knative.dev/min-scale": "0", "autoscaling.knative.dev/max-scale": "5"}},
                "spec": {"containerConcurrency": 20, "timeoutSeconds": 60, **pod({})}}}}, "rank"),),
        "knative.dev/docs/serving/services/private-services"),
    Idiom("a group of workers starts at once, or not at all, in Volcano", (k8s("batch.volcano.sh/v1alpha1:Job", {
        "metadata": meta("simulate"), "spec": {
            "minAvailable": 3, "schedulerName": "volcano", "queue": "team-a", "ttlSecondsAfterFinished": 3600,
            "maxRetry": 1, "policies": [{"event": "TaskFailed", "action": "AbortJob"}], "tasks": [
                {"name": "worker", "replicas": 3, "template": {"metadata": {"labels": TAGS}, "spec": pod(
                    {"command": ["python", "simulate.py"]}, restartPolicy="Never")}}]}}, "simulate"),),
        "volcano.sh/en/docs/vcjob"),
)  # fmt: skip
