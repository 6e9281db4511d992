"""A month, and others that could have been: further seeds draw its days, spot capacity and interruptions anew."""

from collections.abc import Callable
from dataclasses import dataclass

from falaj.simulation.advice.limits import Measures, measures
from falaj.simulation.advice.resampled import resampled
from falaj.simulation.advice.robustness import Interval, SeveralMonths, interval
from falaj.simulation.month import simulate
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work


@dataclass(frozen=True)
class Seeds(SeveralMonths):
    """The month as given, and the figures of all months."""

    first: Outcome
    """The month with the first seed: the work as it is."""
    months: tuple[Measures, ...]
    """By seed."""

    @property
    def late_share(self) -> Interval:
        """Share of late requests of the service with the largest one."""
        return interval([month.late_share for month in self.months])


def simulated(
    platform: Platform, work: Work, seed: int, seeds: int, starting: Callable[[int], None] | None = None
) -> Seeds:
    """Simulates the work as it is with the first seed, and months resampled from its days with the others.

    `starting` is called before each month with its number, from 1 on."""
    first: Outcome | None = None
    months: list[Measures] = []
    for number in range(seeds):
        if starting is not None:
            starting(number + 1)
        month = resampled(work, number)
        outcome = simulate(platform, month, seed + number)
        first = first or outcome
        jobs = 0 if month.jobs is None else len(month.jobs.submit)
        months.append(measures(outcome, jobs, month.length))
    assert first is not None, "there is at least one seed"  # noqa: S101
    return Seeds(first, tuple(months))
