"""Simulates a month in its two parts, jobs and requests, and remembers each: most changes concern one of them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

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

    A part is remembered by everything of the platform that it reads: its own pools, queues or services."""

    jobs: Simulate
    requests: Simulate
    divide: Callable[[Platform, Work, int], Work]
    """Assigns requests to experiments to their variants."""
    _known: dict[Hashable, Outcome] = field(default_factory=dict[Hashable, Outcome])

    def simulate(self, platform: Platform, work: Work, seed: int) -> Outcome:
        """Returns the month."""
        served = {service.pool for service in platform.services}
        queued = [pool for pool in platform.pools if pool.profile in QUEUED]
        serving = [pool for pool in platform.pools if pool.profile not in QUEUED or pool.key in served]

        def requests(platform: Platform, work: Work, seed: int) -> Outcome:
            return self.requests(platform, self.divide(platform, work, seed), seed)

        parts = (
            self._part("jobs", (queued, platform.queues, platform.runs), self.jobs, platform, work, seed),
            self._part(
                "requests",
                (serving, platform.services, platform.experiments, platform.runs),
                requests,
                platform,
                work,
                seed,
            ),
        )
        return with_commitments(platform, work, combined(parts, [*system_charges(platform, work.length)], ()))

    def _part(self, name: str, read: object, simulate: Simulate, platform: Platform, work: Work, seed: int) -> Outcome:
        key = (name, repr(read), seed)
        if key not in self._known:
            self._known[key] = simulate(platform, work, seed)
        return self._known[key]


def parts() -> Parts:
    """Returns the two parts of a month."""
    from falaj.simulation.experiments import split
    from falaj.simulation.jobs import simulate_jobs
    from falaj.simulation.serving import simulate_requests

    return Parts(simulate_jobs, simulate_requests, split)
