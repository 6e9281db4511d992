"""Good idioms of on-premises clusters: boards, figures, spans, stores and files by operators (set 20, blind)."""

from ..blind import TAGS
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .sixteenth_stores import APART, LABELS, ZONES, owned, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, LOGIN, POD, image
from .twentieth_goodb_charts import certificate, namespace
from .twentieth_goodb_operators import COLLECTOR, OPTIONAL

IDIOMS = (
    owned("dashboards and sources of Grafana are objects, and staff sign in by the bank's issuer", (
        *namespace("grafana"), password("grafana-sign-in", "grafana", "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET"),
        inside("grafana.integreatly.org/v1beta1:Grafana", "boards", {
            "version": image("grafana/grafana"), "disableDefaultAdminSecret": False, "config": {
                "server": {"root_url": "https://boards.bank.ae", "protocol": "https", "cert_file": "/tls/tls.crt",
                           "cert_key": "/tls/tls.key"}, "auth": {"disable_login_form": "true", "oauth_allow_insecure_"
                                                                 "email_lookup": "false"},
                "auth.anonymous": {"enabled": "false"}, "auth.generic_oauth": {
                    "enabled": "true", "name": "Staff", "client_id": "grafana", "scopes": "openid profile groups",
                    "auth_url": f"{LOGIN}/protocol/openid-connect/auth", "token_url":
                    f"{LOGIN}/protocol/openid-connect/token", "api_url": f"{LOGIN}/protocol/openid-connect/userinfo",
                    "use_pkce": "true", "allow_sign_up": "true", "role_attribute_strict": "true", "role_attribute_path":
                    "contains(groups[*], 'platform') && 'Admin' || 'Viewer'"},
                "security": {"cookie_secure": "true", "strict_transport_security": "true", "disable_gravatar": "true",
                             "content_security_policy": "true"},
                "users": {"allow_sign_up": "false", "viewers_can_edit": "false"}, "snapshots": {
                    "external_enabled": "false"}, "analytics": {"reporting_enabled": "false", "check_for_updates":
                                                                "false", "check_for_plugin_updates": "false"},
                "plugins": {"plugin_admin_enabled": "false"}, "log": {"mode": "console"}}, "deployment": {"spec": {
                    "replicas": 2, "template": {"metadata": {"labels": TAGS}, "spec": {
                        "securityContext": POD, "volumes": [{"name": "tls", "secret": {"secretName": "grafana-tls"}}],
                        "containers": [{"name": "grafana", "resources": LARGE, "securityContext": CLOSED, "envFrom": [
                            {"secretRef": {"name": "grafana-sign-in"}}], "volumeMounts": [
                                {"name": "tls", "mountPath": "/tls", "readOnly": True}], "readinessProbe": {
                                    "httpGet": {"path": "/api/health", "port": 3000, "scheme": "HTTPS"}}}]}}}}},
            "grafana", labels={**TAGS, "boards": "platform"}),
        inside("grafana.integreatly.org/v1beta1:GrafanaDatasource", "prometheus", {
            "instanceSelector": {"matchLabels": {"boards": "platform"}}, "allowCrossNamespaceImport": False,
            "valuesFrom": [{"targetPath": "secureJsonData.tlsCACert", "valueFrom": {"secretKeyRef": {
                "name": "bank-authority", "key": "ca.crt"}}}], "datasource": {
                    "name": "Prometheus", "type": "prometheus", "access": "proxy", "isDefault": True, "editable": False,
                    "url": "https://prometheus.monitoring.svc:9090", "jsonData": {
                        "tlsAuthWithCACert": True, "timeInterval": "30s", "httpMethod": "POST", "tlsSkipVerify": False},
                    "secureJsonData": {"tlsCACert": "${ca.crt}"}}}, "grafana"),
        inside("grafana.integreatly.org/v1beta1:GrafanaFolder", "platform", {
            "instanceSelector": {"matchLabels": {"boards": "platform"}}, "title": "Platform", "permissions":
            "{\"items\": [{\"role\": \"Admin\", \"permission\": 4}, {\"role\": \"Viewer\", \"permission\": 1}]}"},
            "grafana"),
        inside("grafana.integreatly.org/v1beta1:GrafanaDashboard", "gpus", {
            "instanceSelector": {"matchLabels": {"boards": "platform"}}, "folder": "Platform", "resyncPeriod": "10m",
            "configMapRef": {"name": "gpus", "key": "gpus.json"}}, "grafana")),
        "grafana.github.io/grafana-operator/docs/api; grafana.com/docs/grafana/latest/setup-grafana, "
        "as known on 2026-11-30", "grafana.integreatly.org"),
    owned("Prometheus of payments scrapes over TLS, writes to the store of years and alerts the desk", (
        account("payments", "monitoring"),
        inside("monitoring.coreos.com/v1:Prometheus", "payments", {
            "replicas": 2, "image": image("prometheus/prometheus"), "version": "v3.7.3", "retention": "15d",
            "retentionSize": "80GB", "serviceAccountName": "payments", "enableAdminAPI": False, "walCompression": True,
            "serviceMonitorNamespaceSelector": {"matchLabels": {"team": "payments"}}, "serviceMonitorSelector": {
                "matchLabels": {"team": "payments"}}, "podMonitorNamespaceSelector": {"matchLabels": {
                    "team": "payments"}}, "ruleSelector": {"matchLabels": {"team": "payments"}},
            "overrideHonorLabels": True, "overrideHonorTimestamps": True, "ignoreNamespaceSelectors": False,
            "arbitraryFSAccessThroughSMs": {"deny": True}, "enforcedNamespaceLabel": "namespace", "enforcedSampleLimit":
            20000, "enforcedBodySizeLimit": "10MB", "externalLabels": {"cluster": "dc1"}, "podMetadata": {
                "labels": TAGS}, "securityContext": POD, "resources": LARGE, "listenLocal": False, "portName": "web",
            "web": {"tlsConfig": {"cert": {"secret": {"name": "payments-figures-tls", "key": "tls.crt"}}, "keySecret": {
                "name": "payments-figures-tls", "key": "tls.key"}, "minVersion": "TLS12", "clientAuthType":
                "RequireAndVerifyClientCert", "client_ca": {"secret": {"name": "bank-authority", "key": "ca.crt"}}}},
            "storage": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, **stored("100Gi")}}, "remoteWrite": [{
                "url": "https://figures.bank.ae/api/v1/push", "name": "years", "headers": {"X-Scope-OrgID": "payments"},
                "tlsConfig": {"ca": {"secret": {"name": "bank-authority", "key": "ca.crt"}}, "cert": {"secret": {
                    "name": "payments-client", "key": "tls.crt"}}, "keySecret": {"name": "payments-client", "key":
                                                                                 "tls.key"}},
                "queueConfig": {"maxShards": 30, "capacity": 10000}, "writeRelabelConfigs": [{
                    "sourceLabels": ["__name__"], "regex": "go_.*", "action": "drop"}]}],
            "alerting": {"alertmanagers": [{"namespace": "monitoring", "name": "alertmanager-operated", "port": "web",
                                            "scheme": "https", "apiVersion": "v2", "tlsConfig": {"ca": {"secret": {
                                                "name": "bank-authority", "key": "ca.crt"}}, "serverName":
                                                "alertmanager.monitoring.svc"}}]}}, "monitoring"),
        inside("monitoring.coreos.com/v1:ServiceMonitor", "api", {
            "selector": {"matchLabels": {"app": "api"}}, "namespaceSelector": {"matchNames": ["payments"]},
                "endpoints": [{
                "port": "metrics", "scheme": "https", "interval": "30s", "scrapeTimeout": "10s", "path": "/metrics",
                "tlsConfig": {"ca": {"secret": {"name": "bank-authority", "key": "ca.crt"}}, "serverName":
                              "api.payments.svc"}, "authorization": {"type": "Bearer", "credentials": {
                                  "name": "api-metrics", "key": "token"}}}], "sampleLimit": 5000, "labelLimit": 40},
            "payments", labels={**TAGS, "team": "payments"}),
        inside("monitoring.coreos.com/v1:PrometheusRule", "api", {"groups": [{"name": "api", "interval": "1m",
            "rules": [
            {"alert": "ErrorsOfPayments", "expr":
             "sum(rate(http_requests_total{code=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.01",
             "for": "10m", "labels": {"severity": "critical"}, "annotations": {
                 "summary": "More than one of a hundred payments fails", "runbook_url":
                 "https://wiki.bank.ae/runbooks/payments"}}]}]}, "payments", labels={**TAGS, "team": "payments"}),
        inside("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "payments", {
            "route": {"receiver": "desk", "groupBy": ["alertname"], "groupWait": "30s", "repeatInterval": "4h"},
            "receivers": [{"name": "desk", "webhookConfigs": [{
                "url": "https://desk.bank.ae/alerts", "sendResolved": True, "httpConfig": {
                    "authorization": {"type": "Bearer", "credentials": {"name": "desk", "key": "token"}},
                    "tlsConfig": {"ca": {"secret": {"name": "bank-authority", "key": "ca.crt"}}}}}]}],
            "inhibitRules": [{"sourceMatch": [{"name": "severity", "value": "critical"}], "targetMatch": [
                {"name": "severity", "value": "warning"}], "equal": ["alertname"]}]}, "payments"),
        inside("monitoring.coreos.com/v1:Probe", "login", {
            "prober": {"url": "blackbox.monitoring.svc:9115", "scheme": "https"}, "module": "https", "interval": "60s",
            "targets": {"staticConfig": {"static": ["https://login.bank.ae/realms/staff"]}}}, "payments")),
        "prometheus-operator.dev/docs/api-reference/api; prometheus.io/docs/operating/security, as known",
        "monitoring.coreos.com"),
    owned("spans of payments go by a collector of the operator, which samples and takes persons out", (
        account("spans", "payments"), certificate("spans-collector", "payments"),
        inside("opentelemetry.io/v1beta1:OpenTelemetryCollector", "spans", {
            "mode": "deployment", "replicas": 2, "image": image("otel/opentelemetry-collector-contrib"),
            "managementState": "managed", "upgradeStrategy": "none", "serviceAccount": "spans", "resources": LARGE,
            "securityContext": CLOSED, "podSecurityContext": POD, "autoscaler": {
                "minReplicas": 2, "maxReplicas": 6, "targetCPUUtilization": 70}, "podDisruptionBudget": {
                    "minAvailable": 1}, "env": [{"name": "POD_IP", "valueFrom": {"fieldRef": {
                        "fieldPath": "status.podIP"}}}], "volumes": [
                            {"name": "tls", "secret": {"secretName": "spans-collector-tls"}}], "volumeMounts": [
                                {"name": "tls", "mountPath": "/tls", "readOnly": True}], "networkPolicy": {
                                    "enabled": True}, "observability": {"metrics": {"enableMetrics": True}},
            "config": COLLECTOR}, "payments"),
        inside("opentelemetry.io/v1alpha1:Instrumentation", "java", {
            "exporter": {"endpoint": "https://spans-collector.payments.svc:4318", "tls": {
                "configMapName": "bank-authority", "ca_file": "ca.crt"}}, "propagators": ["tracecontext", "baggage"],
            "sampler": {"type": "parentbased_traceidratio", "argument": "0.25"}, "java": {
                "image": image("otel/autoinstrumentation-java"), "resources": SMALL, "env": [
                    {"name": "OTEL_INSTRUMENTATION_JDBC_STATEMENT_SANITIZER_ENABLED", "value": "true"}]}}, "payments"),
        reached("spans", "payments", {"app.kubernetes.io/name": "spans-collector"}, 4317, "payments")),
        "opentelemetry.io/docs/platforms/kubernetes/operator; open-telemetry/opentelemetry-operator, docs, as known",
        "opentelemetry.io"),
    owned("products of the shop lie in MariaDB of Galera, with TLS asked of each user and nightly copies", (
        *namespace("shop"), password("products-root", "shop", "password"), password("products-s3", "shop", "key",
            "secret"),
        inside("k8s.mariadb.com/v1alpha1:MariaDB", "products", {
            "image": image("mariadb/mariadb"), "replicas": 3, "rootPasswordSecretKeyRef": {
                "name": "products-root", "key": "password", "generate": False}, "storage": {
                    "size": "50Gi", "storageClassName": "encrypted", "resizeInUseVolumes": True}, "galera": {
                        "enabled": True, "primary": {"automaticFailover": True}, "sst": "mariabackup", "recovery": {
                            "enabled": True}, "agent": {"image": image("mariadb-operator/mariadb-operator"),
                                                        "kubernetesAuth": {"enabled": True}}},
            "tls": {"enabled": True, "required": True, "galeraSSTEnabled": True, "serverCertIssuerRef": {
                "name": "bank", "kind": "ClusterIssuer"}, "clientCertIssuerRef": {"name": "bank", "kind":
                                                                                  "ClusterIssuer"}},
            "myCnf": "[mariadb]\nbind-address=*\nmax_allowed_packet=64M\ninnodb_buffer_pool_size=2G\n"
                     "require_secure_transport=ON\nlocal_infile=OFF\nserver_audit_logging=ON\n", "podSecurityContext":
                         POD,
            "securityContext": CLOSED, "resources": LARGE, "affinity": {"antiAffinityEnabled": True},
            "podDisruptionBudget": {"maxUnavailable": "33%"}, "podMetadata": {"labels": LABELS}, "metrics": {
                "enabled": True, "exporter": {"image": image("prom/mysqld-exporter"), "resources": SMALL}}, "service": {
                    "type": "ClusterIP"}, "updateStrategy": {"type": "ReplicasFirstPrimaryLast"}}, "shop"),
        inside("k8s.mariadb.com/v1alpha1:Database", "products", {
            "mariaDbRef": {"name": "products"}, "characterSet": "utf8mb4", "collate": "utf8mb4_unicode_ci",
            "cleanupPolicy": "Skip"}, "shop"),
        inside("k8s.mariadb.com/v1alpha1:User", "shop", {
            "mariaDbRef": {"name": "products"}, "passwordSecretKeyRef": {"name": "shop-user", "key": "password"},
            "maxUserConnections": 40, "host": "10.%", "require": {"x509": True}}, "shop"),
        inside("k8s.mariadb.com/v1alpha1:Grant", "shop", {
            "mariaDbRef": {"name": "products"}, "privileges": ["SELECT", "INSERT", "UPDATE", "DELETE"], "database":
            "products", "table": "*", "username": "shop", "host": "10.%", "grantOption": False}, "shop"),
        inside("k8s.mariadb.com/v1alpha1:Backup", "nightly", {
            "mariaDbRef": {"name": "products"}, "schedule": {"cron": "30 21 * * *", "suspend": False}, "maxRetention":
            "720h", "compression": "gzip", "storage": {"s3": {
                "bucket": "bank-backups", "prefix": "products", "endpoint": "objects.bank.ae", "region": "me-central-1",
                "accessKeyIdSecretKeyRef": {"name": "products-s3", "key": "key"}, "secretAccessKeySecretKeyRef": {
                    "name": "products-s3", "key": "secret"}, "tls": {"enabled": True, "caSecretKeyRef": {
                        "name": "bank-authority", "key": "ca.crt"}}}}, "resources": SMALL, "logLevel": "info"}, "shop"),
        reached("products", "shop", {"app.kubernetes.io/name": "mariadb"}, 3306, "shop")),
        "mariadb-operator/mariadb-operator, docs/tls.md, docs/galera.md, examples/manifests, as known on 2026-11-30",
        "k8s.mariadb.com"),
    owned("files of teams lie in a tenant of MinIO on twelve sealed disks, with keys of the bank's Vault", (
        *namespace("files"), account("files", "files"), password("files-root", "files", "config.env"),
        inside("minio.min.io/v2:Tenant", "files", {
            "image": image("minio/minio"), "configuration": {"name": "files-root"}, "requestAutoCert": False,
            "externalCertSecret": [{"name": "files-tls", "type": "cert-manager.io/v1"}], "externalCaCertSecret": [
                {"name": "bank-authority", "type": "kubernetes.io/tls"}], "serviceAccountName": "files", "pools": [{
                "name": "one", "servers": 4, "volumesPerServer": 3, "volumeClaimTemplate": {
                    "metadata": {"name": "data", "labels": TAGS}, **stored("200Gi")}, "resources": OPTIONAL,
                "securityContext": POD, "containerSecurityContext": CLOSED, "affinity": APART,
                "topologySpreadConstraints": ZONES, "labels": LABELS}], "kes": {
                    "image": image("minio/kes"), "replicas": 2, "kesSecret": {"name": "kes-configuration"}, "keyName":
                    "files", "externalCertSecret": {"name": "kes-tls", "type": "cert-manager.io/v1"}, "resources":
                        SMALL,
                    "securityContext": POD, "containerSecurityContext": CLOSED, "labels": TAGS},
            "env": [{"name": "MINIO_IDENTITY_OPENID_CONFIG_URL", "value": f"{LOGIN}/.well-known/openid-configuration"},
                    {"name": "MINIO_KMS_AUTO_ENCRYPTION", "value": "on"}, {"name": "MINIO_BROWSER", "value": "off"},
                    {"name": "MINIO_UPDATE", "value": "off"}, {"name": "MINIO_PROMETHEUS_AUTH_TYPE", "value": "jwt"}],
            "exposeServices": {"minio": False, "console": False}, "prometheusOperator": True, "podManagementPolicy":
            "Parallel", "buckets": [{"name": "bank-models", "region": "me-central-1", "objectLock": True}], "logging": {
                "anonymous": True, "json": True, "quiet": True}, "features": {"bucketDNS": False, "enableSFTP": False}},
            "files"),
        reached("files", "files", {"v1.min.io/tenant": "files"}, 9000, "training")),
        "minio/operator, docs/tenant_crd.adoc; min.io/docs/minio/kubernetes/upstream/operations, "
        "as known on 2026-11-30", "minio.min.io"),
)  # fmt: skip
