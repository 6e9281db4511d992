"""AWS networks among the networks of a company: transit gateways, peerings, DNS, addresses of pods."""

import json
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import CLUSTER, NETWORK
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

ROUTE, ATTACHMENT = "aws:ec2/route:Route", "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
HUB, OTHER = "tgw-0123456789abcdef0", "vpc-0123456789abcdef0"
GATEWAY = {"id": HUB, "routes": ["10.0.0.0/16", "172.16.0.0/12"]}
TABLES = ("inner", "nodes-1", "nodes-2")


def network(**changed: Any) -> Recording:
    return recorded(aws.Network, {**NETWORK, **changed})


def routes(recording: Recording, target: str) -> set[tuple[str, str]]:
    """Returns (route table, destination) of the routes with a kind of target."""
    return {
        (route.inputs["routeTableId"], route.inputs["destinationCidrBlock"])
        for route in recording.of(ROUTE)
        if target in route.inputs
    }


def table(label: str) -> str:
    return f"uae-{label}-routes-id"


def test_a_hub_is_reached_from_nodes_control_plane_and_endpoints() -> None:
    recording = network(transit_gateway=GATEWAY)
    attachment = recording.one(ATTACHMENT)
    assert (attachment.inputs["transitGatewayId"], attachment.inputs["vpcId"]) == (HUB, "uae-vpc-id")
    assert attachment.inputs["subnetIds"] == [f"uae-control-plane-{zone}-id" for zone in "ac"]
    assert attachment.inputs["applianceModeSupport"] == "disable"
    expected = {(table(label), block) for label in TABLES for block in GATEWAY["routes"]}
    assert routes(recording, "transitGatewayId") == expected
    for route in recording.of(ROUTE):
        assert ("transitGatewayId" in route.inputs) == (attachment.urn in route.depends_on)


def test_appliances_see_both_directions_in_one_zone() -> None:
    gateway = {**GATEWAY, "appliance_mode": True}
    assert network(transit_gateway=gateway).one(ATTACHMENT).inputs["applianceModeSupport"] == "enable"


def test_egress_through_the_firewall_of_a_hub() -> None:
    recording = network(egress="firewall", transit_gateway=GATEWAY)
    for kind in ("internetGateway:InternetGateway", "natGateway:NatGateway", "eip:Eip"):
        assert recording.of(f"aws:ec2/{kind}") == []
    out = {source for source, block in routes(recording, "transitGatewayId") if block == "0.0.0.0/0"}
    assert out == {table(label) for label in TABLES if label != "inner"}


def test_a_peering_has_routes_both_ways() -> None:
    peering = {"vpc_id": OTHER, "routes": ["10.9.0.0/16"], "route_table_ids": ["rtb-0123456789abcdef0"]}
    recording = network(peerings=[peering])
    connection = recording.one("aws:ec2/vpcPeeringConnection:VpcPeeringConnection").inputs
    assert (connection["vpcId"], connection["peerVpcId"], connection["autoAccept"]) == ("uae-vpc-id", OTHER, True)
    there = {(table(label), "10.9.0.0/16") for label in TABLES}
    back = recording.one(ROUTE, "uae-peering-1-back-1").inputs
    assert back["routeTableId"] == "rtb-0123456789abcdef0"
    assert routes(recording, "vpcPeeringConnectionId") == there | {(back["routeTableId"], back["destinationCidrBlock"])}


def test_names_of_a_hub_are_resolved() -> None:
    recording = network(resolver_rules=["rslvr-rr-0123456789abcdef0"], hosted_zones=["Z0123456789ABCDEFGHIJ"])
    rule = recording.one("aws:route53/resolverRuleAssociation:ResolverRuleAssociation").inputs
    zone = recording.one("aws:route53/zoneAssociation:ZoneAssociation").inputs
    assert (rule["resolverRuleId"], rule["vpcId"]) == ("rslvr-rr-0123456789abcdef0", "uae-vpc-id")
    assert (zone["zoneId"], zone["vpcId"]) == ("Z0123456789ABCDEFGHIJ", "uae-vpc-id")


