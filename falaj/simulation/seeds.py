"""A month, and others that could have been: further seeds draw its days, spot capacity and interruptions anew."""

from collections.abc import Sequence
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


def simulated(platform: Platform, work: Work, seed: int, seeds: int) -> Seeds:
    """Simulates the work as it is with the first seed, and months resampled from its days with the others."""
    outcomes: Sequence[Outcome] = [
        simulate(platform, resampled(work, number), seed + number) for number in range(seeds)
    ]
    return Seeds(outcomes[0], tuple(measures(outcome) for outcome in outcomes))
