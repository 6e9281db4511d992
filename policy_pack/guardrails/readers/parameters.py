"""Parameters of data stores and brokers, as (product, name, value), wherever a program names them.

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; fields of objects by strimzi/strimzi-kafka-operator
8541da1e, cloudnative-pg/cloudnative-pg a95a534d, zalando/postgres-operator a7aaad0a, CrunchyData/postgres-operator
0fbac306, percona/percona-postgresql-operator adafb34f and datreeio/CRDs-catalog 7b1e26ef (PerconaXtraDBCluster,
PerconaServerMySQL, InnoDBCluster, MariaDB, RedisFailover, Elasticsearch, Kibana, StackConfigPolicy, OpenSearchCluster,
RabbitmqCluster, MongoDBCommunity, MongoDB, PerconaServerMongoDB and those of Spark), read on 2026-11-30. Names of
families are those that `describe-db-engine-versions` gives as DBParameterGroupFamily.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, from_json, one_or_many, walk
from ..engine.rows import aws, azure
from .erlang_terms import settings_of
from .kubernetes_objects import KUBERNETES_TYPES


@dataclass(frozen=True)
class Parameter:
    """A parameter of a product (`postgresql`) in a property: its name as it is written, its value, and its path without
    indices, by which settings may list it. A product that is not known yet is empty."""

    product: str
    name: str
    value: Plain
    path: str


_Reader = Callable[[Plain], Iterator[tuple[str, Plain]]]
_NAMES, _VALUES = ("name", "parameterKey"), ("value", "parameterValue")
_PROPERTY = lazy_regex(r"[ \t\f]*([^=:\s]{2,})[ \t\f]*[=:]?[ \t\f]*(.*)")
_LINE = lazy_regex(r"\s*([^=\s]+)\s*(?:=\s*)?(.*)")
_CONTINUED = lazy_regex(r"(?<!\\)(?:\\\\)*\\$")
_JAVA_LINES = lazy_regex(r"\r\n?|\n")
_SHOWN = lazy_regex(r"[A-Za-z_][\w. /-]{0,79}")
"""Names that a path has. Anything else is no name of a parameter, and may be part of a secret."""
_QUOTED = lazy_regex(r"(['\"])([^'\"]*)\1\s*(?:#|$)")
_COMMENT = lazy_regex(r"(?:^|\s)#")
_OVER_LINES = lazy_regex(r"'''((?:[^']|'(?!'')){0,4000})'''")
_FAMILIES = (
    ("postgresql", lazy_regex(r"postgres")),
    ("mysql", lazy_regex(r"mysql|mariadb|aurora5")),
    ("sqlserver", lazy_regex(r"sqlserver")),
    ("oracle", lazy_regex(r"oracle")),
    ("db2", lazy_regex(r"db2")),
    ("memcached", lazy_regex(r"memcached")),
    ("redis", lazy_regex(r"redis|valkey")),
)
"""Product -> the families of groups of parameters that are its own."""
GROUP_PRODUCTS = tuple(product for product, _ in _FAMILIES)
"""Products of groups of parameters whose family may not be known yet."""


def _pairs(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the items of a list of names and values."""
    for item in one_or_many(value):
        if isinstance(item, dict):
            name = next((item[key] for key in _NAMES if key in item), None)
            if isinstance(name, str):
                yield name, next((item[key] for key in _VALUES if key in item), None)


