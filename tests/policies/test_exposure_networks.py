"""Network access: addresses in every spelling, and each cloud's forms of a rule."""

from dataclasses import replace
from typing import Any

import pytest
from guardrails.readers.cidrs import cover_any_address, is_any_address, is_open, range_is_open, split_addresses

from .exposure_cases import OPEN, refused, reported
from .harness import STRICT, UNKNOWN, Given, Pack, blocking

GROUP = "aws:ec2/securityGroup:SecurityGroup"
RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl"
NSG = "azure-native:network:NetworkSecurityGroup"
NSG_RULE = "azure-native:network:SecurityRule"


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/4", "::/0", "::/1", "8000::/1", "2000::/3",
     "0:0:0:0:0:0:0:0/0", "*", "Internet", "internet", "Any", "AzureCloud", "0.0.0.0-255.255.255.255", " 0.0.0.0/0 "],
)  # fmt: skip
def test_any_address_is_recognised_in_every_spelling(address: str) -> None:
    assert is_any_address(address)
    assert is_open(split_addresses(address)) is True


@pytest.mark.parametrize(
    "address",
    ["10.0.0.0/8", "192.168.0.0/16", "203.0.113.0/24", "203.0.113.7", "fd00::/8", "2001:db8::/32", "VirtualNetwork",
     "AzureLoadBalancer", "pl-123", "10.0.0.1-10.0.0.9", "", "nonsense"],
)  # fmt: skip
def test_limited_addresses_are_not_any_address(address: str) -> None:
    assert not is_any_address(address)


def test_ranges_that_together_cover_most_addresses_are_open() -> None:
    assert cover_any_address(["32.0.0.0/9", *(f"{first}.0.0.0/9" for first in range(64, 192))])
    assert not cover_any_address(["203.0.113.0/24", "198.51.100.0/24", "10.0.0.0/8", "172.16.0.0/12"])
    assert is_open(["10.0.0.0/8", UNKNOWN]) is False
    assert split_addresses("10.0.0.0/8,0.0.0.0/0") == ["10.0.0.0/8", "0.0.0.0/0"]


def test_firewall_ranges() -> None:
    assert range_is_open("0.0.0.0", "0.0.0.0")  # noqa: S104
    assert range_is_open("1.0.0.0", "200.0.0.0")
    assert not range_is_open("203.0.113.1", "203.0.113.9")


