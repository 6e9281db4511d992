"""IDs of a network that other components use, whether the network is created or exists."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi


@dataclass(frozen=True)
class NetworkParts:
    """IDs of a network, in the order of its zones. `blocks` are the IPv4 blocks of nodes and pods."""

    network_id: pulumi.Output[str]
    node_subnet_ids: pulumi.Output[Sequence[str]]
    control_plane_subnet_ids: pulumi.Output[Sequence[str]]
    endpoint_subnet_ids: pulumi.Output[Sequence[str]]
    endpoint_cidrs: pulumi.Output[Sequence[str]]
    pod_subnet_ids: pulumi.Output[Sequence[str]]
    s3_endpoint_id: pulumi.Output[str]
    s3_cidrs: pulumi.Output[Sequence[str]]
    nat_addresses: pulumi.Output[Sequence[str]]
    cidr: pulumi.Output[str]
