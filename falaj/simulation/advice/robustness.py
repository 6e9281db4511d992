"""How sure a selection's figures are: its months over several seeds, and their difference from today's. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from falaj.simulation.advice.laboratory import Laboratory, Selection
from falaj.simulation.advice.limits import Limits, Measures, keeps

CONFIDENCE = 0.95
"""Level of all intervals."""


@dataclass(frozen=True)
class Interval:
    """A mean over seeds and its confidence interval, by Student's t distribution."""

    mean: float
    low: float
    high: float


def interval(values: Sequence[float]) -> Interval:
    """Returns the mean of values and its 95 % confidence interval. One value has no width: nothing is known of it."""
    mean = fmean(values)
    if len(values) < 2:
        return Interval(mean, mean, mean)
    from scipy.special import stdtrit

    half = float(stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2)) * stdev(values) / sqrt(len(values))
    return Interval(mean, mean - half, mean + half)


class SeveralMonths:
    """Figures over the months of several seeds."""

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
    def worst(self) -> Measures:
        """The worst figure of each kind over all months."""
        return _each(max, self.months)


@dataclass(frozen=True)
class Robust(SeveralMonths):
    """A selection over several seeds."""

    selection: Selection
    months: tuple[Measures, ...]
    """By seed, in the same order as today's."""

    @property
    def mean(self) -> Measures:
        """The mean of each figure."""
        return _each(fmean, self.months)

    def saving(self, other: "Robust") -> Interval:
        """Returns AED per month that it is cheaper than another one with the same seeds: the differences are paired."""
        return interval([theirs.aed - own.aed for theirs, own in zip(other.months, self.months, strict=True)])

    def keeps(self, limits: Limits) -> bool:
        """Whether its mean month keeps the limits, and waiting also at the upper end of its interval."""
        return keeps(self.mean, limits) and self.wait_seconds.high <= limits.wait_seconds


def _each(combine: Callable[[list[float]], float], months: Sequence[Measures]) -> Measures:
    """Returns the figures of months, combined kind by kind."""
    return Measures(**{name: combine([getattr(month, name) for month in months]) for name in vars(months[0])})


def robust(laboratory: Laboratory, selection: Selection, seeds: Sequence[int]) -> Robust:
    """Simulates a selection with all seeds. Its settings must be valid."""
    months = [month for seed in seeds if (month := laboratory.month(selection, seed))]
    return Robust(selection, tuple(months))


def undominated(candidates: Sequence[Robust]) -> list[Robust]:
    """Returns those that none is both cheaper and faster than, on average, from the cheapest; twins count once."""
    front: list[Robust] = []
    for candidate in sorted(candidates, key=lambda each: (each.aed.mean, each.wait_seconds.mean)):
        if not front or candidate.wait_seconds.mean < front[-1].wait_seconds.mean:
            front.append(candidate)
    return front
