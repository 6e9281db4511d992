"""Doors in firewalls of both clouds, and connections to other networks, in the forms that a program may give them.

Each attack of `attacks/networks.py` passed on 92e0a0ba. What an API makes of a missing property is that of the vendors'
references, read 2026-11-27 (EC2, API Gateway and Transfer Family: the models of botocore).
"""

import json
from typing import Any

import pytest

from .exposure_cases import OPEN, PACK, refused, reported
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, blocking
from .sdk_paths import has_path

GROUP = "azure-native:network:FirewallPolicyRuleCollectionGroup"
FIREWALL = "azure-native:network:AzureFirewall"
ADMIN, USER = "azure-native:network:AdminRule", "azure-native:network:SecurityUserRule"
ROUTE, TABLE = "aws:ec2/route:Route", "aws:ec2/routeTable:RouteTable"
VPN = "aws:ec2clientvpn/authorizationRule:AuthorizationRule"
PORTS = "aws:lightsail/instancePublicPorts:InstancePublicPorts"
BEANSTALK = "aws:elasticbeanstalk/environment:Environment"
TEMPLATE = "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate"
APIS = ("aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api")


@pytest.mark.parametrize(
    ("token", "path"),
    [
        *((GROUP, f"ruleCollections[*].{path}") for path in (
            "action.type", "rules[*].sourceAddresses", "rules[*].sourceIpGroups", "rules[*].destinationAddresses",
            "rules[*].destinationPorts", "rules[*].translatedAddress", "rules[*].translatedFqdn")),
        *((FIREWALL, path) for path in (
            "natRuleCollections[*].rules[*].sourceAddresses", "natRuleCollections[*].rules[*].translatedAddress",
            "networkRuleCollections[*].action.type", "networkRuleCollections[*].rules[*].destinationPorts")),
        ("azure-native:network:IpGroup", "ipAddresses"),
        *((token, "sources[*].addressPrefix") for token in (ADMIN, USER)),
        *((token, "direction") for token in (ADMIN, USER)),
        (ADMIN, "access"),
        *((ROUTE, path) for path in ("destinationCidrBlock", "destinationIpv6CidrBlock", "vpcPeeringConnectionId")),
        *((TABLE, f"routes[*].{path}") for path in ("cidrBlock", "ipv6CidrBlock", "vpcPeeringConnectionId")),
        (VPN, "targetNetworkCidr"),
        (VPN, "authorizeAllGroups"),
        *((PORTS, f"portInfos[*].{path}") for path in ("cidrs", "ipv6Cidrs", "cidrListAliases")),
        *((BEANSTALK, path) for path in ("settings[*].namespace", "templateName", "tier")),
        *((api, "body") for api in APIS),
    ],
)  # fmt: skip
def test_the_rules_read_properties_of_the_sdk(token: str, path: str) -> None:
    assert has_path(token, path)


def dnat(**change: object) -> dict[str, Any]:
    rule = {"sourceAddresses": ["10.0.0.0/8"], "translatedAddress": "10.0.0.4", "translatedPort": "22", **change}
    return {"ruleCollections": [{"action": {"type": "DNAT"}, "rules": [rule]}]}


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        (dnat(), set()),
        (dnat(sourceAddresses=["203.0.113.0/24"]), set()),
        (dnat(sourceAddresses=[], sourceIpGroups=["/g"]), set()),
        (dnat(sourceAddresses=[OPEN], sourceIpGroups=["/g"]), {"FJ-EXP-101"}),
        (dnat(sourceAddresses=["*"]), {"FJ-EXP-101"}),
        (dnat(sourceAddresses=[], translatedAddress=None, translatedFqdn="vm.example.ae"), {"FJ-EXP-101"}),
        (dnat(sourceAddresses=[UNKNOWN]), {"FJ-EXP-101"}),
        ({"ruleCollections": UNKNOWN}, {"FJ-EXP-101"}),
        ({"ruleCollections": [{"rules": UNKNOWN}]}, {"FJ-EXP-101"}),
        ({"natRuleCollections": [{"properties": dnat(sourceAddresses=["*"])["ruleCollections"][0]}]}, {"FJ-EXP-101"}),
        ({}, set()),
    ],
)  # fmt: skip
def test_firewalls_forward_from_listed_addresses(props: dict[str, Any], expected: set[str]) -> None:
    assert refused(GROUP, props) == expected
    assert refused(FIREWALL, {"location": "uaenorth", **props}) == expected


