"""Versions of databases that the clouds charge extended support for (FJ-COST-127), by the table of dates."""

import pytest

from falaj.facts.database_support import DatabaseSupport, _support, database_support

from .blind import aws, az
from .harness import STRICT, UNKNOWN, Given, Pack, blocking

PACK = Pack(STRICT)
ROWS = [row for rows in _support().values() for row in rows]
PAID = [row for row in ROWS if row.is_paid]
FREE = [row for row in ROWS if not row.is_paid]
OFF = {"engineLifecycleSupport": "open-source-rds-extended-support-disabled"}


def database(engine: str, version: str, **more: object) -> Given:
    """Returns a database of the engine, in the form that its service has."""
    if engine in ("OpenSearch", "Elasticsearch"):
        return aws("opensearch/Domain", {"engineVersion": f"{engine}_{version}", **more})
    if engine == "azure-mysql":
        return az("dbformysql:Server", {"version": version, **more})
    kind = {"redis": "elasticache/ReplicationGroup", "docdb": "docdb/Cluster"}.get(engine, "rds/Instance")
    return aws(kind, {"engine": engine, "engineVersion": version, **more})


def refused(given: Given) -> bool:
    return "FJ-COST-127" in blocking(PACK.evaluate_resource(given))


def named(row: DatabaseSupport) -> str:
    return f"{row.engine} {row.version}"


def test_the_table_has_versions_of_both_kinds() -> None:
    assert {row.engine for row in PAID} >= {"mysql", "postgres", "aurora-postgresql", "redis", "OpenSearch", "docdb"}
    assert FREE


@pytest.mark.parametrize("row", PAID, ids=named)
def test_a_database_pays_for_a_version_out_of_standard_support(row: DatabaseSupport) -> None:
    assert refused(database(row.engine, row.version))
    assert refused(database(row.engine, f"{row.version}.7"))


@pytest.mark.parametrize("row", FREE, ids=named)
def test_versions_in_standard_support_pass(row: DatabaseSupport) -> None:
    assert not refused(database(row.engine, row.version))


@pytest.mark.parametrize(
    "given",
    [
        database("mysql", "8.0.44", **OFF),
        database("postgres", "13", engineLifecycleSupport=UNKNOWN),
        database("postgres", "17.6"),
        database("postgres", "130"),
        database("mariadb", "10.5"),
        database("valkey", "8.0"),
        aws("rds/Instance", {"engine": "postgres", "engineVersion": UNKNOWN}),
        aws("rds/Instance", {"engine": UNKNOWN, "engineVersion": "13"}),
        aws("rds/Instance", {"engine": "postgres"}),
        aws("elasticache/ReplicationGroup", {"engineVersion": "7.1"}),
        aws("elasticache/Cluster", {"engine": "memcached", "engineVersion": "1.6.22"}),
        aws("opensearch/Domain", {"engineVersion": "OpenSearch_2.19"}),
        aws("opensearch/Domain", {}),
        az("dbformysql:Server", {"version": "8.4"}),
    ],
)
def test_other_databases_pass(given: Given) -> None:
    assert not refused(given)


@pytest.mark.parametrize(
    "given",
    [
        aws("rds/Cluster", {"engine": "aurora-mysql", "engineVersion": "5.7.mysql_aurora.2.11.3"}),
        aws("rds/GlobalCluster", {"engine": "aurora-postgresql", "engineVersion": "12.9"}),
        aws("elasticache/ReplicationGroup", {"engineVersion": "5.0.6"}),
        aws("elasticache/Cluster", {"engine": "redis", "engineVersion": "4.0.10"}),
        aws("elasticsearch/Domain", {"elasticsearchVersion": "7.8"}),
        aws("opensearch/Domain", {"engineVersion": "Elasticsearch_7.8"}),
    ],
)
def test_other_forms_of_such_versions_are_refused(given: Given) -> None:
    assert refused(given)


def test_a_version_that_only_begins_alike_has_another_date() -> None:
    assert database_support("OpenSearch", "2.19") is not database_support("OpenSearch", "2.1")
    assert database_support("postgres", "1") is None
