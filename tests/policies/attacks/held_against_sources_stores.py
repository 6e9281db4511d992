"""Attacks by settings that a list of harmless ones hid behind a wildcard, found when the list was held against sources
(2026-12-02). Each stands beside settings that do no harm; sources are those of `data/parameters.csv`.
"""

from ..blind import TAGS, aws
from ..harness import Given
from ..idioms.after_seventeenth_objects import program
from . import Attack
from .listed_operators import ESC, _broker, _documents, _flink, _opensearch, _page, _search, _spark, _terms
from .twentieth_xmoney_b import SENT

OWN = "net.example.Own"


def _oracle(name: str, value: str) -> tuple[Given, ...]:
    parameters = [{"name": name, "value": value, "applyMethod": "pending-reboot"}]
    return (aws("rds/ParameterGroup", {"family": "oracle-ee-19", "tags": TAGS, "parameters": parameters}),)


ATTACKS: tuple[Attack, ...] = (
    Attack("whoever is in between reads the calls of a search cluster", ESC, _search(
        tracing__apm__agent__verify_server_cert="false"), "major", "APMAgentSettings.java"),
    Attack("a search cluster loads programs from a directory of their own", ESC, _search(
        tracing__apm__agent__plugins_dir="/usr/share/elasticsearch/data/own"), "critical", "APMAgentSettings.java"),
    Attack("passwords of people who search cross the network in plain text", ESC, _search(
        xpack__security__authc__realms__ldap__staff__url="ldap://ldap.team-a.svc:389"), "critical",
        "security-settings.md, LDAP realm"),
    Attack("passwords of a domain's people who search cross the network in plain text", ("FJ-IDN-313",), _search(
        xpack__security__authc__realms__active_directory__staff__order=1,
        xpack__security__authc__realms__active_directory__staff__domain_name="dc1.team-a.svc"), "critical",
        "security-settings.md, Active Directory realm (ldap://, port 389 unless a URL is stated)"),
    Attack("whoever is in between signs in to a search cluster as anybody", ESC, _search(
        xpack__security__authc__realms__oidc__staff__op__jwkset_path="http://sso.team-a.svc/keys"), "critical",
        "security-settings.md, OpenID Connect realm"),
    Attack("what people write into pages of a search cluster stands in the records of calls", ESC, _page(
        {"elastic.apm.captureBody": "all"}), "major", "configuration.md of apm-agent-nodejs"),
    Attack("agents of a search cluster believe every server", ESC, _page({"xpack.fleet.outputs": [{
        "id": "own", "name": "own", "type": "elasticsearch", "hosts": ["https://search.team-a.svc:9200"],
        "ssl": {"verification_mode": "none"}}]}), "major", "fleet-settings.yml"),
    Attack("groups of the directory are roles of a search cluster", ESC, _opensearch(
        {"plugins.security.roles_mapping_resolution": "BACKENDROLES_ONLY"}), "critical", "security-settings.md"),
    Attack("copies of a search cluster leave it in plain text", ESC, _opensearch(
        {"s3.client.default.protocol": "http"}), "major", "s3-repository-settings.md"),
    Attack("arguments of a job of Flink end its TLS", ESC, _flink(
        {"kubernetes.jobmanager.entrypoint.args": "-Dsecurity.ssl.internal.enabled=false"}), "critical",
        "KubernetesApplicationClusterEntrypoint.java"),
    Attack("figures of a job of Flink go to a service abroad", ESC, _flink(
        {"metrics.reporter.dghttp.factory.class": "org.apache.flink.metrics.datadog.DatadogHttpReporterFactory"}),
        "major", "DatadogHttpReporterFactory"),
    Attack("a class of their own tunes the state of a job of Flink", ESC, _flink(
        {"state.backend.forst.options-factory": OWN}), "major", "forst_configuration.html"),
    Attack("a document store loads a library of their own", ESC, _documents(
        {"storage.wiredTiger.engineConfig.configString": "extensions=[/data/db/own.so]"}), "critical",
        "wiredtiger/wiredtiger dist/api_data.py"),
    Attack("a module of their own says which brokers are one cluster", ESC, _broker(
        "cluster_formation.peer_discovery_backend = own_discovery"), "major", "rabbit.schema"),
    Attack("a module of their own says whose certificates a broker believes", ESC, _broker(
        "trust_store.providers.1 = own_provider"), "critical", "rabbitmq_trust_store.schema"),
    Attack("a module of their own keeps the messages of a broker", ESC, _terms(
        "{rabbit, [{backing_queue_module, own_queue}]}"), "critical", "rabbit_amqqueue_process.erl"),
    Attack("a module of their own says which brokers are one cluster, as terms", ESC, _terms(
        "{rabbit, [{cluster_formation, [{peer_discovery_backend, own_discovery}]}]}"), "major", "rabbit.schema"),
    Attack("queries of Spark leave out the rules of access", ESC, _spark({"spark.sql.optimizer.excludedRules":
        "org.apache.kyuubi.plugin.spark.authz.ranger.RuleAuthorization"}), "critical", "overview.rst of Kyuubi"),
    Attack("the log of tables of Spark is written by a class of their own", ESC, _spark(
        {"spark.delta.logStore.s3a.impl": OWN}), "critical", "delta-storage.mdx"),
    Attack("rows that Spark exchanges cross the network in plain text", ESC, _spark(
        {"spark.celeborn.ssl.rpc_app.enabled": "false"}), "major", "security.md of Celeborn"),
    Attack("the server of statements of Spark asks for no password", ESC, _spark(
        {"spark.hive.server2.authentication": "NOSASL"}), "critical", "HiveConf.java"),
    Attack("views of Oracle show rows that they leave out", ESC, _oracle("optimizer_secure_view_merging", "FALSE"),
           "major", "Oracle Database Reference, OPTIMIZER_SECURE_VIEW_MERGING"),
    Attack("the time of records of Oracle stands still", ESC, _oracle("fixed_date", "2020-01-01-00:00:00"),
           "major", "Oracle9i Database Reference, FIXED_DATE"),
    Attack("Airflow knows a connection to Alibaba by its type", SENT, program(
        {"AIRFLOW_CONN_LAKE": '{"conn_type": "maxcompute", "extra": {"project": "bank_lake"}}'}), "major",
        "conn_type of MaxComputeHook"),
)  # fmt: skip