@pytest.mark.parametrize(
    ("action", "rule", "is_refused"),
    [
        ("Allow", {"destinationAddresses": ["*"], "destinationPorts": ["*"]}, True),
        ("Allow", {"destinationAddresses": [OPEN], "destinationPorts": ["443", "0-65535"]}, True),
        ("Allow", {"destinationAddresses": ["*"], "destinationPorts": ["443"]}, False),
        ("Allow", {"destinationAddresses": ["AzureMonitor"], "destinationPorts": ["*"]}, False),
        ("Allow", {"destinationFqdns": ["registry.example.ae"], "destinationPorts": ["*"]}, False),
        ("Deny", {"destinationAddresses": ["*"], "destinationPorts": ["*"]}, False),
    ],
)
def test_firewalls_let_listed_traffic_out(action: str, rule: dict[str, Any], is_refused: bool) -> None:
    props = {"ruleCollections": [{"action": {"type": action}, "rules": [{"sourceAddresses": ["*"], **rule}]}]}
    assert refused(GROUP, props) == ({"FJ-EXP-109"} if is_refused else set())


@pytest.mark.parametrize("token", [ADMIN, USER])
@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ({}, False),
        ({"sources": [{"addressPrefix": "10.0.0.0/8"}, {"addressPrefix": "*"}]}, True),
        ({"sources": [{"addressPrefix": "internet", "addressPrefixType": "ServiceTag"}]}, True),
        ({"sources": []}, True),
        ({"sources": UNKNOWN}, True),
        ({"sources": [{"addressPrefix": "*"}], "access": "Deny"}, False),
        ({"sources": [{"addressPrefix": "*"}], "direction": "Outbound"}, False),
    ],
)
def test_network_manager_allows_listed_sources(token: str, change: dict[str, Any], is_refused: bool) -> None:
    rule = {"direction": "Inbound", "sources": [{"addressPrefix": "10.0.0.0/8"}], **change}
    assert ("FJ-EXP-101" in refused(token, rule)) is is_refused


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"destinationCidrBlock": "10.30.0.0/16"}, set()),
        ({"destinationPrefixListId": "pl-1"}, set()),
        ({"destinationCidrBlock": OPEN}, {"FJ-EXP-123"}),
        ({"destinationCidrBlock": "128.0.0.0/1"}, {"FJ-EXP-123"}),
        ({"destinationIpv6CidrBlock": "::/0"}, {"FJ-EXP-123"}),
    ],
)
def test_routes_through_a_peering_name_the_peer(props: dict[str, Any], expected: set[str]) -> None:
    assert refused(ROUTE, {"routeTableId": "r", "vpcPeeringConnectionId": "pcx-1", **props}) == expected
    assert refused(ROUTE, {"routeTableId": "r", "vpcPeeringConnectionId": UNKNOWN, **props}) == expected
    for target in ("gatewayId", "natGatewayId", "transitGatewayId", "vpcEndpointId", "egressOnlyGatewayId"):
        assert refused(ROUTE, {"routeTableId": "r", target: "x", **props}) == set()


def test_routes_inside_a_table() -> None:
    internet = {"cidrBlock": OPEN, "gatewayId": "igw-1"}
    peer = {"cidrBlock": "10.30.0.0/16", "vpcPeeringConnectionId": "pcx-1"}
    for token in (TABLE, "aws:ec2/defaultRouteTable:DefaultRouteTable"):
        assert refused(token, {"routes": [internet, peer]}) == set()
        assert refused(token, {"routes": [internet, {**peer, "cidrBlock": OPEN}]}) == {"FJ-EXP-123"}


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"targetNetworkCidr": "10.20.0.0/16", "authorizeAllGroups": True}, set()),
        ({"targetNetworkCidr": OPEN, "accessGroupId": "S-1"}, set()),
        ({"targetNetworkCidr": OPEN, "authorizeAllGroups": True}, {"FJ-EXP-123"}),
        ({"targetNetworkCidr": OPEN, "authorizeAllGroups": "true"}, {"FJ-EXP-123"}),
    ],
)
def test_client_vpn(props: dict[str, Any], expected: set[str]) -> None:
    assert refused(VPN, props) == expected


