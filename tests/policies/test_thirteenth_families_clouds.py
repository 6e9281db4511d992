"""Families of the thirteenth set of attacks on AWS and Azure: redirects, joined domains, people, first queries, labels.

Sources are named beside the rows; Amazon RDS API Reference (InitQuery), Azure Front Door ("URL redirect") and Dapr's
component specs were read on 2026-11-29, the others are as known.
"""

from typing import Any

import pytest

from .blind import ME, RG, TAGS, aws, az
from .harness import Given, Pack, blocking

PACK = Pack()
LISTENER = f"arn:aws:elasticloadbalancing:me-central-1:{ME}:listener/app/a/b/c"


def refused(item: Given) -> set[str]:
    """Returns the rules that refuse a plan of one resource."""
    return blocking(PACK.evaluate_plan(item))


def _edge(host: str) -> Given:
    parameters = {"typeName": "DeliveryRuleUrlRedirectActionParameters", "redirectType": "Found",
                  "destinationProtocol": "Https", "customHostname": host}  # fmt: skip
    return az("cdn:Rule", {**RG, "profileName": "e", "ruleSetName": "p", "ruleName": "s", "order": 1,
                           "actions": [{"name": "UrlRedirect", "parameters": parameters}]})  # fmt: skip


def _balancer(host: str) -> Given:
    action = {"type": "redirect", "redirect": {"host": host, "statusCode": "HTTP_302", "protocol": "HTTPS"}}
    return aws("lb/ListenerRule", {"listenerArn": LISTENER, "tags": TAGS, "actions": [action],
                                   "conditions": [{"pathPattern": {"values": ["/login"]}}]})  # fmt: skip


@pytest.mark.parametrize(("host", "is_refused"), [
    ("login.collector.example", True), ("login.collector.net", True), ("#{host}.collector.example", True),
    ("login.bank.internal", False), ("#{host}", False), ("www.#{host}", False), ("{hostname}", False),
])  # fmt: skip
def test_callers_are_sent_to_known_hosts(host: str, is_refused: bool) -> None:
    assert ("FJ-RES-212" in refused(_edge(host))) is is_refused
    assert ("FJ-RES-112" in refused(_balancer(host))) is is_refused


@pytest.mark.parametrize(("kind", "props"), [
    ("directoryservice/Trust", {"remoteDomainName": "corp.collector.example"}),
    ("fsx/WindowsFileSystem", {"selfManagedActiveDirectory": {"domainName": "corp.collector.example"}}),
    ("ssoadmin/Application", {"portalOptions": {"signInOptions": {"applicationUrl": "https://pay.collector.example"}}}),
    ("account/AlternativeContact", {"phoneNumber": "+12025550123"}),
    ("account/PrimaryContact", {"phoneNumber": "+353155501234"}),
])  # fmt: skip
def test_domains_pages_and_telephones_of_strangers(kind: str, props: dict[str, Any]) -> None:
    assert "FJ-RES-112" in refused(aws(kind, props))


@pytest.mark.parametrize(("query", "is_refused"), [
    ("SET time_zone = '+04:00'", False), ("SET x=1, y=2", False),
    ("CREATE USER a IDENTIFIED BY 'winter'", True), ("GRANT ALL ON core.* TO a", True), ("SET ROLE admin", True),
    ("SET GLOBAL general_log = 0", True), ("ALTER USER a IDENTIFIED BY 'b'", True),
])  # fmt: skip
def test_first_queries_set_the_session_only(query: str, is_refused: bool) -> None:
    pool = aws("rds/ProxyDefaultTargetGroup", {"dbProxyName": "a", "connectionPoolConfig": {"initQuery": query}})
    assert bool(refused(pool) & {"FJ-IDN-313", "FJ-ESC-115"}) is is_refused


