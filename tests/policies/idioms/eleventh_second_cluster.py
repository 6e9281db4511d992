"""Good idioms of clusters, written blind after the mends that the first of the eleventh set led to (2026-11-29)."""

from ..blind import KEY, ME, TAGS, k8s, meta, pod
from . import Idiom
from .eleventh_charts import CLOSED, INTERNAL, SIGN_IN, SMALL, inside, listed, secret_variable, stored
from .eleventh_cluster import allowed, priced, top
from .fourth_kubernetes import release
from .sixth_kubernetes import MODELS

LOGIN = "https://login.example.ae/realms/bank"
MAIL = {"residency": {"known": {"example.ae": "our own domain", "@example.ae": "our own mail"}}}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a search engine of three machines signs people in with the bank's accounts", (release(
        "opensearch", "https://opensearch-project.github.io/helm-charts", "3.3.2", {
            "clusterName": "search", "nodeGroup": "master", "replicas": 3, "labels": TAGS, "singleNode": False,
            "persistence": {"enabled": True, "size": "100Gi", "storageClass": "encrypted", "enableInitChown": False},
            "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"memory": "4Gi"}},
            "sysctlInit": {"enabled": False}, "podSecurityContext": {"runAsNonRoot": True, "runAsUser": 1000},
            "extraEnvs": [secret_variable("OPENSEARCH_INITIAL_ADMIN_PASSWORD", "search", "admin")],
            "securityConfig": {"enabled": True, "config": {"securityConfigSecret": "search-security"}},
            "secretMounts": [{"name": "tls", "secretName": "search-tls", "path":
                              "/usr/share/opensearch/config/tls", "readOnly": True}],
            "config": {"opensearch.yml": "plugins.security.ssl.http.enabled: true\n"
                       "plugins.security.ssl.http.pemcert_filepath: tls/tls.crt\n"
                       "plugins.security.ssl.http.pemkey_filepath: tls/tls.key\n"
                       "plugins.security.ssl.transport.enforce_hostname_verification: true\n"}}),),
        "github.com/opensearch-project/helm-charts", listed("https://opensearch-project.github.io/helm-charts"),
        charts=("opensearch",)),
    Idiom("workflows of Temporal keep their state in the bank's database over TLS", (release(
        "temporal", "https://go.temporal.io/helm-charts", "0.68.1", {
            "server": {"replicaCount": 2, "resources": SMALL, "config": {
                "persistence": {"defaultStore": "default", "visibilityStore": "visibility", "numHistoryShards": 512,
                                "datastores": {name: {"sql": {
                                    "pluginName": "postgres12", "driverName": "postgres12", "databaseName": name,
                                    "connectAddr": "temporal-db.data.svc.cluster.local:5432", "user": "temporal",
                                    "existingSecret": "temporal-db", "tls": {
                                        "enabled": True, "caFile": "/etc/tls/ca.crt",
                                        "enableHostVerification": True}}} for name in ("default", "visibility")}}}},
            "cassandra": {"enabled": False}, "mysql": {"enabled": False}, "elasticsearch": {"enabled": False},
            "prometheus": {"enabled": False}, "grafana": {"enabled": False}, "web": {"enabled": False},
            "schema": {"createDatabase": {"enabled": False}, "update": {"enabled": True}}}),),
        "github.com/temporalio/helm-charts", listed("https://go.temporal.io/helm-charts"), charts=("temporal",)),
    Idiom("certificates of the bank's authority are brought to namespaces by trust-manager", (release(
        "trust-manager", "https://charts.jetstack.io", "v0.20.2", {
            "replicaCount": 2, "commonLabels": TAGS, "resources": SMALL, "secretTargets": {"enabled": False},
            "app": {"trust": {"namespace": "cert-manager"}, "webhook": {"tls": {"approverPolicy": {
                "enabled": True, "certManagerNamespace": "cert-manager"}}}}, "defaultPackage": {"enabled": False}}),),
        "cert-manager.io/docs/trust/trust-manager/installation"),
    Idiom("pods start anew when their secrets change", (release(
        "reloader", "https://stakater.github.io/stakater-charts", "2.2.5", {"reloader": {
            "watchGlobally": False, "reloadStrategy": "annotations", "ignoreJobs": True, "reloadOnCreate": False,
            "readOnlyRootFileSystem": True, "deployment": {
                "replicas": 2, "resources": SMALL, "labels": TAGS, "containerSecurityContext": CLOSED},
            "enableHA": True, "podDisruptionBudget": {"enabled": True}}}),),
        "github.com/stakater/Reloader", listed("https://stakater.github.io/stakater-charts")),
    Idiom("metrics of months lie in the bank's bucket by the chart of Mimir", (release(
        "mimir-distributed", "https://grafana.github.io/helm-charts", "6.0.3", {
            "serviceAccount": {"annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/mimir"}},
            "mimir": {"structuredConfig": {
                "usage_stats": {"enabled": False}, "multitenancy_enabled": True,
                "common": {"storage": {"backend": "s3", "s3": {
                    "region": "me-central-1", "endpoint": "s3.me-central-1.amazonaws.com",
                    "bucket_name": "bank-models", "sse": {"type": "SSE-KMS", "kms_key_id": KEY}}}},
                "blocks_storage": {"storage_prefix": "blocks"}, "limits": {"compactor_blocks_retention_period": "1y"}}},
            "ingester": {"replicas": 3, "persistentVolume": {"size": "20Gi", "storageClass": "encrypted"}},
            "minio": {"enabled": False}, "metaMonitoring": {"serviceMonitor": {"enabled": True}},
            "gateway": {"enabled": True, "ingress": {"enabled": False}}}),),
        "grafana.com/docs/helm-charts/mimir-distributed/latest", listed("https://grafana.github.io/helm-charts"),
        charts=("mimir-distributed",)),
    Idiom("an inner gateway of Kong has no database and shows its administration to nobody", (release(
        "kong", "https://charts.konghq.com", "2.52.0", {
            "env": {"database": "off", "admin_listen": "127.0.0.1:8444 ssl", "anonymous_reports": "off",
                    "ssl_protocols": "TLSv1.2 TLSv1.3", "real_ip_header": "X-Forwarded-For"},
            "proxy": {"type": "LoadBalancer", "annotations": INTERNAL, "http": {"enabled": False},
                      "tls": {"enabled": True}},
            "admin": {"enabled": False}, "manager": {"enabled": False}, "portal": {"enabled": False},
            "ingressController": {"enabled": True, "env": {"anonymous_reports": False}}, "replicaCount": 2,
            "resources": SMALL, "podDisruptionBudget": {"enabled": True}}),),
        "github.com/Kong/charts, charts/kong", listed("https://charts.konghq.com")),
    Idiom("a database and a user of a server of MariaDB are declared", (
        inside("k8s.mariadb.com/v1alpha1:Database", "claims", {
            "mariaDbRef": {"name": "mariadb"}, "characterSet": "utf8mb4", "cleanupPolicy": "Skip"}),
        inside("k8s.mariadb.com/v1alpha1:User", "claims", {
            "mariaDbRef": {"name": "mariadb"}, "maxUserConnections": 20, "host": "%", "cleanupPolicy": "Skip",
            "passwordSecretKeyRef": {"name": "claims", "key": "password"}, "require": {"ssl": True}}),
        inside("k8s.mariadb.com/v1alpha1:Grant", "claims", {
            "mariaDbRef": {"name": "mariadb"}, "privileges": ["SELECT", "INSERT", "UPDATE", "DELETE"],
            "database": "claims", "table": "*", "username": "claims", "grantOption": False})),
        "github.com/mariadb-operator/mariadb-operator, docs", allowed("k8s.mariadb.com")),
    Idiom("metrics are scraped and ruled by objects of VictoriaMetrics", (
        inside("operator.victoriametrics.com/v1beta1:VMServiceScrape", "claims", {
            "selector": {"matchLabels": {"app": "claims"}}, "endpoints": [{"port": "http", "interval": "30s"}]}),
        inside("operator.victoriametrics.com/v1beta1:VMRule", "claims", {"groups": [{"name": "claims", "rules": [{
            "alert": "ClaimsDown", "expr": "up{job=\"claims\"} == 0", "for": "5m"}]}]})),
        "docs.victoriametrics.com/operator/resources", allowed("operator.victoriametrics.com")),
    Idiom("an app finds its queue and its state by components of Dapr", (
        k8s("dapr.io/v1alpha1:Component", {"metadata": meta("state"), "scopes": ["claims"], "spec": {
            "type": "state.redis", "version": "v1", "metadata": [
                {"name": "redisHost", "value": "cache.team-a.svc.cluster.local:6379"},
                {"name": "enableTLS", "value": "true"},
                {"name": "redisPassword", "secretKeyRef": {"name": "cache", "key": "password"}}]}}, "state"),
        inside("dapr.io/v1alpha1:Configuration", "claims", {
            "mtls": {"enabled": True, "workloadCertTTL": "24h"}, "tracing": {"samplingRate": "0.1", "otel": {
                "endpointAddress": "collector.team-a.svc.cluster.local:4317", "isSecure": True, "protocol": "grpc"}}}),
        inside("dapr.io/v1alpha1:Resiliency", "claims", {"policies": {"timeouts": {"general": "5s"}}})),
        "docs.dapr.io/reference/resource-specs", allowed("dapr.io")),
    Idiom("a secret of the bank's Vault is copied for one app every hour", (
        inside("secrets.hashicorp.com/v1beta1:VaultConnection", "vault", {
            "address": "https://vault.example.ae:8200", "skipTLSVerify": False, "caCertSecretRef": "bank-authority"}),
        inside("secrets.hashicorp.com/v1beta1:VaultAuth", "claims", {
            "vaultConnectionRef": "vault", "method": "kubernetes", "mount": "kubernetes", "kubernetes": {
                "role": "claims", "serviceAccount": "app", "audiences": ["vault"], "tokenExpirationSeconds": 600}}),
        inside("secrets.hashicorp.com/v1beta1:VaultStaticSecret", "claims", {
            "vaultAuthRef": "claims", "mount": "kv", "type": "kv-v2", "path": "team-a/claims", "refreshAfter": "1h",
            "destination": {"name": "claims", "create": True, "overwrite": False}, "hmacSecretData": True})),
        "developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference",
        {**allowed("secrets.hashicorp.com"), "identity": SIGN_IN}),
    Idiom("a team has a host, a user, a queue and rights in a broker of RabbitMQ", (
        inside("rabbitmq.com/v1beta1:Vhost", "claims", {
            "name": "claims", "defaultQueueType": "quorum", "rabbitmqClusterReference": {"name": "work"}}),
        inside("rabbitmq.com/v1beta1:User", "claims", {
            "tags": [], "importCredentialsSecret": {"name": "claims-broker"},
            "rabbitmqClusterReference": {"name": "work"}}),
        inside("rabbitmq.com/v1beta1:Queue", "claims", {
            "name": "claims", "vhost": "claims", "type": "quorum", "durable": True, "autoDelete": False,
            "arguments": {"x-delivery-limit": 5}, "rabbitmqClusterReference": {"name": "work"}}),
        inside("rabbitmq.com/v1beta1:Permission", "claims", {
            "vhost": "claims", "userReference": {"name": "claims"}, "rabbitmqClusterReference": {"name": "work"},
            "permissions": {"configure": "", "write": "claims", "read": "claims"}})),
        "rabbitmq.com/kubernetes/operator/using-topology-operator", allowed("rabbitmq.com")),
    Idiom("alarms of Grafana are mailed to the team by rules that are declared", (
        inside("grafana.integreatly.org/v1beta1:GrafanaContactPoint", "team", {
            "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, "name": "team", "type": "email",
            "settings": {"addresses": "claims@example.ae", "singleEmail": True}}),
        inside("grafana.integreatly.org/v1beta1:GrafanaNotificationPolicy", "team", {
            "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, "route": {
                "receiver": "team", "group_by": ["alertname"], "group_wait": "30s", "repeat_interval": "4h"}})),
        "grafana.github.io/grafana-operator/docs/alerting", MAIL),
    Idiom("a stream of NATS is kept for a week in three copies, and read by one consumer", (
        inside("jetstream.nats.io/v1beta2:Stream", "orders", {
            "name": "ORDERS", "subjects": ["orders.>"], "storage": "file", "replicas": 3, "maxAge": "168h",
            "retention": "limits", "tls": {"clientCert": "/etc/tls/tls.crt", "clientKey": "/etc/tls/tls.key",
                                           "rootCas": ["/etc/tls/ca.crt"]}}),
        inside("jetstream.nats.io/v1beta2:Consumer", "billing", {
            "streamName": "ORDERS", "durableName": "billing", "ackPolicy": "explicit", "maxDeliver": 5,
            "deliverPolicy": "all", "filterSubject": "orders.paid"})),
        "github.com/nats-io/nack", allowed("jetstream.nats.io")),
    Idiom("a profile says which calls of the kernel an app may make", (inside(
        "security-profiles-operator.x-k8s.io/v1beta1:SeccompProfile", "claims", {
            "defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
            "syscalls": [{"action": "SCMP_ACT_ALLOW", "names": ["read", "write", "futex", "epoll_wait"]}]}),),
        "github.com/kubernetes-sigs/security-profiles-operator",
        allowed("security-profiles-operator.x-k8s.io")),
    Idiom("volumes of the data centre are saved every night and kept for a week", (inside(
        "longhorn.io/v1beta2:RecurringJob", "nightly", {
            "task": "backup", "cron": "0 1 * * *", "retain": 7, "concurrency": 2, "groups": ["default"]},
        "longhorn-system"),), "longhorn.io/docs/1.10.1/snapshots-and-backups/scheduling-backups-and-snapshots",
        allowed("longhorn.io")),
    Idiom("a cache of Redis on one pod takes TLS and passwords only", (
        k8s("apps/v1:StatefulSet", {"metadata": meta("redis"), "spec": {
            "serviceName": "redis", "replicas": 1, "selector": {"matchLabels": {"app": "redis"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "redis"}}, "spec": pod({
                    "args": ["redis-server", "/etc/redis/redis.conf", "--port", "0", "--tls-port", "6379",
                             "--tls-cert-file", "/etc/tls/tls.crt", "--tls-key-file", "/etc/tls/tls.key",
                             "--tls-ca-cert-file", "/etc/tls/ca.crt", "--tls-auth-clients", "yes",
                             "--aclfile", "/etc/acl/users.acl"],
                    "ports": [{"containerPort": 6379}], "readinessProbe": {"tcpSocket": {"port": 6379}},
                    "volumeMounts": [{"name": "data", "mountPath": "/data"}, *(
                        {"name": name, "mountPath": f"/etc/{name}", "readOnly": True}
                        for name in ("tls", "acl", "redis"))]},
                    volumes=[{"name": "tls", "secret": {"secretName": "redis-tls"}},
                             {"name": "acl", "secret": {"secretName": "redis-acl"}},
                             {"name": "redis", "configMap": {"name": "redis"}}])},
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, **stored("5Gi")}]}}, "redis"),
        inside("policy/v1:PodDisruptionBudget", "redis", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "redis"}}})),
        "redis.io/docs/latest/operate/oss_and_stack/management/security/encryption",
        priced("apps/v1:StatefulSet", "redis")),
    Idiom("machines with discounts are named as cheaper for Karpenter", (top(
        "karpenter.sh/v1alpha1:NodeOverlay", "reserved", {
            "weight": 10, "priceAdjustment": "-40%", "requirements": [
                {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7g.2xlarge"]}]}),),
        "karpenter.sh/docs/concepts/nodeoverlays"),
    Idiom("a service has three copies in the hours of the bank and one at night", (inside(
        "keda.sh/v1alpha1:ScaledObject", "claims", {
            "scaleTargetRef": {"name": "claims"}, "minReplicaCount": 1, "maxReplicaCount": 6, "triggers": [
                {"type": "cron", "metadata": {"timezone": "Asia/Dubai", "start": "0 7 * * 1-5", "end": "0 18 * * 1-5",
                                              "desiredReplicas": "3"}},
                {"type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}]}),),
        "keda.sh/docs/scalers/cron"),
    Idiom("a page of services and their owners signs people in with the bank's accounts", (release(
        "backstage", "https://backstage.github.io/charts", "2.6.3", {
            "backstage": {
                "image": {"registry": f"{ME}.dkr.ecr.me-central-1.amazonaws.com", "repository": "portal",
                          "tag": "2026.11.2"}, "replicas": 2, "resources": SMALL,
                "extraEnvVarsSecrets": ["portal"], "podSecurityContext": {"runAsNonRoot": True, "runAsUser": 10001},
                "containerSecurityContext": CLOSED, "appConfig": {
                    "app": {"baseUrl": "https://portal.example.ae"},
                    "backend": {"baseUrl": "https://portal.example.ae", "database": {"client": "pg", "connection": {
                        "host": "${POSTGRES_HOST}", "password": "${POSTGRES_PASSWORD}", "user": "${POSTGRES_USER}",
                        "ssl": {"rejectUnauthorized": True}}}},
                    "auth": {"environment": "production", "providers": {"oidc": {"production": {
                        "metadataUrl": f"{LOGIN}/.well-known/openid-configuration",
                        "clientId": "${OIDC_ID}", "clientSecret": "${OIDC_SECRET}", "prompt": "auto"}}}}}},
            "postgresql": {"enabled": False}, "networkPolicy": {"enabled": True}, "ingress": {
                "enabled": True, "className": "nginx-internal", "host": "portal.example.ae", "tls": {
                    "enabled": True, "secretName": "portal-tls"}}}),),
        "github.com/backstage/charts", listed("https://backstage.github.io/charts", identity=SIGN_IN)),
    Idiom("a fast network for trainings is given to pods by name", (
        top("mellanox.com/v1alpha1:IPoIBNetwork", "training", {
            "networkNamespace": "team-a", "master": "ibs1f0", "ipam": "{\"type\": \"nv-ipam\", \"poolName\": \"ib\"}"}),
        inside("nv-ipam.nvidia.com/v1alpha1:IPPool", "ib", {
            "subnet": "192.168.4.0/22", "perNodeBlockSize": 32, "gateway": "192.168.4.1"}, "network-operator")),
        "docs.nvidia.com/networking/display/kubernetes", allowed("mellanox.com", "nv-ipam.nvidia.com", **MODELS),
        doubt="a network of the machine itself is below the policies of the cluster"),
)  # fmt: skip