def group(**rule: object) -> dict[str, Any]:
    return {"tags": {}, "ingress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, **rule}]}


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (GROUP, group(cidrBlocks=["10.0.0.0/8"]), set()),
        (GROUP, group(securityGroups=["sg-1"]), set()),
        (GROUP, group(self=True), set()),
        (GROUP, {}, set()),
        (GROUP, group(cidrBlocks=[OPEN]), {"FJ-EXP-101"}),
        (GROUP, group(cidrBlocks=["10.0.0.0/8", "0.0.0.0/1", "128.0.0.0/1"]), {"FJ-EXP-101"}),
        (GROUP, group(ipv6CidrBlocks=["::/0"]), {"FJ-EXP-101"}),
        (GROUP, group(cidrBlocks=[UNKNOWN]), {"FJ-EXP-101"}),
        (GROUP, {"ingress": UNKNOWN}, {"FJ-EXP-101"}),
        (GROUP, {"egress": [{"protocol": "-1", "cidrBlocks": [OPEN]}]}, {"FJ-EXP-109"}),
        (GROUP, {"egress": [{"protocol": "tcp", "fromPort": 0, "toPort": 65535, "cidrBlocks": [OPEN]}]},
         {"FJ-EXP-109"}),
        (GROUP, {"egress": [{"protocol": "tcp", "fromPort": -1, "toPort": -1, "cidrBlocks": [OPEN]}]},
         {"FJ-EXP-109"}),
        (GROUP, {"egress": [{"protocol": "icmp", "fromPort": -1, "toPort": -1, "cidrBlocks": [OPEN]}]}, set()),
        (GROUP, {"egress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": [OPEN]}]}, set()),
        (RULE, {"type": "ingress", "cidrBlocks": [OPEN]}, {"FJ-EXP-101"}),
        (RULE, {"type": "ingress", "cidrBlocks": ["10.0.0.0/8"]}, set()),
        (RULE, {"type": "egress", "protocol": "-1", "cidrBlocks": [OPEN]}, {"FJ-EXP-109"}),
        (INGRESS, {"cidrIpv4": OPEN}, {"FJ-EXP-101"}),
        (INGRESS, {"cidrIpv6": "::/0"}, {"FJ-EXP-101"}),
        (INGRESS, {"referencedSecurityGroupId": "sg-1"}, set()),
        (EGRESS, {"ipProtocol": "-1", "cidrIpv4": OPEN}, {"FJ-EXP-109"}),
        (EGRESS, {"ipProtocol": "tcp", "fromPort": -1, "toPort": -1, "cidrIpv4": OPEN}, {"FJ-EXP-109"}),
        (EGRESS, {"ipProtocol": "-1", "referencedSecurityGroupId": "sg-1"}, set()),
        ("aws:ec2/managedPrefixList:ManagedPrefixList", {"entries": [{"cidr": OPEN}]}, {"FJ-EXP-101"}),
        ("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", {"cidr": OPEN}, {"FJ-EXP-101"}),
        ("aws:ec2/vpc:Vpc", {"cidrBlock": OPEN}, set()),
    ],
)  # fmt: skip
def test_security_groups(token: str, props: dict[str, object], expected: set[str]) -> None:
    assert refused(token, props) == expected


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ({"protocol": "-1"}, True),
        ({"fromPort": 22, "toPort": 22}, True),
        ({"fromPort": 3000, "toPort": 4000}, True),
        ({"fromPort": 443, "toPort": 443}, False),
        ({"fromPort": 22, "toPort": 22, "cidrBlock": "10.0.0.0/8"}, False),
        ({"fromPort": 22, "toPort": 22, "action": "deny", "ruleAction": "deny"}, False),
        ({"fromPort": 22, "toPort": 22, "cidrBlock": None, "ipv6CidrBlock": "::/0"}, True),
    ],
)
def test_network_acls(change: dict[str, object], is_refused: bool) -> None:
    entry = {"protocol": "tcp", "action": "allow", "ruleAction": "allow", "cidrBlock": OPEN, **change}
    expected = {"FJ-EXP-102"} if is_refused else set()
    assert refused(NETWORK_ACL, {"ingress": [entry]}) == expected
    assert refused("aws:ec2/networkAclRule:NetworkAclRule", entry) == expected
    assert refused("aws:ec2/networkAclRule:NetworkAclRule", {**entry, "egress": True}) == set()


INBOUND = {"access": "Allow", "direction": "Inbound", "sourceAddressPrefix": "10.0.0.0/8"}


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ({}, False),
        ({"sourceAddressPrefix": "*"}, True),
        ({"sourceAddressPrefix": "Internet"}, True),
        ({"sourceAddressPrefix": OPEN}, True),
        ({"sourceAddressPrefixes": ["10.0.0.0/8", "0.0.0.0/1", "128.0.0.0/1"]}, True),
        ({"sourceAddressPrefix": "*", "access": "Deny"}, False),
        ({"sourceAddressPrefix": "*", "direction": "outbound"}, False),
        ({"sourceAddressPrefix": "*", "direction": "Outbound", "destinationAddressPrefix": "VirtualNetwork"}, False),
        ({"sourceAddressPrefix": "*", "access": "allow", "direction": "inbound"}, True),
        ({"sourceAddressPrefix": "VirtualNetwork"}, False),
        ({"sourceAddressPrefix": UNKNOWN}, True),
    ],
)
def test_azure_security_rules(change: dict[str, object], is_refused: bool) -> None:
    expected = {"FJ-EXP-101"} if is_refused else set()
    assert refused(NSG, {"location": "uaenorth", "securityRules": [INBOUND, {**INBOUND, **change}]}) == expected
    assert refused(NSG_RULE, {**INBOUND, **change}) == expected


