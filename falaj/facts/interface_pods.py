"""Pods for which EKS reserves memory on a machine: as many as its network interfaces have addresses for.

`data/interface_pods.csv` has the interfaces of a machine's first network card and the IPv4 addresses of each
(karpenter-provider-aws, 1d92708, pkg/providers/instancetype/zz_generated.vpclimits.go, 2026-08-21). The memory that is
reserved follows this number whatever maximum the kubelet has: of Karpenter's estimate (instancetype/types.go,
`UsesENILimitedMemoryOverhead`, which Amazon Linux 2023 has from `DefaultFamily`) and of the node itself
(amazon-eks-ami, 81fec2e, nodeadm/internal/kubelet/config.go, withDefaultReservedResources, 2026-07-23).
"""

from collections.abc import Mapping
from functools import cache

from falaj.facts.rows import rows, whole

HOST_NETWORK_PODS = 2
"""Pods on the node's own address: of the network and of kube-proxy (Karpenter, ENILimitedPods)."""


def interface_pods(machine: str) -> int | None:
    """Returns the number of pods of a machine type; None if its interfaces are not known."""
    return _pods().get(machine)


@cache
def _pods() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for row in rows("interface_pods.csv", ("machine",), ("machine", "interfaces", "addresses")):
        interfaces = row.need("interfaces", whole, "a whole number of network interfaces")
        addresses = row.need("addresses", whole, "a whole number of addresses of an interface")
        # The first address of an interface is its own.
        found[row.key] = interfaces * (addresses - 1) + HOST_NETWORK_PODS
    return found
