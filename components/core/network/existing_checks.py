"""Checks of an existing VPC and its subnets against what a site needs in them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network

from falaj.components.core.validation.problems import Problem

INTERNAL_LOAD_BALANCERS = "kubernetes.io/role/internal-elb"
"""Tag of subnets for internal load balancers (AWS Load Balancer Controller, subnet auto discovery)."""

PUBLIC_LOAD_BALANCERS = "kubernetes.io/role/elb"
"""Tag of subnets for load balancers that face the internet (the same page)."""

CONTROL_PLANE_ADDRESSES = 6
"""Addresses that EKS needs in each control-plane subnet (EKS User Guide, subnet requirements)."""

RESERVED = 5
"""Addresses that AWS reserves in each subnet (VPC User Guide, subnet sizing)."""


@dataclass(frozen=True)
class FoundVpc:
    """A VPC as EC2 describes it."""

    blocks: Sequence[str]
    dns_support: bool
    dns_hostnames: bool


@dataclass(frozen=True)
class FoundSubnet:
    """A subnet as EC2 describes it, with the ID of its zone."""

    vpc_id: str
    zone: str
    block: str
    public_addresses: bool = False
    tags: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def addresses(self) -> int:
        """Returns the number of addresses for interfaces. The number of free ones would fall as the site grows."""
        return IPv4Network(self.block).num_addresses - RESERVED


@dataclass(frozen=True)
class FoundNetwork:
    """An existing VPC, and its subnets by purpose, in the order of the settings."""

    vpc_id: str
    vpc: FoundVpc
    nodes: Sequence[FoundSubnet]
    control_plane: Sequence[FoundSubnet]
    endpoints: Sequence[FoundSubnet]
    pods: Sequence[FoundSubnet]


@dataclass(frozen=True)
class Needs:
    """What a site needs: its block, IDs of its zones in order, and addresses per zone for nodes and pods."""

    block: IPv4Network
    zones: Sequence[str]
    addresses: int


def existing_problems(found: FoundNetwork, needs: Needs) -> Iterator[Problem]:
    """Yields everything that the site lacks in the network, with paths relative to the settings of the VPC."""
    yield from _vpc_problems(found.vpc, needs.block)
    for path, subnets in (
        ("node_subnet_ids", found.nodes),
        ("control_plane_subnet_ids", found.control_plane),
        ("endpoint_subnet_ids", found.endpoints),
        ("pod_subnet_ids", found.pods),
    ):
        for index, subnet in enumerate(subnets):
            yield from _subnet_problems(f"{path}.{index}", subnet, found.vpc_id)
    yield from _zone_problems("node_subnet_ids", found.nodes, needs.zones)
    yield from _zone_problems("pod_subnet_ids", found.pods, needs.zones)
    yield from _spread_problems(found)
    yield from _address_problems(found, needs)
    for index, subnet in enumerate(found.nodes):
        if subnet.tags.get(INTERNAL_LOAD_BALANCERS) != "1":
            allowed = f'the tag {INTERNAL_LOAD_BALANCERS} = "1": internal load balancers are created there'
            yield Problem(f"node_subnet_ids.{index}", "no such tag", allowed, "ask the owner of the VPC for the tag")


def _vpc_problems(vpc: FoundVpc, block: IPv4Network) -> Iterator[Problem]:
    if str(block) not in vpc.blocks:
        given = f"a VPC of {', '.join(vpc.blocks)}"
        yield Problem("vpc_id", given, f"a VPC with the block {block} of network.cidr", "correct one of the two")
    for name, enabled in (("DNS support", vpc.dns_support), ("DNS hostnames", vpc.dns_hostnames)):
        if not enabled:
            allowed = f"{name}: private endpoints and the API server are found by their names"
            yield Problem("vpc_id", f"without {name}", allowed, "ask the owner of the VPC to enable it")


def _subnet_problems(path: str, subnet: FoundSubnet, vpc_id: str) -> Iterator[Problem]:
    if subnet.vpc_id != vpc_id:
        yield Problem(path, f"a subnet of {subnet.vpc_id}", f"a subnet of {vpc_id}", "name a subnet of that VPC")
    if subnet.public_addresses:
        allowed = "a private subnet, which assigns no public addresses"
        yield Problem(path, "a subnet that assigns public addresses", allowed, "name a private subnet")


def _zone_problems(path: str, subnets: Sequence[FoundSubnet], zones: Sequence[str]) -> Iterator[Problem]:
    for index, (subnet, zone) in enumerate(zip(subnets, zones, strict=False)):
        if subnet.zone != zone:
            allowed = f"a subnet of {zone}: one per zone, in the order of the site's zones"
            yield Problem(f"{path}.{index}", f"a subnet of {subnet.zone}", allowed, "name them in that order")


def _spread_problems(found: FoundNetwork) -> Iterator[Problem]:
    if len({subnet.zone for subnet in found.control_plane}) < 2:
        given = sorted({subnet.zone for subnet in found.control_plane})
        yield Problem("control_plane_subnet_ids", given, "subnets of at least two zones", "add one of another zone")
    zones = [subnet.zone for subnet in found.endpoints]
    if len(set(zones)) != len(zones):
        allowed = "at most one subnet per zone: a private endpoint has one address in each"
        yield Problem("endpoint_subnet_ids", zones, allowed, "remove one of them")


def _address_problems(found: FoundNetwork, needs: Needs) -> Iterator[Problem]:
    for index, subnet in enumerate(found.control_plane):
        if subnet.addresses < CONTROL_PLANE_ADDRESSES:
            allowed = f"{CONTROL_PLANE_ADDRESSES} addresses or more for the control plane"
            yield Problem(f"control_plane_subnet_ids.{index}", subnet.addresses, allowed, "name a larger subnet")
    path, subnets = ("pod_subnet_ids", found.pods) if found.pods else ("node_subnet_ids", found.nodes)
    for index, subnet in enumerate(subnets):
        if subnet.addresses < needs.addresses:
            allowed = f"{needs.addresses} addresses or more: all pools at `max` take them in {subnet.zone}"
            yield Problem(f"{path}.{index}", subnet.addresses, allowed, "lower `max`, or name a larger subnet")
