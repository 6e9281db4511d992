"""Route tables: NAT egress for nodes, no egress for the control plane and the endpoints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.core.validation.tags import with_name_tag

ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True)
class Routes:
    """Private route tables, and the public IP address of each NAT gateway, which is the source of the nodes'
    traffic."""

    tables: list[aws.ec2.RouteTable]
    addresses: list[pulumi.Output[str]]


@dataclass(frozen=True)
class PublicSubnets:
    """Subnets with a route to the internet gateway, and the number of them that have a NAT gateway."""

    subnets: Sequence[aws.ec2.Subnet]
    nat_gateways: int


def private_routes(
    name: str,
    vpc: aws.ec2.Vpc,
    nodes: Sequence[aws.ec2.Subnet],
    isolated: Sequence[aws.ec2.Subnet],
    public: PublicSubnets,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> Routes:
    """Creates the route tables of a network, and a NAT gateway in each of the first `public` subnets.

    Nodes use the NAT gateway of their zone, or the only one. `isolated` subnets share a route table without egress.
    Without `public` subnets there is no internet gateway and no route that leaves the network.
    """
    gateways = _nat_gateways(name, vpc, public, tags, parent)
    tables = [_table(f"{name}-inner", vpc, isolated, tags, parent)]
    for index, subnet in enumerate(nodes):
        table_name = f"{name}-nodes-{index + 1}"
        table = _table(table_name, vpc, [subnet], tags, parent)
        tables.append(table)
        if gateways:
            aws.ec2.Route(
                f"{table_name}-out",
                route_table_id=table.id,
                destination_cidr_block=ANYWHERE,
                nat_gateway_id=gateways[min(index, len(gateways) - 1)].id,
                opts=pulumi.ResourceOptions(parent=parent),
            )
    return Routes(tables, [gateway.public_ip for gateway in gateways])


def _nat_gateways(
    name: str,
    vpc: aws.ec2.Vpc,
    public: PublicSubnets,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> list[aws.ec2.NatGateway]:
    if not public.subnets:
        return []
    child = pulumi.ResourceOptions(parent=parent)
    internet_gateway = aws.ec2.InternetGateway(
        f"{name}-internet", vpc_id=vpc.id, tags=with_name_tag(tags, name), opts=child
    )
    table = _table(f"{name}-public", vpc, public.subnets, tags, parent)
    internet_route = aws.ec2.Route(
        f"{name}-public-out",
        route_table_id=table.id,
        destination_cidr_block=ANYWHERE,
        gateway_id=internet_gateway.id,
        opts=child,
    )
    return [
        _nat_gateway(f"{name}-nat-{index + 1}", subnet, internet_route, tags, parent)
        for index, subnet in enumerate(public.subnets[: public.nat_gateways])
    ]


def _nat_gateway(
    name: str, subnet: aws.ec2.Subnet, internet_route: aws.ec2.Route, tags: Mapping[str, str], parent: pulumi.Resource
) -> aws.ec2.NatGateway:
    # After the route: AWS refuses an Elastic IP or a NAT gateway before the VPC has an internet gateway.
    child = pulumi.ResourceOptions(parent=parent, depends_on=[internet_route])
    address = aws.ec2.Eip(f"{name}-address", domain="vpc", tags=with_name_tag(tags, name), opts=child)
    return aws.ec2.NatGateway(
        name, subnet_id=subnet.id, allocation_id=address.allocation_id, tags=with_name_tag(tags, name), opts=child
    )


def _table(
    name: str,
    vpc: aws.ec2.Vpc,
    subnets: Sequence[aws.ec2.Subnet],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> aws.ec2.RouteTable:
    child = pulumi.ResourceOptions(parent=parent)
    table = aws.ec2.RouteTable(f"{name}-routes", vpc_id=vpc.id, tags=with_name_tag(tags, name), opts=child)
    for index, subnet in enumerate(subnets):
        aws.ec2.RouteTableAssociation(
            f"{name}-routes-{index + 1}", route_table_id=table.id, subnet_id=subnet.id, opts=child
        )
    return table
