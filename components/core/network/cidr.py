"""Divides a site's address block into subnets."""

from dataclasses import dataclass
from ipaddress import IPv4Network

CONTROL_PLANE_PREFIX = 28
"""Prefix of control plane subnets: EKS needs six free addresses per subnet, AKS API server VNet integration a /28."""

SMALLEST_SITE_PREFIX = 20
LARGEST_SITE_PREFIX = 16
"""A VPC has at most a /16. Below a /20, three zones have fewer than 1,000 pod addresses each."""

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

    `zones` is 1, 2 or 3. The blocks do not overlap.
    Raises ValueError for a block outside /16../20 or another number of zones.
    """
    if not 1 <= zones <= 3:
        raise ValueError(f"zones must be 1, 2 or 3, not {zones}")
    if not LARGEST_SITE_PREFIX <= block.prefixlen <= SMALLEST_SITE_PREFIX:
        raise ValueError(f"a site needs a block of {SITE_SIZES}")
    *node_quarters, last_quarter = block.subnets(prefixlen_diff=2)
    small_blocks = last_quarter.subnets(new_prefix=CONTROL_PLANE_PREFIX)
    control_plane = tuple(next(small_blocks) for _ in range(3))[:zones]
    next(small_blocks)  # aligns the following blocks to /26
    public = tuple(next(small_blocks) for _ in range(3))[:zones]
    # A private endpoint takes one address per service and zone: a /26 has enough for 40 and the 5 reserved ones.
    endpoint_blocks = list(last_quarter.subnets(new_prefix=26))[2:]
    return Layout(tuple(node_quarters[:zones]), control_plane, tuple(endpoint_blocks[:zones]), public)
