"""Replay of a trace against one variant: a queue, replicas with slots, and the autoscaler's algorithm.

Not modelled: batches that slow down as they fill (speeds are those of full slots), caches, retries and failures.
"""

from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.assumptions import Autoscaler, VariantAssumptions
from falaj.finops.experiment.autoscaling import HighestRecent, desired_by_load
from falaj.finops.experiment.trace import Request

if TYPE_CHECKING:
    import simpy


MAX_INTERVALS_AFTER = 100_000
"""Intervals of the autoscaler that are simulated after the last request: 17 days of 15 seconds each."""


@dataclass(frozen=True)
class ReplayResult:
    """The result of a replay. Times are in seconds; `replicas` is a step function of (time, billed replicas)."""

    requests: int
    tokens: int
    p50_s: float
    p95_s: float
    p99_s: float
    waited_s: float
    replica_hours: float
    mean_replicas: float
    most_replicas: int
    replicas: tuple[tuple[float, int], ...]
    busy: float
    usd: float

    @property
    def usd_per_1000(self) -> float:
        """Cost per 1,000 requests."""
        return self.usd / self.requests * 1000

    @property
    def usd_per_million_tokens(self) -> float | None:
        """Cost per million generated tokens; None if none were generated."""
        return self.usd / self.tokens * 1e6 if self.tokens else None


@dataclass
class _Replica:
    began: float
    ready: bool = False
    busy: int = 0
    leaving: bool = False
    ended: float | None = None


class _Service:
    """A simulated variant."""

    def __init__(
        self, env: "simpy.Environment", variant: VariantAssumptions, scaler: Autoscaler, requests: int
    ) -> None:
        self.env, self.variant, self.scaler, self.remaining = env, variant, scaler, requests
        self.done = env.event()
        self.waiting: deque[tuple[float, float]] = deque()
        self.replicas: list[_Replica] = []
        self.retired: list[_Replica] = []
        self.latencies: list[float] = []
        self.waited = self.busy_seconds = 0.0
        self.replica_steps: list[tuple[float, int]] = []
        for _ in range(variant.least):
            self.replicas.append(_Replica(0.0, ready=True))
        self._record_replicas()

    def arrivals(self, trace: Sequence[Request]) -> "Generator[simpy.Event, Any, None]":
        """Adds the requests to the queue at their arrival times."""
        for request in trace:
            if request.at > self.env.now:
                yield self.env.timeout(request.at - self.env.now)
            self.waiting.append((self.env.now, self.variant.seconds(request.context, request.generated)))
            self._serve()

    def autoscaling(self, intervals: int) -> "Generator[simpy.Event, Any, None]":
        """Applies the autoscaler's algorithm at every interval; the service fails if requests remain after the last."""
        recent = HighestRecent(float(self.scaler.down_after_seconds))
        for _ in range(intervals):
            yield self.env.timeout(float(self.scaler.interval_seconds))
            if not self.remaining:
                return
            number = self._desired()
            floor = recent.highest(self.env.now, number)
            active = [replica for replica in self.replicas if not replica.leaving]
            if number > len(active):
                self._scale_up(number - len(active))
            elif floor < len(active):
                self._scale_down(active, len(active) - floor)
        sentence = (
            f"{self.remaining} requests have no response {intervals:,} intervals of the autoscaler after the first "
            "one: the tokens per second are too few, or interval_seconds is too short"
        )
        self.done.fail(BadInput("variants", sentence))

    def _desired(self) -> int:
        """Returns the number of replicas for the load, within minimum and maximum; the current number within the
        tolerance.
        """
        variant = self.variant
        load = len(self.waiting) + sum(replica.busy for replica in self.replicas)
        current = sum(not replica.leaving for replica in self.replicas)
        target = variant.slots * float(self.scaler.target)
        desired = desired_by_load(load, target, current, float(self.scaler.tolerance))
        return min(max(desired, variant.least), variant.most)

    def _scale_up(self, number: int) -> None:
        for _ in range(number):
            replica = _Replica(self.env.now)
            self.replicas.append(replica)
            self.env.process(self._start(replica))
        self._record_replicas()

    def _start(self, replica: _Replica) -> "Generator[simpy.Event, Any, None]":
        yield self.env.timeout(float(self.variant.start_seconds))
        replica.ready = True
        self._serve()

    def _scale_down(self, active: list[_Replica], number: int) -> None:
        """Removes starting replicas first, then the least busy; their current requests are finished."""
        for replica in sorted(active, key=lambda replica: (replica.ready, replica.busy))[:number]:
            replica.leaving = True
            self._retire(replica)
        self._record_replicas()

    def _retire(self, replica: _Replica) -> None:
        if replica.leaving and replica.busy == 0:
            replica.ended = self.env.now
            self.replicas.remove(replica)
            self.retired.append(replica)
            self._record_replicas()

    def _serve(self) -> None:
        """Assigns the longest-waiting request to the least busy replica."""
        slots = self.variant.slots
        while self.waiting:
            free = [
                replica for replica in self.replicas if replica.ready and not replica.leaving and replica.busy < slots
            ]
            if not free:
                return
            arrived, seconds = self.waiting.popleft()
            replica = min(free, key=lambda replica: replica.busy)
            replica.busy += 1
            self.waited += self.env.now - arrived
            self.busy_seconds += seconds
            self.latencies.append(self.env.now - arrived + seconds)
            self.env.timeout(seconds).callbacks.append(lambda _, replica=replica: self._finished(replica))

    def _finished(self, replica: _Replica) -> None:
        replica.busy -= 1
        self.remaining -= 1
        self._retire(replica)
        self._serve()
        if not self.remaining:
            self.done.succeed()

    def _record_replicas(self) -> None:
        now, number = self.env.now, len(self.replicas)
        if self.replica_steps and self.replica_steps[-1][0] == now:
            self.replica_steps.pop()
        if not self.replica_steps or self.replica_steps[-1][1] != number:
            self.replica_steps.append((now, number))


def replay(trace: Sequence[Request], variant: VariantAssumptions, scaler: Autoscaler) -> ReplayResult:
    """Replays the whole trace until the last response. Raises `BadInput` if there is none for too long."""
    import numpy as np
    import simpy

    intervals = int(trace[-1].at / float(scaler.interval_seconds))
    env = simpy.Environment()
    service = _Service(env, variant, scaler, len(trace))
    env.process(service.arrivals(trace))
    env.process(service.autoscaling(intervals + MAX_INTERVALS_AFTER))
    env.run(until=service.done)
    replica_seconds = sum(
        (env.now if item.ended is None else item.ended) - item.began for item in (*service.replicas, *service.retired)
    )
    p50, p95, p99 = (float(value) for value in np.quantile(service.latencies, (0.5, 0.95, 0.99)))
    return ReplayResult(
        requests=len(trace),
        tokens=sum(item.generated for item in trace),
        p50_s=p50,
        p95_s=p95,
        p99_s=p99,
        waited_s=service.waited / len(trace),
        replica_hours=replica_seconds / 3600,
        mean_replicas=replica_seconds / env.now if env.now else 0.0,
        most_replicas=max(number for _, number in service.replica_steps),
        replicas=tuple(service.replica_steps),
        busy=service.busy_seconds / (replica_seconds * variant.slots) if replica_seconds else 0.0,
        usd=replica_seconds / 3600 * float(variant.usd_per_hour),
    )
