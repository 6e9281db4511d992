"""Whether a site's node subnets have addresses for the nodes its pools may grow to, and for their pods. Pure.

On AWS every pod has an address of the network: the VPC CNI takes them for a node by the /28 (prefix delegation). A node
that finds no free /28 in its subnet joins and then runs no pod, which nobody sees until a training run waits.
"""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from math import ceil

from falaj.components.core.network.cidr import layout
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.problems import Problem
from falaj.facts.machines import find
from falaj.facts.regions import REGIONS

PREFIX_ADDRESSES = 16
"""Addresses that the VPC CNI takes at a time, a /28 (EKS User Guide, assign more IP addresses with prefixes)."""

WARM_PREFIXES = 1
"""Blocks that each node keeps in reserve: WARM_PREFIX_TARGET of the add-on's configuration."""

INTERFACES = 2
"""Network interfaces of a full node, each with an address of its own: one carries 9 blocks on the smallest machines and
14 on those of 32 vCPU, and a full node has 17."""

RESERVED = 5
"""Addresses of each subnet that AWS keeps (VPC User Guide, subnet sizing)."""

SMALL_VCPU, SMALL_PODS, LARGE_PODS = 30, 110, 250
"""Pods that a managed node group puts on a machine of which no more is known: 110 below 30 vCPU, 250 from there (EKS
User Guide, assign more IP addresses with prefixes)."""

FIRST_PODS = 16
"""Pods of a node that has just started: the agents of every node, and the one that it was started for."""


def pods_per_node(region: str, machine: str) -> int:
    """Pods that a machine of a region carries at most."""
    known = find(region, machine)
    if known is not None and known.max_pods is not None:
        return known.max_pods
    large = known is not None and known.vcpu is not None and known.vcpu >= SMALL_VCPU
    return LARGE_PODS if large else SMALL_PODS


def addresses_per_node(pods: int) -> int:
    """Addresses that a node with this many pods takes from its subnet."""
    interfaces = 1 if pods <= FIRST_PODS else INTERFACES
    return interfaces + PREFIX_ADDRESSES * (ceil(pods / PREFIX_ADDRESSES) + WARM_PREFIXES)


def nodes_that_fit(subnet: IPv4Network, pods: int) -> int:
    """Nodes with this many pods each that a subnet has addresses for."""
    return (subnet.num_addresses - RESERVED) // addresses_per_node(pods)


def address_problems(
    region: str, block: IPv4Network, zones: int, pools: Mapping[str, NodePoolSpec]
) -> Iterator[Problem]:
    """Pools that cannot grow to their `max`, even with few pods a node; paths inside the site."""
    for zone, needed, free in _crowded(region, block, zones, pools, full=False):
        allowed = (
            f"nodes that {free} addresses of a zone are enough for: all pools at `max` take {needed} in {zone}, at "
            f"{addresses_per_node(FIRST_PODS)} a node"
        )
        yield Problem("pools", sorted(pools), allowed, "lower `max` or take a larger `network.cidr`")


def address_warnings(region: str, block: IPv4Network, zones: int, pools: Mapping[str, NodePoolSpec]) -> Iterator[str]:
    """Zones that would run out of addresses with every pool at `max` and every node full of pods."""
    for zone, needed, free in _crowded(region, block, zones, pools, full=True):
        yield (
            f"{zone} has {free} addresses for nodes and pods, and all pools at `max` with full nodes take {needed}: "
            "pods will wait for addresses before they wait for machines"
        )


def _crowded(
    region: str, block: IPv4Network, zones: int, pools: Mapping[str, NodePoolSpec], full: bool
) -> Iterator[tuple[str, int, int]]:
    """(zone, addresses needed, addresses there are) of the zones that have too few."""
    names = REGIONS[region].zones[:zones]
    for zone, subnet in zip(names, layout(block, zones).nodes, strict=False):
        needed = sum(_needed(region, pool, zone, len(names), full) for pool in pools.values())
        free = subnet.num_addresses - RESERVED
        if needed > free:
            yield zone, needed, free


def _needed(region: str, pool: NodePoolSpec, zone: str, zones: int, full: bool) -> int:
    """Addresses that a pool at its `max` takes in a zone; nodes spread evenly over the zones it may use."""
    if pool.zone not in (None, zone):
        return 0
    nodes = pool.max if pool.zone else ceil(pool.max / zones)
    pods = max(pods_per_node(region, machine) for machine in pool.machines) if full else FIRST_PODS
    return nodes * addresses_per_node(pods)
