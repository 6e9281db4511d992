"""Private endpoints: the AWS services that a private cluster calls, without leaving the network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.network.endpoint_policies import own_buckets, own_principals, own_principals_and_tokens
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.tags import named


@dataclass(frozen=True)
class Service:
    """An AWS service behind an interface endpoint.

    `always`: made although a NAT gateway could reach the service. `policy`: who may use it, for an account's number.
    """

    name: str
    always: bool = False
    policy: Callable[[str], str] = own_principals


SERVICES = (
    # Keys, identities, images and logs stay inside; images are also most of the bytes that NAT would bill.
    Service("ecr.api", always=True),
    Service("ecr.dkr", always=True),
    Service("eks-auth", always=True),
    Service("kms", always=True),
    Service("logs", always=True),
    Service("sts", always=True, policy=own_principals_and_tokens),
    # An endpoint costs by the hour in each zone: these carry little, so they are made only where there is no other way.
    Service("autoscaling"),
    Service("ec2"),
    Service("ec2messages"),
    Service("eks"),
    Service("elasticloadbalancing"),
    Service("sqs"),
    Service("ssm"),
    Service("ssmmessages"),
)
"""What a private EKS needs: Karpenter's list for private clusters, EKS Blueprints' `fully-private-cluster`, and
`eks-auth` for Pod Identity."""


@dataclass(frozen=True)
class Doors:
    """Where endpoints are made, and for whom."""

    name: str
    region: str
    vpc: aws.ec2.Vpc
    subnets: Sequence[aws.ec2.Subnet]
    tables: Sequence[aws.ec2.RouteTable]
    tags: Mapping[str, str]
    parent: pulumi.Resource


def private_endpoints(
    at: Doors,
    egress: Egress,
    extra: Sequence[str] = (),
    trusted_accounts: pulumi.Input[Sequence[pulumi.Input[str]]] = (),
) -> aws.ec2.VpcEndpoint:
    """S3 through the route tables (free of charge), the other services through interfaces; returns the one for S3.

    `extra` are services that an optional part of the site calls, wherever it leaves.
    """
    account = account_id(at.parent)
    accounts = pulumi.Output.all(account, trusted_accounts)
    s3 = aws.ec2.VpcEndpoint(
        f"{at.name}-s3",
        vpc_id=at.vpc.id,
        vpc_endpoint_type="Gateway",
        service_name=f"com.amazonaws.{at.region}.s3",
        route_table_ids=[table.id for table in at.tables],
        policy=accounts.apply(lambda numbers: own_buckets(numbers[0], at.region, numbers[1])),
        tags=named(at.tags, f"{at.name}-s3"),
        opts=pulumi.ResourceOptions(parent=at.parent),
    )
    door = _door(at)
    for service in needed(egress, extra):
        _interface(at, service, door, account)
    return s3


def needed(egress: Egress, extra: Sequence[str]) -> list[Service]:
    """The services behind interface endpoints, each once."""
    usual = [service for service in SERVICES if service.always or egress is Egress.NONE or service.name in extra]
    known = {service.name for service in SERVICES}
    return usual + [Service(name) for name in dict.fromkeys(extra) if name not in known]


def _interface(
    at: Doors, service: Service, door: aws.ec2.SecurityGroup, account: pulumi.Output[str]
) -> aws.ec2.VpcEndpoint:
    name = f"{at.name}-{service.name}"
    return aws.ec2.VpcEndpoint(
        name,
        vpc_id=at.vpc.id,
        vpc_endpoint_type="Interface",
        service_name=f"com.amazonaws.{at.region}.{service.name}",
        subnet_ids=[subnet.id for subnet in at.subnets],
        security_group_ids=[door.id],
        private_dns_enabled=True,
        policy=account.apply(service.policy),
        tags=named(at.tags, name),
        opts=pulumi.ResourceOptions(parent=at.parent),
    )


def _door(at: Doors) -> aws.ec2.SecurityGroup:
    """Endpoints answer HTTPS from inside the network and call nobody."""
    child = pulumi.ResourceOptions(parent=at.parent)
    group = aws.ec2.SecurityGroup(
        f"{at.name}-endpoints",
        description="HTTPS from inside the network to private endpoints",
        vpc_id=at.vpc.id,
        tags=named(at.tags, f"{at.name}-endpoints"),
        opts=child,
    )
    aws.vpc.SecurityGroupIngressRule(
        f"{at.name}-endpoints-https",
        security_group_id=group.id,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        cidr_ipv4=at.vpc.cidr_block,
        description="HTTPS from inside the network",
        tags=dict(at.tags),
        opts=child,
    )
    return group
