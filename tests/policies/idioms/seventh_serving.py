"""Good idioms of serving, training and retrieval on Kubernetes, as their projects publish them (2026-11-28)."""

from ..blind import IMAGE, TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release
from .sixth_kubernetes import GPU, MODELS, MOUNTS, SCRATCH, TOLERATED, claim, service

TEI = "ghcr.io/huggingface/text-embeddings-inference"
QUEUED = {"kueue.x-k8s.io/queue-name": "team-a"}
PROMETHEUS = "http://prometheus-operated.monitoring.svc.cluster.local:9090"
LITELLM = """model_list:
- model_name: llama
  litellm_params:
    model: hosted_vllm/llama
    api_base: http://vllm.team-a.svc.cluster.local:8000/v1
    api_key: os.environ/VLLM_API_KEY
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
litellm_settings:
  drop_params: true
  num_retries: 2
"""
TRAINING = """model_name_or_path: /models/llama-3.1-8b
dataset_path: /data/train
output_dir: /checkpoints
bf16: true
gradient_accumulation_steps: 8
learning_rate: 2.0e-5
report_to: none
save_strategy: steps
save_steps: 500
"""
FEAST = """project: risk
provider: local
registry: {registry_type: sql, path: "postgresql+psycopg://${DB_USER}:${DB_PASSWORD}@pg-rw.team-a.svc:5432/feast"}
online_store: {type: redis, connection_string: "valkey.team-a.svc.cluster.local:6379,ssl=true"}
offline_store: {type: file}
auth: {type: kubernetes}
"""


def _secret(variable: str, name: str, key: str) -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _volume(name: str, *, read_only: bool = False) -> dict[str, object]:
    return {"name": name, "persistentVolumeClaim": {"claimName": name, **({"readOnly": True} if read_only else {})}}


def _mount(name: str, path: str, *, read_only: bool = False) -> dict[str, object]:
    return {"name": name, "mountPath": path, **({"readOnly": True} if read_only else {})}


def _gpu_pod(command: list[str], **more: object) -> dict[str, object]:
    """Returns a template of a pod with one GPU, volumes for data and checkpoints, and the cost labels."""
    return {"metadata": {"labels": TAGS}, "spec": pod(
        {"command": command, "resources": {"requests": GPU, "limits": GPU}, "volumeMounts": [
            _mount("data", "/data", read_only=True), _mount("checkpoints", "/checkpoints"), *MOUNTS], **more},
        tolerations=TOLERATED,
        volumes=[_volume("data", read_only=True), _volume("checkpoints"), *SCRATCH])}  # fmt: skip


def _config(name: str, key: str, text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {key: text}}, name)


def _listed(*sources: str, **more: object) -> dict[str, object]:
    return {**MODELS, "escape": {"helm_sources": dict.fromkeys(sources, "its project; reviewed by us")}, **more}


TORCHRUN = ["torchrun", "--nproc-per-node=1", "train.py", "--config=/etc/train/config.yaml"]

