"""Subnets of pods in a secondary block of a VPC."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network

import pulumi
import pulumi_aws as aws

from falaj.components.core.network.zones import zone_letter
from falaj.components.core.validation.tags import with_name_tag


def pod_subnets(
    name: str,
    region: str,
    vpc: aws.ec2.Vpc,
    block: IPv4Network,
    tables: Mapping[str, aws.ec2.RouteTable],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> list[aws.ec2.Subnet]:
    """Adds a block to the VPC, with a subnet for pods in each zone: a quarter of the block each. `tables` are the route
    tables of the nodes by zone ID."""
    child = pulumi.ResourceOptions(parent=parent)
    association = aws.ec2.VpcIpv4CidrBlockAssociation(f"{name}-block", vpc_id=vpc.id, cidr_block=str(block), opts=child)
    in_block = pulumi.ResourceOptions(parent=parent, depends_on=[association])
    subnets: list[aws.ec2.Subnet] = []
    for (zone, table), quarter in zip(tables.items(), _quarters(block), strict=False):
        label = f"{name}-{zone_letter(region, zone)}"
        subnet = aws.ec2.Subnet(
            label,
            vpc_id=vpc.id,
            cidr_block=str(quarter),
            availability_zone_id=zone,
            map_public_ip_on_launch=False,
            tags=with_name_tag(tags, label),
            opts=in_block,
        )
        aws.ec2.RouteTableAssociation(f"{label}-routes", route_table_id=table.id, subnet_id=subnet.id, opts=child)
        subnets.append(subnet)
    return subnets


def _quarters(block: IPv4Network) -> Sequence[IPv4Network]:
    return list(block.subnets(prefixlen_diff=2))
