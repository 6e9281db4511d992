"""More good programs of clusters: charts of platform tools (2026-12-01, written before any rule ran)."""

from ..blind import TAGS
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT, CONTAINER, ZONES, chart, closed, listed, made, sized, space

PDB = {"enabled": True, "minAvailable": 1}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart keda: two operators, metrics by TLS and workload identity of Azure", (
        space("keda"),
        chart("keda", "https://kedacore.github.io/charts", "2.18.1", "keda", {
            "additionalLabels": TAGS, "operator": {"replicaCount": 2}, "metricsServer": {"replicaCount": 2}, "webhooks":
            {"enabled": True, "replicaCount": 2, "failurePolicy": "Ignore"}, "podIdentity": {"azureWorkload": {
                "enabled": True, "clientId": CLIENT, "tenantId": TENANT}}, "prometheus": {
                "operator": {"enabled": True, "serviceMonitor": {"enabled": True}}, "metricServer": {"enabled": True}},
            "podDisruptionBudget": {"operator": {"minAvailable": 1}, "metricServer": {"minAvailable": 1}},
            "resources": {"operator": sized("100m", "512Mi"), "metricServer": sized("100m", "512Mi"), "webhooks":
                sized("50m", "128Mi")}, "logging": {"operator": {"level": "info", "format": "json"}},
            "podLabels": {"keda": TAGS, "metricsAdapter": TAGS, "webhooks": TAGS}})),
        "keda.sh/docs/2.18/operate/cluster; kedacore/charts keda/values.yaml, as known", listed()),
    Idiom("chart kueue: two managers with pods and jobs of labelled namespaces, and quotas for one team", (
        space("kueue-system"),
        chart("kueue", "oci://registry.k8s.io/kueue/charts", "0.14.4", "kueue-system", {
            "controllerManager": {"replicas": 2, "podDisruptionBudget": PDB, "manager": {"resources":
                                                                                        sized("500m", "512Mi")}},
            "enablePrometheus": True, "managerConfig": {"controllerManagerConfigYaml":
            "apiVersion: config.kueue.x-k8s.io/v1beta1\nkind: Configuration\nhealth:\n  healthProbeBindAddress: :8081\n"
            "metrics:\n  bindAddress: :8443\nwebhook:\n  port: 9443\nleaderElection:\n  leaderElect: true\n"
            "manageJobsWithoutQueueName: false\nwaitForPodsReady:\n  enable: true\n  timeout: 5m\n"
            "integrations:\n  frameworks:\n  - batch/job\n  - ray.io/raycluster\n  - jobset.x-k8s.io/jobset\n"}}),
        made("kueue.x-k8s.io/v1beta1:ResourceFlavor", {"metadata": {"name": "h100", "labels": TAGS}, "spec": {
            "nodeLabels": {"sku": "h100"}, "tolerations": [{"key": "sku", "operator": "Equal", "value": "gpu", "effect":
                                                           "NoSchedule"}]}}, "flavor"),
        made("kueue.x-k8s.io/v1beta1:ClusterQueue", {"metadata": {"name": "research", "labels": TAGS}, "spec": {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "research"}}, "preemption": {
                "withinClusterQueue": "LowerPriority"}, "resourceGroups": [{
                "coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{"name": "h100", "resources": [
                    {"name": "cpu", "nominalQuota": 64}, {"name": "memory", "nominalQuota": "512Gi"},
                    {"name": "nvidia.com/gpu", "nominalQuota": 2}]}]}]}}, "queue")),
        "kueue.sigs.k8s.io/docs/installation; .../concepts/cluster_queue, as known",
        merged(listed(), {"cost": {"unpriced": {"kubernetes:kueue.x-k8s.io/v1beta1:ResourceFlavor::flavor": {
            "aed_per_month": 60000, "reason": "two spot nodes, approved by finance"}}}})),
    Idiom("chart kyverno: three admission controllers that fail closed and the restricted policies enforced", (
        space("kyverno"),
        chart("kyverno", "https://kyverno.github.io/kyverno", "3.5.2", "kyverno", {
            "customLabels": TAGS, "admissionController": {
                "replicas": 3, "priorityClassName": "system-cluster-critical", "podDisruptionBudget": {
                    "enabled": True, "minAvailable": 2}, "container": {"resources": sized("200m", "512Mi")},
                "serviceMonitor": {"enabled": True}, "topologySpreadConstraints": [{**ZONES, "labelSelector": {
                    "matchLabels": {"app.kubernetes.io/component": "admission-controller"}}}]},
            "backgroundController": {"replicas": 2, "resources": sized("100m", "256Mi")}, "cleanupController": {
                "replicas": 2, "resources": sized("100m", "256Mi")}, "reportsController": {
                "replicas": 2, "resources": sized("100m", "512Mi")}, "config": {"excludeKyvernoNamespace": True}}),
        chart("kyverno-policies", "https://kyverno.github.io/kyverno", "3.5.2", "kyverno", {
            "podSecurityStandard": "restricted", "podSecuritySeverity": "high", "validationFailureAction": "Enforce",
            "failurePolicy": "Fail", "background": True})),
        "kyverno.io/docs/installation/methods; kyverno.io/docs/guides/security, as known",
        listed("https://kyverno.github.io/kyverno")),
    Idiom("chart harbor: images in Azure Blob by a secret, an outer database, TLS inside and Trivy", (
        space("harbor"), closed("harbor"),
        chart("harbor", "https://helm.goharbor.io", "1.18.0", "harbor", {
            "externalURL": "https://harbor.bank.ae", "expose": {"type": "ingress", "tls": {
                "enabled": True, "certSource": "secret", "secret": {"secretName": "harbor-tls"}}, "ingress": {
                "hosts": {"core": "harbor.bank.ae"}, "className": "nginx", "annotations": {
                    "nginx.ingress.kubernetes.io/ssl-redirect": "true", "nginx.ingress.kubernetes.io/proxy-body-size":
                    "0"}}}, "internalTLS": {"enabled": True, "certSource": "auto"}, "existingSecretAdminPassword":
            "harbor-admin", "existingSecretSecretKey": "harbor-key", "database": {"type": "external", "external": {
                "host": "psql-harbor-prod.postgres.database.azure.com", "port": "5432", "username": "harbor",
                "coreDatabase": "registry", "existingSecret": "harbor-db", "sslmode": "verify-full"}}, "redis": {
                "type": "internal", "internal": {"image": {"tag": "v2.14.0"}}}, "persistence": {
                "enabled": True, "resourcePolicy": "keep", "imageChartStorage": {
                    "type": "azure", "disableredirect": True, "azure": {
                        "accountname": "stharborprod", "container": "registry", "existingSecret": "harbor-azure"}},
                "persistentVolumeClaim": {"trivy": {"storageClass": "managed-csi-cmk", "size": "10Gi"}, "redis": {
                    "storageClass": "managed-csi-cmk"}, "jobservice": {"jobLog": {"storageClass": "managed-csi-cmk"}}}},
            "core": {"replicas": 2, "podLabels": TAGS, "resources": sized("200m", "512Mi"), "existingXsrfSecret":
                     "harbor-xsrf", "existingSecret": "harbor-core"}, "registry": {
                "replicas": 2, "podLabels": TAGS, "existingSecret": "harbor-registry", "credentials": {
                    "existingSecret": "harbor-registry-htpasswd"}}, "portal": {"replicas": 2, "podLabels": TAGS},
            "jobservice": {"replicas": 2, "podLabels": TAGS, "existingSecret": "harbor-jobs"}, "trivy": {
                "enabled": True, "replicas": 2, "podLabels": TAGS, "offlineScan": True, "skipUpdate": True},
            "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}, "updateStrategy": {"type":
                                                                                                 "RollingUpdate"}})),
        "goharbor.io/docs/2.14.0/install-config/harbor-ha-helm, as known",
        listed("https://helm.goharbor.io", residency={"known": {
            "stharborprod.blob.core.windows.net": "our own account, in uaenorth",
            "psql-harbor-prod.postgres.database.azure.com": "our own server, in uaenorth"}})),
    Idiom("chart airflow: Kubernetes executor, tasks in the namespace, records in the store and Entra sign-in", (
        space("airflow"), closed("airflow"),
        chart("airflow", "https://airflow.apache.org", "1.18.0", "airflow", {
            "executor": "KubernetesExecutor", "labels": TAGS, "airflowVersion": "3.1.3", "defaultAirflowTag": "3.1.3",
            "images": {"airflow": {"repository": "crbankprod.azurecr.io/airflow", "tag": "3.1.3-1"}},
            "webserverSecretKeySecretName": "airflow-webserver", "fernetKeySecretName": "airflow-fernet",
            "apiSecretKeySecretName": "airflow-api", "jwtSecretName": "airflow-jwt", "postgresql": {"enabled": False},
            "data": {"metadataSecretName": "airflow-metadata"}, "pgbouncer": {"enabled": False}, "redis": {
                "enabled": False}, "statsd": {"enabled": True, "resources": sized("50m", "128Mi")}, "scheduler": {
                "replicas": 2, "resources": sized("500m", "2Gi"), "podDisruptionBudget": {"enabled": True}},
            "apiServer": {"replicas": 2, "resources": sized("500m", "2Gi")}, "triggerer": {
                "replicas": 2, "resources": sized("250m", "1Gi"), "persistence": {"enabled": False}}, "dagProcessor": {
                "replicas": 2, "resources": sized("250m", "1Gi")}, "workers": {"resources": sized("500m", "2Gi"),
                                                                              "persistence": {"enabled": False}},
            "createUserJob": {"enabled": False}, "migrateDatabaseJob": {"useHelmHooks": False}, "dags": {
                "persistence": {"enabled": False}, "gitSync": {"enabled": False}}, "logs": {
                "persistence": {"enabled": False}}, "config": {"core": {"load_examples": "False", "auth_manager":
                "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"}, "logging": {
                "remote_logging": "True", "remote_base_log_folder": "wasb-airflow", "remote_log_conn_id": "wasb_logs"},
                "api": {"expose_config": "False"}}, "securityContexts": {"pod": {
                    "runAsUser": 50000, "fsGroup": 0, "runAsNonRoot": True}, "containers": {
                    "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}}})),
        "airflow.apache.org/docs/helm-chart/stable/production-guide.html, as known",
        listed("https://airflow.apache.org")),
    Idiom("chart oauth2-proxy: Entra sign-in before a tool, with sessions in Redis by TLS", (
        space("tools"), closed("tools"),
        chart("oauth2-proxy", "https://oauth2-proxy.github.io/manifests", "8.3.2", "tools", {
            "replicaCount": 2, "customLabels": TAGS, "podLabels": TAGS, "config": {
                "existingSecret": "oauth2-proxy", "configFile":
                'provider = "entra-id"\noidc_issuer_url = "https://login.microsoftonline.com/'
                f'{TENANT}/v2.0"\nemail_domains = [ "bank.ae" ]\nupstreams = [ "http://127.0.0.1:8080" ]\n'
                'cookie_secure = true\ncookie_httponly = true\ncookie_samesite = "lax"\ncookie_expire = "8h"\n'
                'reverse_proxy = true\nskip_provider_button = true\nwhitelist_domains = [ ".bank.ae" ]\n'
                'allowed_groups = [ "22222222-3333-4444-5555-666666666666" ]\n'},
            "sessionStorage": {"type": "redis", "redis": {"existingSecret": "oauth2-redis", "clientType": "standalone",
                                                          "standalone": {"connectionUrl":
                                                                         "rediss://valkey.portal.svc:6379"}}},
            "resources": sized("50m", "128Mi"), "securityContext": {**CONTAINER, "runAsNonRoot": True, "runAsUser":
                                                                   2000}, "podDisruptionBudget": {
                "enabled": True, "minAvailable": 1}, "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}},
            "ingress": {"enabled": True, "className": "nginx", "hosts": ["tools.bank.ae"], "tls": [
                {"secretName": "tools-tls", "hosts": ["tools.bank.ae"]}]}})),
        "oauth2-proxy.github.io/oauth2-proxy/configuration/providers/ms_entra_id, as known",
        listed("https://oauth2-proxy.github.io/manifests")),
    Idiom("chart secrets-store-csi-driver and metrics-server: agents of nodes and figures by verified TLS", (
        chart("secrets-store-csi-driver", "https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts", "1.5.4",
              "kube-system", {"syncSecret": {"enabled": True}, "enableSecretRotation": True, "rotationPollInterval":
                              "2m", "linux": {"enabled": True, "podLabels": TAGS, "driver": {
                                  "resources": sized("50m", "200Mi")}}, "windows": {"enabled": False}}),
        chart("metrics-server", "https://kubernetes-sigs.github.io/metrics-server", "3.13.0", "kube-system", {
            "replicas": 2, "commonLabels": TAGS, "podDisruptionBudget": PDB, "resources": sized("100m", "200Mi"),
            "args": ["--kubelet-certificate-authority=/ca/ca.crt"], "tls": {"type": "cert-manager"}, "apiService": {
                "insecureSkipTLSVerify": False}, "metrics": {"enabled": True}, "serviceMonitor": {"enabled": True}})),
        "kubernetes-sigs/metrics-server charts/metrics-server/values.yaml; secrets-store-csi-driver.sigs.k8s.io, "
        "as known", listed("https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts",
                           "https://kubernetes-sigs.github.io/metrics-server",
                           kubernetes={"privileged_namespaces": {"kube-system": "agents of nodes mount secrets"}})),
    Idiom("chart trino: a coordinator by TLS with OAuth, workers that scale and a catalogue of PostgreSQL", (
        space("trino"), closed("trino"),
        chart("trino", "https://trinodb.github.io/charts", "1.41.0", "trino", {
            "commonLabels": TAGS, "image": {"tag": "478"}, "server": {"workers": 3, "autoscaling": {
                "enabled": True, "minReplicas": 3, "maxReplicas": 8, "targetCPUUtilizationPercentage": 70}, "config": {
                "https": {"enabled": True, "port": 8443, "keystore": {"path": "/tls/keystore.pem"}},
                "authenticationType": "oauth2"}}, "additionalConfigProperties": [
                "http-server.authentication.oauth2.issuer=https://login.microsoftonline.com/" + TENANT + "/v2.0",
                "http-server.authentication.oauth2.client-id=" + CLIENT,
                "http-server.authentication.oauth2.client-secret=${ENV:OAUTH_SECRET}",
                "internal-communication.shared-secret=${ENV:SHARED_SECRET}",
                "http-server.process-forwarded=true"], "envFrom": [{"secretRef": {"name": "trino-secrets"}}],
            "accessControl": {"type": "configmap", "refreshPeriod": "60s", "configFile": "rules.json", "rules": {
                "rules.json": '{"catalogs": [{"group": "analysts", "catalog": "loans", "allow": "read-only"}]}'}},
            "catalogs": {"loans": "connector.name=postgresql\nconnection-url=jdbc:postgresql://psql-loans-prod.postgres."
                         "database.azure.com:5432/loans?ssl=true&sslmode=verify-full\nconnection-user=trino\n"
                         "connection-password=${ENV:LOANS_PASSWORD}\n"}, "coordinator": {
                "resources": sized("2", "16Gi"), "jvm": {"maxHeapSize": "12G"}, "labels": TAGS}, "worker": {
                "resources": sized("4", "32Gi"), "jvm": {"maxHeapSize": "26G"}, "labels": TAGS}, "secretMounts": [
                {"name": "tls", "secretName": "trino-tls", "path": "/tls"}], "securityContext": {
                "runAsUser": 1000, "runAsGroup": 1000, "runAsNonRoot": True}, "containerSecurityContext": {
                "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}})),
        "trino.io/docs/current/security/overview; trinodb/charts charts/trino/values.yaml, as known",
        listed("https://trinodb.github.io/charts", residency={"known": {
            "psql-loans-prod.postgres.database.azure.com": "our own server, in uaenorth"}})),
)  # fmt: skip