OUTBOUND = {"access": "Allow", "direction": "Outbound", "destinationAddressPrefix": "*", "destinationPortRange": "*"}


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ({}, True),
        ({"access": "allow", "direction": "outbound"}, True),
        ({"destinationAddressPrefix": "Internet"}, True),
        ({"destinationAddressPrefix": OPEN, "protocol": "Tcp"}, True),
        ({"destinationAddressPrefix": "", "destinationAddressPrefixes": ["0.0.0.0/1", "128.0.0.0/1"]}, True),
        ({"destinationPortRange": "0-65535"}, True),
        ({"destinationPortRange": "", "destinationPortRanges": ["443", "*"]}, True),
        ({"destinationPortRange": "443"}, False),
        ({"destinationPortRange": UNKNOWN}, False),
        ({"destinationAddressPrefix": "10.0.0.0/8"}, False),
        ({"destinationAddressPrefix": UNKNOWN}, False),
        ({"destinationAddressPrefix": "AzureMonitor"}, False),
        ({"access": "Deny"}, False),
    ],
)
def test_azure_outbound_rules_are_limited(change: dict[str, object], is_refused: bool) -> None:
    expected = {"FJ-EXP-109"} if is_refused else set()
    rule = {**OUTBOUND, **change}
    assert refused(NSG_RULE, rule) == expected
    assert refused(NSG, {"location": "uaenorth", "securityRules": [{"properties": rule}]}) == expected


@pytest.mark.parametrize("kind", ["sql", "dbforpostgresql", "dbformysql"])
def test_azure_firewalls(kind: str) -> None:
    token = f"azure-native:{kind}:FirewallRule"
    assert reported(token, {"startIpAddress": "203.0.113.1", "endIpAddress": "203.0.113.9"}) == set()
    assert refused(token, {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}) == {"FJ-EXP-101"}  # noqa: S104
    assert refused(token, {"startIpAddress": "1.0.0.0", "endIpAddress": "223.0.0.0"}) == {"FJ-EXP-101"}
    assert refused(token, {"startIpAddress": UNKNOWN, "endIpAddress": UNKNOWN}) == {"FJ-EXP-101"}


def test_ip_rules_of_azure_services() -> None:
    token = "azure-native:cosmosdb:DatabaseAccount"
    narrow = {"ipRules": [{"ipAddressOrRange": "203.0.113.0/24"}]}
    assert "FJ-EXP-101" not in refused(token, narrow)
    assert "FJ-EXP-101" in refused(token, {"ipRules": [*narrow["ipRules"], {"ipAddressOrRange": OPEN}]})


@pytest.mark.parametrize(
    ("source", "cidrs", "expected"),
    [
        ("aws:ec2/eip:Eip", [UNKNOWN], False),
        ("aws:ec2/vpc:Vpc", ["10.0.0.0/8", UNKNOWN], False),
        ("aws:ec2/eip:Eip", [UNKNOWN, "0.0.0.0/0"], True),
        ("aws:ssm/parameter:Parameter", [UNKNOWN], True),
        ("", [UNKNOWN], True),
    ],
    ids=["a gateway", "a network", "a gateway and everybody", "a parameter", "nothing"],
)
def test_addresses_of_gateways_and_networks_of_the_stack_are_narrow(
    source: str, cidrs: list[str], *, expected: bool
) -> None:
    rules = (
        Given(
            RULE,
            {"type": "ingress", "protocol": "tcp", "cidrBlocks": cidrs},
            "older",
            links={"cidrBlocks": ("source",)},
        ),
        Given(INGRESS, {"ipProtocol": "tcp", "cidrIpv4": cidrs[-1]}, "newer", links={"cidrIpv4": ("source",)}),
    )
    for rule in rules:
        plan = (Given(source, {}, "source"), rule) if source else (replace(rule, links={}),)
        pack = Pack(STRICT)
        reports = pack.evaluate_plan(*plan)
        assert ("FJ-EXP-101" in blocking(reports)) is expected
