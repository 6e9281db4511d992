"""Good idioms of on-premises clusters: GPU serving and training by operators and plain objects (set 20, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS
from .sixteenth_stores import owned, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, POD, image, ours
from .twentieth_goodb_charts import approved, certificate, namespace
from .twentieth_goodb_data import GPU, TAINTED

MANY = {"requests": {"cpu": "32", "memory": "256Gi", "nvidia.com/gpu": "8"}, "limits": {
    "cpu": "64", "memory": "256Gi", "nvidia.com/gpu": "8"}}  # fmt: skip
SHARED = {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "16Gi"}}
OFFLINE = [{"name": name, "value": value} for name, value in (
    ("HF_HUB_OFFLINE", "1"), ("TRANSFORMERS_OFFLINE", "1"), ("VLLM_NO_USAGE_STATS", "1"), ("DO_NOT_TRACK", "1"),
    ("HF_HUB_DISABLE_TELEMETRY", "1"))]  # fmt: skip


def models(name: str, size: str = "200Gi", mode: str = "ReadOnlyMany") -> Given:
    """Returns the claim of a volume with a model."""
    return k8s("core/v1:PersistentVolumeClaim", {"metadata": meta(name, "models"), "spec": {
        "accessModes": [mode], "storageClassName": "encrypted", "resources": {"requests": {"storage": size}}}},
        f"{name}-claim")  # fmt: skip


IDIOMS = approved(
    owned("a model of speech is served by a runtime of KServe, from a volume, on one GPU, and by two copies", (
        *namespace("models", **{"serving.kserve.io/inferenceservice": "enabled"}), account("speech", "models"),
        models("speech"),
        inside("serving.kserve.io/v1alpha1:ServingRuntime", "whisper", {
            "supportedModelFormats": [{"name": "whisper", "version": "1", "autoSelect": True, "priority": 1}],
            "multiModel": False, "protocolVersions": ["v2"], "annotations": {"prometheus.kserve.io/port": "8080",
                                                                          "prometheus.kserve.io/path": "/metrics"},
            "containers": [{"name": "kserve-container", "image": image("models/whisper"), "args": [
                "--model_name={{.Name}}", "--model_dir=/mnt/models", "--http_port=8080"], "env": [
                    *OFFLINE, {"name": "HF_HOME", "value": "/var/cache/app"}], "resources": GPU, "securityContext":
                CLOSED, "volumeMounts": SCRATCH_MOUNTS}], "volumes": SCRATCH}, "models"),
        inside("serving.kserve.io/v1beta1:InferenceService", "speech", {"predictor": {
            "minReplicas": 2, "maxReplicas": 4, "scaleTarget": 10, "scaleMetric": "concurrency", "timeout": 120,
            "serviceAccountName": "speech", "automountServiceAccountToken": False, "tolerations": TAINTED,
            "nodeSelector": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "securityContext": POD, "labels": TAGS,
            "model": {"modelFormat": {"name": "whisper"}, "runtime": "whisper", "storageUri": "pvc://speech/large-v3",
                      "resources": GPU}}}, "models", annotations={
                          "serving.kserve.io/deploymentMode": "RawDeployment", "serving.kserve.io/autoscalerClass":
                          "hpa", "sidecar.istio.io/inject": "true"}, labels={
                              **TAGS, "networking.kserve.io/visibility": "cluster-local"}),
        reached("speech", "models", {"serving.kserve.io/inferenceservice": "speech"}, 8080, "gateway")),
        "kserve.github.io/website/docs/model-serving/predictive-inference/frameworks/custom-predictor, as known",
        "serving.kserve.io"),
    owned("a large model of Arabic spans two machines by LeaderWorkerSet and vLLM, for callers with keys", (
        account("large", "models"), models("large", "1Ti"), password("large", "models", "api-key"),
        certificate("large", "models"),
        inside("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", "large", {
            "replicas": 1, "startupPolicy": "LeaderCreated", "rolloutStrategy": {
                "type": "RollingUpdate", "rollingUpdateConfiguration": {"maxUnavailable": 1, "maxSurge": 0}},
            "networkConfig": {"subdomainPolicy": "Shared"}, "leaderWorkerTemplate": {
                "size": 2, "restartPolicy": "RecreateGroupOnPodRestart", **{f"{part}Template": {
                    "metadata": {"labels": {**TAGS, "app": "large", "part": part}}, "spec": {
                        "serviceAccountName": "large", "automountServiceAccountToken": False, "securityContext": POD,
                        "tolerations": TAINTED, "terminationGracePeriodSeconds": 120, "volumes": [
                            SHARED, *SCRATCH, {"name": "models", "persistentVolumeClaim": {
                                "claimName": "large", "readOnly": True}}, {"name": "tls", "secret": {
                                    "secretName": "large-tls"}}],
                        "containers": [{
                            "name": "vllm", "image": image("vllm/vllm-openai"), "command": command, "resources": MANY,
                            "securityContext": CLOSED, "env": [*OFFLINE, {"name": "VLLM_API_KEY", "valueFrom": {
                                "secretKeyRef": {"name": "large", "key": "api-key"}}}, {
                                    "name": "RAY_USAGE_STATS_ENABLED", "value": "0"}], "volumeMounts": [
                                        *SCRATCH_MOUNTS, {"name": "shm", "mountPath": "/dev/shm"},  # noqa: S108
                                        {"name": "models", "mountPath": "/models", "readOnly": True},
                                        {"name": "tls", "mountPath": "/tls", "readOnly": True}], **more}]}}
                    for part, command, more in (
                        ("leader", ["bash", "-c",
                            "ray start --head --port=6379 --dashboard-host=127.0.0.1 && vllm serve "
                                    "/models/large --tensor-parallel-size 8 --pipeline-parallel-size 2 --max-model-len "
                                    "32768 --ssl-certfile /tls/tls.crt --ssl-keyfile /tls/tls.key --port 8443 "
                                    "--disable-log-requests --served-model-name large"],
                         {"ports": [{"containerPort": 8443, "name": "https"}], "readinessProbe": {
                             "httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"}, "periodSeconds": 10},
                          "startupProbe": {"httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"},
                                           "failureThreshold": 180, "periodSeconds": 10}}),
                        ("worker", ["bash", "-c", "ray start --block --address=$(LWS_LEADER_ADDRESS):6379"], {}))}}},
            "models"),
        k8s("core/v1:Service", {"metadata": meta("large", "models"), "spec": {
            "type": "ClusterIP", "selector": {"app": "large", "part": "leader"}, "ports": [
                {"name": "https", "port": 8443, "targetPort": "https"}]}}, "large-service"),
        reached("large", "models", {"app": "large"}, 8443, "litellm")),
        "lws.sigs.k8s.io/docs/examples/vllm; docs.vllm.ai/en/latest/serving/distributed_serving, as known",
        "leaderworkerset.x-k8s.io"),
    owned("a tuning of Ray waits in its team's queue, writes to the bucket, and its cluster ends with it", (
        account("tuning", "training"), password("tuning-s3", "training", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        inside("ray.io/v1:RayJob", "tuning", {
            "entrypoint": "python /app/tune.py --data s3://bank-models/letters --out s3://bank-models/runs",
            "shutdownAfterJobFinishes": True, "ttlSecondsAfterFinished": 600, "activeDeadlineSeconds": 28800,
            "backoffLimit": 2, "submissionMode": "K8sJobMode", "suspend": True, "runtimeEnvYAML":
            "env_vars:\n  AWS_ENDPOINT_URL: https://objects.bank.ae\n  HF_HUB_OFFLINE: \"1\"\n", "rayClusterSpec": {
                "rayVersion": "2.51.1", "enableInTreeAutoscaling": False, "headGroupSpec": {
                    "serviceType": "ClusterIP", "rayStartParams": {"dashboard-host": "127.0.0.1", "num-cpus": "0",
                                                                  "disable-usage-stats": "true"},
                    "template": {"metadata": {"labels": TAGS}, "spec": {
                        "serviceAccountName": "tuning", "automountServiceAccountToken": False, "securityContext": POD,
                        "volumes": SCRATCH, "containers": [{
                            "name": "head", "image": image("apps/tuning"), "resources": LARGE, "securityContext":
                                CLOSED,
                            "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}], "envFrom": [  # noqa: S108
                                {"secretRef": {"name": "tuning-s3"}}]}]}}},
                "workerGroupSpecs": [{
                    "groupName": "gpus", "replicas": 2, "minReplicas": 2, "maxReplicas": 2, "rayStartParams": {},
                    "template": {"metadata": {"labels": TAGS}, "spec": {
                        "serviceAccountName": "tuning", "automountServiceAccountToken": False, "securityContext": POD,
                        "tolerations": TAINTED, "priorityClassName": "training", "volumes": [SHARED, *SCRATCH],
                        "containers": [{"name": "worker", "image": image("apps/tuning"), "resources": GPU,
                                        "securityContext": CLOSED, "envFrom": [{"secretRef": {"name": "tuning-s3"}}],
                                        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"},  # noqa: S108
                                                         {"name": "shm", "mountPath": "/dev/shm"}]}]}}}]}},  # noqa: S108
            "training", labels={**TAGS, "kueue.x-k8s.io/queue-name": "letters", "kueue.x-k8s.io/priority-class":
                "low"}),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("tuning", "training"), "spec": {
            "podSelector": {"matchLabels": {"ray.io/is-ray-node": "yes"}}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"podSelector": {"matchLabels": {"ray.io/is-ray-node": "yes"}}}]}], "egress": [
                {"to": [{"podSelector": {"matchLabels": {"ray.io/is-ray-node": "yes"}}}]},
                {"to": [{"ipBlock": {"cidr": "10.30.8.0/24"}}], "ports": [{"port": 443, "protocol": "TCP"}]}]}},
            "tuning-network")),
        "docs.ray.io/en/latest/cluster/kubernetes/k8s-ecosystem/kueue.html; .../user-guides/config, as known",
            "ray.io"),
    owned("answers are ranked by a NIM of the bank's mirror, cached on a volume and scaled by its figures", (
        account("rank", "models"), password("rank", "models", "NGC_API_KEY"),
        inside("apps.nvidia.com/v1alpha1:NIMCache", "rank", {
            "source": {"ngc": {"modelPuller": image("nim/nvidia/llama-3.2-nv-rerankqa-1b-v2"), "pullSecret":
                               "mirror-reader", "authSecret": "rank", "model": {"engine": "tensorrt_llm",
                                                                             "tensorParallelism": "1"}}},
            "storage": {"pvc": {"create": True, "storageClass": "encrypted", "size": "50Gi", "volumeAccessMode":
                                "ReadWriteMany"}}, "resources": {"cpu": "2", "memory": "16Gi"}, "userID": 10001,
            "groupID": 10001}, "models"),
        inside("apps.nvidia.com/v1alpha1:NIMService", "rank", {
            "image": {"repository": "registry.bank.ae/nim/nvidia/llama-3.2-nv-rerankqa-1b-v2", "tag": "1.8.0",
                      "pullPolicy": "IfNotPresent", "pullSecrets": ["mirror-reader"]}, "authSecret": "rank",
                          "storage": {
                          "nimCache": {"name": "rank", "profile": ""}, "readOnly": True}, "replicas": 1, "resources":
                              GPU,
            "userID": 10001, "groupID": 10001, "labels": TAGS, "tolerations": TAINTED, "env": [
                {"name": "NIM_TELEMETRY_MODE", "value": "0"}], "expose": {
                "service": {"type": "ClusterIP", "port": 8000}, "router": {}}, "scale": {"enabled": True, "hpa": {
                    "minReplicas": 1, "maxReplicas": 3, "metrics": [{"type": "Object", "object": {
                        "metric": {"name": "gpu_cache_usage_perc"}, "describedObject": {
                            "apiVersion": "v1", "kind": "Service", "name": "rank"}, "target": {
                                "type": "Value", "value": "500m"}}}]}}, "metrics": {"enabled": True, "serviceMonitor": {
                                    "interval": "30s"}}, "readinessProbe": {"enabled": True}, "livenessProbe": {
                                        "enabled": True}, "runtimeClassName": "nvidia"}, "models"),
        reached("rank", "models", {"app": "rank"}, 8000, "assistants")),
        "docs.nvidia.com/nim-operator/latest/service.html; .../cache.html, as known on 2026-11-30", "apps.nvidia.com"),
    owned("GPUs are shared by queues of two teams with limits, racks, priorities and parts of a card", (
        top("kueue.x-k8s.io/v1beta1:Topology", "racks", {"levels": [
            {"nodeLabel": "topology.bank.ae/rack"}, {"nodeLabel": "kubernetes.io/hostname"}]}),
        top("kueue.x-k8s.io/v1beta1:ResourceFlavor", "h100", {
            "nodeLabels": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "tolerations": TAINTED, "topologyName":
            "racks"}),
        top("kueue.x-k8s.io/v1beta1:ClusterQueue", "letters", {
            "cohort": "bank", "queueingStrategy": "BestEffortFIFO", "namespaceSelector": {"matchLabels": {
                "kubernetes.io/metadata.name": "training"}}, "stopPolicy": "None", "flavorFungibility": {
                    "whenCanBorrow": "Borrow", "whenCanPreempt": "TryNextFlavor"}, "preemption": {
                        "reclaimWithinCohort": "LowerPriority", "withinClusterQueue": "LowerPriority",
                        "borrowWithinCohort": {"policy": "Never"}}, "fairSharing": {"weight": "1"}, "resourceGroups": [{
                            "coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{
                                "name": "h100", "resources": [
                                    {"name": "cpu", "nominalQuota": "128"}, {"name": "memory", "nominalQuota": "1Ti"},
                                    {"name": "nvidia.com/gpu", "nominalQuota": 8, "borrowingLimit": 4, "lendingLimit":
                                     6}]}]}]}),
        inside("kueue.x-k8s.io/v1beta1:LocalQueue", "letters", {"clusterQueue": "letters", "stopPolicy": "None"},
               "training"),
        k8s("kueue.x-k8s.io/v1beta1:WorkloadPriorityClass", {
            "metadata": {"name": "low", "labels": TAGS}, "value": 100, "description": "Tunings that may wait"}, "low"),
        k8s("scheduling.k8s.io/v1:PriorityClass", {
            "metadata": {"name": "training", "labels": TAGS}, "value": 1000, "globalDefault": False, "preemptionPolicy":
            "Never", "description": "Trainings never end others"}, "training"),
        k8s("resource.k8s.io/v1:DeviceClass", {"metadata": {"name": "part.bank.ae", "labels": TAGS}, "spec": {
            "selectors": [{"cel": {"expression":
                "device.driver == 'gpu.nvidia.com' && device.attributes['gpu.nvidia.com']"
                                                 ".type == 'mig'"}}]}}, "part"),
        k8s("resource.k8s.io/v1:ResourceClaimTemplate", {"metadata": meta("part", "training"), "spec": {
            "metadata": {"labels": TAGS}, "spec": {"devices": {"requests": [{"name": "gpu", "exactly": {
                "deviceClassName": "part.bank.ae", "allocationMode": "ExactCount", "count": 1, "selectors": [
                    {"cel": {"expression": "device.attributes['gpu.nvidia.com'].profile == '3g.40gb'"}}]}}]}}}},
            "part-template"),
        k8s("batch/v1:Job", {"metadata": meta("evaluation", "training", labels={
            **TAGS, "kueue.x-k8s.io/queue-name": "letters"}), "spec": {
                "suspend": True, "backoffLimit": 1, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 86400,
                "template": {"metadata": {"labels": TAGS}, "spec": {
                    "restartPolicy": "Never", "serviceAccountName": "evaluation", "automountServiceAccountToken": False,
                    "securityContext": POD, "tolerations": TAINTED, "resourceClaims": [
                        {"name": "gpu", "resourceClaimTemplateName": "part"}], "volumes": SCRATCH, "containers": [{
                            "name": "evaluation", "image": image("apps/evaluation"), "securityContext": CLOSED,
                            "volumeMounts": SCRATCH_MOUNTS, "env": OFFLINE, "resources": {
                                "requests": {"cpu": "4", "memory": "32Gi"}, "limits": {"memory": "32Gi"}, "claims": [
                                    {"name": "gpu"}]}}]}}}}, "evaluation"), account("evaluation", "training")),
        "kueue.sigs.k8s.io/docs/concepts; kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation, "
        "as known on 2026-11-30", "kueue.x-k8s.io"),
    Idiom("a small model of embeddings has copies by the length of its queue, close to its volume", (
        account("embeddings", "models"), models("embeddings", "20Gi"), certificate("embeddings", "models"),
        k8s("apps/v1:Deployment", {"metadata": meta("embeddings", "models"), "spec": {
            "replicas": 2, "revisionHistoryLimit": 3, "progressDeadlineSeconds": 1200, "selector": {
                "matchLabels": {"app": "embeddings"}}, "strategy": {"type": "RollingUpdate", "rollingUpdate": {
                    "maxSurge": 0, "maxUnavailable": 1}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "embeddings"}, "annotations": {
                    "prometheus.io/scrape": "true", "prometheus.io/port": "9000", "prometheus.io/scheme": "https"}},
                "spec": {
                    "serviceAccountName": "embeddings", "automountServiceAccountToken": False, "securityContext": POD,
                    "tolerations": TAINTED, "enableServiceLinks": False, "volumes": [
                        *SCRATCH, {"name": "models", "persistentVolumeClaim": {"claimName": "embeddings", "readOnly":
                                                                               True}},
                        {"name": "tls", "secret": {"secretName": "embeddings-tls", "defaultMode": 288}}],
                    "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "kubernetes.io/hostname",
                                                   "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {
                                                       "matchLabels": {"app": "embeddings"}}}], "containers": [{
                        "name": "tei", "image": image("huggingface/text-embeddings-inference"), "args": [
                            "--model-id=/models/bge-m3", "--port=8080", "--max-client-batch-size=64",
                            "--auto-truncate", "--json-output", "--max-concurrent-requests=256"], "env": OFFLINE,
                        "resources": GPU, "securityContext": CLOSED, "ports": [{"containerPort": 8080, "name": "http"}],
                        "volumeMounts": [*SCRATCH_MOUNTS, {"name": "models", "mountPath": "/models", "readOnly": True}],
                        "readinessProbe": {"httpGet": {"path": "/health", "port": "http"}}, "lifecycle": {
                            "preStop": {"sleep": {"seconds": 15}}}},
                        {"name": "tls", "image": image("envoyproxy/envoy"), "args": [
                            "--config-path", "/etc/envoy/envoy.yaml", "--log-level", "warn"], "resources": SMALL,
                         "securityContext": CLOSED, "ports": [{"containerPort": 8443, "name": "https"}],
                             "volumeMounts": [
                             {"name": "tls", "mountPath": "/tls", "readOnly": True}], "readinessProbe": {
                                 "tcpSocket": {"port": "https"}}}]}}}}, "embeddings"),
        k8s("core/v1:Service", {"metadata": meta("embeddings", "models"), "spec": {
            "selector": {"app": "embeddings"}, "trafficDistribution": "PreferClose", "ports": [
                {"name": "https", "port": 443, "targetPort": "https", "appProtocol": "https"}]}}, "embeddings-service"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("embeddings", "models"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "embeddings"}}}}, "embeddings-budget"),
        inside("keda.sh/v1alpha1:TriggerAuthentication", "figures", {"secretTargetRef": [
            {"parameter": "ca", "name": "bank-authority", "key": "ca.crt"},
            {"parameter": "bearerToken", "name": "figures", "key": "token"}]}, "models"),
        inside("keda.sh/v1alpha1:ScaledObject", "embeddings", {
            "scaleTargetRef": {"name": "embeddings"}, "minReplicaCount": 2, "maxReplicaCount": 6, "cooldownPeriod": 600,
            "pollingInterval": 30, "fallback": {"failureThreshold": 5, "replicas": 3}, "advanced": {
                "restoreToOriginalReplicaCount": False, "horizontalPodAutoscalerConfig": {"behavior": {"scaleDown": {
                    "stabilizationWindowSeconds": 600}}}}, "triggers": [{
                        "type": "prometheus", "authenticationRef": {"name": "figures"}, "metadata": {
                            "serverAddress": "https://prometheus.monitoring.svc:9090", "query":
                            "sum(te_queue_size{namespace=\"models\"})", "threshold": "20", "authModes": "bearer",
                            "unsafeSsl": "false"}}]}, "models"),
        reached("embeddings", "models", {"app": "embeddings"}, 8443, "assistants")),
        "huggingface.co/docs/text-embeddings-inference; keda.sh/docs/latest/scalers/prometheus, as known on 2026-11-30",
        ours()),
)  # fmt: skip
