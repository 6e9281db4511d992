"""Measured utilisation of one machine or workload, and the confidence in it."""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS, UTC_OFFSET_HOURS, WORKING_DAYS
from falaj.finops.rightsize.points import Point, Signal

LOCAL = timezone(timedelta(hours=UTC_OFFSET_HOURS))
WEEK = 168
GPU_IN_USE_MIB = 1024
"""A GPU is in use if its used memory ever exceeded this many MiB, or if it was active."""

IDLE_DAY_PEAK = 0.02
"""A day whose peak is below this share counts as idle and does not add to the variation of daily peaks."""


class Confidence(StrEnum):
    """Confidence in a recommendation."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class UsageEvidence:
    """All samples of one subject. On a machine with several GPUs, a sample is that of the busiest GPU."""

    subject: str
    series: Mapping[Signal, Sequence[tuple[datetime, float]]]
    gpus_used: int
    machine: str = ""
    region: str = ""

    def values(self, signal: Signal) -> list[float]:
        """Returns all values of a signal."""
        return [value for _, value in self.series.get(signal, ())]

    def high(self, signal: Signal, share: float = 0.99) -> float | None:
        """Returns the percentile of a signal at `share`; None if there are no samples."""
        values = sorted(self.values(signal))
        return values[math.ceil(len(values) * share) - 1] if values else None

    def most(self, signal: Signal) -> float | None:
        """Returns the maximum of a signal; None if there are no samples."""
        return max(self.values(signal), default=None)

    def mean(self, signal: Signal) -> float | None:
        """Returns the mean of a signal; None if there are no samples."""
        values = self.values(signal)
        return statistics.fmean(values) if values else None

    def hours(self, signals: Iterable[Signal]) -> dict[datetime, float]:
        """Returns, by hour in UTC, the maximum of any of the signals."""
        result: dict[datetime, float] = {}
        for signal in signals:
            for moment, value in self.series.get(signal, ()):
                hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
                result[hour] = max(result.get(hour, 0.0), value)
        return result


def gather(points: Iterable[Point]) -> list[UsageEvidence]:
    """Groups points by subject; among several GPUs at one moment, the busiest counts."""
    by_subject: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_subject[point.subject].append(point)
    return [_usage_evidence(subject, group) for subject, group in sorted(by_subject.items())]


def _usage_evidence(subject: str, points: list[Point]) -> UsageEvidence:
    busiest: dict[Signal, dict[datetime, float]] = defaultdict(dict)
    used_gpus: set[str] = set()
    for point in points:
        series = busiest[point.signal]
        series[point.at] = max(series.get(point.at, 0.0), point.value)
        if (point.signal is Signal.FB_USED and point.value > GPU_IN_USE_MIB) or (
            point.signal in (Signal.TENSOR, Signal.DRAM, Signal.ENGINE) and point.value > 0
        ):
            used_gpus.add(point.unit.partition("/")[0])
    labels = {attribute: {getattr(point, attribute) for point in points} - {""} for attribute in ("machine", "region")}
    return UsageEvidence(
        subject,
        {signal: sorted(series.items()) for signal, series in busiest.items()},
        len(used_gpus),
        *(values.pop() if len(values) == 1 else "" for values in labels.values()),
    )


def in_office_hours(hour: datetime) -> bool:
    """Returns whether an hour is within office hours in the UAE. Public holidays are not excluded."""
    local = hour.astimezone(LOCAL)
    opens, closes = (int(text.split(":")[0]) for text in (OFFICE_OPENS, OFFICE_CLOSES))
    return local.strftime("%a").lower() in WORKING_DAYS and opens <= local.hour < closes


@dataclass(frozen=True, slots=True)
class Trust:
    """Confidence and its basis: observed hours, observed share of the hours of a week, variation of daily peaks."""

    confidence: Confidence
    hours: int
    week: float
    variation: float

    def __str__(self) -> str:
        return f"{self.hours} hours observed, {self.week:.0%} of the week, daily peaks vary by {self.variation:.0%}"

    def lowered(self) -> "Trust":
        """Returns the confidence one level lower, for changes that must be tested first."""
        level = {Confidence.HIGH: Confidence.MEDIUM}.get(self.confidence, Confidence.LOW)
        return Trust(level, self.hours, self.week, self.variation)


def trust(hours: Mapping[datetime, float]) -> Trust:
    """Returns the confidence in observed hours. High: two weeks, at least 95 % of the hours of a week, variation of
    daily peaks up to 0.5. Medium: 90 % of a week, at least 80 % of its hours. Low: less.
    """
    week = len({(hour.weekday(), hour.hour) for hour in hours}) / WEEK
    peaks: dict[object, float] = {}
    for hour, value in hours.items():
        day = hour.astimezone(LOCAL).date()
        peaks[day] = max(peaks.get(day, 0.0), value)
    active_peaks = [peak for peak in peaks.values() if peak >= IDLE_DAY_PEAK] or [0.0]
    mean = statistics.fmean(active_peaks)
    variation = statistics.pstdev(active_peaks) / mean if mean > 0 else 0.0
    if len(hours) >= 2 * WEEK and week >= 0.95 and variation <= 0.5:
        level = Confidence.HIGH
    elif len(hours) >= 0.9 * WEEK and week >= 0.8:
        level = Confidence.MEDIUM
    else:
        level = Confidence.LOW
    return Trust(level, len(hours), week, variation)
