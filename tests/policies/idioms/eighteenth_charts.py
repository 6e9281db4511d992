"""Good idioms of clusters: charts of monitoring, delivery and records that no other idiom has (set 18, blind)."""

import json

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable
from .eleventh_cluster import top
from .sixteenth_stores import HASH, password, reached
from .thirteenth_cluster_access import RBAC, account, subject
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, mirrored, ours

PLAIN, OFF = {"type": "ClusterIP"}, {"enabled": False}
TLS = {"name": "tls", "mountPath": "/tls", "readOnly": True}
WEB = ["--web.config.file=/web/web.yaml"]
GRAFANA = {
    "server": {"protocol": "https", "cert_file": "/tls/tls.crt", "cert_key": "/tls/tls.key",
               "min_tls_version": "TLS1.2", "root_url": "https://grafana.bank.ae", "enforce_domain": True},
    "database": {"type": "postgres", "host": "grafana-rw.grafana.svc.cluster.local:5432", "name": "grafana", "user":
                 "grafana", "ssl_mode": "verify-full", "ca_cert_path": "/tls/ca.crt"},
    "security": {"cookie_secure": True, "cookie_samesite": "strict", "disable_gravatar": True,
                 "strict_transport_security": True, "allow_embedding": False, "disable_initial_admin_creation": False},
    "auth": {"disable_login_form": True, "oauth_allow_insecure_email_lookup": False},
    "auth.anonymous": OFF, "auth.basic": OFF, "snapshots": {"external_enabled": False}, "users": {
        "allow_sign_up": False, "auto_assign_org_role": "Viewer"},
    "auth.generic_oauth": {
        "enabled": True, "name": "Staff", "client_id": "grafana", "scopes": "openid profile email groups", "use_pkce":
        True, "auth_url": f"{LOGIN}/protocol/openid-connect/auth", "token_url":
        f"{LOGIN}/protocol/openid-connect/token", "api_url": f"{LOGIN}/protocol/openid-connect/userinfo",
        "role_attribute_path": "contains(groups[*], 'observability') && 'Admin' || 'Viewer'", "role_attribute_strict":
        True, "allow_sign_up": True},
    "analytics": {"reporting_enabled": False, "check_for_updates": False, "check_for_plugin_updates": False},
    "plugins": {"plugin_admin_enabled": False}, "log": {"mode": "console"}}  # fmt: skip
RENOVATE = json.dumps({
    "platform": "gitlab", "endpoint": "https://git.bank.ae/api/v4", "autodiscover": False, "onboarding": False,
    "requireConfig": "required", "repositories": ["payments/api", "payments/deploy"], "gitAuthor":
    "Renovate <renovate@bank.ae>", "allowedCommands": [], "allowScripts": False, "exposeAllEnv": False,
    "enabledManagers": ["dockerfile", "kubernetes"], "packageRules": [
        {"matchDatasources": ["docker"], "registryUrls": ["https://registry.bank.ae"], "pinDigests": True},
        {"matchUpdateTypes": ["major"], "automerge": False}]})  # fmt: skip


def receiver(serving: str) -> dict[str, object]:
    """Returns a receiver of spans, metrics and logs that asks its callers for certificates."""
    return {"endpoint": serving, "tls": {"cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key", "client_ca_file":
                                         "/tls/ca.crt", "min_version": "1.3"}}  # fmt: skip


COLLECTOR = {
    "extensions": {"health_check": {"endpoint": "${env:MY_POD_IP}:13133"}},
    "receivers": {"otlp": {"protocols": {"grpc": receiver("${env:MY_POD_IP}:4317")}}},
    "processors": {"memory_limiter": {"check_interval": "5s", "limit_percentage": 80, "spike_limit_percentage": 25},
                   "batch": {}, "redaction": {"allow_all_keys": True, "blocked_values": ["AE[0-9]{21}"]}},
    "exporters": {"otlp": {"endpoint": "tempo.tracing.svc.cluster.local:4317", "tls": {
        "insecure": False, "ca_file": "/tls/ca.crt", "cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key"}}},
    "service": {"extensions": ["health_check"], "telemetry": {"logs": {"encoding": "json"}}, "pipelines": {"traces": {
        "receivers": ["otlp"], "processors": ["memory_limiter", "redaction", "batch"], "exporters": [
            "otlp"]}}}}  # fmt: skip


def secret(name: str, secret_name: str) -> dict[str, object]:
    """Returns a volume of a secret."""
    return {"name": name, "secret": {"secretName": secret_name}}