def _mapping(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the entries of a mapping; one inside another by both names with a dot between them."""
    for name, item in value.items() if isinstance(value, dict) else ():
        if isinstance(item, dict):
            yield from ((f"{name}.{inner}", leaf) for inner, leaf in _mapping(item))
        else:
            yield name, item


def _text(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the entries of a mapping in JSON."""
    yield from _mapping(from_json(value))


def _lines(text: str, line: re.Pattern[str], comments: tuple[str, ...]) -> Iterator[tuple[str, Plain]]:
    for item in text.splitlines():
        found = line.fullmatch(item.strip())
        if found is not None and not item.lstrip().startswith(comments):
            yield found[1], found[2].strip()


def _properties(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the properties of a Java program, none of which is one letter; a line that ends in a backslash goes on,
    but no comment (java.util.Properties, load)."""
    if not isinstance(value, str):
        return
    whole: list[str] = []
    for line in _JAVA_LINES.split(value):
        part = line.lstrip(" \t\f")
        if not whole and part.startswith(("#", "!")):
            continue
        goes_on = _CONTINUED.search(part) is not None
        whole.append(part[:-1] if goes_on else part)
        if not goes_on:
            yield from _lines("".join(whole), _PROPERTY, ())
            whole = []
    yield from _lines("".join(whole), _PROPERTY, ())


def _options(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the lines of an option file of MySQL; a directive that includes others is one with its own name."""
    if isinstance(value, str):
        yield from ((name, _option(str(item))) for name, item in _lines(value, _LINE, ("#", ";", "[")))


def _option(value: str) -> str:
    """Returns the value of an option, without quotes and a comment after it (MySQL Reference Manual, "Using Option
    Files")."""
    quoted = _QUOTED.match(value)
    return quoted[2] if quoted else _COMMENT.split(value, maxsplit=1)[0].strip()


def _commands(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the lines of redis.conf in a list."""
    for item in one_or_many(value):
        if isinstance(item, str):
            yield from _lines(item, _LINE, ("#",))


_LONGEST_TEXT = 65_536
"""Characters of a file in YAML that are read: the operator's own examples have some hundreds."""


def _yaml(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the entries of a mapping in YAML; what no server can read has none."""
    try:
        yield from _mapping(yaml.safe_load(value) if isinstance(value, str) and len(value) <= _LONGEST_TEXT else None)
    except (yaml.YAMLError, ValueError, RecursionError):
        return


def _conf(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the lines of rabbitmq.conf; a value between three quotes goes over lines (rabbitmq/rabbitmq-server
    5b09e556, rabbitmq_auth_backend_ldap.schema; rabbitmq-website 0acf2a4, docs/configure.md; read 2026-11-30)."""
    if isinstance(value, str):
        text = _OVER_LINES.sub(lambda found: " ".join(found[1].split()), value)
        yield from ((name, _option(str(item))) for name, item in _lines(text, _LINE, ("#",)))


def _terms(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the settings in the terms of Erlang."""
    yield from settings_of(value) if isinstance(value, str) else ()


def _whole(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields a text as one parameter without a name: a script, or a file in the terms of a language."""
    if value is UNKNOWN or (isinstance(value, str) and value.strip()):
        yield "text", value


def _of_spark(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the properties of Spark: it ignores others (apache/spark 9dde4572, SparkSubmitArguments.scala,
    ignoreNonSparkProperties, read 2026-12-01)."""
    yield from ((name, item) for name, item in _mapping(value) if name.lower().startswith("spark."))


def _of_classes(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the properties of Spark in configurations of EMR, by their classification (awsdocs/
    amazon-emr-release-guide 44c8b09 doc_source/emr-spark-configure.md, read 2026-12-01)."""
    for item in one_or_many(from_json(value)):
        parts = {name.lower(): part for name, part in item.items()} if isinstance(item, dict) else {}
        if parts.get("classification") == "spark-defaults":
            yield from _of_spark(parts.get("properties"))


def _of_arguments(value: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the properties of Spark in the arguments of a job of Glue; one argument has several (Cloudera, "AWS
    Glue" of Octopai, and awslabs, "Spark config" of runner-dbt-aws-airflow, --conf, read 2026-12-01)."""
    text = value.get("--conf") if isinstance(value, dict) else None
    for part in text.split("--conf") if isinstance(text, str) else ():
        name, _, item = part.strip().partition("=")
        yield from _of_spark({name: item.strip()})


_BY_FAMILY = ""
_PLACES: dict[str, tuple[tuple[str, _Reader, str], ...]] = {
    **dict.fromkeys(aws("rds/ParameterGroup", "rds/ClusterParameterGroup", "elasticache/ParameterGroup"),
                    (("parameters", _pairs, _BY_FAMILY),)),
    **dict.fromkeys(aws("neptune/ParameterGroup", "neptune/ClusterParameterGroup"),
                    (("parameters", _pairs, "neptune"),)),
    **dict.fromkeys(aws("docdb/ClusterParameterGroup"), (("parameters", _pairs, "docdb"),)),
    **dict.fromkeys(aws("redshift/ParameterGroup"), (("parameters", _pairs, "redshift"),)),
    **dict.fromkeys(aws("redshiftserverless/Workgroup"), (("configParameters", _pairs, "redshift"),)),
    **dict.fromkeys(aws("memorydb/ParameterGroup"), (("parameters", _pairs, "redis"),)),
    **dict.fromkeys(aws("dax/ParameterGroup"), (("parameters", _pairs, "dax"),)),
    **dict.fromkeys(aws("msk/Configuration"), (("serverProperties", _properties, "kafka"),)),
    **dict.fromkeys(aws("msk/Topic"), (("configs", _text, "kafka-topic"),)),
    "kubernetes:kafka.strimzi.io/v1:Kafka": (("spec.kafka.config", _mapping, "kafka"),),
    "kubernetes:kafka.strimzi.io/v1:KafkaTopic": (("spec.config", _mapping, "kafka-topic"),),
    "kubernetes:postgresql.cnpg.io/v1:Cluster": (("spec.postgresql.parameters", _mapping, "postgresql"),),
    "kubernetes:postgresql.cnpg.io/v1:Pooler": (("spec.pgbouncer.parameters", _mapping, "pgbouncer"),),
    "kubernetes:acid.zalan.do/v1:postgresql": (("spec.postgresql.parameters", _mapping, "postgresql"),),
    **dict.fromkeys(
        ("kubernetes:postgres-operator.crunchydata.com/v1:PostgresCluster",
         "kubernetes:pgv2.percona.com/v1:PerconaPGCluster"),
        (("spec.patroni.dynamicConfiguration.postgresql.parameters", _mapping, "postgresql"),
         ("spec.config.parameters", _mapping, "postgresql"),
         ("spec.proxy.pgBouncer.config.global", _mapping, "pgbouncer"))),
    "kubernetes:pxc.percona.com/v1:PerconaXtraDBCluster": (("spec.pxc.configuration", _options, "mysql"),),
    "kubernetes:ps.percona.com/v1:PerconaServerMySQL": (("spec.mysql.configuration", _options, "mysql"),),
    "kubernetes:mysql.oracle.com/v1:InnoDBCluster": (("spec.mycnf", _options, "mysql"),),
    "kubernetes:k8s.mariadb.com/v1:MariaDB": (("spec.myCnf", _options, "mysql"),),
    "kubernetes:databases.spotahome.com/v1:RedisFailover": (
        ("spec.redis.customConfig", _commands, "redis"), ("spec.sentinel.customConfig", _commands, "sentinel")),
    "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch": (
        ("spec.nodeSets.config", _mapping, "elasticsearch"),),
    "kubernetes:kibana.k8s.elastic.co/v1:Kibana": (("spec.config", _mapping, "kibana"),),
    "kubernetes:stackconfigpolicy.k8s.elastic.co/v1:StackConfigPolicy": (
        ("spec.elasticsearch.config", _mapping, "elasticsearch"),
        ("spec.elasticsearch.clusterSettings", _mapping, "elasticsearch"),
        ("spec.kibana.config", _mapping, "kibana")),
    **dict.fromkeys(
        ("kubernetes:opensearch.opster.io/v1:OpenSearchCluster", "kubernetes:opensearch.org/v1:OpenSearchCluster"),
        (*((f"spec.{part}.additionalConfig", _mapping, "opensearch") for part in ("general", "nodePools", "bootstrap")),
         ("spec.dashboards.additionalConfig", _mapping, "opensearch-dashboards"))),
    "kubernetes:rabbitmq.com/v1:RabbitmqCluster": (
        ("spec.rabbitmq.additionalConfig", _conf, "rabbitmq"), ("spec.rabbitmq.envConfig", _whole, "rabbitmq-script"),
        ("spec.rabbitmq.advancedConfig", _terms, "rabbitmq-terms")),
    "kubernetes:mongodbcommunity.mongodb.com/v1:MongoDBCommunity": (
        ("spec.additionalMongodConfig", _mapping, "mongodb"),),
    "kubernetes:mongodb.com/v1:MongoDB": tuple(
        (f"{part}.additionalMongodConfig", _mapping, "mongodb")
        for part in ("spec", "spec.shard", "spec.configSrv", "spec.mongos")),
    "kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB": tuple(
        (f"spec.{part}.configuration", _yaml, "mongodb")
        for part in ("replsets", "replsets.nonvoting", "replsets.hidden", "sharding.configsvrReplSet",
                     "sharding.mongos")),
    **dict.fromkeys(
        tuple(f"kubernetes:{group}/v1:{kind}" for group in ("sparkoperator.k8s.io", "spark.apache.org")
              for kind in ("SparkApplication", "SparkConnect", "SparkCluster")),
        (("spec.sparkConf", _of_spark, "spark"),)),
    **dict.fromkeys(aws("emr/Cluster", "emr/InstanceGroup"), (("configurationsJson", _of_classes, "spark"),)),
    **dict.fromkeys(aws("emrserverless/Application"), (("runtimeConfigurations", _of_classes, "spark"),)),
    **dict.fromkeys(aws("glue/Job"), (("defaultArguments", _of_arguments, "spark"),
                                      ("nonOverridableArguments", _of_arguments, "spark"))),
    **dict.fromkeys(tuple(f"kubernetes:flink.apache.org/v1:{kind}" for kind in ("FlinkDeployment", "FlinkSessionJob")),
                    (("spec.flinkConfiguration", _mapping, "flink"),)),
    "kubernetes:sparkoperator.k8s.io/v1:ScheduledSparkApplication": (("spec.template.sparkConf", _of_spark, "spark"),),
}  # fmt: skip
"""Type, of objects in the token of their first version -> path, how it is read, and the product."""
_SERVERS = (
    ("postgresql", azure("dbforpostgresql:Configuration", "dbforpostgresql:SingleServerConfiguration")),
    ("mysql", azure("dbformysql:Configuration", "dbformysql:SingleServerConfiguration",
                    "dbformariadb:Configuration")),
)  # fmt: skip
"""Product -> the types that are one parameter."""
_BROKERS = aws("mq/Configuration")
"""Files of brokers of Amazon MQ. Those of ActiveMQ are in XML, which no list evaluates yet."""
_VERSION = lazy_regex(r"/v\d[\w-]*:")


def parameters_of(resource: Resource) -> Iterator[Parameter]:
    """Yields the parameters that a resource sets; those whose name is not known yet are evaluated with the update."""
    name = resource.get("configurationName")
    for product in (product for product, types in _SERVERS if resource.type in types and isinstance(name, str)):
        yield Parameter(product, str(name), resource.get("value"), _path("value", str(name)))
    is_object = resource.type.startswith(KUBERNETES_TYPES)
    token = _VERSION.sub("/v1:", resource.type) if is_object else resource.type
    for path, read, product in _PLACES.get(token, ()):
        for _, found in walk(resource.props, "?.".join(path.split(".")) + "?"):
            for name, value in read(found):
                yield Parameter(product or _of_family(resource.get("family")), name, value, _path(path, name))
    if resource.type in _BROKERS and resource.get("engineType") == "RabbitMQ":
        yield from (
            Parameter("rabbitmq", name, value, _path("data", name)) for name, value in _conf(resource.get("data"))
        )


def _path(parent: str, name: str) -> str:
    return f"{parent}.{name}" if _SHOWN.fullmatch(name) else parent


def _of_family(family: Plain) -> str:
    """Returns the product of a family of parameters; empty if it is not known."""
    text = family.lower() if isinstance(family, str) else ""
    return next((product for product, pattern in _FAMILIES if pattern.search(text)), "")
