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


def resampled(work: Work, seed: int) -> Work:
    """Returns the work of another month; seed 0 returns the work as it is."""
    if seed == 0:
        return work
    random = np.random.default_rng(seed)
    drawn = _days(work, random)
    return replace(
        work,
        jobs=None if work.jobs is None else job_rows(work.jobs, *_rows(work.jobs.submit, drawn)),
        requests=None if work.requests is None else request_rows(work.requests, *_rows(work.requests.at, drawn)),
        spot={key: _rotated(capacity, random) for key, capacity in work.spot.items()},
    )


def _days(work: Work, random: np.random.Generator) -> Sequence[int]:
    """Returns for each day of the month the day that it is drawn from. A part of a day at the end stays itself."""
    start = work.start.astimezone(DUBAI)
    weekend = np.array([is_weekend(start + timedelta(days=day)) for day in range(int(work.length // DAY))])
    drawn = [int(random.choice(np.flatnonzero(weekend == kind))) for kind in weekend]
    return [*drawn, len(drawn)]


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
