"""Access to vaults on Azure from networks other than the site's."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import SITE, VAULT, last
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, program, recorded

LANDING = "/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/landing/providers/Microsoft.Network"
SUBNET = f"{LANDING}/virtualNetworks/landing/subnets/endpoints"
ZONE = f"{LANDING}/privateDnsZones/privatelink.blob.core.windows.net"
GROUP = "11111111-2222-3333-4444-555555555555"
ACCOUNT = "azure-native:storage:StorageAccount"
ENDPOINT = "azure-native:network:PrivateEndpoint"
ROLE = "azure-native:authorization:RoleAssignment"


def vault(**readers: Any) -> Recording:
    return recorded(azure.Vault, {**VAULT, "readers": readers} if readers else VAULT)


def rules(recording: Recording) -> tuple[str, dict[str, Any]]:
    account = recording.one(ACCOUNT).inputs
    return account["publicNetworkAccess"], account["networkRuleSet"]


def test_nobody_reaches_a_vault_from_elsewhere_unless_stated() -> None:
    assert rules(vault()) == ("Disabled", {"bypass": "None", "defaultAction": "Deny"})
    assert rules(vault(groups=[GROUP]))[0] == "Disabled"


def test_a_landing_zone_has_a_private_endpoint_in_its_own_network_and_subscription() -> None:
    recording = vault(endpoints={"landing": {"subnet_id": SUBNET, "dns_zone_id": ZONE}})
    endpoint = recording.one(ENDPOINT, "uae-reader-landing-endpoint")
    assert (endpoint.inputs["resourceGroupName"], endpoint.inputs["subnet"]["id"]) == ("landing", SUBNET)
    (connection,) = endpoint.inputs["privateLinkServiceConnections"]
    assert (last(connection["privateLinkServiceId"]), connection["groupIds"]) == ("uae-account", ["blob"])
    names = recording.one("azure-native:network:PrivateDnsZoneGroup", "uae-reader-landing-endpoint-names")
    assert names.inputs["privateDnsZoneConfigs"][0]["privateDnsZoneId"] == ZONE
    provider = recording.one("pulumi:providers:azure-native").inputs
    assert provider["subscriptionId"] == "99999999-8888-7777-6666-555555555555"
    assert rules(recording)[0] == "Disabled"
    without_zone = vault(endpoints={"landing": {"subnet_id": SUBNET}})
    assert "uae-reader-landing-endpoint-names" not in {name for _, name in without_zone.names()}


def test_listed_callers_use_the_public_endpoint_which_denies_all_others() -> None:
    recording = vault(addresses=["20.203.7.0/24", "20.203.8.9/32", "20.203.9.2/31"], subnet_ids=[SUBNET])
    assert rules(recording) == (
        "Enabled",
        {
            "bypass": "None",
            "defaultAction": "Deny",
            "ipRules": [
                {"action": "Allow", "iPAddressOrRange": "20.203.7.0/24"},
                {"action": "Allow", "iPAddressOrRange": "20.203.8.9"},
                {"action": "Allow", "iPAddressOrRange": "20.203.9.2"},
                {"action": "Allow", "iPAddressOrRange": "20.203.9.3"},
            ],
            "virtualNetworkRules": [{"action": "Allow", "virtualNetworkResourceId": SUBNET}],
        },
    )


def test_groups_read_the_container_and_write_it_if_stated_but_delete_nothing() -> None:
    reads = vault(groups=[GROUP]).one(ROLE, "uae-reader-group-11111111").inputs
    assert (reads["principalId"], reads["principalType"]) == (GROUP, "Group")
    assert last(reads["roleDefinitionId"]) == "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
    writing = vault(groups=[GROUP], writes=True)
    role = writing.one("azure-native:authorization:RoleDefinition").inputs
    assert not [action for action in role["permissions"][0]["dataActions"] if "delete" in action]
    assert last(writing.one(ROLE, "uae-reader-group-11111111").inputs["roleDefinitionId"]) == role["roleDefinitionId"]


@pytest.mark.parametrize(
    ("readers", "message"),
    [
        ({"groups": []}, "endpoints: required"),
        ({"addresses": ["10.1.0.0/24"]}, r"addresses\.0: .*public"),
        ({"addresses": ["20.0.0.0/8"]}, r"addresses\.0: .*/24"),
        ({"addresses": ["20.203.7.0/24"], "writes": True}, "writes: .*false without groups"),
        ({"endpoints": {"landing": {"subnet_id": "subnet"}}}, "the id of a subnet"),
    ],
)
def test_readers_from_nowhere_or_everywhere_are_refused(readers: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.Vault, {**VAULT, "readers": readers})()


def test_a_site_opens_the_named_vault_only() -> None:
    options = {"vault_access": {"datasets": {"addresses": ["20.203.7.0/24"]}}}
    recording = recorded(azure.Site, changed_args(azure.SiteArgs, SITE, {"azure": options}))
    access = {seen.name: seen.inputs["publicNetworkAccess"] for seen in recording.of(ACCOUNT)}
    assert (access["uae-datasets-account"], access["uae-checkpoints-account"]) == ("Enabled", "Disabled")
    with pytest.raises(BadArguments, match=r"azure\.vault_access: .*one of the site's vaults"):
        program(azure.Site, {**SITE, "azure": {"vault_access": {"artifacts": {"groups": [GROUP]}}}})()
