"""Checks that a site's node subnets have enough addresses for all nodes at `max` and their pods. Pure.

On AWS each pod has an address of the VPC, and the VPC CNI assigns addresses to nodes in blocks of /28 (prefix
delegation). A node without a free /28 in its subnet joins the cluster but cannot run pods, which is not visible until
pods are pending. A block is assigned only if all its addresses are free, and addresses that are scattered over the
subnet leave fewer such blocks (EKS User Guide, cni-increase-ip-addresses-procedure, read 2026-11-26). AWS chooses the
addresses of interfaces, so each is counted as one block that it spoils.
"""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network
from math import ceil

from falaj.components.core.network.cidr import layout
from falaj.components.core.network.zones import zone_id
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.problems import Problem
from falaj.facts.machines import find

PREFIX_ADDRESSES = 16
"""Addresses per block that the VPC CNI assigns, a /28 (EKS User Guide, assign more IP addresses with prefixes)."""

WARM_PREFIXES = 1
"""Spare blocks per node: WARM_PREFIX_TARGET in the add-on's configuration."""

INTERFACES = 2
"""Network interfaces of a full node, each of which takes an address, which may spoil a block. An interface has room for
9 blocks on the smallest machines and 14 on machines of 32 vCPUs; a full node has 17 blocks."""

RESERVED, RESERVED_BLOCKS = 5, 2
"""Addresses that AWS reserves in each subnet, four at its beginning and one at its end (VPC User Guide, subnet sizing),
and the blocks in which they lie."""

SMALL_VCPU, SMALL_PODS, LARGE_PODS = 30, 110, 250
"""Default maximum number of pods per node in a managed node group: 110 below 30 vCPUs, 250 otherwise (EKS User Guide,
assign more IP addresses with prefixes)."""

FIRST_PODS = 16
"""Pods of a newly started node: the agents of every node, and the pod that the node was started for."""


def pods_per_node(region: str, machine: str) -> int:
    """Returns the maximum number of pods on a machine."""
    facts = find(region, machine)
    if facts is not None and facts.max_pods is not None:
        return facts.max_pods
    is_large = facts is not None and facts.vcpu is not None and facts.vcpu >= SMALL_VCPU
    return LARGE_PODS if is_large else SMALL_PODS


def most_pods(region: str, machines: Sequence[str]) -> int:
    """Returns the number of pods that every one of the machines supports."""
    return min(pods_per_node(region, machine) for machine in machines)


def blocks_per_node(pods: int) -> int:
    """Returns the number of blocks that a node with this many pods takes: those of its pods, one in reserve, and one
    that each of its interfaces may spoil."""
    interfaces = 1 if pods <= FIRST_PODS else INTERFACES
    return interfaces + ceil(pods / PREFIX_ADDRESSES) + WARM_PREFIXES


def nodes_that_fit(subnet: IPv4Network, pods: int) -> int:
    """Returns how many nodes with this many pods each a subnet has blocks for."""
    return _free_blocks(subnet) // blocks_per_node(pods)


def addresses_per_zone(region: str, zones: Sequence[str], pools: Mapping[str, NodePoolSpec]) -> int:
    """Returns the usable addresses of a subnet for the zone with the most nodes, for all pools at `max` with few pods
    per node."""
    count = len(zones)
    blocks = max(sum(_blocks_needed(region, pool, zone, count, False) for pool in pools.values()) for zone in zones)
    return (blocks + RESERVED_BLOCKS) * PREFIX_ADDRESSES - RESERVED if blocks else 0


def address_problems(
    region: str,
    block: IPv4Network,
    zones: Sequence[str],
    pools: Mapping[str, NodePoolSpec],
    pod_block: IPv4Network | None = None,
) -> Iterator[Problem]:
    """Yields a problem for each zone too small for all pools at `max`, even with few pods per node.

    With `pod_block`, pods take addresses of that block, and each node one of `block`. Paths are relative to the site.
    """
    per_node = blocks_per_node(FIRST_PODS)
    if pod_block is None:
        fix = "lower `max`, use a larger `network.cidr`, or give pods a block of their own: `aws.network.pods_cidr`"
    else:
        fix = "lower `max` or use a larger `network.cidr`"
        for zone, subnet in zip(zones, layout(block, len(zones)).nodes, strict=True):
            nodes = sum(_nodes(pool, region, zone, len(zones)) for pool in pools.values())
            if nodes > _free(subnet):
                most = f"at most {_free(subnet)} nodes per zone, with an address each"
                yield Problem("pools", sorted(pools), f"{most}: all pools at `max` have {nodes} in {zone}", fix)
    for zone, needed, free in _zones_short_of_blocks(region, pod_block or block, zones, pools, full=False):
        allowed = (
            f"at most {free} blocks of {PREFIX_ADDRESSES} addresses per zone: "
            f"all pools at `max` take {needed} in {zone}, at {per_node} per node"
        )
        yield Problem("pools", sorted(pools), allowed, fix)


def address_warnings(
    region: str, block: IPv4Network, zones: Sequence[str], pools: Mapping[str, NodePoolSpec]
) -> Iterator[str]:
    """Yields a warning for each zone that runs out of addresses with all pools at `max` and all nodes full of pods."""
    for zone, needed, free in _zones_short_of_blocks(region, block, zones, pools, full=True):
        yield (
            f"{zone} has {free} blocks of {PREFIX_ADDRESSES} addresses for nodes and pods, "
            f"but all pools at `max` with full nodes take {needed}: "
            "pods will be pending for lack of addresses before the pools reach `max`"
        )


def _zones_short_of_blocks(
    region: str, block: IPv4Network, zones: Sequence[str], pools: Mapping[str, NodePoolSpec], full: bool
) -> Iterator[tuple[str, int, int]]:
    """Yields (zone, needed blocks, free blocks) of each zone that has too few."""
    for zone, subnet in zip(zones, layout(block, len(zones)).nodes, strict=True):
        needed = sum(_blocks_needed(region, pool, zone, len(zones), full) for pool in pools.values())
        free = _free_blocks(subnet)
        if needed > free:
            yield zone, needed, free


def _blocks_needed(region: str, pool: NodePoolSpec, zone: str, zones: int, full: bool) -> int:
    """Returns the blocks that a pool at `max` takes in a zone."""
    most = pool.aws.max_pods or max(pods_per_node(region, machine) for machine in pool.machines)
    pods = most if full else FIRST_PODS
    return _nodes(pool, region, zone, zones) * blocks_per_node(pods)


def _nodes(pool: NodePoolSpec, region: str, zone: str, zones: int) -> int:
    """Returns the nodes of a pool at `max` in a zone, spread evenly over its zones."""
    pinned = None if pool.pinned_zones is None else [zone_id(region, name) for name in pool.pinned_zones]
    if pinned is not None and zone not in pinned:
        return 0
    return ceil(pool.max / (len(pinned) if pinned else zones))


def _free(subnet: IPv4Network) -> int:
    return subnet.num_addresses - RESERVED


def _free_blocks(subnet: IPv4Network) -> int:
    return subnet.num_addresses // PREFIX_ADDRESSES - RESERVED_BLOCKS
