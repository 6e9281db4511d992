"""Connections of a created VPC to other networks: transit gateway, peerings, and DNS."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.network.egress import ANYWHERE
from falaj.components.core.network.aws_network import AwsNetworkSpec, PeeringSpec, TransitGatewaySpec
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.tags import with_name_tag


@dataclass(frozen=True)
class Connected:
    """The VPC to connect. `attachment_subnets` are small subnets, one per zone. `tables` are the route tables by their
    label in names: those of the nodes, and `inner` of the control plane and the endpoints."""

    name: str
    vpc: aws.ec2.Vpc
    attachment_subnets: Sequence[aws.ec2.Subnet]
    tables: Mapping[str, aws.ec2.RouteTable]
    tags: Mapping[str, str]
    parent: pulumi.Resource


INNER = "inner"
"""Label of the route table of the control plane and the endpoints."""


def connect(network: Connected, spec: AwsNetworkSpec, egress: Egress) -> None:
    """Connects the VPC. With egress `firewall` the default route of the nodes leads to the transit gateway."""
    if spec.transit_gateway is not None:
        _attach(network, spec.transit_gateway, egress)
    for index, peering in enumerate(spec.peerings):
        _peer(network, f"{network.name}-peering-{index + 1}", peering)
    child = pulumi.ResourceOptions(parent=network.parent)
    for index, rule in enumerate(spec.resolver_rules):
        aws.route53.ResolverRuleAssociation(
            f"{network.name}-resolver-{index + 1}", resolver_rule_id=rule, vpc_id=network.vpc.id, opts=child
        )
    for index, zone in enumerate(spec.hosted_zones):
        aws.route53.ZoneAssociation(f"{network.name}-zone-{index + 1}", zone_id=zone, vpc_id=network.vpc.id, opts=child)


def _attach(network: Connected, spec: TransitGatewaySpec, egress: Egress) -> None:
    attachment = aws.ec2transitgateway.VpcAttachment(
        f"{network.name}-hub",
        transit_gateway_id=spec.id,
        vpc_id=network.vpc.id,
        subnet_ids=[subnet.id for subnet in network.attachment_subnets],
        appliance_mode_support="enable" if spec.appliance_mode else "disable",
        dns_support="enable",
        tags=with_name_tag(network.tags, f"{network.name}-hub"),
        opts=pulumi.ResourceOptions(parent=network.parent),
    )
    # After the attachment: EC2 refuses a route to a transit gateway that the VPC is not attached to.
    child = pulumi.ResourceOptions(parent=network.parent, depends_on=[attachment])
    for label, table in network.tables.items():
        blocks = [str(block) for block in spec.routes]
        if egress is Egress.FIREWALL and label != INNER:
            blocks.append(ANYWHERE)
        for block in blocks:
            aws.ec2.Route(
                f"{network.name}-hub-{label}-{_suffix(block)}",
                route_table_id=table.id,
                destination_cidr_block=block,
                transit_gateway_id=spec.id,
                opts=child,
            )


def _peer(network: Connected, name: str, spec: PeeringSpec) -> None:
    child = pulumi.ResourceOptions(parent=network.parent)
    peering = aws.ec2.VpcPeeringConnection(
        name,
        vpc_id=network.vpc.id,
        peer_vpc_id=spec.vpc_id,
        auto_accept=True,
        tags=with_name_tag(network.tags, name),
        opts=child,
    )
    for label, table in network.tables.items():
        for block in spec.routes:
            aws.ec2.Route(
                f"{name}-{label}-{_suffix(str(block))}",
                route_table_id=table.id,
                destination_cidr_block=str(block),
                vpc_peering_connection_id=peering.id,
                opts=child,
            )
    for index, back in enumerate(spec.route_table_ids):
        aws.ec2.Route(
            f"{name}-back-{index + 1}",
            route_table_id=back,
            destination_cidr_block=network.vpc.cidr_block,
            vpc_peering_connection_id=peering.id,
            opts=child,
        )


def _suffix(block: str) -> str:
    return "out" if block == ANYWHERE else block.replace("/", "-")
