"""Security groups of Azure Bastion, and approvals of private endpoints."""

import copy

import pytest

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
GROUP = "azure-native:network:NetworkSecurityGroup"
APPROVAL = "azure-native:storage:PrivateEndpointConnection"


def _rule(source: str, *ports: str, protocol: str = "Tcp") -> dict[str, object]:
    return {"access": "Allow", "direction": "Inbound", "protocol": protocol, "sourceAddressPrefix": source,
            "destinationAddressPrefix": "*", "destinationPortRanges": list(ports)}  # fmt: skip


BASTION = {
    "networkSecurityGroupName": "nsg-bastion",
    "securityRules": [
        _rule("Internet", "443"),
        _rule("GatewayManager", "443"),
        _rule("VirtualNetwork", "8080", "5701", protocol="*"),
    ],
}


def _stopped(rule: str, *plan: Given) -> bool:
    return rule in blocking(PACK.evaluate_plan(*plan))


def _group(**changes: object) -> Given:
    props = copy.deepcopy(BASTION)
    props["securityRules"][0] |= changes  # type: ignore[index]
    return Given(GROUP, props, "nsg")


@pytest.mark.parametrize(
    ("changes", "stopped"),
    [
        ({}, False),
        ({"destinationPortRanges": ["443", "22"]}, True),
        ({"destinationPortRanges": ["*"]}, True),
        ({"protocol": "*"}, True),
        ({"sourceAddressPrefix": "*"}, True),
    ],
)
def test_the_entry_of_a_bastion(changes: dict[str, object], stopped: bool) -> None:
    assert _stopped("FJ-EXP-101", _group(**changes)) is stopped


@pytest.mark.parametrize("left_out", [1, 2])
def test_a_group_without_the_other_rules_is_no_bastion(left_out: int) -> None:
    props = copy.deepcopy(BASTION)
    del props["securityRules"][left_out]  # type: ignore[attr-defined]
    assert _stopped("FJ-EXP-101", Given(GROUP, props))


@pytest.mark.parametrize(("name", "stopped"), [("AzureBastionSubnet", False), ("snet-apps", True)])
@pytest.mark.parametrize("identifier", [UNKNOWN, "/subscriptions/s/networkSecurityGroups/nsg-bastion"])
def test_the_group_is_on_the_subnet_of_the_bastion(name: str, stopped: bool, identifier: str) -> None:
    links = {"networkSecurityGroup": ("nsg",)} if identifier == UNKNOWN else {}
    props = {"subnetName": name, "networkSecurityGroup": {"id": identifier}}
    subnet = Given("azure-native:network:Subnet", props, "subnet", links=links)
    assert _stopped("FJ-EXP-101", _group(), subnet) is stopped


@pytest.mark.parametrize(
    ("token", "status", "stopped"),
    [
        (APPROVAL, "Approved", True),
        ("azure-native:sql:ManagedInstancePrivateEndpointConnection", "approved", True),
        (APPROVAL, "Rejected", False),
        ("azure-native:network:PrivateEndpoint", "Approved", False),
    ],
)
def test_approvals(token: str, status: str, stopped: bool) -> None:
    given = Given(token, {"privateLinkServiceConnectionState": {"status": status}})
    assert _stopped("FJ-EXP-209", given) is stopped


def test_an_endpoint_of_the_stack_is_approved() -> None:
    endpoint = Given("azure-native:network:PrivateEndpoint", {}, "endpoint")
    props = {"privateEndpointConnectionName": UNKNOWN, "privateLinkServiceConnectionState": {"status": "Approved"}}
    approval = Given(APPROVAL, props, "approval", links={"privateEndpointConnectionName": ("endpoint",)})
    assert not _stopped("FJ-EXP-209", endpoint, approval)
