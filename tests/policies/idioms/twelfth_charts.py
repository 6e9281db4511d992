"""Good idioms of clusters: charts from the company's mirror with the values of production (twelfth set, blind)."""

import json

from ..blind import KUBE, ME, TAGS
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, INTERNAL, SMALL, secret_variable

MIRROR = "registry.bank.ae"
DIGEST = "sha256:" + "b" * 64
LOGIN = "https://login.bank.ae/realms/staff"
CALLERS = {"authenticated_gateways": dict.fromkeys(
    ("gateway/apps", "gateway/inner"), "clients show certificates of the bank's authority")}  # fmt: skip
BUCKETS = ("bank-*", "bank-backups", "bank-experiments", "bank-models", "bank-traces")
POD = {"runAsNonRoot": True, "runAsUser": 10001, "fsGroup": 10001, "seccompProfile": {"type": "RuntimeDefault"}}
LARGE = {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}}
DEX = {
    "issuer": "https://sso.bank.ae", "storage": {"type": "kubernetes", "config": {"inCluster": True}},
    "web": {"https": "0.0.0.0:5554", "tlsCert": "/etc/dex/tls/tls.crt", "tlsKey": "/etc/dex/tls/tls.key",
            "tlsMinVersion": "1.2"},
    "oauth2": {"responseTypes": ["code"], "skipApprovalScreen": True, "passwordConnector": ""},
    "expiry": {"idTokens": "1h", "signingKeys": "6h", "refreshTokens": {"validIfNotUsedFor": "8h"}},
    "enablePasswordDB": False, "connectors": [{"type": "ldap", "id": "ldap", "name": "Staff", "config": {
        "host": "ldap.bank.ae:636", "insecureNoSSL": False, "insecureSkipVerify": False, "startTLS": False,
        "rootCA": "/etc/dex/ca/ca.crt", "bindDN": "cn=dex,ou=services,dc=bank,dc=ae", "bindPW": "$LDAP_PASSWORD",
        "userSearch": {"baseDN": "ou=people,dc=bank,dc=ae", "username": "uid", "idAttr": "uid", "emailAttr": "mail"},
        "groupSearch": {"baseDN": "ou=groups,dc=bank,dc=ae", "nameAttr": "cn", "userMatchers": [
            {"userAttr": "DN", "groupAttr": "member"}]}}}],
    "staticClients": [{"id": "notebooks", "name": "Notebooks", "secretEnv": "NOTEBOOKS_SECRET",
                       "redirectURIs": ["https://notebooks.bank.ae/hub/oauth_callback"]}]}  # fmt: skip
ZOT = {
    "distSpecVersion": "1.1.1", "log": {"level": "info"}, "storage": {
        "rootDirectory": "/var/lib/registry", "dedupe": True, "gc": True, "gcInterval": "24h"},
    "http": {"address": "0.0.0.0", "port": "5000", "externalUrl": "https://images.bank.ae",  # noqa: S104
             "realm": "zot",
             "tls": {"cert": "/etc/zot/tls/tls.crt", "key": "/etc/zot/tls/tls.key"},
             "auth": {"failDelay": 5, "openid": {"providers": {"oidc": {
                 "name": "Staff", "issuer": LOGIN, "credentialsFile": "/etc/zot/oidc/credentials.json",
                 "scopes": ["openid", "groups"]}}}},
             "accessControl": {"adminPolicy": {"groups": ["registry-admins"],
                                               "actions": ["read", "create", "update", "delete"]},
                               "repositories": {"models/**": {"policies": [
                                   {"groups": ["ml-platform"], "actions": ["read", "create"]}], "defaultPolicy": []}}}},
    "extensions": {"metrics": {"enable": True}, "search": {"enable": False}, "ui": {"enable": False}}}  # fmt: skip
