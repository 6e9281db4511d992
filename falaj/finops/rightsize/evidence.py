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
MIB_USED = 1024
"""A GPU whose memory was ever above this many MiB, or that was active, is in use."""

QUIET = 0.02
"""A day whose peak is below this is a day without work: weekends do not make a steady machine look unsteady."""


class Confidence(StrEnum):
    """How far a recommendation can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class UsageEvidence:
    """All samples of one subject. Where a machine has several GPUs a sample is that of its busiest one."""

    subject: str
    series: Mapping[Signal, Sequence[tuple[datetime, float]]]
    gpus_used: int
    machine: str = ""
    region: str = ""

    def values(self, signal: Signal) -> list[float]:
        """All values of a signal."""
        return [value for _, value in self.series.get(signal, ())]

    def high(self, signal: Signal, share: float = 0.99) -> float | None:
        """The value that `share` of the samples do not pass; None where there is none."""
        values = sorted(self.values(signal))
        return values[math.ceil(len(values) * share) - 1] if values else None

    def most(self, signal: Signal) -> float | None:
        """The greatest value."""
        return max(self.values(signal), default=None)

    def mean(self, signal: Signal) -> float | None:
        """The mean."""
        values = self.values(signal)
        return statistics.fmean(values) if values else None

    def hours(self, signals: Iterable[Signal]) -> dict[datetime, float]:
        """Hour -> the greatest value of any of the signals in it."""
        result: dict[datetime, float] = {}
        for signal in signals:
            for moment, value in self.series.get(signal, ()):
                hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
                result[hour] = max(result.get(hour, 0.0), value)
        return result


def gather(points: Iterable[Point]) -> list[UsageEvidence]:
    """The points of each subject; those of several GPUs at one moment become that of the busiest."""
    by_subject: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_subject[point.subject].append(point)
    return [_one(subject, result) for subject, result in sorted(by_subject.items())]


def _one(subject: str, points: list[Point]) -> UsageEvidence:
    busiest: dict[Signal, dict[datetime, float]] = defaultdict(dict)
    used: set[str] = set()
    for point in points:
        series = busiest[point.signal]
        series[point.at] = max(series.get(point.at, 0.0), point.value)
        if (point.signal is Signal.FB_USED and point.value > MIB_USED) or (
            point.signal in (Signal.TENSOR, Signal.DRAM, Signal.ENGINE) and point.value > 0
        ):
            used.add(point.unit.partition("/")[0])
    named = {attribute: {getattr(point, attribute) for point in points} - {""} for attribute in ("machine", "region")}
    return UsageEvidence(
        subject,
        {signal: sorted(series.items()) for signal, series in busiest.items()},
        len(used),
        *(values.pop() if len(values) == 1 else "" for values in named.values()),
    )


def in_office_hours(hour: datetime) -> bool:
    """Whether people work in that hour. Holidays are not taken off."""
    local = hour.astimezone(LOCAL)
    opens, closes = (int(text.split(":")[0]) for text in (OFFICE_OPENS, OFFICE_CLOSES))
    return local.strftime("%a").lower() in WORKING_DAYS and opens <= local.hour < closes


@dataclass(frozen=True, slots=True)
class Trust:
    """Confidence and what it rests on: hours seen, share of the week's hours seen, change of the daily peak."""

    confidence: Confidence
    hours: int
    week: float
    variation: float

    def __str__(self) -> str:
        return f"{self.hours} hours seen, {self.week:.0%} of the week, daily peaks vary by {self.variation:.0%}"

    def lowered(self) -> "Trust":
        """One step less, for what must be tried first."""
        down = {Confidence.HIGH: Confidence.MEDIUM}.get(self.confidence, Confidence.LOW)
        return Trust(down, self.hours, self.week, self.variation)


def trust(hours: Mapping[datetime, float]) -> Trust:
    """High: two weeks, all hours of the week, steady peaks. Medium: nearly a week. Low: less."""
    week = len({(hour.weekday(), hour.hour) for hour in hours}) / WEEK
    peaks: dict[object, float] = {}
    for hour, value in hours.items():
        day = hour.astimezone(LOCAL).date()
        peaks[day] = max(peaks.get(day, 0.0), value)
    worked = [peak for peak in peaks.values() if peak >= QUIET] or [0.0]
    mean = statistics.fmean(worked)
    variation = statistics.pstdev(worked) / mean if mean > 0 else 0.0
    if len(hours) >= 2 * WEEK and week >= 0.95 and variation <= 0.5:
        level = Confidence.HIGH
    elif len(hours) >= 0.9 * WEEK and week >= 0.8:
        level = Confidence.MEDIUM
    else:
        level = Confidence.LOW
    return Trust(level, len(hours), week, variation)
