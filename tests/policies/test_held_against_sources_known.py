"""Settings whose sources were read after the rules were written: each refused value passed before, and each good one
next to it was refused or comes close."""

import pytest

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
)  # fmt: skip
HARMLESS = (
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


@pytest.mark.parametrize("given", VERIFIED)
def test_what_aws_has_verified_confines(given: object) -> None:
    assert "FJ-EXP-127" not in rules(PACK.evaluate_resource(given))  # type: ignore[arg-type]
