"""Connections between VPCs that the emulated AWS rejects and accepts, and lookups of networks that exist."""

from pathlib import Path

import pytest
import yaml

from falaj.sandbox.clouds.values import Json
from falaj.sandbox.existing_networks import declare_existing_networks
from tests.unit.clouds.aws_site import ROUTE, SUBNET, TABLE, VPC, Site
from tests.unit.clouds.driver import Driver, refused

ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"
BLOCK = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
HUB = "tgw-0123456789abcdef0"
GET_VPC, GET_SUBNET, GET_ENDPOINT = (f"aws:ec2/get{kind}:get{kind}" for kind in ("Vpc", "Subnet", "VpcEndpoint"))


@pytest.fixture
def site(aws: Driver) -> Site:
    """A VPC with two subnets in two zones."""
    return Site(aws)


def attach(site: Site, *subnets: str) -> None:
    site.aws.create(ATTACHMENT, "hub", transitGatewayId=HUB, vpcId=site.vpc.id, subnetIds=list(subnets))


def test_a_route_to_a_transit_gateway_needs_the_attachment(site: Site) -> None:
    table = site.aws.create(TABLE, "t", vpcId=site.vpc.id)
    route: dict[str, Json] = {
        "routeTableId": table.id,
        "destinationCidrBlock": "10.9.0.0/16",
        "transitGatewayId": HUB,
    }
    assert "InvalidTransitGatewayID.NotFound" in refused(lambda: site.aws.create(ROUTE, "r", **route))
    attach(site, *(subnet.id for subnet in site.subnets))
    site.aws.create(ROUTE, "r", **route)


def test_an_attachment_has_one_subnet_per_zone_and_a_vpc_one_attachment(site: Site) -> None:
    same_zone = site.subnet("10.0.9.0/24")
    assert "DuplicateSubnetsInSameZone" in refused(lambda: attach(site, site.subnets[0].id, same_zone.id))
    attach(site, site.subnets[0].id)
    assert "DuplicateTransitGatewayAttachment" in refused(lambda: attach(site, site.subnets[1].id))


def test_peered_vpcs_do_not_overlap(site: Site) -> None:
    for block, allowed in (("10.0.0.0/20", False), ("10.9.0.0/16", True)):
        other = site.aws.create(VPC, block, cidrBlock=block)
        inputs = {"vpcId": site.vpc.id, "peerVpcId": other.id, "autoAccept": True}
        if allowed:
            site.aws.create(PEERING, block, **inputs)
        else:
            assert "OverlappingCidrs" in refused(lambda inputs=inputs: site.aws.create(PEERING, "p", **inputs))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("100.64.0.0/15", "is invalid"),
        ("10.0.128.0/20", "conflicts with another CIDR"),
        ("192.168.0.0/20", "is restricted"),
        ("100.64.0.0/16", None),
    ],
)
def test_secondary_blocks(site: Site, block: str, message: str | None) -> None:
    def add() -> None:
        site.aws.create(BLOCK, "pods", vpcId=site.vpc.id, cidrBlock=block)

    if message:
        assert message in refused(add)
        return
    assert "InvalidSubnet.Range" in refused(lambda: site.subnet("100.64.0.0/18"))
    add()
    site.subnet("100.64.0.0/18")


def test_lookups_say_what_exists(site: Site) -> None:
    site.aws.create(BLOCK, "pods", vpcId=site.vpc.id, cidrBlock="100.64.0.0/16")
    vpc = site.aws.invoke(GET_VPC, id=site.vpc.id)
    associations = vpc["cidrBlockAssociations"]
    assert isinstance(associations, list)
    assert [entry["cidrBlock"] for entry in associations if isinstance(entry, dict)] == [
        "10.0.0.0/16", "100.64.0.0/16",
    ]  # fmt: skip
    assert (vpc["enableDnsSupport"], vpc["enableDnsHostnames"]) == (True, False)
    subnet = site.aws.invoke(GET_SUBNET, id=site.subnets[1].id)
    assert (subnet["availabilityZone"], subnet["vpcId"]) == ("me-central-1c", site.vpc.id)
    assert subnet["availableIpAddressCount"] == 251
    assert subnet["tags"] == {"project": "falaj"}


@pytest.mark.parametrize(("token", "id_"), [(GET_VPC, "vpc-00000000"), (GET_SUBNET, "subnet-00000000")])
def test_what_does_not_exist_is_not_found(aws: Driver, token: str, id_: str) -> None:
    assert "no matching EC2" in refused(lambda: aws.invoke(token, id=id_))


EXISTING = {
    "vpc_id": "vpc-0a1b2c3d4e5f60718",
    "node_subnet_ids": ["subnet-0000000a", "subnet-0000000b"],
    "control_plane_subnet_ids": ["subnet-0000001a", "subnet-0000001b"],
    "route_table_ids": ["rtb-0000000a"],
    "s3_endpoint_id": "vpce-0000000a",
}


@pytest.mark.parametrize("region", ["me-central-1", "${falaj:region}"])
def test_the_sandbox_has_the_networks_that_a_stack_expects(aws: Driver, tmp_path: Path, region: str) -> None:
    site = {
        "cloud": "aws",
        "region": region,
        "network": {"cidr": "10.40.0.0/16", "zones": 2},
        "aws": {"network": {"existing": EXISTING}},
    }
    file = tmp_path / "Pulumi.uae.yaml"
    platform = {"sites": {"uae": site, "other": {"cloud": "aws"}}}
    file.write_text(yaml.safe_dump({"config": {"falaj:platform": platform, "falaj:region": "me-central-1"}}))
    for _ in range(2):
        declare_existing_networks(file, aws.cloud.inventory.path)
    assert len(aws.everything()) == 7
    assert aws.invoke(GET_VPC, id=EXISTING["vpc_id"])["enableDnsHostnames"] is True
    zones = [aws.invoke(GET_SUBNET, id=subnet)["availabilityZoneId"] for subnet in EXISTING["node_subnet_ids"]]
    assert zones == ["mec1-az1", "mec1-az3"]
    service = "com.amazonaws.me-central-1.s3"
    found = aws.invoke(GET_ENDPOINT, id="vpce-0000000a", vpcId=EXISTING["vpc_id"], serviceName=service)
    assert found["cidrBlocks"] == ["3.28.0.0/24"]
    assert "no matching" in refused(lambda: aws.invoke(GET_ENDPOINT, id="vpce-0000000a", vpcId="vpc-00000000"))
    inside = {"vpcId": EXISTING["vpc_id"], "cidrBlock": "10.40.0.0/24", "availabilityZone": "me-central-1a"}
    assert "InvalidSubnet.Conflict" in refused(lambda: aws.create(SUBNET, "s", **inside))


@pytest.mark.parametrize("text", ["{}", "config: {}", "config: {'falaj:platform': {sites: [1]}}", "config: {a: b}"])
def test_other_stack_files_declare_nothing(aws: Driver, tmp_path: Path, text: str) -> None:
    file = tmp_path / "Pulumi.uae.yaml"
    file.write_text(text)
    declare_existing_networks(file, aws.cloud.inventory.path)
    assert aws.everything() == []