ICEBERG = """connector.name=iceberg
iceberg.catalog.type=glue
hive.metastore.glue.region=me-central-1
fs.native-s3.enabled=true
s3.region=me-central-1
s3.sse.type=KMS
"""


def image(name: str) -> str:
    """Returns an image of the company's mirror by its digest."""
    return f"{MIRROR}/{name}@{DIGEST}"


def mirrored(chart: str, version: str, values: dict[str, object], namespace: str = "") -> Given:
    """Returns a release of a chart that the company's mirror holds."""
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://{MIRROR}/charts/{chart}", "version": version, "namespace": namespace or chart, "atomic": True,
        "name": chart, "timeout": 600, "values": values}, chart, provider=KUBE)  # fmt: skip


def ours(*groups: str, prices: tuple[str, ...] = (), **more: object) -> dict[str, object]:
    """Returns what the bank lists: its names, its mirror, its sign-in, its operators and what their objects cost."""
    approved = {"aed_per_month": 4000, "reason": "approved with the budget of the platform"}
    return {
        "residency": {"known": {"bank.ae": "our own domain, in our data centre in Abu Dhabi",
                                "@bank.ae": "our own mail", **dict.fromkeys(BUCKETS, "our own, in me-central-1")}},
        "identity": {"trusted": {"login.bank.ae": "our own sign-in", "sso.bank.ae": "our own sign-in"}},
        "escape": {"image_publishers": {MIRROR: "the company's mirror of reviewed images"},
                   "helm_sources": {f"oci://{MIRROR}": "the company's mirror of reviewed charts"},
                   "allowed_types": {f"kubernetes:{group}/*": "our operator, reviewed; makes pods and services of its "
                                     "kind" for group in groups}},
        "cost": {"unpriced": {f"kubernetes:{price}": approved for price in prices}}, **more}  # fmt: skip