def test_pods_get_addresses_of_their_own() -> None:
    recording = network(pods_cidr="100.64.0.0/16")
    block = recording.one("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation")
    assert block.inputs["cidrBlock"] == "100.64.0.0/16"
    pods = {
        subnet.name: subnet for subnet in recording.of("aws:ec2/subnet:Subnet") if subnet.name.startswith("uae-pods-")
    }
    blocks = [(subnet.inputs["cidrBlock"], subnet.inputs["availabilityZoneId"]) for subnet in pods.values()]
    assert blocks == [("100.64.0.0/18", "mec1-az1"), ("100.64.64.0/18", "mec1-az3")]
    assert all(block.urn in subnet.depends_on for subnet in pods.values())
    links = recording.of("aws:ec2/routeTableAssociation:RouteTableAssociation")
    tables = {link.inputs["subnetId"]: link.inputs["routeTableId"] for link in links}
    assert {tables[f"uae-pods-{zone}-id"] for zone in "ac"} == {table(label) for label in TABLES[1:]}
    admitted = recording.of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert "100.64.0.0/16" in {rule.inputs["cidrIpv4"] for rule in admitted}


def test_the_cni_puts_pods_into_the_subnets_of_their_zone() -> None:
    cluster = recorded(aws.Cluster, {**CLUSTER, "pod_subnet_ids": ["subnet-1", "subnet-2"]})
    addon = cluster.one("aws:eks/addon:Addon", "uae-vpc-cni").inputs
    values = json.loads(addon["configurationValues"])
    assert values["env"]["AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"] == "true"
    assert values["env"]["ENI_CONFIG_LABEL_DEF"] == "topology.k8s.aws/zone-id"
    assert values["env"]["ENABLE_PREFIX_DELEGATION"] == "true"
    assert values["enableNetworkPolicy"] == "true"
    assert values["eniConfig"] == {
        "create": True,
        "subnets": {
            "mec1-az1": {"id": "subnet-1", "securityGroups": ["sg-uae-eks"]},
            "mec1-az3": {"id": "subnet-2", "securityGroups": ["sg-uae-eks"]},
        },
    }


def test_pods_follow_the_chosen_zones() -> None:
    recording = network(pods_cidr="100.64.0.0/16", zone_ids=["mec1-az3", "mec1-az1"])
    first = recording.one("aws:ec2/subnet:Subnet", "uae-pods-c").inputs
    assert (first["cidrBlock"], first["availabilityZoneId"]) == ("100.64.0.0/18", "mec1-az3")
    pods = {"pod_subnet_ids": ["subnet-1", "subnet-2"], "zone_ids": ["mec1-az3", "mec1-az1"]}
    addon = recorded(aws.Cluster, {**CLUSTER, **pods}).one("aws:eks/addon:Addon", "uae-vpc-cni").inputs
    subnets = json.loads(addon["configurationValues"])["eniConfig"]["subnets"]
    assert {zone: subnet["id"] for zone, subnet in subnets.items()} == {"mec1-az3": "subnet-1", "mec1-az1": "subnet-2"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"transit_gateway": {"id": HUB, "routes": []}}, r"transit_gateway\.routes: "),
        ({"transit_gateway": {"id": "hub", "routes": ["10.0.0.0/8"]}}, r"transit_gateway\.id: .* the ID of a transit"),
        ({"transit_gateway": {"id": HUB, "routes": ["8.8.8.0/24"]}}, r"transit_gateway\.routes\.0: .* private block"),
        (
            {"transit_gateway": GATEWAY, "peerings": [{"vpc_id": OTHER, "routes": ["10.0.0.0/16"]}]},
            r"peerings\.0\.routes\.0: .* a block with one target",
        ),
        ({"pods_cidr": "10.64.0.0/16"}, r"pods_cidr: .* inside 100\.64\.0\.0/10"),
        ({"pods_cidr": "100.64.0.0/22"}, r"pods_cidr: .* /16 to /20"),
        ({"egress": "firewall"}, r"transit_gateway: required where network\.egress is firewall"),
    ],
)
def test_connections_that_cannot_be_made(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        network(**wrong)
