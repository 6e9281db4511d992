"""Settings of data stores, brokers and engines of jobs that a list of harmless ones hid behind a wildcard, held against
their sources: each refused value passed before, and each good one comes close to it."""

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.readers.command_secrets import has_secret_commands
from guardrails.unverifiable.listed_parameters import listed_parameters, parameter_name
from guardrails.unverifiable.switch_rows import condition
from pydantic import ValidationError

from tests.processor_time import within

from .test_held_against_sources_servers import passes

OWN = "net.example.Own"
MODELS = "http://models.team-a.svc/ml"
LISTS = (
    ("db2", "DB2_ALTERNATE_AUTHZ_BEHAVIOUR", "EXTERNAL_ROUTINE_DBAUTH,NOT_FENCED_ROUTINE_DBAUTH", ""),
    ("db2", "DB2_LOAD_COPY_NO_OVERRIDE", "NONRECOVERABLE", "COPY YES to /db2/copies"),
    ("db2", "DB2_XBSA_LIBRARY", "/own.so", ""),
    ("elasticsearch", "tracing.apm.agent.verify_server_cert", "false", "true"),
    ("elasticsearch", "tracing.apm.agent.server_url", "http://apm.team-a.svc:8200", "https://apm.team-a.svc:8200"),
    ("elasticsearch", "tracing.apm.agent.plugins_dir", "/own", ""),
    ("elasticsearch", "tracing.apm.agent.capture_body", "all", "off"),
    ("elasticsearch", "gcs.client.default.endpoint", "http://store.team-a.svc", "https://store.team-a.svc"),
    ("elasticsearch", "discovery.ec2.protocol", "http", "https"),
    ("elasticsearch", "discovery.ec2.endpoint", "http://ec2.me-central-1.amazonaws.com",
     "https://ec2.me-central-1.amazonaws.com"),
    ("elasticsearch", "xpack.ml.model_repository", MODELS, "file://${path.home}/config/models/"),
    ("elasticsearch", "azure.client.default.endpoint", "http://store.team-a.svc", "https://store.team-a.svc"),
    ("opensearch", "node.attr.remote_store.repository.main.settings.endpoint", "http://store.team-a.svc",
     "https://store.team-a.svc"),
    ("opensearch", "node.attr.remote_store.repository.main.settings.protocol", "http", "https"),
    ("kibana", "server.http2.allowUnsecure", "true", "false"),
    ("kibana", "elastic.apm.verifyServerCert", "false", "true"),
    ("kibana", "xpack.fleet.outputs", "{'ssl': {'verification_mode': 'none'}}",
     "{'ssl': {'verification_mode': 'full'}}"),
    ("opensearch", "plugins.security.roles_mapping_resolution", "BACKENDROLES_ONLY", "MAPPING_ONLY"),
    ("opensearch", "knn.remote_index_build.service.password", "Bank-2026", "${BUILD_PASSWORD}"),
    ("opensearch", "discovery.ec2.protocol", "http", "https"),
    ("opensearch", "s3.client.default.protocol", "http", "https"),
    ("flink", "state.backend.forst.options-factory", OWN, "org.apache.flink.state.forst.ForStOptionsFactory"),
    ("flink", "kubernetes.operator.plugins.listeners.own.class", OWN, "org.apache.flink.kubernetes.Listener"),
    ("flink", "taskmanager.network.hybrid-shuffle.external-remote-tier-factory.class", OWN,
     "org.apache.celeborn.plugin.flink.tiered.CelebornTierFactory"),
    ("flink", "kubernetes.operator.user.artifacts.disallow-restricted-hosts", "false", "true"),
    ("flink", "kubernetes.operator.user.artifacts.allowed-schemes", "https,http", "https,s3"),
    ("flink", "kubernetes.jobmanager.entrypoint.args", "-Dsecurity.ssl.internal.enabled=false", "--host db-0"),
    ("flink", "env.ssh.opts", "-o ProxyCommand='sh /own.sh'", "-p 2222"),
    ("flink", "env.ssh.opts", "-o StrictHostKeyChecking=no", "-o StrictHostKeyChecking=yes"),
    ("mongodb", "storage.wiredTiger.engineConfig.configString", "extensions=[/own.so]", "eviction_dirty_target=10"),
    ("mongodb", "storage.wiredTiger.engineConfig.configString", "log=(enabled=false)", "log=(file_max=8MB)"),
    ("mongodb", "storage.wiredTiger.engineConfig.configString", "extensions:[/own.so]", "log:(enabled:true)"),
    ("flink", "env.ssh.opts", "-o UserKnownHostsFile=/dev/null", "-o UserKnownHostsFile=/run/hosts"),
    ("flink", "shuffle-service-factory.class", OWN, "org.apache.celeborn.plugin.flink.RemoteShuffleServiceFactory"),
    ("mongodb", "setParameter.wiredTigerEngineRuntimeConfig", "log=(enabled=false)", "cache_size=4G"),
    ("mongodb", "storage.engine", "inMemory", "wiredTiger"),
    ("oracle", "optimizer_secure_view_merging", "FALSE", "TRUE"),
    ("oracle", "fixed_date", "2020-01-01-00:00:00", "NONE"),
    ("rabbitmq", "cluster_formation.peer_discovery_backend", "own_discovery", "rabbit_peer_discovery_k8s"),
    ("rabbitmq", "backing_queue_module", "own_queue", "rabbit_variable_queue"),
    ("rabbitmq", "mqtt.retained_message_store", "own_store", "rabbit_mqtt_retained_msg_store_dets"),
    ("rabbitmq-terms", "rabbit.cluster_formation.peer_discovery_backend", "own_discovery", "rabbit_peer_discovery_k8s"),
    ("rabbitmq-terms", "rabbit.definitions.import_backend", "own_import", "rabbit_definitions_import_https"),
    ("rabbitmq-terms", "rabbit.backing_queue_module", "own_queue", "rabbit_priority_queue"),
    ("rabbitmq-terms", "rabbitmq_mqtt.retained_message_store", "own_store", "rabbit_mqtt_retained_msg_store_ets"),
    ("rabbitmq", "cluster_formation.k8s.scheme", "http", "https"),
    ("rabbitmq", "trust_store.providers.1", "own_provider", "file"),
    ("flink", "metrics.reporter.dghttp.factory.class", "org.apache.flink.metrics.datadog.DatadogHttpReporterFactory",
     "org.apache.flink.metrics.prometheus.PrometheusReporterFactory"),
    ("flink", "env.log.level", "OFF", "WARN"),
    ("spark", "spark.history.provider", OWN, "org.apache.spark.deploy.history.FsHistoryProvider"),
    ("spark", "spark.deploy.recoveryMode.factory", OWN, "org.apache.spark.deploy.master.ZooKeeperRecoveryModeFactory"),
    ("spark", "spark.storage.replication.policy", OWN, "org.apache.spark.storage.BasicBlockReplicationPolicy"),
    ("spark", "spark.storage.replication.topologyMapper", OWN, "org.apache.spark.storage.DefaultTopologyMapper"),
    ("spark", "spark.streaming.receiver.writeAheadLog.class", OWN,
     "org.apache.spark.streaming.util.FileBasedWriteAheadLog"),
    ("spark", "spark.executor.plugins", OWN, "com.nvidia.spark.RapidsExecutorPlugin"),
    ("spark", "spark.shuffle.push.server.mergedShuffleFileManagerImpl", OWN,
     "org.apache.spark.network.shuffle.RemoteBlockPushResolver"),
    ("spark", "spark.delta.logStore.s3a.impl", OWN, "io.delta.storage.S3DynamoDBLogStore"),
    ("spark", "spark.delta.logStore.class", OWN, "org.apache.spark.sql.delta.storage.S3SingleDriverLogStore"),
    ("spark", "spark.rapids.shims-provider-override", OWN, "com.nvidia.spark.rapids.shims.SparkShimServiceProvider"),
    ("spark", "spark.rapids.shuffle.transport.class", OWN, "com.nvidia.spark.rapids.shuffle.ucx.UCXShuffleTransport"),
    ("spark", "spark.celeborn.master.endpoints.resolver", OWN,
     "org.apache.celeborn.common.client.StaticMasterEndpointResolver"),
    ("spark", "spark.celeborn.ssl.rpc_app.enabled", "false", "true"),
    ("spark", "spark.celeborn.auth.enabled", "false", "true"),
    ("spark", "spark.celeborn.ssl.rpc_app.protocol", "TLSv1.1", "TLSv1.3"),
    ("spark", "spark.kubernetes.allocation.pods.allocator", OWN, "statefulset"),
    ("spark", "spark.hive.server2.authentication", "NONE", "LDAP"),
    ("spark", "spark.hive.metastore.pre.event.listeners", OWN,
     "org.apache.hadoop.hive.ql.security.authorization.AuthorizationPreEventListener"),
    ("spark", "spark.sql.optimizer.excludedRules",
     "org.apache.kyuubi.plugin.spark.authz.ranger.RuleAuthorization",
     "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation"),
    ("spark", "spark.databricks.delta.retentionDurationCheck.enabled", "false", "true"),
    ("spark", "spark.log.level", "OFF", "WARN"),
)  # fmt: skip
HARMLESS = (
    ("rabbitmq", "auth_ldap.ssl_options.hostname_verification", "none"),
    ("rabbitmq", "cluster_formation.peer_discovery_backend", "classic_config"),
    ("rabbitmq", "definitions.import_backend", "local"),
    ("flink", "kubernetes.operator.job.upgrade.last-state-fallback.enabled", "false"),
    ("spark", "spark.hive.exec.pre.hooks", ""),
    ("spark", "spark.kubernetes.allocation.batch.size", "10"),
    ("elasticsearch", "xpack.ml.max_open_jobs", "20"),
)
"""Values beside those: `none` for the names of certificates leaves Erlang's own check as it is (rabbitmq-server
5b09e556 deps/oauth2_client/src/oauth2_client.erl)."""


