"""Good idioms of platforms for AI on Kubernetes, as their projects publish them (2026-11-28)."""

from ..blind import TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release

R = "me-central-1"
MODELS = {"residency": {"known": {"bank-models": "the bank's own bucket, in me-central-1",
                                  "example.ae": "our own domain, in a data centre in Abu Dhabi"}}}  # fmt: skip
GPU = {"cpu": "8", "memory": "48Gi", "nvidia.com/gpu": "1"}
TOLERATED = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]
SCRATCH = [{"name": "tmp", "emptyDir": {}}, {"name": "cache", "emptyDir": {"sizeLimit": "20Gi"}}]
MOUNTS = [{"name": "tmp", "mountPath": "/var/cache/app"}, {"name": "cache", "mountPath": "/.cache"}]


def _secret(variable: str, name: str, key: str) -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _probe(path: str, port: int, scheme: str = "HTTP") -> dict[str, object]:
    return {"httpGet": {"path": path, "port": port, "scheme": scheme}, "periodSeconds": 10}


def service(name: str, image: str, port: int, path: str, replicas: int = 2, **more: object) -> tuple[Given, ...]:
    """Returns a deployment with its service, its network policy and its budget of disruption.

    `more` are fields of the container; `volumes`, `tolerations` and `annotations` go to the pod.
    """
    spec = {key: more.pop(key) for key in ("volumes", "tolerations") if key in more}
    annotations = more.pop("annotations", {})
    labels = {"app": name}
    container = {"image": image, "ports": [{"name": "http", "containerPort": port}],
                 "readinessProbe": _probe(path, port), **more}  # fmt: skip
    return (
        k8s("core/v1:ServiceAccount", {"metadata": meta("app"), "automountServiceAccountToken": False}, "account"),
        k8s("apps/v1:Deployment", {"metadata": meta(name), "spec": {
            "replicas": replicas, "selector": {"matchLabels": labels}, "template": {
                "metadata": {"labels": {**TAGS, **labels}, "annotations": annotations},
                "spec": pod(container, **spec)}}}, name),
        k8s("core/v1:Service", {"metadata": meta(name), "spec": {
            "type": "ClusterIP", "selector": labels, "ports": [{"name": "http", "port": 80, "targetPort": port}]}},
            "svc"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(name), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": labels}}}, "pdb"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(name), "spec": {
            "podSelector": {"matchLabels": labels}, "policyTypes": ["Ingress"], "ingress": [{"from": [{
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}}}],
                "ports": [{"port": port, "protocol": "TCP"}]}]}}, "np"),
    )  # fmt: skip


def claim(name: str, size: str) -> Given:
    """Returns a claim of a volume of the encrypted class."""
    return k8s("core/v1:PersistentVolumeClaim", {"metadata": meta(name), "spec": {
        "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
        "resources": {"requests": {"storage": size}}}}, name)  # fmt: skip


def _stateful(name: str, image: str, port: int, size: str, **container: object) -> tuple[Given, ...]:
    labels = {"app": name}
    return (
        k8s("apps/v1:StatefulSet", {"metadata": meta(name), "spec": {
            "serviceName": name, "replicas": 1, "selector": {"matchLabels": labels}, "template": {
                "metadata": {"labels": {**TAGS, **labels}}, "spec": pod({
                    "image": image, "ports": [{"containerPort": port}], "readinessProbe": {"tcpSocket": {"port": port}},
                    "volumeMounts": [{"name": "data", "mountPath": "/data"}], **container})},
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
                "resources": {"requests": {"storage": size}}}}]}}, name),
        k8s("core/v1:Service", {"metadata": meta(name), "spec": {
            "clusterIP": "None", "selector": labels, "ports": [{"port": port}]}}, "svc"),
    )  # fmt: skip


