"""What the mends after the twenty-first set on Azure leave alone, and what is not known before deployment: other
attacks and good programs are in `attacks.after_twenty_first_xaz` and `idioms.after_twenty_first_azure`."""

import re

import pytest
from guardrails.exposure.traffic_filters import _is_every_name
from guardrails.readers.hosts import is_of_every_customer
from guardrails.unverifiable.extension_settings import _MACHINES, _SETTINGS
from hypothesis import given
from hypothesis import strategies as st

from tests.processor_time import within

from .attacks.twenty_first_azure_b import CLUSTER
from .blind import HERE, RG, Props, az
from .harness import UNKNOWN, Given, Pack, blocking
from .sdk_paths import text_paths

PACK = Pack()
ADD_ON = "ingressApplicationGateway"


def _found(rule: str, *plan: Given) -> bool:
    return rule in blocking(PACK.evaluate_plan(*plan))


def _scanner(**settings: object) -> Given:
    return az("compute:VirtualMachineExtension", {
        **HERE, "vmName": "vm", "vmExtensionName": "scanner", "publisher": "Microsoft.Azure.Security",
        "type": "IaaSAntimalware", "settings": {"AntimalwareEnabled": True, **settings}})  # fmt: skip


def _copy(**details: object) -> Given:
    return az("recoveryservices:ReplicationProtectedItem", {
        **RG, "resourceName": "rsv", "fabricName": "f", "protectionContainerName": "c",
        "replicatedProtectedItemName": "vm", "properties": {"providerSpecificDetails": details}})  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "is_refused"), [
    ("Paths", "D:\\Data;E:\\", True), ("Paths", "D:\\Data; %SystemDrive%\\* ", True), ("Paths", "/", True),
    ("Paths", "c:\\windows", True), ("Paths", "C:\\Program Files (x86)\\", True), ("Paths", "%TEMP%\\*", True),
    ("Paths", "C:\\Windows\\SoftwareDistribution\\Datastore", False), ("Paths", "", False),
    ("Paths", "C:\\Program Files\\Microsoft SQL Server", False), ("Paths", UNKNOWN, False),
    ("Extensions", "mdf; .EXE", True), ("Extensions", "*.ps1", True), ("Extensions", ".mdf;.ldf;.vhdx", False),
    ("Processes", "C:\\a\\cmd.exe", True), ("Processes", "pwsh", True), ("Processes", "sqlservr.exe;vmms.exe", False),
])  # fmt: skip
def test_exclusions_of_a_scanner(kind: str, text: str, is_refused: bool) -> None:
    assert _found("FJ-ESC-115", _scanner(exclusions={kind: text})) is is_refused


@pytest.mark.parametrize("text", ["C:" + "\\" * 20_000, "a" * 20_000, "\\a" * 10_000, ";" * 20_000, "*" * 20_000])
def test_long_exclusions_are_read_in_linear_time(text: str) -> None:
    with within(0.5):
        assert all(isinstance(item.is_harmful(text), bool) for item in _SETTINGS)


@given(st.text("ac:\\/*;.%exmp", max_size=20))
def test_an_exclusion_beside_others_counts(text: str) -> None:
    harmful = next(item.is_harmful for item in _SETTINGS if item.path == "exclusions.paths")
    assert harmful(f"d:\\data; {text} ;e:\\logs") is harmful(text)


def test_every_type_with_settings_of_extensions_is_read() -> None:
    names = {token: set(text_paths(token, _named("publisher|settings"))) for token in _MACHINES}
    assert all(any(path.endswith("settings") for path in found) for found in names.values()), names


def _named(name: str) -> re.Pattern[str]:
    return re.compile(f"^(?:{name})$")


@pytest.mark.parametrize(("details", "is_refused"), [
    ({"instanceType": "A2A", "vmManagedDisks": [{"diskId": "d"}]}, True),
    ({"instanceType": "a2a", "vmManagedDisks": [{"diskId": "d", "recoveryDiskEncryptionSetId": " "}]}, True),
    ({"instanceType": "A2A", "vmManagedDisks": [{"recoveryDiskEncryptionSetId": UNKNOWN}]}, False),
    ({"instanceType": "InMageRcm"}, True), ({"instanceType": "InMageRcm", "disksDefault": {"diskType": "x"}}, True),
    ({"instanceType": "InMageAzureV2", "diskEncryptionSetId": "/d"}, False),
    ({"instanceType": "InMageAzureV2", "diskEncryptionSetId": "/d", "disksToInclude": [{"diskId": "d"}]}, False),
    ({"instanceType": "InMage", "disksToInclude": ["d"]}, False), ({"instanceType": UNKNOWN}, False),
])  # fmt: skip
def test_copies_of_machines(details: dict[str, object], is_refused: bool) -> None:
    assert _found("FJ-ENC-202", _copy(**details)) is is_refused


@pytest.mark.parametrize(("rule", "is_refused"), [
    ({"access": "Allow", "direction": "Outbound", "destinationAddressPrefix": "sql.westeurope"}, True),
    ({"access": "Allow", "direction": "Outbound", "destinationAddressPrefix": "Storage.UAECentral"}, False),
    ({"access": "Deny", "direction": "Outbound", "destinationAddressPrefix": "Storage"}, False),
    ({"access": "Allow", "direction": "Inbound", "destinationAddressPrefix": "Storage",
      "sourceAddressPrefix": "10.0.0.0/8"}, False),
    ({"access": "Allow", "direction": "Outbound", "destinationAddressPrefix": UNKNOWN}, False),
])  # fmt: skip
def test_rules_of_groups_for_stores(rule: Props, is_refused: bool) -> None:
    item = az("network:SecurityRule", {
        **RG, "networkSecurityGroupName": "n", "securityRuleName": "r", "priority": 200, "protocol": "Tcp",
        "sourcePortRange": "*", "destinationPortRange": "443", **rule})  # fmt: skip
    assert _found("FJ-EXP-109", item) is is_refused


