"""How Karpenter may take nodes away, by workload profile, and when it must not. Pure."""

from dataclasses import dataclass

from falaj.components.core.node_pools.office_hours import OfficeHours, cron, minutes
from falaj.components.core.validation.enums import Profile

WHEN_EMPTY, WHEN_UNDERUSED = "WhenEmpty", "WhenEmptyOrUnderutilized"

DISTURBING = ("Underutilized", "Drifted")
"""Reasons of Karpenter's for which running pods are moved. That a node is empty disturbs nobody, at any hour."""

SLEEPERS_GRACE = "20m"
"""How long pods may take to leave a node of a pool that is put to sleep: the system nodes, Karpenter on them, follow
half an hour after the pools."""


@dataclass(frozen=True)
class Disruption:
    """When nodes of a profile go: after which idle time (`after`), how long pods may take to leave, and how old a node
    gets. Durations as Karpenter writes them.

    Without a grace a pod that may not be disturbed would hold up a change of image for ever. Age is not held back by
    any budget, so where a run must not be cut short no node is too old; it is replaced when it is empty or drifts.
    """

    policy: str
    after: str
    grace: str
    expire: str


DISRUPTION: dict[Profile, Disruption] = {
    # Consolidating a busy node would start a run again from its last checkpoint (karpenter-blueprints PR 6).
    Profile.TRAINING: Disruption(WHEN_EMPTY, "10m", "48h", "Never"),
    Profile.BATCH: Disruption(WHEN_EMPTY, "2m", "24h", "720h"),
    Profile.INFERENCE_CPU: Disruption(WHEN_UNDERUSED, "5m", "30m", "336h"),
    # A pod that is moved loads its model again, minutes in which it answers nobody.
    Profile.INFERENCE_GPU: Disruption(WHEN_EMPTY, "5m", "1h", "336h"),
}
"""Every profile that Karpenter makes nodes for: all but `system`, on whose nodes it runs itself."""


def budgets(hours: OfficeHours) -> list[dict[str, object]]:
    """Karpenter's disruption budgets: empty nodes go at any time, others one in ten and outside office hours only.

    They hold back consolidation and drift, not interruptions by the cloud, nor age.
    """
    length = minutes(hours.closes) - minutes(hours.opens)
    return [
        {"nodes": "100%", "reasons": ["Empty"]},
        {"nodes": "10%", "reasons": list(DISTURBING)},
        {
            "nodes": "0",
            "reasons": list(DISTURBING),
            "schedule": cron(hours.opens, utc=True),
            "duration": f"{length // 60}h{length % 60}m",
        },
    ]
