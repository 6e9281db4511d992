"""Good idioms of serving, training and retrieval on Kubernetes, as their projects publish them (2026-11-28)."""

from ..blind import IMAGE, TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release
from .sixth_kubernetes import GPU, MODELS, MOUNTS, SCRATCH, TOLERATED, claim, service

MIRROR = "registry.example.ae/mirror"
QDRANT = "https://qdrant.github.io/qdrant-helm"
VLLM = "docker.io/vllm/vllm-openai:v0.11.0"
RAILS = """models:
- type: main
  engine: openai
  model: llama
  parameters:
    base_url: http://vllm.team-a.svc.cluster.local:8000/v1
rails:
  input: {flows: [self check input]}
  output: {flows: [self check output]}
"""
MLFLOW = """[mlflow]
default_permission = NO_PERMISSIONS
database_uri = postgresql://pg-rw.team-a.svc:5432/mlflow_auth?sslmode=verify-full
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
"""
HUB = {
    "hub": {"config": {
        "JupyterHub": {"authenticator_class": "generic-oauth"},
        "GenericOAuthenticator": {
            "client_id": "notebooks", "authorize_url": "https://login.example.ae/authorize",
            "token_url": "https://login.example.ae/token", "userdata_url": "https://login.example.ae/userinfo",
            "oauth_callback_url": "https://notebooks.example.ae/hub/oauth_callback", "username_claim": "email",
            "allowed_groups": ["data-scientists"], "admin_groups": ["platform"]}}},
    "proxy": {"service": {"type": "ClusterIP"}, "https": {"enabled": False}},
    "singleuser": {"cloudMetadata": {"blockWithIptables": False}, "memory": {"limit": "8G", "guarantee": "2G"},
                   "cpu": {"limit": 2, "guarantee": 0.5}, "storage": {"capacity": "10Gi", "dynamic": {
                       "storageClass": "encrypted"}}},
    "cull": {"enabled": True, "timeout": 3600, "maxAge": 43200},
}  # fmt: skip


def _volume(name: str, *, read_only: bool = False) -> dict[str, object]:
    return {"name": name, "persistentVolumeClaim": {"claimName": name, **({"readOnly": True} if read_only else {})}}


def _mount(name: str, path: str, *, read_only: bool = False) -> dict[str, object]:
    return {"name": name, "mountPath": path, **({"readOnly": True} if read_only else {})}


def _secret(variable: str, name: str, key: str) -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _config(name: str, key: str, text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {key: text}}, name)


def _listed(*sources: str, **more: object) -> dict[str, object]:
    return {**MODELS, "escape": {"helm_sources": dict.fromkeys(sources, "its project; reviewed by us")}, **more}


def _gpu(name: str, image: str, port: int, *args: str) -> tuple[Given, ...]:
    """Returns a service of one GPU whose model lies on a volume."""
    return (claim(f"{name}-model", "60Gi"), *service(
        name, image, port, "/health", args=list(args), resources={"requests": GPU, "limits": GPU},
        tolerations=TOLERATED, volumes=[_volume(f"{name}-model", read_only=True), *SCRATCH],
        volumeMounts=[_mount(f"{name}-model", "/models", read_only=True), *MOUNTS]))  # fmt: skip


