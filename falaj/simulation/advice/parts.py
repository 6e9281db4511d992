"""Simulates a month in its parts, jobs and the requests of each pool, and remembers each: most changes concern one."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.simulation.advice.laboratory import Simulate
from falaj.simulation.commitments import with_commitments
from falaj.simulation.month import combined, system_charges
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work


@dataclass
class Parts:
    """A month as `falaj.simulation.month.simulate` has it, without its warnings. The work of a seed is always the same.

    A part is remembered by everything of the platform that it reads: its own pools, queues or services. Pools of
    services do not affect each other, so each is a part. Without jobs, machines of pools for jobs are there all the
    same, but nothing of the queues matters."""

    jobs: Simulate
    requests: Simulate
    divide: Callable[[Platform, Work, int], Work]
    """Assigns requests to experiments to their variants."""
    _known: dict[Hashable, Outcome] = field(default_factory=dict[Hashable, Outcome])

    def simulate(self, platform: Platform, work: Work, seed: int) -> Outcome:
        """Returns the month."""
        queued = [pool for pool in platform.pools if pool.profile in QUEUED]
        jobs = (queued, platform.queues, platform.runs) if work.has_jobs else (queued, (), platform.runs)
        divided = cache(lambda: self.divide(platform, work, seed))
        found = [self._part("jobs", jobs, seed, lambda: self.jobs(platform, work, seed))]
        for part in _serving(platform):
            read = (part.pools, part.services, part.experiments, part.runs.interruptions_per_hour)
            found.append(self._part("requests", read, seed, lambda of=part: self.requests(of, divided(), seed)))
        return with_commitments(platform, work, combined(found, [*system_charges(platform, work.length)], ()))

    def _part(self, name: str, read: object, seed: int, simulate: Callable[[], Outcome]) -> Outcome:
        key = (name, repr(read), seed)
        if key not in self._known:
            self._known[key] = simulate()
        return self._known[key]


def _serving(platform: Platform) -> Iterator[Platform]:
    """Yields the platform with each of the pools that may serve, and its services."""
    for pool in platform.pools:
        services = tuple(service for service in platform.services if service.pool == pool.key)
        if services or pool.profile not in QUEUED:
            yield replace(platform, pools=(pool,), services=services)


def parts() -> Parts:
    """Returns the parts of a month, simulated as the whole is."""
    from falaj.simulation.experiments import split
    from falaj.simulation.jobs import simulate_jobs
    from falaj.simulation.serving import simulate_requests

    return Parts(simulate_jobs, simulate_requests, split)
