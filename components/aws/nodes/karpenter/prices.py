"""NodeOverlays with this region's prices, for a Karpenter that cannot reach the price list API.

Karpenter contains one price table, that of us-east-1, and uses it if it cannot reach the API (its
pkg/providers/pricing, Reset). The cheapest machine in us-east-1 is not always the cheapest in this region.
"""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.aws.nodes.karpenter.pools import KarpenterPool

NODE_OVERLAY_API = "karpenter.sh/v1alpha1"


def overlays(
    name: str,
    pools: Mapping[str, KarpenterPool],
    labels: Mapping[str, str],
    parent: pulumi.Resource,
    after: Sequence[pulumi.Resource],
) -> list[pulumi.Resource]:
    """Creates a NodeOverlay for each machine type of the pools whose on-demand price is known. Karpenter reads spot
    prices from EC2, which has a private endpoint."""
    opts = pulumi.ResourceOptions(parent=parent, depends_on=list(after))
    return [
        CustomResource(
            f"{name}-price-{machine}",
            api_version=NODE_OVERLAY_API,
            kind="NodeOverlay",
            metadata={"name": f"price-{machine.replace('.', '-')}", "labels": dict(labels)},
            spec={
                "requirements": [
                    {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": [machine]},
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
                ],
                "price": price,
            },
            opts=opts,
        )
        for machine, price in sorted(_on_demand_prices(pools).items())
    ]


def _on_demand_prices(pools: Mapping[str, KarpenterPool]) -> dict[str, str]:
    """Returns on-demand prices in US dollars per hour by machine type, as text."""
    machines = {machine.name: machine for pool in pools.values() for machine in pool.offered}
    return {
        name: f"{machine.on_demand.usd_hour:f}"
        for name, machine in machines.items()
        if machine.on_demand.usd_hour is not None
    }
