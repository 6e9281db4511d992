"""Block of Kubernetes services of clusters on AWS."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.network.blocks import Block
from falaj.components.core.validation.args import Accepts, Spec, default
from falaj.components.core.validation.problems import refusal

PRIVATE_NETWORKS = tuple(IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
LARGEST_PREFIX, SMALLEST_PREFIX = 12, 24
"""Blocks that EKS accepts for services (EKS API, KubernetesNetworkConfigRequest, read 2026-11-26)."""


def _is_accepted(block: IPv4Network) -> IPv4Network:
    is_private = any(block.subnet_of(network) for network in PRIVATE_NETWORKS)
    if not is_private or not LARGEST_PREFIX <= block.prefixlen <= SMALLEST_PREFIX:
        allowed = f"a block of /{LARGEST_PREFIX} to /{SMALLEST_PREFIX} in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"
        raise refusal(allowed, "choose a block that no network of yours uses", given=str(block))
    return block


EksServiceBlock = Annotated[Block, AfterValidator(_is_accepted)]
"""A block that EKS accepts for services."""


class EksNetwork(Spec):
    """Addresses of Kubernetes services."""

    service_cidr: Accepts[EksServiceBlock | None, IPv4Network | str | None] = default()
    """Block of Kubernetes services, which no network that pods reach may use. Default: 10.100.0.0/16 or 172.20.0.0/16,
    whichever the VPC does not overlap. A change replaces the cluster."""