IDIOMS: tuple[Idiom, ...] = (
    Idiom("embeddings are served from a volume", (claim("embeddings", "20Gi"), *service(
        "tei", f"{TEI}:cpu-1.8", 8080, "/health", args=["--model-id=/models/bge-m3", "--port=8080"],
        env=[_secret("API_KEY", "tei", "key")], volumes=[_volume("embeddings", read_only=True), *SCRATCH],
        volumeMounts=[_mount("embeddings", "/models", read_only=True), *MOUNTS])),
        "huggingface.co/docs/text-embeddings-inference", unpriced(
            "kubernetes:core/v1:PersistentVolumeClaim::embeddings")),
    Idiom("a gateway of models in front of one's own servers", (_config("litellm", "config.yaml", LITELLM), *service(
        "litellm", "registry.example.ae/mirror/litellm:v1.77.3-stable", 4000, "/health/liveliness",
        args=["--config=/etc/litellm/config.yaml", "--port=4000"],
        env=[_secret("LITELLM_MASTER_KEY", "litellm", "key"), _secret("VLLM_API_KEY", "vllm", "key")],
        volumes=[{"name": "config", "configMap": {"name": "litellm"}}, *SCRATCH],
        volumeMounts=[_mount("config", "/etc/litellm", read_only=True), *MOUNTS])),
        "docs.litellm.ai/docs/proxy/deploy", MODELS),
    Idiom("a portal of chats with sign-in and the bank's own models", service(
        "webui", "registry.example.ae/mirror/open-webui:0.6.32", 8080, "/health", env=[
            {"name": "OPENAI_API_BASE_URL", "value": "http://litellm.team-a.svc.cluster.local:4000/v1"},
            _secret("OPENAI_API_KEY", "litellm", "key"), _secret("WEBUI_SECRET_KEY", "webui", "key"),
            {"name": "ENABLE_OLLAMA_API", "value": "false"}, {"name": "ENABLE_SIGNUP", "value": "false"},
            {"name": "OPENID_PROVIDER_URL",
             "value": "https://login.example.ae/.well-known/openid-configuration"},
            {"name": "OAUTH_CLIENT_ID", "value": "webui"}, _secret("OAUTH_CLIENT_SECRET", "webui", "client"),
            {"name": "ENABLE_OAUTH_SIGNUP", "value": "true"}, {"name": "OFFLINE_MODE", "value": "true"}],
        volumeMounts=MOUNTS, volumes=SCRATCH), "docs.openwebui.com/getting-started/env-configuration", MODELS),
    Idiom("Triton serves models of a volume", (claim("repository", "100Gi"), *service(
        "triton", "nvcr.io/nvidia/tritonserver:25.09-py3", 8000, "/v2/health/ready",
        args=["tritonserver", "--model-repository=/models", "--model-control-mode=none", "--strict-readiness=true"],
        resources={"requests": GPU, "limits": GPU}, tolerations=TOLERATED,
        volumes=[_volume("repository", read_only=True), *SCRATCH],
        volumeMounts=[_mount("repository", "/models", read_only=True), *MOUNTS])),
        "docs.nvidia.com/deeplearning/triton-inference-server/user-guide", unpriced(
            "kubernetes:apps/v1:Deployment::triton", "kubernetes:core/v1:PersistentVolumeClaim::repository")),
    Idiom("a small model is served by processors", (claim("gguf", "20Gi"), *service(
        "llama", "ghcr.io/ggml-org/llama.cpp:server-b6600", 8080, "/health",
        args=["--model", "/models/allam-7b-q4.gguf", "--host", "0.0.0.0", "--port", "8080", "--ctx-size", "8192"],  # noqa: S104
        env=[_secret("LLAMA_API_KEY", "llama", "key")], volumes=[_volume("gguf", read_only=True), *SCRATCH],
        volumeMounts=[_mount("gguf", "/models", read_only=True), *MOUNTS])),
        "github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md",
        unpriced("kubernetes:core/v1:PersistentVolumeClaim::gguf")),
    Idiom("a pool of servers of models behind a gateway that knows inference", (
        k8s("inference.networking.k8s.io/v1:InferencePool", {"metadata": meta("llama"), "spec": {
            "selector": {"matchLabels": {"app": "vllm"}}, "targetPorts": [{"number": 8000}],
            "endpointPickerRef": {"name": "llama-epp", "port": {"number": 9002}, "failureMode": "FailClose"}}}, "pool"),
        k8s("gateway.networking.k8s.io/v1:HTTPRoute", {"metadata": meta("llama"), "spec": {
            "parentRefs": [{"name": "models", "namespace": "edge", "sectionName": "https"}],
            "hostnames": ["models.example.ae"], "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}], "backendRefs": [{
                    "group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "llama"}],
                "timeouts": {"request": "120s"}}]}}, "route")),
        "gateway-api-inference-extension.sigs.k8s.io", {**MODELS, "kubernetes": {"authenticated_gateways": {
            "edge/models": "Checks tokens of the bank's sign-in by its own policy"}}}),
    Idiom("a chain of models in one inference graph", (crd("serving.kserve.io/v1alpha1:InferenceGraph", {
        "nodes": {"root": {"routerType": "Sequence", "steps": [
            {"serviceName": "language-detector", "name": "detect"},
            {"serviceName": "classifier", "name": "classify", "data": "$request"}]}}}, "triage"),),
        "kserve.github.io/website/docs/model-serving/inferencegraph/overview"),
    Idiom("a canary of a model takes a tenth of the requests", (crd("serving.kserve.io/v1beta1:InferenceService", {
        "predictor": {"canaryTrafficPercent": 10, "minReplicas": 2, "maxReplicas": 4, "labels": TAGS,
                      "serviceAccountName": "models", "timeout": 60, "model": {
                          "modelFormat": {"name": "sklearn"}, "storageUri": "s3://bank-models/scoring/18",
                          "resources": {"requests": {"cpu": "1", "memory": "2Gi"},
                                        "limits": {"cpu": "2", "memory": "2Gi"}}}}}, "scoring"),),
        "kserve.github.io/website/docs/model-serving/predictive-inference/rollout-strategies", {
            **MODELS, **unpriced("kubernetes:serving.kserve.io/v1beta1:InferenceService::it")}),
    Idiom("a training job on one GPU, in a queue, with checkpoints", (
        _config("train", "config.yaml", TRAINING), claim("checkpoints", "500Gi"),
        k8s("batch/v1:Job", {"metadata": {**meta("finetune"), "labels": {**TAGS, **QUEUED}}, "spec": {
            "suspend": True, "backoffLimit": 3, "activeDeadlineSeconds": 43200, "ttlSecondsAfterFinished": 3600,
            "podFailurePolicy": {"rules": [{"action": "Ignore", "onPodConditions": [{
                "type": "DisruptionTarget", "status": "True"}]}]},
            "template": (template := _gpu_pod(TORCHRUN)) | {
                "spec": {**template["spec"], "restartPolicy": "Never"}}}}, "job")),  # type: ignore[dict-item]
        "kueue.sigs.k8s.io/docs/tasks/run/jobs", unpriced(
            "kubernetes:core/v1:PersistentVolumeClaim::checkpoints")),
    Idiom("a training of two nodes by the trainer of Kubeflow", (crd("trainer.kubeflow.org/v1alpha1:TrainJob", {
        "runtimeRef": {"name": "torch-distributed", "kind": "ClusterTrainingRuntime"}, "labels": TAGS, "suspend": True,
        "trainer": {"image": IMAGE, "numNodes": 2, "command": TORCHRUN, "resourcesPerNode": {
            "requests": GPU, "limits": GPU}}}, "finetune"),), "www.kubeflow.org/docs/components/trainer",
        unpriced("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob::it")),
    Idiom("an elastic training of PyTorch that ends in a day", (crd("kubeflow.org/v1:PyTorchJob", {
        "runPolicy": {"cleanPodPolicy": "Running", "ttlSecondsAfterFinished": 3600, "activeDeadlineSeconds": 86400,
                      "backoffLimit": 3, "suspend": True},
        "elasticPolicy": {"minReplicas": 1, "maxReplicas": 4, "rdzvBackend": "c10d"},
        "pytorchReplicaSpecs": {"Worker": {"replicas": 2, "restartPolicy": "OnFailure", "template":
                                           _gpu_pod(TORCHRUN)}}}, "elastic"),),
        "www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/pytorch",
        unpriced("kubernetes:kubeflow.org/v1:PyTorchJob::it")),
    Idiom("a set of jobs: a driver and its workers", (crd("jobset.x-k8s.io/v1alpha2:JobSet", {
        "suspend": True, "failurePolicy": {"maxRestarts": 3}, "ttlSecondsAfterFinished": 3600, "replicatedJobs": [
            {"name": name, "replicas": 1, "template": {"spec": {
                "parallelism": count, "completions": count, "backoffLimit": 0, "completionMode": "Indexed",
                "activeDeadlineSeconds": 43200, "template": {"metadata": {"labels": TAGS}, "spec": pod(
                    {"command": ["python", f"{name}.py"]}, restartPolicy="Never")}}}}
            for name, count in (("driver", 1), ("workers", 4))]}, "sweep"),), "jobset.sigs.k8s.io/docs",
        unpriced("kubernetes:jobset.x-k8s.io/v1alpha2:JobSet::it")),
    Idiom("an evaluation of a model by Ray, whose cluster goes with the job", (crd("ray.io/v1:RayJob", {
        "entrypoint": "python /app/evaluate.py --input s3://bank-models/eval/input", "shutdownAfterJobFinishes": True,
        "ttlSecondsAfterFinished": 300, "activeDeadlineSeconds": 14400, "submissionMode": "K8sJobMode",
        "runtimeEnvYAML": "env_vars:\n  TOKENIZERS_PARALLELISM: \"false\"\n",
        "rayClusterSpec": {"rayVersion": "2.49.0", "headGroupSpec": {
            "rayStartParams": {"num-cpus": "0", "dashboard-host": "127.0.0.1"}, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({"volumeMounts": MOUNTS}, volumes=SCRATCH)}},
            "workerGroupSpecs": [{"groupName": "cpu", "replicas": 2, "minReplicas": 1, "maxReplicas": 4,
                                  "rayStartParams": {}, "template": {"metadata": {"labels": TAGS}, "spec": pod(
                                      {"volumeMounts": MOUNTS}, volumes=SCRATCH)}}]}}, "evaluate"),),
        "docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start.html",
        {**MODELS, **unpriced("kubernetes:ray.io/v1:RayJob::it")}),
    Idiom("a search of hyperparameters with at most three trials at once", (crd("kubeflow.org/v1beta1:Experiment", {
        "objective": {"type": "minimize", "goal": 0.01, "objectiveMetricName": "loss"},
        "algorithm": {"algorithmName": "random"}, "parallelTrialCount": 3, "maxTrialCount": 12,
        "maxFailedTrialCount": 3, "parameters": [{"name": "lr", "parameterType": "double", "feasibleSpace": {
            "min": "0.00001", "max": "0.001"}}],
        "trialTemplate": {"primaryContainerName": "app", "trialParameters": [{"name": "lr", "reference": "lr"}],
                          "trialSpec": {"apiVersion": "batch/v1", "kind": "Job", "spec": {
                              "activeDeadlineSeconds": 3600, "template": {
                                  "metadata": {"labels": TAGS}, "spec": pod({"command": [
                                      "python", "train.py", "--lr=${trialParameters.lr}"]},
                                      restartPolicy="Never")}}}}}, "lr"),),
        "www.kubeflow.org/docs/components/katib/user-guides",
        unpriced("kubernetes:kubeflow.org/v1beta1:Experiment::it")),
    Idiom("a notebook of Kubeflow in its own volume", (claim("home", "50Gi"), k8s("kubeflow.org/v1:Notebook", {
        "metadata": meta("fatima"), "spec": {"template": {"metadata": {"labels": TAGS}, "spec": pod(
            {"image": "ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-scipy:v1.10.0", "name": "fatima",
             "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
             "volumeMounts": [_mount("home", "/home/jovyan"), *MOUNTS]},
            volumes=[_volume("home"), *SCRATCH])}}}, "notebook")),
        "www.kubeflow.org/docs/components/notebooks", unpriced(
            "kubernetes:core/v1:PersistentVolumeClaim::home", "kubernetes:kubeflow.org/v1:Notebook::notebook")),
    Idiom("a store of features in the databases of the platform", (_config("feast", "feature_store.yaml", FEAST),
        *service("feast", "registry.example.ae/mirror/feature-server:0.54.0", 6566, "/health",
                 args=["feast", "serve", "--host=0.0.0.0", "--port=6566"],
                 env=[_secret("DB_USER", "pg-app", "username"), _secret("DB_PASSWORD", "pg-app", "password"),
                      {"name": "FEAST_USAGE", "value": "False"}],
                 volumes=[{"name": "config", "configMap": {"name": "feast"}}, *SCRATCH],
                 volumeMounts=[_mount("config", "/app", read_only=True), *MOUNTS])),
        "docs.feast.dev/reference/feature-servers", MODELS),
    Idiom("Milvus by its chart, with users and the bank's object store", (release(
        "milvus", "https://zilliztech.github.io/milvus-helm", "5.0.6", {
            "cluster": {"enabled": False}, "etcd": {"replicaCount": 3}, "minio": {"enabled": False},
            "pulsarv3": {"enabled": False}, "service": {"type": "ClusterIP"}, "labels": TAGS,
            "externalS3": {"enabled": True, "host": "s3.dc1.example.ae", "port": "443", "useSSL": True,
                           "bucketName": "treasury-models", "useIAM": False},
            "extraConfigFiles": {"user.yaml": "common:\n  security:\n    authorizationEnabled: true\n"}}),),
        "milvus.io/docs/install_standalone-helm.md", _listed("https://zilliztech.github.io/milvus-helm"),
        charts=("milvus",)),
    Idiom("traces of prompts in the bank's own Langfuse", service("chat", IMAGE, 8443, "/healthz", env=[
        {"name": "LANGFUSE_HOST", "value": "https://langfuse.example.ae"},
        _secret("LANGFUSE_PUBLIC_KEY", "langfuse", "public"), _secret("LANGFUSE_SECRET_KEY", "langfuse", "secret"),
        {"name": "OPENAI_BASE_URL", "value": "http://litellm.team-a.svc.cluster.local:4000/v1"},
        _secret("OPENAI_API_KEY", "litellm", "key")]), "langfuse.com/self-hosting", MODELS),
    Idiom("a training reports to the bank's own MLflow", service("trainer", IMAGE, 8443, "/healthz", env=[
        {"name": "MLFLOW_TRACKING_URI", "value": "https://mlflow.example.ae"},
        {"name": "MLFLOW_EXPERIMENT_NAME", "value": "/teams/risk/scoring"},
        _secret("MLFLOW_TRACKING_TOKEN", "mlflow", "token"), {"name": "HF_HUB_OFFLINE", "value": "1"},
        {"name": "WANDB_MODE", "value": "disabled"}]), "mlflow.org/docs/latest/ml/tracking", MODELS),
    Idiom("the operator of Ray by its chart", (release(
        "kuberay-operator", "https://ray-project.github.io/kuberay-helm", "1.4.2", {
            "image": {"repository": "quay.io/kuberay/operator", "tag": "v1.4.2"}, "batchScheduler": {"name": ""},
            "resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "512Mi"}}}),),
        "docs.ray.io/en/latest/cluster/kubernetes/getting-started/kuberay-operator-installation.html",
        _listed("https://ray-project.github.io/kuberay-helm")),
    Idiom("the operator of Kafka by its chart, for two namespaces", (release(
        "strimzi-kafka-operator", "oci://quay.io/strimzi-helm", "0.48.0", {
            "watchNamespaces": ["team-a", "team-b"], "replicas": 2, "labels": TAGS}),),
        "strimzi.io/docs/operators/latest/deploying", _listed("oci://quay.io/strimzi-helm")),
    Idiom("a server of models scales by the time of its answers", (
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("vllm"), "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "vllm"}, "minReplicas": 2,
            "maxReplicas": 6, "behavior": {"scaleDown": {"stabilizationWindowSeconds": 600}}, "metrics": [{
                "type": "Pods", "pods": {"metric": {"name": "vllm_e2e_request_latency_seconds_p95"}, "target": {
                    "type": "AverageValue", "averageValue": "5"}}}]}}, "hpa"),),
        "docs.vllm.ai/en/latest/usage/metrics.html"),
    Idiom("a nightly job builds an index of documents", (k8s("batch/v1:CronJob", {"metadata": meta("index"), "spec": {
        "schedule": "30 1 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
        "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3, "startingDeadlineSeconds": 600, "jobTemplate": {
            "spec": {"activeDeadlineSeconds": 7200, "backoffLimit": 1, "ttlSecondsAfterFinished": 86400, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["python", "-m", "index"], "env": [
                        {"name": "SOURCE", "value": "s3://bank-models/documents"},
                        {"name": "QDRANT_URL", "value": "https://qdrant.team-a.svc.cluster.local:6333"},
                        {"name": "EMBEDDINGS_URL", "value": "http://tei.team-a.svc.cluster.local:8080"},
                        _secret("QDRANT_API_KEY", "qdrant", "key")]}, restartPolicy="OnFailure")}}}}}, "index"),),
        "kubernetes.io/docs/concepts/workloads/controllers/cron-jobs", MODELS),
    Idiom("an agent reaches its tools through the bank's own servers", service("agent", IMAGE, 8443, "/healthz", env=[
        {"name": "MCP_SERVERS", "value": '{"orders": {"url": "https://mcp-orders.team-a.svc.cluster.local:8443/mcp"}}'},
        {"name": "OPENAI_BASE_URL", "value": "http://litellm.team-a.svc.cluster.local:4000/v1"},
        _secret("OPENAI_API_KEY", "litellm", "key"),
        {"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "http://collector.monitoring.svc.cluster.local:4317"},
        {"name": "OTEL_SERVICE_NAME", "value": "agent"}]), "modelcontextprotocol.io/docs", MODELS),
    Idiom("alerts on servers of models and on GPUs", (crd("monitoring.coreos.com/v1:PrometheusRule", {"groups": [{
        "name": "gpu", "interval": "30s", "rules": [
            {"alert": "GpuIsIdle", "expr": "avg_over_time(DCGM_FI_DEV_GPU_UTIL[2h]) < 5", "for": "2h",
             "labels": {"severity": "info"}, "annotations": {"summary": "{{ $labels.pod }} holds an idle GPU",
                                                             "runbook_url": "https://wiki.example.ae/gpu-idle"}},
            {"alert": "XidErrors", "expr": "increase(DCGM_FI_DEV_XID_ERRORS[10m]) > 0",
             "labels": {"severity": "page"}, "annotations": {"summary": "A GPU reports errors"}},
            {"record": "vllm:queue:avg", "expr": "avg(vllm:num_requests_waiting)"}]}]}, "gpu"),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-telemetry", MODELS),
)  # fmt: skip
