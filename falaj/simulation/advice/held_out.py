"""Days of the month that the search does not see: what it finds on the others is checked on them.

The last third of the days that have work, a week at least, is held out, as in a forecast: earlier days propose, later
ones check (Bergmeir and Benítez, Information Sciences 191, 2012, on last-block evaluation). Where a trace was repeated
to fill the month, its days count, not the month's: a copy of a day that the search has seen checks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.facts.calendar import is_weekend
from falaj.simulation.advice.resampled import DAY, days_with_work, resampled
from falaj.simulation.work import Work

FEWEST_DAYS = 14
"""Days with work from which some are held out: below, a part would have less than a week."""

HELD_OUT_SHARE, FEWEST_HELD_OUT = 1 / 3, 7
"""Share of the days that is held out, and their least number."""

FIRST_HELD_OUT = 1_000_000
"""Seed of the first month that is drawn from days that the search does not see."""


@dataclass(frozen=True)
class Split:
    """Days of the month by number, from 0 on. Days that are a copy of one of each part are in none."""

    searched: tuple[int, ...]
    held_out: tuple[int, ...]


@dataclass(frozen=True)
class Months:
    """Months by seed: drawn from the days of the search, or, from `FIRST_HELD_OUT` on, from those held out.

    The first month of a part has its days where they were, and elsewhere the nearest of its days of the same weekday.
    """

    work: Work
    split: Split | None

    def __call__(self, seed: int) -> Work:
        """Returns the month of a seed."""
        return self._first if seed == 0 else self._month(seed)

    @cached_property
    def _first(self) -> Work:
        """The month that is replayed in most trials."""
        return self._month(0)

    def _month(self, seed: int) -> Work:
        if self.split is None:
            return resampled(self.work, seed)
        if seed < FIRST_HELD_OUT:
            return resampled(self.work, seed, self.split.searched)
        return resampled(self.work, seed - FIRST_HELD_OUT, self.split.held_out)


def split_days(work: Work) -> Split | None:
    """Returns the days of the search and those held out; None where the work has too few, or a part would lack working
    days, days of the weekend, jobs or requests that the month has."""
    times, count = _times(work), days_with_work(work)
    rows = [row[:count] for row in work.sources] or [range(count)]
    earlier = [_earlier(row) for row in rows]
    if not all(earlier):
        return None
    seen = [[row[day] in days for row, days in zip(rows, earlier, strict=True)] for day in range(count)]
    split = Split(
        tuple(day for day in range(count) if all(seen[day])),
        tuple(day for day in range(count) if not any(seen[day])),
    )
    kinds = {day: is_weekend(work.start.astimezone(DUBAI) + timedelta(days=day)) for day in range(count)}
    parts = (split.searched, split.held_out)
    is_whole = all({kinds[day] for day in part} == {*kinds.values()} and _have_work(times, part) for part in parts)
    return split if is_whole else None


def _times(work: Work) -> Sequence[np.ndarray]:
    columns = (work.jobs and work.jobs.submit, work.requests and work.requests.at)
    return [column for column in columns if column is not None and len(column)]


def _earlier(row: Sequence[int]) -> set[int]:
    """Returns the days of a trace that the search sees; none if the trace has too few."""
    days = sorted({*row})
    if len(days) < FEWEST_DAYS:
        return set()
    return {*days[: -max(round(len(days) * HELD_OUT_SHARE), FEWEST_HELD_OUT)]}


def _have_work(times: Sequence[np.ndarray], days: Sequence[int]) -> bool:
    return all(bool(np.isin(each // DAY, days).any()) for each in times)
