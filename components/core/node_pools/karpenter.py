"""What Karpenter is told about a node pool: the part that is the same on every cloud."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from falaj.components.core.node_pools.disruption import DISRUPTION, budgets
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.validation.enums import Capacity

CAPACITY_TYPES: Mapping[Capacity, tuple[str, ...]] = {
    Capacity.SPOT: ("spot",),
    Capacity.ON_DEMAND: ("on-demand",),
    Capacity.SPOT_FIRST: ("spot", "on-demand"),
}
"""How machines are bought, in Karpenter's words. It takes spot first where both are named."""

NO_SHARING = "nothing where Karpenter makes the nodes: it knows neither slices nor turns of GPUs"
"""For these it starts no node (kubernetes-sigs/karpenter#729, open on 2026-11-24)."""


def limits(pool: RegionalPool) -> dict[str, str]:
    """The most that a pool may grow to: `max` of its largest machines. Karpenter wants strings, and passes a limit by
    what it orders at once."""
    largest = {
        "cpu": max((machine.vcpu or 0 for machine in pool.offered), default=0) * pool.spec.max,
        "nvidia.com/gpu": int(pool.gpus) * pool.spec.max,
    }
    memory = max((machine.memory_gib or 0 for machine in pool.offered), default=0) * pool.spec.max
    found = {key: str(amount) for key, amount in largest.items() if amount}
    return found | ({"memory": f"{ceil(memory)}Gi"} if memory else {}) | {"nodes": str(pool.spec.max)}


def requirement(key: str, values: Sequence[str]) -> dict[str, Any]:
    """One thing that a node must be."""
    return {"key": key, "operator": "In", "values": [*values]}


def machine_requirements(pool: RegionalPool, size_key: str) -> list[dict[str, Any]]:
    """Sizes, architecture, system and the way they are bought; `size_key` is the cloud's label of a size."""
    architectures = {"x86_64": "amd64", "arm64": "arm64"}
    return [
        requirement(size_key, pool.spec.machines),
        requirement("kubernetes.io/arch", sorted({architectures[machine.arch] for machine in pool.offered})),
        requirement("kubernetes.io/os", ["linux"]),
        requirement("karpenter.sh/capacity-type", CAPACITY_TYPES[pool.spec.capacity]),
    ]


def node_pool(
    pool: RegionalPool,
    node_class: Mapping[str, str],
    labels: Mapping[str, str],
    taints: Sequence[Taint],
    requirements: Sequence[Mapping[str, Any]],
    hours: OfficeHours,
) -> dict[str, Any]:
    """The `spec` of a `NodePool` of `karpenter.sh/v1`; `node_class` is group, kind and name of the class."""
    going = DISRUPTION[pool.spec.profile]
    return {
        "template": {
            "metadata": {"labels": dict(labels)},
            "spec": {
                "nodeClassRef": dict(node_class),
                "requirements": [dict(item) for item in requirements],
                "taints": [{"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in taints],
                "expireAfter": going.expire,
                "terminationGracePeriod": going.grace,
            },
        },
        "disruption": {
            "consolidationPolicy": going.policy,
            "consolidateAfter": going.after,
            "budgets": budgets(hours),
        },
        "limits": limits(pool),
    }
