"""Number of replicas of a service: the HorizontalPodAutoscaler that KEDA creates, and KEDA's activation. Pure.

Upstream: kubernetes v1.34, pkg/controller/podautoscaler (replica_calculator.go, horizontal.go) and
pkg/apis/autoscaling/v2/defaults.go; kedacore/keda, pkg/scaling/executor/scale_scaledobjects.go; read 2026-11-28.
"""

import math

from falaj.finops.experiment.autoscaling import HighestRecent

SYNC_SECONDS = 15.0
"""Seconds between two evaluations (kube-controller-manager, `--horizontal-pod-autoscaler-sync-period`, its default,
which managed clusters do not let change)."""

TOLERANCE = 0.1
"""Deviation of the load from its target within which nothing changes (kube-controller-manager,
`--horizontal-pod-autoscaler-tolerance`, its default)."""

UP_PODS, UP_FACTOR = 4, 2
"""Most replicas that are added in 15 seconds: four, or as many as there are, whichever is more (defaults of `behavior`,
which the components keep for scaling up)."""


def desired_by_usage(usage: float, target: float, ready: int, current: int) -> int:
    """Returns the replicas for a metric of type Utilization (GetResourceReplicas).

    `usage` is the mean of ready replicas. Replicas that are not ready count as unused for scaling up, and not at all
    for scaling down; nothing changes if that turns the direction around.
    """
    if not ready:
        return current
    ratio = usage / target
    starting = current - ready
    if not starting or ratio <= 1:
        return current if abs(ratio - 1) <= TOLERANCE else math.ceil(ratio * ready)
    return current if ratio * ready / current <= 1 + TOLERANCE else math.ceil(ratio * ready)


class HorizontalAutoscaler:
    """Limits of a service's replicas, and its stabilisation window of scaling down."""

    def __init__(self, least: int, most: int, down_seconds: float) -> None:
        """A service that scales to zero has at least one replica here: KEDA removes and adds the last one."""
        self._least, self._most = max(least, 1), most
        self._recommended = HighestRecent(down_seconds)

    def replicas(self, now: float, desired: int, current: int) -> int:
        """Returns the number of replicas from now on."""
        number = desired
        highest = self._recommended.highest(now, desired)
        if desired < current:
            number = highest
        return self.clamped(number, current)

    def clamped(self, number: int, current: int) -> int:
        """Returns the number within the limits, also that of what may be added at once."""
        most = min(self._most, max(current + UP_PODS, current * UP_FACTOR))
        return max(min(number, most), self._least)
