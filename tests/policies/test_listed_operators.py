"""Settings of search servers, brokers, document stores and Spark that operators pass on, as the list evaluates them."""

import pytest
from guardrails.engine.reading import UNKNOWN, Plain, Resource
from guardrails.engine.verdicts import Outcome, Verdict
from guardrails.readers.parameters import parameters_of
from guardrails.unverifiable.listed_parameters import check_listed_parameters

from tests.processor_time import within

SEARCH = "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch"
BROKERS = "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster"
PERCONA = "kubernetes:psmdb.percona.com/v1-16-0:PerconaServerMongoDB"
SPARK = "kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication"
FILES = "aws:mq/configuration:Configuration"
AUDIT = "xpack.security.audit.logfile.events"
HOSTILE = 20_000
SECOND = 1.0


def _found(token: str, props: dict[str, Plain]) -> list[Outcome]:
    return list(check_listed_parameters(Resource("urn", token, "it", props)))


def _of_search(**settings: Plain) -> list[Outcome]:
    return _found(SEARCH, {"spec": {"nodeSets": [{"name": "a", "config": settings}]}})


def _of_broker(lines: Plain, place: str = "additionalConfig") -> list[Outcome]:
    return _found(BROKERS, {"spec": {"rabbitmq": {place: lines}}})


@pytest.mark.parametrize(
    ("value", "passes"),
    [
        (["access_granted", "authentication_success"], True),
        ("access_granted, connection_granted", True),
        ([], True),
        (["access_granted", "authentication_failed"], False),
        ("security_config_change", False),
        ("_all", False),
    ],
)
def test_a_list_is_evaluated_as_a_whole(value: Plain, passes: bool) -> None:
    found = _of_search(**{f"{AUDIT}.exclude": value})
    assert [item.path for item in found] == ([] if passes else [f"spec.nodeSets.config.{AUDIT}.exclude"])


def test_what_has_to_be_in_a_list_is_asked_for() -> None:
    whole: list[Plain] = ["access_denied", "authentication_failed", "run_as_denied"]
    assert _of_search(**{f"{AUDIT}.include": whole}) == []
    assert _of_search(**{f"{AUDIT}.include": "access_denied,realm_authentication_failed"}) != []


def test_a_list_with_what_is_not_known_is_undetermined() -> None:
    value: list[Plain] = ["access_granted", UNKNOWN]
    (outcome,) = _of_search(**{f"{AUDIT}.exclude": value})
    assert outcome.verdict is Verdict.UNDETERMINED


def test_settings_are_found_at_each_depth_and_in_each_set_of_nodes() -> None:
    nested: Plain = {"xpack": {"security": {"authc.realms": {"ldap.bank": {"unmapped_groups_as_roles": True}}}}}
    sets: Plain = [{"name": "a", "config": {"node.roles": ["data"]}}, {"name": "b", "config": nested}]
    (outcome,) = _found(SEARCH, {"spec": {"nodeSets": sets}})
    assert outcome.path.endswith("realms.ldap.bank.unmapped_groups_as_roles")


@pytest.mark.parametrize(
    ("lines", "passes"),
    [
        ("# log.connection.level = none\nheartbeat = 60 # seconds", True),
        ("auth_backends.1 = ldap\nauth_backends.2.authz = internal", True),
        ("auth_backends.1 = com.acme.backend", False),
        ("default_pass = hunter2", False),
        ("default_pass = encrypted:cVbZ", True),
        ("ssl_options.versions.1 = tlsv1.1", False),
        ("auth_ldap.queries.tags = '''\n[{administrator,\n {constant, true}}]\n'''", False),
        ("auth_ldap.queries.tags = '''\n[{administrator, {in_group, \"cn=a\"}}]\n'''\nheartbeat = 60", True),
        ("management.cors.allow_origins.1 = *", False),
        ("new.door = true", False),
    ],
)
def test_lines_of_a_broker(lines: str, passes: bool) -> None:
    assert (_of_broker(lines) == []) is passes
    assert (_found(FILES, {"engineType": "RabbitMQ", "data": lines}) == []) is passes
    assert _found(FILES, {"engineType": "ActiveMQ", "data": lines}) == []


@pytest.mark.parametrize(
    ("script", "passes"),
    [
        ("CONSOLE_LOG=new\n# a line\n\nRABBITMQ_IO_THREAD_POOL_SIZE=128\n", True),
        ('SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls -ssl_dist_optfile /etc/x"\n', True),
        ("SERVER_ADDITIONAL_ERL_ARGS=\"-kernel inetrc '/etc/erl_inetrc' -proto_dist inet6_tcp\"\n", True),
        ("NAME=$(id)\n", False),
        ("NAME=`id`\n", False),
        ("NAME=x; id\n", False),
        ('SERVER_ADDITIONAL_ERL_ARGS="-eval halt()"\n', False),
        ('SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls -s stranger"\n', False),
        ("curl x\n", False),
    ],
)
def test_a_script_of_a_broker_only_sets_variables(script: str, passes: bool) -> None:
    assert (_of_broker(script, "envConfig") == []) is passes


