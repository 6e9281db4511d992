"""Network of a site on AWS in the networks of a company: an existing VPC, a hub, DNS, and pods' own addresses. Pure."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.network.blocks import Block, InsideBlock
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.text_forms import TextForm


def _id(prefix: str, what: str) -> TextForm:
    return TextForm(rf"^{prefix}-[0-9a-f]{{8,17}}$", f"the ID of {what}", f"{prefix}-0a1b2c3d4e5f60718")


VpcId = Annotated[str, _id("vpc", "a VPC")]
SubnetId = Annotated[str, _id("subnet", "a subnet")]
RouteTableId = Annotated[str, _id("rtb", "a route table")]
EndpointId = Annotated[str, _id("vpce", "a VPC endpoint")]
TransitGatewayId = Annotated[str, _id("tgw", "a transit gateway")]
ResolverRuleId = Annotated[str, _id("rslvr-rr", "a rule of Route 53 Resolver")]
HostedZoneId = Annotated[
    str, TextForm(r"^Z[0-9A-Z]{5,31}$", "the ID of a private hosted zone", "Z0123456789ABCDEFGHIJ")
]

POD_RANGE = IPv4Network("100.64.0.0/10")
"""Shared address space (RFC 6598): the range that may be added to a VPC of any private block (VPC User Guide, IPv4 CIDR
block association restrictions)."""

LARGEST_POD_PREFIX, SMALLEST_POD_PREFIX = 16, 20
"""A VPC's block is at most a /16. Below a /20, three zones have fewer than 1,000 pod addresses each."""


def _is_pod_block(block: IPv4Network) -> IPv4Network:
    if not (block.subnet_of(POD_RANGE) and LARGEST_POD_PREFIX <= block.prefixlen <= SMALLEST_POD_PREFIX):
        sizes = f"/{LARGEST_POD_PREFIX} to /{SMALLEST_POD_PREFIX}"
        raise refusal(f"a block of {sizes} inside {POD_RANGE}", "use 100.64.0.0/16", given=str(block))
    return block


PodBlock = Annotated[Block, AfterValidator(_is_pod_block)]
"""A block of addresses for pods that is not routed outside the VPC."""


class TransitGatewaySpec(Spec):
    """Attachment of the site's VPC to a transit gateway of yours."""

    id: Input[TransitGatewayId]
    """ID of the transit gateway, which is shared with the account of the site (Resource Access Manager) and accepts
    the attachment."""
    routes: Accepts[Sequence[InsideBlock], Sequence[InsideBlock | str]] = Field(min_length=1)
    """Private CIDR blocks that are reached through the transit gateway, such as those of the hub and of runners."""
    appliance_mode: bool = False
    """Whether both directions of a connection use the same zone, for a VPC with stateful appliances. Default: false."""


class PeeringSpec(Spec):
    """Peering with another VPC of the same account and region."""

    vpc_id: Input[VpcId]
    """ID of the other VPC."""
    routes: Accepts[Sequence[InsideBlock], Sequence[InsideBlock | str]] = Field(min_length=1)
    """Private CIDR blocks of the other VPC that are reached through the peering."""
    route_table_ids: Sequence[Input[RouteTableId]] = ()
    """IDs of the other VPC's route tables that get a route back to the site. Default: none; create them yourself."""


class ExistingNetworkSpec(Spec):
    """A VPC that exists, such as one of a landing zone. Its owner is responsible for gateways, routes and connections:
    no NAT gateway, internet gateway, subnet or route is created in it."""

    vpc_id: Input[VpcId]
    """ID of the VPC, with DNS support and DNS hostnames."""
    node_subnet_ids: Sequence[Input[SubnetId]] = Field(min_length=1, max_length=3)
    """IDs of the private subnets for nodes and pods, one per zone, in the order of
    `network.zone_ids`, or of the zones that the site gets without them."""
    control_plane_subnet_ids: Sequence[Input[SubnetId]] = Field(min_length=2)
    """IDs of the private subnets for the control plane, in at least two zones."""
    route_table_ids: Sequence[Input[RouteTableId]] = ()
    """IDs of the route tables of the node subnets, for the gateway endpoint for S3. Required without
    `s3_endpoint_id`."""
    s3_endpoint_id: Input[EndpointId] | None = None
    """ID of the VPC's gateway endpoint for S3. Default: one is created, in `route_table_ids`."""
    endpoint_subnet_ids: Sequence[Input[SubnetId]] = ()
    """IDs of the subnets in which private endpoints for AWS services are created. Default: none; services are reached
    through endpoints or egress of the VPC."""
    pod_subnet_ids: Sequence[Input[SubnetId]] = ()
    """IDs of subnets from which pods get their addresses, one per zone in the order of `node_subnet_ids`, such as those
    of a block of 100.64.0.0/10. Default: none; pods take addresses of the node subnets."""
    flow_logs: bool = False
    """Whether flow logs are created. Default: false, because the owner of a VPC keeps its own."""