@pytest.mark.parametrize(("name", "expected"), [
    ("*.azurecontainerapps.io", True), ("*.a02.azurefd.net", True), ("*.kusto.windows.net", True),
    ("adx.uaenorth.kusto.windows.net", False), ("*.adb-1.azuredatabricks.net", False), ("*.docs.azurefd.net", False),
])  # fmt: skip
def test_domains_of_every_customer(name: str, expected: bool) -> None:
    assert is_of_every_customer(name) is expected


@pytest.mark.parametrize(("name", "expected"), [
    (".", True), ("*", True), ("*.", True), ("COM.", True), ("*.net", True), ("co.ae.", True),
    ("bank.com.", False), ("corp.", False), ("local.", False), ("gov.ae.", False),
])  # fmt: skip
def test_domains_of_everybody(name: str, expected: bool) -> None:
    assert _is_every_name(name) is expected


@pytest.mark.parametrize(("add_on", "is_refused"), [
    ({"enabled": True}, True), ({"enabled": True, "config": {"subnetId": "/s"}}, True), ({"enabled": False}, False),
    ({"enabled": True, "config": {"applicationGatewayId": "/subscriptions/x/gateway"}}, False),
    ({"enabled": True, "config": {"applicationGatewayId": UNKNOWN}}, False),
])  # fmt: skip
def test_gateways_of_an_add_on(add_on: Props, is_refused: bool) -> None:
    cluster = az("containerservice:ManagedCluster", {**CLUSTER, "addonProfiles": {ADD_ON: add_on}})
    texts = [report.text for report in PACK.evaluate_plan(cluster) if report.rule == "FJ-ESC-115"]
    assert any("public address" in text for text in texts) is is_refused


@pytest.mark.parametrize(("source", "is_refused"), [
    ("docker.io/*", False), ("mcr.microsoft.com/*", False), ("quay.io/*", False), ("theirs.azurecr.io/*", True),
    ("registry.stranger.example/*", True),
])  # fmt: skip
def test_caches_of_whole_registries(source: str, is_refused: bool) -> None:
    rule = az("containerregistry:CacheRule", {
        **RG, "registryName": "acr", "cacheRuleName": "c", "sourceRepository": source,
        "targetRepository": "m/*"})  # fmt: skip
    assert _found("FJ-ESC-116", rule) is is_refused


@pytest.mark.parametrize(("attribute", "is_refused"), [
    ({"type": "Static", "name": "Authorization", "value": "Bearer abc", "isSecret": False}, True),
    ({"type": "static", "name": "x-api-key", "value": "0123456789abcdef"}, True),
    ({"type": "Static", "name": "Authorization", "value": "Bearer abc", "isSecret": True}, False),
    ({"type": "Static", "name": "source", "value": "payments", "isSecret": False}, False),
    ({"type": "Static", "name": "Authorization", "value": UNKNOWN, "isSecret": False}, False),
    ({"type": "Dynamic", "name": "Authorization", "sourceField": "data.id"}, False),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["EventSubscription", "NamespaceTopicEventSubscription"])
def test_headers_of_deliveries(kind: str, attribute: Props, is_refused: bool) -> None:
    target = {"destination": {"endpointType": "EventHub", "deliveryAttributeMappings": [attribute]}}
    is_topic = kind.startswith("Namespace")
    props: Props = {"deliveryConfiguration": {"deliveryMode": "Push", "push": target}} if is_topic else target
    texts = [report.text for report in PACK.evaluate_plan(az(f"eventgrid:{kind}", props)) if report.mandatory]
    assert any("plaintext" in text for text in texts) is is_refused


@pytest.mark.parametrize(("period", "is_refused"), [
    ("P0D", True), ("PT1S", True), ("PT30M", True), ("PT1H", False), ("P1D", False), ("P365D", False), (UNKNOWN, False),
])  # fmt: skip
def test_how_long_rows_are_kept(period: str, is_refused: bool) -> None:
    database = az("kusto:ReadWriteDatabase", {
        **RG, "location": "uaenorth", "clusterName": "adx", "databaseName": "sensors", "kind": "ReadWrite",
        "softDeletePeriod": period})  # fmt: skip
    assert _found("FJ-ESC-115", database) is is_refused


@pytest.mark.parametrize(("kind", "scopes", "is_refused"), [
    ("secretstores.azure.keyvault", ["app"], False), ("secretstores.azure.keyvault", None, True),
    ("SecretStores.hashicorp.vault", [], True), ("state.azure.cosmosdb", None, False),
    ("secretstores.azure.keyvault", UNKNOWN, False),
])  # fmt: skip
def test_components_with_secrets(kind: str, scopes: object, is_refused: bool) -> None:
    component = az("app:DaprComponent", {
        **RG, "environmentName": "e", "componentName": "c", "componentType": kind, "version": "v1",
        **({} if scopes is None else {"scopes": scopes})})  # fmt: skip
    assert _found("FJ-ESC-115", component) is is_refused
