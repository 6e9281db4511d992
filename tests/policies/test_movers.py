"""What a mover of data is: when it applies, what is read from it, and how its destination is resolved."""

import json
from base64 import b64encode
from datetime import date
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, Report, blocking

SETTINGS = Enforcement.model_validate({"default": {"all": "disabled", "residency": "mandatory"}})
PACK = Pack(SETTINGS)
ABROAD = "https://hooks.example.de/x"
Links = dict[str, tuple[str, ...]]


def _reports(*plan: Given, pack: Pack = PACK, read: tuple[Given, ...] = ()) -> list[Report]:
    return pack.evaluate_plan(*plan, read=read)


def _rules(*plan: Given, pack: Pack = PACK, read: tuple[Given, ...] = ()) -> set[str]:
    return blocking(_reports(*plan, pack=pack, read=read))


def _sns(**props: Any) -> Given:
    return Given("aws:sns/topicSubscription:TopicSubscription", {"topic": "t", **props}, "hook")


def _linked(links: Links | None = None, **properties: Any) -> Given:
    props = {"factoryName": "f", "properties": properties}
    return Given("azure-native:datafactory:LinkedService", props, "linked", links=links or {})


def _glue(links: Links | None = None, **properties: Any) -> Given:
    props = {"connectionProperties": properties, "tags": TAGS}
    return Given("aws:glue/connection:Connection", props, "glue", links=links or {})


ACCOUNT = Given("azure-native:storage:StorageAccount", {"accountName": "falajdata", "location": "uaenorth"}, "account")
OLD_ACCOUNT = Given(ACCOUNT.type, {"accountName": "falajdata", "location": "westeurope"}, "old-account")
PET = Given("random:index/randomPet:RandomPet", {"length": 2}, "pet")
DATABASE = Given("aws:rds/cluster:Cluster", {"tags": TAGS}, "database")


def test_the_message_names_property_and_host_and_says_what_to_write() -> None:
    text = next(
        report.text for report in _reports(_sns(protocol="https", endpoint="https://u:secret@hooks.example.de/k"))
    )
    assert "endpoint refers to 'hooks.example.de', whose location the plan does not show" in text
    assert "under residency.known in enforcement.yaml" in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"protocol": "https", "endpoint": ABROAD}, {"FJ-RES-112"}),
        ({"protocol": "HTTPS", "endpoint": ABROAD}, {"FJ-RES-112"}),
        ({"protocol": UNKNOWN, "endpoint": ABROAD}, {"FJ-RES-112"}),
        ({"protocol": "https", "endpoint": UNKNOWN}, {"FJ-RES-112"}),
        ({"protocol": "sqs", "endpoint": "arn:aws:sqs:me-central-1:123456789012:q"}, set()),
        ({"protocol": "https"}, set()),
        ({}, set()),
    ],
)
def test_a_mover_applies_if_its_conditions_hold(props: dict[str, Any], expected: set[str]) -> None:
    assert _rules(_sns(**props)) == expected


def test_a_mover_can_be_exempted() -> None:
    subscription = _sns(protocol="https", endpoint=ABROAD)
    exemption = Exemption.model_validate({
        "rule": "FJ-RES-112", "urn": subscription.urn, "owner": "team-a", "ticket": "T-1",
        "reason": "until the receiver moves to the UAE", "approved_by": "security", "created": date(2026, 11, 20),
        "expires": date(2026, 12, 20)})  # fmt: skip
    assert _rules(subscription, pack=Pack(SETTINGS, (exemption,))) == set()


def test_an_unknown_address_comes_from_a_resource_with_a_place() -> None:
    expected = {"FJ-RES-112"}
    assert _rules(_glue(JDBC_CONNECTION_URL=UNKNOWN)) == expected
    assert _rules(DATABASE, _glue({"connectionProperties": ("database",)}, JDBC_CONNECTION_URL=UNKNOWN)) == set()
    assert _rules(PET, _glue({"connectionProperties": ("pet",)}, JDBC_CONNECTION_URL=UNKNOWN)) == expected
    parameter = Given("aws:ssm/parameter:Parameter", {"type": "String", "value": "x", "tags": TAGS}, "text")
    assert _rules(parameter, _glue({"connectionProperties": ("text",)}, JDBC_CONNECTION_URL=UNKNOWN)) == expected


def test_other_unknown_values_say_nothing() -> None:
    password = {"connectionProperties": ("pet",)}
    assert _rules(PET, _glue(password, JDBC_CONNECTION_URL="jdbc:mysql://10.0.0.3/d", PASSWORD=UNKNOWN)) == set()
    machine = {"roleArn": "r", "definition": UNKNOWN, "tags": TAGS}
    assert _rules(Given("aws:sfn/stateMachine:StateMachine", machine)) == set()


