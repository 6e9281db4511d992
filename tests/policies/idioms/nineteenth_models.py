"""Good idioms of clusters: serving and training of models by operators (set 19, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable, stored
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS
from .sixteenth_stores import ZONES, owned, reached
from .thirteenth_cluster_access import account, within
from .twelfth_charts import LARGE, POD, image, ours

SERVE = """proxy_location: EveryNode
http_options:
  host: 0.0.0.0
  port: 8000
  request_timeout_s: 60
grpc_options:
  port: 0
logging_config:
  encoding: JSON
  log_level: INFO
applications:
  - name: scores
    route_prefix: /scores
    import_path: scores.app:app
    runtime_env:
      working_dir: /srv/scores
    deployments:
      - name: Scores
        num_replicas: auto
        max_ongoing_requests: 20
        graceful_shutdown_timeout_s: 30
        autoscaling_config: {min_replicas: 1, max_replicas: 4, target_ongoing_requests: 10}
        ray_actor_options: {num_cpus: 2, num_gpus: 1}
"""
RAY_TLS = [{"name": "RAY_USE_TLS", "value": "1"}, {"name": "RAY_TLS_SERVER_CERT", "value": "/tls/tls.crt"},
           {"name": "RAY_TLS_SERVER_KEY", "value": "/tls/tls.key"}, {"name": "RAY_TLS_CA_CERT", "value": "/tls/ca.crt"},
           {"name": "RAY_USAGE_STATS_ENABLED", "value": "0"}, {"name": "RAY_AUTH_MODE", "value": "token"}]  # fmt: skip
GPU = {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"},
       "limits": {"cpu": "16", "memory": "64Gi", "nvidia.com/gpu": "1"}}  # fmt: skip
SHARED = [*SCRATCH, {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "16Gi"}},
          {"name": "tls", "secret": {"secretName": "ray-tls"}}]  # fmt: skip
MOUNTS = [*SCRATCH_MOUNTS, {"name": "shm", "mountPath": "/dev/shm"},  # noqa: S108
          {"name": "tls", "mountPath": "/tls", "readOnly": True}]  # fmt: skip
TAINT = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]


def ray(name: str, resources: object, **more: object) -> dict[str, object]:
    """Returns the template of a pod of Ray."""
    return {"metadata": {"labels": TAGS}, "spec": {
        "serviceAccountName": "scores", "automountServiceAccountToken": False, "securityContext": POD, "containers": [{
            "name": name, "image": image("ray/scores"), "resources": resources, "securityContext": CLOSED,
                "env": RAY_TLS,
            "volumeMounts": MOUNTS, "lifecycle": {"preStop": {"exec": {"command": ["ray", "stop"]}}}}],
        "volumes": SHARED, **more}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    owned("scores of credit are answered by Ray Serve, whose parts speak TLS, scale with calls and start anew", (
        account("scores", "scores"),
        inside("ray.io/v1:RayService", "scores", {
            "serveConfigV2": SERVE, "serviceUnhealthySecondThreshold": 900, "deploymentUnhealthySecondThreshold": 300,
            "upgradeStrategy": {"type": "NewCluster"}, "rayClusterDeletionDelaySeconds": 60,
                "excludeHeadPodFromServeSvc":
            True, "rayClusterConfig": {
                "rayVersion": "2.51.1", "enableInTreeAutoscaling": True, "autoscalerOptions": {
                    "version": "v2", "upscalingMode": "Conservative", "idleTimeoutSeconds": 300, "resources": SMALL,
                    "securityContext": CLOSED, "imagePullPolicy": "IfNotPresent"},
                "gcsFaultToleranceOptions": {"redisAddress": "rediss://scores-cache.scores.svc.cluster.local:6379",
                                             "redisPassword": {"valueFrom": {"secretKeyRef": {
                                                 "name": "scores-cache", "key": "password"}}}},
                "authOptions": {"mode": "token"}, "headGroupSpec": {
                    "serviceType": "ClusterIP", "enableIngress": False, "rayStartParams": {
                        "dashboard-host": "127.0.0.1", "num-cpus": "0", "metrics-export-port": "8080"}, "template": ray(
                            "head", LARGE)},
                "workerGroupSpecs": [{
                    "groupName": "gpu", "replicas": 1, "minReplicas": 1, "maxReplicas": 4, "numOfHosts": 1,
                    "rayStartParams": {}, "template": ray("worker", GPU, tolerations=TAINT)}]}}, "scores"),
        reached("scores", "scores", {"ray.io/node-type": "worker"}, 8000, "gateway")),
        "docs.ray.io/en/latest/cluster/kubernetes/user-guides/rayservice-high-availability; ray-core/configure, TLS",
        "ray.io"),
    Idiom("a model of letters is served by KServe from a volume, on one kind of GPU, and grows with waiting calls", (
        account("letters", "letters"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("weights", "letters"), **stored("200Gi")}, "weights"),
        inside("serving.kserve.io/v1alpha1:ServingRuntime", "vllm", {
            "supportedModelFormats": [{"name": "huggingface", "version": "1", "autoSelect": False, "priority": 1}],
            "protocolVersions": ["openai-v1"], "multiModel": False, "annotations": {"prometheus.io/port": "8000"},
            "containers": [{
                "name": "kserve-container", "image": image("vllm/vllm-openai"), "args": [
                    "--model=/mnt/models", "--served-model-name={{.Name}}", "--port=8080", "--max-model-len=16384",
                    "--gpu-memory-utilization=0.9", "--enable-prefix-caching", "--disable-log-requests",
                    "--ssl-certfile=/tls/tls.crt", "--ssl-keyfile=/tls/tls.key"], "env": [
                        {"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "TRANSFORMERS_OFFLINE", "value": "1"},
                        {"name": "VLLM_NO_USAGE_STATS", "value": "1"}, secret_variable("VLLM_API_KEY", "letters",
                            "key")],
                "resources": GPU, "securityContext": CLOSED, "ports": [{"containerPort": 8080, "protocol": "TCP"}],
                "volumeMounts": MOUNTS}],
            "volumes": SHARED}, "letters"),
        inside("serving.kserve.io/v1beta1:InferenceService", "letters", {"predictor": {
            "minReplicas": 1, "maxReplicas": 3, "scaleTarget": 20, "scaleMetric": "concurrency", "timeout": 300,
            "containerConcurrency": 0, "serviceAccountName": "letters", "automountServiceAccountToken": False, "labels":
            TAGS, "securityContext": POD, "tolerations": TAINT, "nodeSelector": {
                "nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "topologySpreadConstraints": ZONES, "model": {
                    "modelFormat": {"name": "huggingface"}, "runtime": "vllm", "protocolVersion": "openai-v1",
                        "storageUri":
                    "pvc://weights/letters-2026-11", "resources": GPU}}}, "letters", annotations={
                        "serving.kserve.io/deploymentMode": "Standard", "serving.kserve.io/autoscalerClass": "hpa"}),
        reached("letters", "letters", {"serving.kserve.io/inferenceservice": "letters"}, 8080, "gateway")),
        "kserve.github.io/website/docs/model-serving/generative-inference; kserve/kserve, config/runtimes",
        ours("serving.kserve.io", prices=(
            "core/v1:PersistentVolumeClaim::weights", "serving.kserve.io/v1alpha1:ServingRuntime::vllm",
            "serving.kserve.io/v1beta1:InferenceService::letters"))),
    owned("trainings wait in queues of teams that lend each other GPUs, and one starts when both its nodes are free", (
        top("kueue.x-k8s.io/v1beta1:ResourceFlavor", "h100", {
            "nodeLabels": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "tolerations": TAINT}),
        top("kueue.x-k8s.io/v1beta1:ClusterQueue", "research", {
            "cohort": "models", "queueingStrategy": "BestEffortFIFO", "namespaceSelector": {"matchLabels": {
                "kubernetes.io/metadata.name": "training"}}, "preemption": {
                    "reclaimWithinCohort": "LowerPriority", "withinClusterQueue": "LowerPriority",
                        "borrowWithinCohort": {
                        "policy": "Never"}}, "flavorFungibility": {"whenCanBorrow": "Borrow", "whenCanPreempt":
                                                                   "TryNextFlavor"},
            "fairSharing": {"weight": "1"}, "stopPolicy": "None", "resourceGroups": [{
                "coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{"name": "h100", "resources": [
                    {"name": "cpu", "nominalQuota": "64"}, {"name": "memory", "nominalQuota": "512Gi"},
                    {"name": "nvidia.com/gpu", "nominalQuota": "8", "borrowingLimit": "8", "lendingLimit": "4"}]}]}]}),
        inside("kueue.x-k8s.io/v1beta1:LocalQueue", "research", {"clusterQueue": "research", "stopPolicy": "None"},
               "training"),
        account("trainer", "training"),
        inside("trainer.kubeflow.org/v1alpha1:TrainJob", "arabic", {
            "runtimeRef": {"apiGroup": "trainer.kubeflow.org", "kind": "ClusterTrainingRuntime",
                "name": "torch-distributed"},
            "suspend": True, "managedBy": "trainer.kubeflow.org/trainjob-controller", "trainer": {
                "image": image("training/arabic"), "numNodes": 2, "numProcPerNode": 1, "command": [
                    "torchrun", "/srv/train.py"], "args": ["--checkpoints=/checkpoints", "--resume=auto"], "env": [
                        {"name": "NCCL_DEBUG", "value": "WARN"}, {"name": "HF_HUB_OFFLINE", "value": "1"},
                        {"name": "WANDB_MODE", "value": "disabled"}], "resourcesPerNode": GPU}}, "training", labels={
                            **TAGS, "kueue.x-k8s.io/queue-name": "research"}),
        within("kueue-batch-user-role", "scientists", "training")),
        "kueue.sigs.k8s.io/docs/concepts/cluster_queue; kubeflow.org/docs/components/trainer/operator-guides",
        "kueue.x-k8s.io", "trainer.kubeflow.org"),
)  # fmt: skip
