"""Good idioms of settings that operators pass on to search servers, brokers, document stores and Spark, close to those
that `data/parameters.csv` refuses (2026-11-30).

Shapes of elastic/cloud-on-k8s config/recipes, rabbitmq/cluster-operator docs/examples (production-ready, json-log,
mtls-inter-node), mongodb/mongodb-kubernetes and percona/percona-server-mongodb-operator deploy/cr.yaml, OpenSearch,
"Security settings", and kubeflow/spark-operator examples; read on that day.
"""

from ..blind import ME, TAGS, aws, pod
from ..harness import Given
from . import Idiom
from .eleventh_charts import inside
from .twelfth_charts import ours

ECK, KIBANA = "elasticsearch.k8s.elastic.co/v1", "kibana.k8s.elastic.co/v1"
RABBIT, MONGO = "rabbitmq.com/v1beta1", "mongodbcommunity.mongodb.com/v1"
PERCONA, OPEN = "psmdb.percona.com/v1", "opensearch.org/v1"
SPARK = "sparkoperator.k8s.io/v1beta2"
MIRROR = "registry.bank.ae"
SIZE = {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}}
CLAIM = {"accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
         "resources": {"requests": {"storage": "100Gi"}}}  # fmt: skip
POD = {"runAsNonRoot": True, "runAsUser": 1001, "seccompProfile": {"type": "RuntimeDefault"}}
CLOSED = {"runAsNonRoot": True, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
          "capabilities": {"drop": ["ALL"]}}  # fmt: skip
AUDIT = "xpack.security.audit.logfile.events"


def _image(name: str) -> str:
    return f"{MIRROR}/{name}@sha256:" + "a" * 64


def _nodes(config: dict[str, object]) -> dict[str, object]:
    """Returns a set of nodes of a search cluster with settings."""
    return {"name": "default", "count": 3, "config": config, "volumeClaimTemplates": [
                {"metadata": {"name": "elasticsearch-data", "labels": TAGS}, "spec": CLAIM}],
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": {"containers": [
                {"name": "elasticsearch", "resources": SIZE}]}}}  # fmt: skip


def _brokers(lines: str, **more: object) -> Given:
    """Returns a cluster of brokers with lines of its own."""
    return inside(f"{RABBIT}:RabbitmqCluster", "work", {
        "replicas": 3, "image": _image("rabbitmq"), "persistence": {"storageClassName": "encrypted", "storage": "20Gi"},
        "tls": {"secretName": "work-tls", "caSecretName": "bank-authority", "disableNonTLSListeners": True},
        "service": {"type": "ClusterIP"}, "resources": SIZE,
        "rabbitmq": {"additionalPlugins": ["rabbitmq_mqtt"], "additionalConfig": lines, **more}})  # fmt: skip


def _program(settings: dict[str, str]) -> tuple[Given, ...]:
    """Returns a program of Spark with settings."""
    part = {"cores": 1, "memory": "2g", "serviceAccount": "claims", "labels": TAGS}
    return (inside(f"{SPARK}:SparkApplication", "claims", {
        "type": "Python", "mode": "cluster", "sparkVersion": "4.0.1", "image": _image("spark"),
        "mainApplicationFile": "local:///app/main.py", "restartPolicy": {"type": "Never"}, "timeToLiveSeconds": 3600,
        "sparkConf": settings, "driver": part, "executor": {**part, "instances": 2}}),)  # fmt: skip


