"""Good programs of clusters: search, tables, messages and jobs by charts and operators (set 24, before any rule)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_clusters import USER, head, named, on_eks
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT, CONTAINER, POD, ZONES, chart, closed, listed, made, sized, space

SEARCH = "https://opensearch-project.github.io/helm-charts"
SUPERSET = "https://apache.github.io/superset"
SPARK = "https://kubeflow.github.io/spark-operator"
SECURITY = """plugins:
  security:
    ssl:
      transport:
        pemcert_filepath: tls/tls.crt
        pemkey_filepath: tls/tls.key
        pemtrustedcas_filepath: tls/ca.crt
        enforce_hostname_verification: true
      http:
        enabled: true
        pemcert_filepath: tls/tls.crt
        pemkey_filepath: tls/tls.key
        pemtrustedcas_filepath: tls/ca.crt
        enabled_protocols: [TLSv1.2, TLSv1.3]
    allow_unsafe_democertificates: false
    allow_default_init_securityindex: true
    audit.type: internal_opensearch
    nodes_dn: ["CN=opensearch.search.svc"]
    authcz.admin_dn: ["CN=search-admin"]
cluster.name: records
network.host: 0.0.0.0
"""
SIGN_IN = f"""
import os
from flask_appbuilder.security.manager import AUTH_OAUTH
AUTH_TYPE = AUTH_OAUTH
AUTH_USER_REGISTRATION = True
AUTH_USER_REGISTRATION_ROLE = "Gamma"
AUTH_ROLES_SYNC_AT_LOGIN = True
AUTH_ROLES_MAPPING = {{"superset-admins": ["Admin"], "superset-users": ["Gamma"]}}
OAUTH_PROVIDERS = [{{"name": "azure", "icon": "fa-windows", "token_key": "access_token", "remote_app": {{
    "client_id": os.environ["OIDC_CLIENT"], "client_secret": os.environ["OIDC_SECRET"],
    "api_base_url": "https://login.microsoftonline.com/{TENANT}/oauth2",
    "client_kwargs": {{"scope": "openid email profile"}},
    "server_metadata_url":
        "https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration"}}}}]
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart opensearch: three managers and three keepers of records by own certificates, and boards by Entra", (
        space("search"), closed("search"),
        named("cert-manager.io/v1:Certificate", "opensearch", "search", {
            "secretName": "opensearch-tls", "duration": "2160h", "renewBefore": "360h", "commonName":
            "opensearch.search.svc", "dnsNames": ["opensearch.search.svc", "*.opensearch-headless.search.svc"],
            "usages": ["server auth", "client auth"], "privateKey": {"algorithm": "RSA", "size": 3072, "encoding":
                                                                     "PKCS8", "rotationPolicy": "Always"},
            "issuerRef": {"name": "bank", "kind": "ClusterIssuer"}}),
        chart("opensearch", SEARCH, "3.3.2", "search", {
            "clusterName": "records", "replicas": 3, "roles": ["cluster_manager", "data", "ingest"], "labels": TAGS,
            "opensearchJavaOpts": "-Xms4g -Xmx4g", "resources": sized("2", "8Gi"), "antiAffinity": "hard",
            "topologySpreadConstraints": [ZONES], "persistence": {"enabled": True, "size": "200Gi", "storageClass":
                                                                  "managed-csi-cmk", "enableInitChown": False},
            "podSecurityContext": {**POD, "runAsUser": 1000, "fsGroup": 1000}, "securityContext": {
                **CONTAINER, "runAsNonRoot": True, "runAsUser": 1000}, "sysctlInit": {"enabled": False}, "sysctl": {
                "enabled": False}, "config": {"opensearch.yml": SECURITY}, "extraEnvs": [
                {"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"},
                {"name": "OPENSEARCH_INITIAL_ADMIN_PASSWORD", "valueFrom": {"secretKeyRef": {
                    "name": "opensearch-admin", "key": "password"}}}],
            "secretMounts": [{"name": "tls", "secretName": "opensearch-tls", "path":
                              "/usr/share/opensearch/config/tls"}],
            "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "securityConfig": {
                "enabled": True, "config": {"securityConfigSecret": "opensearch-security"}}, "serviceMonitor": {
                    "enabled": True, "scheme": "https", "tlsConfig": {"insecureSkipVerify": False}}}),
        chart("opensearch-dashboards", SEARCH, "3.3.0", "search", {
            "replicaCount": 2, "opensearchHosts": "https://opensearch.search.svc:9200", "labels": TAGS, "resources":
            sized("200m", "1Gi"), "securityContext": {**CONTAINER, "runAsNonRoot": True, "runAsUser": 1000},
            "config": {"opensearch_dashboards.yml": {
                "server.ssl.enabled": True, "server.ssl.certificate": "/tls/tls.crt", "server.ssl.key": "/tls/tls.key",
                "opensearch.ssl.verificationMode": "full", "opensearch.ssl.certificateAuthorities": ["/tls/ca.crt"],
                "opensearch_security.auth.type": "openid", "opensearch_security.openid.connect_url":
                f"https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration",
                "opensearch_security.openid.client_id": CLIENT, "opensearch_security.cookie.secure": True}},
            "secretMounts": [{"name": "tls", "secretName": "opensearch-tls", "path": "/tls"}], "dashboardAccount": {
                "secret": "dashboards-account"}, "ingress": {
                "enabled": True, "ingressClassName": "nginx", "annotations": {
                    "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS",
                    "nginx.ingress.kubernetes.io/proxy-ssl-verify": "on",
                    "nginx.ingress.kubernetes.io/proxy-ssl-secret": "search/bank-ca",
                    "nginx.ingress.kubernetes.io/proxy-ssl-name": "opensearch.search.svc"}, "hosts": [{
                    "host": "records.apps.bank.ae", "paths": [{"path": "/", "backend": {"serviceName": "",
                        "servicePort":
                                                                                      ""}}]}],
                "tls": [{"secretName": "records-tls", "hosts": ["records.apps.bank.ae"]}]}})),
        "opensearch-project/helm-charts charts/opensearch/values.yaml; docs.opensearch.org/latest/security/"
        "configuration/tls, as known", listed(SEARCH)),
    Idiom("ClickHouse: two shards of two copies by the operator, by TLS alone, with users of networks and quotas", (
        space("figures"), closed("figures"),
        named("clickhouse-keeper.altinity.com/v1:ClickHouseKeeperInstallation", "keeper", "figures", {
            "configuration": {"clusters": [{"name": "keeper", "layout": {"replicasCount": 3}}], "settings": {
                "keeper_server/tcp_port_secure": 9281, "keeper_server/raft_configuration/secure": "true"}}}),
        named("clickhouse.altinity.com/v1:ClickHouseInstallation", "figures", "figures", {
            "configuration": {
                "zookeeper": {"nodes": [{"host": "keeper-keeper.figures.svc", "port": 9281, "secure": "yes"}]},
                "clusters": [{"name": "main", "secure": "yes", "insecure": "no", "layout": {
                    "shardsCount": 2, "replicasCount": 2}, "secret": {"auto": "true"}}],
                "users": {"reports/k8s_secret_password_sha256_hex": "figures/clickhouse-users/reports",
                          "reports/networks/ip": ["10.20.0.0/16"], "reports/profile": "readonly", "reports/quota":
                          "hourly", "default/networks/ip": ["127.0.0.1"]},
                "profiles": {"readonly/readonly": 1, "readonly/max_memory_usage": "8000000000"},
                "quotas": {"hourly/interval/duration": 3600, "hourly/interval/queries": 2000},
                "settings": {"tcp_port_secure": 9440, "https_port": 8443, "disable_internal_dns_cache": 1,
                             "logger/level": "information"},
                "files": {"openssl.xml": "<clickhouse><openSSL><server><certificateFile>/tls/tls.crt</certificateFile>"
                                         "<privateKeyFile>/tls/tls.key</privateKeyFile><verificationMode>relaxed"
                                         "</verificationMode><disableProtocols>sslv2,sslv3,tlsv1,tlsv1_1"
                                         "</disableProtocols></server></openSSL></clickhouse>"}},
            "defaults": {"templates": {"podTemplate": "pod", "dataVolumeClaimTemplate": "data"}}, "templates": {
                "podTemplates": [{"name": "pod", "metadata": {"labels": TAGS}, "podDistribution": [
                    {"type": "ShardAntiAffinity"}], "spec": {
                    "automountServiceAccountToken": False, "securityContext": {**POD, "runAsUser": 101, "runAsGroup":
                                                                               101, "fsGroup": 101}, "containers": [{
                        "name": "clickhouse", "image": "crbankprod.azurecr.io/clickhouse-server@sha256:" + "d" * 64,
                        "resources": {"requests": {"cpu": "4", "memory": "16Gi"}, "limits": {
                            "cpu": "8", "memory": "16Gi"}}, "securityContext": {**USER, "runAsUser": 101},
                        "volumeMounts": [{"name": "tls", "mountPath": "/tls", "readOnly": True}, {
                            "name": "tmp", "mountPath": "/scratch"}]}], "volumes": [
                        {"name": "tls", "secret": {"secretName": "figures-tls"}}, {"name": "tmp", "emptyDir": {
                            "sizeLimit": "2Gi"}}]}}],
                "volumeClaimTemplates": [{"name": "data", "reclaimPolicy": "Retain", "metadata": {"labels": TAGS},
                                          "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName":
                                                   "managed-csi-cmk", "resources": {"requests": {"storage":
                                                                                                 "500Gi"}}}}]}})),
        "Altinity/clickhouse-operator docs/chi-examples and docs/security_hardening.md, as known",
        merged(listed(escape={"allowed_types": {
            f"kubernetes:{group}.altinity.com/*": "its operator makes pods and claims of the databases"
            for group in ("clickhouse", "clickhouse-keeper")}}), unpriced(
            "kubernetes:clickhouse.altinity.com/v1:ClickHouseInstallation::figures-ClickHouseInstallation",
            "kubernetes:clickhouse-keeper.altinity.com/v1:ClickHouseKeeperInstallation::keeper-"
            "ClickHouseKeeperInstallation"))),
    Idiom("chart superset: boards of figures by Entra sign-in, with tables and cache of the bank alone", (
        space("boards"), closed("boards"),
        chart("superset", SUPERSET, "0.15.0", "boards", {
            "image": {"repository": "crbankprod.azurecr.io/superset", "tag": "5.0.0"}, "extraLabels": TAGS,
            "runAsUser": 1000, "envFromSecret": "superset-env", "envFromSecrets": ["superset-oidc"],
            "configOverrides": {"sign_in": SIGN_IN, "secure":
                                "import os\nSECRET_KEY = os.environ['SUPERSET_SECRET_KEY']\n"
                                "SESSION_COOKIE_SECURE = True\n"
                                "SESSION_COOKIE_HTTPONLY = True\nSESSION_COOKIE_SAMESITE = 'Lax'\nTALISMAN_ENABLED = "
                                "True\nWTF_CSRF_ENABLED = True\nENABLE_PROXY_FIX = True\nPUBLIC_ROLE_LIKE = None\n"},
            "supersetNode": {"replicas": {"enabled": True, "replicaCount": 3}, "resources": sized("500m", "2Gi"),
                             "podLabels": TAGS, "containerSecurityContext": CONTAINER, "podSecurityContext": POD,
                             "connections": {"db_host": "figures.postgres.database.azure.com", "db_port": "5432",
                                             "db_user": "superset", "db_name": "superset", "redis_ssl": {
                                                 "enabled": True, "ssl_cert_reqs": "CERT_REQUIRED"}}},
            "supersetWorker": {"replicas": {"enabled": True, "replicaCount": 2}, "resources": sized("500m", "2Gi"),
                               "podLabels": TAGS, "containerSecurityContext": CONTAINER, "podSecurityContext": POD},
            "supersetCeleryBeat": {"enabled": True, "resources": sized("100m", "512Mi"), "podLabels": TAGS},
            "init": {"createAdmin": False, "loadExamples": False, "resources": sized("200m", "1Gi")},
            "postgresql": {"enabled": False}, "redis": {"enabled": False}, "ingress": {
                "enabled": True, "ingressClassName": "nginx", "path": "/", "pathType": "Prefix", "hosts": [
                    "boards.apps.bank.ae"], "tls": [{"secretName": "boards-tls", "hosts": ["boards.apps.bank.ae"]}]}})),
        "apache/superset helm/superset/values.yaml; superset.apache.org/docs/configuration/configuring-superset, "
        "as known", listed(SUPERSET, residency={"known": {
            "figures.postgres.database.azure.com": "our own server, in uaenorth"}})),
    Idiom("RabbitMQ: three nodes of the cluster operator by TLS, with a user of narrow rights and quorum queues", (
        space("messages"), closed("messages"),
        named("rabbitmq.com/v1beta1:RabbitmqCluster", "orders", "messages", {
            "replicas": 3, "image": "crbankprod.azurecr.io/rabbitmq@sha256:" + "d" * 64, "resources": {
                "requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
            "persistence": {"storageClassName": "managed-csi-cmk", "storage": "50Gi"}, "tls": {
                "secretName": "orders-tls", "caSecretName": "bank-ca", "disableNonTLSListeners": True},
            "service": {"type": "ClusterIP"}, "terminationGracePeriodSeconds": 604800, "rabbitmq": {
                "additionalPlugins": ["rabbitmq_shovel", "rabbitmq_auth_backend_oauth2"], "additionalConfig":
                "default_queue_type = quorum\nssl_options.verify = verify_peer\n"
                "ssl_options.fail_if_no_peer_cert = true\n"
                "ssl_options.versions.1 = tlsv1.3\nssl_options.versions.2 = tlsv1.2\ncluster_partition_handling = "
                "pause_minority\nvm_memory_high_watermark.relative = 0.6\ndisk_free_limit.relative = 1.5\n"
                "loopback_users.guest = true\nlog.console.level = info\n"}, "affinity": {"podAntiAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "topology.kubernetes.io/zone",
                    "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "orders"}}}]}}, "override": {
                "statefulSet": {"spec": {"template": {"metadata": {"labels": TAGS}, "spec": {"securityContext": {
                    **POD, "runAsUser": 999, "runAsGroup": 999, "fsGroup": 999}, "containers": [{
                        "name": "rabbitmq", "securityContext": CONTAINER}]}}}}}}),
        named("rabbitmq.com/v1beta1:User", "shop", "messages", {
            "rabbitmqClusterReference": {"name": "orders"}, "tags": [], "importCredentialsSecret": {"name":
                                                                                                    "shop-user"}}),
        named("rabbitmq.com/v1beta1:Permission", "shop", "messages", {
            "vhost": "orders", "userReference": {"name": "shop"}, "permissions": {
                "configure": "^$", "write": "^orders$", "read": "^orders\\.shop$"}, "rabbitmqClusterReference": {
                "name": "orders"}}),
        named("rabbitmq.com/v1beta1:Queue", "shop", "messages", {
            "name": "orders.shop", "vhost": "orders", "type": "quorum", "durable": True, "autoDelete": False,
            "arguments": {"x-delivery-limit": 5, "x-dead-letter-exchange": "dead"}, "rabbitmqClusterReference": {
                "name": "orders"}}),
        named("monitoring.coreos.com/v1:ServiceMonitor", "orders", "messages", {
            "selector": {"matchLabels": {"app.kubernetes.io/name": "orders"}}, "endpoints": [{
                "port": "prometheus-tls", "scheme": "https", "tlsConfig": {"serverName": "orders.messages.svc", "ca": {
                    "secret": {"name": "bank-ca", "key": "ca.crt"}}}}]})),
        "rabbitmq/cluster-operator docs/examples/production-ready and mtls; rabbitmq/messaging-topology-operator, "
        "as known",
        merged(listed(escape={"allowed_types": {"kubernetes:rabbitmq.com/*": "its operator makes pods and claims"}}),
               unpriced("kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster::orders-RabbitmqCluster"))),
    Idiom("chart spark-operator: jobs of one namespace by roles of their pods, on spot nodes", on_eks(
        space("spark-operator"), space("spark"), closed("spark"),
        chart("spark-operator", SPARK, "2.4.0", "spark-operator", {
            "commonLabels": TAGS, "controller": {"replicas": 2, "leaderElection": {"enable": True}, "workers": 10,
                                                "labels": TAGS, "securityContext": USER, "podSecurityContext": POD,
                                                "resources": sized("200m", "512Mi"), "uiService": {"enable": False},
                                                "podDisruptionBudget": {"enable": True, "minAvailable": 1}},
            "webhook": {"enable": True, "replicas": 2, "failurePolicy": "Fail", "resources": sized("100m", "256Mi"),
                        "securityContext": USER, "podSecurityContext": POD, "labels": TAGS}, "spark": {
                "jobNamespaces": ["spark"], "serviceAccount": {"create": True, "name": "spark"}, "rbac": {"create":
                                                                                                         True}},
            "prometheus": {"metrics": {"enable": True}, "podMonitor": {"create": True}}}),
        made("sparkoperator.k8s.io/v1beta2:SparkApplication", {"metadata": head("month-end", "spark"), "spec": {
            "type": "Python", "pythonVersion": "3", "mode": "cluster", "sparkVersion": "4.0.1", "image":
            "crbankprod.azurecr.io/spark@sha256:" + "d" * 64, "mainApplicationFile": "local:///app/month_end.py",
            "timeToLiveSeconds": 86400, "restartPolicy": {"type": "OnFailure", "onFailureRetries": 2,
                                                          "onFailureRetryInterval": 60, "onSubmissionFailureRetries": 2,
                                                          "onSubmissionFailureRetryInterval": 30},
            "sparkConf": {"spark.hadoop.fs.s3a.aws.credentials.provider":
                          "software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider",
                          "spark.hadoop.fs.s3a.endpoint.region": "me-central-1",
                          "spark.hadoop.fs.s3a.server-side-encryption-algorithm": "SSE-KMS",
                          "spark.eventLog.enabled": "true", "spark.eventLog.dir": "s3a://bank-spark-logs/events",
                          "spark.network.crypto.enabled": "true", "spark.authenticate": "true",
                          "spark.io.encryption.enabled": "true", "spark.ui.enabled": "false"},
            "driver": {"cores": 1, "memory": "4g", "serviceAccount": "spark", "labels": {**TAGS, "version": "4.0.1"},
                       "securityContext": {**USER, "readOnlyRootFilesystem": True}, "podSecurityContext": POD},
            "executor": {"instances": 4, "cores": 4, "memory": "16g", "labels": TAGS, "securityContext": USER,
                         "podSecurityContext": POD, "nodeSelector": {
                             "karpenter.sh/capacity-type": "spot"}, "deleteOnTermination": True},
            "dynamicAllocation": {"enabled": True, "initialExecutors": 2, "minExecutors": 1, "maxExecutors": 20}}},
            "month-end")),
        "kubeflow/spark-operator charts/spark-operator-chart/values.yaml; awslabs/data-on-eks, as known",
        merged(listed(SPARK, residency={"known": {"bank-spark-logs": "our own bucket, in me-central-1"}}), {
            "identity": {}})),
)  # fmt: skip
