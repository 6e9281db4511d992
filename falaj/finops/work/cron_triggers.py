"""Replicas that cron triggers of a ScaledObject start, and the share of a week in which they run.

A trigger is active while its next end comes before its next start; of several active triggers the one with the most
replicas decides (KEDA 2.21, pkg/scalers/cron_scaler.go, GetMetricsAndActivity; HorizontalPodAutoscaler, several
metrics; read 2026-11-27).
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str
from falaj.finops.timetable import WEEK, ZONES, cron_moments

_WINTER = datetime(2026, 1, 1, tzinfo=UTC)
"""A day whose offset from UTC counts all year: summer time moves a window, it does not change its length."""


@dataclass(frozen=True, slots=True)
class Level:
    """Replicas above `above`, up to `replicas`, that run for a share of the week."""

    above: int
    replicas: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the cron triggers of an autoscaler start. `always` are replicas of triggers that are not weekly, or cannot
    be read: they count as always on, which is the smaller error, but no month needs to have them."""

    levels: tuple[Level, ...] = ()
    always: int = 0


def schedule_of(spec: Mapping[str, Any], least: int, when_active: int, most: int) -> Schedule:
    """Returns the schedule of a ScaledObject. `least` replicas run without it, at least `when_active` with a trigger
    that is active, and `most` at most."""
    windows: list[tuple[int, Sequence[range]]] = []
    always = 0
    for trigger in get_list(spec, "triggers"):
        if get_str(trigger, "type") == "cron":
            metadata = get_dict(trigger, "metadata")
            desired = int(get_number(get_path(metadata, "desiredReplicas"), 0))
            replicas = min(max(desired, when_active), most)
            found = _windows(metadata)
            if found is None:
                always = max(always, replicas)
            else:
                windows.append((replicas, found))
    return Schedule(tuple(_levels(windows, least)), always)


def _levels(windows: Sequence[tuple[int, Sequence[range]]], least: int) -> Iterable[Level]:
    """Yields the levels from the lowest, each within the hours of the one below."""
    above = least
    for replicas in sorted({replicas for replicas, _ in windows if replicas > least}):
        minutes: set[int] = set()
        for others, found in windows:
            if others >= replicas:
                minutes.update(minute % WEEK for window in found for minute in window)
        yield Level(above, replicas, Decimal(len(minutes)) / WEEK)
        above = replicas


def _windows(metadata: Mapping[str, Any]) -> Sequence[range] | None:
    """Returns the minutes of the week in which a trigger is active; None if it is not weekly, or cannot be read."""
    zone = get_str(metadata, "timezone")
    starts, ends = (_moments(get_str(metadata, key), zone) for key in ("start", "end"))
    if not starts or not ends:
        return None
    events = sorted(starts | ends)
    before = [events[-1] - WEEK, *events[:-1]]
    return [range(previous, event) for previous, event in zip(before, events, strict=True) if event in ends]


def _moments(cron: str, zone: str) -> Set[int] | None:
    if zone in ZONES:
        return cron_moments(cron, zone)
    try:
        offset = ZoneInfo(zone).utcoffset(_WINTER)
    except (KeyError, OSError, ValueError):  # no such zone
        return None
    in_utc = cron_moments(cron, "UTC")
    if offset is None or in_utc is None:
        return None
    minutes = round(offset.total_seconds() / 60)
    return {(moment - minutes) % WEEK for moment in in_utc}
