"""Karpenter's disruption settings by workload profile, and its disruption budgets. Pure."""

from dataclasses import dataclass

from falaj.components.core.node_pools.office_hours import OfficeHours, cron, minutes
from falaj.components.core.validation.enums import Profile

WHEN_EMPTY, WHEN_UNDERUSED = "WhenEmpty", "WhenEmptyOrUnderutilized"

DISRUPTIVE_REASONS = ("Underutilized", "Drifted")
"""Karpenter's disruption reasons that move running pods. Reason `Empty` moves none."""

SLEEPERS_GRACE = "20m"
"""Termination grace period of nodes in pools that sleep. The system nodes, which run Karpenter, stop half an hour after
the pools."""


@dataclass(frozen=True)
class Disruption:
    """Disruption settings of a profile's nodes; durations are in Karpenter's format.

    `consolidate_after` is the idle time before consolidation, `grace_period` the maximum time to drain a node, and
    `expire_after` the maximum age of a node. Without a grace period, a pod that must not be disrupted would block the
    replacement of a node with an outdated image indefinitely. Disruption budgets do not apply to expiry, so nodes of
    runs that must not be interrupted never expire; they are replaced when they are empty or drift.
    """

    policy: str
    consolidate_after: str
    grace_period: str
    expire_after: str


DISRUPTION: dict[Profile, Disruption] = {
    # Consolidating a busy node would restart a run from its last checkpoint (karpenter-blueprints PR 6).
    Profile.TRAINING: Disruption(WHEN_EMPTY, "10m", "48h", "Never"),
    Profile.BATCH: Disruption(WHEN_EMPTY, "2m", "24h", "720h"),
    Profile.INFERENCE_CPU: Disruption(WHEN_UNDERUSED, "5m", "30m", "336h"),
    # A moved pod reloads its model and is unavailable for minutes.
    Profile.INFERENCE_GPU: Disruption(WHEN_EMPTY, "5m", "1h", "336h"),
}
"""Settings of all profiles whose nodes Karpenter creates: all but `system`, on whose nodes Karpenter runs."""


def budgets(hours: OfficeHours) -> list[dict[str, object]]:
    """Returns Karpenter's disruption budgets.

    Empty nodes may be removed at any time, other nodes only outside office hours and at most 10 % at a time. Budgets
    limit consolidation and drift, but not spot interruptions or expiry.
    """
    length = minutes(hours.closes) - minutes(hours.opens)
    return [
        {"nodes": "100%", "reasons": ["Empty"]},
        {"nodes": "10%", "reasons": list(DISRUPTIVE_REASONS)},
        {
            "nodes": "0",
            "reasons": list(DISRUPTIVE_REASONS),
            "schedule": cron(hours.opens, utc=True),
            "duration": f"{length // 60}h{length % 60}m",
        },
    ]
