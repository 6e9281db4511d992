"""Good idioms of on-premises clusters: charts of data, models, records and builds (set 20, blind)."""

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .sixteenth_stores import password, reached
from .twelfth_charts import LARGE, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import apart, certificate, namespace, web

GPU = {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": 1}, "limits": {
    "cpu": "16", "memory": "64Gi", "nvidia.com/gpu": 1}}  # fmt: skip
TAINTED = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]
S3 = "https://objects.bank.ae"


def disk(size: str) -> dict[str, object]:
    """Returns the values of a sealed disk as most charts name them."""
    return {"enabled": True, "storageClass": "encrypted", "accessModes": ["ReadWriteOnce"], "size": size,
            "labels": TAGS}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("traces lie in Tempo of many parts, in the bank's bucket, each team's own, with spans counted", (
        *namespace("tempo"), password("tempo-s3", "tempo", "ACCESS_KEY", "SECRET_KEY"),
        mirrored("tempo-distributed", "1.48.0", {
            "global": {"image": {"registry": MIRROR}}, "reportingEnabled": False, "multitenancyEnabled": True,
            "storage": {"trace": {"backend": "s3", "s3": {
                "bucket": "bank-traces", "endpoint": "objects.bank.ae", "region": "me-central-1", "insecure": False,
                "access_key": "${ACCESS_KEY}", "secret_key": "${SECRET_KEY}", "forcepathstyle": True, "sse": {
                    "type": "SSE-KMS", "kms_key_id": "tempo"}}}},
            "ingester": {"replicas": 3, "resources": LARGE, "persistence": {"enabled": True, "size": "20Gi",
                "storageClass": "encrypted"}, "zoneAwareReplication": {"enabled": False}, "extraArgs": [
                    "-config.expand-env=true"], "extraEnvFrom": [{"secretRef": {"name": "tempo-s3"}}],
                "config": {"replication_factor": 3}},
            "distributor": {"replicas": 2, "resources": SMALL, "config": {"log_received_spans": {"enabled": False}}},
            "compactor": {"replicas": 1, "resources": SMALL, "config": {"compaction": {"block_retention": "336h"}},
                          "extraArgs": ["-config.expand-env=true"], "extraEnvFrom": [
                              {"secretRef": {"name": "tempo-s3"}}]},
            "querier": {"replicas": 2, "resources": SMALL}, "queryFrontend": {"replicas": 2, "resources": SMALL,
                "query": {"enabled": False}}, "metricsGenerator": {"enabled": True, "replicas": 2, "config": {
                    "storage": {"remote_write": [{"url": "https://figures.bank.ae/api/v1/write", "headers": {
                        "X-Scope-OrgID": "platform"}}]}}},
            "traces": {"otlp": {"grpc": {"enabled": True}, "http": {"enabled": True}}, "jaeger": {"grpc": {
                "enabled": False}}, "zipkin": {"enabled": False}}, "gateway": {"enabled": False}, "metaMonitoring": {
                    "serviceMonitor": {"enabled": True}}, "tempo": {
                        "securityContext": CLOSED, "podSecurityContext": POD, "podLabels": TAGS},
            "overrides": {"defaults": {"ingestion": {"rate_limit_bytes": 15000000}, "metrics_generator": {
                "processors": ["service-graphs", "span-metrics"]}}}}, "tempo"),
        reached("otlp", "tempo", {"app.kubernetes.io/component": "distributor"}, 4317, "collectors")),
        "grafana/helm-charts, charts/tempo-distributed; grafana.com/docs/tempo/latest/operations, as known", ours()),
    Idiom("papers are searched in OpenSearch of three nodes that know each other by certificates", (
        *namespace("opensearch"), password("opensearch-admin", "opensearch", "password"),
        certificate("opensearch", "opensearch", "search.bank.ae"),
        mirrored("opensearch", "3.3.2", {
            "clusterName": "papers", "nodeGroup": "data", "replicas": 3, "roles": ["master", "ingest", "data"],
                "image": {
                "repository": f"{MIRROR}/opensearchproject/opensearch", "tag": "3.3.1"}, "labels": TAGS,
            "opensearchJavaOpts": "-Xmx4g -Xms4g", "resources": {"requests": {"cpu": "2", "memory": "8Gi"}, "limits": {
                "cpu": "4", "memory": "8Gi"}}, "persistence": {**disk("200Gi"), "enableInitChown": False},
            "antiAffinity": "hard", "topologySpreadConstraints": apart("opensearch"), "podSecurityContext": POD,
            "securityContext": {"allowPrivilegeEscalation": False, "runAsNonRoot": True, "capabilities": {
                "drop": ["ALL"]}, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
            "sysctl": {"enabled": False}, "sysctlInit": {"enabled": False}, "singleNode": False, "protocol": "https",
            "rbac": {"create": False, "automountServiceAccountToken": False}, "extraEnvs": [
                {"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"},
                secret_variable("OPENSEARCH_INITIAL_ADMIN_PASSWORD", "opensearch-admin", "password")],
            "secretMounts": [{"name": "tls", "secretName": "opensearch-tls", "path":
                              "/usr/share/opensearch/config/tls"}], "config": {"opensearch.yml":
                "cluster.name: papers\nnetwork.host: 0.0.0.0\nplugins:\n  security:\n    ssl:\n      transport:\n"
                "        pemcert_filepath: tls/tls.crt\n        pemkey_filepath: tls/tls.key\n"
                "        pemtrustedcas_filepath: tls/ca.crt\n        enforce_hostname_verification: true\n"
                "      http:\n        enabled: true\n        pemcert_filepath: tls/tls.crt\n"
                "        pemkey_filepath: tls/tls.key\n        pemtrustedcas_filepath: tls/ca.crt\n"
                "        clientauth_mode: OPTIONAL\n        enabled_protocols: [TLSv1.2, TLSv1.3]\n"
                "    allow_default_init_securityindex: true\n    nodes_dn:\n      - CN=opensearch.opensearch.svc\n"
                "    authcz:\n      admin_dn:\n        - CN=opensearch-admin,O=bank\n    audit:\n"
                "      type: internal_opensearch\n    restapi:\n      roles_enabled: [all_access]\n"},
            "networkPolicy": {"create": True}, "podDisruptionBudget": {}, "maxUnavailable": 1, "serviceMonitor": {
                "enabled": True, "scheme": "https"}, "ingress": {"enabled": False}, "service": {"type": "ClusterIP"}}),
        reached("opensearch", "opensearch", {"app.kubernetes.io/name": "opensearch"}, 9200, "papers")),
        "opensearch-project/helm-charts, charts/opensearch; docs.opensearch.org/latest/security/configuration/tls, "
        "as known on 2026-11-30", ours()),
    Idiom("experiments of data scientists are on record in MLflow after sign-in, in the bank's bucket", (
        *namespace("mlflow"), password("mlflow-database", "mlflow", "username", "password"),
        password("mlflow-s3", "mlflow", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        mirrored("mlflow", "1.8.0", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/community-charts/mlflow", "tag": "3.5.0"},
            "auth": {"enabled": True, "existingAdminSecret": {"name": "mlflow-admin"}}, "backendStore": {
                "databaseMigration": True, "databaseConnectionCheck": True, "postgres": {
                "enabled": True, "host": "db.bank.ae", "port": 5432, "database": "mlflow", "driver": "psycopg2"},
                "existingDatabaseSecret": {"name": "mlflow-database", "usernameKey": "username", "passwordKey":
                                           "password"}},
            "artifactRoot": {"proxiedArtifactStorage": True, "s3": {
                "enabled": True, "bucket": "bank-experiments", "path": "mlflow", "existingSecret": {
                    "name": "mlflow-s3", "keyOfAccessKeyId": "AWS_ACCESS_KEY_ID", "keyOfSecretAccessKey":
                    "AWS_SECRET_ACCESS_KEY"}}}, "extraEnvVars": {
                        "MLFLOW_S3_ENDPOINT_URL": S3, "AWS_REGION": "me-central-1", "PGSSLMODE": "verify-full",
                        "PGSSLROOTCERT": "/ca/ca.crt", "MLFLOW_DISABLE_TELEMETRY": "true"}, "extraArgs": {
                            "workers": "4"}, "log": {"enabled": True, "level": "info"}, "podLabels": TAGS, "resources":
            LARGE, "podSecurityContext": POD, "securityContext": CLOSED, "serviceMonitor": {"enabled": True},
            "extraVolumes": [{"name": "ca", "secret": {"secretName": "bank-authority"}}], "extraVolumeMounts": [
                {"name": "ca", "mountPath": "/ca", "readOnly": True}], "service": {"type": "ClusterIP", "port": 5000},
            "ingress": {"enabled": False}, "serviceAccount": {"create": True, "automount": False}}),
        mirrored("oauth2-proxy", "8.3.2", {
            "replicaCount": 2, "image": {"registry": MIRROR, "repository": "oauth2-proxy/oauth2-proxy", "tag":
                                         "v7.12.0"}, "podLabels": TAGS, "config": {
                "existingSecret": "mlflow-sign-in", "configFile":
                "provider = \"oidc\"\noidc_issuer_url = \"https://login.bank.ae/realms/staff\"\n"
                "email_domains = [ \"bank.ae\" ]\nallowed_groups = [ \"data-science\" ]\n"
                "upstreams = [ \"http://mlflow.mlflow.svc.cluster.local:5000\" ]\ncookie_secure = true\n"
                "cookie_samesite = \"lax\"\ncookie_httponly = true\ncode_challenge_method = \"S256\"\n"
                "skip_provider_button = true\nreverse_proxy = true\nhttps_address = \":4443\"\n"
                "tls_cert_file = \"/tls/tls.crt\"\ntls_key_file = \"/tls/tls.key\"\ntls_min_version = \"TLS1.2\"\n"},
            "resources": SMALL, "securityContext": {**CLOSED, "enabled": True, "runAsUser": 2000}, "extraVolumes": [
                {"name": "tls", "secret": {"secretName": "mlflow-tls"}}], "extraVolumeMounts": [
                    {"name": "tls", "mountPath": "/tls", "readOnly": True}], "podDisruptionBudget": {
                        "enabled": True, "minAvailable": 1}, "sessionStorage": {"type": "cookie"}}, "mlflow"),
        certificate("mlflow", "mlflow", "experiments.bank.ae"),
        web("oauth2-proxy", "mlflow", "experiments.bank.ae", 443)),
        "community-charts/helm-charts, charts/mlflow; mlflow.org/docs/latest/self-hosting, as known", ours()),
    Idiom("teams ask models through LiteLLM of two pods, with keys, limits and nothing sent outside", (
        *namespace("litellm"), password("litellm", "litellm", "masterkey"), password("litellm-env", "litellm",
            "LLAMA_KEY", "REDIS_PASSWORD"), password("litellm-database", "litellm", "username", "password"),
        mirrored("litellm-helm", "0.1.796", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/berriai/litellm-database", "tag":
                                         "v1.79.1-stable"}, "masterkeySecretName": "litellm", "masterkeySecretKey":
            "masterkey", "podLabels": TAGS, "environmentSecrets": ["litellm-env"], "proxy_config": {
                "model_list": [{"model_name": "arabic-chat", "litellm_params": {
                    "model": "openai/jais-family-30b", "api_base": "https://vllm.models.svc:8443/v1", "api_key":
                    "os.environ/LLAMA_KEY", "rpm": 600, "tpm": 400000}, "model_info": {"mode": "chat"}}],
                "litellm_settings": {
                    "telemetry": False, "drop_params": True, "num_retries": 2, "request_timeout": 120, "json_logs":
                        True,
                    "turn_off_message_logging": True, "callbacks": ["prometheus"], "cache": True, "cache_params": {
                        "type": "redis", "host": "cache.litellm.svc", "port": 6380, "ssl": True, "password":
                        "os.environ/REDIS_PASSWORD"}},
                "router_settings": {"routing_strategy": "least-busy", "enable_pre_call_checks": True},
                "general_settings": {"master_key": "os.environ/PROXY_MASTER_KEY", "store_model_in_db": False,
                                     "disable_spend_logs": False, "disable_error_logs": True,
                                     "proxy_batch_write_at": 60, "maximum_spend_logs_retention_period": "90d"}},
            "db": {"useExisting": True, "deployStandalone": False, "endpoint": "db.bank.ae", "database": "litellm",
                   "url": "postgresql://$(DATABASE_USERNAME):$(DATABASE_PASSWORD)@$(DATABASE_HOST)/$(DATABASE_NAME)"
                          "?sslmode=verify-full", "secret": {"name": "litellm-database", "usernameKey": "username",
                                                             "passwordKey": "password"}},
            "migrationJob": {"enabled": True, "ttlSecondsAfterFinished": 300}, "redis": {"enabled": False},
            "resources": LARGE, "podSecurityContext": POD, "securityContext": CLOSED, "autoscaling": {
                "enabled": True, "minReplicas": 2, "maxReplicas": 6}, "ingress": {"enabled": False}, "pdb": {
                    "enabled": True, "minAvailable": 1}, "serviceAccount": {"create": True, "automount": False},
            "serviceMonitor": {"enabled": True}}, "litellm"),
        reached("litellm", "litellm", {"app.kubernetes.io/name": "litellm"}, 4000, "assistants")),
        "BerriAI/litellm, deploy/charts/litellm-helm; docs.litellm.ai/docs/proxy/prod, as known on 2026-11-30", ours()),
    Idiom("the GPU operator runs drivers, MIG and figures of H100 machines from the bank's mirror", (
        mirrored("gpu-operator", "v25.10.0", {
            "operator": {"repository": f"{MIRROR}/nvidia", "upgradeCRD": False, "cleanupCRD": False, "logging": {
                "develMode": False}}, "nfd": {"enabled": True}, "psa": {"enabled": True}, "cdi": {
                    "enabled": True, "default": True}, "mig": {"strategy": "mixed"}, "migManager": {
                "enabled": True, "repository": f"{MIRROR}/nvidia/cloud-native", "config": {
                    "name": "mig-parted", "default": "all-disabled"}},
            "driver": {"enabled": True, "repository": f"{MIRROR}/nvidia", "version": "580.95.05",
                "useOpenKernelModules":
                       True, "rdma": {"enabled": True, "useHostMofed": True}, "upgradePolicy": {
                           "autoUpgrade": True, "maxParallelUpgrades": 1, "maxUnavailable": "25%", "drain": {
                               "enable": False, "force": False}}, "manager": {"repository":
                                                                              f"{MIRROR}/nvidia/cloud-native"}},
            "toolkit": {"enabled": True, "repository": f"{MIRROR}/nvidia/k8s"}, "devicePlugin": {
                "enabled": True, "repository": f"{MIRROR}/nvidia", "config": {"name": "sharing", "default": "none"}},
            "dcgm": {"enabled": True, "repository": f"{MIRROR}/nvidia/cloud-native"}, "dcgmExporter": {
                "enabled": True, "repository": f"{MIRROR}/nvidia/k8s", "serviceMonitor": {
                    "enabled": True, "interval": "15s", "honorLabels": False}}, "gfd": {
                        "enabled": True, "repository": f"{MIRROR}/nvidia"}, "validator": {
                            "repository": f"{MIRROR}/nvidia"}, "gds": {"enabled": False}, "gdrcopy": {"enabled": True},
            "sandboxWorkloads": {"enabled": False}, "ccManager": {"enabled": False}, "daemonsets": {
                "labels": TAGS, "tolerations": TAINTED, "priorityClassName": "system-node-critical", "updateStrategy":
                "RollingUpdate"}}),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest, Common chart customization options, read "
        "2026-11-30", ours()),
)  # fmt: skip