@pytest.mark.parametrize(
    ("token", "props", "key"),
    [
        (ROUTE, {"destinationCidrBlock": UNKNOWN, "vpcPeeringConnectionId": "pcx-1"}, "destinationCidrBlock"),
        (TABLE, {"routes": UNKNOWN}, "routes"),
        (TABLE, {"routes": [{"cidrBlock": UNKNOWN, "vpcPeeringConnectionId": "pcx-1"}]}, "routes"),
        (VPN, {"targetNetworkCidr": UNKNOWN, "authorizeAllGroups": True}, "targetNetworkCidr"),
        (VPN, {"targetNetworkCidr": OPEN, "authorizeAllGroups": UNKNOWN}, "authorizeAllGroups"),
    ],
)
def test_addresses_that_are_not_known_come_from_a_network_of_the_plan(
    token: str, props: dict[str, Any], key: str
) -> None:
    network = Given("aws:ec2/vpc:Vpc", {"cidrBlock": "10.30.0.0/16"}, "network")
    other = Given("aws:ssm/parameter:Parameter", {}, "other")
    for source, is_refused in ((network, key == "authorizeAllGroups"), (other, True)):
        given = Given(token, props, "it", links={key: (source.name,)})
        assert ("FJ-EXP-123" in blocking(PACK.evaluate_stack(source, given))) is is_refused
    assert "FJ-EXP-123" in blocking(PACK.evaluate_stack(Given(token, props)))


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [({}, True), ({"cidrs": ["203.0.113.0/24"]}, False), ({"cidrListAliases": ["lightsail-connect"]}, False),
     ({"cidrs": []}, True), ({"ipv6Cidrs": ["::/0"]}, True)],
)  # fmt: skip
def test_ports_of_a_machine_name_addresses(change: dict[str, Any], is_refused: bool) -> None:
    port = {"protocol": "tcp", "fromPort": 22, "toPort": 22, **change}
    assert ("FJ-EXP-101" in refused(PORTS, {"portInfos": [port]})) is is_refused


def vpc(name: str, value: object) -> dict[str, object]:
    return {"namespace": "aws:ec2:vpc", "name": name, "value": value}


@pytest.mark.parametrize(
    ("props", "is_refused"),
    [
        ({"settings": [vpc("ELBScheme", "internal")]}, False),
        ({"settings": [vpc("ELBScheme", "internal"), vpc("AssociatePublicIpAddress", "false")]}, False),
        ({"settings": [vpc("ELBScheme", "public")]}, True),
        ({"settings": [vpc("ELBScheme", "internal"), vpc("ELBScheme", "public")]}, True),
        ({"settings": [vpc("ELBScheme", "internal"), vpc("AssociatePublicIpAddress", "true")]}, True),
        ({"settings": [vpc("ELBScheme", UNKNOWN)]}, True),
        ({"settings": UNKNOWN}, True),
        ({}, True),
        ({"templateName": "t"}, False),
        ({"templateName": "t", "settings": [vpc("ELBScheme", "public")]}, True),
        ({"tier": "Worker"}, False),
    ],
)
def test_beanstalk_is_internal(props: dict[str, Any], is_refused: bool) -> None:
    assert ("FJ-EXP-125" in refused(BEANSTALK, props)) is is_refused
    if props.keys() == {"settings"}:
        assert ("FJ-EXP-125" in refused(TEMPLATE, props)) is is_refused


