"""Network of a site on AWS: a VPC with private subnets, egress, VPC endpoints and flow logs."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Annotated, Any, Self

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.aws.identity.log_retention import RetentionDays
from falaj.components.aws.network.connections import INNER, Connected, connect
from falaj.components.aws.network.egress import PublicSubnets, private_routes
from falaj.components.aws.network.endpoints import EndpointContext, gateway_endpoint, interface_endpoints
from falaj.components.aws.network.existing import Adoption, NetworkContext, adopt
from falaj.components.aws.network.flow_logs import FlowLogPlan, flow_log
from falaj.components.aws.network.parts import NetworkParts
from falaj.components.aws.network.pods import pod_subnets
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.network.aws_network import AwsNetworkSpec, aws_network_problems, public_problems
from falaj.components.core.network.blocks import SiteBlock
from falaj.components.core.network.cidr import layout
from falaj.components.core.network.existing_checks import PUBLIC_LOAD_BALANCERS, Needs
from falaj.components.core.network.flow_logs import FlowLogOptions
from falaj.components.core.network.small_blocks import block_problems
from falaj.components.core.network.zones import site_zones, with_zone_count, zone_letter, zones_problems
from falaj.components.core.site.aws_keys import KeyArn
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, default
from falaj.components.core.validation.enums import Egress, Endpoints
from falaj.components.core.validation.problems import refusal, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.components.core.validation.text_forms import TextForm

CONTROL_PLANE_ZONES = 2
"""Minimum number of availability zones for the control-plane subnets (EKS User Guide, VPC requirements)."""


ServiceName = Annotated[
    str, TextForm(r"^[a-z0-9][a-z0-9.-]*$", "the endpoint name of an AWS service", "elasticfilesystem")
]
AccountNumber = Annotated[str, TextForm(r"^[0-9]{12}$", "the 12 digits of an AWS account", "111122223333")]


class NetworkArgs(AwsNetworkSpec, FlowLogOptions, Args):
    """Network of a site."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    cidr: Accepts[SiteBlock, SiteBlock | str]
    """IPv4 CIDR block of the network, /16 to /24. A /23 has room for two zones, a /24 also for no public subnet."""
    zones: int = Field(ge=1, le=3)
    """Number of availability zones with node subnets, 1 to 3, of those that are not lost."""
    zone_ids: Sequence[str] = ()
    """IDs of these zones, such as `mec1-az1`. Default: zones that are not lost, the least impaired first."""
    egress: Choice[Egress] = default(Egress.NAT_SINGLE)
    """How nodes reach the internet: `none`, `nat-single` (default), `nat-per-zone`, or `firewall`: through the transit
    gateway, or as the existing VPC does."""
    endpoints: Choice[Endpoints] = default(Endpoints.FULL)
    """Private endpoints: `full` (default), or `minimal`, only that for S3 and for `services`. With egress `none`,
    `full` is required."""
    node_addresses: int = Field(default=0, ge=0)
    """Addresses that nodes and pods need in each zone of an existing VPC, which are checked in the preview. Default:
    0."""
    public_load_balancers: bool = False
    """Whether load balancers face the internet: a created VPC then has a public subnet for them in each zone, which
    needs egress `nat-single` or `nat-per-zone`. Default: false."""
    services: Sequence[ServiceName] = ()
    """AWS services that optional components call, by endpoint name, such as `elasticfilesystem` or `monitoring`. Each
    gets a private endpoint, whatever `egress` is. Default: none."""
    trusted_accounts: Input[Sequence[Input[AccountNumber]]] = ()
    """IDs of your other AWS accounts whose S3 buckets may be accessed from the network. Default: none."""
    log_retention_days: Input[RetentionDays] = 90
    """Retention of flow logs in days: 30 or more, as offered by CloudWatch Logs. Default: 90."""
    log_key: Input[KeyArn] | None = None
    """ARN of an existing KMS key for the flow logs. Default: a key is created."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

    @model_validator(mode="before")
    @classmethod
    def _count_zone_ids(cls, given: Any) -> Any:
        return with_zone_count(given)

    @model_validator(mode="after")
    def _check_connections(self) -> Self:
        refuse_if(aws_network_problems(self, self.egress, self.zones))
        if self.existing is None:
            refuse_if(block_problems(self.cidr, self.zones, self.egress))
        if self.public_load_balancers:
            refuse_if(public_problems(self, self.egress, "public_load_balancers"))
        return self

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
    endpoint_cidrs: pulumi.Output[Sequence[str]]
    """CIDR blocks of these subnets: argument `endpoint_cidrs` of a `Foundation`. The block of the VPC if the private
    endpoints are not the site's."""
    pod_subnet_ids: pulumi.Output[Sequence[str]]
    """IDs of the subnets that pods get their addresses from, one per zone; empty if these are the node subnets."""
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
        if args.existing is None:
            parts = self._created(name, args)
        else:
            parts = adopt(NetworkContext(name, args.region, args.tags, self), args.existing, self._adoption(args))
        if args.existing is None or args.existing.flow_logs:
            flow_log(
                FlowLogPlan(
                    name, parts.network_id, args.region, args.log_retention_days, args.log_key, args.tags, self
                ),
                args,
            )
        self.network_id = parts.network_id
        self.node_subnet_ids = parts.node_subnet_ids
        self.control_plane_subnet_ids = parts.control_plane_subnet_ids
        self.endpoint_subnet_ids = parts.endpoint_subnet_ids
        self.endpoint_cidrs = parts.endpoint_cidrs
        self.pod_subnet_ids = parts.pod_subnet_ids
        self.s3_endpoint_id = parts.s3_endpoint_id
        self.s3_cidrs = parts.s3_cidrs
        self.nat_addresses = parts.nat_addresses
        self.cidr = parts.cidr
        self.register_outputs({output: getattr(self, output) for output in Network.__annotations__})

    def _adoption(self, args: NetworkArgs) -> Adoption:
        needs = Needs(args.cidr, _zones(args, args.zones), args.node_addresses)
        return Adoption(needs, args.egress, args.endpoints, args.services, args.trusted_accounts)

    def _created(self, name: str, args: NetworkArgs) -> NetworkParts:
        """Creates a VPC with its subnets, routes, endpoints and connections."""
        blocks = layout(args.cidr, args.zones)
        control_plane = layout(args.cidr, max(args.zones, CONTROL_PLANE_ZONES)).control_plane
        vpc = self._vpc(name, args)
        nodes = self._subnets(f"{name}-nodes", vpc, args, blocks.nodes, {"kubernetes.io/role/internal-elb": "1"})
        isolated = self._subnets(f"{name}-control-plane", vpc, args, control_plane)
        endpoints = self._subnets(f"{name}-endpoints", vpc, args, blocks.endpoints)
        has_gateways = args.egress in (Egress.NAT_SINGLE, Egress.NAT_PER_ZONE)
        count = args.zones if args.public_load_balancers else _nat_gateway_count(args)
        labels = {PUBLIC_LOAD_BALANCERS: "1"} if args.public_load_balancers else None
        public = self._subnets(f"{name}-public", vpc, args, blocks.public[:count] if has_gateways else (), labels)
        gateways = PublicSubnets(public, _nat_gateway_count(args))
        routes = private_routes(name, vpc, nodes, isolated + endpoints, gateways, args.tags, self)
        inner, *of_nodes = routes.tables
        pods = self._pods(name, vpc, args, of_nodes)
        labelled = {INNER: inner, **{f"nodes-{index + 1}": table for index, table in enumerate(of_nodes)}}
        connect(Connected(name, vpc, isolated, labelled, args.tags, self), args, args.egress)
        private_blocks = {"": vpc.cidr_block, **({"-pods": str(args.pods_cidr)} if args.pods_cidr else {})}
        context = EndpointContext(
            name, args.region, vpc.id, private_blocks, _ids(endpoints), _ids(routes.tables), args.tags, self
        )
        s3 = gateway_endpoint(context, args.trusted_accounts)
        interface_endpoints(context, args.egress, args.endpoints, args.services)
        return NetworkParts(
            network_id=vpc.id,
            node_subnet_ids=pulumi.Output.all(*_ids(nodes)),
            control_plane_subnet_ids=pulumi.Output.all(*_ids(isolated)),
            endpoint_subnet_ids=pulumi.Output.all(*_ids(endpoints)),
            endpoint_cidrs=pulumi.Output.from_input([str(block) for block in blocks.endpoints]),
            pod_subnet_ids=pulumi.Output.all(*_ids(pods)).apply(list),
            s3_endpoint_id=s3.id,
            s3_cidrs=s3.cidr_blocks,
            nat_addresses=pulumi.Output.all(*routes.addresses).apply(list),  # a list, even without NAT gateways
            cidr=vpc.cidr_block,
        )

    def _pods(
        self, name: str, vpc: aws.ec2.Vpc, args: NetworkArgs, tables: Sequence[aws.ec2.RouteTable]
    ) -> list[aws.ec2.Subnet]:
        if args.pods_cidr is None:
            return []
        by_zone = dict(zip(_zones(args, len(tables)), tables, strict=True))
        return pod_subnets(f"{name}-pods", args.region, vpc, args.pods_cidr, by_zone, args.tags, self)

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
            for zone, block in zip(_zones(args, len(blocks)), blocks, strict=True)
        ]


def _zones(args: NetworkArgs, count: int) -> tuple[str, ...]:
    return site_zones(args.region, count, args.zone_ids)


def _nat_gateway_count(args: NetworkArgs) -> int:
    return args.zones if args.egress is Egress.NAT_PER_ZONE else 1


def _ids(resources: Sequence[aws.ec2.Subnet] | Sequence[aws.ec2.RouteTable]) -> list[pulumi.Output[str]]:
    return [resource.id for resource in resources]
