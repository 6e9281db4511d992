"""Replay of a trace against one variant: a queue, replicas with slots, and the autoscaler's rule.

What it leaves out: a batch that slows down as it fills (speeds are those of full slots), caches, retries and failures.
"""

import math
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from falaj.finops.experiment.assumptions import Autoscaler, VariantAssumptions
from falaj.finops.experiment.trace import Request

if TYPE_CHECKING:
    import simpy


@dataclass(frozen=True)
class ReplayResult:
    """What came out. Times are in seconds; `replicas` is a staircase of (moment, replicas paid for)."""

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
        """Cost of 1,000 requests."""
        return self.usd / self.requests * 1000

    @property
    def usd_per_million_tokens(self) -> float | None:
        """Cost of a million generated tokens; None where none was generated."""
        return self.usd / self.tokens * 1e6 if self.tokens else None


@dataclass
class _Replica:
    began: float
    ready: bool = False
    busy: int = 0
    leaving: bool = False
    ended: float | None = None


class _Service:
    """One variant while it runs."""

    def __init__(
        self, env: "simpy.Environment", assumed: VariantAssumptions, scaler: Autoscaler, requests: int
    ) -> None:
        self.env, self.assumed, self.scaler, self.left = env, assumed, scaler, requests
        self.done = env.event()
        self.waiting: deque[tuple[float, float]] = deque()
        self.replicas: list[_Replica] = []
        self.retired: list[_Replica] = []
        self.latencies: list[float] = []
        self.waited = self.worked = 0.0
        self.stairs: list[tuple[float, int]] = []
        for _ in range(assumed.least):
            self.replicas.append(_Replica(0.0, ready=True))
        self._note()

    def arrivals(self, trace: Sequence[Request]) -> "Generator[simpy.Event, Any, None]":
        """Requests come when they came."""
        for one in trace:
            if one.at > self.env.now:
                yield self.env.timeout(one.at - self.env.now)
            self.waiting.append((self.env.now, self.assumed.seconds(one.context, one.generated)))
            self._serve()

    def autoscaling(self) -> "Generator[simpy.Event, Any, None]":
        """The rule, at every interval."""
        wanted: deque[tuple[float, int]] = deque()
        while self.left:
            yield self.env.timeout(float(self.scaler.interval_seconds))
            now = self.env.now
            wanted.append((now, self._desired()))
            while wanted[0][0] < now - float(self.scaler.down_after_seconds):
                wanted.popleft()
            staying = [one for one in self.replicas if not one.leaving]
            if wanted[-1][1] > len(staying):
                self._more(wanted[-1][1] - len(staying))
            elif (floor := max(number for _, number in wanted)) < len(staying):
                self._fewer(staying, len(staying) - floor)

    def _desired(self) -> int:
        """Replicas that the load asks for, within least and most; the present number where it is near enough."""
        assumed = self.assumed
        load = len(self.waiting) + sum(one.busy for one in self.replicas)
        wanted = load / (assumed.slots * float(self.scaler.target))
        present = sum(not one.leaving for one in self.replicas)
        if present and abs(wanted / present - 1) <= float(self.scaler.tolerance):
            return present
        return min(max(math.ceil(wanted), assumed.least), assumed.most)

    def _more(self, number: int) -> None:
        for _ in range(number):
            one = _Replica(self.env.now)
            self.replicas.append(one)
            self.env.process(self._starting(one))
        self._note()

    def _starting(self, one: _Replica) -> "Generator[simpy.Event, Any, None]":
        yield self.env.timeout(float(self.assumed.start_seconds))
        one.ready = True
        self._serve()

    def _fewer(self, staying: list[_Replica], number: int) -> None:
        """Those that start or do least go first; what they work on is finished."""
        for one in sorted(staying, key=lambda replica: (replica.ready, replica.busy))[:number]:
            one.leaving = True
            self._retire(one)
        self._note()

    def _retire(self, one: _Replica) -> None:
        if one.leaving and one.busy == 0:
            one.ended = self.env.now
            self.replicas.remove(one)
            self.retired.append(one)
            self._note()

    def _serve(self) -> None:
        """Whoever waits longest goes to the replica that does least."""
        slots = self.assumed.slots
        while self.waiting:
            free = [one for one in self.replicas if one.ready and not one.leaving and one.busy < slots]
            if not free:
                return
            came, seconds = self.waiting.popleft()
            one = min(free, key=lambda replica: replica.busy)
            one.busy += 1
            self.waited += self.env.now - came
            self.worked += seconds
            self.latencies.append(self.env.now - came + seconds)
            self.env.timeout(seconds).callbacks.append(lambda _, replica=one: self._finished(replica))

    def _finished(self, one: _Replica) -> None:
        one.busy -= 1
        self.left -= 1
        self._retire(one)
        self._serve()
        if not self.left:
            self.done.succeed()

    def _note(self) -> None:
        now, number = self.env.now, len(self.replicas)
        if self.stairs and self.stairs[-1][0] == now:
            self.stairs.pop()
        if not self.stairs or self.stairs[-1][1] != number:
            self.stairs.append((now, number))


def replay(trace: Sequence[Request], assumed: VariantAssumptions, scaler: Autoscaler) -> ReplayResult:
    """The whole trace, until the last answer."""
    import numpy as np
    import simpy

    env = simpy.Environment()
    service = _Service(env, assumed, scaler, len(trace))
    env.process(service.arrivals(trace))
    env.process(service.autoscaling())
    env.run(until=service.done)
    paid = sum(
        (env.now if one.ended is None else one.ended) - one.began for one in (*service.replicas, *service.retired)
    )
    p50, p95, p99 = (float(each) for each in np.quantile(service.latencies, (0.5, 0.95, 0.99)))
    return ReplayResult(
        requests=len(trace),
        tokens=sum(one.generated for one in trace),
        p50_s=p50,
        p95_s=p95,
        p99_s=p99,
        waited_s=service.waited / len(trace),
        replica_hours=paid / 3600,
        mean_replicas=paid / env.now if env.now else 0.0,
        most_replicas=max(number for _, number in service.stairs),
        replicas=tuple(service.stairs),
        busy=service.worked / (paid * assumed.slots) if paid else 0.0,
        usd=paid / 3600 * float(assumed.usd_per_hour),
    )
