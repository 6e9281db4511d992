"""The parts of a Karpenter NodePool that are the same on both clouds."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from falaj.components.core.node_pools.disruption import budgets, disruption_of
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.validation.enums import Capacity

CAPACITY_TYPES: Mapping[Capacity, tuple[str, ...]] = {
    Capacity.SPOT: ("spot",),
    Capacity.ON_DEMAND: ("on-demand",),
    Capacity.SPOT_FIRST: ("spot", "on-demand"),
}
"""Capacity -> values of `karpenter.sh/capacity-type`. Karpenter prefers spot if both are given."""


def limits(pool: RegionalPool) -> dict[str, str]:
    """Returns the NodePool's `limits`: `max` machines of the largest type.

    Karpenter expects strings, and may exceed a limit by the nodes that it launches at the same time.
    """
    resources = {
        "cpu": max((machine.vcpu or 0 for machine in pool.offered), default=0) * pool.spec.max,
        "nvidia.com/gpu": pool.gpus * pool.spec.max,
    }
    memory = max((machine.memory_gib or 0 for machine in pool.offered), default=0) * pool.spec.max
    quantities = {key: str(amount) for key, amount in resources.items() if amount}
    return quantities | ({"memory": f"{ceil(memory)}Gi"} if memory else {}) | {"nodes": str(pool.spec.max)}


def requirement(key: str, values: Sequence[str]) -> dict[str, Any]:
    """Returns a node requirement: the label `key` has one of the values."""
    return {"key": key, "operator": "In", "values": [*values]}


def machine_requirements(pool: RegionalPool, size_key: str) -> list[dict[str, Any]]:
    """Returns requirements for machine type, architecture, OS and capacity type; `size_key` is the machine type
    label."""
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
    """Returns the `spec` of a `karpenter.sh/v1` NodePool; `node_class` is the group, kind and name of the node
    class."""
    disruption = disruption_of(pool.spec.profile, pool.spec.capacity)
    return {
        "template": {
            "metadata": {"labels": dict(labels)},
            "spec": {
                "nodeClassRef": dict(node_class),
                "requirements": [dict(item) for item in requirements],
                "taints": [{"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in taints],
                "expireAfter": disruption.expire_after,
                "terminationGracePeriod": disruption.grace_period,
            },
        },
        "disruption": {
            "consolidationPolicy": disruption.policy,
            "consolidateAfter": disruption.consolidate_after,
            "budgets": budgets(hours, disruption),
        },
        "limits": limits(pool),
    }
