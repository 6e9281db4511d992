"""Private endpoints: the AWS services that a private cluster calls, without leaving the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.core.tags import named
from components.core.words import Egress


@dataclass(frozen=True)
class Service:
    """An AWS service behind an interface endpoint. `always`: made although a NAT gateway could reach the service."""

    name: str
    always: bool


SERVICES = (
    # Keys, identities, images and logs stay inside; images are also most of the bytes that NAT would bill.
    Service("ecr.api", True),
    Service("ecr.dkr", True),
    Service("eks-auth", True),
    Service("kms", True),
    Service("logs", True),
    Service("sts", True),
    # An endpoint costs by the hour in each zone: these carry little, so they are made only where there is no other way.
    Service("autoscaling", False),
    Service("ec2", False),
    Service("ec2messages", False),
    Service("eks", False),
    Service("elasticloadbalancing", False),
    Service("sqs", False),
    Service("ssm", False),
    Service("ssmmessages", False),
)
"""What a private EKS needs: Karpenter's list for private clusters, EKS Blueprints' `fully-private-cluster`, and
`eks-auth` for Pod Identity."""


def private_endpoints(
    name: str,
    region: str,
    vpc: aws.ec2.Vpc,
    subnets: Sequence[aws.ec2.Subnet],
    tables: Sequence[aws.ec2.RouteTable],
    egress: Egress,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> None:
    """S3 through the route tables (free of charge), the other services through interfaces in `subnets`."""
    child = pulumi.ResourceOptions(parent=parent)
    aws.ec2.VpcEndpoint(
        f"{name}-s3",
        vpc_id=vpc.id,
        vpc_endpoint_type="Gateway",
        service_name=f"com.amazonaws.{region}.s3",
        route_table_ids=[table.id for table in tables],
        tags=named(tags, f"{name}-s3"),
        opts=child,
    )
    door = _door(name, vpc, tags, child)
    for service in SERVICES:
        if service.always or egress is Egress.NONE:
            _interface(f"{name}-{service.name}", service, region, vpc, subnets, door, tags, child)


def _interface(
    name: str,
    service: Service,
    region: str,
    vpc: aws.ec2.Vpc,
    subnets: Sequence[aws.ec2.Subnet],
    door: aws.ec2.SecurityGroup,
    tags: Mapping[str, str],
    child: pulumi.ResourceOptions,
) -> None:
    aws.ec2.VpcEndpoint(
        name,
        vpc_id=vpc.id,
        vpc_endpoint_type="Interface",
        service_name=f"com.amazonaws.{region}.{service.name}",
        subnet_ids=[subnet.id for subnet in subnets],
        security_group_ids=[door.id],
        private_dns_enabled=True,
        tags=named(tags, name),
        opts=child,
    )


def _door(name: str, vpc: aws.ec2.Vpc, tags: Mapping[str, str], child: pulumi.ResourceOptions) -> aws.ec2.SecurityGroup:
    """Endpoints answer HTTPS from inside the network and call nobody."""
    group = aws.ec2.SecurityGroup(
        f"{name}-endpoints",
        description="HTTPS from inside the network to private endpoints",
        vpc_id=vpc.id,
        tags=named(tags, f"{name}-endpoints"),
        opts=child,
    )
    aws.vpc.SecurityGroupIngressRule(
        f"{name}-endpoints-https",
        security_group_id=group.id,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        cidr_ipv4=vpc.cidr_block,
        description="HTTPS from inside the network",
        tags=dict(tags),
        opts=child,
    )
    return group
