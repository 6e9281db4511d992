"""This region's prices, for a Karpenter that cannot ask for them.

Karpenter brings one table of prices, that of us-east-1, and keeps to it where it reaches no list of prices (its
pkg/providers/pricing, Reset). What is cheapest there need not be cheapest here.
"""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.aws.nodes.karpenter.pools import KarpenterPool

API = "karpenter.sh/v1alpha1"


def overlays(
    name: str,
    pools: Mapping[str, KarpenterPool],
    labels: Mapping[str, str],
    parent: pulumi.Resource,
    after: Sequence[pulumi.Resource],
) -> list[pulumi.Resource]:
    """A NodeOverlay for each machine that some pool may buy on demand and whose price is known. Spot prices Karpenter
    asks of EC2, which it reaches everywhere."""
    opts = pulumi.ResourceOptions(parent=parent, depends_on=list(after))
    return [
        CustomResource(
            f"{name}-price-{machine}",
            api_version=API,
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
        for machine, price in sorted(_prices(pools).items())
    ]


def _prices(pools: Mapping[str, KarpenterPool]) -> dict[str, str]:
    """Dollars an hour by machine, as text."""
    offered = {machine.name: machine for pool in pools.values() for machine in pool.offered}
    return {
        name: f"{machine.on_demand.usd_hour:f}"
        for name, machine in offered.items()
        if machine.on_demand.usd_hour is not None
    }