def test_a_linked_service_needs_an_address() -> None:
    assert _rules(_linked(type="AzureBlobStorage")) == {"FJ-RES-212"}
    assert _rules(_linked(type="AzureBlobStorage", annotations=["https://10.0.0.4"])) == {"FJ-RES-212"}
    assert _rules(_linked(type="AzureBlobStorage", serviceEndpoint="https://10.0.0.4")) == set()
    secret_address = {"type": "SecureString", "value": "https://stranger.blob.core.windows.net/c?sv=1"}
    assert _rules(_linked(type="AzureBlobStorage", sasUri=secret_address)) == {"FJ-RES-212"}
    whole = Given("azure-native:datafactory:LinkedService", {"properties": UNKNOWN_OBJECT}, "linked",
                  links={"properties": ("account",)})  # fmt: skip
    assert "FJ-RES-212" not in _rules(ACCOUNT, whole)


def test_a_host_of_the_plan_is_not_abroad() -> None:
    linked = _linked(type="AzureBlobStorage", serviceEndpoint="https://falajdata.blob.core.windows.net")
    assert _rules(ACCOUNT, linked) == set()
    assert _rules(linked) == {"FJ-RES-212"}
    assert _rules(linked, read=(ACCOUNT,)) == set()
    assert _rules(linked, read=(OLD_ACCOUNT,)) == {"FJ-RES-212"}


def test_a_bucket_that_is_only_read_may_be_abroad() -> None:
    inventory = Given("aws:s3/inventory:Inventory", {"destination": {"bucket": {"bucketArn": "arn:aws:s3:::logs"}}})
    for region, expected in (("me-central-1", set[str]()), ("eu-west-1", {"FJ-RES-106"})):
        bucket = Given("aws:s3/bucket:Bucket", {"bucket": "logs", "region": region}, "logs")
        assert _rules(inventory, read=(bucket,)) == expected


def test_a_location_of_datasync_is_a_source_if_tasks_only_read_it() -> None:
    old = Given("aws:datasync/locationObjectStorage:LocationObjectStorage",
                {"serverHostname": "s3.wasabisys.com", "bucketName": "b", "tags": TAGS}, "old")  # fmt: skip
    bucket = Given("aws:datasync/s3Location:S3Location", {"s3BucketArn": "arn:aws:s3:::old", "tags": TAGS}, "bucket")
    home = Given("aws:datasync/locationEfs:EfsLocation", {"tags": TAGS}, "home")

    def task(source: str, target: str, name: str = "task") -> Given:
        links = {"sourceLocationArn": (source,), "destinationLocationArn": (target,)}
        return Given("aws:datasync/task:Task", {"tags": TAGS}, name, links=links)

    assert _rules(old, bucket) == {"FJ-RES-112", "FJ-RES-106"}
    assert _rules(old, home, task("old", "home")) == set()
    assert _rules(old, home, task("home", "old")) == {"FJ-RES-112"}
    assert _rules(old, home, task("old", "home"), task("home", "old", "back")) == {"FJ-RES-112"}
    assert _rules(bucket, home, task("bucket", "home")) == set()


def test_recipients_of_mail_are_limited_if_domains_are_listed() -> None:
    mail = _sns(protocol="email", endpoint="ops@mail.example.com")
    settings = {"default": {}, "residency": {"known": {"@example.com": "our own mail, in the UAE"}}}
    assert _rules(mail) == set()
    assert _rules(mail, pack=Pack(Enforcement.model_validate(settings))) == set()
    other = _sns(protocol="email", endpoint="ops@example.com.example.de")
    assert _rules(other, pack=Pack(Enforcement.model_validate(settings))) == {"FJ-RES-112"}


def test_other_types_do_not_move_data() -> None:
    assert _rules(Given("aws:sqs/queue:Queue", {"url": ABROAD, "tags": TAGS})) == {"FJ-RES-003"}


