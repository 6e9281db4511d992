"""One service of the month: its queue, its replicas, and what the autoscaler does with them."""

import math
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.serving.cold_start import SCALER_SECONDS
from falaj.finops.experiment.autoscaling import desired_by_load
from falaj.simulation.outcome import Answers
from falaj.simulation.platform_model import ServiceModel
from falaj.simulation.serving.autoscaler import SYNC_SECONDS, TOLERANCE, HorizontalAutoscaler, desired_by_usage
from falaj.simulation.serving.demand import Demand
from falaj.simulation.serving.nodes import Replica
from falaj.simulation.serving.pool import ServingPool
from falaj.simulation.serving.routed_queue import FEW_SLOTS, RoutedQueue
from falaj.simulation.serving.slot_queue import SlotQueue

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

RATE_SYNCS = 8
"""Evaluations over which rates are measured: two minutes, as the queries of the components do
(components/kubernetes/serving/inference_scaling.py, QUERIES)."""


class Service:
    """A service in the course of the month."""

    def __init__(self, model: ServiceModel, demand: Demand, pool: ServingPool, length: float, seed: int) -> None:
        """`seed` decides which replicas are drawn for requests."""
        self.model, self._demand, self._pool, self._length = model, demand, pool, length
        self._office = None if model.office_hours is None else pool.hours(model.office_hours)
        is_routed = model.slots < FEW_SLOTS and model.max > 1
        queue = RoutedQueue if is_routed else SlotQueue
        self.queue = queue(demand.at, demand.hold, demand.read, np.random.default_rng(seed))
        self.replicas = [Replica(model, 0.0) for _ in range(max(model.min, self._scheduled(0.0)))]
        """Replicas that the autoscaler counts, on any machine or none."""
        syncs = np.arange(math.ceil(length / SYNC_SECONDS) + 1) * SYNC_SECONDS
        self._arrived: list[int] = np.searchsorted(demand.at, syncs).tolist()
        self._is_fixed = model.min == model.max
        self._measures_use = model.follows in ("tokens", "cpu")
        self._held = _sums(demand.hold) if self._measures_use else np.empty(0)
        self._scaler = HorizontalAutoscaler(model.min, model.max, model.down_seconds)
        self._busy_seconds: deque[float] = deque([0.0], maxlen=RATE_SYNCS + 1)
        self._counts_ends = model.follows == "requests"
        self._counts_prompts = model.follows == "prompts"
        self._prompts = _sums(demand.prompt) if self._counts_prompts else np.empty(0)
        self._counted: deque[float] = deque([0.0], maxlen=RATE_SYNCS + 1)
        """Requests that had ended at the last evaluations, or tokens of the prompts that had been read."""
        self._active = 0.0
        self._kept_at: int | None = None
        """Replicas that the last evaluation desired, if it kept those there are."""
        self._starting = self.replicas.copy()
        measure: Mapping[str, Callable[[int], float]] = {
            "queue": lambda sync: self._waiting(sync) + self.queue.busy,
            "waiting": self._waiting,
            "requests": lambda _: self._counted_per_second(),
            "prompts": lambda _: self._counted_per_second(),
            "tokens": lambda _: self._mean_busy(RATE_SYNCS) * model.tokens_per_second,
            "cpu": lambda _: self._mean_busy(1) / max(self.queue.capacity, 1),
        }
        self.load = measure[model.follows]
        """Returns what the autoscaler reads at an evaluation."""

    def advance(self, sync: int) -> None:
        """Serves requests until this evaluation of the autoscaler; a service without replicas is woken by one."""
        if self._arrived[sync] == self.queue.routed and not (self.queue.busy or self._starting):
            self._busy_seconds.append(self._busy_seconds[-1])
            self._counted.append(self._count())
            return
        now = sync * SYNC_SECONDS
        if not self.replicas and (wakes := self.queue.oldest + SCALER_SECONDS) <= now:
            self._add(1, wakes)
        if self._starting:
            for replica in sorted((item for item in self._starting if item.ready <= now), key=lambda item: item.ready):
                self.queue.serve(replica.ready)
                self.queue.add(self.model.slots, replica)
                replica.is_serving = True
                self._starting.remove(replica)
        self.queue.serve(now)
        if self._measures_use:
            spent = float(self._held[self.queue.routed]) + self.queue.reading_seconds
            self._busy_seconds.append(spent - self.queue.remaining_seconds)
        else:
            self._counted.append(self._count())

    def scale(self, sync: int) -> None:
        """Evaluates the autoscaler."""
        now, current = sync * SYNC_SECONDS, len(self.replicas)
        scheduled = self._scheduled(now)
        if not current and scheduled:
            self._add(1, now)
            return
        if not current or self._is_fixed:
            return
        if self.model.min == 0 and self._is_idle(sync, now, scheduled):
            self._drop(current, now)
            return
        desired = self._desired(sync, scheduled, current)
        number = self._scaler.replicas(now, desired, current)
        self._kept_at = desired if number == current else None
        if number > current:
            self._add(number - current, now)
        elif number < current:
            self._drop(current - number, now)

    def quiet_until(self, sync: int) -> int:
        """Returns an evaluation before which all from `sync` on change nothing; `sync` if it may change something.

        It is the last one before a request comes or office hours change: the autoscaler remembers the time of the last
        number that it desired."""
        if self._arrived[sync] > self.queue.routed or self.queue.busy or self._starting:
            return sync
        now, current = sync * SYNC_SECONDS, len(self.replicas)
        scheduled = self._scheduled(now)
        if not (self._is_kept(sync, scheduled, current) if current else not scheduled):
            return sync
        arrival = bisect_right(self._arrived, self.queue.routed)
        change = math.inf if self._office is None else self._office.next_change(now) / SYNC_SECONDS
        return max(sync, arrival - 1 if change > arrival else math.ceil(change) - 1)

    def _is_kept(self, sync: int, scheduled: int, current: int) -> bool:
        """Whether the autoscaler of a service without requests keeps its replicas as long as none comes. What was
        desired in the last minutes is forgotten with time, so it must keep them without that too."""
        if self._is_fixed:
            return True
        counted = self._busy_seconds if self._measures_use else self._counted
        if not self.model.min or len(counted) <= RATE_SYNCS or counted[0] != counted[-1]:
            return False
        desired = self._desired(sync, scheduled, current)
        return desired == self._kept_at and self._scaler.clamped(desired, current) == current

    def _desired(self, sync: int, scheduled: int, current: int) -> int:
        """Returns the replicas that the metrics ask for."""
        load = self.load(sync)
        if self.model.follows == "cpu":
            desired = desired_by_usage(load, self.model.target, current - len(self._starting), current)
        else:
            desired = desired_by_load(load, self.model.target, current, TOLERANCE)
        if scheduled:
            desired = max(desired, desired_by_load(scheduled, 1.0, current, TOLERANCE))
        return desired

    def replace(self, replica: Replica, now: float) -> None:
        """Replaces a replica whose machine goes away. It completes its requests."""
        self._forget(replica)
        self._add(1, now)

    def answers(self, occupied_seconds: float) -> tuple[Answers, float]:
        """Returns the answers of the month and the seconds of all slots in it that were busy.

        A request that would never get a slot has waited until the end of the month, and is late.
        """
        self.queue.finish()
        starts, demand = self.queue.starts, self._demand
        # In place: arrays of 50 million requests take longer to allocate than to fill.
        busy = self.queue.reads + demand.hold
        np.minimum(busy, self._length, out=busy)
        busy -= np.minimum(starts, self._length)
        np.maximum(busy, 0.0, out=busy)
        seconds, first = float(np.sum(busy)), busy
        np.subtract(self.queue.reads, demand.at, out=first)
        first += demand.first
        never = np.isinf(starts)
        first[never] = self._length - demand.at[never] + demand.first[never]
        late = int(np.count_nonzero(never | (first > self.model.late_seconds)))
        quantiles = np.quantile(first, (0.5, 0.95), overwrite_input=True) if len(first) else (0.0, 0.0)
        return Answers(len(first), late, float(quantiles[0]), float(quantiles[1]), occupied_seconds / 3600), seconds

    def _waiting(self, sync: int) -> int:
        return self._arrived[sync] - self.queue.routed + self.queue.queued

    def _count(self) -> float:
        """Returns the requests that have ended, as the servers count them, or the tokens of the prompts whose request
        has a slot: the servers count these a little later, when the prompt has been read. Requests of a replica that
        goes away have ended when it does."""
        served = self.queue.routed - self.queue.queued
        if self._counts_prompts:
            return float(self._prompts[served])
        return served - self.queue.busy if self._counts_ends else 0.0

    def _counted_per_second(self) -> float:
        """Returns what was counted over the last evaluations, a second."""
        return (self._counted[-1] - self._counted[0]) / ((len(self._counted) - 1) * SYNC_SECONDS)

    def _mean_busy(self, syncs: int) -> float:
        """Returns the busy slots on average over the last evaluations."""
        seen = min(syncs, len(self._busy_seconds) - 1)
        return (self._busy_seconds[-1] - self._busy_seconds[-1 - seen]) / (seen * SYNC_SECONDS)

    def _scheduled(self, now: float) -> int:
        """Returns the value of KEDA's trigger for office hours: replicas, 0 at other times."""
        return self.model.office_min if self._office is not None and self._office.include(now) else 0

    def _is_idle(self, sync: int, now: float, scheduled: int) -> bool:
        """Whether no request was waiting or served, and no replica scheduled, for `idle_seconds`."""
        if scheduled or self._arrived[sync] > self.queue.routed or self.queue.busy:
            self._active = now
            return False
        self._active = max(self._active, self.queue.last_end)
        return self._active + self.model.idle_seconds < now

    def _add(self, number: int, now: float) -> None:
        added = [Replica(self.model, now) for _ in range(number)]
        self.replicas.extend(added)
        self._starting.extend(added)
        self._pool.place(added, now)

    def _drop(self, number: int, now: float) -> None:
        """Removes replicas in the order of the ReplicaSet controller: those without a machine, those not ready, those
        that share a machine with others of the service, the newest (pkg/controller/controller_utils.go,
        ActivePodsWithRanks)."""
        shared = [replica.node for replica in self.replicas]

        def rank(replica: Replica) -> tuple[bool, bool, int, float]:
            return replica.node is not None, replica.is_serving, -shared.count(replica.node), -replica.created

        for replica in sorted(self.replicas, key=rank)[:number]:
            self._pool.remove(replica, max(self._forget(replica), now))

    def _forget(self, replica: Replica) -> float:
        """Takes a replica's slots away and returns when its last request ends."""
        self.replicas.remove(replica)
        if not replica.is_serving:
            self._starting.remove(replica)
            return -math.inf
        return self.queue.remove(self.model.slots, replica)


def _sums(values: "Numbers") -> "Numbers":
    """Returns the sum of the first values, from none to all."""
    sums = np.empty(len(values) + 1)
    sums[0] = 0.0
    np.cumsum(values, out=sums[1:])
    return sums
