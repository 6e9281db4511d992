"""Connections between VPCs: transit gateways, peerings, secondary blocks, associations of DNS."""

from __future__ import annotations

from ipaddress import IPv4Network

from falaj.sandbox.clouds.spec import Operation, ResourceType
from falaj.sandbox.clouds.values import get_all, get_str

ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"
BLOCK = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
_SUBNET = "aws:ec2/subnet:Subnet"
_PRIVATE = tuple(IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))


def route_target_attached(op: Operation) -> str | None:
    """Checks that a route to a transit gateway is in a VPC that is attached to it (EC2 API, CreateRoute; the error is
    in hashicorp/terraform-provider-aws issues on missing attachments, read 2026-11-26)."""
    gateway = get_str(op.inputs, "transitGatewayId")
    table = op.state.by_handle(get_str(op.inputs, "routeTableId"))
    if not gateway or table is None:
        return None
    attached = {
        get_str(item.inputs, "vpcId")
        for item in op.state.find(ATTACHMENT)
        if get_str(item.inputs, "transitGatewayId") == gateway
    }
    if get_str(table.inputs, "vpcId") in attached:
        return None
    return f"InvalidTransitGatewayID.NotFound: The transitGateway ID '{gateway}' does not exist."


def one_subnet_per_zone(op: Operation) -> str | None:
    """Checks that an attachment has at most one subnet per zone, and that the VPC has one attachment per gateway."""
    subnets = [op.state.by_handle(str(id_)) for id_ in get_all(op.inputs, "subnetIds[*]")]
    zones = [get_str(subnet.outputs, "availabilityZone") for subnet in subnets if subnet]
    if len(set(zones)) != len(zones):
        return "DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ"
    gateway, vpc = get_str(op.inputs, "transitGatewayId"), get_str(op.inputs, "vpcId")
    for other in op.state.find(ATTACHMENT) if op.existing is None else []:
        if (get_str(other.inputs, "transitGatewayId"), get_str(other.inputs, "vpcId")) == (gateway, vpc):
            return f"DuplicateTransitGatewayAttachment: {gateway} has non-deleted Transit Gateway Attachments for {vpc}"
    return None


def no_overlap(op: Operation) -> str | None:
    """Checks that the blocks of two peered VPCs of this account do not overlap."""
    vpcs = [op.state.by_handle(get_str(op.inputs, name)) for name in ("vpcId", "peerVpcId")]
    blocks = [IPv4Network(get_str(vpc.outputs, "cidrBlock")) for vpc in vpcs if vpc]
    if len(blocks) == 2 and blocks[0].overlaps(blocks[1]):
        return "OverlappingCidrs: The VPC peering connection has overlapping CIDR blocks"
    return None


def secondary_range(op: Operation) -> str | None:
    """Checks a secondary block: /16 to /28, no overlap, and from the private range of the VPC or the shared address
    space (VPC User Guide, IPv4 CIDR block association restrictions, read 2026-11-26)."""
    text = get_str(op.inputs, "cidrBlock")
    block, vpc = IPv4Network(text), op.state.by_handle(get_str(op.inputs, "vpcId"))
    if not 16 <= block.prefixlen <= 28:
        return f"InvalidVpc.Range: The CIDR '{text}' is invalid."
    primary = IPv4Network(get_str(vpc.outputs, "cidrBlock")) if vpc else None
    if primary is None:
        return None
    foreign = [private for private in _PRIVATE if not primary.subnet_of(private)]
    if block.overlaps(primary):
        return f"InvalidVpc.Range: The CIDR '{text}' conflicts with another CIDR of the VPC"
    if primary.is_private and any(block.subnet_of(private) for private in foreign):
        return f"InvalidVpc.Range: The CIDR '{text}' is restricted. Use a CIDR from the same private address range"
    return None


RESOURCE_TYPES = (
    ResourceType(
        ATTACHMENT,
        id="tgw-attach-{hex17}",
        outputs={
            "arn": "arn:aws:ec2:{region}:{account}:transit-gateway-attachment/{id}",
            "applianceModeSupport": "disable",
            "dnsSupport": "enable",
            "ipv6Support": "disable",
            "vpcOwnerId": "{account}",
        },
        replace_on_changes=("transitGatewayId", "vpcId", "region"),
        write_rules=(one_subnet_per_zone,),
    ),
    ResourceType(
        PEERING,
        id="pcx-{hex17}",
        outputs={"acceptStatus": "active"},
        replace_on_changes=("vpcId", "peerVpcId", "peerOwnerId", "peerRegion", "region"),
        write_rules=(no_overlap,),
    ),
    ResourceType(
        BLOCK,
        id="vpc-cidr-assoc-{hex17}",
        replace_on_changes=("vpcId", "cidrBlock", "region"),
        write_rules=(secondary_range,),
    ),
    ResourceType(
        "aws:route53/resolverRuleAssociation:ResolverRuleAssociation",
        id="rslvr-rrassoc-{hex17}",
        replace_on_changes=("resolverRuleId", "vpcId", "region"),
    ),
    ResourceType(
        "aws:route53/zoneAssociation:ZoneAssociation",
        id="{zoneId}:{vpcId}",
        outputs={"owningAccount": "{account}", "vpcRegion": "me-central-1"},
        replace_on_changes=("zoneId", "vpcId", "vpcRegion"),
    ),
)