def _paid(name: str) -> dict[str, object]:
    return {**MODELS, **unpriced(f"kubernetes:apps/v1:Deployment::{name}",
                                 f"kubernetes:core/v1:PersistentVolumeClaim::{name}-model")}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("one server has a model and the adapters of three teams", _gpu(
        "adapters", VLLM, 8000, "--model=/models/llama-3.1-8b", "--enable-lora", "--max-loras=3",
        "--lora-modules", "risk=/models/lora/risk", "retail=/models/lora/retail", "fraud=/models/lora/fraud"),
        "docs.vllm.ai/en/latest/features/lora.html", _paid("adapters")),
    Idiom("a server of models keeps parts of prompts and guesses ahead", _gpu(
        "fast", VLLM, 8000, "--model=/models/llama-3.3-70b-fp8", "--served-model-name=llama", "--max-model-len=32768",
        "--enable-prefix-caching", "--gpu-memory-utilization=0.92",
        '--speculative-config={"method": "ngram", "num_speculative_tokens": 5, "prompt_lookup_max": 4}'),
        "docs.vllm.ai/en/latest/features/spec_decode.html", _paid("fast")),
    Idiom("speech becomes text on the bank's own GPU", _gpu(
        "whisper", f"{MIRROR}/speaches:0.8.3-cuda", 8000, "uvicorn", "--factory", "speaches.main:create_app",
        "--port=8000"), "speaches.ai", _paid("whisper")),
    Idiom("documents become text by a service of the cluster", service(
        "docling", f"{MIRROR}/docling-serve:1.7.2", 5001, "/health", env=[
            {"name": "DOCLING_SERVE_ENABLE_UI", "value": "false"}, {"name": "HF_HUB_OFFLINE", "value": "1"},
            _secret("DOCLING_SERVE_API_KEY", "docling", "key")], volumes=SCRATCH, volumeMounts=MOUNTS),
        "github.com/docling-project/docling-serve", MODELS),
    Idiom("answers are ordered again by a second model", _gpu(
        "rerank", "ghcr.io/huggingface/text-embeddings-inference:1.8", 8080, "--model-id=/models/bge-reranker-v2-m3",
        "--port=8080", "--max-client-batch-size=64"), "huggingface.co/docs/text-embeddings-inference/quick_tour",
        _paid("rerank")),
    Idiom("rails of a chat ask the bank's own model", (_config("rails", "config.yml", RAILS), *service(
        "rails", f"{MIRROR}/nemo-guardrails:0.17.0", 8000, "/", args=["server", "--config=/config", "--port=8000"],
        env=[_secret("OPENAI_API_KEY", "vllm", "key"),
             {"name": "OPENAI_API_BASE", "value": "http://vllm.team-a.svc.cluster.local:8000/v1"}],
        volumes=[{"name": "rails", "configMap": {"name": "rails"}}, *SCRATCH],
        volumeMounts=[_mount("rails", "/config", read_only=True), *MOUNTS])),
        "docs.nvidia.com/nemo/guardrails", MODELS),
    Idiom("a server of experiments with users, a database and the bank's bucket", (
        _config("mlflow-auth", "basic_auth.ini", MLFLOW), *service(
            "mlflow", f"{MIRROR}/mlflow:v3.4.0-full", 5000, "/health", args=[
                "server", "--app-name=basic-auth", "--host=0.0.0.0", "--port=5000",
                "--artifacts-destination=s3://bank-models/mlflow", "--serve-artifacts"],
            env=[_secret("MLFLOW_BACKEND_STORE_URI", "mlflow", "uri"),
                 _secret("MLFLOW_FLASK_SERVER_SECRET_KEY", "mlflow", "flask"),
                 {"name": "MLFLOW_AUTH_CONFIG_PATH", "value": "/etc/mlflow/basic_auth.ini"}],
            volumes=[{"name": "auth", "configMap": {"name": "mlflow-auth"}}, *SCRATCH],
            volumeMounts=[_mount("auth", "/etc/mlflow", read_only=True), *MOUNTS])),
        "mlflow.org/docs/latest/self-hosting/security/basic-http-auth", MODELS),
    Idiom("notebooks by the chart of JupyterHub, with the bank's sign-in", (release(
        "jupyterhub", "https://hub.jupyter.org/helm-chart/", "4.3.0", HUB),),
        "z2jh.jupyter.org", _listed("https://hub.jupyter.org/helm-chart", identity={"trusted": {
            "login.example.ae": "our own sign-in"}})),
    Idiom("Qdrant by its chart, with a key and TLS", (release("qdrant", QDRANT, "1.15.4", {
        "replicaCount": 3, "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "api-key"}}},
        "service": {"type": "ClusterIP"}, "persistence": {"size": "50Gi", "storageClassName": "encrypted"},
        "config": {"cluster": {"enabled": True, "p2p": {"enable_tls": True}}, "service": {"enable_tls": True}, "tls": {
            "cert": "/qdrant/tls/tls.crt", "key": "/qdrant/tls/tls.key", "ca_cert": "/qdrant/tls/ca.crt"},
            "telemetry_disabled": True},
        "additionalVolumes": [{"name": "tls", "secret": {"secretName": "qdrant-tls"}}],
        "additionalVolumeMounts": [{"name": "tls", "mountPath": "/qdrant/tls", "readOnly": True}]}),),
        "qdrant.tech/documentation/guides/security", _listed(QDRANT)),
    Idiom("a runtime of KServe for the bank's models of language", (k8s("serving.kserve.io/v1alpha1:ServingRuntime", {
        "metadata": meta("vllm"), "spec": {
            "supportedModelFormats": [{"name": "vLLM", "version": "1", "autoSelect": True}], "protocolVersions": ["v2"],
            "labels": TAGS, **{key: value for key, value in pod({
                "name": "kserve-container", "image": VLLM, "args": ["--model=/mnt/models", "--port=8080"],
                "ports": [{"containerPort": 8080}]}).items() if key in ("containers", "securityContext")},
            "annotations": {"prometheus.kserve.io/port": "8080"}}}, "vllm"),),
        "kserve.github.io/website/docs/model-serving/generative-inference/overview", MODELS),
    Idiom("weights lie in an image that is a volume", service(
        "score", IMAGE, 8080, "/healthz", volumes=[
            {"name": "weights", "image": {"reference": "registry.example.ae/models/score@sha256:" + "c" * 64,
                                          "pullPolicy": "IfNotPresent"}}, *SCRATCH],
        volumeMounts=[_mount("weights", "/models", read_only=True), *MOUNTS]),
        "kubernetes.io/docs/tasks/configure-pod-container/image-volumes", MODELS),
    Idiom("weights are copied from the bank's bucket before a server starts", (k8s("apps/v1:Deployment", {
        "metadata": meta("score"), "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "score"}}, "template": {
            "metadata": {"labels": {**TAGS, "app": "score"}}, "spec": pod(
                {"volumeMounts": [_mount("weights", "/models", read_only=True)], "readinessProbe": {
                    "httpGet": {"path": "/ready", "port": 8080}}},
                volumes=[{"name": "weights", "emptyDir": {"sizeLimit": "20Gi"}}],
                initContainers=pod({
                    "name": "fetch", "image": "public.ecr.aws/aws-cli/aws-cli:2.31.5", "command": [
                        "aws", "s3", "sync", "--only-show-errors", "s3://bank-models/score/12", "/models"],
                    "env": [{"name": "AWS_REGION", "value": "me-central-1"}],
                    "volumeMounts": [_mount("weights", "/models")]})["containers"])}}}, "score"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("score"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "score"}}}}, "pdb")),
        "kubernetes.io/docs/concepts/workloads/pods/init-containers", MODELS),
    Idiom("a training of four numbered pods finds its first one by a service", (
        k8s("core/v1:Service", {"metadata": meta("train"), "spec": {
            "clusterIP": "None", "selector": {"job-name": "train"}, "ports": [{"port": 29500}]}}, "svc"),
        k8s("batch/v1:Job", {"metadata": meta("train"), "spec": {
            "completions": 4, "parallelism": 4, "completionMode": "Indexed", "backoffLimitPerIndex": 1,
            "maxFailedIndexes": 1, "activeDeadlineSeconds": 14400, "ttlSecondsAfterFinished": 3600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["torchrun", "--nnodes=4", "--nproc-per-node=1", "--rdzv-backend=c10d",
                                "--rdzv-endpoint=train-0.train:29500", "/app/train.py"]}, subdomain="train",
                    restartPolicy="Never")}}}, "train")),
        "kubernetes.io/docs/tasks/job/job-with-pod-to-pod-communication"),
    Idiom("a pod gets one GPU by a claim of its template", (
        k8s("resource.k8s.io/v1:ResourceClaimTemplate", {"metadata": meta("one-gpu"), "spec": {
            "metadata": {"labels": TAGS}, "spec": {"devices": {"requests": [{"name": "gpu", "exactly": {
                "deviceClassName": "gpu.nvidia.com", "allocationMode": "ExactCount", "count": 1, "selectors": [{"cel": {
                    "expression": "device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('40Gi')) >= 0"}}]}}]}}}},
            "template"),
        k8s("batch/v1:Job", {"metadata": meta("embed"), "spec": {
            "backoffLimit": 1, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["python", "embed.py"], "resources": {
                        "requests": {"cpu": "4", "memory": "16Gi"}, "limits": {"cpu": "4", "memory": "16Gi"},
                        "claims": [{"name": "gpu"}]}}, tolerations=TOLERATED, restartPolicy="Never",
                    resourceClaims=[{"name": "gpu", "resourceClaimTemplateName": "one-gpu"}])}}}, "embed")),
        "kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation",
        unpriced("kubernetes:batch/v1:Job::embed")),
    Idiom("a program of Spark with at most eight executors", (crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
        "type": "Python", "mode": "cluster", "image": IMAGE, "mainApplicationFile": "local:///app/features.py",
        "sparkVersion": "3.5.6", "restartPolicy": {"type": "OnFailure", "onFailureRetries": 2},
        "timeToLiveSeconds": 3600, "sparkConf": {"spark.eventLog.enabled": "false", "spark.ssl.enabled": "true",
                                                 "spark.authenticate": "true", "spark.network.crypto.enabled": "true"},
        **{part: {"cores": 2, "memory": "4g", "labels": TAGS, "serviceAccount": "app", "securityContext": {
            "runAsNonRoot": True, "runAsUser": 10001, "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}, **more}
           for part, more in (("driver", {}), ("executor", {"instances": 2}))},
        "dynamicAllocation": {"enabled": True, "minExecutors": 1, "maxExecutors": 8}}, "features"),),
        "kubeflow.org/docs/components/spark-operator/user-guide/using-sparkapplication"),
    Idiom("a job measures one's own server of models", (k8s("batch/v1:Job", {"metadata": meta("bench"), "spec": {
        "backoffLimit": 0, "activeDeadlineSeconds": 1800, "ttlSecondsAfterFinished": 600, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({
                "image": VLLM, "command": ["vllm", "bench", "serve"], "args": [
                    "--base-url=http://vllm.team-a.svc.cluster.local:8000", "--model=llama",
                    "--dataset-name=random", "--num-prompts=200", "--tokenizer=/models/tokenizer"],
                "env": [{"name": "HF_HUB_OFFLINE", "value": "1"}]}, restartPolicy="Never")}}}, "bench"),),
        "docs.vllm.ai/en/latest/contributing/benchmarks.html", MODELS),
    Idiom("old checkpoints are deleted every week", (k8s("batch/v1:CronJob", {"metadata": meta("prune"), "spec": {
        "schedule": "0 1 * * 6", "concurrencyPolicy": "Forbid", "timeZone": "Asia/Dubai",
        "jobTemplate": {"spec": {"activeDeadlineSeconds": 1800, "ttlSecondsAfterFinished": 600, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({
                "command": ["find", "/checkpoints", "-mindepth", "1", "-maxdepth", "1", "-mtime", "+30", "-name",
                            "step-*", "-exec", "rm", "-r", "{}", "+"],
                "volumeMounts": [_mount("checkpoints", "/checkpoints")]}, restartPolicy="Never",
                volumes=[_volume("checkpoints")])}}}}}, "prune"),),
        "kubernetes.io/docs/concepts/workloads/controllers/cron-jobs"),
    Idiom("a collector of traces runs beside a server as a sidecar", (k8s("apps/v1:Deployment", {
        "metadata": meta("chat"), "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "chat"}}, "template": {
            "metadata": {"labels": {**TAGS, "app": "chat"}}, "spec": pod(
                {"env": [{"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "http://localhost:4317"},
                         {"name": "OTEL_TRACES_EXPORTER", "value": "otlp"}]},
                initContainers=[{**pod({
                    "name": "otel", "image": "ghcr.io/open-telemetry/opentelemetry-collector-releases/"
                                             "opentelemetry-collector-contrib:0.137.0",
                    "args": ["--config=/etc/otel/config.yaml"], "volumeMounts": [
                        _mount("otel", "/etc/otel", read_only=True)]})["containers"][0],  # type: ignore[index]
                    "restartPolicy": "Always"}],
                volumes=[{"name": "otel", "configMap": {"name": "otel"}}])}}}, "chat"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("chat"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "chat"}}}}, "pdb")),
        "kubernetes.io/docs/concepts/workloads/pods/sidecar-containers"),
)  # fmt: skip
