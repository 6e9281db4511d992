"""Which selections keep the limits: in the months of the search, and in months of days that it did not see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from falaj.simulation.advice.advice import HeldOut
from falaj.simulation.advice.attainable import unfinished_anyway
from falaj.simulation.advice.held_out import FIRST_HELD_OUT
from falaj.simulation.advice.laboratory import Laboratory, Selection
from falaj.simulation.advice.limits import Limits, beyond
from falaj.simulation.advice.robustness import Robust, robust
from falaj.simulation.advice.schedules import is_scheduled
from falaj.simulation.advice.search import with_alternative
from falaj.simulation.work import Work

UNFINISHED_SHARE = 0.005
"""Share of jobs that may be unfinished at the end of the month beyond those that are submitted too late."""

STARTING_SECONDS = 3600.0
"""Time that a job is given beside its computation and the limit of waiting: to start, and to recover from a loss."""


def limits_of_month(limits: Limits, work: Work) -> Limits:
    """Returns the limits with the jobs that may be unfinished: a month must not be cheap by doing less."""
    jobs = 0 if work.jobs is None else len(work.jobs.submit)
    late = unfinished_anyway(work, limits.wait_seconds + STARTING_SECONDS)
    return replace(limits, unfinished=limits.unfinished + late + ceil(jobs * UNFINISHED_SHARE))


@dataclass
class Evaluation:
    """Evaluates selections with several months of the days of the search, and as many of those held out."""

    laboratory: Laboratory
    given: Limits
    count: int
    """Months of each kind."""
    refused: list[Robust] = field(default_factory=list[Robust])
    """Months of the days held out of selections that were refused for them."""

    def __post_init__(self) -> None:
        self.limits = limits_of_month(self.given, self.laboratory.work(0))
        is_split = self.laboratory.split is not None
        self._held_out_limits = (
            limits_of_month(self.given, self.laboratory.work(FIRST_HELD_OUT)) if is_split else self.limits
        )

    def searched(self, selection: Selection) -> Robust:
        """Returns the months of the days of the search. The settings must be valid."""
        return robust(self.laboratory, selection, range(self.count))

    def held_out(self, selection: Selection) -> Robust | None:
        """Returns the months of the days held out; None if there are none."""
        if self.laboratory.split is None:
            return None
        return robust(self.laboratory, selection, range(FIRST_HELD_OUT, FIRST_HELD_OUT + self.count))

    def keeps(self, point: Robust) -> bool:
        """Whether a selection, given by its months of the search, keeps the limits in all months."""
        if not point.keeps(self.limits):
            return False
        checked = self.held_out(point.selection)
        return checked is None or checked.keeps(self._held_out_limits)

    def cheapest(self, candidates: Sequence[Robust]) -> Robust:
        """Returns the cheapest that keeps the limits in all months; if none does, the one that exceeds them the least.

        The days held out are looked at from the cheapest candidate on, and only until one passes. One that does not is
        tried again without its schedules."""
        waiting = _by_cost(point for point in candidates if point.keeps(self.limits))
        seen = {point.selection for point in waiting}
        while waiting:
            point, *waiting = waiting
            if self.keeps(point):
                return point
            self._refuse(point)
            other = self._unscheduled(point.selection)
            if other not in seen and self.laboratory.accepted(other):
                seen.add(other)
                months = self.searched(other)
                waiting = _by_cost([*waiting, *([months] if months.keeps(self.limits) else [])])
        return min(candidates, key=self._distance)

    def check(self, today: Robust, chosen: Robust) -> HeldOut | None:
        """Returns what the days held out say of today's settings and of the advice."""
        split = self.laboratory.split
        before, after = self.held_out(today.selection), self.held_out(chosen.selection)
        if split is None or before is None or after is None:
            return None
        return HeldOut(split.searched, split.held_out, self._held_out_limits, before, after, tuple(self.refused))

    def _refuse(self, point: Robust) -> None:
        if months := self.held_out(point.selection):
            self.refused.append(months)

    def _unscheduled(self, selection: Selection) -> Selection:
        for place, index in enumerate(selection):
            if is_scheduled(self.laboratory.choices[place].alternatives[index].changes):
                selection = with_alternative(selection, place, 0)
        return selection

    def _distance(self, point: Robust) -> tuple[float, float]:
        """Returns by how much a point exceeds the limits, and its cost."""
        excess, checked = beyond(point.mean, self.limits), self.held_out(point.selection)
        return excess + (beyond(checked.mean, self._held_out_limits) if checked else 0.0), point.aed.mean


def _by_cost(points: Iterable[Robust]) -> list[Robust]:
    return sorted(points, key=lambda point: point.aed.mean)
