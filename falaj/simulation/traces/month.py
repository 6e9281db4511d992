"""A part of a trace, at another pace and load, fitted to a month.

- A part is cut out first; its first second becomes second 0.
- `pace` brings arrivals closer together. What they compute does not change.
- `load` repeats jobs and requests: the first copy keeps its time, another one comes up to `JITTER` seconds earlier or
  later. A fraction is the probability of one more copy.
- A trace longer than the month is cut at midnights, if possible from its first weekday on. One of that month stays as
  it is, although its first day begins with the first job or request. Another one of at least a day is repeated by
  days: each day of the month is a day of the trace, drawn at random, a working day for a working day if the trace has
  both. A shorter one is repeated by hours: each hour of the month begins anywhere in the trace. Requests are then
  thinned to the load of the hour (`profile.HOURS`): the trace is what the busiest hour brings.
"""

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.facts.calendar import is_weekend
from falaj.finops.errors import BadInput
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import MOST, job_rows, request_rows
from falaj.simulation.traces.profile import hourly_load
from falaj.simulation.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from falaj.simulation.work import Flags, Indices, Numbers

    Change = Callable[[Numbers], tuple[Indices, Numbers]]
    """From the times of jobs or requests to rows of them and their new times."""

HOUR, DAY = 3600.0, 86400.0
SHORTEST = 600.0
"""Seconds of a trace from which a month can be made: less says nothing of an hour."""
JITTER = 60.0
"""Seconds around the time of a job or request within which its further copies come."""


def fitted(work: Work, options: TraceOptions) -> Work:
    """Returns work of a part of a trace at the pace and load of the options, fitted to their month. Raises `BadInput`
    if nothing is left.
    """
    chance = np.random.default_rng(options.seed)
    work = _part(work, options)
    if options.pace != 1:
        work = _changed(work, lambda times: (_all(times), times / options.pace), work.length / options.pace)
    if options.load != 1:
        work = _changed(work, lambda times: _copies(times, options.load, work.length, chance), work.length)
    if options.month is not None:
        work = _in_month(work, options.month.astimezone(DUBAI), chance)
    elif work.jobs is not None and len(work.jobs.submit):
        work = replace(work, length=max(work.length, float((work.jobs.submit + work.jobs.run).max())))
    if _count(work) == 0:
        raise BadInput("", "this part of the trace has no jobs or requests; change `skip`, `length` or `load`")
    return work


def _count(work: Work) -> int:
    jobs = 0 if work.jobs is None else len(work.jobs.submit)
    return jobs + (0 if work.requests is None else len(work.requests.at))


def _part(work: Work, options: TraceOptions) -> Work:
    first = options.skip
    length = min(work.length - first, options.length or work.length)
    if length <= 0:
        raise BadInput("skip", f"{first:g} seconds are all of the trace, which has {work.length:.0f}; skip less")
    if first == 0 and length == work.length:
        return work
    work = _changed(work, lambda times: _window(times, first, first + length), length)
    return replace(work, start=work.start + timedelta(seconds=first))


def _changed(work: Work, change: "Change", length: float) -> Work:
    """Returns other rows of jobs and requests, at other times."""
    jobs, requests = work.jobs, work.requests
    if jobs is not None:
        jobs = job_rows(jobs, *change(jobs.submit))
    if requests is not None:
        requests = request_rows(requests, *change(requests.at))
    return replace(work, jobs=jobs, requests=requests, length=length)


def _all(times: "Numbers") -> "Indices":
    return np.arange(len(times), dtype=np.int32)


def _window(times: "Numbers", first: float, end: float) -> "tuple[Indices, Numbers]":
    low, high = np.searchsorted(times, [first, end])
    return np.arange(low, high, dtype=np.int32), times[low:high] - first


def _copies(times: "Numbers", load: float, length: float, chance: np.random.Generator) -> "tuple[Indices, Numbers]":
    if len(times) * load > MOST:
        raise BadInput("load", f"{load:g} times {len(times)} jobs or requests are more than {MOST}")
    copies = np.full(len(times), int(load)) + (chance.random(len(times)) < load % 1)
    rows = np.repeat(_all(times), copies)
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = rows[1:] != rows[:-1]
    around = min(JITTER, length / 2)
    moved = np.abs(times[rows] + np.where(is_first, 0.0, chance.uniform(-around, around, len(rows))))
    return rows, np.where(moved > length, 2 * length - moved, moved)  # what falls outside is reflected, not piled up