def identity(role: str) -> dict[str, object]:
    """Returns a service account of a chart with a role of the account."""
    return {"create": True, "annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/{role}"}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("experiments are tracked by MLflow with its records in PostgreSQL and its files in the bucket", (mirrored(
        "mlflow", "1.8.1", {
            "image": {"repository": f"{MIRROR}/mlflow", "tag": "3.6.0"}, "replicaCount": 2, "extraPodLabels": TAGS,
            "backendStore": {"databaseMigration": True, "databaseConnectionCheck": True, "postgres": {
                "enabled": True, "host": "mlflow-db-rw.data.svc.cluster.local", "port": 5432, "database": "mlflow"},
                "existingDatabaseSecret": {"name": "mlflow-db", "usernameKey": "username", "passwordKey": "password"}},
            "artifactRoot": {"proxiedArtifactStorage": True, "s3": {
                "enabled": True, "bucket": "bank-experiments", "path": "mlflow"}},
            "auth": {"enabled": True, "existingAdminSecret": {
                "name": "mlflow-admin", "usernameKey": "username", "passwordKey": "password"}},
            "serviceAccount": identity("mlflow"), "ingress": {"enabled": False}, "service": {"type": "ClusterIP"},
            "extraEnvVars": {"AWS_DEFAULT_REGION": "me-central-1", "PGSSLMODE": "verify-full",
                             "MLFLOW_DISABLE_TELEMETRY": "true"},
            "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE,
            "serviceMonitor": {"enabled": True}}),), "github.com/community-charts/helm-charts, charts/mlflow", ours()),
    Idiom("traces of tenants are kept by Tempo for two weeks", (mirrored("tempo-distributed", "1.57.0", {
        "global": {"image": {"registry": MIRROR}}, "multitenancyEnabled": True, "reportingEnabled": False,
        "serviceAccount": identity("tempo"), "storage": {"trace": {"backend": "s3", "s3": {
            "bucket": "bank-traces", "region": "me-central-1", "endpoint": "s3.me-central-1.amazonaws.com",
            "insecure": False}}},
        "compactor": {"config": {"compaction": {"block_retention": "336h"}}, "resources": SMALL},
        "ingester": {"replicas": 3, "persistence": {"enabled": True, "size": "20Gi", "storageClass": "encrypted"},
                     "resources": LARGE},
        "traces": {"otlp": {"grpc": {"enabled": True, "receiverConfig": {"tls": {
            "cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key", "client_ca_file": "/tls/ca.crt"}}},
            "http": {"enabled": False}}},
        "gateway": {"enabled": False}, "tempo": {"podLabels": TAGS, "securityContext": CLOSED}}),),
        "grafana.com/docs/tempo/latest/setup/helm-chart", ours()),
    Idiom("metrics of pods are served with a certificate of the cluster's issuer", (mirrored(
        "metrics-server", "3.13.0", {
        "image": {"repository": f"{MIRROR}/metrics-server/metrics-server"}, "replicas": 2, "commonLabels": TAGS,
        "apiService": {"create": True, "insecureSkipTLSVerify": False}, "args": [
            "--kubelet-certificate-authority=/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
            "--tls-min-version=VersionTLS12"],
        "tls": {"type": "cert-manager", "certManager": {"existingIssuer": {
            "enabled": True, "kind": "ClusterIssuer", "name": "bank"}}},
        "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "resources": SMALL,
        "securityContext": {**CLOSED, "runAsUser": 1000}}, "kube-system"),),
        "github.com/kubernetes-sigs/metrics-server, charts/metrics-server", ours()),
    Idiom("names of services are written to the private zone of the bank only", (mirrored("external-dns", "1.19.0", {
        "image": {"repository": f"{MIRROR}/external-dns/external-dns", "tag": "v0.19.0"},
        "provider": {"name": "aws"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "dc1-platform",
        "domainFilters": ["apps.bank.ae"], "sources": ["service", "gateway-httproute"], "interval": "5m",
        "extraArgs": ["--aws-zone-type=private", "--aws-prefer-cname"], "serviceAccount": identity("external-dns"),
        "env": [{"name": "AWS_DEFAULT_REGION", "value": "me-central-1"}], "podLabels": TAGS, "resources": SMALL,
        "securityContext": CLOSED, "serviceMonitor": {"enabled": True}}),),
        "kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws", ours()),
    Idiom("the controller of gateways allows neither patches nor backends by address", (mirrored(
        "gateway-helm", "v1.6.0", {
            "global": {"images": {"envoyGateway": {"image": image("envoyproxy/gateway")},
                                  "ratelimit": {"image": image("envoyproxy/ratelimit")}}},
            "deployment": {"replicas": 2, "envoyGateway": {"resources": SMALL, "securityContext": CLOSED},
                           "pod": {"labels": TAGS}},
            "podDisruptionBudget": {"minAvailable": 1}, "config": {"envoyGateway": {
                "gateway": {"controllerName": "gateway.envoyproxy.io/gatewayclass-controller"},
                "extensionApis": {"enableEnvoyPatchPolicy": False, "enableBackend": False},
                "logging": {"level": {"default": "info"}},
                "provider": {"type": "Kubernetes", "kubernetes": {"leaderElection": {"disable": False}}},
                "rateLimit": {"backend": {"type": "Redis", "redis": {
                    "url": "limits.platform.svc.cluster.local:6380", "tls": {"certificateRef": {
                        "name": "limits-tls"}}}}}}}}, "envoy-gateway-system"),),
        "gateway.envoyproxy.io/docs/install/gateway-helm-api", ours(), charts=("gateway-helm",)),
    Idiom("staff sign in by Dex against the directory over LDAPS", (mirrored("dex", "0.24.0", {
        "image": {"repository": f"{MIRROR}/dexidp/dex", "tag": "v2.44.0-distroless"}, "replicaCount": 2,
        "config": DEX, "https": {"enabled": True}, "grpc": {"enabled": False}, "ingress": {"enabled": False},
        "envVars": [secret_variable("LDAP_PASSWORD", "dex-ldap", "password"),
                    secret_variable("NOTEBOOKS_SECRET", "dex-clients", "notebooks")],
        "volumes": [{"name": "tls", "secret": {"secretName": "dex-tls"}},
                    {"name": "ca", "configMap": {"name": "bank-authority"}}],
        "volumeMounts": [{"name": "tls", "mountPath": "/etc/dex/tls", "readOnly": True},
                         {"name": "ca", "mountPath": "/etc/dex/ca", "readOnly": True}],
        "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "commonLabels": TAGS,
        "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL}),),
        "dexidp.io/docs/connectors/ldap", ours()),
    Idiom("answers of models are traced by Langfuse with databases of the platform", (mirrored("langfuse", "1.5.9", {
        "langfuse": {
            "image": {"tag": "3.130.0"}, "web": {"image": {"repository": f"{MIRROR}/langfuse/langfuse"}, "replicas": 2,
                                                 "resources": LARGE},
            "worker": {"image": {"repository": f"{MIRROR}/langfuse/langfuse-worker"}, "resources": LARGE},
            "features": {"telemetryEnabled": False, "signUpDisabled": True, "experimentalFeaturesEnabled": False},
            "salt": {"secretKeyRef": {"name": "langfuse", "key": "salt"}},
            "encryptionKey": {"secretKeyRef": {"name": "langfuse", "key": "encryption-key"}},
            "nextauth": {"url": "https://traces.bank.ae", "secret": {"secretKeyRef": {
                "name": "langfuse", "key": "nextauth"}}},
            "serviceAccount": identity("langfuse"), "ingress": {"enabled": False}, "pod": {"labels": TAGS},
            "securityContext": CLOSED, "podSecurityContext": POD},
        "postgresql": {"deploy": False, "host": "langfuse-db-rw.data.svc.cluster.local", "args": "sslmode=verify-full",
                       "auth": {"existingSecret": "langfuse-db", "database": "langfuse", "username": "langfuse"}},
        "clickhouse": {"deploy": False, "host": "https://events.analytics.svc.cluster.local", "httpPort": 8443,
                       "nativePort": 9440, "auth": {"existingSecret": "langfuse-events",
                                                    "existingSecretKey": "password"}, "migration": {"ssl": True}},
        "redis": {"deploy": False, "host": "cache.platform.svc.cluster.local", "port": 6380, "tls": {"enabled": True},
                  "auth": {"existingSecret": "langfuse-cache", "existingSecretPasswordKey": "password"}},
        "s3": {"deploy": False, "bucket": "bank-traces", "region": "me-central-1", "forcePathStyle": False}}),),
        "langfuse.com/self-hosting/deployment/kubernetes-helm", ours(), charts=("langfuse",)),
    Idiom("staff talk to the bank's own models in a page behind the sign-in", (mirrored("open-webui", "8.12.2", {
        "image": {"repository": f"{MIRROR}/open-webui/open-webui", "tag": "v0.6.36"}, "replicaCount": 1,
        "ollama": {"enabled": False}, "pipelines": {"enabled": False}, "enableOpenaiApi": True,
        "openaiBaseApiUrl": "https://models.models.svc.cluster.local/v1", "ingress": {"enabled": False},
        "persistence": {"enabled": True, "size": "20Gi", "storageClass": "encrypted"}, "podLabels": TAGS,
        "extraEnvVars": [
            {"name": "ENABLE_SIGNUP", "value": "false"}, {"name": "ENABLE_OAUTH_SIGNUP", "value": "true"},
            {"name": "ENABLE_LOGIN_FORM", "value": "false"}, {"name": "DEFAULT_USER_ROLE", "value": "pending"},
            {"name": "OPENID_PROVIDER_URL", "value": f"{LOGIN}/.well-known/openid-configuration"},
            {"name": "OAUTH_CLIENT_ID", "value": "chat"}, {"name": "WEBUI_URL", "value": "https://chat.bank.ae"},
            {"name": "ENABLE_COMMUNITY_SHARING", "value": "false"}, {"name": "ANONYMIZED_TELEMETRY", "value": "false"},
            secret_variable("OAUTH_CLIENT_SECRET", "chat", "client-secret"),
            secret_variable("WEBUI_SECRET_KEY", "chat", "session-key"),
            secret_variable("OPENAI_API_KEY", "chat", "models-key")],
        "podSecurityContext": POD, "containerSecurityContext": CLOSED, "resources": LARGE}),),
        "docs.openwebui.com/getting-started/env-configuration", ours()),
    Idiom("admission by Kyverno runs on three pods and fails closed", (mirrored("kyverno", "3.6.0", {
        "global": {"image": {"registry": MIRROR}}, "customLabels": TAGS, "upgrade": {"fromV2": False},
        "features": {"forceFailurePolicyIgnore": {"enabled": False}, "omitEvents": {"eventTypes": ["PolicyApplied"]},
                     "policyExceptions": {"enabled": True, "namespace": "kyverno-exceptions"}},
        "admissionController": {"replicas": 3, "podDisruptionBudget": {"enabled": True, "minAvailable": 2},
                                "container": {"resources": SMALL}, "serviceMonitor": {"enabled": True}},
        "backgroundController": {"replicas": 2}, "reportsController": {"replicas": 2},
        "cleanupController": {"replicas": 2}}),), "kyverno.io/docs/installation/methods, high availability", ours()),
    Idiom("constraints of Gatekeeper refuse when its pods do not answer", (mirrored("gatekeeper", "3.21.0", {
        "replicas": 3, "image": {"repository": f"{MIRROR}/openpolicyagent/gatekeeper", "release": "v3.21.0"},
        "validatingWebhookFailurePolicy": "Fail", "validatingWebhookTimeoutSeconds": 5, "disableMutation": True,
        "validatingWebhookCheckIgnoreFailurePolicy": "Fail", "auditInterval": 300, "logDenies": True,
        "constraintViolationsLimit": 100, "emitAdmissionEvents": True, "externaldataProvider": False,
        "podLabels": TAGS, "pdb": {"controllerManager": {"minAvailable": 2}},
        "controllerManager": {"resources": SMALL, "tlsMinVersion": "1.3"}, "audit": {"resources": SMALL}},
        "gatekeeper-system"),), "open-policy-agent.github.io/gatekeeper/website/docs/install", ours()),
    Idiom("analysts query the lake by Trino with TLS inside and out", (mirrored("trino", "1.41.0", {
        "image": {"registry": MIRROR, "repository": "trinodb/trino", "tag": "478"},
        "server": {"workers": 3, "config": {"authenticationType": "OAUTH2", "https": {
            "enabled": True, "port": 8443, "keystore": {"path": "/etc/trino/tls/server.pem"}}}},
        "additionalConfigProperties": [
            "internal-communication.shared-secret=${ENV:SHARED_SECRET}", "internal-communication.https.required=true",
            "http-server.http.enabled=false", f"http-server.authentication.oauth2.issuer={LOGIN}",
            "http-server.authentication.oauth2.client-id=trino",
            "http-server.authentication.oauth2.client-secret=${ENV:OAUTH_SECRET}"],
        "env": [secret_variable("SHARED_SECRET", "trino", "shared"), secret_variable("OAUTH_SECRET", "trino", "oauth")],
        "accessControl": {"type": "configmap", "refreshPeriod": "60s", "rules": {"rules.json": json.dumps({
            "catalogs": [{"group": "analysts", "catalog": "lake", "allow": "read-only"}]})}},
        "catalogs": {"lake": ICEBERG}, "secretMounts": [
            {"name": "tls", "secretName": "trino-tls", "path": "/etc/trino/tls"}],
        "serviceAccount": identity("trino"), "commonLabels": TAGS, "securityContext": POD,
        "containerSecurityContext": CLOSED,
        "coordinator": {"resources": LARGE}, "worker": {"resources": LARGE, "gracefulShutdown": {"enabled": True}}}),),
        "trino.io/docs/current/installation/kubernetes", ours(), charts=("trino",)),
    Idiom("a registry of models in the data centre lets named groups push", (mirrored("zot", "0.1.88", {
        "image": {"repository": f"{MIRROR}/project-zot/zot-linux-amd64", "tag": "v2.1.10"}, "replicaCount": 1,
        "service": {"type": "ClusterIP", "port": 5000}, "ingress": {"enabled": False}, "mountConfig": True,
        "configFiles": {"config.json": json.dumps(ZOT)}, "persistence": True, "pvc": {
            "create": True, "storage": "200Gi", "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"]},
        "httpGet": {"scheme": "HTTPS", "port": 5000}, "externalSecrets": [
            {"secretName": "zot-tls", "mountPath": "/etc/zot/tls"},
            {"secretName": "zot-oidc", "mountPath": "/etc/zot/oidc"}],
        "podLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL}),),
        "zotregistry.dev/latest/install-guides/install-guide-k8s", ours(), charts=("zot",)),
    Idiom("secrets in the repository are sealed for one cluster, with keys that change monthly", (mirrored(
        "sealed-secrets", "2.17.7", {
            "image": {"registry": MIRROR, "repository": "bitnami/sealed-secrets-controller", "tag": "0.32.2"},
            "keyrenewperiod": "720h", "updateStatus": True, "createController": True, "commonLabels": TAGS,
            "ingress": {"enabled": False}, "networkPolicy": {"enabled": True}, "resources": SMALL,
            "rbac": {"create": True, "clusterRole": True, "unsealerRole": True}, "containerSecurityContext": CLOSED,
            "metrics": {"serviceMonitor": {"enabled": True}}}, "kube-system"),),
        "github.com/bitnami-labs/sealed-secrets, helm/sealed-secrets", ours()),
    Idiom("a model is served by the stack of vLLM from a volume, with a key and an inner balancer", (mirrored(
        "vllm-stack", "0.1.8", {
            "servingEngineSpec": {
                "vllmApiKey": {"secretName": "vllm", "secretKey": "key"}, "labels": TAGS,
                "containerSecurityContext": CLOSED, "securityContext": POD, "runtimeClassName": "nvidia",
                "modelSpec": [{
                    "name": "falcon", "repository": f"{MIRROR}/vllm/vllm-openai", "tag": "v0.11.0", "replicaCount": 1,
                    "modelURL": "/data/falcon-h1-7b", "requestCPU": 8, "requestMemory": "48Gi", "requestGPU": 1,
                    "limitCPU": "8", "limitMemory": "48Gi", "pvcStorage": "100Gi", "storageClass": "encrypted",
                    "vllmConfig": {"enableChunkedPrefill": True, "maxModelLen": 8192, "dtype": "bfloat16",
                                   "extraArgs": ["--disable-log-requests"]},
                    "env": [{"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "DO_NOT_TRACK", "value": "1"},
                            {"name": "VLLM_NO_USAGE_STATS", "value": "1"}]}]},
            "routerSpec": {"repository": f"{MIRROR}/vllm/router", "tag": "v0.1.8", "replicaCount": 2,
                           "serviceType": "LoadBalancer", "serviceAnnotations": INTERNAL, "resources": SMALL,
                           "routingLogic": "session", "sessionKey": "x-user-id", "ingress": {"enabled": False},
                           "vllmApiKey": {"secretName": "vllm", "secretKey": "key"}}}, "models"),),
        "docs.vllm.ai/projects/production-stack, deployment/helm", ours()),
)  # fmt: skip
