"""The search: each alternative alone, what improves together, other hours, then Optuna's sampler. Deterministic.

Optuna 5.0.0 (MIT licence, github.com/optuna/optuna, released 2026-09) proposes by a tree-structured Parzen estimator
with two objectives, the bill and the 95th percentile of waiting, and the limits as constraints (Watanabe, "Tree-
Structured Parzen Estimator", 2023; Ozaki et al., JAIR 73, 2022). It starts from what the first steps have found:
most settings do not influence each other, so single changes tell much and cost one month each.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from falaj.simulation.advice.laboratory import Laboratory, Selection
from falaj.simulation.advice.limits import Limits, Measures, beyond
from falaj.simulation.advice.schedules import is_scheduled

SINGLE_SHARE = 0.6
"""Largest share of the trials that single changes take."""

HOURS_SHARE = 0.5
"""Largest share of the trials left after these and their combinations that go to other hours of their schedules."""


@dataclass(frozen=True)
class Trial:
    """A simulated selection."""

    selection: Selection
    month: Measures


Progress = Callable[[int, int, Trial | None], None]
"""Is told after each trial: its number, how many there are, and the best so far."""


@dataclass
class Search:
    """Trials of a stack's settings."""

    laboratory: Laboratory
    limits: Limits
    trials: int
    """Selections to try, today's included; of each that `falaj check` refuses, another one is tried at most once."""
    seed: int = 0
    progress: Progress | None = None

    def __post_init__(self) -> None:
        self._tried: dict[Selection, Trial | None] = {}
        self._best: Trial | None = None

    def run(self) -> list[Trial]:
        """Returns all trials whose settings are valid, today's first."""
        self._try(self.laboratory.today)
        single = [trial for selection in self._singles() if (trial := self._try(selection))]
        self._combine(single)
        self._other_hours()
        self._sample()
        return [trial for trial in self._tried.values() if trial]

    def _try(self, selection: Selection) -> Trial | None:
        if selection not in self._tried:
            month = self.laboratory.month(selection)
            trial = Trial(selection, month) if month else None
            self._tried[selection] = trial
            if trial and (self._best is None or self.rank(trial.month) < self.rank(self._best.month)):
                self._best = trial
            if self.progress:
                self.progress(len(self._tried), self.trials, self._best)
        return self._tried[selection]

    def rank(self, month: Measures) -> tuple[bool, float, float]:
        """Returns the order of months: first those that keep the limits, then by cost, then by waiting.

        The cost of a month beyond the limits is raised by how far it is beyond them, relative to them: what mends a
        limit a little must cost little."""
        excess = beyond(month, self.limits)
        return (excess > 0, round(month.aed * (1 + excess), 2), month.wait_seconds)

    def _singles(self) -> Iterator[Selection]:
        """Yields selections that change one choice, the first alternative of every choice before the second of any."""
        today, most = self.laboratory.today, int(self.trials * SINGLE_SHARE)
        columns = [range(1, len(choice.alternatives)) for choice in self.laboratory.choices]
        rounds = zip_longest(*columns)
        every = ((place, index) for row in rounds for place, index in enumerate(row) if index is not None)
        for _, (place, index) in zip(range(most), every, strict=False):
            yield with_alternative(today, place, index)

    def _combine(self, single: list[Trial]) -> None:
        """Adds single improvements to each other, the best first, and keeps what improves on the best so far."""
        start = self._tried[self.laboratory.today]
        if start is None:
            return
        best = start
        ranked = sorted(single, key=lambda trial: self.rank(trial.month))
        for change in ranked:
            if len(self._tried) >= self.trials or self.rank(change.month) >= self.rank(start.month):
                return
            merged = tuple(new or old for new, old in zip(change.selection, best.selection, strict=True))
            trial = self._try(merged)
            if trial and self.rank(trial.month) < self.rank(best.month):
                best = trial

    def _other_hours(self) -> None:
        """Tries the other hours of the schedules of the best selection: there are too many to try each alone."""
        most = len(self._tried) + int((self.trials - len(self._tried)) * HOURS_SHARE)
        best = self._best
        for place, choice in enumerate(self.laboratory.choices):
            if best is None or not is_scheduled(choice.alternatives[best.selection[place]].changes):
                continue
            for index in range(1, len(choice.alternatives)):
                if len(self._tried) < most:
                    self._try(with_alternative(best.selection, place, index))
            best = self._best

    def _sample(self) -> None:
        from falaj.simulation.advice.sampler import Sampler

        sampler = Sampler(self.laboratory.choices, self.seed)
        for trial in self._tried.values():
            if trial:
                sampler.add(trial.selection, trial.month, self.limits)
        for _ in range(max(self.trials - len(self._tried), 0) * 2):
            if len(self._tried) >= self.trials:
                return
            selection = sampler.propose()
            trial = self._try(selection)
            sampler.tell(trial.month if trial else None, self.limits)


def with_alternative(selection: Selection, place: int, index: int) -> Selection:
    """Returns a selection with another alternative of one choice."""
    return (*selection[:place], index, *selection[place + 1 :])