@pytest.mark.parametrize(("kind", "metadata", "rule"), [
    ("state.redis", {"redisHost": "10.0.4.4:6379"}, "FJ-IDN-313"),
    ("pubsub.redis", {"redisHost": "10.0.4.4:6379", "enableTLS": "false"}, "FJ-ENC-425"),
    ("pubsub.redis", {"redisHost": "10.0.4.4:6379", "enableTLS": "true"}, ""),
    ("pubsub.kafka", {"brokers": "10.0.4.4:9093", "disableTls": "true"}, "FJ-ENC-425"),
    ("pubsub.mqtt3", {"url": "tcp://10.0.4.4:1883"}, "FJ-ENC-415"),
    ("bindings.http", {"url": "http://10.0.4.4/x"}, "FJ-ENC-415"),
    ("bindings.http", {"url": "http://localhost:8080/x"}, ""),
    ("state.mongodb", {"host": "10.0.4.4:27017", "params": "?ssl=false"}, "FJ-ENC-425"),
])  # fmt: skip
def test_building_blocks_encrypt(kind: str, metadata: dict[str, str], rule: str) -> None:
    given = az("app:DaprComponent", {
        **RG, "environmentName": "apps", "componentName": "a", "componentType": kind, "version": "v1",
        "metadata": [{"name": key, "value": value} for key, value in metadata.items()]})  # fmt: skip
    found = refused(given) & {"FJ-IDN-313", "FJ-ENC-415", "FJ-ENC-425"}
    assert rule in found if rule else not found


@pytest.mark.parametrize(("columns", "rows", "is_refused"), [
    ({"columnWildcard": {"excludedColumnNames": []}}, {"allRowsWildcard": {}}, True),
    ({"columnWildcard": {}}, {"filterExpression": "TRUE"}, True),
    ({"columnWildcard": {}}, {"filterExpression": "1 = 1"}, True),
    ({"columnWildcard": {"excludedColumnNames": ["pan"]}}, {"allRowsWildcard": {}}, False),
    ({"columnNames": ["branch"]}, {"allRowsWildcard": {}}, False),
    ({"columnWildcard": {}}, {"filterExpression": "branch = 'dubai'"}, False),
])  # fmt: skip
def test_filters_of_tables_leave_something_out(columns: dict[str, Any], rows: dict[str, Any], is_refused: bool) -> None:
    data = {"name": "a", "databaseName": "b", "tableName": "c", "tableCatalogId": ME, **columns, "rowFilter": rows}
    assert ("FJ-IDN-113" in refused(aws("lakeformation/DataCellsFilter", {"tableData": data}))) is is_refused


@pytest.mark.parametrize(("kind", "key"), [("sql:SensitivityLabel", "databaseName"),
                                           ("synapse:SqlPoolSensitivityLabel", "sqlPoolName")])  # fmt: skip
@pytest.mark.parametrize(("information", "rank", "is_refused"), [
    ("Credit Card", "None", True), ("National ID", "none", True), ("Health", "High", False), (None, "None", False),
])  # fmt: skip
def test_labels_of_columns(kind: str, key: str, information: str | None, rank: str, is_refused: bool) -> None:
    label = {key: "core", "labelName": "Confidential", "rank": rank, "informationType": information}
    assert ("FJ-EXP-127" in refused(az(kind, {k: v for k, v in label.items() if v}))) is is_refused


def test_owners_of_profiles_and_endpoints_are_known() -> None:
    profile = {"name": "a", "profileId": "rp-0fedcba987654321", "resourceId": "vpc-1", "tags": TAGS}
    assert "FJ-RES-113" in refused(aws("route53/ProfilesAssociation", profile))
    domain = "arn:aws:apigateway:me-central-1:999999999999:/domainnames/pay.example.ae+a1b2c3d4e5"
    association = {"accessAssociationSource": "vpce-0fedcba9876543210", "domainNameArn": domain}
    assert "FJ-RES-113" in refused(aws("apigateway/DomainNameAccessAssociation", association))
