"""Adoption of an existing VPC: what it lacks is reported in the preview, all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.network.endpoints import EndpointContext, gateway_endpoint, interface_endpoints
from falaj.components.aws.network.parts import NetworkParts
from falaj.components.core.network.aws_network import POD_RANGE, ExistingNetworkSpec
from falaj.components.core.network.existing_checks import (
    FoundNetwork,
    FoundSubnet,
    FoundVpc,
    Needs,
    existing_problems,
)
from falaj.components.core.validation.args import BadArguments, Input
from falaj.components.core.validation.enums import Egress, Endpoints
from falaj.components.core.validation.problems import below


@dataclass(frozen=True)
class NetworkContext:
    """Name, region, tags and parent of what is created in the VPC."""

    name: str
    region: str
    tags: Mapping[str, str]
    parent: pulumi.Resource


@dataclass(frozen=True)
class Adoption:
    """What the site needs in the VPC, and the private endpoints that it may create."""

    needs: Needs
    egress: Egress
    endpoints: Endpoints
    services: Sequence[str]
    trusted_accounts: pulumi.Input[Sequence[pulumi.Input[str]]]


def adopt(context: NetworkContext, existing: ExistingNetworkSpec, adoption: Adoption) -> NetworkParts:
    """Returns the IDs of an existing VPC, all of them known once the VPC has what the site needs."""
    vpc_id = _checked_vpc(context, existing, adoption.needs)

    def after_check(ids: Sequence[Input[str]]) -> pulumi.Output[Sequence[str]]:
        return pulumi.Output.all(vpc_id, *ids).apply(lambda known: known[1:])

    block = str(adoption.needs.block)
    endpoints = EndpointContext(
        context.name,
        context.region,
        vpc_id,
        {"": block} | ({"-pods": str(POD_RANGE)} if existing.pod_subnet_ids else {}),
        existing.endpoint_subnet_ids,
        existing.route_table_ids,
        context.tags,
        context.parent,
    )
    if existing.endpoint_subnet_ids:
        interface_endpoints(endpoints, adoption.egress, adoption.endpoints, adoption.services)
    if existing.s3_endpoint_id is None:
        created = gateway_endpoint(endpoints, adoption.trusted_accounts)
        s3_endpoint_id, s3_cidrs = created.id, created.cidr_blocks
    else:
        found = _s3_endpoint(existing.s3_endpoint_id, vpc_id, context)
        s3_endpoint_id, s3_cidrs = found.id, found.cidr_blocks
    return NetworkParts(
        network_id=vpc_id,
        node_subnet_ids=after_check(existing.node_subnet_ids),
        control_plane_subnet_ids=after_check(existing.control_plane_subnet_ids),
        endpoint_subnet_ids=after_check(existing.endpoint_subnet_ids),
        endpoint_cidrs=_endpoint_blocks(context, existing, block),
        pod_subnet_ids=after_check(existing.pod_subnet_ids),
        s3_endpoint_id=s3_endpoint_id,
        s3_cidrs=s3_cidrs,
        nat_addresses=pulumi.Output.from_input([]),
        cidr=vpc_id.apply(lambda _: block),
    )


def _checked_vpc(context: NetworkContext, existing: ExistingNetworkSpec, needs: Needs) -> pulumi.Output[str]:
    """Returns the ID of the VPC. Raises `BadArguments` in the preview, with everything that it lacks."""
    vpc = aws.ec2.get_vpc_output(
        id=existing.vpc_id, region=context.region, opts=pulumi.InvokeOptions(parent=context.parent)
    ).apply(_vpc)
    nodes, control_plane, endpoints, pods = (
        pulumi.Output.all(*(_subnet(subnet, context) for subnet in ids)).apply(list)
        for ids in (
            existing.node_subnet_ids,
            existing.control_plane_subnet_ids,
            existing.endpoint_subnet_ids,
            existing.pod_subnet_ids,
        )
    )

    def checked(found: FoundNetwork) -> str:
        problems = tuple(below("existing", existing_problems(found, needs)))
        if problems:
            raise BadArguments(context.name, problems)
        return found.vpc_id

    described = pulumi.Output.all(existing.vpc_id, vpc, nodes, control_plane, endpoints, pods)
    return described.apply(lambda parts: checked(FoundNetwork(*parts)))


def _endpoint_blocks(
    context: NetworkContext, existing: ExistingNetworkSpec, block: str
) -> pulumi.Output[Sequence[str]]:
    """Returns the blocks of the subnets of the site's private endpoints. Those of the VPC's owner may lie anywhere."""
    if not existing.endpoint_subnet_ids:
        return pulumi.Output.from_input([block])
    found = pulumi.Output.all(*(_subnet(subnet, context) for subnet in existing.endpoint_subnet_ids))
    return found.apply(lambda subnets: [subnet.block for subnet in subnets])


def _s3_endpoint(
    endpoint_id: Input[str], vpc_id: pulumi.Output[str], context: NetworkContext
) -> pulumi.Output[aws.ec2.GetVpcEndpointResult]:
    """Returns the gateway endpoint for S3. The lookup fails for an endpoint of another VPC or another service."""
    return aws.ec2.get_vpc_endpoint_output(
        id=endpoint_id,
        vpc_id=vpc_id,
        service_name=f"com.amazonaws.{context.region}.s3",
        region=context.region,
        opts=pulumi.InvokeOptions(parent=context.parent),
    )


def _vpc(found: aws.ec2.GetVpcResult) -> FoundVpc:
    blocks = [found.cidr_block, *(association.cidr_block for association in found.cidr_block_associations)]
    return FoundVpc(tuple(dict.fromkeys(blocks)), found.enable_dns_support, found.enable_dns_hostnames)


def _subnet(subnet_id: Input[str], context: NetworkContext) -> pulumi.Output[FoundSubnet]:
    described = aws.ec2.get_subnet_output(
        id=subnet_id, region=context.region, opts=pulumi.InvokeOptions(parent=context.parent)
    )
    return described.apply(
        lambda subnet: FoundSubnet(
            subnet.vpc_id,
            subnet.availability_zone_id,
            subnet.cidr_block,
            subnet.map_public_ip_on_launch,
            subnet.tags,
        )
    )
