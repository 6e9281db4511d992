"""Network rules that allow every address, in every form."""

import json
from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack, blocking, secret

PACK = Pack()


GROUP = "aws:ec2/securityGroup:SecurityGroup"


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    blocked_by = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in blocked_by
    return rule in blocked_by


@pytest.mark.parametrize(
    "ingress",
    [
        [{"fromPort": "22", "toPort": "22", "protocol": "tcp", "cidrBlocks": ["0.0.0.0/0"]}],
        {"cidrBlocks": "0.0.0.0/0"},
        [[{"cidrBlocks": ["0.0.0.0/0"]}]],
        json.dumps([{"cidrBlocks": ["0.0.0.0/0"]}]),
        [{"cidrBlocks": {"all": "0.0.0.0/0"}}],
        [{"cidrBlocks": ["000.0.0.0/0"]}],
        [{"cidrBlocks": ["1.2.3.4/00"]}],
        [{"cidrBlocks": ["0.0.0.0/1", "128.0.0.0/1"]}],
        [{"ipv6CidrBlocks": ["0::/0"]}],
        [{"ipv6CidrBlocks": ["::ffff:0:0/96"]}],
        [{"cidrBlocks": [UNKNOWN, secret("0.0.0.0/0")]}],
        [UNKNOWN, None, {"cidrBlocks": ["0.0.0.0/0"]}],
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_rule_for_every_address_is_refused_in_any_form(ingress: object) -> None:
    assert refused(GROUP, {"ingress": ingress}, "FJ-EXP-101")


def test_each_subnet_has_a_network_security_group() -> None:
    network = "azure-native:network:VirtualNetwork"
    protected, bare = {"name": "a", "networkSecurityGroup": {"id": UNKNOWN}}, {"name": "b"}
    delegated = {"name": "c", "delegations": [{"serviceName": "Microsoft.App/environments"}]}
    assert refused(network, {"subnets": [protected, bare, delegated]}, "FJ-EXP-208")
    assert not refused(network, {"subnets": [protected, delegated]}, "FJ-EXP-208")


SUBNET, NETWORK = "azure-native:network:Subnet", "azure-native:network:VirtualNetwork"


@pytest.mark.parametrize(
    ("subnet", "is_refused"),
    [
        ({"subnetName": "GatewaySubnet"}, False),
        ({"subnetName": "AzureFirewallSubnet"}, False),
        ({"subnetName": "azurefirewallmanagementsubnet"}, False),
        ({"name": "RouteServerSubnet"}, False),
        ({"subnetName": "AzureBastionSubnet"}, True),
        ({"subnetName": "GatewaySubnet2"}, True),
        ({"subnetName": UNKNOWN}, True),
        ({"subnetName": "machines", "networkSecurityGroup": {"id": UNKNOWN}}, False),
        ({"subnetName": "machines", "networkSecurityGroup": UNKNOWN}, False),
        ({"subnetName": "machines", "networkSecurityGroup": {}}, True),
    ],
)
def test_subnets_that_take_no_security_group_need_none(subnet: dict[str, object], is_refused: bool) -> None:
    assert refused(SUBNET, subnet, "FJ-EXP-208") is is_refused
    inline = {"name" if key == "subnetName" else key: value for key, value in subnet.items()}
    assert refused(NETWORK, {"subnets": [inline]}, "FJ-EXP-208") is is_refused


def test_subnets_that_are_not_known_are_not_passed() -> None:
    assert refused(NETWORK, {"subnets": UNKNOWN}, "FJ-EXP-208")
    assert not refused(NETWORK, {}, "FJ-EXP-208")
