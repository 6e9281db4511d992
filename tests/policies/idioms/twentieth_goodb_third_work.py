"""Good idioms of on-premises clusters: charts of operators, chats, spans, subjects and scale (set 20, third part)."""

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .sixteenth_stores import password, reached
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import FIGURES, certificate, namespace, web
from .twentieth_goodb_data import S3

IDIOMS: tuple[Idiom, ...] = (
    Idiom("operators of Spark and Ray watch the namespaces of teams alone, with hooks, limits and no page", (
        mirrored("spark-operator", "2.4.0", {
            "image": {"registry": MIRROR, "repository": "kubeflow/spark-operator/controller", "tag": "2.4.0"},
            "commonLabels": TAGS, "controller": {
                "replicas": 2, "leaderElection": {"enable": True}, "workers": 10, "logLevel": "info", "uiService": {
                    "enable": False}, "uiIngress": {"enable": False}, "batchScheduler": {"enable": False},
                "resources": SMALL, "podSecurityContext": POD, "securityContext": CLOSED, "podDisruptionBudget": {
                    "enable": True, "minAvailable": 1}, "labels": TAGS},
            "webhook": {"enable": True, "replicas": 2, "failurePolicy": "Fail", "resourceQuotaEnforcement": {
                "enable": True}, "resources": SMALL, "securityContext": CLOSED}, "spark": {
                    "jobNamespaces": ["batch", "risk"], "serviceAccount": {"create": True, "name": "spark"}, "rbac": {
                        "create": True}}, "prometheus": {"metrics": {"enable": True}, "podMonitor": {"create": True}},
            "certManager": {"enable": True, "issuerRef": {"kind": "ClusterIssuer", "name": "bank"}}}),
        mirrored("kuberay-operator", "1.5.0", {
            "image": {"repository": f"{MIRROR}/kuberay/operator", "tag": "v1.5.0"}, "watchNamespace": [
                "training", "models"], "singleNamespaceInstall": False, "crNamespacedRbacEnable": True,
                    "leaderElectionEnabled":
            True, "batchScheduler": {"enabled": False}, "featureGates": [{"name": "RayClusterStatusConditions",
                                                                         "enabled": True}], "labels": TAGS,
            "resources": SMALL, "podSecurityContext": POD, "securityContext": CLOSED, "rbacEnable": True, "env": [
                {"name": "ENABLE_INIT_CONTAINER_INJECTION", "value": "true"}], "metrics": {"enabled": True,
                    "serviceMonitor": {"enabled": True}}, "service": {"type": "ClusterIP"}})),
        "kubeflow/spark-operator, charts; ray-project/kuberay, helm-chart/kuberay-operator, as known",
        ours()),
    Idiom("staff chat with the bank's own models in Open WebUI after sign-in, with no way to other models", (
        *namespace("chat"), password("chat", "chat", "WEBUI_SECRET_KEY", "DATABASE_URL", "OPENAI_API_KEY",
                                     "OAUTH_CLIENT_SECRET"),
        mirrored("open-webui", "8.12.0", {
            "image": {"repository": f"{MIRROR}/open-webui/open-webui", "tag": "v0.6.34"}, "replicaCount": 2,
                "podLabels":
            TAGS, "ollama": {"enabled": False}, "pipelines": {"enabled": False}, "websocket": {
                "enabled": True, "manager": "redis", "redis": {"enabled": False}, "url":
                "rediss://cache.chat.svc:6380/0"}, "openaiBaseApiUrl": "https://litellm.litellm.svc:4000/v1", "sso": {
                    "enabled": True, "enableSignup": True, "mergeAccountsByEmail": False, "enableRoleManagement": True,
                    "enableGroupManagement": True, "oidc": {
                        "enabled": True, "clientId": "chat", "clientExistingSecret": "chat", "clientExistingSecretKey":
                        "OAUTH_CLIENT_SECRET", "providerUrl": f"{LOGIN}/.well-known/openid-configuration",
                            "providerName":
                        "Staff", "scopes": "openid email profile groups"}, "roleManagement": {
                            "rolesClaim": "groups", "allowedRoles": "chat-users", "adminRoles": "chat-admins"}},
            "persistence": {"enabled": True, "provider": "s3", "s3": {
                "endpointUrl": S3, "region": "me-central-1", "bucket": "bank-models", "keyPrefix": "chat",
                "accessKeyExistingSecret": "chat-s3", "accessKeyExistingAccessKey": "key", "secretKeyExistingSecret":
                "chat-s3", "secretKeyExistingSecretKey": "secret"}}, "extraEnvVars": [
                    {"name": "ENABLE_LOGIN_FORM", "value": "false"}, {"name": "ENABLE_SIGNUP", "value": "false"},
                    {"name": "ENABLE_OLLAMA_API", "value": "false"}, {"name": "OFFLINE_MODE", "value": "true"},
                    {"name": "ANONYMIZED_TELEMETRY", "value": "false"}, {"name": "SCARF_NO_ANALYTICS", "value": "true"},
                    {"name": "ENABLE_COMMUNITY_SHARING", "value": "false"}, {"name": "ENABLE_WEB_SEARCH", "value":
                        "false"},
                    {"name": "DEFAULT_USER_ROLE", "value": "user"}, {"name": "WEBUI_SESSION_COOKIE_SECURE", "value":
                        "true"},
                    secret_variable("WEBUI_SECRET_KEY", "chat", "WEBUI_SECRET_KEY"),
                    secret_variable("OPENAI_API_KEY", "chat", "OPENAI_API_KEY"),
                    secret_variable("DATABASE_URL", "chat", "DATABASE_URL")], "resources": LARGE, "podSecurityContext":
            POD, "containerSecurityContext": CLOSED, "ingress": {"enabled": False}, "service": {"type": "ClusterIP"}},
            "chat"),
        web("open-webui", "chat", "chat.bank.ae", 80)),
        "open-webui/helm-charts, charts/open-webui; docs.openwebui.com/getting-started/env-configuration, as known",
        ours()),
    Idiom("spans and scores of answers are kept in Langfuse of the bank's own stores, for staff of its sign-in", (
        *namespace("langfuse"), password("langfuse", "langfuse", "salt", "nextauth", "encryption-key", "postgres",
                                         "clickhouse", "redis", "s3-key", "s3-secret", "client-secret"),
        mirrored("langfuse", "1.5.12", {
            "langfuse": {
                "image": {"tag": "3.124.0"}, "salt": {"secretKeyRef": {"name": "langfuse", "key": "salt"}},
                    "encryptionKey": {
                    "secretKeyRef": {"name": "langfuse", "key": "encryption-key"}}, "nextauth": {
                        "url": "https://spans.bank.ae", "secret": {"secretKeyRef": {"name": "langfuse", "key":
                                                                                    "nextauth"}}},
                "features": {"telemetryEnabled": False, "signUpDisabled": True, "experimentalFeaturesEnabled": False},
                "auth": {"disableUsernamePassword": True, "providers": {"keycloak": {
                    "clientId": "langfuse", "clientSecret": {"secretKeyRef": {"name": "langfuse", "key":
                        "client-secret"}},
                    "issuer": LOGIN, "allowAccountLinking": False}}}, "web": {"replicas": 2, "resources": LARGE,
                        "pod": {
                        "labels": TAGS}}, "worker": {"replicas": 2, "resources": LARGE}, "securityContext": CLOSED,
                "podSecurityContext": POD, "ingress": {"enabled": False}, "additionalEnv": [
                    {"name": "LANGFUSE_DEFAULT_PROJECT_ROLE", "value": "VIEWER"}]},
            "postgresql": {"deploy": False, "host": "db.bank.ae", "auth": {
                "username": "langfuse", "database": "langfuse", "existingSecret": "langfuse", "secretKeys": {
                    "userPasswordKey": "postgres"}}, "args": "sslmode=verify-full"}, "clickhouse": {
                        "deploy": False, "host": "clickhouse.langfuse.svc", "httpPort": 8443, "nativePort": 9440,
                            "migration": {
                            "ssl": True, "url": "clickhouse://clickhouse.langfuse.svc:9440"}, "auth": {
                                "username": "langfuse", "existingSecret": "langfuse", "existingSecretKey":
                                    "clickhouse"}},
            "redis": {"deploy": False, "host": "cache.langfuse.svc", "port": 6380, "tls": {"enabled": True}, "auth": {
                "existingSecret": "langfuse", "existingSecretPasswordKey": "redis"}}, "s3": {
                    "deploy": False, "bucket": "bank-traces", "region": "me-central-1", "endpoint": S3,
                        "forcePathStyle":
                    True, "accessKeyId": {"secretKeyRef": {"name": "langfuse", "key": "s3-key"}}, "secretAccessKey": {
                        "secretKeyRef": {"name": "langfuse", "key": "s3-secret"}}}}),
        web("langfuse-web", "langfuse", "spans.bank.ae", 3000)),
        "langfuse/langfuse-k8s, charts/langfuse/README.md; langfuse.com/self-hosting/configuration, as known", ours()),
    Idiom("subjects of NATS are kept by JetStream of three servers with TLS, accounts in a secret, and sealed disks", (
        *namespace("nats"), certificate("nats", "nats", "*.nats-headless.nats.svc"),
        mirrored("nats", "2.12.0", {
            "global": {"image": {"registry": MIRROR}, "labels": TAGS}, "config": {
                "cluster": {"enabled": True, "replicas": 3, "tls": {"enabled": True, "secretName": "nats-tls"}},
                    "jetstream": {
                    "enabled": True, "fileStore": {"pvc": {"size": "50Gi", "storageClassName": "encrypted"}}, "merge": {
                        "cipher": "aes", "key": "<< $JS_KEY >>"}}, "nats": {"tls": {
                            "enabled": True, "secretName": "nats-tls", "merge": {"verify": True, "timeout": 5}}},
                "monitor": {"enabled": True, "tls": {"enabled": True}}, "websocket": {"enabled": False}, "resolver": {
                    "enabled": True, "pvc": {"size": "1Gi", "storageClassName": "encrypted"}, "merge": {
                        "type": "full", "allow_delete": False, "interval": "2m"}}, "merge": {
                            "operator": "<< $OPERATOR >>", "system_account": "<< $SYSTEM >>", "max_payload": "1MB",
                            "logtime": True, "debug": False}}, "container": {
                "env": {key: {"valueFrom": {"secretKeyRef": {"name": "nats", "key": key}}} for key in (
                    "JS_KEY", "OPERATOR", "SYSTEM")}, "merge": {"resources": LARGE, "securityContext": CLOSED}},
            "reloader": {"enabled": True, "merge": {"securityContext": CLOSED, "resources": SMALL}}, "promExporter": {
                "enabled": True, "podMonitor": {"enabled": True}}, "podDisruptionBudget": {"enabled": True},
            "natsBox": {"enabled": False}, "podTemplate": {"topologySpreadConstraints": {"kubernetes.io/hostname": {
                "maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule"}}, "merge": {"spec": {"securityContext": POD}}},
            "service": {"merge": {"spec": {"type": "ClusterIP"}}}}),
        reached("nats", "nats", {"app.kubernetes.io/name": "nats"}, 4222, "apps")),
        "nats-io/k8s, helm/charts/nats; docs.nats.io/running-a-nats-service/configuration/securing_nats, as known",
        ours()),
    Idiom("the platform's helpers of scale are charts of two copies: metrics, descheduler, VPA, KEDA and Reloader", (
        mirrored("metrics-server", "3.13.0", {
            "image": {"repository": f"{MIRROR}/metrics-server/metrics-server", "tag": "v0.8.0"}, "replicas": 2,
            "commonLabels": TAGS, "args": ["--kubelet-certificate-authority=/ca/ca.crt",
                "--tls-min-version=VersionTLS12"],
            "apiService": {"insecureSkipTLSVerify": False, "create": True}, "tls": {"type": "cert-manager",
                "certManager": {
                "addInjectorAnnotations": True, "existingIssuer": {"enabled": True, "kind": "ClusterIssuer", "name":
                                                                   "bank"}}},
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "resources": SMALL, "hostNetwork": {
                "enabled": False}, "extraVolumes": [{"name": "ca", "configMap": {"name": "kubelet-authority"}}],
            "extraVolumeMounts": [{"name": "ca", "mountPath": "/ca", "readOnly": True}]}, "kube-system"),
        mirrored("descheduler", "0.34.0", {
            "image": {"repository": f"{MIRROR}/descheduler/descheduler", "tag": "v0.34.0"}, "kind": "Deployment",
                "replicas":
            2, "leaderElection": {"enabled": True}, "commonLabels": TAGS, "resources": SMALL, "deschedulingInterval":
                "10m",
            "deschedulerPolicyAPIVersion": "descheduler/v1alpha2", "deschedulerPolicy": {
                "maxNoOfPodsToEvictPerNode": 5, "maxNoOfPodsToEvictPerNamespace": 5, "profiles": [{
                    "name": "default", "pluginConfig": [
                        {"name": "DefaultEvictor", "args": {"nodeFit": True, "evictLocalStoragePods": False,
                                                            "evictSystemCriticalPods": False, "ignorePvcPods": True,
                                                            "minReplicas": 2}},
                        {"name": "RemoveDuplicates"}, {"name": "LowNodeUtilization", "args": {
                            "thresholds": {"cpu": 20, "memory": 20}, "targetThresholds": {"cpu": 60, "memory": 60}}}],
                    "plugins": {"balance": {"enabled": ["RemoveDuplicates", "LowNodeUtilization"]}}}]}}, "kube-system"),
        mirrored("keda", "2.18.1", {
            "image": {"keda": {"registry": MIRROR, "repository": "kedacore/keda"}}, "additionalLabels": TAGS,
                "operator": {
                "replicaCount": 2}, "metricsServer": {"replicaCount": 2}, "webhooks": {
                    "enabled": True, "replicaCount": 2, "failurePolicy": "Fail"}, "certificates": {
                        "autoGenerated": True, "certManager": {"enabled": True, "generateCA": False, "caSecretName":
                                                               "keda-ca", "issuer": {"generate": False, "name": "bank",
                                                                                    "kind": "ClusterIssuer"}}},
            "podDisruptionBudget": {"operator": {"minAvailable": 1}}, "watchNamespace": "models", "resources": {
                "operator": SMALL, "metricServer": SMALL, "webhooks": SMALL}, "securityContext": {"operator": CLOSED},
            "permissions": {"operator": {"restrict": {"secret": True}}}, "rbac": {"create": True,
                                                                                 "aggregateToDefaultRoles": False},
            "prometheus": {"operator": {"enabled": True, "serviceMonitor": FIGURES}}, "networkPolicy": {"enabled":
                True}})),
        "kubernetes-sigs/metrics-server and descheduler, charts; kedacore/charts, keda/values.yaml, as known", ours()),
)  # fmt: skip
