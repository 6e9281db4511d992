"""Network of a site on AWS: a VPC with private subnets, egress, VPC endpoints and flow logs."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Annotated, Any, Self

import pulumi
import pulumi_aws as aws
from pydantic import AfterValidator, Field, model_validator

from falaj.components.aws.identity.log_retention import RetentionDays
from falaj.components.aws.network.egress import private_routes
from falaj.components.aws.network.endpoints import EndpointContext, private_endpoints
from falaj.components.aws.network.flow_logs import flow_log
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.network.blocks import SiteBlock
from falaj.components.core.network.cidr import layout
from falaj.components.core.network.flow_logs import FlowLogSeconds
from falaj.components.core.network.zones import site_zones, with_zone_count, zone_letter, zones_problems
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, default
from falaj.components.core.validation.enums import Egress, Endpoints
from falaj.components.core.validation.problems import refusal, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.components.core.validation.text_forms import TextForm

CONTROL_PLANE_ZONES = 2
"""Minimum number of availability zones for the control-plane subnets (EKS User Guide, VPC requirements)."""


ServiceName = Annotated[
    str, TextForm(r"^[a-z0-9][a-z0-9.-]*$", "the endpoint name of an AWS service", "elasticfilesystem")
]
AccountNumber = Annotated[str, TextForm(r"^\d{12}$", "the 12 digits of an AWS account", "111122223333")]


def _check_egress(egress: Egress) -> Egress:
    if egress is Egress.FIREWALL:
        raise refusal("none, nat-single or nat-per-zone on AWS", "choose one of these")
    return egress


AwsEgress = Annotated[Egress, AfterValidator(_check_egress)]
"""Egress of a network on AWS: all kinds but `firewall`."""


class NetworkArgs(Args):
    """Network of a site."""

    region: AwsRegion
    """AWS region in the UAE, such as `me-central-1`."""
    cidr: Accepts[SiteBlock, SiteBlock | str]
    """IPv4 CIDR block of the network, /16 to /20."""
    zones: int = Field(ge=1, le=3)
    """Number of availability zones with node subnets, 1 to 3, of those that are not lost."""
    zone_ids: Sequence[str] = ()
    """IDs of these zones, such as `mec1-az1`. Default: zones that are not lost, the least impaired first."""
    egress: Accepts[AwsEgress, AwsEgress | str] = default(Egress.NAT_SINGLE)
    """How nodes reach the internet: `none`, `nat-single` (default) or `nat-per-zone`. `firewall` is not available on
    AWS."""
    endpoints: Choice[Endpoints] = default(Endpoints.FULL)
    """Private endpoints: `full` (default), or `minimal`, only that for S3 and for `services`. With egress `none`,
    `full` is required."""
    flow_log_seconds: Input[FlowLogSeconds] = 60
    """Longest interval in seconds that a record of the flow logs covers: 60 (default) or 600."""
    services: Sequence[ServiceName] = ()
    """AWS services that optional components call, by endpoint name, such as `elasticfilesystem` or `monitoring`. Each
    gets a private endpoint, whatever `egress` is. Default: none."""
    trusted_accounts: Input[Sequence[Input[AccountNumber]]] = ()
    """IDs of your other AWS accounts whose S3 buckets may be accessed from the network. Default: none."""
    log_retention_days: Input[RetentionDays] = 90
    """Retention of flow logs in days: 30 or more, as offered by CloudWatch Logs. Default: 90."""
    tags: CostTags
    """Mandatory cost tags, applied to every resource that supports tags."""

    @model_validator(mode="before")
    @classmethod
    def _count_zone_ids(cls, given: Any) -> Any:
        return with_zone_count(given)

    @model_validator(mode="after")
    def _zones_exist(self) -> Self:
        refuse_if(zones_problems(self.region, self.zones, self.zone_ids))
        if self.endpoints is Endpoints.MINIMAL and self.egress is Egress.NONE:
            raise refusal("full where egress is none", "remove it", "endpoints", "minimal")
        return self


class Network(RegionalComponent):
    """VPC whose nodes have no public IP address and whose control plane and endpoints have no egress."""

    network_id: pulumi.Output[str]
    """ID of the VPC."""
    node_subnet_ids: pulumi.Output[Sequence[str]]
    """IDs of the subnets for nodes and pods, one per zone."""
    control_plane_subnet_ids: pulumi.Output[Sequence[str]]
    """IDs of the subnets for the cluster's control plane, in at least two zones."""
    endpoint_subnet_ids: pulumi.Output[Sequence[str]]
    """IDs of the subnets for the private endpoints, one per zone."""
    s3_endpoint_id: pulumi.Output[str]
    """ID of the gateway endpoint for S3, for conditions in bucket policies."""
    s3_cidrs: pulumi.Output[Sequence[str]]
    """CIDR blocks of S3's public addresses in the region, which are routed to the gateway endpoint: argument
    `store_cidrs` of a `Foundation`."""
    nat_addresses: pulumi.Output[Sequence[str]]
    """Public IP addresses of the NAT gateways, which outbound traffic comes from; empty without a NAT gateway."""
    cidr: pulumi.Output[str]
    """IPv4 CIDR block of the network."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = NetworkArgs.of(name, args)
        super().__init__("falaj:aws:Network", name, args.region, opts)
        blocks = layout(args.cidr, args.zones)
        control_plane = layout(args.cidr, max(args.zones, CONTROL_PLANE_ZONES)).control_plane
        vpc = self._vpc(name, args)
        nodes = self._subnets(f"{name}-nodes", vpc, args, blocks.nodes, {"kubernetes.io/role/internal-elb": "1"})
        isolated = self._subnets(f"{name}-control-plane", vpc, args, control_plane)
        endpoints = self._subnets(f"{name}-endpoints", vpc, args, blocks.endpoints)
        public = () if args.egress is Egress.NONE else blocks.public[: _nat_gateway_count(args)]
        public_subnets = self._subnets(f"{name}-public", vpc, args, public)
        routes = private_routes(name, vpc, nodes, isolated + endpoints, public_subnets, args.tags, self)
        context = EndpointContext(name, args.region, vpc, endpoints, routes.tables, args.tags, self)
        s3 = private_endpoints(context, args.egress, args.endpoints, args.services, args.trusted_accounts)
        flow_log(name, vpc, args.region, args.flow_log_seconds, args.log_retention_days, args.tags, self)
        self.network_id = vpc.id
        self.node_subnet_ids = pulumi.Output.all(*(subnet.id for subnet in nodes))
        self.control_plane_subnet_ids = pulumi.Output.all(*(subnet.id for subnet in isolated))
        self.endpoint_subnet_ids = pulumi.Output.all(*(subnet.id for subnet in endpoints))
        self.s3_endpoint_id = s3.id
        self.s3_cidrs = s3.cidr_blocks
        self.nat_addresses = pulumi.Output.all(*routes.addresses).apply(list)  # a list, even without NAT gateways
        self.cidr = vpc.cidr_block
        self.register_outputs(
            {
                "network_id": self.network_id,
                "node_subnet_ids": self.node_subnet_ids,
                "control_plane_subnet_ids": self.control_plane_subnet_ids,
                "endpoint_subnet_ids": self.endpoint_subnet_ids,
                "s3_endpoint_id": self.s3_endpoint_id,
                "s3_cidrs": self.s3_cidrs,
                "nat_addresses": self.nat_addresses,
                "cidr": self.cidr,
            }
        )

    def _vpc(self, name: str, args: NetworkArgs) -> aws.ec2.Vpc:
        child = pulumi.ResourceOptions(parent=self)
        vpc = aws.ec2.Vpc(
            f"{name}-vpc",
            cidr_block=str(args.cidr),
            enable_dns_support=True,
            enable_dns_hostnames=True,  # private endpoints are resolved by their DNS names
            tags=with_name_tag(args.tags, name),
            opts=child,
        )
        # The default security group gets no rule: resources that end up in it by accident have no network access.
        aws.ec2.DefaultSecurityGroup(
            f"{name}-closed",
            vpc_id=vpc.id,
            ingress=[],
            egress=[],
            tags=with_name_tag(args.tags, f"{name}-closed"),
            opts=child,
        )
        return vpc

    def _subnets(
        self,
        name: str,
        vpc: aws.ec2.Vpc,
        args: NetworkArgs,
        blocks: Sequence[IPv4Network],
        labels: Mapping[str, str] | None = None,
    ) -> list[aws.ec2.Subnet]:
        """Creates one subnet per zone, none of which assigns public IP addresses."""
        return [
            aws.ec2.Subnet(
                f"{name}-{zone_letter(args.region, zone)}",
                vpc_id=vpc.id,
                cidr_block=str(block),
                availability_zone_id=zone,
                map_public_ip_on_launch=False,
                tags=with_name_tag(args.tags, f"{name}-{zone_letter(args.region, zone)}") | dict(labels or {}),
                opts=pulumi.ResourceOptions(parent=self),
            )
            for zone, block in zip(site_zones(args.region, len(blocks), args.zone_ids), blocks, strict=True)
        ]


def _nat_gateway_count(args: NetworkArgs) -> int:
    return args.zones if args.egress is Egress.NAT_PER_ZONE else 1