def _in_month(work: Work, month: datetime, chance: np.random.Generator) -> Work:
    days = calendar.monthrange(month.year, month.month)[1]
    length = days * DAY
    # Second 0 of a trace with dates may be any time of day; hours stay those of Dubai.
    since_midnight = work.start.astimezone(DUBAI)
    offset = (since_midnight - since_midnight.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()
    if work.length < SHORTEST:
        raise BadInput("", f"the trace has {work.length:.0f} seconds; a month needs a trace of at least {SHORTEST:.0f}")
    full, sources = _full_days(work.length, offset), [0.0] * days
    if work.length < DAY:
        changed = _by_hours(work, month, days, chance)
    elif len(full) < days and _is_of_month(work, month, length):
        early = (work.start - month).total_seconds()
        changed = _changed(work, lambda times: _window(times, -early, length - early), length)
        sources = [DAY * day for day in range(days)]
    elif full:
        sources = [*_days(full, work.start.astimezone(DUBAI), month, days, chance)]
        changed = _changed(work, lambda times: _tiled(times, sources, DAY), length)
    else:
        midnight = (DAY - offset) % DAY
        changed = _changed(work, lambda times: _tiled(times, [midnight] * days, DAY, DAY), length)
    return replace(changed, start=month, length=length, sources=(tuple(int(first // DAY) for first in sources),))


def _is_of_month(work: Work, month: datetime, length: float) -> bool:
    """Whether a trace is of that month already: it begins on its first day and ends on its last one, or later."""
    begins = (work.start - month).total_seconds()
    return 0 <= begins < DAY and begins + work.length > length - DAY


def _full_days(length: float, offset: float) -> Sequence[float]:
    """Returns the seconds at which full days begin: at midnight in Dubai."""
    first = (DAY - offset) % DAY
    return [first + DAY * day for day in range(int((length - first) // DAY))]


def _days(
    full: Sequence[float], start: datetime, month: datetime, days: int, chance: np.random.Generator
) -> Sequence[float]:
    """Returns the day of the trace for each day of the month. If the trace has as many, they stay in their order, from
    the first one that is the weekday of the first of the month if there are enough from there.
    """
    if len(full) >= days:
        weekdays = [(start + timedelta(seconds=first)).weekday() for first in full[: len(full) - days + 1]]
        first = weekdays.index(month.weekday()) if month.weekday() in weekdays else 0
        return full[first : first + days]
    by_kind: dict[bool, list[float]] = {False: [], True: []}
    for first in full:
        by_kind[is_weekend(start + timedelta(seconds=first))].append(first)
    kinds = [is_weekend(month + timedelta(days=day)) for day in range(days)]
    return [float(chance.choice(by_kind[kind] or full)) for kind in kinds]


def _by_hours(work: Work, month: datetime, days: int, chance: np.random.Generator) -> Work:
    hours = days * 24
    sources = list(chance.uniform(0.0, work.length, hours))
    load = hourly_load(month, hours)
    jobs, requests = work.jobs, work.requests
    if jobs is not None:
        jobs = job_rows(jobs, *_tiled(jobs.submit, sources, HOUR, work.length))
    if requests is not None:
        # Hour by hour: arrays of a whole month of 50 million requests take longer to allocate than to fill.
        def stays(hour: int, count: int) -> "Flags":
            return chance.random(count) < load[hour]

        requests = request_rows(requests, *_tiled(requests.at, sources, HOUR, work.length, stays))
    return replace(work, jobs=jobs, requests=requests)


def _tiled(
    times: "Numbers",
    sources: Sequence[float],
    block: float,
    period: float | None = None,
    stays: "Callable[[int, int], Flags] | None" = None,
) -> "tuple[Indices, Numbers]":
    """Returns rows and times of blocks that begin at `sources`, one after the other. With a period, the trace goes on
    from its beginning. `stays` says which of so many rows of a block are kept.
    """
    rows, moved, total = list[np.ndarray](), list[np.ndarray](), 0
    for number, source in enumerate(sources):
        for first, end, shift in _pieces(source, block, period):
            low, high = np.searchsorted(times, [first, end])
            row, at = np.arange(low, high, dtype=np.int32), times[low:high] - first + shift + number * block
            total += len(row)
            kept = slice(None) if stays is None else stays(number, len(row))
            rows.append(row[kept])
            moved.append(at[kept])
        if total > MOST:
            raise BadInput("", f"the month has more than {MOST} jobs or requests; reduce `load`")
    return np.concatenate(rows), np.concatenate(moved)


def _pieces(source: float, block: float, period: float | None) -> Sequence[tuple[float, float, float]]:
    """Returns first and last second of the pieces of a block, and the second of the block at which they begin."""
    if period is None:
        return [(source, source + block, 0.0)]
    pieces, filled = list[tuple[float, float, float]](), 0.0
    while filled < block:
        length = min(period - source, block - filled)
        pieces.append((source, source + length, filled))
        filled, source = filled + length, 0.0
    return pieces
