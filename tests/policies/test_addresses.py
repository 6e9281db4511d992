"""Hosts in addresses of every form, and where a host is."""

import pytest
from guardrails.engine.plan import Plan
from guardrails.engine.proxies import make_resource
from guardrails.readers.address_keys import is_address_key
from guardrails.readers.addresses import addresses
from guardrails.readers.api_policies import policy_addresses
from guardrails.readers.hosts import is_anybodys, is_in_the_country, is_known_in_the_country, is_planned, may_be_planned

from tests.processor_time import within

NONE = {""}


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("https://api.example.ae/v1", {"api.example.ae"}),
        ("HTTPS://User:Pw@API.Example.AE.:8443/x?y=https://b.example", {"api.example.ae", "b.example"}),
        ("https://10.0.0.1\\@b.example/", NONE),
        ("https://10.0.0.1;@b.example/", NONE),
        ("https://b.example%2e/", NONE),
        ("https://b。example/", NONE),
        ("https://a.b{{rest}}/", NONE),
        ("https://a.b(om)/", NONE),
        ("https://a.b|om/", NONE),
        ("https://a.exam\\u0070le.com/", NONE),
        ("{{='https://a.b' + rest}}", NONE),
        ("https://a.example/{{rest}}", {"a.example"}),
        ("https://[fd00::1]:443/x", {"fd00::1"}),
        ("fd00::1", {"fd00::1"}),
        ("https://", NONE),
        ("", NONE),
        ("${address}", NONE),
        ("b.example:9092, c.example:9092", {"b.example", "c.example"}),
        ("//b.example/x", {"b.example"}),
        ("\\\\files\\share", {"files"}),
        ("jdbc:postgresql://a.example:5432,b.example/d", {"a.example", "b.example"}),
        ("jdbc:sqlserver://a.example:1433;databaseName=d", {"a.example"}),
        ("jdbc:sqlserver://a.example;password=x@10.0.0.1", NONE),
        ("jdbc:oracle:thin:@a.example:1521:sid", {"a.example"}),
        ("jdbc:oracle:thin:@//a.example:1521/service", {"a.example"}),
        ("jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=a.example)(PORT=1521)))", {"a.example"}),
        ("jdbc:mysql://10.0.0.1/d?socksProxyHost=p.example", {"10.0.0.1", "p.example"}),
        ("mongodb+srv://u:p@c.example/d", {"c.example"}),
        ("Server=tcp:a.example,1433;Database=d;User Id=u", {"a.example"}),
        ("Server=TCP:a.example,1433;Database=d;User Id=u", {"a.example"}),
        ("Data Source=a.example;Initial Catalog=d", {"a.example"}),
        ("host=a.example port=5432 dbname=d", {"a.example"}),
        ("Endpoint=sb://a.example/;SharedAccessKey=k=", {"a.example"}),
        ("AccountName=a;AccountKey=k==", {"a.blob.core.windows.net"}),
        ("AccountName=a;EndpointSuffix=b.example", {"a.blob.b.example"}),
        ("abfss://c@a.example/x", {"a.example"}),
    ],
)
def test_hosts_of_addresses(text: str, hosts: set[str]) -> None:
    assert {address.host for address in addresses(text)} == hosts