def test_certificates_of_a_connection_are_read_from_buckets() -> None:
    assert _rules(_glue(KAFKA_BOOTSTRAP_SERVERS="10.0.0.3:9094", KAFKA_CUSTOM_CERT="s3://certificates/ca.pem")) == set()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('<set-backend-service base-url="https&#58;//10.0.0.4/" />', set()),
        ('<set-backend-service base-url="https&#58;//203.0.113.4/" />', {"FJ-RES-212"}),
        ('<set-backend-service base-url="@("https://10.0.0.4" + ".example.de")" />', {"FJ-RES-212"}),
        ("<set-url>@(&quot;https://10.0.0.4&quot; + &quot;.example.de&quot;)</set-url>", {"FJ-RES-212"}),
        ("<set-url>{{partner-address}}</set-url>", {"FJ-RES-212"}),
        ('<set-backend-service backend-id="models" />', set()),
    ],
)
def test_addresses_in_policies_of_api_management(value: str, expected: set[str]) -> None:
    rules = _rules(Given("azure-native:apimanagement:Policy", {"format": "rawxml", "value": value}))
    assert rules - {"FJ-RES-003"} == expected  # which reads the addresses in any text


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("@parameters('orders')", set()),
        ("@{parameters('orders')}/api?x=1", set()),
        ("@{parameters('orders')}.example.de/api", {"FJ-RES-212"}),
        ("https://@{parameters('orders')}/api", {"FJ-RES-212"}),
    ],
)
def test_a_parameter_is_a_whole_address(uri: str, expected: set[str]) -> None:
    workflow = {
        "location": "uaenorth",
        "definition": {"actions": {"call": {"type": "Http", "inputs": {"uri": uri}}}},
        "parameters": {"orders": {"value": "https://10.0.0.4"}},
    }
    assert _rules(Given("azure-native:logic:Workflow", workflow)) == expected


def test_outputs_of_jobs_are_in_datastores_of_the_workspace() -> None:
    def job(uri: str) -> Given:
        outputs = {"model": {"jobOutputType": "uri_folder", "uri": uri}}
        return Given("azure-native:machinelearningservices:Job", {"properties": {"outputs": outputs}})

    assert _rules(job("azureml://datastores/models/paths/x")) == set()
    assert _rules(job("https://stranger.blob.core.windows.net/c/x")) == {"FJ-RES-212"}


def test_dms_reads_from_any_bucket() -> None:
    def endpoint(kind: str) -> Given:
        return Given("aws:dms/s3Endpoint:S3Endpoint", {"endpointType": kind, "bucketName": "old", "tags": TAGS})

    assert _rules(endpoint("source")) == set()
    assert _rules(endpoint("target")) == {"FJ-RES-106"}


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("static:(ssl://10.0.0.4:61617)", set()),
        ("static:(ssl://10.0.0.4:61617,ssl://mq.example.de:61617)", {"FJ-RES-112"}),
    ],
)
def test_brokers_forward_messages_to_known_brokers(uri: str, expected: set[str]) -> None:
    text = f'<broker xmlns="http://activemq.apache.org/schema/core"><networkConnector name="n" uri="{uri}"/></broker>'
    for data in (text, b64encode(text.encode()).decode()):
        rules = _rules(Given("aws:mq/configuration:Configuration", {"data": data, "tags": TAGS}))
        assert rules - {"FJ-RES-002", "FJ-RES-003"} == expected  # which read the addresses in any text
    assert _rules(Given("aws:mq/configuration:Configuration", {"data": "abc", "tags": TAGS})) == {"FJ-RES-112"}


@pytest.mark.parametrize(("region", "expected"), [("uaenorth", set()), ("westeurope", {"FJ-RES-202", "FJ-RES-212"})])
def test_an_alias_of_a_private_link_service_names_its_region(region: str, expected: set[str]) -> None:
    alias = f"vendor.11111111-2222-3333-4444-555555555555.{region}.azure.privatelinkservice"
    connections = [{"name": "x", "privateLinkServiceId": alias}]
    props = {"location": "uaenorth", "manualPrivateLinkServiceConnections": connections}
    assert _rules(Given("azure-native:network:PrivateEndpoint", props)) == expected | {"FJ-RES-113"}


@pytest.mark.parametrize(
    ("option", "address"),
    [
        ("splunk-url", "https://{}:8088"),
        ("gelf-address", "udp://{}:12201"),
        ("syslog-address", "tcp+tls://{}:6514"),
        ("fluentd-address", "{}:24224"),
        ("Host", "{}"),
    ],
)
def test_logs_of_containers_go_to_known_receivers(option: str, address: str) -> None:
    """Docker, "Configure logging drivers", and AWS for Fluent Bit, options of the outputs, as known."""

    def task(host: str) -> Given:
        logs = {"logDriver": option.partition("-")[0], "options": {option: address.format(host)}}
        containers = json.dumps([{"name": "app", "logConfiguration": logs}])
        return Given("aws:ecs/taskDefinition:TaskDefinition", {"containerDefinitions": containers, "tags": TAGS}, "t")

    def job(host: str) -> Given:
        properties = json.dumps({"logConfiguration": {"options": {option: address.format(host)}}})
        return Given("aws:batch/jobDefinition:JobDefinition", {"containerProperties": properties, "tags": TAGS}, "j")

    for given in (task("logs.example.de"), job("logs.example.de")):
        assert "FJ-RES-112" in _rules(given), given
    for given in (task("logs.ae-internal.local"), job("10.1.2.3")):
        assert "FJ-RES-112" not in _rules(given), given