class AwsNetworkSpec(Spec):
    """Connection of a site on AWS to other networks."""

    existing: ExistingNetworkSpec | None = None
    """The VPC to use; a VPC is created if absent."""
    transit_gateway: TransitGatewaySpec | None = None
    """The transit gateway to attach the created VPC to. With egress `firewall`, the default route of the nodes leads
    there too."""
    peerings: Sequence[PeeringSpec] = ()
    """VPCs to peer the created VPC with."""
    resolver_rules: Sequence[Input[ResolverRuleId]] = ()
    """IDs of rules of Route 53 Resolver to associate with the created VPC, such as those that forward to a hub."""
    hosted_zones: Sequence[Input[HostedZoneId]] = ()
    """IDs of private hosted zones to associate with the created VPC. Zones of another account must have authorised
    the VPC."""
    pods_cidr: Accepts[PodBlock | None, PodBlock | str | None] = default()
    """Block inside 100.64.0.0/10, /16 to /20, from which pods get their addresses, so that only nodes take addresses
    of `network.cidr`. It is not routed outside the VPC. Default: pods take addresses of `network.cidr`."""

    @property
    def pods_apart(self) -> bool:
        """Returns whether pods are in subnets of their own."""
        return self.pods_cidr is not None or (self.existing is not None and bool(self.existing.pod_subnet_ids))


def public_problems(network: AwsNetworkSpec, egress: Egress, path: str) -> Iterator[Problem]:
    """Yields the problem of load balancers that face the internet in a created VPC without an internet gateway."""
    if network.existing is None and egress in (Egress.NONE, Egress.FIREWALL):
        allowed = f"false with egress {egress.value}: the VPC has no internet gateway, and so no public subnet"
        yield Problem(path, True, allowed, "choose egress nat-single or nat-per-zone, or make the gateway internal")


def aws_network_problems(network: AwsNetworkSpec, egress: Egress, zones: int) -> Iterator[Problem]:
    """Yields the problems of a site's connections, with paths relative to the options of the network."""
    if network.existing is not None:
        yield from _existing_problems(network, network.existing, egress, zones)
    elif egress is Egress.FIREWALL and network.transit_gateway is None:
        condition = "network.egress is firewall: the default route of the nodes leads there"
        yield Problem.missing("transit_gateway", condition, "name the transit gateway of the firewall")
    if network.transit_gateway is not None:
        yield from _overlapping_routes(network)


def _existing_problems(
    network: AwsNetworkSpec, existing: ExistingNetworkSpec, egress: Egress, zones: int
) -> Iterator[Problem]:
    if egress not in (Egress.NONE, Egress.FIREWALL):
        allowed = "none, or firewall for the egress that the existing VPC has: no gateway is created in it"
        yield Problem("existing", f"with network.egress {egress.value}", allowed, "choose one of these")
    if len(existing.node_subnet_ids) != zones:
        given = len(existing.node_subnet_ids)
        yield Problem("existing.node_subnet_ids", given, f"{zones}, one per zone of network.zones", "make them equal")
    if existing.pod_subnet_ids and len(existing.pod_subnet_ids) != len(existing.node_subnet_ids):
        given, allowed = len(existing.pod_subnet_ids), f"none, or {len(existing.node_subnet_ids)}: one per node subnet"
        yield Problem("existing.pod_subnet_ids", given, allowed, "name one per zone")
    if existing.s3_endpoint_id is None and not existing.route_table_ids:
        condition = "there is no `s3_endpoint_id`: vaults admit only an endpoint of the network"
        yield Problem.missing("existing.route_table_ids", condition, "name them, or the endpoint")
    if existing.s3_endpoint_id is not None and existing.route_table_ids:
        given = len(existing.route_table_ids)
        yield Problem("existing.route_table_ids", given, "none with `s3_endpoint_id`", "remove one of the two")
    for field in ("transit_gateway", "peerings", "resolver_rules", "hosted_zones", "pods_cidr"):
        if getattr(network, field):
            allowed = "only for a VPC that is created: the owner of an existing one connects it"
            yield Problem(field, "with `existing`", allowed, "remove it")


def _overlapping_routes(network: AwsNetworkSpec) -> Iterator[Problem]:
    """Yields blocks that have two targets: a route table has one route for each destination."""
    seen = set(network.transit_gateway.routes if network.transit_gateway else ())
    for index, peering in enumerate(network.peerings):
        for position, block in enumerate(peering.routes):
            if block in seen:
                path = f"peerings.{index}.routes.{position}"
                yield Problem(path, str(block), "a block with one target", "name it once")