RUNTIME = {
    "name": "kserve-container", "image": "docker.io/kserve/huggingfaceserver:v0.15.2-gpu",
    "args": ["--model_name={{.Name}}", "--model_dir=/mnt/models"], "resources": {"requests": GPU, "limits": GPU},
    "securityContext": {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "privileged": False, "runAsNonRoot": True,
        "runAsUser": 1000, "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
}  # fmt: skip
HUB = {
    "hub": {"config": {"JupyterHub": {"authenticator_class": "generic-oauth"}, "GenericOAuthenticator": {
        "client_id": "jupyterhub", "oauth_callback_url": "https://notebooks.example.ae/hub/oauth_callback",
        "authorize_url": "https://login.example.ae/authorize", "token_url": "https://login.example.ae/token",
        "userdata_url": "https://login.example.ae/userinfo", "scope": ["openid", "groups"],
        "allowed_groups": ["data-science"], "admin_groups": ["platform"]}},
        "networkPolicy": {"enabled": True}},
    "proxy": {"service": {"type": "ClusterIP"}, "chp": {"networkPolicy": {"enabled": True}}},
    "singleuser": {"cloudMetadata": {"blockWithIptables": False}, "cpu": {"limit": 4, "guarantee": 0.5},
                   "memory": {"limit": "8G", "guarantee": "2G"}, "extraLabels": TAGS,
                   "image": {"name": "quay.io/jupyter/scipy-notebook", "tag": "2025-10-13"}},
    "cull": {"enabled": True, "timeout": 3600, "every": 300}, "scheduling": {"userScheduler": {"enabled": False}},
    "prePuller": {"hook": {"enabled": False}, "continuous": {"enabled": False}},
}  # fmt: skip
AIRFLOW = {
    "executor": "KubernetesExecutor", "data": {"metadataSecretName": "airflow-db"},
    "webserverSecretKeySecretName": "airflow-web", "postgresql": {"enabled": False}, "redis": {"enabled": False},
    "webserver": {"defaultUser": {"enabled": False}},
    "dags": {"persistence": {"enabled": True, "existingClaim": "dags"}}, "labels": TAGS,
    "config": {"logging": {"remote_logging": "True", "remote_base_log_folder": "s3://bank-models/airflow",
                           "encrypt_s3_logs": "True"}, "core": {"load_examples": "False"}},
}  # fmt: skip
RUNNERS = {
    "githubConfigUrl": "https://github.com/example-bank/platform", "githubConfigSecret": "github-app",
    "minRunners": 0, "maxRunners": 10, "containerMode": {"type": "kubernetes", "kubernetesModeWorkVolumeClaim": {
        "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
        "resources": {"requests": {"storage": "10Gi"}}}},
    "template": {"metadata": {"labels": TAGS}, "spec": {"securityContext": {"fsGroup": 1001}, "containers": [{
        "name": "runner", "image": "ghcr.io/actions/actions-runner:2.329.0",
        "command": ["/home/runner/run.sh"]}]}},
}  # fmt: skip
GITLAB = {
    "gitlabUrl": "https://git.example.ae/", "concurrent": 10, "rbac": {"create": True}, "runners": {
        "secret": "gitlab-runner", "config":
            '[[runners]]\n  [runners.kubernetes]\n    namespace = "ci"\n    image = "registry.example.ae/ci/base:1.4"\n'
            '    cpu_request = "500m"\n    memory_limit = "2Gi"\n    privileged = false\n'},
}  # fmt: skip
LOKI = {
    "deploymentMode": "SimpleScalable", "loki": {"auth_enabled": True, "storage": {
        "type": "s3", "bucketNames": {"chunks": "bank-models", "ruler": "bank-models"}, "s3": {"region": R}},
        "schemaConfig": {"configs": [{"from": "2026-01-01", "store": "tsdb", "object_store": "s3", "schema": "v13",
                                      "index": {"prefix": "loki_index_", "period": "24h"}}]},
        "limits_config": {"retention_period": "744h"}},
    "gateway": {"service": {"type": "ClusterIP"}}, "minio": {"enabled": False},
}  # fmt: skip


def _listed(**sources: str) -> dict[str, object]:
    """Returns the settings that list own hosts and buckets, and a chart's source."""
    return {**MODELS, "escape": {"helm_sources": dict.fromkeys(sources.values(), "its project; reviewed by us")}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("vLLM serves weights of a volume", (claim("weights", "200Gi"), *service(
        "vllm", "docker.io/vllm/vllm-openai:v0.11.0", 8000, "/health", resources={"requests": GPU, "limits": GPU},
        args=["--model=/models/llama-3.1-8b-instruct", "--served-model-name=llama", "--max-model-len=16384",
              "--gpu-memory-utilization=0.92", "--port=8000"], tolerations=TOLERATED,
        env=[{"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "VLLM_NO_USAGE_STATS", "value": "1"},
             _secret("VLLM_API_KEY", "vllm", "key")],
        volumeMounts=[{"name": "weights", "mountPath": "/models", "readOnly": True}, *MOUNTS],
        volumes=[{"name": "weights", "persistentVolumeClaim": {"claimName": "weights", "readOnly": True}}, *SCRATCH])),
        "docs.vllm.ai/en/latest/deployment/k8s.html",
        unpriced("kubernetes:apps/v1:Deployment::vllm", "kubernetes:core/v1:PersistentVolumeClaim::weights")),
    Idiom("vLLM loads weights by name from the bank's mirror of the hub", service(
        "vllm", "docker.io/vllm/vllm-openai:v0.11.0", 8000, "/health", resources={"requests": GPU, "limits": GPU},
        args=["--model=meta-llama/Llama-3.1-8B-Instruct", "--revision=0e9e39f249a16976918f6564b8830bc894c89659",
              "--port=8000"], tolerations=TOLERATED,
        env=[{"name": "HF_ENDPOINT", "value": "https://hub.example.ae"}, {"name": "HF_HOME", "value": "/.cache"},
             {"name": "VLLM_NO_USAGE_STATS", "value": "1"}, _secret("HF_TOKEN", "hub", "token"),
             _secret("VLLM_API_KEY", "vllm", "key")], volumeMounts=MOUNTS, volumes=SCRATCH),
        "docs.vllm.ai/en/latest/deployment/k8s.html",
        {**MODELS, **unpriced("kubernetes:apps/v1:Deployment::vllm")}),
    Idiom("a runtime of KServe and a model of the bank's bucket", (
        k8s("serving.kserve.io/v1alpha1:ServingRuntime", {"metadata": meta("huggingface"), "spec": {
            "supportedModelFormats": [{"name": "huggingface", "version": "1", "autoSelect": True}],
            "protocolVersions": ["v2", "v1"], "containers": [RUNTIME]}},
            "runtime"),
        crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {
            "minReplicas": 1, "maxReplicas": 3, "serviceAccountName": "models", "labels": TAGS, "model": {
                "modelFormat": {"name": "huggingface"}, "storageUri": "s3://bank-models/llama/3.1",
                "resources": {"requests": GPU, "limits": GPU}}}}, "llama")),
        "kserve.github.io/website", {**MODELS, **unpriced(
            "kubernetes:serving.kserve.io/v1beta1:InferenceService::it")}),
    Idiom("a cluster of Ray with workers that scale", (crd("ray.io/v1:RayCluster", {
        "rayVersion": "2.49.0", "enableInTreeAutoscaling": True, "autoscalerOptions": {"idleTimeoutSeconds": 300},
        "headGroupSpec": {"serviceType": "ClusterIP", "rayStartParams": {
            "num-cpus": "0", "dashboard-host": "127.0.0.1"}, "template": {"metadata": {"labels": TAGS}, "spec": pod({
                              "image": "docker.io/rayproject/ray:2.49.0", "volumeMounts": MOUNTS}, volumes=SCRATCH)}},
        "workerGroupSpecs": [{"groupName": "cpu", "replicas": 0, "minReplicas": 0, "maxReplicas": 8,
                              "rayStartParams": {}, "template": {"metadata": {"labels": TAGS}, "spec": pod({
                                  "image": "docker.io/rayproject/ray:2.49.0", "volumeMounts": MOUNTS},
                                  volumes=SCRATCH)}}]}, "ray"),),
        "docs.ray.io/en/latest/cluster/kubernetes", unpriced("kubernetes:ray.io/v1:RayCluster::it")),
    Idiom("notebooks of JupyterHub with sign-in by the bank", (release(
        "jupyterhub", "https://hub.jupyter.org/helm-chart", "4.3.0", HUB),), "z2jh.jupyter.org",
        {**_listed(chart="https://hub.jupyter.org/helm-chart"),
         "identity": {"trusted": {"login.example.ae": "our own sign-in"}}}),
    Idiom("a server of MLflow with its artefacts in the bank's bucket", service(
        "mlflow", "ghcr.io/mlflow/mlflow:v3.4.0", 5000, "/health", command=["mlflow"],
        args=["server", "--host=0.0.0.0", "--port=5000", "--serve-artifacts",
              "--artifacts-destination=s3://bank-models/mlflow", "--app-name=basic-auth"],
        env=[_secret("MLFLOW_BACKEND_STORE_URI", "mlflow", "uri"), {"name": "AWS_REGION", "value": R},
             {"name": "MLFLOW_AUTH_CONFIG_PATH", "value": "/etc/mlflow/auth.ini"}], volumeMounts=MOUNTS,
        volumes=SCRATCH), "mlflow.org/docs/latest/self-hosting", MODELS),
    Idiom("Airflow by its chart, with the database of the platform", (release(
        "airflow", "https://airflow.apache.org", "1.18.0", AIRFLOW),), "airflow.apache.org/docs/helm-chart",
        _listed(chart="https://airflow.apache.org")),
    Idiom("Valkey in memory with TLS and users of a file", _stateful(
        "valkey", "docker.io/valkey/valkey:8.1.4", 6379, "10Gi",
        args=["/etc/valkey/valkey.conf", "--port", "0", "--tls-port", "6379", "--tls-cert-file", "/tls/tls.crt",
              "--tls-key-file", "/tls/tls.key", "--tls-ca-cert-file", "/tls/ca.crt", "--aclfile", "/etc/valkey/users"]),
        "valkey.io/topics/encryption", unpriced("kubernetes:apps/v1:StatefulSet::valkey")),
    Idiom("Qdrant with a key for its callers", _stateful(
        "qdrant", "docker.io/qdrant/qdrant:v1.15.5-unprivileged", 6333, "100Gi",
        env=[_secret("QDRANT__SERVICE__API_KEY", "qdrant", "key"),
             {"name": "QDRANT__SERVICE__ENABLE_TLS", "value": "1"},
             {"name": "QDRANT__TELEMETRY_DISABLED", "value": "true"},
             {"name": "QDRANT__STORAGE__STORAGE_PATH", "value": "/data"}]),
        "qdrant.tech/documentation/guides/security", unpriced("kubernetes:apps/v1:StatefulSet::qdrant")),
    Idiom("runners of GitHub for one repository of the bank", (
        release("gha-runner-scale-set", "oci://ghcr.io/actions/actions-runner-controller-charts", "0.12.1", RUNNERS),),
        "docs.github.com/actions/hosting-your-own-runners", {
            "residency": {"known": {"github.com": "approved for code only, by the board of security"}},
            "escape": {"helm_sources": {"oci://ghcr.io/actions": "GitHub's own; reviewed by us"},
                       "code_sources": {"https://github.com/example-bank": "the bank's organisation"}}}),
    Idiom("runners of the bank's GitLab by its chart", (
        release("gitlab-runner", "https://charts.gitlab.io", "0.82.0", GITLAB),), "docs.gitlab.com/runner",
        _listed(chart="https://charts.gitlab.io"), charts=("gitlab-runner",)),
    Idiom("Loki by its chart, in the bank's bucket", (
        release("loki", "https://grafana.github.io/helm-charts", "6.42.0", LOKI),), "grafana.com/docs/loki",
        _listed(chart="https://grafana.github.io/helm-charts")),
    Idiom("a claim of a GPU by dynamic allocation", (
        k8s("resource.k8s.io/v1:ResourceClaimTemplate", {"metadata": meta("one-gpu"), "spec": {"spec": {
            "devices": {"requests": [{"name": "gpu", "exactly": {
                "deviceClassName": "gpu.nvidia.com", "allocationMode": "ExactCount", "count": 1,
                "selectors": [{"cel": {"expression":
                    "device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('20Gi')) >= 0"}}]}}]}}}}, "claim"),
        k8s("batch/v1:Job", {"metadata": meta("train"), "spec": {
            "activeDeadlineSeconds": 14400, "ttlSecondsAfterFinished": 3600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({"resources": {
                    "requests": {"cpu": "4", "memory": "16Gi"}, "limits": {"memory": "16Gi"},
                    "claims": [{"name": "gpu"}]}}, restartPolicy="Never", resourceClaims=[
                        {"name": "gpu", "resourceClaimTemplateName": "one-gpu"}])}}}, "train")),
        "kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation"),
    Idiom("scaling of a server of models by its queue", (crd("keda.sh/v1alpha1:ScaledObject", {
        "scaleTargetRef": {"name": "vllm"}, "minReplicaCount": 1, "maxReplicaCount": 4, "cooldownPeriod": 600,
        "triggers": [{"type": "prometheus", "metadata": {
            "serverAddress": "http://prometheus-operated.monitoring.svc.cluster.local:9090",
            "query": 'sum(vllm:num_requests_waiting{namespace="team-a"})', "threshold": "10"}}]}, "vllm"),),
        "docs.vllm.ai/projects/production-stack"),
    Idiom("classes of priority of a platform", (
        k8s("scheduling.k8s.io/v1:PriorityClass", {
            "metadata": {"name": "platform", "labels": TAGS}, "value": 1000000,
            "description": "Controllers of the platform"}, "platform"),
        k8s("scheduling.k8s.io/v1:PriorityClass", {
            "metadata": {"name": "default", "labels": TAGS}, "value": 0, "globalDefault": True,
            "description": "Every pod without a class"}, "default"),
        k8s("scheduling.k8s.io/v1:PriorityClass", {
            "metadata": {"name": "batch", "labels": TAGS}, "value": -10, "preemptionPolicy": "Never",
            "description": "Training, which yields"}, "batch")),
        "kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption"),
)  # fmt: skip