@pytest.mark.parametrize("text", ["://", "host=", "a,", ";host", "oracle:thin:", "@", "accountname=;", " ", "a.", "=("])
def test_the_time_is_linear(text: str) -> None:
    with within(1):
        addresses(text * (60_000 // len(text)))


@pytest.mark.parametrize("text", ["<set-url>", "<proxy ", '<a base-url="', "base-url ", "<proxy url="])
def test_the_time_of_policies_is_linear(text: str) -> None:
    with within(1):
        policy_addresses("<" + text * (60_000 // len(text)))


@pytest.mark.parametrize(
    "host",
    [
        "sqs.me-central-1.amazonaws.com", "b.s3.me-central-1.amazonaws.com", "s3.dualstack.me-central-1.amazonaws.com",
        "c.cluster-abc.me-central-1.rds.amazonaws.com", "vpce-1.sqs.me-central-1.vpce.amazonaws.com",
        "abc.lambda-url.me-central-1.on.aws", "t.uaenorth-1.eventgrid.azure.net", "c.uaenorth.kusto.windows.net",
        "a.hcp.uaecentral.azmk8s.io", "app-x.uaenorth-01.azurewebsites.net", "uaenorth.api.cognitive.microsoft.com",
        "prod-01.uaenorth.logic.azure.com", "10.1.2.3", "100.64.0.1", "192.168.0.1", "127.0.0.1", "fd00::1", "kafka",
        "a.b.svc", "a.b.svc.cluster.local", "db.corp.internal", "ip-10-0-0-1.me-central-1.compute.internal",
        "collector.observability", "kafka.kafka-prod", "management.azure.com",
    ],
)  # fmt: skip
def test_hosts_in_the_country(host: str) -> None:
    assert is_in_the_country(host)


@pytest.mark.parametrize(
    "host",
    [
        "example.de", "me-central-1.example.com", "uaenorth.example.com", "me-central-1.amazonaws.com.example.com",
        "me-central-1.s3.amazonaws.com", "me-central-1.s3-accelerate.amazonaws.com", "sns.amazonaws.com",
        "me-central-1.s3-website-us-east-1.amazonaws.com", "a.me-central-1.amazonaws.com.cn",
        "uaenorth.blob.core.windows.net", "uaenorth-01.azurewebsites.net", "uaenorth.cloudapp.azure.com",
        "uaenorth.westeurope.cloudapp.azure.com", "stranger.openai.azure.com", "8.8.8.8", "2001:db8::1", "172.32.0.1",
        "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "3405803783", "0x7f000001", "xn--80ak6aa92e.com",
        "ip-10-0-0-1.eu-west-1.compute.internal", "evil.com", "store.app", "a.monitoring.com", "",
    ],
)  # fmt: skip
def test_hosts_that_are_not_known(host: str) -> None:
    assert not is_in_the_country(host)


def test_a_host_is_that_of_a_resource_of_the_plan() -> None:
    account = make_resource("urn", "azure-native:storage:StorageAccount", "a", {"accountName": "FalajData"})
    plan = Plan({"urn": account})
    assert is_planned("falajdata.blob.core.windows.net", plan)
    assert is_planned("falajdata.privatelink.dfs.core.windows.net", plan)
    for other in ("falajdata2.blob.core.windows.net", "falajdata.example.com", "falajdata.azurewebsites.net"):
        assert not is_planned(other, plan)
    assert may_be_planned("stranger.azurewebsites.net")
    assert not may_be_planned("stranger.example.com")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("url", True), ("serviceUrl", True), ("JDBC_CONNECTION_URL", True), ("bootstrap.servers", True),
        ("database.hostname", True), ("redisHost", True), ("connectionString", True), ("clusterJdbcurl", True),
        ("ApiEndpoint", True), ("server", True), ("brokers", True), ("database.server.name", False),
        ("tokenEndpoint", False), ("oauth2RedirectUrl", False), ("hostKeyFingerprint", False), ("type", False),
        ("virtualHost", False),
    ],
)  # fmt: skip
def test_keys_of_addresses(key: str, *, expected: bool) -> None:
    assert is_address_key(key) is expected


@pytest.mark.parametrize(("host", "is_known"), [
    ("a1b2c3d4e5.execute-api.me-central-1.amazonaws.com", False), ("abc.lambda-url.me-central-1.on.aws", False),
    ("ec2-3-28-1-2.me-central-1.compute.amazonaws.com", False), ("collector.uaenorth.cloudapp.azure.com", False),
    ("web-1.elb.me-central-1.amazonaws.com", False), ("web-1.me-central-1.elb.amazonaws.com", False),
    ("app.happy-sea-1.uaenorth.azurecontainerapps.io", False), ("app-x.uaenorth-01.azurewebsites.net", False),
    ("a1b2c3d4e5-vpce-01234567abcdef012.execute-api.me-central-1.amazonaws.com", False),
    ("abcdefghijklmnopqrstuvwxyz.appsync-api.me-central-1.amazonaws.com", False),
    ("x.uaenorth.azurecontainer.io", False), ("internal-web-1.me-central-1.elb.amazonaws.com", True),
    ("sqs.me-central-1.amazonaws.com", True), ("db.abc.me-central-1.rds.amazonaws.com", True),
    ("vpce-1.execute-api.me-central-1.vpce.amazonaws.com", True), ("c.uaenorth.kusto.windows.net", True),
])  # fmt: skip
def test_names_that_any_customer_may_have_are_nobodys_own(host: str, *, is_known: bool) -> None:
    assert is_known_in_the_country(host) is is_known
    assert is_anybodys(host) is not is_known
