"""When an autoscaler decides about pods that cannot be scheduled.

Karpenter waits until no further pod has come for a second, and ten seconds at most (sigs.k8s.io/karpenter v1.15.0,
pkg/controllers/provisioning/batcher.go). All node pools of a cluster share one batch: Karpenter has one provisioner,
and any pod extends its window (provisioner.go, controller.go). The cluster autoscaler scans at an interval.
"""

from collections.abc import Callable

from falaj.simulation.jobs.clock import Clock


class Batch:
    """Collects requests until they are decided together."""

    def __init__(self, clock: Clock, idle: float, longest: float) -> None:
        """`idle`: seconds without a request after which to decide; `longest`: seconds since the first request."""
        self._clock, self._idle, self._longest = clock, idle, longest
        self._deciders: list[Callable[[], None]] = []
        self._began: float | None = None
        self._at = 0.0

    def add(self, decide: Callable[[], None]) -> None:
        """Adds a function that is called at the end of each batch."""
        self._deciders.append(decide)

    def request(self) -> None:
        """Begins a batch, or extends it."""
        now = self._clock.now
        if self._began is None:
            self._began, self._at = now, now
        at = min(now + self._idle, self._began + max(self._longest, self._idle))
        if at > self._at or self._at == now:
            self._at = at
            self._clock.at(at, self._end, at)

    def _end(self, at: float) -> None:
        if self._began is None or at < self._at:
            return
        self._began = None
        for decide in self._deciders:
            decide()
