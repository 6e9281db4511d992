"""Good programs of clusters: records, copies, meshes, machines and sign-in (2026-12-03, before any rule ran)."""

from ..blind import KEY, ME, TAGS
from ..harness import Given
from . import Idiom, unpriced
from .fourth import R
from .good_clusters_data import known
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, DIGEST, account, guarded, probe, served
from .twenty_fourth_good_clusters import USER, head, named, on_eks
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT, MONITOR, POD, chart, closed, listed, made, sized, space

GRAFANA, OTEL = "https://grafana.github.io/helm-charts", "https://open-telemetry.github.io/opentelemetry-helm-charts"
AQUA, HARBOR = "https://aquasecurity.github.io/helm-charts", "https://helm.goharbor.io"
VELERO, CROSSPLANE = "https://vmware-tanzu.github.io/helm-charts", "https://charts.crossplane.io/stable"
NVIDIA, KARPENTER = "https://helm.ngc.nvidia.com/nvidia", "oci://public.ecr.aws/karpenter"
QUEUE = "karpenter-interruptions"


def cron(name: str, namespace: str, schedule: str, spec: dict[str, object]) -> Given:
    """Returns a schedule of Velero."""
    return named("velero.io/v1:Schedule", name, namespace, {"schedule": schedule, "useOwnerReferencesInBackup": False,
                                                            "template": spec})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart velero: objects and disks are copied each night to a sealed bucket by the role of the pod", on_eks(
        space("velero", "baseline"),
        chart("velero", VELERO, "11.2.0", "velero", {
            "labels": TAGS, "podLabels": TAGS, "resources": sized("250m", "512Mi"), "podSecurityContext": POD,
            "containerSecurityContext": USER, "initContainers": [{
                "name": "aws", "image": f"{ME}.dkr.ecr.{R}.amazonaws.com/velero-plugin-for-aws{DIGEST}",
                "securityContext": USER, "volumeMounts": [{"mountPath": "/target", "name": "plugins"}], "resources":
                sized("50m", "64Mi")}],
            "serviceAccount": {"server": {"create": True, "name": "velero", "annotations": {
                "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/velero"}}}, "credentials": {"useSecret": False},
            "configuration": {
                "backupStorageLocation": [{"name": "default", "provider": "aws", "bucket": "bank-velero", "default":
                    True, "accessMode": "ReadWrite", "config": {"region": R, "kmsKeyId": KEY, "serverSideEncryption":
                                                               "aws:kms"}}],
                "volumeSnapshotLocation": [{"name": "default", "provider": "aws", "config": {"region": R}}],
                "defaultSnapshotMoveData": False, "features": "EnableCSI", "garbageCollectionFrequency": "1h",
                "disableControllers": ""}, "deployNodeAgent": False, "snapshotsEnabled": True, "upgradeCRDs": False,
            "rbac": {"create": True, "clusterAdministrator": True}, "metrics": {"serviceMonitor": {"enabled": True}}}),
        cron("nightly", "velero", "0 22 * * *", {
            "ttl": "840h", "includedNamespaces": ["shop", "claims"], "includeClusterResources": False,
                "storageLocation":
            "default", "snapshotVolumes": True, "hooks": {"resources": [{
                "name": "flush", "includedNamespaces": ["shop"], "labelSelector": {"matchLabels": {"app": "cache"}},
                "pre": [{"exec": {"container": "cache", "command": ["/bin/cache", "save"], "onError": "Fail",
                                  "timeout": "60s"}}]}]}})),
        "vmware-tanzu/helm-charts charts/velero/values.yaml; velero.io/docs/main/backup-hooks; velero-plugin-for-aws "
        "backupstoragelocation.md, as known", merged(listed(VELERO), {"residency": {"known": {
            "bank-velero": "our own bucket, in me-central-1"}}, "escape": {"image_publishers": {
                f"{ME}.dkr.ecr.{R}.amazonaws.com": "our own registry"}}})),
    Idiom("chart loki: three parts over the bank's own bucket by identity, tenants apart, records of a year", on_eks(
        space("loki"), closed("loki"),
        chart("loki", GRAFANA, "6.46.0", "loki", {
            "deploymentMode": "SimpleScalable", "loki": {
                "auth_enabled": True, "analytics": {"reporting_enabled": False}, "commonConfig": {
                    "replication_factor": 3}, "schemaConfig": {"configs": [{
                        "from": "2026-01-01", "store": "tsdb", "object_store": "s3", "schema": "v13", "index": {
                            "prefix": "index_", "period": "24h"}}]}, "storage": {"type": "s3", "bucketNames": {
                    "chunks": "bank-loki-chunks", "ruler": "bank-loki-ruler", "admin": "bank-loki-admin"}, "s3": {
                        "region": R, "s3ForcePathStyle": False, "insecure": False, "sse": {
                            "type": "SSE-KMS", "kms_key_id": KEY}}}, "limits_config": {
                    "retention_period": "8760h", "ingestion_rate_mb": 16, "max_query_length": "721h",
                    "allow_structured_metadata": True}, "compactor": {"retention_enabled": True,
                                                                      "delete_request_store": "s3"},
                "podSecurityContext": POD, "containerSecurityContext": USER},
            "serviceAccount": {"create": True, "annotations": {
                "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/loki"}},
            **{part: {"replicas": 3, "resources": sized("1", "2Gi"), "podLabels": TAGS, **({"persistence": {
                "size": "20Gi", "storageClass": "gp3-sealed"}} if part != "read" else {})} for part in (
                    "read", "write", "backend")},
            "gateway": {"enabled": True, "replicas": 2, "service": {"type": "ClusterIP"}, "ingress": {"enabled": False},
                        "basicAuth": {"enabled": True, "existingSecret": "loki-users"}},
                            "lokiCanary": {"enabled": False},
            "test": {"enabled": False}, "chunksCache": {"enabled": False}, "resultsCache": {"enabled": False},
            "minio": {"enabled": False}, "networkPolicy": {"enabled": True, "flavor": "kubernetes"}, "monitoring": {
                "selfMonitoring": {"enabled": False}, "serviceMonitor": {"enabled": True}}})),
        "grafana/loki production/helm/loki/values.yaml; grafana.com/docs/loki/latest/setup/install/helm/deployment-"
        "guides/aws, as known", merged(listed(GRAFANA), {"residency": {"known": dict.fromkeys(
            ("bank-loki-chunks", "bank-loki-ruler", "bank-loki-admin"), "our own bucket, in me-central-1")}})),
    Idiom("chart opentelemetry-operator: traces of apps come by TLS, numbers of people are taken out, a tenth stays", (
        space("telemetry"), closed("telemetry"), account("collector", "telemetry"),
        chart("opentelemetry-operator", OTEL, "0.99.2", "telemetry", {
            "replicaCount": 2, "pdb": {"create": True, "minAvailable": 1}, "manager": {
                "collectorImage": {"repository": f"{ACR}/otel-collector"}, "resources": sized("100m", "256Mi"),
                "podLabels": TAGS, "createRbacPermissions": False, "serviceMonitor": {"enabled": True}},
            "admissionWebhooks": {"certManager": {"enabled": True, "issuerRef": {
                "kind": "ClusterIssuer", "name": "bank-ca"}}}, "kubeRBACProxy": {"enabled": False}}),
        named("opentelemetry.io/v1beta1:OpenTelemetryCollector", "traces", "telemetry", {
            "mode": "deployment", "replicas": 2, "serviceAccount": "collector", "image":
            f"{ACR}/otel-collector{DIGEST}", "podSecurityContext": POD, "securityContext": USER, "resources":
            sized("500m", "1Gi"), "volumes": [{"name": "tls", "secret": {"secretName": "traces-tls"}}],
                "volumeMounts": [
                {"name": "tls", "mountPath": "/tls", "readOnly": True}], "autoscaler": {
                "minReplicas": 2, "maxReplicas": 6, "targetCPUUtilization": 70}, "config": {
                "receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317", "tls": {
                    "cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key", "client_ca_file": "/tls/ca.crt",
                    "min_version": "1.3"}}}}},
                "processors": {"memory_limiter": {"check_interval": "1s", "limit_percentage": 75}, "batch": {},
                               "redaction": {"allow_all_keys": True, "blocked_values": ["784-[0-9]{4}-[0-9]{7}-[0-9]"]},
                               "probabilistic_sampler": {"sampling_percentage": 10}},
                "exporters": {"otlp": {"endpoint": "tempo-distributor.tempo.svc:4317", "tls": {
                    "ca_file": "/tls/ca.crt"}, "sending_queue": {"enabled": True}}},
                "service": {"pipelines": {"traces": {
                    "receivers": ["otlp"], "processors": ["memory_limiter", "redaction", "probabilistic_sampler",
                                                          "batch"], "exporters": ["otlp"]}}}}}),
        named("opentelemetry.io/v1alpha1:Instrumentation", "java", "telemetry", {
            "exporter": {"endpoint": "https://traces-collector.telemetry.svc:4317"}, "propagators": [
                "tracecontext", "baggage"], "sampler": {"type": "parentbased_traceidratio", "argument": "0.25"},
                    "java": {
                "image": f"{ACR}/autoinstrumentation-java{DIGEST}", "resources": sized("50m", "64Mi")}})),
        "open-telemetry/opentelemetry-helm-charts charts/opentelemetry-operator; opentelemetry.io/docs/platforms/"
        "kubernetes/operator, as known", listed(OTEL), charts=("opentelemetry-operator",)),
    Idiom("Prometheus operator: two shards keep figures for a month, and alarms of a team have one reader", (
        space("monitoring"), closed("monitoring"), account("prometheus", "monitoring"),
        made("rbac.authorization.k8s.io/v1:ClusterRole", {"metadata": {"name": "prometheus", "labels": TAGS}, "rules": [
            {"apiGroups": [""], "resources": ["services", "endpoints", "pods", "nodes"], "verbs": [
                "get", "list", "watch"]},
            {"apiGroups": ["discovery.k8s.io"], "resources": ["endpointslices"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": [""], "resources": ["nodes/metrics"], "verbs": ["get"]},
            {"nonResourceURLs": ["/metrics", "/metrics/cadvisor"], "verbs": ["get"]}]}, "prometheus-role"),
        made("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
            "metadata": {"name": "prometheus", "labels": TAGS}, "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "prometheus"}, "subjects": [
                {"kind": "ServiceAccount", "name": "prometheus", "namespace": "monitoring"}]}, "prometheus-binding"),
        named("monitoring.coreos.com/v1:Prometheus", "bank", "monitoring", {
            "image": f"{ACR}/prometheus{DIGEST}", "replicas": 2, "shards": 2, "retention": "30d",
                "retentionSize": "80GB",
            "serviceAccountName": "prometheus", "securityContext": POD, "resources": sized("1", "8Gi"), "podMetadata": {
                "labels": TAGS}, "serviceMonitorSelector": {}, "serviceMonitorNamespaceSelector": {"matchLabels": {
                    "monitored": "true"}}, "ruleSelector": {}, "enforcedSampleLimit": 100000,
            "enforcedNamespaceLabel": "namespace", "enableAdminAPI": False, "overrideHonorLabels": True,
            "arbitraryFSAccessThroughSMs": {"deny": True}, "web": {"tlsConfig": {
                "cert": {"secret": {"name": "prometheus-tls", "key": "tls.crt"}}, "keySecret": {
                    "name": "prometheus-tls", "key": "tls.key"}, "minVersion": "TLS13"}},
            "storage": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {"storageClassName": "sealed-zrs",
                "resources": {"requests": {
                "storage": "100Gi"}}}}}, "alerting": {"alertmanagers": [{
                    "name": "bank", "namespace": "monitoring", "port": "web", "scheme": "https", "tlsConfig": {
                        "ca": {"secret": {"name": "bank-ca", "key": "ca.crt"}}, "serverName":
                        "bank.monitoring.svc"}}]}, "scrapeClasses": [{
                            "name": "tls", "default": True, "tlsConfig": {"ca": {"secret": {
                                "name": "bank-ca", "key": "ca.crt"}}}}]}),
        named("monitoring.coreos.com/v1:Alertmanager", "bank", "monitoring", {
            "image": f"{ACR}/alertmanager{DIGEST}", "replicas": 3, "securityContext": POD, "resources":
            sized("50m", "128Mi"), "podMetadata": {"labels": TAGS}, "alertmanagerConfigSelector": {"matchLabels": {
                "alerts": "team"}}, "web": {"tlsConfig": {"cert": {"secret": {"name": "alertmanager-tls", "key":
                                                                             "tls.crt"}}, "keySecret": {
                    "name": "alertmanager-tls", "key": "tls.key"}}}}),
        made("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", {"metadata": {
            "name": "claims", "namespace": "claims", "labels": {**TAGS, "alerts": "team"}}, "spec": {
            "route": {"receiver": "duty", "groupBy": ["alertname"], "groupWait": "30s", "repeatInterval": "4h"},
            "receivers": [{"name": "duty", "webhookConfigs": [{
                "urlSecret": {"name": "duty", "key": "url"}, "sendResolved": True, "maxAlerts": 20}]}]}}, "claims")),
        "prometheus-operator.dev/docs/api-reference/api; .../developer/alerting; .../platform/exposing-prometheus-and-"
        "alertmanager, as known", merged(listed(), unpriced(
            "kubernetes:monitoring.coreos.com/v1:Prometheus::bank-Prometheus",
            "kubernetes:monitoring.coreos.com/v1:Alertmanager::bank-Alertmanager"))),
    Idiom("Istio ambient: one way out of a namespace by a waypoint, calls to rates by TLS, the rest refused", (
        space("egress"), closed("egress"), space("prices"), closed("prices"),
        made("gateway.networking.k8s.io/v1:Gateway", {
            "metadata": head("waypoint", "egress") | {"labels": {**TAGS, "istio.io/waypoint-for": "service"}}, "spec": {
                "gatewayClassName": "istio-waypoint", "listeners": [{
                    "name": "mesh", "port": 15008, "protocol": "HBONE", "allowedRoutes": {"namespaces": {
                        "from": "Same"}}}]}}, "waypoint"),
        made("networking.istio.io/v1:ServiceEntry", {
            "metadata": head("rates", "egress") | {"labels": {**TAGS, "istio.io/use-waypoint": "waypoint"}}, "spec": {
                "hosts": ["rates.bank.ae"], "location": "MESH_EXTERNAL", "resolution": "DNS", "exportTo": ["prices",
                    "."],
                "ports": [{"number": 80, "name": "http", "protocol": "HTTP", "targetPort": 443}]}}, "entry"),
        named("networking.istio.io/v1:DestinationRule", "rates", "egress", {
            "host": "rates.bank.ae", "trafficPolicy": {"tls": {"mode": "SIMPLE", "sni": "rates.bank.ae",
                                                               "subjectAltNames": ["rates.bank.ae"]},
                                                       "connectionPool": {"http": {"maxRequestsPerConnection": 100}}}}),
        named("security.istio.io/v1:AuthorizationPolicy", "rates", "egress", {
            "targetRefs": [{"kind": "ServiceEntry", "group": "networking.istio.io", "name": "rates"}],
                "action": "ALLOW",
            "rules": [{"from": [{"source": {"principals": ["cluster.local/ns/prices/sa/prices"]}}], "to": [
                {"operation": {"methods": ["GET"], "paths": ["/v2/rates/*"]}}]}]}),
        named("security.istio.io/v1:PeerAuthentication", "default", "prices", {"mtls": {"mode": "STRICT"}}),
        named("security.istio.io/v1:AuthorizationPolicy", "nobody", "prices", {}),
        account("prices", "prices"),
        served("prices", "prices", {"image": f"{ACR}/prices{DIGEST}", "resources": sized("250m", "512Mi"), "ports": [
            {"name": "http", "containerPort": 8080}], "readinessProbe": probe("/ready", 8080), "env": [
                {"name": "RATES", "value": "http://rates.bank.ae/v2/rates"}]}),
        *guarded("prices", "prices", 8080, "portal"),
        named("telemetry.istio.io/v1:Telemetry", "records", "prices", {"accessLogging": [{
            "providers": [{"name": "otel"}], "filter": {"expression": "response.code >= 400"}}]})),
        "istio.io/latest/docs/ambient/usage/waypoint; .../tasks/traffic-management/egress/egress-control, as known",
        listed()),
    Idiom("chart harbor: images of the bank, with sign-in by Entra, checks by Trivy and stores of its own", (
        space("harbor"), closed("harbor"),
        chart("harbor", HARBOR, "1.18.1", "harbor", {
            "expose": {"type": "clusterIP", "tls": {"enabled": True, "certSource": "secret", "secret": {
                "secretName": "harbor-tls"}}}, "externalURL": "https://images.bank.ae", "internalTLS": {
                "enabled": True, "certSource": "secret", **{part: {"secretName": f"harbor-{part}-tls"} for part in (
                    "core", "jobservice", "registry", "portal", "trivy")}}, "ipFamily": {"ipv6": {"enabled": False}},
            "existingSecretAdminPassword": "harbor-admin", "existingSecretSecretKey": "harbor-key", "persistence": {
                "imageChartStorage": {"type": "s3", "disableredirect": True, "s3": {
                    "existingSecret": "harbor-s3", "region": "dc1", "bucket": "harbor", "regionendpoint":
                    "https://s3.dc1.example.ae", "encrypt": True, "secure": True, "v4auth": True}}}, "database": {
                "type": "external", "external": {"host": "harbor-rw.harbor.svc", "username": "harbor", "existingSecret":
                                                 "harbor-db", "sslmode": "verify-full"}}, "redis": {
                "type": "external", "external": {"addr": "sessions.harbor.svc:6379", "existingSecret": "harbor-redis",
                                                 "tlsOptions": {"enable": True}}}, "trivy": {
                "enabled": True, "offlineScan": True, "skipUpdate": False, "severity": "HIGH,CRITICAL", "resources":
                sized("200m", "1Gi")}, "metrics": MONITOR, "cache": {"enabled": True}, "registry": {
                "credentials": {"existingSecret": "harbor-registry"}}, "core": {
                "replicas": 2, "resources": sized("200m", "512Mi"), "podLabels": TAGS, "configureUserSettings":
                '{"auth_mode": "oidc_auth", "oidc_name": "Entra", "self_registration": "false", "oidc_auto_onboard": '
                '"true", "oidc_verify_cert": "true", "oidc_scope": "openid,profile,email", "oidc_client_id": '
                f'"{CLIENT}", "oidc_endpoint": "https://login.microsoftonline.com/{TENANT}/v2.0"}}'}})),
        "goharbor/harbor-helm values.yaml; goharbor.io/docs/administration/configure-authentication, as known",
        merged(listed(HARBOR), {"residency": {"known": {"harbor": "our bucket of the store of the data centre"}}})),
    Idiom("Keycloak: two pods by TLS with the operator, tables of the bank, and a realm that asks for a second proof", (
        space("sign-in"), closed("sign-in"),
        named("k8s.keycloak.org/v2beta1:Keycloak", "bank", "sign-in", {
            "instances": 2, "image": f"{ACR}/keycloak{DIGEST}", "startOptimized": True, "db": {
                "vendor": "postgres", "host": "keycloak-rw.sign-in.svc", "database": "keycloak", "usernameSecret": {
                    "name": "keycloak-db", "key": "username"}, "passwordSecret": {"name": "keycloak-db", "key":
                                                                                  "password"}}, "http": {
                "tlsSecret": "keycloak-tls", "httpEnabled": False}, "hostname": {
                "hostname": "https://id.bank.ae", "admin": "https://id-admin.bank.ae", "strict": True}, "proxy": {
                    "headers": "xforwarded"}, "ingress": {"enabled": False}, "networkPolicy": {"enabled": True},
            "resources": sized("1", "2Gi"), "additionalOptions": [
                {"name": "log-level", "value": "INFO"}, {"name": "metrics-enabled", "value": "true"},
                {"name": "db-url-properties", "value": "?sslmode=verify-full&sslrootcert=/tls/ca.crt"}],
                    "truststores": {
                "bank": {"secret": {"name": "bank-ca"}}}, "scheduling": {"priorityClassName": "platform-critical"}}),
        named("k8s.keycloak.org/v2beta1:KeycloakRealmImport", "partners", "sign-in", {
            "keycloakCRName": "bank", "realm": {
                "id": "partners", "realm": "partners", "enabled": True, "sslRequired": "all", "registrationAllowed":
                False, "resetPasswordAllowed": False, "rememberMe": False, "verifyEmail": True, "bruteForceProtected":
                True, "failureFactor": 5, "accessTokenLifespan": 300, "ssoSessionIdleTimeout": 900, "passwordPolicy":
                "length(14) and notUsername and passwordHistory(12)", "eventsEnabled": True, "adminEventsEnabled": True,
                "defaultSignatureAlgorithm": "ES256", "requiredActions": [{
                    "alias": "CONFIGURE_TOTP", "name": "A second proof", "providerId": "CONFIGURE_TOTP",
                        "enabled": True,
                    "defaultAction": True}], "clients": [{
                    "clientId": "portal", "enabled": True, "publicClient": False, "standardFlowEnabled": True,
                    "implicitFlowEnabled": False, "directAccessGrantsEnabled": False, "redirectUris": [
                        "https://partners.bank.ae/callback"], "webOrigins": ["https://partners.bank.ae"],
                            "attributes": {
                        "pkce.code.challenge.method": "S256"}}]}})),
        "keycloak.org/operator/advanced-configuration; .../operator/realm-import; .../server/hostname, as known",
        merged(listed(escape=known("k8s.keycloak.org")), unpriced(
            "kubernetes:k8s.keycloak.org/v2beta1:Keycloak::bank-Keycloak",
            "kubernetes:k8s.keycloak.org/v2beta1:KeycloakRealmImport::partners-KeycloakRealmImport"))),
)  # fmt: skip
