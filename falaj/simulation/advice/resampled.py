"""Months that could have been: the days of a month drawn with replacement, weekdays for weekdays.

A block bootstrap with blocks of a day (Künsch, Annals of Statistics 17, 1989), which keeps the hours of the day and how
jobs and requests of a day depend on each other. Weekends (Saturday and Sunday in the UAE since 2022) are drawn from
weekends. Spot capacity starts at a random moment of its trace.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.facts.calendar import is_weekend
from falaj.simulation.traces.parts import job_rows, request_rows
from falaj.simulation.work import SpotCapacity, Work

DAY = 86_400.0
"""Seconds of a day."""


def resampled(work: Work, seed: int, days: Sequence[int] = ()) -> Work:
    """Returns the work of another month; seed 0 returns the work as it is.

    `days`: the only days that are drawn from, some of the weekend if the month has any. Seed 0 then keeps these days
    and repeats them in place of the others; days after the last one with work stay without. All days if empty."""
    if seed == 0:
        return work if not days else _with_days(work, _nearest(work, days))
    random = np.random.default_rng(seed)
    drawn = _with_days(work, _days(work, random, days))
    return replace(drawn, spot={key: _rotated(capacity, random) for key, capacity in work.spot.items()})


def _with_days(work: Work, drawn: Sequence[int]) -> Work:
    return replace(
        work,
        jobs=None if work.jobs is None else job_rows(work.jobs, *_rows(work.jobs.submit, drawn)),
        requests=None if work.requests is None else request_rows(work.requests, *_rows(work.requests.at, drawn)),
    )


def _days(work: Work, random: np.random.Generator, days: Sequence[int]) -> Sequence[int]:
    """Returns for each day of the month the day that it is drawn from. A part of a day at the end stays itself."""
    start = work.start.astimezone(DUBAI)
    weekend = np.array([is_weekend(start + timedelta(days=day)) for day in range(int(work.length // DAY))])
    chosen = np.array(days, dtype=np.int64) if days else np.arange(len(weekend))
    count = days_with_work(work) if days else len(weekend)
    drawn = [int(random.choice(chosen[weekend[chosen] == kind])) for kind in weekend[:count]]
    return [*drawn, *range(count, len(weekend) + 1)]


def days_with_work(work: Work) -> int:
    """Returns the whole days up to the last one on which a job or a request comes: the month may be longer, since
    jobs go on."""
    columns = (work.jobs and work.jobs.submit, work.requests and work.requests.at)
    last = max((int(times.max() // DAY) for times in columns if times is not None and len(times)), default=-1)
    return min(int(work.length // DAY), last + 1)


def _nearest(work: Work, days: Sequence[int]) -> Sequence[int]:
    """Returns for each day of the month itself if it is one of `days`, otherwise the nearest of the same weekday, or
    at least of the same part of the week."""
    start = work.start.astimezone(DUBAI)

    def distance(day: int, other: int) -> tuple[bool, bool, int, int]:
        kinds = (is_weekend(start + timedelta(days=each)) for each in (day, other))
        return (day - other) % 7 != 0, len({*kinds}) > 1, abs(day - other), other

    count = days_with_work(work)
    near = [min(days, key=lambda other: distance(day, other)) for day in range(count)]
    return [*near, *range(count, int(work.length // DAY) + 1)]


def _rows(times: np.ndarray, drawn: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Returns the rows of a resampled column of ascending times, and their new times."""
    edges = np.searchsorted(times, np.arange(len(drawn) + 1) * DAY)
    edges[-1] = len(times)
    rows = [np.arange(edges[day], edges[day + 1]) for day in drawn]
    shifts = [np.full(len(part), (to - day) * DAY) for to, (day, part) in enumerate(zip(drawn, rows, strict=True))]
    chosen = np.concatenate(rows)
    return chosen, times[chosen] + np.concatenate(shifts)


def _rotated(capacity: SpotCapacity, random: np.random.Generator) -> SpotCapacity:
    """Returns the trace from another moment on; its beginning follows its end."""
    moment = float(random.uniform(0, capacity.length))
    first = int(np.searchsorted(capacity.at, moment, side="right")) - 1
    order = np.concatenate([np.arange(first, len(capacity.at)), np.arange(first + 1)])
    at = (capacity.at[order] - moment) % capacity.length
    at[0] = 0.0
    return replace(capacity, at=at, machines=capacity.machines[order])
