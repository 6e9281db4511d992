"""How a site's address block is shared out."""

from dataclasses import dataclass
from ipaddress import IPv4Network

CONTROL_PLANE_PREFIX = 28
"""A control plane needs six free addresses a subnet (EKS) or one /28 (AKS API-server integration)."""

SMALLEST_SITE_PREFIX = 20
LARGEST_SITE_PREFIX = 16
"""A VPC holds at most a /16. Below /20 three zones of nodes have under 1,000 addresses each for pods."""

SITE_SIZES = f"/{LARGEST_SITE_PREFIX} to /{SMALLEST_SITE_PREFIX}"
"""The sizes of a site's block, for messages."""

POD_BLOCK = IPv4Network("100.64.0.0/14")
"""Addresses of pods, never seen outside a cluster (overlay): a /24 a node, so 1,024 nodes. Shared address space of
RFC 6598, which no site may use, so that every cluster can have the same."""

SERVICE_BLOCK = IPv4Network("100.68.0.0/16")
"""Addresses of Kubernetes services, likewise."""


@dataclass(frozen=True)
class Layout:
    """Blocks of a site: one a zone for nodes (and pods, where they take addresses of the network), the control plane,
    private endpoints and the small public one that a NAT gateway sits in."""

    nodes: tuple[IPv4Network, ...]
    control_plane: tuple[IPv4Network, ...]
    endpoints: tuple[IPv4Network, ...]
    public: tuple[IPv4Network, ...]


def layout(block: IPv4Network, zones: int) -> Layout:
    """Share out a site's block: a quarter of it for each of up to three zones of nodes, the last quarter for the rest.

    `zones` is 1, 2 or 3. Blocks never overlap and lie inside `block`.
    Raises ValueError for a block outside /16../20 or another number of zones.
    """
    if not 1 <= zones <= 3:
        raise ValueError(f"zones must be 1, 2 or 3, not {zones}")
    if not LARGEST_SITE_PREFIX <= block.prefixlen <= SMALLEST_SITE_PREFIX:
        raise ValueError(f"a site needs a block of {SITE_SIZES}")
    *node_quarters, rest = block.subnets(prefixlen_diff=2)
    small = rest.subnets(new_prefix=CONTROL_PLANE_PREFIX)
    control_plane = tuple(next(small) for _ in range(3))[:zones]
    next(small)  # leaves the next blocks aligned to /26
    public = tuple(next(small) for _ in range(3))[:zones]
    # Each zone's private endpoints take one address a service: a /26 leaves room for forty and the reserved five.
    wide = list(rest.subnets(new_prefix=26))[2:]
    return Layout(tuple(node_quarters[:zones]), control_plane, tuple(wide[:zones]), public)
