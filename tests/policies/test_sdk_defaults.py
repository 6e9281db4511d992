"""A default that the SDK for Python sends and that a row of the table of switches refuses is refused where absent too.

A program in Python sends the default, and one in another language nothing, which is mostly the same to the vendor.
Reviewed on 2026-11-29, pulumi-azure-native 3.29.0.
"""

import re
from collections.abc import Mapping

import pytest
from guardrails.engine.verdicts import Verdict
from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types
from guardrails.unverifiable.switch_rows import condition, table

from .harness import Given, Pack, blocking
from .sdk_defaults import SDK, defaults

RULE = "FJ-ESC-115"
KNOWN = sorted((evaluated_types(ALL) | reviewed_types().keys()) & SDK.tokens.keys())
COMPUTE = "azure-native:machinelearningservices:Compute"
CACHE = "azure-native:storagecache:Cache"
EVALUATED_BESIDE_OTHERS: Mapping[tuple[str, str], Mapping[str, object]] = {
    (COMPUTE, "properties.properties.loadBalancerType"): {"properties": {"computeType": "AKS"}},
    (COMPUTE, "properties.properties.applicationSharingPolicy"): {"properties": {"computeType": "ComputeInstance"}},
    ("azure-native:databricks:Workspace", "defaultCatalog.initialType"): {"defaultCatalog": {"initialName": "main"}},
    ("azure-native:netapp:CapacityPoolVolume", "exportPolicy.rules.hasRootAccess"): {
        "exportPolicy": {"rules": [{"nfsv3": True}]}
    },
}
"""Type and path of properties that `dependent_switches` asks for where another one makes them matter -> the smallest
properties with that one."""


def _refused_defaults() -> dict[tuple[str, str], str]:
    """Returns the type and path of each default of the SDK that a row refuses only where it is set."""
    found: dict[tuple[str, str], str] = {}
    for token in KNOWN:
        for path, default in defaults(token):
            row = table().find(token, path)
            if row is not None and row.is_evaluated_where_set and condition(row.safe).judge(default) is Verdict.FAIL:
                found[token, path] = default
    return found


def test_the_defaults_of_the_sdk_are_read() -> None:
    service = dict(defaults("azure-native:apimanagement:ApiManagementService"))
    assert service["configurationApi.legacyApi"] == "Enabled"
    assert dict(defaults("azure-native:devtestlab:VirtualMachine"))["disallowPublicIpAddress"] == "False"


def test_a_default_that_a_row_refuses_is_refused_where_absent() -> None:
    assert {key: value for key, value in _refused_defaults().items() if key not in EVALUATED_BESIDE_OTHERS} == {}


@pytest.mark.parametrize(("key", "props"), EVALUATED_BESIDE_OTHERS.items(), ids=lambda item: str(item)[-60:])
def test_an_exception_is_refused_beside_the_property_that_makes_it_matter(
    key: tuple[str, str], props: Mapping[str, object]
) -> None:
    token, path = key
    assert key in _refused_defaults()
    texts = [report.text for report in Pack().evaluate_resource(Given(token, dict(props)))]
    assert any(f"{path} must be set" in re.sub(r"\[\d+\]", "", text) for text in texts), texts


def _nodes(**inner: object) -> Given:
    return Given(COMPUTE, {"properties": {"computeType": "AmlCompute", "disableLocalAuth": True, "properties": inner}})


SUBNET = {"id": "/subscriptions/s/resourceGroups/ml/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"}


@pytest.mark.parametrize(
    ("given", "is_refused"),
    [
        (_nodes(), True),
        (_nodes(remoteLoginPortPublicAccess="NotSpecified"), True),
        (_nodes(remoteLoginPortPublicAccess="Enabled", subnet=SUBNET), True),
        (_nodes(subnet=SUBNET), False),
        (_nodes(enableNodePublicIp=False), False),
        (_nodes(remoteLoginPortPublicAccess="NotSpecified", subnet=SUBNET), False),
        (_nodes(remoteLoginPortPublicAccess="NotSpecified", enableNodePublicIp=False), False),
        (_nodes(remoteLoginPortPublicAccess="Disabled"), False),
        (Given(COMPUTE, {"properties": {"computeType": "DataFactory"}}), False),
    ],
)  # fmt: skip
def test_nodes_without_a_network_of_ours_are_closed_for_ssh(given: Given, is_refused: bool) -> None:
    """An unspecified port is closed within a virtual network, and nodes without a public address are not public."""
    assert (RULE in blocking(Pack().evaluate_resource(given))) == is_refused


@pytest.mark.parametrize(
    ("download", "is_refused"),
    [
        ({"usernameSource": "LDAP", "encryptLdapConnection": False, "requireValidCertificate": True}, True),
        ({"usernameSource": "LDAP", "encryptLdapConnection": True, "requireValidCertificate": False}, True),
        ({"usernameSource": "LDAP", "requireValidCertificate": True}, True),
        ({"usernameSource": "ldap", "encryptLdapConnection": True}, True),
        ({"usernameSource": "LDAP", "encryptLdapConnection": True, "requireValidCertificate": "true"}, False),
        ({"usernameSource": "File", "encryptLdapConnection": False, "requireValidCertificate": False}, False),
        ({"usernameSource": "AD", "encryptLdapConnection": False, "requireValidCertificate": False}, False),
        ({"encryptLdapConnection": False, "requireValidCertificate": False}, False),
    ],
)  # fmt: skip
def test_a_cache_asks_its_directory_through_checked_tls(download: Mapping[str, object], is_refused: bool) -> None:
    given = Given(CACHE, {"directoryServicesSettings": {"usernameDownload": dict(download)}})
    assert (RULE in blocking(Pack().evaluate_resource(given))) == is_refused


@pytest.mark.parametrize(
    ("name", "props", "is_refused"),
    [
        ("apimanagement:ApiManagementService", {"configurationApi": {}}, True),
        ("apimanagement:ApiManagementService", {}, False),
        ("containerregistry:Registry", {"networkRuleSet": {"ipRules": [{"value": "203.0.113.7"}]}}, True),
        ("containerregistry:Registry", {"policies": {"exportPolicy": {}}}, True),
        ("containerregistry:Registry", {"policies": {"retentionPolicy": {"days": 30}}}, False),
        ("containerservice:ManagedCluster", {"securityProfile": {"azureKeyVaultKms": {"enabled": True}}}, True),
        ("devtestlab:VirtualMachine", {}, True),
        ("devtestlab:VirtualMachine", {"disallowPublicIpAddress": True}, False),
        ("devtestlab:Formula", {"formulaContent": {"size": "Standard_D2s_v5"}}, True),
        ("devtestlab:Formula", {"formulaContent": {"disallowPublicIpAddress": "true"}}, False),
        ("iotoperationsmq:KafkaConnector", {"localBrokerConnection": {"tls": {}}}, True),
        ("iotoperationsmq:MqttBridgeConnector", {"localBrokerConnection": {"tls": {"tlsEnabled": True}}}, False),
    ],
)  # fmt: skip
def test_a_weak_default_is_refused_where_its_object_is_set(
    name: str, props: Mapping[str, object], is_refused: bool
) -> None:
    found = Pack().evaluate_resource(Given(f"azure-native:{name}", dict(props)))
    assert (RULE in blocking(found)) == is_refused, found
