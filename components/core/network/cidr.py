"""Divides a site's address block into subnets."""

from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import islice

CONTROL_PLANE_PREFIX = 28
"""Prefix of control plane subnets: EKS needs six free addresses per subnet, AKS API server VNet integration a /28."""

SMALLEST_SITE_PREFIX = 24
LARGEST_SITE_PREFIX = 16
"""A VPC has at most a /16. Below a /24, the subnets of control plane and endpoints leave less than a /26 for nodes."""

SITE_SIZES = f"/{LARGEST_SITE_PREFIX} to /{SMALLEST_SITE_PREFIX}"
"""Allowed sizes of a site's block, for messages."""

POD_BLOCK = IPv4Network("100.64.0.0/14")
"""Pod addresses of overlay networks, not routed outside the cluster: a /24 per node, so up to 1,024 nodes. Part of the
shared address space of RFC 6598, which no site may use, so that all clusters can have the same block."""

SERVICE_BLOCK = IPv4Network("100.68.0.0/16")
"""Addresses of Kubernetes services, the same in all clusters for the same reason."""


@dataclass(frozen=True)
class Layout:
    """Subnet blocks of a site, one per zone for each purpose.

    `nodes` also serves pods that get addresses of the network. `endpoints` is for private endpoints, `public` for NAT
    gateways.
    """

    nodes: tuple[IPv4Network, ...]
    control_plane: tuple[IPv4Network, ...]
    endpoints: tuple[IPv4Network, ...]
    public: tuple[IPv4Network, ...]


def layout(block: IPv4Network, zones: int) -> Layout:
    """Divides a site's block: one quarter per zone for nodes, in up to three zones; the last quarter for the other
    subnets.

    `zones` is 1, 2 or 3. The blocks do not overlap. A /23 has room for two zones; a /24 for two without public subnets,
    or one with its own: see `layout_problems`.
    Raises ValueError for a block outside /16../24 or another number of zones.
    """
    if not 1 <= zones <= most_zones(block):
        raise ValueError(f"zones must be 1 to {most_zones(block)}, not {zones}")
    if not LARGEST_SITE_PREFIX <= block.prefixlen <= SMALLEST_SITE_PREFIX:
        raise ValueError(f"a site needs a block of {SITE_SIZES}")
    *node_quarters, last_quarter = block.subnets(prefixlen_diff=2)
    small = [*islice(last_quarter.subnets(new_prefix=CONTROL_PLANE_PREFIX), 8)]
    if block.prefixlen < 23:
        # One block is left out, which aligns the following ones. A private endpoint takes one address per service and
        # zone: a /26 has enough for 40 and the 5 reserved ones, a /27 for 27.
        public = small[4:7]
        prefix, skipped = (26, 2) if block.prefixlen < 22 else (27, 4)
        endpoints = [*islice(last_quarter.subnets(new_prefix=prefix), skipped, skipped + 3)]
    elif block.prefixlen == 23:
        public, endpoints = small[2:4], [*last_quarter.subnets(new_prefix=27)][2:]
    else:
        public, endpoints = (small[2:3], small[3:4]) if zones == 1 else ([], small[2:4])
    return Layout(tuple(node_quarters[:zones]), tuple(small[:zones]), tuple(endpoints[:zones]), tuple(public[:zones]))


def most_zones(block: IPv4Network) -> int:
    """Returns the number of zones that a site's block has room for."""
    return 3 if block.prefixlen < 23 else 2
