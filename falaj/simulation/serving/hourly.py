"""Use of a pool by hour, from samples, for the picture of the month."""

from collections.abc import Sequence
from dataclasses import dataclass

from falaj.simulation.outcome import Hour
from falaj.simulation.serving.autoscaler import SYNC_SECONDS
from falaj.simulation.serving.pool import ServingPool
from falaj.simulation.serving.service import Service

SAMPLE_SYNCS = 20
"""Evaluations of the autoscaler between two samples: five minutes."""


@dataclass(frozen=True)
class _Sample:
    used: float
    spot: float
    on_demand: float
    waiting: float


class HourlyUse:
    """Samples of a pool. Machines with GPUs are counted in GPUs."""

    def __init__(self, pool: ServingPool, services: Sequence[Service]) -> None:
        self._pool, self._services = pool, services
        self._samples: list[list[_Sample]] = []

    def sample(self, sync: int) -> None:
        """Takes a sample at this evaluation of the autoscaler."""
        hour = int((sync * SYNC_SECONDS - 1) // 3600)
        while len(self._samples) <= hour:
            self._samples.append([])
        self._samples[hour].append(self._now())

    def hours(self) -> Sequence[Hour]:
        """Returns the mean of each hour."""
        return [_mean(samples) for samples in self._samples if samples]

    def _now(self) -> _Sample:
        busy = {
            service.model.name: min(service.queue.busy / service.queue.capacity, 1.0)
            for service in self._services
            if service.queue.capacity
        }
        used = spot = on_demand = 0.0
        for node in self._pool.nodes:
            units = node.machine.gpus or 1
            spot, on_demand = (spot + units, on_demand) if node.is_spot else (spot, on_demand + units)
            for replica in node.replicas:
                if replica.is_serving:
                    used += node.share_of(replica) * units * busy.get(replica.service.name, 0.0)
        waiting = sum(replica.service.gpus or replica.service.cpu for replica in self._pool.pending)
        return _Sample(used, spot, on_demand, waiting)


def _mean(samples: Sequence[_Sample]) -> Hour:
    count = len(samples)
    used, spot, on_demand, waiting = (
        sum(getattr(sample, name) for sample in samples) / count for name in ("used", "spot", "on_demand", "waiting")
    )
    return Hour(used, spot + on_demand - used, spot, on_demand, waiting)
