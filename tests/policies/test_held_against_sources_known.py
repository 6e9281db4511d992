"""Settings whose sources were read after the rules were written: each refused value passed before, and each good one
next to it was refused or comes close."""

import pytest

from .blind import crd
from .harness import Pack, rules
from .idioms.held_against_sources_known import VERIFIED
from .test_held_against_sources_servers import passes

PACK = Pack()
LISTS = (
    ("elasticsearch", "transport.profiles.a.xpack.security.ssl.client_authentication", "none", "required"),
    ("flink", "execution.job-status-changed-listeners", "ae.bank.Listeners",
     "io.openlineage.flink.listener.OpenLineageJobStatusChangedListenerFactory"),
    ("flink", "execution.checkpointing.storage", "ae.bank.Storage", "filesystem"),
    ("flink", "state.checkpoint-storage", "ae.bank.Storage", "jobmanager"),
    ("spark", "spark.sql.hive.metastore.jars.path", "file:///opt/a.jar, https://files.bank.ae/b.jar",
     "file:///opt/hive/*.jar,s3a://code/hive/*.jar"),
    ("spark", "spark.kubernetes.driver.pod.featureSteps", "ae.bank.Step",
     "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep"),
    ("spark", "spark.sql.catalog.lake.catalog-impl", "ae.bank.Catalog", "org.apache.iceberg.aws.glue.GlueCatalog"),
    ("spark", "spark.sql.catalog.lake.io-impl", "ae.bank.Files", "org.apache.iceberg.aws.s3.S3FileIO"),
    ("elasticsearch", "xpack.security.authc.realms.ldap.ldap1.cache.hash_algo", "noop", "ssha256"),
    ("elasticsearch", "xpack.security.authc.api_key.cache.hash_algo", "md5", "pbkdf2"),
    ("opensearch", "plugins.query.datasources.encryption.masterkey", "1234567890123456", "${MASTER_KEY}"),
    ("kibana", "xpack.screenshotting.networkPolicy.enabled", "false", "true"),
    ("kibana", "elasticsearch.customHeaders.Authorization", "${ADMIN}", ""),
    ("kibana", "server.customResponseHeaders.Access-Control-Allow-Origin", "*", "https://portal.bank.ae"),
    ("opensearch-dashboards", "server.cors", "true", "false"),
    ("opensearch-dashboards", "opensearch.disablePrototypePoisoningProtection", "true", "false"),
    ("opensearch-dashboards", "opensearch.customHeaders.x-proxy-user", "admin", ""),
    ("opensearch-dashboards", "logging.root.level", "off", "warn"),
    ("opensearch-dashboards", "logging.loggers", "{'context': 'plugins', 'level': 'off'}", "{'level': 'info'}"),
    ("opensearch-dashboards", "logging.dest", "/dev/null", "stdout"),
    ("rabbitmq", "quorum_queue.compute_checksums", "false", "true"),
    ("rabbitmq", "ssl_options.secure_renegotiate", "false", "true"),
    ("rabbitmq-terms", "rabbit.quorum_wal_compute_checksums", "false", "true"),
    ("postgresql", "credcheck.no_password_logging", "off", "on"),
    ("mongodb", "storage.syncPeriodSecs", "0", "60"),
    ("mongodb", "setParameter.syncdelay", "0.0", "0.5"),
    ("flink", "s3.connection.ssl.enabled", "false", "true"),
    ("flink", "fs.s3a.connection.ssl.enabled", "false", "true"),
    ("flink", "zookeeper.sasl.disable", "true", "false"),
    ("flink", "external-resource.gpu.driver-factory.class", "ae.bank.Factory",
     "org.apache.flink.externalresource.gpu.GPUDriverFactory"),
    ("spark", "spark.connect.grpc.interceptor.classes", "ae.bank.Interceptor",
     "org.apache.spark.sql.connect.service.LocalPropertiesCleanupInterceptor"),
    ("spark", "spark.resources.discoveryPlugin", "ae.bank.Plugin",
     "com.nvidia.spark.ExclusiveModeGpuDiscoveryPlugin"),
    ("spark", "spark.metrics.conf.*.sink.a.class", "ae.bank.Sink", "org.apache.spark.metrics.sink.PrometheusServlet"),
    ("spark", "spark.sql.streaming.stateStore.providerClass", "ae.bank.Store",
     "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider"),
    ("spark", "spark.sql.parquet.output.committer.class", "ae.bank.Committer",
     "com.amazon.emr.committer.EmrOptimizedSparkSqlParquetOutputCommitter"),
    ("spark", "spark.sql.catalog.lake", "ae.bank.Catalog", "org.apache.iceberg.spark.SparkCatalog"),
    ("spark", "spark.sql.catalog.lake.client.factory", "ae.bank.Clients",
     "org.apache.iceberg.aws.AssumeRoleAwsClientFactory"),
    ("elasticsearch", "xpack.security.authc.realms.ldap.staff.url", "ldap://a.example.ae:389, ldap://b.example.ae:389",
     "ldaps://a.example.ae:636, ldaps://b.example.ae:636"),
    ("elasticsearch", "xpack.security.authc.realms.oidc.a.op.jwkset_path", "http://sso.team-a.svc/keys",
     "https://sso.team-a.svc/keys"),
    ("elasticsearch", "xpack.security.authc.realms.oidc.a.op.token_endpoint", "http://sso.team-a.svc/token",
     "https://sso.team-a.svc/token"),
    ("kibana", "elastic.apm.captureBody", "transactions", "off"),
    ("kibana", "elastic.apm.serverUrl", "http://apm.team-a.svc:8200", "https://apm.team-a.svc:8200"),
    ("spark", "spark.ui.xContentTypeOptions.enabled", "false", "true"),
    ("spark", "spark.ui.xXssProtection", "0", "1; mode=block"),
)  # fmt: skip
HARMLESS = (
    ("elasticsearch", "xpack.security.authc.realms.ldap.staff.authentication.enabled", "false"),
    ("elasticsearch", "xpack.security.authc.realms.ldap.staff.user_email_attribute", "mail"),
    ("elasticsearch", "xpack.security.authc.realms.oidc.a.op.issuer", "http://sso.team-a.svc"),
    ("elasticsearch", "xpack.security.authc.realms.ldap.staff.url", "${LDAP_URL}"),
    ("opensearch-dashboards", "server.maxPayload", "2097152"),
    ("opensearch-dashboards", "opensearch_security.clusterPermissions.include", "cluster:monitor/main"),
    ("opensearch-dashboards", "opensearch.customHeaders.x-team", "data"),
    ("spark", "spark.sql.catalog.lake.uri", "https://catalog.bank.ae:8181/api/Catalog"),
    ("spark", "spark.sql.catalog.lake.type", "rest"),
    ("spark", "spark.sql.catalog.lake.warehouse", "s3a://bank-lake/tables/Claims"),
    ("spark", "spark.sql.catalog.unity", "io.unitycatalog.spark.UCSingleCatalog"),
    ("spark", "spark.sql.catalog.events", "com.clickhouse.spark.ClickHouseCatalog"),
)  # fmt: skip