def definition(operation: dict[str, Any], **top: object) -> dict[str, Any]:
    return {"openapi": "3.0.1", "paths": {"/x": {"get": operation}}, **top}


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("body", "is_refused"),
    [
        (definition({"security": [{"jwt": []}]}), False),
        (definition({}, security=[{"jwt": []}]), False),
        (definition({"x-amazon-apigateway-auth": {"type": "aws_iam"}}), False),
        ({"openapi": "3.0.1", "paths": {"/x": {"options": {}, "parameters": [{}]}}}, False),
        (definition({}), True),
        (definition({"security": []}, security=[{"jwt": []}]), True),
        (definition({"security": [{"jwt": []}, {}]}), True),
        (definition({"x-amazon-apigateway-auth": {"type": "NONE"}}), True),
        ({"openapi": "3.0.1", "paths": {"/x": {"x-amazon-apigateway-any-method": {}}}}, True),
    ],
)
def test_definitions_of_apis_require_authorization(api: str, body: dict[str, Any], is_refused: bool) -> None:
    assert ("FJ-EXP-124" in refused(api, {"body": json.dumps(body)})) is is_refused


def test_definitions_in_yaml() -> None:
    for api in APIS:
        text = "openapi: 3.0.1\npaths:\n  /x:\n    get:\n      security:\n      - jwt: []\n"
        assert "FJ-EXP-124" not in reported(api, {"body": text})
        assert "FJ-EXP-124" in refused(api, {"body": text.replace("- jwt: []", "- {}")})
        assert "FJ-EXP-124" in refused(api, {"body": "a: &a [*a]"})
        assert "FJ-EXP-124" in refused(api, {"body": UNKNOWN})
        assert "FJ-EXP-124" not in reported(api, {})


def test_unknown_objects_are_not_passed() -> None:
    assert refused(GROUP, {"ruleCollections": [{"rules": [{"sourceAddresses": UNKNOWN, "translatedPort": "1"}]}]})
    assert refused(BEANSTALK, {"settings": UNKNOWN_OBJECT}) == {"FJ-EXP-125"}


PERIMETER = "azure-native:network:NetworkSecurityPerimeterAccessRule"
ANALYSIS = "azure-native:analysisservices:ServerDetails"


@pytest.mark.parametrize(
    ("token", "props", "is_refused"),
    [
        (PERIMETER, {"direction": "Inbound", "addressPrefixes": ["203.0.113.0/24"]}, False),
        (PERIMETER, {"direction": "Inbound", "subscriptions": [{"id": "/subscriptions/a"}]}, False),
        (PERIMETER, {"direction": "Outbound", "fullyQualifiedDomainNames": ["a.bank.ae"]}, False),
        (PERIMETER, {"direction": "Inbound", "addressPrefixes": [OPEN]}, True),
        (PERIMETER, {"addressPrefixes": ["0.0.0.0/1", "128.0.0.0/1"]}, True),
        (PERIMETER, {"direction": "Inbound", "addressPrefixes": UNKNOWN}, True),
        ("azure-native:sql:IPv6FirewallRule", {"startIPv6Address": "::", "endIPv6Address": "ffff::ffff"}, True),
        ("azure-native:sql:IPv6FirewallRule", {"startIPv6Address": UNKNOWN, "endIPv6Address": "2001:db8::1"}, True),
        ("azure-native:sql:IPv6FirewallRule", {"startIPv6Address": "2a01::1", "endIPv6Address": "2a01::9"}, False),
        (ANALYSIS, {"ipV4FirewallSettings": {"firewallRules": [
            {"rangeStart": "1.0.0.0", "rangeEnd": "223.255.255.255"}]}}, True),
        (ANALYSIS, {"ipV4FirewallSettings": {"firewallRules": [
            {"rangeStart": "203.0.113.1", "rangeEnd": "203.0.113.9"}]}}, False),
        (ANALYSIS, {"ipV4FirewallSettings": {"firewallRules": [
            {"rangeStart": "203.0.113.1", "rangeEnd": "203.0.113.9"},
            {"rangeStart": "2.0.0.0", "rangeEnd": "200.0.0.0"}]}}, True),
        (ANALYSIS, {}, False),
    ],
)  # fmt: skip
def test_other_firewalls_of_azure(token: str, props: dict[str, Any], is_refused: bool) -> None:
    assert ("FJ-EXP-101" in refused(token, props)) is is_refused
    assert all(has_path(token, key) for key in props)