BROKERS = f"{RABBIT}:RabbitmqCluster::work"
IDIOMS: tuple[Idiom, ...] = (
    Idiom("records of a search cluster leave its own agents out, and its staff sign in by the bank", (
        inside(f"{ECK}:Elasticsearch", "search", {
            "version": "9.2.0", "volumeClaimDeletePolicy": "DeleteOnScaledownOnly", "nodeSets": [_nodes({
                "node.roles": ["master", "data", "ingest"], "node.store.allow_mmap": False,
                "node.attr.zone": "auh-1", "cluster.routing.allocation.awareness.attributes": "k8s_node_name,zone",
                "indices.query.bool.max_clause_count": 2048, "action.auto_create_index": "-*.log,+*",
                "xpack.security.audit.enabled": True, f"{AUDIT}.include": ["_all"],
                f"{AUDIT}.exclude": ["access_granted", "authentication_success", "connection_granted"],
                AUDIT: {"ignore_filters": {"agents": {"users": ["kibana_system", "*_system", "elastic/fleet-server"],
                                                      "realms": ["_service_account"]},
                                           "health": {"actions": ["cluster:monitor/*"]}}},
                "xpack.security.authc.realms": {
                    "jwt.bank": {"order": 2, "token_type": "access_token", "allowed_audiences": ["search"],
                                 "client_authentication.type": "shared_secret", "claims.principal": "sub",
                                 "pkc_jwkset_path": "jwks/jwkset.json", "allowed_signature_algorithms": ["RS256"]},
                    "saml": {"bank": {"order": 3, "idp.metadata.path": "saml/bank.xml",
                                      "attributes.principal": "nameid", "attributes.groups": "groups"}}},
                "xpack.security.authc.password_hashing.algorithm": "pbkdf2_stretch",
                "xpack.security.http.ssl.supported_protocols": ["TLSv1.2", "TLSv1.3"],
                "logger.org.elasticsearch.discovery": "debug", "ingest.geoip.downloader.enabled": False,
                "s3.client.default.region": "me-central-1", "xpack.monitoring.collection.enabled": True})]}),
        inside(f"{KIBANA}:Kibana", "search", {
            "version": "9.2.0", "count": 2, "elasticsearchRef": {"name": "search"},
            "http": {"service": {"spec": {"type": "ClusterIP"}}}, "config": {
                "server.publicBaseUrl": "https://search.bank.ae", "telemetry": {"optIn": False, "enabled": False},
                "server.securityResponseHeaders.strictTransportSecurity": "max-age=31536000",
                "xpack.security.authc.providers": {"saml.bank": {"order": 0, "realm": "bank", "description": "Bank"},
                                                   "basic.basic1": {"order": 1, "session.idleTimeout": "20m"}},
                "xpack.security.session": {"idleTimeout": "1h", "lifespan": "12h"},
                "xpack.security.sameSiteCookies": "Lax", "xpack.security.secureCookies": True,
                "xpack.security.audit": {"enabled": True, "ignore_filters": [{"actions": ["http_request"]}]},
                "xpack.fleet.packages": [{"name": "system", "version": "latest"}],
                "xpack.actions.allowedHosts": ["alerts.bank.ae"], "elasticsearch.requestTimeout": 60000,
                "logging.root.level": "info", "csp.strict": True, "map.includeElasticMapsService": False}})),
        "elastic/cloud-on-k8s config/recipes; elastic.co, 'Logfile audit events ignore policies'", ours(
            "elasticsearch.k8s.elastic.co", "kibana.k8s.elastic.co",
            prices=(f"{ECK}:Elasticsearch::search", f"{KIBANA}:Kibana::search"))),
    Idiom("OpenSearch records all but who was let in, and two roles administer it", (
        inside(f"{OPEN}:OpenSearchCluster", "logs", {
            "general": {"version": "3.3.1", "serviceName": "logs", "image": _image("opensearch"), "additionalConfig": {
                "plugins.security.audit.type": "internal_opensearch", "http.max_content_length": "200mb",
                "plugins.security.audit.config.disabled_rest_categories": "AUTHENTICATED,GRANTED_PRIVILEGES",
                "plugins.security.audit.ignore_users": '["kibanaserver", "fluentbit"]',
                "plugins.security.restapi.roles_enabled": '["all_access", "security_rest_api_access"]',
                "plugins.security.system_indices.enabled": "true", "plugins.security.ssl.http.clientauth_mode": "NONE",
                "plugins.security.authcz.admin_dn": '["CN=admin,O=bank"]', "indices.fielddata.cache.size": "20%",
                "plugins.index_state_management.job_interval": "5"}},
            "nodePools": [{
                "component": "data", "replicas": 3, "diskSize": "100Gi", "roles": ["cluster_manager", "data"],
                "resources": SIZE, "labels": TAGS, "additionalConfig": {"node.attr.temp": "hot"},
                "persistence": {"pvc": {"storageClass": "encrypted", "accessModes": ["ReadWriteOnce"]}}}],
            "security": {"tls": {"http": {"enabled": True, "generate": False, "secret": {"name": "logs-http"}},
                                 "transport": {"enabled": True, "generate": False, "perNode": True,
                                               "secret": {"name": "logs-transport"}}}}}),),
        "opensearch-project/documentation-website cf95a341, 'Security settings', examples", ours(
            "opensearch.org", prices=(f"{OPEN}:OpenSearchCluster::logs",))),
    Idiom("brokers keep quorum queues, take tokens of the bank and write their log as JSON", (_brokers(
        "cluster_partition_handling = pause_minority\nvm_memory_high_watermark.relative = 0.6\n"
        "disk_free_limit.absolute = 8GB\ncollect_statistics_interval = 10000\ndefault_queue_type = quorum\n"
        "# callers\nauth_mechanisms.1 = PLAIN\nauth_mechanisms.2 = EXTERNAL\nssl_cert_login_from = common_name\n"
        "auth_backends.1 = rabbit_auth_backend_oauth2\nauth_backends.2 = internal # for probes\n"
        "auth_oauth2.resource_server_id = work\nauth_oauth2.issuer = https://login.bank.ae\n"
        "auth_oauth2.https.peer_verification = verify_peer\nssl_options.versions.1 = tlsv1.3\n"
        "ssl_options.versions.2 = tlsv1.2\nmqtt.allow_anonymous = false\nmqtt.vhost = /\n"
        "log.console = true\nlog.console.level = info\nlog.console.formatter = json\nlog.connection.level = warning\n"
        "password_hashing_module = rabbit_password_hashing_sha512\nmanagement.cors.allow_origins.1 = "
        "https://work.bank.ae\ncredential_validator.validation_backend = "
        "rabbit_credential_validator_min_password_length\ncredential_validator.min_length = 14\n",
        envConfig='SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter.config"\n'
        "# lines\nCONSOLE_LOG=new\n",
        advancedConfig="[%% disks\n {ra, [{wal_data_dir, '/var/lib/rabbitmq/quorum-wal'}]},\n"
        " {kernel, [{net_ticktime, 60}]},\n {rabbit, [{tcp_listen_options, [{backlog, 4096}, {nodelay, true}]},\n"
        "  {ssl_options, [{versions, ['tlsv1.3', 'tlsv1.2']}, {verify, verify_peer}]}]}\n]."),),
        "rabbitmq/cluster-operator docs/examples; rabbitmq.com/docs/oauth2", ours(
            "rabbitmq.com", prices=(BROKERS,))),
    Idiom("a broker of Amazon MQ has its limits in its own file", (aws("mq/Configuration", {
        "name": "work", "engineType": "RabbitMQ", "engineVersion": "3.13", "tags": TAGS,
        "data": "# Default RabbitMQ delivery acknowledgement timeout is 30 minutes in milliseconds\n"
                "consumer_timeout = 1800000\ndefault_limits.vhosts.1.pattern = .*\n"
                "default_limits.vhosts.1.max_connections = 500\n"}),),
        "Amazon MQ Developer Guide, 'RabbitMQ broker configuration'"),
    Idiom("documents are compressed, slow operations are explained and every call needs TLS", (
        inside(f"{MONGO}:MongoDBCommunity", "docs", {
            "members": 3, "type": "ReplicaSet", "version": "8.0.12", "security": {
                "authentication": {"modes": ["SCRAM-SHA-256"]}, "tls": {
                    "enabled": True, "optional": False, "certificateKeySecretRef": {"name": "docs-tls"},
                    "caConfigMapRef": {"name": "bank-authority"}}},
            "users": [{"name": "app", "db": "admin", "passwordSecretRef": {"name": "docs-app"},
                       "roles": [{"name": "readWrite", "db": "claims"}], "scramCredentialsSecretName": "docs-app"}],
            "additionalMongodConfig": {
                "storage.wiredTiger.engineConfig.cacheSizeGB": 2, "net": {"tls": {"mode": "requireTLS"}},
                "net.tls.disabledProtocols": "TLS1_0,TLS1_1", "operationProfiling": {
                    "mode": "slowOp", "slowOpThresholdMs": 100}, "setParameter": {
                        "ttlMonitorSleepSecs": 60, "authenticationMechanisms": "SCRAM-SHA-256",
                        "enableLocalhostAuthBypass": False}},
            "statefulSet": {"spec": {"volumeClaimTemplates": [
                {"metadata": {"name": "data-volume", "labels": TAGS}, "spec": CLAIM}]}}}),
        inside(f"{PERCONA}:PerconaServerMongoDB", "cards", {
            "crVersion": "1.21.0", "image": _image("percona/mongodb"), "updateStrategy": "SmartUpdate",
            "tls": {"mode": "requireTLS"}, "upgradeOptions": {"apply": "disabled", "setFCV": False},
            "secrets": {"users": "cards-users", "encryptionKey": "cards-key", "ssl": "cards-tls",
                        "sslInternal": "cards-tls-internal"},
            "replsets": [{
                "name": "rs0", "size": 3, "labels": TAGS, "resources": SIZE, "expose": {"enabled": False},
                "podSecurityContext": POD, "containerSecurityContext": CLOSED,
                "podDisruptionBudget": {"maxUnavailable": 1}, "configuration": (
                    "operationProfiling:\n  mode: slowOp\nsystemLog:\n  verbosity: 1\nsecurity:\n"
                    "  enableEncryption: true\n  ldap:\n    transportSecurity: tls\nauditLog:\n  destination: file\n"
                    "  format: JSON\n  filter: '{\"atype\": {\"$in\": [\"authenticate\", \"authCheck\"]}}'\n"),
                "volumeSpec": {"persistentVolumeClaim": CLAIM}}],
            "sharding": {"enabled": False}, "backup": {"enabled": False}})),
        "mongodb/mongodb-kubernetes docs/mongodbcommunity; percona-server-mongodb-operator deploy/cr.yaml", ours(
            "mongodbcommunity.mongodb.com", "psmdb.percona.com", prices=(
                f"{MONGO}:MongoDBCommunity::docs", f"{PERCONA}:PerconaServerMongoDB::cards"),
            resilience={"kept_elsewhere": {"cards": "copies are made by the bank's own backup of volumes"}})),
    Idiom("Spark writes Iceberg tables, grows by itself and encrypts what it moves", _program({
        "spark.authenticate": "true", "spark.network.crypto.enabled": "true", "spark.io.encryption.enabled": "true",
        "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        "spark.sql.adaptive.enabled": "true", "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
        "spark.plugins": "com.nvidia.spark.SQLPlugin", "spark.rapids.sql.enabled": "true",
        "spark.ui.prometheus.enabled": "true", "spark.executor.processTreeMetrics.enabled": "true",
        "spark.kubernetes.driver.annotation.prometheus.io/scrape": "true", "spark.io.compression.codec": "zstd",
        "spark.kubernetes.allocation.batch.size": "10", "spark.kubernetes.executor.node.selector.pool": "spark",
        "spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path": "/data",
        "spark.driver.extraJavaOptions": "-XX:+UseG1GC -Duser.timezone=Asia/Dubai", "bank.batch": "nightly"}),
        "kubeflow/spark-operator examples; spark.apache.org, 'Running on Kubernetes'", ours(
            "sparkoperator.k8s.io", prices=(f"{SPARK}:SparkApplication::claims",))),
    Idiom("a job of Flink serves its figures and has TLS between its parts", (
        inside("flink.apache.org/v1beta1:FlinkDeployment", "fraud", {
            "image": _image("flink"), "flinkVersion": "v2_0", "serviceAccount": "flink", "mode": "native",
            "flinkConfiguration": {
                "taskmanager.numberOfTaskSlots": "2", "parallelism.default": "8", "state.backend.type": "rocksdb",
                "state.backend.incremental": "true", "execution.checkpointing.interval": "60s",
                "execution.checkpointing.dir": "s3://bank-models/fraud", "restart-strategy.type": "exponential-delay",
                "high-availability.type": "kubernetes", "high-availability.storageDir": "s3://bank-models/fraud/ha",
                "metrics.reporter.prom.factory.class":
                    "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                "metrics.reporter.prom.port": "9249", "security.ssl.internal.enabled": "true",
                "security.ssl.internal.keystore": "/tls/keystore.jks", "web.submit.enable": "false",
                "kubernetes.rest-service.exposed.type": "ClusterIP", "web.cancel.enable": "false",
                "env.java.opts.all": "-XX:+ExitOnOutOfMemoryError -Duser.timezone=Asia/Dubai",
                "kubernetes.operator.periodic.savepoint.interval": "6h", "job.autoscaler.enabled": "true",
                "kubernetes.jobmanager.annotations": "team:claims"},
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": pod({
                "name": "flink-main-container", "image": _image("flink")})},
            "jobManager": {"resource": {"memory": "2048m", "cpu": 1}},
            "taskManager": {"replicas": 2, "resource": {"memory": "4096m", "cpu": 2}},
            "job": {"jarURI": "local:///opt/flink/usrlib/fraud.jar", "parallelism": 4, "upgradeMode": "savepoint"}}),),
        "apache/flink-kubernetes-operator examples; nightlies.apache.org, 'Configuration'", ours(
            "flink.apache.org", prices=("flink.apache.org/v1beta1:FlinkDeployment::fraud",))),
    Idiom("a job of Glue reads Iceberg tables with settings of its own", (aws("glue/Job", {
        "name": "claims", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "timeout": 60,
        "workerType": "G.1X", "numberOfWorkers": 4, "maxRetries": 0, "securityConfiguration": "kms", "tags": TAGS,
        "command": {"name": "glueetl", "pythonVersion": "3", "scriptLocation": "s3://bank-models/claims.py"},
        "defaultArguments": {
            "--datalake-formats": "iceberg", "--enable-continuous-cloudwatch-log": "true", "--month": "2026-11",
            "--conf": "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions "
                      "--conf spark.sql.catalog.glue=org.apache.iceberg.spark.SparkCatalog "
                      "--conf spark.sql.catalog.glue.warehouse=s3://bank-models/claims "
                      "--conf spark.driver.extraJavaOptions=-XX:OnOutOfMemoryError='kill -9 %p'"}}),),
        "AWS Glue Developer Guide, 'Using the Iceberg framework in AWS Glue', as known", {
            **ours(), "escape": {"code_sources": {"bank-models": "our own bucket, which the pipeline writes"}}}),
)  # fmt: skip