def stored(size: str) -> dict[str, object]:
    """Returns the volume of a chart on the encrypted class."""
    return {"enabled": True, "storageClass": "encrypted", "size": size}


def checked(name: str) -> dict[str, object]:
    """Returns how Prometheus scrapes a program over TLS with the bank's authority."""
    return {"scheme": "https", "tlsConfig": {
        "ca": {"secret": {"name": f"{name}-web", "key": "ca.crt"}}, "serverName":
        f"{name}.monitoring.svc.cluster.local", "insecureSkipVerify": False}}  # fmt: skip


def web(name: str) -> Given:
    """Returns the secret with the web configuration of a program of Prometheus: its certificate and who may call."""
    return password(f"{name}-web", "monitoring", "web.yaml", "tls.crt", "tls.key", "ca.crt")


IDIOMS: tuple[Idiom, ...] = (
    Idiom("staff look at dashboards of Grafana after the bank's sign-in, over TLS and with its records in PostgreSQL", (
        password("grafana-admin", "grafana", "admin-user", "admin-password"),
        password("grafana-secrets", "grafana", "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET", "GF_DATABASE_PASSWORD"),
        mirrored("grafana", "10.1.4", {
            "replicas": 2, "image": {"registry": MIRROR, "repository": "grafana/grafana", "tag": "12.2.0", "sha":
                                     HASH.removeprefix("sha256:")},
            "rbac": {"create": True, "namespaced": True, "pspEnabled": False}, "serviceAccount": {
                "create": True, "autoMount": False}, "extraLabels": TAGS, "podLabels": TAGS, "securityContext": POD,
            "containerSecurityContext": CLOSED, "resources": SMALL, "service": {**PLAIN, "port": 443, "targetPort":
                                                                                3000},
            "readinessProbe": {"httpGet": {"path": "/api/health", "port": 3000, "scheme": "HTTPS"}}, "livenessProbe": {
                "httpGet": {"path": "/api/health", "port": 3000, "scheme": "HTTPS"}, "initialDelaySeconds": 60},
            "admin": {"existingSecret": "grafana-admin"}, "envFromSecret": "grafana-secrets", "initChownData": OFF,
            "testFramework": OFF, "ingress": OFF, "persistence": OFF, "enableServiceLinks": False, "plugins": [],
            "extraSecretMounts": [{**TLS, "secretName": "grafana-tls"}], "grafana.ini": GRAFANA, "datasources": {
                "datasources.yaml": {"apiVersion": 1, "datasources": [{
                    "name": "Thanos", "type": "prometheus", "access": "proxy", "editable": False, "url":
                    "https://thanos-query.monitoring.svc.cluster.local:10902", "jsonData": {
                        "tlsAuthWithCACert": True, "tlsSkipVerify": False}, "secureJsonData": {
                            "tlsCACert": "$__file{/tls/ca.crt}"}}]}},
            "sidecar": {"dashboards": OFF, "datasources": OFF}, "podDisruptionBudget": {"minAvailable": 1}}),
        reached("grafana", "grafana", {"app.kubernetes.io/name": "grafana"}, 3000, "gateway")),
        "grafana/helm-charts, charts/grafana/values.yaml; grafana.com/docs, setup-grafana/configure-security", ours(),
        charts=("grafana",)),
    Idiom("alerts are sent to the bank's own desk by three Alertmanagers of the chart, which serve TLS", (
        web("alertmanager"), password("alertmanager-hook", "monitoring", "token"),
        mirrored("alertmanager", "1.28.0", {
            "replicaCount": 3, "image": {"repository": f"{MIRROR}/prometheus/alertmanager", "tag": f"v0.28.1@{HASH}"},
            "automountServiceAccountToken": False, "podSecurityContext": POD, "securityContext": CLOSED, "podLabels":
            TAGS, "resources": SMALL, "service": PLAIN, "ingress": OFF, "podAntiAffinity": "hard", "baseURL":
            "https://alerts.bank.ae", "extraArgs": {"web.config.file": "/web/web.yaml", "log.format": "json"},
            "extraSecretMounts": [
                {"name": "web", "secretName": "alertmanager-web", "mountPath": "/web", "readOnly": True},
                {"name": "hook", "secretName": "alertmanager-hook", "mountPath": "/hook", "readOnly": True}],
            "livenessProbe": {"tcpSocket": {"port": 9093}}, "readinessProbe": {"tcpSocket": {"port": 9093}},
            "persistence": stored("5Gi"), "podDisruptionBudget": {"maxUnavailable": 1}, "configmapReload": OFF,
            "config": {"enabled": True, "templates": [], "route": {
                "receiver": "desk", "group_by": ["namespace", "alertname"], "group_wait": "30s", "group_interval": "5m",
                "repeat_interval": "4h"}, "receivers": [{"name": "desk", "webhook_configs": [{
                    "url": "https://desk.bank.ae/hooks/alerts", "send_resolved": True, "http_config": {
                        "authorization": {"credentials_file": "/hook/token"}, "tls_config": {
                            "insecure_skip_verify": False}}}]}]}}, "monitoring"),
        reached("alertmanager", "monitoring", {"app.kubernetes.io/name": "alertmanager"}, 9093, "monitoring")),
        "prometheus-community/helm-charts, charts/alertmanager/values.yaml; prometheus.io/docs/alerting/latest/https",
        ours(), charts=("alertmanager",)),
    Idiom("states of objects, but not of secrets, are counted by kube-state-metrics over TLS", (
        web("kube-state-metrics"),
        mirrored("kube-state-metrics", "6.4.1", {
            "replicas": 1, "image": {"registry": MIRROR, "repository": "kube-state-metrics/kube-state-metrics", "tag":
                                     "v2.17.0", "sha": HASH.removeprefix("sha256:")},
            "customLabels": TAGS, "hostNetwork": False, "rbac": {"create": True, "useClusterRole": True},
            "podSecurityPolicy": OFF, "securityContext": {"enabled": True, **POD}, "containerSecurityContext": CLOSED,
            "resources": SMALL, "service": PLAIN, "kubeconfig": OFF, "selfMonitor": OFF, "livenessProbe": {
                "httpGet": {"scheme": "HTTPS"}}, "readinessProbe": {"httpGet": {"scheme": "HTTPS"}}, "extraArgs": [
                "--tls-config=/web/web.yaml"], "volumes": [secret("web", "kube-state-metrics-web")], "volumeMounts": [
                    {"name": "web", "mountPath": "/web", "readOnly": True}],
            "collectors": ["cronjobs", "daemonsets", "deployments", "horizontalpodautoscalers", "jobs", "namespaces",
                           "nodes", "persistentvolumeclaims", "poddisruptionbudgets", "pods", "replicasets",
                           "resourcequotas", "services", "statefulsets"],
            "metricLabelsAllowlist": ["namespaces=[cost-centre,owner]"], "prometheus": {"monitor": {
                "enabled": True, "interval": "60s", "http": checked("kube-state-metrics")}}}, "monitoring"),
        reached("kube-state-metrics", "monitoring", {"app.kubernetes.io/name": "kube-state-metrics"}, 8080,
                "monitoring")),
        "prometheus-community/helm-charts, charts/kube-state-metrics; kubernetes/kube-state-metrics, docs/developer",
        ours(), charts=("kube-state-metrics",)),
    Idiom("jobs that end leave their figures at a Pushgateway that asks for a certificate and keeps them on a volume", (
        web("pushgateway"),
        mirrored("prometheus-pushgateway", "3.4.2", {
            "image": {"repository": f"{MIRROR}/prometheus/pushgateway", "tag": f"v1.11.2@{HASH}"}, "runAsStatefulSet":
            True, "replicaCount": 1, "automountServiceAccountToken": False, "podLabels": TAGS, "serviceLabels": TAGS,
            "persistentVolumeLabels": TAGS, "securityContext": POD, "containerSecurityContext": CLOSED, "resources":
            SMALL, "service": {**PLAIN, "port": 9091}, "ingress": OFF, "extraArgs": [
                *WEB, "--persistence.file=/data/figures", "--persistence.interval=5m", "--log.format=json"],
            "liveness": {"enabled": True, "probe": {"tcpSocket": {"port": 9091}}}, "readiness": {
                "enabled": True, "probe": {"tcpSocket": {"port": 9091}}},
            "persistentVolume": stored("2Gi"), "extraVolumes": [secret("web", "pushgateway-web")],
            "extraVolumeMounts": [{"name": "web", "mountPath": "/web", "readOnly": True}], "networkPolicy": {
                "customSelectors": [{"namespaceSelector": {"matchLabels": {"tier": "batch"}}}]},
            "serviceMonitor": {"enabled": True, "namespace": "monitoring", "honorLabels": True,
                               **checked("pushgateway")}}, "monitoring")),
        "prometheus-community/helm-charts, charts/prometheus-pushgateway; prometheus/exporter-toolkit, docs", ours(),
        charts=("prometheus-pushgateway",)),
    Idiom("spans of apps pass by a collector that knows callers by certificates and blanks numbers of accounts", (
        account("collector", "tracing"),
        mirrored("opentelemetry-collector", "0.140.0", {
            "mode": "deployment", "replicaCount": 2, "image": {
                "repository": f"{MIRROR}/otel/opentelemetry-collector-contrib", "tag": "0.139.0", "digest": HASH},
            "command": {"name": "otelcol-contrib"}, "alternateConfig": COLLECTOR, "additionalLabels": TAGS, "podLabels":
            TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE, "useGOMEMLIMIT": True,
            "serviceAccount": {"create": False, "name": "collector"}, "service": PLAIN, "ingress": OFF,
            "presets": {"logsCollection": OFF, "hostMetrics": OFF, "kubernetesAttributes": OFF}, "ports": {
                name: OFF for name in ("otlp-http", "jaeger-compact", "jaeger-thrift", "jaeger-grpc", "zipkin")},
            "extraVolumes": [secret("tls", "collector-tls")], "extraVolumeMounts": [TLS], "networkPolicy": {
                "enabled": True, "allowIngressFrom": [{"namespaceSelector": {"matchLabels": {"tier": "apps"}}}]},
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1}}, "tracing")),
        "open-telemetry/opentelemetry-helm-charts, charts/opentelemetry-collector; opentelemetry.io/docs/security",
        ours(), charts=("opentelemetry-collector",)),
    Idiom("records of pods are kept for three months by VictoriaLogs on one sealed volume, for callers with names", (
        password("logs-callers", "logs", "username", "password"),
        mirrored("victoria-logs-single", "0.11.15", {
            "global": {"image": {"registry": MIRROR}}, "printNotes": False, "serviceAccount": {
                "create": True, "automountToken": False, "extraLabels": TAGS}, "podDisruptionBudget": OFF, "server": {
                    "image": {"repository": "victoriametrics/victoria-logs", "tag": f"v1.36.1@{HASH}"},
                    "retentionPeriod": "90d", "retentionDiskSpaceUsage": "180GiB", "extraLabels": TAGS, "podLabels":
                    TAGS, "resources": LARGE, "podSecurityContext": {"enabled": True, **POD}, "securityContext": {
                        "enabled": True, **CLOSED}, "extraArgs": {
                            "tls": "true", "tlsCertFile": "/tls/tls.crt", "tlsKeyFile": "/tls/tls.key", "tlsMinVersion":
                            "TLS12", "httpAuth.username": "file:///callers/username", "httpAuth.password":
                            "file:///callers/password", "loggerFormat": "json"},
                    "extraVolumes": [secret("tls", "logs-tls"), secret("callers", "logs-callers")],
                    "extraVolumeMounts": [TLS, {"name": "callers", "mountPath": "/callers", "readOnly": True}],
                    "persistentVolume": {"enabled": True, "storageClassName": "encrypted", "size": "200Gi",
                                         "extraLabels": TAGS},
                    "probe": {"readiness": {"tcpSocket": {}}}, "ingress": OFF, "route": OFF}, "vector": OFF}, "logs"),
        reached("logs", "logs", {"app.kubernetes.io/name": "victoria-logs-single"}, 9428, "logging")),
        "VictoriaMetrics/helm-charts, charts/victoria-logs-single; docs.victoriametrics.com/victorialogs, security",
        ours(), charts=("victoria-logs-single",)),
    Idiom("apps are rolled out step by step by Argo Rollouts, which may write for the bank's gateways alone", (
        mirrored("argo-rollouts", "2.40.5", {
            "installCRDs": True, "keepCRDs": True, "clusterInstall": True, "createClusterAggregateRoles": False,
            "global": {"deploymentLabels": TAGS}, "podLabels": TAGS, "podSecurityContext": POD,
            "containerSecurityContext": CLOSED, "dashboard": OFF, "serviceAccount": {"create": True}, "controller": {
                "replicas": 2, "image": {"registry": MIRROR, "repository": "argoproj/argo-rollouts", "tag":
                                         f"v1.8.3@{HASH}"},
                "logging": {"level": "info", "format": "json"}, "resources": SMALL, "selfServiceNotification": False,
                "pdb": {"enabled": True, "minAvailable": 1}, "metrics": {"enabled": True, "serviceMonitor": {
                    "enabled": True}}, "metricProviderPlugins": [], "stepPlugins": [], "trafficRouterPlugins": []},
            "providerRBAC": {"enabled": True, "providers": {
                "gatewayAPI": True, **dict.fromkeys(("istio", "smi", "ambassador", "awsLoadBalancerController",
                                                     "awsAppMesh", "traefik", "apisix", "contour", "glooPlatform"),
                                                    False)}}}),
        reached("argo-rollouts", "argo-rollouts", {"app.kubernetes.io/name": "argo-rollouts"}, 8090, "monitoring")),
        "argoproj/argo-helm, charts/argo-rollouts/values.yaml", ours(), charts=("argo-rollouts",)),
    Idiom("new digests of the bank's images are proposed every night by Renovate, in two repositories", (
        password("renovate", "renovate", "RENOVATE_TOKEN"), account("renovate", "renovate"),
        mirrored("renovate", "44.14.0", {
            "global": {"commonLabels": TAGS}, "cronjob": {
                "schedule": "0 2 * * 1-5", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "jobRestartPolicy":
                "Never", "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 86400, "jobBackoffLimit": 1,
                "labels": TAGS},
            "pod": {"labels": TAGS}, "image": {"registry": MIRROR, "repository": "renovatebot/renovate", "tag":
                                               f"42.19.0@{HASH}"},
            "renovate": {"config": RENOVATE, "configIsSecret": False, "securityContext": CLOSED, "persistence": {
                "cache": {"enabled": True, "storageClass": "encrypted", "storageSize": "5Gi", "labels": TAGS}}},
            "ssh_config": OFF, "existingSecret": "renovate", "serviceAccount": {"create": False, "name": "renovate"},
            "securityContext": POD, "resources": LARGE, "env": {"LOG_FORMAT": "json"}, "envList": [
                secret_variable("RENOVATE_TOKEN", "renovate", "RENOVATE_TOKEN")]})),
        "renovatebot/helm-charts, charts/renovate/values.yaml; docs.renovatebot.com/self-hosted-configuration", ours(),
        charts=("renovate",)),
    Idiom("requests for certificates are approved by a policy of their team, and by nothing else", (
        mirrored("cert-manager-approver-policy", "0.22.2", {
            "replicaCount": 2, "image": {"registry": MIRROR, "repository": "jetstack/cert-manager-approver-policy",
                                         "digest": HASH},
            "app": {"logLevel": 1, "approveSignerNames": ["clusterissuers.cert-manager.io/bank"], "metrics": {
                "service": {"enabled": True, **PLAIN, "servicemonitor": {"enabled": True}}}, "webhook": {
                    "hostNetwork": False, "service": PLAIN}},
            "commonLabels": TAGS, "podLabels": TAGS, "resources": SMALL, "podDisruptionBudget": {
                "enabled": True, "minAvailable": 1}}, "cert-manager"),
        top("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", "payments", {
            "allowed": {"commonName": {"required": False, "value": ""}, "isCA": False, "usages": [
                "digital signature", "server auth", "client auth"], "dnsNames": {
                    "required": True, "values": ["*.payments.svc.cluster.local", "payments.bank.ae"]}},
            "constraints": {"maxDuration": "2160h", "privateKey": {"algorithm": "ECDSA", "minSize": 256}},
            "selector": {"issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"},
                         "namespace": {"matchNames": ["payments"]}}}),
        k8s(f"{RBAC}/v1:Role", {"metadata": meta("use-payments", "payments"), "rules": [{
            "apiGroups": ["policy.cert-manager.io"], "resources": ["certificaterequestpolicies"], "verbs": ["use"],
            "resourceNames": ["payments"]}]}, "use"),
        k8s(f"{RBAC}/v1:RoleBinding", {
            "metadata": meta("use-payments", "payments"), "subjects": [subject("cert-manager", "cert-manager")],
            "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": "use-payments"}}, "use-binding"),
        inside("cert-manager.io/v1:Certificate", "payments", {
            "secretName": "payments-tls", "dnsNames": ["payments.bank.ae"], "duration": "2160h", "renewBefore": "720h",
            "usages": ["digital signature", "server auth"], "privateKey": {
                "algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}, "issuerRef": {
                    "name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}}, "payments")),
        "cert-manager/approver-policy, deploy/charts/approver-policy; cert-manager.io/docs/policy/approval",
        ours("policy.cert-manager.io"),
        charts=("cert-manager-approver-policy",)),
)  # fmt: skip
