"""Karpenter's disruption settings by workload profile, and its disruption budgets. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from falaj.components.core.node_pools.office_hours import OfficeHours, cron, minutes
from falaj.components.core.validation.enums import Capacity, Profile

WHEN_EMPTY, WHEN_UNDERUSED = "WhenEmpty", "WhenEmptyOrUnderutilized"

SLEEPERS_GRACE = "20m"
"""Termination grace period of nodes in pools that sleep. The system nodes, which run Karpenter, stop half an hour after
the pools."""

NOTICE_GRACE = "2m"
"""Termination grace period of spot nodes for runs: AWS's interruption notice (EC2 User Guide, "Spot Instance
interruption notices", 2026-11-27). Karpenter evicts pods at once, except those that forbid it by the annotation
`karpenter.sh/do-not-disrupt`: with this period it deletes them early enough that they are asked to stop before the
machine is gone (sigs.k8s.io/karpenter v1.15.0, pkg/controllers/node/termination/terminator/eviction.go)."""


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
    consolidates_at_any_hour: bool = False
    """Whether busy nodes are consolidated in office hours too, one at a time."""

    @property
    def idle_seconds(self) -> int:
        """`consolidate_after` in seconds."""
        return int(self.consolidate_after[:-1]) * _SECONDS[self.consolidate_after[-1]]


_SECONDS: Mapping[str, int] = {"s": 1, "m": 60, "h": 3600}
"""Unit of a duration -> seconds."""


_TRAINING = Disruption(WHEN_EMPTY, "2m", "48h", "Never")
_BATCH = Disruption(WHEN_EMPTY, "2m", "24h", "720h")

DISRUPTION: Mapping[Profile, Disruption] = {
    # Consolidating a busy node would restart a run from its last checkpoint (karpenter-blueprints PR 6).
    Profile.TRAINING: _TRAINING,
    Profile.BATCH: _BATCH,
    Profile.INFERENCE_CPU: Disruption(WHEN_UNDERUSED, "5m", "30m", "336h"),
    # A moved pod reloads its model and is unavailable for minutes.
    Profile.INFERENCE_GPU: Disruption(WHEN_EMPTY, "5m", "1h", "336h"),
}
"""Settings of all profiles whose nodes Karpenter creates: all but `system`, on whose nodes Karpenter runs."""


def _returns_to_spot(disruption: Disruption) -> Disruption:
    """Returns settings with which Karpenter replaces a busy on-demand node by a spot node once there is one.

    It starts the spot node first, and drains the on-demand node when the spot node is ready, so a run saves a
    checkpoint and loses the time of a restart only. Spot nodes are not replaced by spot nodes, but are removed if their
    pods fit on other nodes (sigs.k8s.io/karpenter v1.15.0, pkg/controllers/disruption/consolidation.go).
    """
    return replace(disruption, policy=WHEN_UNDERUSED, consolidates_at_any_hour=True)


_BY_CAPACITY: Mapping[tuple[Profile, Capacity], Disruption] = {
    (Profile.TRAINING, Capacity.SPOT): replace(_TRAINING, grace_period=NOTICE_GRACE),
    (Profile.BATCH, Capacity.SPOT): replace(_BATCH, grace_period=NOTICE_GRACE),
    (Profile.TRAINING, Capacity.SPOT_FIRST): _returns_to_spot(_TRAINING),
    (Profile.BATCH, Capacity.SPOT_FIRST): _returns_to_spot(_BATCH),
}


def disruption_of(profile: Profile, capacity: Capacity) -> Disruption:
    """Returns the disruption settings of a pool's nodes."""
    return _BY_CAPACITY.get((profile, capacity), DISRUPTION[profile])


def budgets(hours: OfficeHours, disruption: Disruption) -> list[dict[str, object]]:
    """Returns Karpenter's disruption budgets.

    Empty nodes may be removed at any time, other nodes only outside office hours and at most 10 % at a time; where
    nodes are consolidated at any hour, one at a time. Budgets limit consolidation and drift, but not spot interruptions
    or expiry.
    """
    length = minutes(hours.closes) - minutes(hours.opens)
    closed = {"schedule": cron(hours.opens, utc=True), "duration": f"{length // 60}h{length % 60}m"}
    at_any_hour = disruption.consolidates_at_any_hour
    outside_hours = ["Drifted"] if at_any_hour else ["Underutilized", "Drifted"]
    return [
        {"nodes": "100%", "reasons": ["Empty"]},
        *([{"nodes": "1", "reasons": ["Underutilized"]}] if at_any_hour else []),
        {"nodes": "10%", "reasons": outside_hours},
        {"nodes": "0", "reasons": outside_hours, **closed},
    ]
