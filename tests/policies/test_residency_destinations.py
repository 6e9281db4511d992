"""Data sent to web addresses, copied by DataSync, or logged by add-ons and containers."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.readers.hosts import is_account_of
from guardrails.readers.texts import Leaf
from guardrails.residency.endpoints import _is_place
from guardrails.unverifiable.code_sources import _is_place_of_data

from tests.processor_time import within
from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking

API = "aws:cloudwatch/eventApiDestination:EventApiDestination"
HOOK = "azure-native:eventgrid:EventSubscription"
RULE = {"FJ-RES-112"}
WORKSPACE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/logs"


def _pack(*known: str) -> Pack:
    locations = dict.fromkeys(known, "in the UAE, confirmed by the owner")
    return Pack(Enforcement.model_validate({"default": {}, "residency": {"known": locations}}))


def _residency_rules(*plan: Given, pack: Pack | None = None) -> set[str]:
    return {rule for rule in blocking((pack or _pack()).evaluate_plan(*plan)) if rule.startswith("FJ-RES")}


def _api_destination(address: object, **links: tuple[str, ...]) -> Given:
    return Given(API, {"invocationEndpoint": address}, "sends", links=links)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://abc.execute-api.me-central-1.amazonaws.com/prod", set()),
        ("https://grid.uaenorth-1.eventgrid.azure.net/api/events", set()),
        ("https://hooks.partner.example/x", RULE),
        ("https://me-central-1.evil.example@hooks.partner.example/x", RULE),
        ("https://hooks.partner.example/.me-central-1.amazonaws.com", RULE),
        ("https://abc.execute-api.eu-west-1.amazonaws.com/prod", RULE | {"FJ-RES-104"}),
        ("", set()),
        (" ", RULE),
        (UNKNOWN, RULE),
    ],
)
def test_a_web_address_is_in_the_uae_or_listed(address: str, expected: set[str]) -> None:
    assert _residency_rules(_api_destination(address)) == expected


@pytest.mark.parametrize(("known", "expected"), [("partner.example", set()), ("other.example", RULE)])
def test_a_listed_domain_includes_its_subdomains(known: str, expected: set[str]) -> None:
    assert _residency_rules(_api_destination("https://hooks.partner.example/x"), pack=_pack(known)) == expected
    assert _residency_rules(_api_destination("https://hooks-partner.example/x"), pack=_pack(known)) == RULE


def test_a_listed_host_may_be_longer_than_a_bucket() -> None:
    host = f"hooks.{'a' * 60}.partner.example"
    assert _residency_rules(_api_destination(f"https://{host}/x"), pack=_pack(host)) == set()


def test_an_unknown_address_of_a_stack_resource_passes() -> None:
    api = Given("aws:apigatewayv2/api:Api", {"tags": TAGS}, "api")
    assert _residency_rules(api, _api_destination(UNKNOWN, invocationEndpoint=("api",))) == set()
    assert _residency_rules(api, _api_destination("https://hooks.partner.example", invocationEndpoint=("api",))) == RULE


def test_an_app_of_the_stack_is_recognised_by_its_name() -> None:
    app = Given("azure-native:web:WebApp", {"tags": TAGS, "location": "uaenorth", "name": "Orders"}, "app")
    for name, expected in (("orders", set[str]()), ("other", RULE)):
        assert _residency_rules(app, _api_destination(f"https://{name}.azurewebsites.net/api/events")) == expected


@pytest.mark.parametrize("path", ["destination", "deliveryWithResourceIdentity"])
def test_web_hooks_of_event_grid(path: str) -> None:
    def hook(**destination: object) -> Given:
        inner: dict[str, Any] = {"endpointType": "WebHook", **destination}
        return Given(HOOK, {path: inner if path == "destination" else {"destination": inner}})

    assert _residency_rules(hook(endpointUrl="https://hooks.partner.example/x")) == {"FJ-RES-212"}
    assert _residency_rules(hook(resourceId="/subscriptions/s/x")) == set()


def test_datasync_copies_into_buckets_of_the_stack_or_known_ones() -> None:
    def location(name: str) -> Given:
        return Given("aws:datasync/s3Location:S3Location", {"tags": TAGS, "s3BucketArn": f"arn:aws:s3:::{name}"}, "to")

    bucket = Given("aws:s3/bucket:Bucket", {"tags": TAGS, "bucket": "falaj-data"}, "bucket")
    assert _residency_rules(bucket, location("falaj-data")) == set()
    assert _residency_rules(bucket, location("elsewhere")) == {"FJ-RES-106"}
    assert _residency_rules(location("elsewhere"), pack=_pack("elsewhere")) == set()


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        ("containerservice:ManagedCluster",
         {"addonProfiles": {"omsagent": {"config": {"logAnalyticsWorkspaceResourceID": WORKSPACE}}}}),
        ("containerinstance:ContainerGroup", {"diagnostics": {"logAnalytics": {"workspaceResourceId": WORKSPACE}}}),
    ],
)  # fmt: skip
def test_container_logs_stay_in_the_uae(kind: str, props: dict[str, Any]) -> None:
    sender = Given(f"azure-native:{kind}", {"tags": TAGS, "location": "uaenorth", **props}, "sender")
    for location, expected in (("uaenorth", set[str]()), ("westeurope", {"FJ-RES-201", "FJ-RES-209"})):
        workspace = {"tags": TAGS, "location": location, "workspaceName": "logs"}
        assert (
            _residency_rules(Given("azure-native:operationalinsights:Workspace", workspace, "logs"), sender) == expected
        )


def test_app_logs_are_located_by_their_workspace() -> None:
    props = {"appLogsConfiguration": {"logAnalyticsConfiguration": {"customerId": UNKNOWN}}}
    sender = Given("azure-native:app:ManagedEnvironment", {"tags": TAGS, "location": "uaenorth", **props}, "sender",
                   links={"appLogsConfiguration": ("logs",)})  # fmt: skip
    foreign_workspace = Given(
        "azure-native:operationalinsights:Workspace", {"tags": TAGS, "location": "westeurope"}, "logs"
    )
    assert _residency_rules(foreign_workspace, sender) == {"FJ-RES-201", "FJ-RES-208"}


def test_images_are_replicated_only_to_listed_accounts() -> None:
    rules = {"replicationConfiguration": {"rules": [{"destinations": [
        {"region": "me-central-1", "registryId": "210987654321"}]}]}}  # fmt: skip
    replication = Given("aws:ecr/replicationConfiguration:ReplicationConfiguration", rules)
    assert _residency_rules(replication) == {"FJ-RES-111"}
    assert _residency_rules(replication, pack=_pack("210987654321")) == set()


@pytest.mark.parametrize("name", ["azure_storage", "dblink", "postgres_fdw", "azure_ai", "oracle_fdw", "tds_fdw"])
def test_each_extension_that_sends_rows_elsewhere_is_refused_alone(name: str) -> None:
    for value in (name, name.upper(), f"pgcrypto, {name}", f"{name},vector"):
        props = {"configurationName": "azure.extensions", "value": value}
        assert _residency_rules(Given("azure-native:dbforpostgresql:Configuration", props)), value
    harmless = {"configurationName": "azure.extensions", "value": f"pgcrypto,vector,x{name}"}
    assert not _residency_rules(Given("azure-native:dbforpostgresql:Configuration", harmless))


@pytest.mark.parametrize("path", [
    "logConfiguration.options.host", "receivers[0].webhook.url", "receivers[12].mail.smarthost",
    "receivers[0].a.b.host",
    "tracing.zipkin.address", "tracing.custom.collector", "openTelemetry.host", "meshes[0].openTelemetry.host",
    "extensionProviders[0].zipkin.service", "clusters[0].cluster.server",
])  # fmt: skip
def test_each_place_of_a_host_is_read(path: str) -> None:
    for start in ("", "spec.", "data.x."):
        assert _is_place(Leaf(f"{start}{path}", "host", "vendor", False), "kubernetes:x.io/v1:Mesh")
        assert not _is_place(Leaf(f"{start}{path}s", "host", "vendor", False), "kubernetes:x.io/v1:Mesh")
    assert not _is_place(Leaf(f"x{path}.more", "more", "vendor", False), "kubernetes:x.io/v1:Mesh")


@pytest.mark.parametrize(("identifier", "is_same"), [
    ("storageAccounts/stbank", True), ("storageAccounts/STBANK", True), ("storageAccounts/stbankcopies", False),
    ("storageAccounts/stban", False), ("storageAccounts/stbank/blobServices/default", False),
])  # fmt: skip
def test_an_account_is_that_of_its_host(identifier: str, *, is_same: bool) -> None:
    found = f"/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/{identifier}"
    assert is_account_of(found, "stbank.blob.core.windows.net") is is_same
    assert not is_account_of(found, "stbank.vault.azure.net")
    assert not is_account_of(found.replace("Storage/", "ClassicStorage/"), "stbank.blob.core.windows.net")


@pytest.mark.parametrize("text", ["s3://" + "a" * 20000 + "!", "." * 20000, "s3://" + ".py" * 7000 + "!"])
def test_places_of_jobs_are_read_at_once(text: str) -> None:
    with within(0.5):
        assert not _is_place_of_data(text)
