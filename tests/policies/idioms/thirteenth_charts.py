"""Good idioms of clusters: charts from the company's mirror with the values of production (thirteenth set, blind)."""

from ..blind import KEY, TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, mirrored, ours

R = "me-central-1"
KEPT = {"storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"]}
WEBSERVER = f"""from flask_appbuilder.security.manager import AUTH_OAUTH
AUTH_TYPE = AUTH_OAUTH
AUTH_USER_REGISTRATION = True
AUTH_USER_REGISTRATION_ROLE = "Viewer"
AUTH_ROLES_SYNC_AT_LOGIN = True
AUTH_ROLES_MAPPING = {{"ml-platform": ["Admin"], "ml-users": ["User"]}}
OAUTH_PROVIDERS = [{{"name": "bank", "token_key": "access_token", "remote_app": {{
    "client_id": "airflow", "server_metadata_url": "{LOGIN}/.well-known/openid-configuration",
    "client_kwargs": {{"scope": "openid profile groups"}}}}}}]
"""


def claimed(size: str) -> dict[str, object]:
    """Returns the template of an encrypted claim in the form of the Prometheus operator."""
    return {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
        **KEPT, "resources": {"requests": {"storage": size}}}}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("metrics and alarms of a cluster are those of the chart of Prometheus, mailed by the bank", (mirrored(
        "kube-prometheus-stack", "79.5.0", {
            "global": {"imageRegistry": MIRROR}, "commonLabels": TAGS, "crds": {"enabled": True},
            "defaultRules": {"create": True}, "kubeEtcd": {"enabled": False}, "kubeProxy": {"enabled": False},
            "prometheusOperator": {"resources": SMALL, "tls": {"enabled": True, "tlsMinVersion": "VersionTLS13"},
                                   "admissionWebhooks": {"failurePolicy": "Fail", "certManager": {"enabled": True}}},
            "prometheus": {"ingress": {"enabled": False}, "podDisruptionBudget": {"enabled": True},
                           "prometheusSpec": {
                "replicas": 2, "retention": "15d", "retentionSize": "80GB", "enableAdminAPI": False,
                "resources": LARGE, "storageSpec": claimed("100Gi"), "podMonitorSelectorNilUsesHelmValues": True,
                "serviceMonitorSelectorNilUsesHelmValues": True, "enforcedNamespaceLabel": "namespace",
                "externalLabels": {"cluster": "dc1"}, "walCompression": True}},
            "alertmanager": {"ingress": {"enabled": False}, "alertmanagerSpec": {
                "replicas": 2, "storage": claimed("5Gi"), "resources": SMALL, "configSecret": "alertmanager-bank",
                "useExistingSecret": True}},
            "grafana": {"enabled": False}, "nodeExporter": {"enabled": False}, "kube-state-metrics": {
                "resources": SMALL, "rbac": {"create": True}, "collectors": [
                    "deployments", "jobs", "nodes", "pods", "resourcequotas", "statefulsets"]}}, "monitoring"),),
        "github.com/prometheus-community/helm-charts, charts/kube-prometheus-stack", ours()),
    Idiom("External Secrets works in two copies, for stores of namespaces only", (mirrored(
        "external-secrets", "1.0.0", {
            "image": {"repository": f"{MIRROR}/external-secrets/external-secrets"}, "replicaCount": 2,
            "installCRDs": True, "leaderElect": True, "commonLabels": TAGS, "processClusterStore": False,
            "processClusterExternalSecret": False, "processPushSecret": False, "processClusterPushSecret": False,
            "processClusterGenerator": False, "concurrent": 2, "resources": SMALL, "securityContext": CLOSED,
            "crds": {"createClusterExternalSecret": False, "createClusterSecretStore": False,
                     "createClusterGenerator": False, "createClusterPushSecret": False, "createPushSecret": False},
            "rbac": {"create": True, "aggregateToView": False, "aggregateToEdit": False},
            "serviceAccount": identity("external-secrets"), "podDisruptionBudget": {"enabled": True, "minAvailable": 1},
            "webhook": {"replicaCount": 2, "failurePolicy": "Fail", "certManager": {"enabled": True, "cert": {
                "issuerRef": {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}}},
                "image": {"repository": f"{MIRROR}/external-secrets/external-secrets"}, "resources": SMALL},
            "certController": {"create": False}, "serviceMonitor": {"enabled": True}}),),
        "external-secrets.io/latest/guides/security-best-practices", ours()),
    Idiom("Harbor holds images in the bucket under the bank's key, with TLS between its parts", (mirrored(
        "harbor", "1.18.1", {
            "expose": {"type": "clusterIP", "tls": {"enabled": True, "certSource": "secret",
                                                    "secret": {"secretName": "harbor-tls"}}},
            "externalURL": "https://registry.bank.ae", "internalTLS": {
                "enabled": True, "strong_ssl_ciphers": True, "certSource": "secret", **{
                    part: {"secretName": f"harbor-{part}-tls"} for part in (
                        "core", "jobservice", "registry", "portal", "trivy")}},
            "persistence": {"enabled": True, "resourcePolicy": "keep", "imageChartStorage": {
                "disableredirect": True, "type": "s3", "s3": {
                    "region": R, "bucket": "bank-models", "encrypt": True, "secure": True, "keyid": KEY}}},
            "existingSecretAdminPassword": "harbor-admin", "existingSecretAdminPasswordKey": "password",
            "existingSecretSecretKey": "harbor-secret-key", "updateStrategy": {"type": "RollingUpdate"},
            "database": {"type": "external", "external": {
                "host": "harbor-db-rw.data.svc.cluster.local", "port": "5432", "username": "harbor",
                "coreDatabase": "registry", "existingSecret": "harbor-db", "sslmode": "verify-full"}},
            "redis": {"type": "external", "external": {"addr": "cache.platform.svc.cluster.local:6380",
                                                       "existingSecret": "harbor-cache", "tlsOptions": {
                                                           "enable": True}}},
            "trivy": {"enabled": True, "skipUpdate": True, "offlineScan": True, "ignoreUnfixed": False,
                      "image": {"repository": f"{MIRROR}/goharbor/trivy-adapter-photon"}, "resources": LARGE},
            **{part: {"replicas": 2, "resources": SMALL, "podLabels": TAGS, "image": {
                "repository": f"{MIRROR}/goharbor/harbor-{part}"}, **own} for part, own in (
                    ("core", {"existingSecret": "harbor-core", "existingXsrfSecret": "harbor-xsrf"}),
                    ("jobservice", {"existingSecret": "harbor-jobs"}), ("portal", {}))},
            "nginx": {"image": {"repository": f"{MIRROR}/goharbor/nginx-photon"}, "replicas": 2, "resources": SMALL},
            "exporter": {"image": {"repository": f"{MIRROR}/goharbor/harbor-exporter"}, "resources": SMALL},
            "registry": {"credentials": {"username": "harbor", "existingSecret": "harbor-registry-login"},
                         "existingSecret": "harbor-registry", "replicas": 2, "podLabels": TAGS,
                         "serviceAccountName": "harbor-registry", "registry": {
                "image": {"repository": f"{MIRROR}/goharbor/registry-photon"}, "resources": SMALL},
                "controller": {"image": {"repository": f"{MIRROR}/goharbor/harbor-registryctl"}, "resources": SMALL}},
            "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}}),),
        "goharbor.io/docs/main/install-config/harbor-ha-helm", ours()),
    Idiom("pipelines of data run in Airflow with its database, its sign-in and its logs in our places", (mirrored(
        "airflow", "1.18.0", {
            "executor": "KubernetesExecutor", "labels": TAGS, "defaultAirflowRepository": f"{MIRROR}/airflow-bank",
            "defaultAirflowTag": "3.1.0-7", "images": {"airflow": {"repository": f"{MIRROR}/airflow-bank",
                                                                   "tag": "3.1.0-7", "pullPolicy": "IfNotPresent"}},
            "data": {"metadataSecretName": "airflow-db"}, "postgresql": {"enabled": False},
            "redis": {"enabled": False}, "fernetKeySecretName": "airflow-fernet", "jwtSecretName": "airflow-jwt",
            "apiSecretKeySecretName": "airflow-api", "webserver": {"defaultUser": {"enabled": False}},
            "config": {"core": {"load_examples": "False", "dags_are_paused_at_creation": "True"},
                       "api": {"expose_config": "False"}, "usage_data_collection": {"enabled": "False"},
                       "logging": {"remote_logging": "True", "remote_log_conn_id": "aws_default",
                                   "encrypt_s3_logs": "True",
                                   "remote_base_log_folder": "s3://bank-experiments/airflow"}},
            "apiServer": {"replicas": 2, "apiServerConfig": WEBSERVER, "resources": LARGE, "service": {
                "type": "ClusterIP"}},
            "scheduler": {"replicas": 2, "resources": LARGE}, "triggerer": {"replicas": 1, "resources": SMALL},
            "workers": {"resources": LARGE, "serviceAccount": identity("airflow-worker")},
            "allowPodLaunching": True, "allowJobLaunching": False, "multiNamespaceMode": False,
            "securityContexts": {"pod": POD, "containers": CLOSED}, "networkPolicies": {"enabled": True},
            "dags": {"persistence": {"enabled": False}, "gitSync": {"enabled": False}}, "statsd": {"enabled": False},
            "env": [{"name": "AWS_DEFAULT_REGION", "value": R}],
            "secret": [{"envName": "OAUTH_CLIENT_SECRET", "secretName": "airflow-oidc", "secretKey": "secret"}]}),),
        "airflow.apache.org/docs/helm-chart/stable/production-guide", ours()),
    Idiom("vectors are found in Qdrant of three pods with keys, TLS between them and snapshots at night", (mirrored(
        "qdrant", "1.16.0", {
            "image": {"repository": f"{MIRROR}/qdrant/qdrant", "useUnprivilegedImage": True}, "replicaCount": 3,
            "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "api-key"}}},
            "readOnlyApiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "read-key"}}},
            "config": {"cluster": {"enabled": True, "p2p": {"enable_tls": True}}, "telemetry_disabled": True,
                       "service": {"enable_tls": True, "jwt_rbac": True, "enable_static_content": False},
                       "tls": {"cert": "/qdrant/tls/tls.crt", "key": "/qdrant/tls/tls.key",
                               "ca_cert": "/qdrant/tls/ca.crt", "cert_ttl": 3600}},
            "additionalVolumes": [{"name": "tls", "secret": {"secretName": "qdrant-tls"}}],
            "additionalVolumeMounts": [{"name": "tls", "mountPath": "/qdrant/tls", "readOnly": True}],
            "persistence": {"size": "100Gi", "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"]},
            "snapshotPersistence": {"enabled": True, "size": "100Gi", "storageClassName": "encrypted"},
            "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "additionalLabels": TAGS,
            "podLabels": TAGS, "resources": LARGE, "updateVolumeFsOwnership": False, "service": {"type": "ClusterIP"},
            "ingress": {"enabled": False}, "metrics": {"serviceMonitor": {"enabled": True}}}),),
        "qdrant.tech/documentation/guides/security", ours()),
    Idiom("drivers of GPUs come from the mirror, with slices of cards and no samples", (mirrored(
        "gpu-operator", "v25.10.0", {
            "nfd": {"enabled": True}, "sandboxWorkloads": {"enabled": False}, "psa": {"enabled": True},
            "operator": {"repository": f"{MIRROR}/nvidia", "defaultRuntime": "containerd", "resources": SMALL},
            "driver": {"enabled": True, "repository": f"{MIRROR}/nvidia", "version": "580.95.05", "rdma": {
                "enabled": False}, "upgradePolicy": {"autoUpgrade": True, "maxParallelUpgrades": 1, "drain": {
                    "enable": False}}},
            "toolkit": {"repository": f"{MIRROR}/nvidia/k8s", "env": [
                {"name": "ACCEPT_NVIDIA_VISIBLE_DEVICES_ENVVAR_WHEN_UNPRIVILEGED", "value": "false"},
                {"name": "ACCEPT_NVIDIA_VISIBLE_DEVICES_AS_VOLUME_MOUNTS", "value": "true"}]},
            "devicePlugin": {"repository": f"{MIRROR}/nvidia", "env": [
                {"name": "DEVICE_LIST_STRATEGY", "value": "cdi-cri"}]},
            "cdi": {"enabled": True}, "mig": {"strategy": "mixed"}, "migManager": {
                "repository": f"{MIRROR}/nvidia/cloud-native", "config": {"name": "slices", "default": "all-disabled"}},
            "dcgmExporter": {"repository": f"{MIRROR}/nvidia/k8s", "serviceMonitor": {"enabled": True}},
            "gfd": {"repository": f"{MIRROR}/nvidia"}, "validator": {"repository": f"{MIRROR}/nvidia"},
            "vgpuManager": {"enabled": False}, "gds": {"enabled": False}, "daemonsets": {"labels": TAGS}}),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/getting-started", ours()),
    Idiom("the control of the mesh of Istio allows strict TLS, known hosts and three copies", (mirrored(
        "istiod", "1.28.0", {
            "global": {"hub": f"{MIRROR}/istio", "variant": "distroless", "logAsJson": True, "proxy": {
                "resources": SMALL, "privileged": False}},
            "revision": "1-28", "autoscaleMin": 3, "autoscaleMax": 5, "resources": LARGE, "podLabels": TAGS,
            "pilot": {"env": {"PILOT_ENABLE_STATUS": "false", "ENABLE_NATIVE_SIDECARS": "true"}, "cni": {
                "enabled": True}},
            "meshConfig": {
                "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}, "accessLogFile": "/dev/stdout",
                "accessLogEncoding": "JSON", "trustDomain": "dc1.bank.ae", "enableAutoMtls": True,
                "meshMTLS": {"minProtocolVersion": "TLSV1_3"}, "tlsDefaults": {"minProtocolVersion": "TLSV1_2"},
                "pathNormalization": {"normalization": "DECODE_AND_MERGE_SLASHES"}, "defaultConfig": {
                    "holdApplicationUntilProxyStarts": True}}}, "istio-system"),),
        "istio.io/latest/docs/ops/best-practices/security; istio.io/latest/docs/setup/install/helm", ours()),
    Idiom("workflows are seen by those who sign in, with rights of their groups, and archived in PostgreSQL", (mirrored(
        "argo-workflows", "0.45.28", {
            "images": {"pullPolicy": "IfNotPresent"}, "singleNamespace": False, "commonLabels": TAGS,
            "workflow": {"serviceAccount": {"create": False}, "rbac": {"create": True}},
            "controller": {
                "image": {"registry": MIRROR, "repository": "argoproj/workflow-controller"}, "replicas": 2,
                "workflowNamespaces": ["risk", "research"], "parallelism": 40, "resources": SMALL, "pdb": {
                    "enabled": True, "minAvailable": 1},
                "workflowDefaults": {"spec": {"ttlStrategy": {"secondsAfterCompletion": 86400}, "podGC": {
                    "strategy": "OnWorkflowSuccess"}, "securityContext": POD, "activeDeadlineSeconds": 86400}},
                "workflowRestrictions": {"templateReferencing": "Secure"}, "podLabels": TAGS,
                "securityContext": CLOSED, "persistence": {
                    "archive": True, "archiveTTL": "90d", "postgresql": {
                        "host": "workflows-db-rw.data.svc.cluster.local", "port": 5432, "database": "workflows",
                        "tableName": "workflows", "ssl": True, "sslMode": "verify-full",
                        "userNameSecret": {"name": "workflows-db", "key": "username"},
                        "passwordSecret": {"name": "workflows-db", "key": "password"}}}},
            "executor": {"image": {"registry": MIRROR, "repository": "argoproj/argoexec"}, "resources": SMALL,
                         "securityContext": CLOSED},
            "server": {
                "image": {"registry": MIRROR, "repository": "argoproj/argocli"}, "replicas": 2, "secure": True,
                "authModes": ["sso"], "resources": SMALL, "securityContext": CLOSED, "podLabels": TAGS,
                "ingress": {"enabled": False}, "sso": {
                    "enabled": True, "issuer": LOGIN, "sessionExpiry": "8h", "rbac": {"enabled": True},
                    "clientId": {"name": "workflows-oidc", "key": "client-id"}, "scopes": ["groups"],
                    "clientSecret": {"name": "workflows-oidc", "key": "client-secret"},
                    "redirectUrl": "https://workflows.bank.ae/oauth2/callback", "insecureSkipVerify": False}},
            "artifactRepository": {"s3": {"bucket": "bank-experiments", "region": R, "insecure": False,
                                          "endpoint": f"s3.{R}.amazonaws.com", "useSDKCreds": True,
                                          "encryptionOptions": {"enableEncryption": True, "kmsKeyId": KEY}}}},
        "argo"),), "argo-workflows.readthedocs.io/en/latest/security; argoproj/argo-helm, charts/argo-workflows",
        ours()),
    Idiom("logs of a quarter lie in the bucket by Loki, each tenant by a name that the gateway sets", (mirrored(
        "loki", "6.46.0", {
            "global": {"image": {"registry": MIRROR}}, "deploymentMode": "SimpleScalable", "loki": {
                "auth_enabled": True, "podLabels": TAGS, "commonConfig": {"replication_factor": 3},
                "analytics": {"reporting_enabled": False}, "schemaConfig": {"configs": [{
                    "from": "2026-01-01", "store": "tsdb", "object_store": "s3", "schema": "v13",
                    "index": {"prefix": "index_", "period": "24h"}}]},
                "storage": {"type": "s3", "bucketNames": {"chunks": "bank-traces", "ruler": "bank-traces"}, "s3": {
                    "region": R, "insecure": False, "s3ForcePathStyle": False}},
                "limits_config": {"retention_period": "2160h", "allow_structured_metadata": True,
                                  "ingestion_rate_mb": 8, "max_query_length": "744h"},
                "compactor": {"retention_enabled": True, "delete_request_store": "s3"},
                "server": {"http_tls_config": {"cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key",
                                               "client_ca_file": "/tls/ca.crt",
                                               "client_auth_type": "RequireAndVerifyClientCert"}},
                "podSecurityContext": POD, "containerSecurityContext": CLOSED},
            "serviceAccount": identity("loki"), "gateway": {"enabled": False}, "minio": {"enabled": False},
            "test": {"enabled": False}, "lokiCanary": {"enabled": False}, "networkPolicy": {"enabled": True},
            **{part: {
                "replicas": 3, "resources": LARGE, "extraVolumes": [
                    {"name": "tls", "secret": {"secretName": "loki-tls"}}],
                "extraVolumeMounts": [{"name": "tls", "mountPath": "/tls", "readOnly": True}]} for part in (
                    "read", "write", "backend")}}, "logging"),),
        "grafana.com/docs/loki/latest/setup/install/helm/install-scalable", ours()),
)  # fmt: skip
