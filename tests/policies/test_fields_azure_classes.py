"""Classes of properties of Azure's compute, containers, networks, apps and storage, over all types of the SDK."""

from collections.abc import Iterator

import pytest
from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types
from guardrails.unverifiable.switch_rows import table

from falaj.sandbox.clouds.sdk_schema import sdk

from .blind import az
from .enumerations import checked_paths, types_in
from .fields_read import names_of
from .harness import UNKNOWN, Pack

SDK = sdk("pulumi_azure_native")
KNOWN = evaluated_types(ALL) | reviewed_types().keys()
_EXTENSIONS = ("extensions", "vmExtensions")


def _paths(*ends: str) -> Iterator[tuple[str, str]]:
    """Yields the types that the pack accepts with the paths of properties whose names have one of the ends."""
    for token in sorted(KNOWN & SDK.tokens.keys()):
        if not token.startswith("azure-native:"):
            continue
        inputs = SDK.schema(token).inputs
        if any(name.lower().endswith(ends) for name in names_of(SDK, inputs, set())):
            yield from ((token, path) for path, _ in types_in(SDK, inputs, 6) if path.lower().endswith(ends))


def test_the_vendor_of_each_extension_is_evaluated() -> None:
    """The class of FJ-ESC-115's rows on vendors of programs of machines, over all types of the SDK."""
    found = {
        (token, path)
        for token, path in _paths("publisher")
        if any(part in path.split(".") for part in _EXTENSIONS)
    }  # fmt: skip
    assert found
    assert {item for item in found if (row := table().find(*item)) is None or row.safe == "any"} == set()


TWINS = (
    ("containerinstance:ContainerGroupProfile", "containerinstance:CGProfile"),
    ("network:FirewallPolicy", "network:FirewallPolicyDraft"),
    ("network:NetworkSecurityPerimeterAccessRule", "network:NspAccessRule"),
    ("network:FirewallPolicyRuleCollectionGroup", "network:FirewallPolicyRuleCollectionGroupDraft"),
    ("apimanagement:Logger", "apimanagement:WorkspaceLogger"),
    ("apimanagement:Api", "apimanagement:WorkspaceApi"),
    ("apimanagement:Backend", "apimanagement:WorkspaceBackend"),
    ("web:WebApp", "web:WebAppSlot"),
)
"""Types with the same properties: former names, drafts, parts of a workspace, and slots."""


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_have_the_same_rows_and_checks(one: str, other: str) -> None:
    first, second = f"azure-native:{one}", f"azure-native:{other}"
    checked = checked_paths()
    both = {path for path, _ in types_in(SDK, SDK.schema(first).inputs, 5)}
    both &= {path for path, _ in types_in(SDK, SDK.schema(second).inputs, 5)}
    assert {path for path in both & (checked[first] ^ checked[second])} == set()
    rows = {path: tuple(row and row.safe for row in (table().find(first, path), table().find(second, path)))
            for path in both}  # fmt: skip
    assert {path: safe for path, safe in rows.items() if safe[0] != safe[1]} == {}


GOOD = (
    ("network:ExpressRouteCircuit", {"serviceProviderProperties": {"peeringLocation": "Dubai2"}}),
    ("network:ExpressRoutePort", {"peeringLocation": "Equinix-Dubai-DX1", "links": [
        {"macSecConfig": {"cakSecretIdentifier": "https://kv-bank.vault.azure.net/secrets/cak"}}]}),
    ("network:WebApplicationFirewallPolicy", {"policySettings": {"requestBodyInspectLimitInKB": 128.0}}),
    ("cdn:SecurityPolicy", {"parameters": {"associations": [
        {"patternsToMatch": ["/*"]}, {"patternsToMatch": ["/pay/*"]}]}}),
    ("batch:Pool", {"networkConfiguration": {"subnetId": UNKNOWN}}),
    ("batch:Pool", {"networkConfiguration": {"endpointConfiguration": {"inboundNatPools": UNKNOWN}}}),
    ("web:WebApp", {"siteConfig": {"linuxFxVersion": "PYTHON|3.12", "appCommandLine": "gunicorn app:app"}}),
    ("web:WebApp", {"siteConfig": {"linuxFxVersion": "NODE|22-lts"}}),
    ("web:WebApp", {"siteConfig": {"linuxFxVersion": "DOTNETCORE|10.0"}}),
    ("web:WebApp", {"siteConfig": {"linuxFxVersion": "JAVA|17-java17"}}),
    ("containerregistry:Task", {"step": {"type": "Docker", "contextPath": "/dev/null", "dockerFilePath": "D"}}),
    ("compute:VirtualMachineExtension", {"publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent"}),
    ("servicefabric:ManagedCluster", {"clients": [{"isAdmin": True, "thumbprint": "A" * 40}]}),
    ("servicefabric:ManagedCluster", {"clients": [
        {"isAdmin": True, "commonName": "admin.bank.example.ae", "issuerThumbprint": "A" * 40}]}),
    ("app:ContainerAppsAuthConfig", {"identityProviders": {"customOpenIdConnectProviders": {"a": {"registration": {
        "openIdConnectConfiguration": {"wellKnownOpenIdConfiguration": "https://login.microsoftonline.com/common/v2.0/"
                                       ".well-known/openid-configuration"}}}}}}),
    ("apimanagement:Logger", {"credentials": {"instrumentationKey": "{{Logger-Credentials}}"}}),
    ("network:Route", {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
                       "nextHopIpAddress": "10.0.0.4"}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "props"), GOOD, ids=range(len(GOOD)))
def test_a_good_value_of_a_property_passes(kind: str, props: dict[str, object]) -> None:
    rules = {"FJ-ESC-109", "FJ-ESC-111", "FJ-ESC-115", "FJ-EXP-109", "FJ-RES-003", "FJ-RES-212"}
    reports = Pack().evaluate_resource(az(kind, props))
    assert [report.text for report in reports if report.mandatory and report.rule in rules] == []
