"""Good idioms of clusters: charts of models and notebooks (set 19, blind)."""

from ..blind import TAGS
from . import Idiom
from .eighteenth_charts import OFF
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .sixteenth_stores import HASH, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LOGIN, MIRROR, POD, mirrored, ours

HUB = f"""c.GenericOAuthenticator.enable_pkce = True
c.JupyterHub.cookie_max_age_days = 0.5
c.JupyterHub.admin_access = False
c.GenericOAuthenticator.validate_server_cert = True
c.GenericOAuthenticator.authorize_url = "{LOGIN}/protocol/openid-connect/auth"
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a model of Arabic is served by two engines of the vLLM stack behind its router, from a volume and no hub", (
        account("vllm", "models"), password("vllm", "models", "api-key"),
        mirrored("vllm-stack", "0.1.8", {
            "servingEngineSpec": {
                "labels": {**TAGS, "environment": "prod"}, "vllmApiKey": {"secretName": "vllm", "secretKey": "api-key"},
                "runtimeClassName": "nvidia", "containerPort": 8000, "servicePort": 80, "securityContext": POD,
                "containerSecurityContext": CLOSED, "maxUnavailablePodDisruptionBudget": "1", "enableEngine": True,
                "startupProbe": {"initialDelaySeconds": 60, "periodSeconds": 10, "failureThreshold": 120, "httpGet": {
                    "path": "/health", "port": 8000, "scheme": "HTTPS"}}, "modelSpec": [{
                        "name": "arabic", "repository": f"{MIRROR}/vllm/vllm-openai", "tag": f"v0.11.2@{HASH}",
                            "modelURL":
                        "/models/arabic", "replicaCount": 2, "requestCPU": 8, "requestMemory": "64Gi",
                            "limitMemory": "64Gi",
                        "requestGPU": 1, "limitCPU": "16", "pvcStorage": "200Gi", "storageClass": "encrypted",
                        "pvcAccessMode": ["ReadWriteMany"], "serviceAccountName": "vllm", "shmSize": "16Gi",
                            "vllmConfig": {
                            "enablePrefixCaching": True, "enableChunkedPrefill": True, "maxModelLen": 32768, "dtype":
                            "bfloat16", "tensorParallelSize": 1, "gpuMemoryUtilization": 0.9, "maxNumSeqs": 128,
                                "extraArgs":
                            ["--served-model-name=arabic", "--ssl-certfile=/tls/tls.crt", "--ssl-keyfile=/tls/tls.key",
                             "--disable-log-requests", "--enable-auto-tool-choice", "--tool-call-parser=hermes"]},
                        "lmcacheConfig": {"enabled": True, "cpuOffloadingBufferSize": "30"}, "env": [
                            {"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "VLLM_NO_USAGE_STATS", "value": "1"},
                            {"name": "DO_NOT_TRACK", "value": "1"}, {"name": "VLLM_LOGGING_LEVEL", "value": "INFO"}],
                        "nodeSelectorTerms": [{"matchExpressions": [
                            {"key": "nvidia.com/gpu.product", "operator": "In",
                                "values": ["NVIDIA-H100-80GB-HBM3"]}]}]}],
                "tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]},
            "routerSpec": {
                "enableRouter": True, "repository": f"{MIRROR}/vllm/router", "tag": f"v0.1.8@{HASH}", "replicaCount": 2,
                "serviceType": "ClusterIP", "serviceDiscovery": "k8s", "routingLogic": "prefixaware",
                    "sessionKey": "x-user",
                "engineScrapeInterval": 15, "requestStatsWindow": 60, "resources": SMALL, "labels": TAGS,
                    "ingress": OFF,
                "containerSecurityContext": CLOSED, "vllmApiKey": {"secretName": "vllm", "secretKey": "api-key"},
                    "sentry":
                {"dsn": ""}},
            "cacheserverSpec": {"enableServer": False}, "sharedStorage": {"enabled": False}}, "models"),
        reached("vllm", "models", {"app.kubernetes.io/component": "router"}, 8000, "gateway")),
        "docs.vllm.ai/en/latest/usage/security; vllm-project/production-stack, helm/values.yaml", ours()),
    Idiom("analysts open notebooks of JupyterHub after the bank's sign-in, for ten hours, with limits and no way out", (
        password("hub", "notebooks", "client-secret"),
        mirrored("jupyterhub", "4.3.1", {
            "hub": {"existingSecret": "", "db": {"type": "postgres", "url":
                                                 "postgresql+psycopg2://hub@hub-rw.notebooks.svc.cluster.local:5432/hub"
                                                 "?sslmode=verify-full"}, "labels": TAGS, "resources": SMALL, "image": {
                                                     "name": f"{MIRROR}/jupyterhub/k8s-hub", "tag": "4.3.1"},
                    "concurrentSpawnLimit": 20, "consecutiveFailureLimit": 5, "allowNamedServers": True,
                    "namedServerLimitPerUser": 2, "activeServerLimit": 60, "redirectToServer": False, "networkPolicy": {
                        "enabled": True}, "pdb": {"enabled": True}, "containerSecurityContext": CLOSED, "extraEnv": {
                            "OAUTH_CLIENT_SECRET": secret_variable("x", "hub", "client-secret")}, "config": {
                                "JupyterHub": {"authenticator_class": "generic-oauth", "admin_access": False},
                                "GenericOAuthenticator": {
                                    "client_id": "notebooks", "oauth_callback_url":
                                    "https://notebooks.bank.ae/hub/oauth_callback", "authorize_url":
                                    f"{LOGIN}/protocol/openid-connect/auth", "token_url":
                                    f"{LOGIN}/protocol/openid-connect/token", "userdata_url":
                                    f"{LOGIN}/protocol/openid-connect/userinfo", "username_claim": "preferred_username",
                                    "allowed_groups": ["analysts"], "admin_groups": [], "claim_groups_key": "groups",
                                    "allow_all": False, "scope": ["openid", "profile", "groups"]}},
                    "extraConfig": {"sessions": HUB}},
            "proxy": {"service": {"type": "ClusterIP"}, "https": {"enabled": True, "type": "secret", "secret": {
                "name": "notebooks-tls"}}, "chp": {"networkPolicy": {"enabled": True}, "resources": SMALL, "pdb": {
                    "enabled": True}}},
            "singleuser": {
                "image": {"name": f"{MIRROR}/notebooks/science", "tag": "2026.11"}, "allowPrivilegeEscalation": False,
                    "uid":
                1000, "fsGid": 100, "cmd": "jupyterhub-singleuser", "defaultUrl": "/lab", "startTimeout": 300,
                    "memory": {
                    "limit": "16G", "guarantee": "4G"}, "cpu": {"limit": 4, "guarantee": 1}, "extraLabels": TAGS,
                        "storage": {
                        "type": "dynamic", "capacity": "20Gi", "dynamic": {"storageClass": "encrypted"}, "extraLabels":
                        TAGS}, "cloudMetadata": {"blockWithIptables": False, "ip": "169.254.169.254"},
                            "networkPolicy": {
                            "enabled": True, "egressAllowRules": {
                                "cloudMetadataServer": False, "dnsPortsCloudMetadataServer": False,
                                    "nonPrivateIPs": False,
                                "privateIPs": False, "dnsPortsPrivateIPs": True, "dnsPortsKubeSystemNamespace": True}},
                "extraEnv": {"HF_HUB_OFFLINE": "1"}, "profileList": [
                    {"display_name": "Small", "default": True, "kubespawner_override": {"cpu_limit": 2,
                        "mem_limit": "8G"}},
                    {"display_name": "GPU", "kubespawner_override": {"extra_resource_limits": {"nvidia.com/gpu":
                        "1"}}}]},
            "scheduling": {"userScheduler": {"enabled": False}, "podPriority": {"enabled": True}, "userPlaceholder": {
                "enabled": True, "replicas": 2}}, "prePuller": {"hook": {"enabled": False}, "continuous": {
                    "enabled": False}}, "cull": {"enabled": True, "timeout": 3600, "maxAge": 36000, "every": 300,
                        "users":
                                                 False}, "ingress": OFF, "rbac": {"create": True}, "debug": {
                                                     "enabled": False}}, "notebooks"),
        reached("notebooks", "notebooks", {"component": "proxy"}, 8443, "gateway")),
        "z2jh.jupyter.org/en/stable/administrator/security; jupyterhub/zero-to-jupyterhub-k8s, jupyterhub/values.yaml",
        ours()),
)  # fmt: skip