@pytest.mark.parametrize(
    ("terms", "passes"),
    [
        ("[{ra, [{wal_data_dir, '/var/lib/rabbitmq/quorum-wal'}]}].", True),
        ("[{rabbit, [{auth_backends, [{rabbit_auth_backend_ldap, rabbit_auth_backend_internal}]}]}].", True),
        ("[{rabbit, [{auth_backends, [{rabbit_auth_backend_ldap, rabbit_auth_backend_internal}, strange]}]}].", False),
        ("[{rabbit, [{auth_backends, [{strange, rabbit_auth_backend_internal}]}]}].", False),
        ("[{rabbit, [{ssl_options, [{versions, ['tlsv1.2', 'tlsv1.3']}, {verify, verify_peer}]}]}].", True),
        ("[{rabbit, [{ssl_options, [{versions, ['tlsv1.2', tlsv1]}]}]}].", False),
        ("[{rabbit, [{loopback_users, []}]}].", False),
        ('[{rabbit, [{loopback_users, [<<"guest">>]}, {tcp_listeners, [5672, {"127.0.0.1", 5673}]}]}].', True),
        ("[%% {rabbit, [{loopback_users, []}]}\n {rabbitmq_shovel, [{shovels, []}]}].", True),
        ('[{rabbit, [{loopback_users, [<<"a">> %% not guest\n]}]}].', False),
        ("[{rabbit, [{ %% seconds\n heartbeat, 60}]}].", True),
        ("[{rabbitmq_mqtt, [{allow_anonymous, true}]}].", False),
        ('[{rabbit, [{default_pass, <<"hunter2">>}]}].', False),
        ('[{rabbit, [{default_pass, {encrypted, <<"cPAy">>}}]}].', True),
        ("[{rabbitmq_auth_backend_ldap, [{tag_queries, [{administrator, {constant, true}}]}]}].", False),
        ('[{rabbitmq_auth_backend_ldap, [{tag_queries, [{administrator, {in_group, "cn=a"}}]}]}].', True),
        ("[{new_door, [{is_open, true}]}].", False),
    ],
)
def test_terms_of_a_broker(terms: str, passes: bool) -> None:
    assert (_of_broker(terms, "advancedConfig") == []) is passes


def test_a_script_that_is_not_known_is_undetermined() -> None:
    (outcome,) = _of_broker(UNKNOWN, "envConfig")
    assert outcome.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("place", ["replsets", "sharding"])
def test_files_in_yaml_are_read_in_each_version_of_the_kind(place: str) -> None:
    parts: dict[str, Plain] = {
        "replsets": [{"name": "rs0", "configuration": "systemLog: {quiet: true}"}],
        "sharding": {"mongos": {"configuration": "systemLog:\n  quiet: true\n"}},
    }
    (outcome,) = _found(PERCONA, {"spec": {place: parts[place]}})
    assert outcome.path.endswith("configuration.systemLog.quiet")


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:glue/job:Job", {"defaultArguments": {"--conf": "spark.a.b=1 --conf spark.authenticate=false"}}),
        ("aws:glue/job:Job", {"nonOverridableArguments": {"--conf": "spark.authenticate=false"}}),
        ("aws:emr/cluster:Cluster", {"configurationsJson": '[{"Classification": "spark-defaults", "Properties": '
                                     '{"spark.authenticate": "false"}}, {"Classification": "yarn-site"}]'}),
        ("aws:emrserverless/application:Application", {"runtimeConfigurations": [
            {"classification": "spark-defaults", "properties": {"spark.authenticate": "false"}}]}),
    ],
)  # fmt: skip
def test_settings_of_spark_are_read_in_clouds(token: str, props: dict[str, Plain]) -> None:
    assert [item.path for item in _found(token, props) if item.path.endswith("spark.authenticate")]


def test_other_arguments_of_a_job_are_its_own() -> None:
    odd: list[Plain] = [None, UNKNOWN, 1, "--conf", "=", {}, [None], "spark.app.name"]
    for value in odd:
        assert _found("aws:glue/job:Job", {"defaultArguments": {"--conf": value, "--new-door": "open"}}) == []
        assert _found("aws:emr/cluster:Cluster", {"configurationsJson": value}) == []


def test_a_name_may_stand_for_every_part() -> None:
    name = "spark.metrics.conf.*.sink.prometheusServlet.class"
    assert _found(SPARK, {"spec": {"sparkConf": {name: "org.apache.spark.metrics.sink.PrometheusServlet"}}}) == []


def test_properties_that_spark_ignores_are_nobodys() -> None:
    settings: Plain = {"bank.batch": "x", "spark.app.name": "y"}
    found = parameters_of(Resource("u", SPARK, "n", {"spec": {"sparkConf": settings}}))
    assert [item.name for item in found] == ["spark.app.name"]


@pytest.mark.parametrize(
    "odd", [None, UNKNOWN, 1, "x", "- a", "{", "a: &a [*a]", "[[" * 50_000, [], [None], {}, {"a": {}}]
)
def test_odd_values_raise_nothing(odd: Plain) -> None:
    for token in (SEARCH, BROKERS, PERCONA, SPARK):
        for spec in (odd, {"nodeSets": odd, "rabbitmq": odd, "replsets": odd, "sparkConf": odd}):
            _found(token, {"spec": spec})
        inner: Plain = {
            "config": odd,
            "configuration": odd,
            "additionalConfig": odd,
            "envConfig": odd,
            "advancedConfig": odd,
        }
        _found(token, {"spec": {"nodeSets": [inner], "rabbitmq": inner, "replsets": [inner]}})
    _found(FILES, {"engineType": "RabbitMQ", "data": odd})


@pytest.mark.parametrize(
    "part", ["a", "a=", "'''", "A=\n", 'A="', "- ", 'x="-', " ", "a.", "[", "a: ", "{", "{a,", "}", '"\\', "'\\", "%"]
)
def test_long_texts_take_no_time(part: str) -> None:
    text = part * (HOSTILE // len(part))
    with within(SECOND):
        _of_broker(text)
        _of_broker(text, "envConfig")
        _of_broker(text, "advancedConfig")
        _of_search(**{text: text})
