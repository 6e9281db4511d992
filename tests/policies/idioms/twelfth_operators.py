"""Good idioms of clusters: gateways, what is watched, tenants, backups and pipelines (twelfth set, blind)."""

from ..blind import TAGS, k8s, meta, pod
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role, stored
from .eleventh_cluster import FROM_GATEWAY, top
from .sixth_kubernetes import service
from .twelfth_charts import CALLERS, LARGE, LOGIN, MIRROR, POD, image, ours

ROUTE = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "models"}
TRIVIAL = {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "64Mi"}}
STEP = {"securityContext": {**CLOSED, "runAsUser": 65532}, "computeResources": SMALL}
MAIL = {"to": "oncall@bank.ae", "from": "alerts@bank.ae", "smarthost": "smtp.bank.ae:587", "requireTLS": True,
        "authUsername": "alerts", "authPassword": {"name": "smtp", "key": "password"}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("tokens of models are counted for each department by Kuadrant", (
        inside("gateway.networking.k8s.io/v1:HTTPRoute", "models", {
            "parentRefs": [{"name": "inner", "namespace": "gateway", "sectionName": "https"}],
            "hostnames": ["models.bank.ae"], "rules": [{"backendRefs": [{"name": "models", "port": 443}]}]}, "models"),
        inside("kuadrant.io/v1:AuthPolicy", "models", {"targetRef": ROUTE, "rules": {
            "authentication": {"staff": {"jwt": {"issuerUrl": LOGIN, "ttl": 300}}},
            "authorization": {"users": {"patternMatching": {"patterns": [
                {"predicate": "auth.identity.groups.exists(g, g == 'model-users')"}]}}},
            "response": {"success": {"filters": {"identity": {"json": {"properties": {
                "department": {"expression": "auth.identity.department"}}}}}}}}}, "models"),
        inside("kuadrant.io/v1alpha1:TokenRateLimitPolicy", "models", {"targetRef": ROUTE, "limits": {"department": {
            "rates": [{"limit": 500000, "window": "24h"}],
            "counters": [{"expression": "auth.identity.department"}]}}}, "models")),
        "docs.kuadrant.io, user-guides/tokenratelimitpolicy", ours("kuadrant.io", kubernetes=CALLERS)),
    Idiom("an inner gateway ends TLS with the cluster's certificates for labelled namespaces", (
        inside("cert-manager.io/v1:Certificate", "apps", {
            "secretName": "apps-tls", "dnsNames": ["apps.bank.ae", "*.apps.bank.ae"], "duration": "2160h",
            "renewBefore": "720h", "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}}, "gateway"),
        inside("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "apps", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "apps"}],
            "tls": {"minVersion": "1.3", "alpnProtocols": ["h2", "http/1.1"], "clientValidation": {
                "optional": False, "caCertificateRefs": [{"kind": "ConfigMap", "name": "bank-authority"}]}},
            "headers": {"withUnderscoresAction": "RejectRequest"}}, "gateway"),
        inside("gateway.networking.k8s.io/v1:Gateway", "apps", {
            "gatewayClassName": "inner", "infrastructure": {"labels": TAGS, "annotations": {
                "metallb.io/address-pool": "apps"}}, "listeners": [{
                    "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae",
                    "tls": {"mode": "Terminate", "certificateRefs": [{"name": "apps-tls"}]},
                    "allowedRoutes": {"namespaces": {"from": "Selector", "selector": {
                        "matchLabels": {"gateway.bank.ae/apps": "allowed"}}}}}]}, "gateway")),
        "gateway.envoyproxy.io/docs/tasks/security/mutual-tls", ours(
            prices=("gateway.networking.k8s.io/v1:Gateway::apps",), kubernetes=CALLERS)),
    Idiom("metrics of teams lie in two copies of Prometheus that only the platform asks", (
        *role("prometheus", "monitoring", {"apiGroups": [""], "resources": ["services", "endpoints", "pods"],
                                           "verbs": ["get", "list", "watch"]}),
        inside("monitoring.coreos.com/v1:Prometheus", "platform", {
            "replicas": 2, "image": image("prometheus/prometheus"), "version": "v3.7.3", "retention": "30d",
            "retentionSize": "80GB", "serviceAccountName": "prometheus", "enableAdminAPI": False,
            "podMetadata": {"labels": TAGS}, "walCompression": True, "listenLocal": False, "securityContext": POD,
            "web": {"tlsConfig": {"cert": {"secret": {"name": "prometheus-tls", "key": "tls.crt"}},
                                  "keySecret": {"name": "prometheus-tls", "key": "tls.key"}, "minVersion": "TLS12",
                                  "client_ca": {"secret": {"name": "prometheus-tls", "key": "ca.crt"}},
                                  "clientAuthType": "RequireAndVerifyClientCert"}},
            "arbitraryFSAccessThroughSMs": {"deny": True}, "ignoreNamespaceSelectors": False,
            "serviceMonitorSelector": {"matchLabels": {"monitored": "platform"}}, "enforcedNamespaceLabel": "namespace",
            "serviceMonitorNamespaceSelector": {"matchLabels": {"monitored": "platform"}}, "resources": LARGE,
            "storage": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, **stored("100Gi")}},
            "alerting": {"alertmanagers": [{"namespace": "monitoring", "name": "platform", "port": "web", "scheme":
                                            "https", "apiVersion": "v2", "tlsConfig": {"ca": {
                                                "configMap": {"name": "bank-authority", "key": "ca.crt"}},
                                                "serverName": "platform.monitoring.svc"}}]}}, "monitoring"),
        inside("policy/v1:PodDisruptionBudget", "prometheus", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"prometheus": "platform"}}}, "monitoring")),
        "prometheus-operator.dev/docs/api-reference/api", ours(
            prices=("monitoring.coreos.com/v1:Prometheus::platform",))),
    Idiom("alerts go by the bank's own mail, and are quiet at night unless they are critical", (
        inside("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "team-a", {
            "route": {"receiver": "mail", "groupBy": ["alertname"], "groupWait": "30s", "repeatInterval": "12h",
                      "routes": [{"receiver": "mail", "muteTimeIntervals": ["night"], "matchers": [
                          {"name": "severity", "matchType": "!=", "value": "critical"}]}]},
            "receivers": [{"name": "mail", "emailConfigs": [MAIL]}],
            "muteTimeIntervals": [{"name": "night", "timeIntervals": [{
                "times": [{"startTime": "20:00", "endTime": "24:00"}]}]}]}),
        inside("monitoring.coreos.com/v1:PrometheusRule", "models", {"groups": [{"name": "models", "rules": [{
            "alert": "FirstTokenIsSlow", "for": "10m", "labels": {"severity": "critical"}, "expr":
            "histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m]))) > 2",
            "annotations": {"summary": "The first token takes more than two seconds",
                            "runbook_url": "https://wiki.bank.ae/runbooks/first-token"}}]}]})),
        "prometheus-operator.dev/docs/developer/alerting", ours()),
    Idiom("a cluster of VictoriaMetrics asks everybody for a password", (
        inside("operator.victoriametrics.com/v1beta1:VMCluster", "metrics", {
            "retentionPeriod": "6", "replicationFactor": 2, "clusterVersion": "v1.128.0-cluster",
            "vmstorage": {"replicaCount": 3, "image": {"repository": f"{MIRROR}/victoriametrics/vmstorage"},
                          "storage": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, **stored("200Gi")}},
                          "resources": LARGE, "podMetadata": {"labels": TAGS}},
            "vmselect": {"replicaCount": 2, "image": {"repository": f"{MIRROR}/victoriametrics/vmselect"},
                         "resources": SMALL, "podMetadata": {"labels": TAGS}},
            "vminsert": {"replicaCount": 2, "image": {"repository": f"{MIRROR}/victoriametrics/vminsert"},
                         "resources": SMALL, "podMetadata": {"labels": TAGS}}}, "monitoring"),
        inside("operator.victoriametrics.com/v1beta1:VMUser", "grafana", {
            "username": "grafana", "passwordRef": {"name": "vm-grafana", "key": "password"}, "targetRefs": [{
                "crd": {"kind": "VMCluster/vmselect", "name": "metrics", "namespace": "monitoring"},
                "paths": ["/select/0/prometheus/.*"]}]}, "monitoring")),
        "docs.victoriametrics.com/operator/resources/vmcluster", ours(
            "operator.victoriametrics.com", prices=("operator.victoriametrics.com/v1beta1:VMCluster::metrics",))),
    Idiom("logs of a team leave its nodes for the site's store over TLS, without numbers of cards", (
        top("fluentbit.fluent.io/v1alpha2:ClusterFilter", "cards", {
            "match": "kube.team-a.*", "filters": [{"modify": {"rules": [{"remove": "card_number"}]}}]}),
        top("fluentbit.fluent.io/v1alpha2:ClusterOutput", "search", {"match": "kube.team-a.*", "opensearch": {
            "host": "search.search.svc.cluster.local", "port": 9200, "index": "team-a", "suppressTypeName": True,
            "httpUser": {"valueFrom": {"secretKeyRef": {"name": "search-writer", "key": "user"}}},
            "httpPassword": {"valueFrom": {"secretKeyRef": {"name": "search-writer", "key": "password"}}},
            "tls": {"verify": True, "caFile": "/etc/bank/ca.crt", "vhost": "search.search.svc.cluster.local"}}})),
        "github.com/fluent/fluent-operator, docs/fluentbit", ours("fluentbit.fluent.io")),
    Idiom("a model has objectives of availability and of speed for a month", (
        inside("pyrra.dev/v1alpha1:ServiceLevelObjective", "chat-errors", {
            "target": "99.5", "window": "4w", "description": "Answers of the chat model", "indicator": {"ratio": {
                "errors": {"metric": 'http_requests_total{job="chat",code=~"5.."}'},
                "total": {"metric": 'http_requests_total{job="chat"}'}}}}, "monitoring"),
        inside("pyrra.dev/v1alpha1:ServiceLevelObjective", "chat-speed", {
            "target": "95", "window": "4w", "indicator": {"latency": {
                "success": {"metric": 'vllm:time_to_first_token_seconds_bucket{job="chat",le="1.0"}'},
                "total": {"metric": 'vllm:time_to_first_token_seconds_count{job="chat"}'}}}}, "monitoring")),
        "github.com/pyrra-dev/pyrra, README", ours("pyrra.dev")),
    Idiom("a tenant of Capsule makes three namespaces with inner names and the bank's images", (
        top("capsule.clastix.io/v1beta2:Tenant", "risk", {
            "owners": [{"kind": "Group", "name": "risk-owners", "clusterRoles": ["admin"]}],
            "namespaceOptions": {"quota": 3, "additionalMetadataList": [{"labels": {
                **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}]},
            "containerRegistries": {"allowed": [MIRROR]}, "imagePullPolicies": ["Always"],
            "storageClasses": {"allowed": ["encrypted"]}, "ingressOptions": {
                "allowedClasses": {"allowed": ["nginx-internal"]}, "allowWildcardHostnames": False,
                "hostnameCollisionScope": "Cluster", "allowedHostnames": {"allowedRegex": r"^.*\.risk\.bank\.ae$"}},
            "serviceOptions": {"allowedServices": {"nodePort": False, "loadBalancer": False, "externalName": False}},
            "resourceQuotas": {"scope": "Tenant", "items": [{"hard": {
                "requests.cpu": "40", "limits.memory": "160Gi", "requests.nvidia.com/gpu": "2"}}]},
            "networkPolicies": {"items": [{"podSelector": {}, "policyTypes": ["Ingress", "Egress"],
                                           "ingress": FROM_GATEWAY}]}}),),
        "projectcapsule.dev/docs/tenants", ours("capsule.clastix.io")),
    Idiom("a service has the size that the recommender finds, within bounds", (
        *service("rank", image("rank"), 8080, "/ready", resources=SMALL),
        inside("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "rank", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "rank"},
            "updatePolicy": {"updateMode": "Initial", "minReplicas": 2}, "resourcePolicy": {"containerPolicies": [{
                "containerName": "app", "controlledResources": ["cpu", "memory"],
                "minAllowed": {"cpu": "100m", "memory": "128Mi"}, "maxAllowed": {"cpu": "2", "memory": "2Gi"}}]}})),
        "github.com/kubernetes/autoscaler, vertical-pod-autoscaler/docs/quickstart", ours()),
    Idiom("certificates of the cluster are signed by the vault of the bank", (
        *role("vault-issuer", "cert-manager", {"apiGroups": [""], "resources": ["serviceaccounts/token"],
                                               "resourceNames": ["vault-issuer"], "verbs": ["create"]}),
        top("cert-manager.io/v1:ClusterIssuer", "vault", {"vault": {
            "server": "https://vault.bank.ae:8200", "path": "pki_int/sign/cluster", "namespace": "platform",
            "caBundleSecretRef": {"name": "bank-authority", "key": "ca.crt"},
            "auth": {"kubernetes": {"role": "cert-manager", "mountPath": "/v1/auth/dc1", "serviceAccountRef": {
                "name": "vault-issuer"}}}}})),
        "cert-manager.io/docs/configuration/vault", ours()),
    Idiom("volumes of a team are copied every night, encrypted, by VolSync", (
        inside("volsync.backube/v1alpha1:ReplicationSource", "documents", {
            "sourcePVC": "documents", "trigger": {"schedule": "0 2 * * *"}, "restic": {
                "repository": "documents-restic", "copyMethod": "Snapshot", "pruneIntervalDays": 7,
                "retain": {"daily": 14, "weekly": 8, "monthly": 6}, "storageClassName": "encrypted",
                "volumeSnapshotClassName": "encrypted", "cacheCapacity": "5Gi", "cacheStorageClassName": "encrypted",
                "customCA": {"configMapName": "bank-authority", "key": "ca.crt"}, "moverResources": SMALL,
                "moverPodLabels": TAGS, "moverSecurityContext": POD}}),),
        "volsync.readthedocs.io/en/stable/usage/restic", ours(
            "volsync.backube", prices=("volsync.backube/v1alpha1:ReplicationSource::documents",))),
    Idiom("a build is scanned by Tekton without asking outside", (
        inside("tekton.dev/v1:Task", "scan", {
            "params": [{"name": "image", "type": "string"}], "workspaces": [{"name": "reports"}],
            "results": [{"name": "digest"}], "steps": [{
                **STEP, "name": "scan", "image": image("aquasec/trivy"), "command": ["trivy"],
                "args": ["image", "--exit-code=1", "--severity=CRITICAL", "--offline-scan", "--skip-db-update",
                         "$(params.image)"]}]}, "builds"),
        inside("tekton.dev/v1:Pipeline", "release", {
            "params": [{"name": "image", "type": "string"}], "workspaces": [{"name": "reports"}], "tasks": [{
                "name": "scan", "taskRef": {"name": "scan", "kind": "Task"}, "timeout": "20m", "retries": 1,
                "params": [{"name": "image", "value": "$(params.image)"}],
                "workspaces": [{"name": "reports", "workspace": "reports"}]}]}, "builds"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("pipeline", "builds"), "automountServiceAccountToken": False},
            "pipeline")),
        "tekton.dev/docs/pipelines/tasks", ours("tekton.dev", prices=(
            "tekton.dev/v1:Task::scan", "tekton.dev/v1:Pipeline::release"))),
    Idiom("documents are read by jobs that start when there are messages, and stop alone", (
        inside("keda.sh/v1alpha1:TriggerAuthentication", "documents", {"secretTargetRef": [
            {"parameter": "sasl", "name": "documents-kafka", "key": "sasl"},
            {"parameter": "username", "name": "documents-kafka", "key": "username"},
            {"parameter": "password", "name": "documents-kafka", "key": "password"},
            {"parameter": "tls", "name": "documents-kafka", "key": "tls"},
            {"parameter": "ca", "name": "documents-kafka", "key": "ca"}]}),
        inside("keda.sh/v1alpha1:ScaledJob", "documents", {
            "maxReplicaCount": 10, "pollingInterval": 30, "successfulJobsHistoryLimit": 5, "failedJobsHistoryLimit": 5,
            "scalingStrategy": {"strategy": "accurate"}, "jobTargetRef": {
                "backoffLimit": 2, "activeDeadlineSeconds": 1800, "ttlSecondsAfterFinished": 3600, "template": {
                    "metadata": {"labels": TAGS}, "spec": pod(
                        {"image": image("reader"), "resources": TRIVIAL}, restartPolicy="Never")}},
            "triggers": [{"type": "kafka", "authenticationRef": {"name": "documents"}, "metadata": {
                "bootstrapServers": "events-kafka-bootstrap.data.svc.cluster.local:9093", "lagThreshold": "10",
                "consumerGroup": "documents", "topic": "documents", "allowIdleConsumers": "false"}}]})),
        "keda.sh/docs/2.18/reference/scaledjob-spec", ours(prices=("keda.sh/v1alpha1:ScaledJob::documents",))),
)  # fmt: skip