@pytest.mark.parametrize(("product", "name", "thrown", "good"), LISTS)
def test_a_setting_is_refused_by_what_its_source_says(product: str, name: str, thrown: str, good: str) -> None:
    """The sources are those of the rows of `data/parameters.csv`."""
    assert not passes(product, name, thrown)
    assert passes(product, name, good)


@pytest.mark.parametrize(("product", "name", "value"), HARMLESS)
def test_what_stands_near_a_refused_setting_passes(product: str, name: str, value: str) -> None:
    assert passes(product, name, value)


@pytest.mark.parametrize(("url", "is_refused"), [
    (None, True), ("ldap://dc1.team-a.svc:389", True), ("${AD_URL}", False),
    (["ldaps://dc1.team-a.svc:636", "ldaps://dc2.team-a.svc:636"], False),
])  # fmt: skip
def test_a_realm_of_a_domain_without_tls_is_refused(url: object, is_refused: bool) -> None:
    """Without a URL it is ldap:// (elastic/elasticsearch 44ff283b security-settings.md; read 2026-12-02)."""
    realm = {"order": 1, "domain_name": "dc1.team-a.svc", **({} if url is None else {"url": url})}
    config = {f"xpack.security.authc.realms.active_directory.staff.{name}": value for name, value in realm.items()}
    node_sets = [{"name": "default", "count": 3, "config": config}]
    given = crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {"version": "9.2.0", "nodeSets": node_sets})
    assert ("FJ-IDN-313" in rules(PACK.evaluate_resource(given))) == is_refused


@pytest.mark.parametrize("given", VERIFIED)
def test_what_aws_has_verified_confines(given: object) -> None:
    assert "FJ-EXP-127" not in rules(PACK.evaluate_resource(given))  # type: ignore[arg-type]
