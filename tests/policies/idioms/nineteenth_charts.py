"""Good idioms of clusters: charts with the values of their vendors' guides for production (set 19, blind)."""

from ..blind import TAGS
from . import Idiom
from .eighteenth_charts import OFF
from .eleventh_charts import CLOSED, SMALL, inside
from .sixteenth_stores import password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, mirrored, ours

HARD = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}


def spread(name: str) -> list[dict[str, object]]:
    """Returns how the pods of a component keep apart."""
    return [{"maxSkew": 1, "topologyKey": key, "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {
        "matchLabels": {"app.kubernetes.io/name": name}}}
            for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")]  # fmt: skip


def part(name: str, replicas: int, **more: object) -> dict[str, object]:
    """Returns the values that each component of a chart has."""
    return {"replicas": replicas, "resources": SMALL, "topologySpreadConstraints": spread(name), "podLabels": TAGS,
            "pdb": {"enabled": True, "maxUnavailable": 1}, **more}  # fmt: skip


def monitored(**more: object) -> dict[str, object]:
    """Returns figures of a component for Prometheus."""
    return {"enabled": True, "serviceMonitor": {"enabled": True, "interval": "30s", "scrapeTimeout": "10s", **more}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("certificates are made by cert-manager with two controllers, three hooks and the limits of its guide", (
        mirrored("cert-manager", "v1.19.1", {
            "global": {"leaderElection": {"namespace": "cert-manager"}, "logLevel": 2, "commonLabels": TAGS,
                       "priorityClassName": "platform", "rbac": {"create": True, "aggregateClusterRoles": True}},
            "crds": {"enabled": True, "keep": True}, "replicaCount": 2, "podDisruptionBudget": {
                "enabled": True, "minAvailable": 1}, "strategy": {"type": "RollingUpdate", "rollingUpdate": {
                    "maxSurge": 0, "maxUnavailable": 1}},
            "image": {"repository": f"{MIRROR}/jetstack/cert-manager-controller", "pullPolicy": "IfNotPresent"},
            "config": {"apiVersion": "controller.config.cert-manager.io/v1alpha1", "kind": "ControllerConfiguration",
                       "logging": {"verbosity": 2, "format": "json"}, "leaderElectionConfig": {
                           "namespace": "cert-manager"}, "kubernetesAPIQPS": 50, "kubernetesAPIBurst": 100,
                       "featureGates": {"ServerSideApply": True}, "enableGatewayAPI": True},
            "enableCertificateOwnerRef": False, "maxConcurrentChallenges": 60, "resources": SMALL, "podSecurityContext":
            {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}, "containerSecurityContext": HARD,
            "automountServiceAccountToken": True, "enableServiceLinks": False, "hostAliases": [],
            "topologySpreadConstraints": spread("cert-manager"), "prometheus": {"enabled": True, "podmonitor": {
                "enabled": True, "interval": "60s"}, "servicemonitor": {"enabled": False}},
            "dns01RecursiveNameserversOnly": True, "dns01RecursiveNameservers": "10.30.0.4:53", "livenessProbe": {
                "enabled": True}, "webhook": {
                    "replicaCount": 3, "timeoutSeconds": 30, "hostNetwork": False, "securePort": 10250, "image": {
                        "repository": f"{MIRROR}/jetstack/cert-manager-webhook"}, "podDisruptionBudget": {
                            "enabled": True, "minAvailable": 1}, "resources": SMALL, "containerSecurityContext": HARD,
                    "networkPolicy": {"enabled": True}},
            "cainjector": {"enabled": True, "replicaCount": 2, "resources": SMALL, "containerSecurityContext": HARD,
                           "extraArgs": ["--namespace=cert-manager"], "podDisruptionBudget": {
                               "enabled": True, "minAvailable": 1}, "image": {
                                   "repository": f"{MIRROR}/jetstack/cert-manager-cainjector"}},
            "startupapicheck": {"enabled": False}, "acmesolver": {"image": {
                "repository": f"{MIRROR}/jetstack/cert-manager-acmesolver"}}}),
        inside("cert-manager.io/v1:Issuer", "bank", {"vault": {
            "server": "https://vault.bank.ae", "path": "pki/sign/apps", "caBundleSecretRef": {
                "name": "bank-authority", "key": "ca.crt"}, "auth": {"kubernetes": {
                    "mountPath": "/v1/auth/kubernetes", "role": "cert-manager", "serviceAccountRef": {
                        "name": "issuer", "audiences": ["vault"]}}}}}, "team-a")),
        "cert-manager.io/docs/installation/best-practice; cert-manager/cert-manager, deploy/charts/cert-manager",
            ours()),
    Idiom("Argo CD delivers what one repository holds to teams' namespaces, by two of each part, after sign-in", (
        password("argocd-redis", "argocd", "auth"),
        mirrored("argo-cd", "9.1.4", {
            "global": {"domain": "deploy.bank.ae", "image": {"repository": f"{MIRROR}/argoproj/argocd",
                "tag": "v3.2.1"},
                       "networkPolicy": {"create": True, "defaultDenyIngress": True}, "podLabels": TAGS, "logging": {
                           "format": "json", "level": "info"}, "topologySpreadConstraints": [], "securityContext": {
                               "runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}},
            "crds": {"install": True, "keep": True}, "createClusterRoles": True, "configs": {
                "cm": {"admin.enabled": False, "exec.enabled": False, "users.anonymous.enabled": False, "url":
                       "https://deploy.bank.ae", "timeout.reconciliation": "180s", "timeout.hard.reconciliation": "0s",
                       "application.instanceLabelKey": "argocd.argoproj.io/instance", "resource.exclusions": "",
                       "application.resourceTrackingMethod": "annotation", "statusbadge.enabled": False,
                       "kustomize.buildOptions": "", "server.rbac.log.enforce.enable": True, "oidc.config":
                       f"name: Staff\nissuer: {LOGIN}\nclientID: argocd\nenablePKCEAuthentication: true\n"
                       "requestedScopes: [openid, profile, groups]\n"},
                "params": {"server.insecure": False, "server.enable.gzip": True, "controller.status.processors": 20,
                           "controller.operation.processors": 10, "controller.repo.server.timeout.seconds": 120,
                           "reposerver.parallelism.limit": 4, "application.namespaces": "", "server.x.frame.options":
                           "sameorigin", "controller.self.heal.timeout.seconds": 5, "reposerver.enable.git.submodule":
                           False, "server.disable.auth": False, "applicationsetcontroller.policy": "create-update"},
                "rbac": {"create": True, "policy.default": "", "scopes": "[groups]", "policy.csv":
                         "p, role:deployers, applications, get, payments/*, allow\n"
                         "p, role:deployers, applications, sync, payments/*, allow\ng, deployers, role:deployers\n"},
                "secret": {"createSecret": True}, "ssh": {"knownHosts": ""}},
            "controller": {**part("argocd-application-controller", 2), "dynamicClusterDistribution": False, "metrics":
                           monitored(), "containerSecurityContext": CLOSED},
            "server": {**part("argocd-server", 2), "autoscaling": {"enabled": True, "minReplicas": 2, "maxReplicas": 4},
                       "extensions": {"enabled": False}, "service": {"type": "ClusterIP"}, "ingress": OFF, "metrics":
                       monitored(), "containerSecurityContext": CLOSED, "certificate": {"enabled": False}},
            "repoServer": {**part("argocd-repo-server", 2), "autoscaling": {"enabled": True, "minReplicas": 2},
                           "metrics": monitored(), "containerSecurityContext": CLOSED, "useEphemeralHelmWorkingDir":
                           True, "env": [{"name": "ARGOCD_EXEC_TIMEOUT", "value": "120s"}]},
            "applicationSet": {"replicas": 2, "resources": SMALL, "allowAnyNamespace": False},
            "notifications": {"enabled": False}, "dex": {"enabled": False}, "redis-ha": {
                "enabled": True, "exporter": {"enabled": True}, "haproxy": {"replicas": 3,
                    "metrics": {"enabled": True}},
                "existingSecret": "argocd-redis", "persistentVolume": {"enabled": False}, "hardAntiAffinity": True},
            "redis": {"enabled": False}}, "argocd"),
        reached("argocd", "argocd", {"app.kubernetes.io/name": "argocd-server"}, 8080, "gateway")),
        "argo-cd.readthedocs.io/en/stable/operator-manual/high_availability; argoproj/argo-helm, charts/argo-cd",
        ours(escape={"helm_sources": {f"oci://{MIRROR}": "the company's mirror of reviewed charts"},
            "image_publishers": {
            MIRROR: "the company's mirror of reviewed images"}, "charts": {
                "argo-cd": "it delivers one repository alone, which runs these rules itself"}})),
    Idiom("Prometheus of the stack keeps a month of figures on a volume, and its Alertmanagers tell the bank's desk", (
        password("alertmanager", "monitoring", "token"),
        mirrored("kube-prometheus-stack", "79.5.0", {
            "global": {"imageRegistry": MIRROR}, "fullnameOverride": "kps", "commonLabels": TAGS, "crds": {
                "enabled": True, "upgradeJob": {"enabled": False}}, "defaultRules": {
                    "create": True, "disabled": {"KubeProxyDown": True, "Watchdog": False}, "rules": {
                        "etcd": True, "kubeProxy": False, "windows": False}},
            "kubeProxy": OFF, "kubeEtcd": {"enabled": True, "service": {"enabled": True, "port": 2381},
                "serviceMonitor": {
                "scheme": "https", "insecureSkipVerify": False, "serverName": "etcd", "caFile":
                "/etc/prometheus/secrets/etcd/ca.crt", "certFile": "/etc/prometheus/secrets/etcd/tls.crt", "keyFile":
                "/etc/prometheus/secrets/etcd/tls.key"}},
            "kubelet": {"enabled": True, "serviceMonitor": {"https": True, "cAdvisor": True, "probes": True,
                                                            "insecureSkipVerify": False}},
            "prometheusOperator": {
                "enabled": True, "resources": SMALL, "tls": {"enabled": True, "tlsMinVersion": "VersionTLS13"},
                "admissionWebhooks": {"enabled": True, "failurePolicy": "Fail", "certManager": {"enabled": True},
                    "patch": {
                    "enabled": False}}, "networkPolicy": {"enabled": True}, "containerSecurityContext": CLOSED},
            "prometheus": {
                "enabled": True, "service": {"type": "ClusterIP"}, "ingress": OFF, "podDisruptionBudget": {
                    "enabled": True, "minAvailable": 1}, "networkPolicy": {"enabled": True, "flavor": "kubernetes"},
                "prometheusSpec": {
                    "replicas": 2, "retention": "30d", "retentionSize": "180GB", "walCompression": True, "resources":
                    LARGE, "scrapeInterval": "30s", "evaluationInterval": "30s", "enableAdminAPI": False,
                    "enableRemoteWriteReceiver": False, "podAntiAffinity": "hard", "podMetadata": {"labels": TAGS},
                    "serviceMonitorSelectorNilUsesHelmValues": False, "podMonitorSelectorNilUsesHelmValues": False,
                    "ruleSelectorNilUsesHelmValues": False, "externalUrl": "https://figures.bank.ae",
                        "externalLabels": {
                        "cluster": "dc1"}, "enforcedSampleLimit": 50000, "enforcedLabelLimit": 64, "queryLogFile": "",
                    "ignoreNamespaceSelectors": False, "overrideHonorLabels": True, "secrets": ["etcd"],
                    "securityContext": POD, "web": {"tlsConfig": {
                        "cert": {"secret": {"name": "prometheus-tls", "key": "tls.crt"}}, "keySecret": {
                            "name": "prometheus-tls", "key": "tls.key"}, "minVersion": "TLS12"}},
                    "storageSpec": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                        "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "resources": {
                            "requests": {"storage": "200Gi"}}}}}}},
            "alertmanager": {
                "enabled": True, "ingress": OFF, "config": {
                    "global": {"resolve_timeout": "5m"}, "inhibit_rules": [{
                        "source_matchers": ['severity="critical"'], "target_matchers": ['severity=~"warning|info"'],
                        "equal": ["namespace", "alertname"]}],
                    "route": {"receiver": "desk", "group_by": ["namespace"], "routes": [
                        {"receiver": "none", "matchers": ['alertname="InfoInhibitor"']}]},
                    "receivers": [{"name": "none"}, {"name": "desk", "webhook_configs": [{
                        "url": "https://desk.bank.ae/hooks/alerts", "http_config": {"authorization": {
                            "credentials_file": "/etc/alertmanager/secrets/alertmanager/token"}}}]}]},
                "alertmanagerSpec": {"replicas": 3, "retention": "120h", "secrets": ["alertmanager"],
                    "resources": SMALL,
                                     "podAntiAffinity": "hard", "storage": {"volumeClaimTemplate": {
                                         "metadata": {"labels": TAGS}, "spec": {
                                             "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                                             "resources": {"requests": {"storage": "5Gi"}}}}}}},
            "grafana": OFF, "nodeExporter": OFF, "kube-state-metrics": {
                "resources": SMALL, "collectors": ["deployments", "pods", "nodes"], "rbac": {"create": True}}},
            "monitoring")),
        "prometheus-community/helm-charts, charts/kube-prometheus-stack/values.yaml; prometheus-operator.dev/docs",
            ours()),
    Idiom("records of pods are in Loki of three parts that scale apart, in the bank's bucket and per team", (
        account("loki", "logs"), password("loki-s3", "logs", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        mirrored("loki", "6.46.0", {
            "deploymentMode": "SimpleScalable", "global": {"image": {"registry": MIRROR}, "dnsService": "kube-dns"},
            "serviceAccount": {"create": False, "name": "loki", "automountServiceAccountToken": False}, "loki": {
                "auth_enabled": True, "analytics": {"reporting_enabled": False},
                    "commonConfig": {"replication_factor": 3},
                "podLabels": TAGS, "podSecurityContext": POD, "containerSecurityContext": CLOSED, "schemaConfig": {
                    "configs": [{"from": "2026-01-01", "store": "tsdb", "object_store": "s3", "schema": "v13",
                        "index": {
                        "prefix": "loki_index_", "period": "24h"}}]},
                "storage": {"type": "s3", "bucketNames": {"chunks": "bank-logs", "ruler": "bank-logs-rules", "admin":
                                                          "bank-logs-admin"}, "s3": {
                                                              "endpoint": "https://objects.bank.ae", "region":
                                                              "me-central-1", "s3ForcePathStyle": True,
                                                                  "insecure": False,
                                                              "http_config": {"insecure_skip_verify": False}}},
                "limits_config": {
                    "retention_period": "2160h", "ingestion_rate_mb": 16, "ingestion_burst_size_mb": 32,
                    "max_global_streams_per_user": 10000, "max_query_parallelism": 32,
                        "split_queries_by_interval": "15m",
                    "reject_old_samples": True, "reject_old_samples_max_age": "168h", "max_label_names_per_series": 15,
                    "allow_structured_metadata": True, "volume_enabled": True, "query_timeout": "300s",
                    "max_entries_limit_per_query": 5000, "discover_service_name": []},
                "compactor": {"retention_enabled": True, "delete_request_store": "s3", "retention_delete_delay": "2h",
                              "retention_delete_worker_count": 150},
                "ingester": {"chunk_encoding": "snappy", "chunk_idle_period": "30m", "autoforget_unhealthy": True},
                "querier": {"max_concurrent": 4}, "pattern_ingester": {"enabled": True}, "tracing": {"enabled": False},
                "server": {"log_level": "info", "grpc_server_max_recv_msg_size": 8388608, "http_server_read_timeout":
                           "310s"}},
            **{name: {"replicas": 3, "maxUnavailable": 1, "resources": LARGE, "extraEnvFrom": [{"secretRef": {
                "name": "loki-s3"}}], "persistence": {"size": "20Gi", "storageClass": "encrypted"}, "autoscaling": OFF}
               for name in ("write", "read", "backend")},
            "gateway": {"enabled": True, "replicas": 2, "ingress": OFF, "basicAuth": {
                "enabled": True, "existingSecret": "loki-callers"}, "service": {"type": "ClusterIP"}},
            "chunksCache": {"enabled": True, "allocatedMemory": 2048}, "resultsCache": {
                "enabled": True, "allocatedMemory": 512}, "lokiCanary": OFF, "test": OFF, "minio": OFF, "monitoring": {
                    "serviceMonitor": {"enabled": True}, "selfMonitoring": {"enabled": False, "grafanaAgent": {
                        "installOperator": False}}},
            "networkPolicy": {"enabled": True, "flavor": "kubernetes"}}, "logs")),
        "grafana.com/docs/loki/latest/setup/install/helm/install-scalable; grafana/loki, production/helm/loki",
        ours(residency={"known": {"bank.ae": "our own domain, in our data centre in Abu Dhabi", **dict.fromkeys(
            ("bank-logs", "bank-logs-rules", "bank-logs-admin"), "our own, in our data centre")}})),
    Idiom("calls between pods are sealed by Istio, whose pods know each other, log in JSON and leave by listed names", (
        mirrored("istiod", "1.28.0", {
            "global": {"hub": f"{MIRROR}/istio", "tag": "1.28.0", "logAsJson": True, "priorityClassName": "platform",
                       "proxy": {"privileged": False, "enableCoreDump": False, "holdApplicationUntilProxyStarts": True,
                                 "logLevel": "warning", "componentLogLevel": "misc:error", "resources": SMALL,
                                 "readinessInitialDelaySeconds": 1, "outlierLogPath": ""}, "networkPolicy": {
                                     "enabled": True}, "waypoint": {"resources": SMALL}},
            "autoscaleEnabled": True, "autoscaleMin": 2, "autoscaleMax": 5, "cpu": {"targetAverageUtilization": 80},
            "replicaCount": 2, "rollingMaxSurge": "100%", "rollingMaxUnavailable": "25%", "resources": LARGE, "env": {
                "PILOT_ENABLE_STATUS": "true", "PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION": "false",
                "ENABLE_NATIVE_SIDECARS": "true", "PILOT_PUSH_THROTTLE": "100", "VERIFY_CERTIFICATE_AT_CLIENT": "true"},
            "traceSampling": 1.0, "keepaliveMaxServerConnectionAge": "30m", "cni": {"enabled": True}, "meshConfig": {
                "accessLogFile": "/dev/stdout", "accessLogEncoding": "JSON", "enableAutoMtls": True, "rootNamespace":
                "istio-system", "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}, "meshMTLS": {
                    "minProtocolVersion": "TLSV1_3"}, "pathNormalization": {"normalization": "MERGE_SLASHES"},
                "enablePrometheusMerge": True, "trustDomain": "bank.ae", "defaultConfig": {
                    "holdApplicationUntilProxyStarts": True, "terminationDrainDuration": "30s", "proxyMetadata": {
                        "ISTIO_META_DNS_CAPTURE": "true"}, "tracing": {"sampling": 1.0}}},
            "pilot": {"podDisruptionBudget": {"minAvailable": 1}}, "sidecarInjectorWebhook": {
                "enableNamespacesByDefault": False, "rewriteAppHTTPProbe": True, "reinvocationPolicy": "Never"},
            "podLabels": TAGS, "seccompProfile": {"type": "RuntimeDefault"}}, "istio-system"),
        inside("security.istio.io/v1:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}}, "istio-system"),
        inside("networking.istio.io/v1:Sidecar", "outside", {
            "egress": [{"hosts": ["./*", "istio-system/*"]}], "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}},
            "istio-system"),
        inside("security.istio.io/v1:AuthorizationPolicy", "nobody", {}, "istio-system")),
        "istio.io/latest/docs/ops/best-practices/security; istio/istio, manifests/charts/istio-control/istio-discovery",
        ours()),
    Idiom("images of teams are in Harbor with its own database and store, scanned, for staff of the bank's sign-in", (
        password("harbor-core", "harbor", "secret", "HARBOR_ADMIN_PASSWORD", "secretKey"),
        password("harbor-db", "harbor", "password"),
        password("harbor-registry", "harbor", "REGISTRY_PASSWD", "REGISTRY_HTPASSWD"), password("harbor-s3", "harbor",
            "REGISTRY_STORAGE_S3_ACCESSKEY",
                                                             "REGISTRY_STORAGE_S3_SECRETKEY"),
        mirrored("harbor", "1.18.0", {
            "externalURL": "https://registry.bank.ae", "expose": {"type": "clusterIP", "tls": {
                "enabled": True, "certSource": "secret", "secret": {"secretName": "harbor-tls"}}},
            "internalTLS": {"enabled": True, "strong_ssl_ciphers": True, "certSource": "secret", **{
                name: {"secretName": f"harbor-{name}-tls"} for name in ("core", "jobservice", "registry", "portal",
                                                                        "trivy")}},
            "existingSecretAdminPassword": "harbor-core", "existingSecretSecretKey": "harbor-core",
                "caBundleSecretName":
            "bank-authority", "updateStrategy": {"type": "RollingUpdate"}, "logLevel": "info", "ipFamily": {
                "ipv6": {"enabled": False}}, "containerSecurityContext": CLOSED, "persistence": {
                    "enabled": True, "resourcePolicy": "keep", "persistentVolumeClaim": {
                        "trivy": {"storageClass": "encrypted", "size": "10Gi"}, "jobservice": {"jobLog": {
                            "storageClass": "encrypted", "size": "5Gi"}}}, "imageChartStorage": {
                                "disableredirect": True, "type": "s3", "s3": {
                                    "existingSecret": "harbor-s3", "region": "me-central-1", "regionendpoint":
                                    "https://objects.bank.ae", "bucket": "bank-images", "encrypt": True, "secure": True,
                                    "skipverify": False, "v4auth": True, "multipartcopythresholdsize": "5368709120"}}},
            "database": {"type": "external", "external": {
                "host": "harbor-rw.harbor.svc.cluster.local", "port": "5432", "username": "harbor", "coreDatabase":
                "registry", "existingSecret": "harbor-db", "sslmode": "verify-full"}, "maxIdleConns": 50,
                    "maxOpenConns":
                200}, "redis": {"type": "external", "external": {
                    "addr": "harbor-cache.harbor.svc.cluster.local:6379", "existingSecret": "harbor-cache",
                        "tlsOptions": {
                        "enable": True}}},
            "core": {"replicas": 2, "resources": SMALL, "podLabels": TAGS, "gdpr": {"deleteUser": True,
                "auditLogsCompliant":
                                                                                  True}, "quotaUpdateProvider": "db",
                     "configureUserSettings": '{"auth_mode": "oidc_auth", "self_registration": false, "oidc_name": '
                     f'"Staff", "oidc_endpoint": "{LOGIN}", "oidc_verify_cert": true, "project_creation_restriction": '
                     '"adminonly", "robot_token_duration": 30}'},
            "jobservice": {"replicas": 2, "resources": SMALL, "podLabels": TAGS, "maxJobWorkers": 10, "jobLoggers": [
                "file"], "loggerSweeperDuration": 14},
            "registry": {"replicas": 2, "credentials": {"existingSecret": "harbor-registry"}, "podLabels": TAGS,
                "relativeurls": True, "upload_purging": {
                "enabled": True, "age": "168h", "interval": "24h", "dryrun": False}},
            "portal": {"replicas": 2, "resources": SMALL, "podLabels": TAGS}, "trivy": {
                "enabled": True, "replicas": 1, "offlineScan": True, "skipUpdate": True, "skipJavaDBUpdate": True,
                "ignoreUnfixed": False, "insecure": False, "severity": "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL", "timeout":
                "10m0s", "resources": LARGE, "podLabels": TAGS},
            "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}, "exporter": {"replicas": 1}, "cache": {
                "enabled": True, "expireHours": 24}, "trace": {"enabled": False}})),
        "goharbor.io/docs/2.14.0/install-config/harbor-ha-helm; goharbor/harbor-helm, values.yaml",
        ours(residency={"known": {"bank.ae": "our own domain, in our data centre in Abu Dhabi", "bank-images":
                                  "our own, in our data centre"}})),
)  # fmt: skip
