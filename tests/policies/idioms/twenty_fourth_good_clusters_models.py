"""Good programs of clusters: gateways of models, answers, chats and trainings (set 24, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_clusters import USER, head, named, on_eks
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT, POD, ZONES, chart, closed, listed, made, sized, space

LITELLM = "oci://ghcr.io/berriai"
IMAGES = "123456789012.dkr.ecr.me-central-1.amazonaws.com"
GPU = {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"}, "limits": {
    "memory": "64Gi", "nvidia.com/gpu": "1"}}  # fmt: skip
TOLERATED = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]
TEMPORARY = {"volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "4Gi"}}, {"name": "shm", "emptyDir": {
    "medium": "Memory", "sizeLimit": "8Gi"}}]}  # fmt: skip
MOUNTED = [{"name": "tmp", "mountPath": "/tmp"}, {"name": "shm", "mountPath": "/dev/shm"}]  # noqa: S108


def secret(name: str, key: str) -> dict[str, object]:
    """Returns a value of a variable that comes from a secret."""
    return {"valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart litellm: teams call models by keys with budgets, answers are cached, and tables are its own", on_eks(
        space("llm"), closed("llm"),
        chart("litellm-helm", LITELLM, "1.80.0", "llm", {
            "replicaCount": 3, "image": {"repository": "ghcr.io/berriai/litellm-database", "tag": "main-v1.80.0-stable",
                                         "pullPolicy": "IfNotPresent"}, "podLabels": TAGS, "deploymentLabels": TAGS,
            "masterkeySecretName": "litellm", "masterkeySecretKey": "master-key", "environmentSecrets": ["litellm-env"],
            "podSecurityContext": POD, "securityContext": {**USER, "readOnlyRootFilesystem": True}, "volumes": [
                {"name": "cache", "emptyDir": {"sizeLimit": "1Gi"}}], "volumeMounts": [{"name": "cache", "mountPath":
                                                                                       "/app/cache"}],
            "resources": sized("500m", "2Gi"), "autoscaling": {"enabled": True, "minReplicas": 3, "maxReplicas": 9,
                                                               "targetCPUUtilizationPercentage": 70},
            "pdb": {"enabled": True, "minAvailable": 2}, "topologySpreadConstraints": [ZONES],
            "db": {"useExisting": True, "deployStandalone": False, "endpoint":
                   "litellm.cluster-abcdefghijkl.me-central-1.rds.amazonaws.com", "database": "litellm", "url":
                   "postgresql://$(DATABASE_USERNAME):$(DATABASE_PASSWORD)@$(DATABASE_HOST)/$(DATABASE_NAME)?"
                   "sslmode=verify-full", "secret": {"name": "litellm-db", "usernameKey": "username", "passwordKey":
                                                     "password"}}, "postgresql": {"enabled": False},
            "redis": {"enabled": False}, "migrationJob": {"enabled": True, "hooks": {"argocd": {"enabled": False},
                                                                                    "helm": {"enabled": True}},
                                                          "resources": sized("200m", "1Gi")},
            "proxy_config": {"model_list": [
                {"model_name": "allam", "litellm_params": {
                    "model": "hosted_vllm/allam", "api_base": "https://allam.models.svc:8443/v1", "api_key":
                    "os.environ/VLLM_KEY", "rpm": 600}},
                {"model_name": "titan", "litellm_params": {
                    "model": "bedrock/amazon.nova-lite-v1:0", "aws_region_name": "me-central-1"}}],
                "litellm_settings": {"cache": True, "cache_params": {"type": "redis", "ssl": True}, "drop_params": True,
                                     "turn_off_message_logging": True, "callbacks": ["prometheus"], "telemetry": False,
                                     "max_budget": 3000, "budget_duration": "30d"},
                "general_settings": {"master_key": "os.environ/PROXY_MASTER_KEY", "disable_spend_logs": False,
                                     "store_prompts_in_spend_logs": False, "allow_requests_on_db_unavailable": False,
                                     "alerting": [], "proxy_batch_write_at": 60}},
            "serviceMonitor": {"enabled": True}, "ingress": {"enabled": True, "className": "nginx", "hosts": [
                {"host": "llm.apps.bank.ae", "paths": [{"path": "/", "pathType": "Prefix"}]}], "tls": [
                    {"secretName": "llm-tls", "hosts": ["llm.apps.bank.ae"]}]}})),
        "BerriAI/litellm 00eb60c0, deploy/charts/litellm-helm/values.yaml, read 2026-12-02; docs.litellm.ai/docs/proxy/"
        "prod, as known",
        listed(LITELLM, residency={"known": {"litellm.cluster-abcdefghijkl.me-central-1.rds.amazonaws.com":
                                             "our own database"}})),
    Idiom("chart langfuse: what models were asked lies in the bank's own stores, for who signs in by Entra alone", (
        space("langfuse"), closed("langfuse"),
        chart("langfuse", "https://langfuse.github.io/langfuse-k8s", "1.5.11", "langfuse", {
            "langfuse": {
                "logging": {"level": "info", "format": "json"}, "salt": {"secretKeyRef": {"name": "langfuse", "key":
                                                                                          "salt"}},
                "encryptionKey": {"secretKeyRef": {"name": "langfuse", "key": "encryption-key"}}, "nextauth": {
                    "url": "https://traces.apps.bank.ae", "secret": {"secretKeyRef": {"name": "langfuse", "key":
                                                                                      "nextauth"}}},
                "features": {"telemetryEnabled": False, "signUpDisabled": True, "experimentalFeaturesEnabled": False},
                "podSecurityContext": POD, "securityContext": USER, "deployment": {"labels": TAGS}, "pod": {"labels":
                                                                                                         TAGS},
                "web": {"replicas": 2, "resources": sized("500m", "2Gi"), "pdb": {"create": True, "minAvailable": 1}},
                "worker": {"replicas": 2, "resources": sized("500m", "2Gi")}, "additionalEnv": [
                    {"name": "AUTH_AZURE_AD_CLIENT_ID", "value": CLIENT},
                    {"name": "AUTH_AZURE_AD_TENANT_ID", "value": TENANT},
                    {"name": "AUTH_AZURE_AD_CLIENT_SECRET", **secret("langfuse", "entra")},
                    {"name": "AUTH_DISABLE_USERNAME_PASSWORD", "value": "true"},
                    {"name": "LANGFUSE_ALLOWED_ORGANIZATION_CREATORS", "value": "platform@bank.ae"}],
                "ingress": {"enabled": True, "className": "nginx", "hosts": [{"host": "traces.apps.bank.ae", "paths": [
                    {"path": "/", "pathType": "Prefix"}]}], "tls": {"enabled": True, "secretName": "traces-tls"}}},
            "postgresql": {"deploy": False, "host": "psql-traces.postgres.database.azure.com", "auth": {
                "username": "langfuse", "database": "langfuse", "existingSecret": "langfuse-db", "secretKeys": {
                    "userPasswordKey": "password"}}, "args": "sslmode=verify-full"},
            "clickhouse": {"deploy": False, "host": "clickhouse-figures.figures.svc", "httpPort": 8443, "nativePort":
                           9440, "migration": {"ssl": True}, "auth": {"username": "langfuse", "existingSecret":
                                                                      "langfuse-clickhouse", "existingSecretKey":
                                                                      "password"}, "clusterEnabled": True},
            "redis": {"deploy": False, "host": "redis-traces.uaenorth.redis.azure.net", "port": 10000, "tls": {
                "enabled": True}, "auth": {"existingSecret": "langfuse-redis",
                    "existingSecretPasswordKey": "password"}},
            "s3": {"deploy": False, "storageProvider": "azure", "bucket": "traces", "endpoint":
                   "https://sttraces.blob.core.windows.net", "accessKeyId": {"value": "sttraces"}, "secretAccessKey": {
                       "secretKeyRef": {"name": "langfuse-store", "key": "key"}}}})),
        "langfuse/langfuse-k8s charts/langfuse/values.yaml; langfuse.com/self-hosting/security/authentication-and-sso, "
        "as known", listed("https://langfuse.github.io/langfuse-k8s", residency={"known": {
            "psql-traces.postgres.database.azure.com": "our own server, in uaenorth",
            "redis-traces.uaenorth.redis.azure.net": "our own cache", "sttraces.blob.core.windows.net":
            "our own account, in uaenorth"}})),
    Idiom("chart open-webui: staff chat with the bank's models by Entra sign-in, and nobody shares outside", (
        space("chat"), closed("chat"),
        chart("open-webui", "https://helm.openwebui.com", "8.19.0", "chat", {
            "replicaCount": 2, "ollama": {"enabled": False}, "pipelines": {"enabled": False},
                "tika": {"enabled": False},
            "websocket": {"enabled": True, "manager": "redis", "url": "rediss://valkey.chat.svc:6379/0", "redis": {
                "enabled": False}}, "extraLabels": TAGS, "podLabels": TAGS, "resources": sized("500m", "2Gi"),
            "podSecurityContext": POD, "containerSecurityContext": {**USER, "readOnlyRootFilesystem": False},
            "serviceAccount": {"enable": True, "automountServiceAccountToken": False}, "persistence": {
                "enabled": True, "size": "20Gi", "storageClass": "azurefile-csi-cmk", "accessModes": ["ReadWriteMany"]},
            "enableOpenaiApi": True, "openaiBaseApiUrl": "https://llm.apps.bank.ae/v1", "sso": {
                "enabled": True, "enableSignup": True, "mergeAccountsByEmail": False, "enableRoleManagement": True,
                "microsoft": {"enabled": True, "clientId": CLIENT, "tenantId": TENANT, "clientExistingSecret":
                              "chat-entra", "clientExistingSecretKey": "secret"}, "roleManagement": {
                    "rolesClaim": "roles", "allowedRoles": "staff", "adminRoles": "chat-admins"}},
            "databaseUrl": "", "extraEnvVars": [
                {"name": "DATABASE_URL", **secret("chat-db", "url")}, {"name": "WEBUI_SECRET_KEY", **secret(
                    "chat", "key")}, {"name": "OPENAI_API_KEY", **secret("chat-llm", "key")},
                {"name": "ENABLE_LOGIN_FORM", "value": "false"}, {"name": "ENABLE_COMMUNITY_SHARING", "value": "false"},
                {"name": "ENABLE_WEB_SEARCH", "value": "false"}, {"name": "ENABLE_CODE_INTERPRETER", "value": "false"},
                {"name": "OFFLINE_MODE", "value": "true"}, {"name": "WEBUI_SESSION_COOKIE_SECURE", "value": "true"},
                {"name": "SCARF_NO_ANALYTICS", "value": "true"}, {"name": "DO_NOT_TRACK", "value": "true"}],
            "ingress": {"enabled": True, "class": "nginx", "host": "chat.apps.bank.ae", "tls": True, "existingSecret":
                        "chat-tls"}})),
        "open-webui/helm-charts 0020bbea, charts/open-webui/values.yaml, read 2026-12-02; docs.openwebui.com/"
        "getting-started/env-configuration, as known", listed("https://helm.openwebui.com")),
    Idiom("KServe: a model of Arabic answers from S3 by the role of its pod, grows by what waits", on_eks(
        made("core/v1:Namespace", {"metadata": {"name": "answers", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}}, "ns-answers"), closed("answers"),
        made("core/v1:ServiceAccount", {"metadata": head("models", "answers"), "automountServiceAccountToken": False},
             "models"),
        named("serving.kserve.io/v1alpha1:ServingRuntime", "vllm", "answers", {
            "annotations": {"prometheus.kserve.io/port": "8080", "prometheus.kserve.io/path": "/metrics"},
            "supportedModelFormats": [{"name": "huggingface", "version": "1", "autoSelect": False}], "protocolVersions":
            ["v2", "v1"], "containers": [{
                "name": "kserve-container", "image": f"{IMAGES}/vllm@sha256:" + "d" * 64, "args": [
                    "--model=/mnt/models", "--port=8080", "--served-model-name={{.Name}}",
                    "--gpu-memory-utilization=0.92", "--max-model-len=16384", "--disable-log-requests"],
                "env": [{"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "VLLM_NO_USAGE_STATS", "value": "1"},
                        {"name": "VLLM_API_KEY", **secret("answers-key", "key")}],
                "ports": [{"containerPort": 8080, "protocol": "TCP"}], "resources": GPU, "securityContext": USER,
                "volumeMounts": MOUNTED}], **TEMPORARY}),
        made("serving.kserve.io/v1beta1:InferenceService", {"metadata": head("allam", "answers", annotations={
            "serving.kserve.io/deploymentMode": "RawDeployment", "serving.kserve.io/autoscalerClass": "keda"}),
                "spec": {
            "predictor": {"minReplicas": 1, "maxReplicas": 4, "labels": TAGS, "serviceAccountName": "models",
                          "automountServiceAccountToken": False, "securityContext": POD, "tolerations": TOLERATED,
                          "nodeSelector": {"karpenter.k8s.aws/instance-family": "g6e"}, "deploymentStrategy": {
                "type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}, "autoScaling": {
                "metrics": [{"type": "External", "external": {"metric": {
                    "backend": "prometheus", "serverAddress": "https://prometheus.monitoring.svc:9090", "query":
                    "sum(vllm:num_requests_waiting{namespace='answers'})"}, "target": {"type": "Value", "value":
                                                                                       "8"}}}]},
                "model": {"runtime": "vllm", "modelFormat": {"name": "huggingface"}, "storageUri":
                          "s3://bank-models/allam/7b-v3"}}}}, "allam"),
        named("policy/v1:PodDisruptionBudget", "allam", "answers", {"minAvailable": 1, "selector": {"matchLabels": {
            "serving.kserve.io/inferenceservice": "allam"}}})),
        "kserve/kserve config/runtimes; kserve.github.io/website/docs/model-serving/predictive-inference/autoscaling/"
        "keda-autoscaler, as known",
        merged(listed(residency={"known": {"bank-models": "our own bucket, in me-central-1"}}), unpriced(
            "kubernetes:serving.kserve.io/v1beta1:InferenceService::allam"))),
    Idiom("trainer: a tuning of a model runs on four nodes by Kubeflow, and a large one answers from two", on_eks(
        space("kubeflow-system"), space("tuning"), closed("tuning"),
        *(chart(name, "oci://ghcr.io/kubeflow/charts" if name == "kubeflow-trainer" else "oci://registry.k8s.io/"
                + name + "/charts", version, "kubeflow-system", values) for name, version, values in (
            ("kubeflow-trainer", "2.1.0", {"jobset": {"install": False}, "manager": {
                "replicas": 2, "labels": TAGS, "resources": sized("100m", "512Mi"), "securityContext": USER}}),
            ("jobset", "0.10.1", {"controller": {"replicas": 2, "resources": sized("100m", "256Mi")}}),
            ("lws", "0.7.0", {"replicaCount": 2, "resources": sized("100m", "256Mi")}))),
        named("trainer.kubeflow.org/v1alpha1:TrainJob", "allam-tune", "tuning", {
            "runtimeRef": {"name": "torch-distributed", "kind": "ClusterTrainingRuntime", "apiGroup":
                           "trainer.kubeflow.org"}, "suspend": False, "labels": TAGS, "trainer": {
                "numNodes": 4, "numProcPerNode": 1, "image": f"{IMAGES}/tune@sha256:" + "d" * 64,
                    "command": [
                    "torchrun", "/app/tune.py"],
                "args": ["--epochs=2", "--checkpoint=/checkpoints"], "resourcesPerNode": GPU, "env": [
                    {"name": "WANDB_MODE", "value": "disabled"}, {"name": "HF_HUB_OFFLINE", "value": "1"}]}}),
        named("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", "large", "tuning", {
            "replicas": 1, "rolloutStrategy": {"type": "RollingUpdate", "rollingUpdateConfiguration": {
                "maxUnavailable": 1, "maxSurge": 0}}, "startupPolicy": "LeaderCreated", "leaderWorkerTemplate": {
                "size": 2, "restartPolicy": "RecreateGroupOnPodRestart", **{template: {
                    "metadata": {"labels": {**TAGS, "role": role}}, "spec": {
                        "automountServiceAccountToken": False, "securityContext": POD, "tolerations": TOLERATED,
                        **TEMPORARY, "containers": [{
                            "name": "vllm", "image": f"{IMAGES}/vllm@sha256:" + "d" * 64, "command": [
                                "/app/serve", role], "env": [{"name": "VLLM_NO_USAGE_STATS", "value": "1"}],
                            "resources": {"requests": {"cpu": "16", "memory": "128Gi", "nvidia.com/gpu": "4"},
                                          "limits": {
                                "cpu": "32", "memory": "128Gi", "nvidia.com/gpu": "4"}}, "securityContext": USER,
                            "volumeMounts": MOUNTED}]}} for template, role in (
                    ("leaderTemplate", "leader"), ("workerTemplate", "worker"))}}}),
        named("networking.k8s.io/v1:NetworkPolicy", "ranks", "tuning", {
            "podSelector": {"matchLabels": {"project": TAGS["project"]}}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"podSelector": {}}]}], "egress": [{"to": [{"podSelector": {}}]}]})),
        "kubeflow/trainer charts/kubeflow-trainer; kubernetes-sigs/lws docs/examples/vllm; docs.vllm.ai/en/stable/"
        "deployment/frameworks/lws, as known",
        listed("oci://ghcr.io/kubeflow/charts", "oci://registry.k8s.io/jobset", "oci://registry.k8s.io/lws", escape={
            "image_publishers": {IMAGES: "our own registry, in me-central-1"}})),
)  # fmt: skip
