"""Windows added up: to the whole days of a variant, to its intervals, or to its users."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from falaj.finops.experiment.latency import combined_histogram
from falaj.finops.experiment.windows import MeasurementWindow

DAY = timedelta(days=1)

_MAX_GAP = timedelta(minutes=1)
"""Time of a day that may be missing: exports round their timestamps."""

Key = TypeVar("Key", str, tuple[datetime, datetime])


def added_up(windows: Sequence[MeasurementWindow]) -> MeasurementWindow:
    """Returns the sum of windows of one variant, which may be those of several users."""
    tokens = [window.tokens for window in windows if window.tokens is not None]
    return MeasurementWindow(
        variant=windows[0].variant,
        start=min(window.start for window in windows),
        end=max(window.end for window in windows),
        requests=sum(window.requests for window in windows),
        errors=sum(window.errors for window in windows),
        usd=sum(window.usd for window in windows),
        tokens=sum(tokens) if len(tokens) == len(windows) else None,
        buckets=tuple(combined_histogram(windows)) if any(window.buckets for window in windows) else (),
        p95_s=_mean_p95(windows),
        quality_n=sum(window.quality_n for window in windows),
        quality_sum=sum(window.quality_sum for window in windows),
    )


def _mean_p95(windows: Iterable[MeasurementWindow]) -> float | None:
    """Returns the mean of the windows' p95, weighted by requests; None if a window with requests has none."""
    used = [window for window in windows if window.requests]
    if not used or any(window.p95_s is None for window in used):
        return None
    return sum((window.p95_s or 0.0) * window.requests for window in used) / sum(window.requests for window in used)


def by_interval(windows: Iterable[MeasurementWindow]) -> list[MeasurementWindow]:
    """Returns one window for each interval, added up over users, in chronological order."""
    return list(_grouped(windows, lambda window: (window.start, window.end)).values())


def by_user(windows: Iterable[MeasurementWindow]) -> dict[str, MeasurementWindow]:
    """Returns the sum of each user. What has no user has the name ""."""
    return _grouped(windows, lambda window: window.user)


def by_whole_day(windows: Iterable[MeasurementWindow]) -> dict[date, list[MeasurementWindow]]:
    """Returns the windows of each day (UTC) that they cover without a gap. A window belongs to the day in which it
    starts.
    """
    of_day: dict[date, list[MeasurementWindow]] = defaultdict(list)
    for window in windows:
        of_day[window.start.date()].append(window)
    return {day: of_day[day] for day in sorted(of_day) if _covered(of_day[day]) >= DAY - _MAX_GAP}


def _covered(windows: Iterable[MeasurementWindow]) -> timedelta:
    intervals = {(window.start, window.end) for window in windows}
    return sum((end - start for start, end in intervals), timedelta())


def _grouped(
    windows: Iterable[MeasurementWindow], key: Callable[[MeasurementWindow], Key]
) -> dict[Key, MeasurementWindow]:
    groups: dict[Key, list[MeasurementWindow]] = defaultdict(list)
    for window in windows:
        groups[key(window)].append(window)
    return {name: added_up(groups[name]) for name in sorted(groups)}
