"""What Karpenter is told about a node pool: the part that is the same on every cloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.core.office_hours import OfficeHours, cron, minutes
from components.core.pools import CheckedPool
from components.core.profiles import Taint
from components.core.words import Capacity, Profile

EMPTY, UNDERUTILIZED = "WhenEmpty", "WhenEmptyOrUnderutilized"


@dataclass(frozen=True)
class Letting:
    """How nodes of a profile are let go: which ones, how long after their last pod (both in Karpenter's words), and
    how long pods that must not be disturbed may hold up a node that is to be renewed."""

    policy: str
    after: str
    grace: str


LETTING_GO: Mapping[Profile, Letting] = {
    # A machine in use is never taken from under a job; the next one of a queue starts on a warm machine.
    Profile.TRAINING: Letting(EMPTY, "10m", "48h"),
    # Packing batch pods together restarts them from the beginning (karpenter-blueprints, pull request 6).
    Profile.BATCH: Letting(EMPTY, "5m", "6h"),
    Profile.INFERENCE_CPU: Letting(UNDERUTILIZED, "5m", "1h"),
    # A model that is moved takes minutes to load.
    Profile.INFERENCE_GPU: Letting(EMPTY, "10m", "1h"),
}
"""By profile; nodes of profile `system` are not Karpenter's."""

AT_ONCE = "10%"
"""Nodes of a pool that are renewed or moved at the same time: Karpenter's own default."""

CAPACITY_TYPES: Mapping[Capacity, tuple[str, ...]] = {
    Capacity.SPOT: ("spot",),
    Capacity.ON_DEMAND: ("on-demand",),
    Capacity.SPOT_FIRST: ("spot", "on-demand"),
}
"""How machines are bought, in Karpenter's words. It takes spot first where both are named."""


def disruption(profile: Profile, hours: OfficeHours) -> dict[str, Any]:
    """When nodes go. In office hours only empty ones do; nothing that runs is moved or renewed then.

    Karpenter counts in UTC.
    """
    open_minutes = minutes(hours.closes) - minutes(hours.opens)
    letting = LETTING_GO[profile]
    return {
        "consolidationPolicy": letting.policy,
        "consolidateAfter": letting.after,
        "budgets": [
            {"nodes": AT_ONCE},
            {
                "nodes": "0",
                "reasons": ["Underutilized", "Drifted"],
                "schedule": cron(hours.opens, utc=True),
                "duration": f"{open_minutes // 60}h{open_minutes % 60}m",
            },
        ],
    }


def limits(pool: CheckedPool) -> dict[str, str]:
    """The most that a pool may grow to: `max` of its largest machines. Karpenter wants strings, and passes a limit by
    what it orders at once."""
    largest = {
        "cpu": max((machine.vcpu or 0 for machine in pool.offered), default=0) * pool.max,
        "nvidia.com/gpu": int(pool.gpus) * pool.max,
    }
    memory = max((machine.memory_gib or 0 for machine in pool.offered), default=0) * pool.max
    found = {key: str(amount) for key, amount in largest.items() if amount}
    return found | ({"memory": f"{memory:g}Gi"} if memory else {}) | {"nodes": str(pool.max)}


def requirement(key: str, values: Sequence[str]) -> dict[str, Any]:
    """One thing that a node must be."""
    return {"key": key, "operator": "In", "values": [*values]}


def machine_requirements(pool: CheckedPool, size_key: str) -> list[dict[str, Any]]:
    """Sizes, architecture, system and the way they are bought; `size_key` is the cloud's label of a size."""
    architectures = {"x86_64": "amd64", "arm64": "arm64"}
    return [
        requirement(size_key, pool.machines),
        requirement("kubernetes.io/arch", sorted({architectures[machine.arch] for machine in pool.offered})),
        requirement("kubernetes.io/os", ["linux"]),
        requirement("karpenter.sh/capacity-type", CAPACITY_TYPES[pool.capacity]),
    ]


def node_pool(
    pool: CheckedPool,
    node_class: Mapping[str, str],
    labels: Mapping[str, str],
    taints: Sequence[Taint],
    requirements: Sequence[Mapping[str, Any]],
    hours: OfficeHours,
) -> dict[str, Any]:
    """The `spec` of a `NodePool` of `karpenter.sh/v1`; `node_class` is group, kind and name of the class."""
    return {
        "template": {
            "metadata": {"labels": dict(labels)},
            "spec": {
                "nodeClassRef": dict(node_class),
                "requirements": [dict(item) for item in requirements],
                "taints": [{"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in taints],
                # Age is no reason to stop what runs: nodes are renewed when their image or pool changes, which the
                # budgets hold back, and expiry would not be.
                "expireAfter": "Never",
                "terminationGracePeriod": LETTING_GO[pool.profile].grace,
            },
        },
        "disruption": disruption(pool.profile, hours),
        "limits": limits(pool),
    }
