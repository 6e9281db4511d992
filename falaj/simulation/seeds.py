"""A month, and others that could have been: further seeds draw its days, spot capacity and interruptions anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from falaj.simulation.advice.limits import Measures, measures
from falaj.simulation.advice.resampled import resampled
from falaj.simulation.advice.robustness import Interval, interval
from falaj.simulation.month import simulate
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work


@dataclass(frozen=True)
class Seeds:
    """The month as given, and the figures of all months."""

    first: Outcome
    """The month with the first seed: the work as it is."""
    months: tuple[Measures, ...]
    """By seed."""

    @property
    def aed(self) -> Interval:
        """AED per month."""
        return interval([month.aed for month in self.months])

    @property
    def wait_seconds(self) -> Interval:
        """95th percentile of waiting over all jobs, in seconds."""
        return interval([month.wait_seconds for month in self.months])

    @property
    def late_share(self) -> Interval:
        """Share of late requests of the service with the largest one."""
        return interval([month.late_share for month in self.months])

    @property
    def worst(self) -> Measures:
        """The worst figure of each kind over all months."""
        return Measures(**{name: max(getattr(month, name) for month in self.months) for name in vars(self.months[0])})


def simulated(platform: Platform, work: Work, seed: int, seeds: int) -> Seeds:
    """Simulates the work as it is with the first seed, and months resampled from its days with the others."""
    outcomes: Sequence[Outcome] = [
        simulate(platform, resampled(work, number), seed + number) for number in range(seeds)
    ]
    return Seeds(outcomes[0], tuple(measures(outcome) for outcome in outcomes))
