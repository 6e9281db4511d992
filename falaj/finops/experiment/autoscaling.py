"""The HorizontalPodAutoscaler's algorithm for a metric that replicas share. Pure.

Upstream: kubernetes v1.34, pkg/controller/podautoscaler/replica_calculator.go (GetExternalPerPodMetricReplicas) and
horizontal.go (stabilizeRecommendationWithBehaviors); read 2026-11-28.
"""

import math
from collections import deque


def desired_by_load(load: float, target: float, current: int, tolerance: float) -> int:
    """Returns the replicas for the load of a whole service, of which each should have `target`.

    `current` counts replicas that are not ready too. Nothing changes while the load is within `tolerance`, a share of
    the target of all; without replicas, any load counts.
    """
    if current and abs(load / (target * current) - 1) <= tolerance:
        return current
    return math.ceil(load / target)


class HighestRecent:
    """The highest of the numbers within a window of time."""

    def __init__(self, seconds: float) -> None:
        """The window is the last `seconds`, without its first moment."""
        self._seconds = seconds
        self._numbers: deque[tuple[float, int]] = deque()

    def highest(self, now: float, number: int) -> int:
        """Adds a number and returns the highest. `now` ascends from call to call, in seconds."""
        numbers = self._numbers
        # What a later number exceeds is never the highest again, so that the first is.
        while numbers and numbers[-1][1] <= number:
            numbers.pop()
        numbers.append((now, number))
        while numbers[0][0] <= now - self._seconds and len(numbers) > 1:
            numbers.popleft()
        return numbers[0][1]
