"""VPC endpoints: AWS services that a private cluster calls without leaving the network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.network.endpoint_policies import own_buckets, own_principals, own_principals_and_tokens
from falaj.components.core.validation.enums import Egress, Endpoints
from falaj.components.core.validation.tags import with_name_tag


@dataclass(frozen=True)
class Service:
    """An AWS service with an interface endpoint.

    `always`: the endpoint is created even if a NAT gateway reaches the service. `policy` returns the endpoint policy
    for an account ID.
    """

    name: str
    always: bool = False
    policy: Callable[[str], str] = own_principals


SERVICES = (
    # Keys, credentials, images and logs stay in the network. Images are also most of the traffic that NAT would bill.
    Service("ecr.api", always=True),
    Service("ecr.dkr", always=True),
    Service("eks-auth", always=True),
    Service("kms", always=True),
    Service("logs", always=True),
    Service("sts", always=True, policy=own_principals_and_tokens),
    # An endpoint is billed per hour and zone. These carry little traffic, so they are created only without egress.
    Service("autoscaling"),
    Service("ec2"),
    Service("ec2messages"),
    Service("eks"),
    Service("elasticloadbalancing"),
    Service("sqs"),
    Service("ssm"),
    Service("ssmmessages"),
)
"""Services that a private EKS cluster needs: Karpenter's list, EKS Blueprints' `fully-private-cluster`, and `eks-auth`
for Pod Identity."""


@dataclass(frozen=True)
class EndpointContext:
    """Network, subnets, route tables, tags and parent of the endpoints. `blocks` maps the suffix of a rule's name to a
    CIDR block of the network."""

    name: str
    region: str
    vpc_id: pulumi.Input[str]
    blocks: Mapping[str, pulumi.Input[str]]
    subnet_ids: Sequence[pulumi.Input[str]]
    table_ids: Sequence[pulumi.Input[str]]
    tags: Mapping[str, str]
    parent: pulumi.Resource


def gateway_endpoint(
    context: EndpointContext, trusted_accounts: pulumi.Input[Sequence[pulumi.Input[str]]] = ()
) -> aws.ec2.VpcEndpoint:
    """Creates the gateway endpoint for S3, which is free of charge."""
    account = account_id(context.parent)
    all_accounts = pulumi.Output.all(account, trusted_accounts)
    return aws.ec2.VpcEndpoint(
        f"{context.name}-s3",
        vpc_id=context.vpc_id,
        vpc_endpoint_type="Gateway",
        service_name=f"com.amazonaws.{context.region}.s3",
        route_table_ids=list(context.table_ids),
        policy=all_accounts.apply(lambda account_ids: own_buckets(account_ids[0], context.region, account_ids[1])),
        tags=with_name_tag(context.tags, f"{context.name}-s3"),
        opts=pulumi.ResourceOptions(parent=context.parent),
    )


def interface_endpoints(
    context: EndpointContext, egress: Egress, endpoints: Endpoints = Endpoints.FULL, extra: Sequence[str] = ()
) -> None:
    """Creates the interface endpoints of the other services. `extra` lists services that optional components call: each
    gets an endpoint, whatever `egress` and `endpoints` are."""
    account = account_id(context.parent)
    security_group = _security_group(context)
    services = required_services(egress, extra) if endpoints is Endpoints.FULL else extra_services(extra)
    for service in services:
        _interface(context, service, security_group, account)


def extra_services(extra: Sequence[str]) -> list[Service]:
    """Returns the services that get an interface endpoint if only the named ones do."""
    standard = {service.name: service for service in SERVICES}
    return [standard.get(name) or Service(name) for name in dict.fromkeys(extra)]


def required_services(egress: Egress, extra: Sequence[str]) -> list[Service]:
    """Returns the services that get an interface endpoint, without duplicates."""
    standard = [service for service in SERVICES if service.always or egress is Egress.NONE or service.name in extra]
    standard_names = {service.name for service in SERVICES}
    return standard + [Service(name) for name in dict.fromkeys(extra) if name not in standard_names]


def _interface(
    context: EndpointContext, service: Service, security_group: aws.ec2.SecurityGroup, account: pulumi.Output[str]
) -> aws.ec2.VpcEndpoint:
    name = f"{context.name}-{service.name}"
    return aws.ec2.VpcEndpoint(
        name,
        vpc_id=context.vpc_id,
        vpc_endpoint_type="Interface",
        service_name=f"com.amazonaws.{context.region}.{service.name}",
        subnet_ids=list(context.subnet_ids),
        security_group_ids=[security_group.id],
        private_dns_enabled=True,
        policy=account.apply(service.policy),
        tags=with_name_tag(context.tags, name),
        opts=pulumi.ResourceOptions(parent=context.parent),
    )


def _security_group(context: EndpointContext) -> aws.ec2.SecurityGroup:
    """Creates a security group that allows HTTPS from the network, and no outbound traffic."""
    child = pulumi.ResourceOptions(parent=context.parent)
    group = aws.ec2.SecurityGroup(
        f"{context.name}-endpoints",
        description="HTTPS from inside the network to private endpoints",
        vpc_id=context.vpc_id,
        tags=with_name_tag(context.tags, f"{context.name}-endpoints"),
        opts=child,
    )
    for suffix, block in context.blocks.items():
        aws.vpc.SecurityGroupIngressRule(
            f"{context.name}-endpoints-https{suffix}",
            security_group_id=group.id,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            cidr_ipv4=block,
            description="HTTPS from inside the network",
            tags=dict(context.tags),
            opts=child,
        )
    return group