@pytest.mark.parametrize(("product", "name", "thrown", "good"), LISTS)
def test_a_parameter_behind_a_wildcard_is_refused_by_what_its_source_says(
    product: str, name: str, thrown: str, good: str
) -> None:
    """The sources are those of the rows of `data/parameters.csv`."""
    assert not passes(product, name, thrown)
    assert passes(product, name, good)


@pytest.mark.parametrize(("product", "name", "value"), HARMLESS)
def test_a_parameter_beside_them_passes(product: str, name: str, value: str) -> None:
    assert passes(product, name, value)


@pytest.mark.parametrize(
    "part", ["log=(", "extensions", "-o ", "http:/", "org.apache.spark.sql.a,", "a.", " -", "http"]
)
def test_long_values_take_no_time(part: str) -> None:
    rows = {
        row.values for product, name, *_ in LISTS
        if (row := listed_parameters()[product].find(parameter_name(name))) is not None
    }  # fmt: skip
    with within(1):
        for values in rows - {"any", "elsewhere"}:
            condition(values).judge(part * (20_000 // len(part)))


def _listed(section: str, field: str, name: str) -> Enforcement:
    sections = {section: {field: {name: "confirmed by the platform team"}}}
    return Enforcement.model_validate({"default": {"all": "mandatory"}, **sections})


@pytest.mark.parametrize(("section", "field", "name"), [
    *(("residency", "known", name) for name in (
        "ngrok-free.dev", "localtonet.com", "yandexcloud.net", "servicebus.windows.net", "s3.amazonaws.com")),
    *(("escape", "code_sources", name) for name in (
        "https://gitea.com", "https://git.sr.ht/", "https://sourceforge.net/projects", "https://cdn.jsdelivr.net/gh/")),
])  # fmt: skip
def test_a_domain_or_forge_of_everyone_is_not_listed(section: str, field: str, name: str) -> None:
    """publicsuffix/list e8c9a2b2, second part; forges as addresses in public programs."""
    with pytest.raises(ValidationError):
        _listed(section, field, name)


@pytest.mark.parametrize(("section", "field", "name"), [
    *(("residency", "known", name) for name in (
        "bank.servicebus.windows.net", "bank.ngrok-free.dev", "bank.github.app")),
    *(("escape", "code_sources", name) for name in (
        "https://gitea.com/bank", "https://git.sr.ht/~bank", "https://cdn.jsdelivr.net/gh/bank/pages")),
])  # fmt: skip
def test_a_name_in_it_is_listed(section: str, field: str, name: str) -> None:
    assert _listed(section, field, name)


@pytest.mark.parametrize("line", [
    "mariadb-dump -u root -phunter2! db", "mysqlcheck -phunter2! --all-databases", "mongodump -u a -p hunter2! --out a",
    "mongosh --username admin -phunter2!", "redis-cli -a hunter2! ping", "valkey-cli -h db -a 'hunter2!' ping",
    "/opt/mssql-tools/bin/sqlcmd -S db -U sa -P hunter2! -Q 'SELECT 1'", "ldapsearch -x -w hunter2! -D cn=admin",
    "docker login -u admin -p hunter2! registry.bank.ae", "helm registry login -u a -p hunter2! registry.bank.ae",
    "openssl rsa -in key.pem -passin pass:hunter2! -out key", "docker login -u a -phunter2! registry.bank.ae",
    "SQLCMD.EXE -S db -U sa -P hunter2!", "bcp orders out a -U sa -P hunter2!", "keydb-cli -a hunter2! ping",
    "redis-cli --pass hunter2! ping", "skopeo login -u a -p hunter2! registry.bank.ae", "mysql_upgrade -phunter2!",
    "az login --service-principal -u a -p hunter2! --tenant b",
])  # fmt: skip
def test_a_command_with_a_secret_is_found(line: str) -> None:
    """Options as public programs have them."""
    assert has_secret_commands(f"#!/bin/bash\n{line}\n")


@pytest.mark.parametrize("line", [
    "docker run --name mongo -p 27017:27017 mongo", "mongodump -u a -p $PASSWORD1 --out a", "redis-cli -a $PASS1",
    "redis-cli -h db -p 6379 --tls", "ldapsearch -x -W -D cn=admin1,dc=bank", "sqlcmd -S db1 -U sa -d ledger2",
    "docker login -u admin -p ${TOKEN1} registry.bank.ae", "openssl rsa -passin file:/run/key1", "mariadb -p ledger_26",
    "openssl rsa -in key.pem -passin pass:$PASS1", "mongo-express -u admin1 -p 8081123", "mysql-shell-8 -plugin-dir1",
    "sqlcmd -U sa -P %SA_PASSWORD1% -Q a", "docker login -u a -p __PASSWORD1__ registry.bank.ae",
])  # fmt: skip
def test_a_command_without_one_is_not(line: str) -> None:
    assert not has_secret_commands(f"#!/bin/bash\n{line}\n")


@pytest.mark.parametrize("text", [
    "mongo -u " * 2200, "mongo -u a -" * 1600, "mariadb -" * 2200, "redis-cli " * 2000, "openssl " * 2500,
    "docker login " * 1500, "sqlcmd -" * 2500, "ldapsearch -" * 1600,
])  # fmt: skip
def test_long_scripts_take_no_time(text: str) -> None:
    with within(0.5):
        has_secret_commands(text)
