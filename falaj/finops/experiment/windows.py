"""Measurement windows: what one variant did in an interval. Implausible data is rejected here."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.rules import Rules

BUCKET = "le_"
"""`le_0.5`: requests that took at most half a second, as in a Prometheus histogram; `le_inf` is all."""

COLUMNS = (
    "variant", "start", "end", "requests", "errors", "tokens", "cost_usd", "machine_hours", "p95_s", "quality_n",
    "quality_mean",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeasurementWindow:
    """Counts of one variant from `start` to `end`. `buckets`: upper bound in seconds and requests up to it."""

    variant: str
    start: datetime
    end: datetime
    requests: float
    errors: float
    usd: float
    tokens: float | None = None
    buckets: tuple[tuple[float, float], ...] = ()
    p95_s: float | None = None
    quality_n: float = 0.0
    quality_sum: float = 0.0

    @property
    def hours(self) -> float:
        """How long it is."""
        return (self.end - self.start).total_seconds() / 3600


def window(row: Mapping[str, Any], location: str, rules: Rules) -> MeasurementWindow:
    """One row of a file as a window. Raises `BadInput`."""
    for key in row:
        if key not in COLUMNS and not str(key).startswith(BUCKET):
            raise BadInput(location, f"unknown column {key!r}; there are: {', '.join(COLUMNS)}, {BUCKET}<seconds>")
    variant = str(row.get("variant") or "")
    if not variant:
        raise BadInput(location, "has no variant")
    start, end = moment(row.get("start"), f"{location}: start"), moment(row.get("end"), f"{location}: end")
    if end <= start:
        raise BadInput(location, f"ends at {end.isoformat()}, which is not after its start {start.isoformat()}")
    requests = amount(row, "requests", location)
    if requests is None:
        raise BadInput(location, "has no requests")
    n, mean = amount(row, "quality_n", location) or 0.0, amount(row, "quality_mean", location)
    if n and mean is None:
        raise BadInput(location, "has quality_n without quality_mean")
    hours = (end - start).total_seconds() / 3600
    return checked_counts(
        MeasurementWindow(
            variant=variant,
            start=start,
            end=end,
            requests=requests,
            errors=amount(row, "errors", location) or 0.0,
            usd=_usd(row, location, rules, variant, hours),
            tokens=amount(row, "tokens", location),
            buckets=_buckets(row, location),
            p95_s=amount(row, "p95_s", location),
            quality_n=n,
            quality_sum=n * (mean or 0.0),
        ),
        location,
    )


def checked_counts(result: MeasurementWindow, location: str) -> MeasurementWindow:
    """The window, if its counts can be true together. Raises `BadInput`."""
    if result.errors > result.requests:
        raise BadInput(location, f"has {result.errors:g} errors of {result.requests:g} requests")
    counts = [count for _, count in result.buckets]
    if counts != sorted(counts):
        raise BadInput(location, "has a latency histogram that falls: counts up to a bound include those before it")
    return result


def checked(windows: Iterable[MeasurementWindow], rules: Rules, location: str) -> dict[str, list[MeasurementWindow]]:
    """The windows of both variants, in order of time. Raises `BadInput` for overlaps and for too little data."""
    result: dict[str, list[MeasurementWindow]] = {rules.baseline: [], rules.candidate: []}
    strangers: set[str] = set()
    for one in windows:
        if one.variant in result:
            result[one.variant].append(one)
        else:
            strangers.add(one.variant)
    for variant, mine in result.items():
        if not mine:
            others = f"; there are: {', '.join(sorted(strangers))}" if strangers else ""
            raise BadInput(location, f"has no window of variant {variant!r}{others}")
        mine.sort(key=lambda one: one.start)
        for before, after in pairwise(mine):
            if after.start < before.end:
                raise BadInput(location, f"variant {variant!r} has two windows at {after.start.isoformat()}")
        _enough(variant, mine, rules, location)
    return result


def _enough(variant: str, mine: list[MeasurementWindow], rules: Rules, location: str) -> None:
    requests = sum(one.requests for one in mine)
    if len(mine) < rules.least_windows:
        raise BadInput(
            location, f"variant {variant!r} has {len(mine)} windows, and fewer than {rules.least_windows} say nothing"
        )
    if requests < rules.least_requests:
        raise BadInput(
            location,
            f"variant {variant!r} has {requests:g} requests, and fewer than {rules.least_requests} say nothing",
        )
    if sum(one.usd for one in mine) <= 0:
        raise BadInput(
            location, f"variant {variant!r} costs nothing: cost_usd, or usd_per_hour of the rules, is needed"
        )
    if rules.per == "tokens" and any(one.tokens is None for one in mine):
        raise BadInput(location, f"variant {variant!r} has windows without tokens, and the cost is asked per token")


def amount(row: Mapping[str, Any], key: str, location: str) -> float | None:
    """A number of zero or more; None for an empty field. Raises `BadInput`."""
    value = row.get(key)
    if value is None or value == "":
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise BadInput(f"{location}: {key}", f"{value!r} is not a number")
    if number < 0:
        raise BadInput(f"{location}: {key}", f"{number:g} is negative")
    return number


def moment(value: Any, location: str) -> datetime:
    """A time, of UTC where it does not say. Raises `BadInput`, also for a time to come."""
    try:
        result = (
            datetime.fromtimestamp(value, UTC)
            if isinstance(value, int | float) and not isinstance(value, bool)
            else datetime.fromisoformat(str(value))
        )
    except (ValueError, OverflowError, OSError):
        raise BadInput(location, f"{value!r} is not a time such as 2026-11-24T10:00:00Z") from None
    result = result.replace(tzinfo=UTC) if result.tzinfo is None else result.astimezone(UTC)
    if result > datetime.now(UTC):
        raise BadInput(location, f"{result.isoformat()} is in the future")
    return result


def _usd(row: Mapping[str, Any], location: str, rules: Rules, variant: str, hours: float) -> float:
    """The cost: as stated, or machine hours by the price of the rules."""
    stated = amount(row, "cost_usd", location)
    if stated is not None:
        return stated
    machine_hours = amount(row, "machine_hours", location)
    if machine_hours is None:
        machine_hours = hours * float(rules.machines.get(variant, 0))
    return machine_hours * float(rules.usd_per_hour.get(variant, 0))


def _buckets(row: Mapping[str, Any], location: str) -> tuple[tuple[float, float], ...]:
    result: list[tuple[float, float]] = []
    for key in row:
        if not str(key).startswith(BUCKET):
            continue
        try:
            bound = float(str(key).removeprefix(BUCKET))
        except ValueError:
            raise BadInput(location, f"{key!r} is not a histogram bound such as {BUCKET}0.5") from None
        count = amount(row, key, location)
        if count is not None:
            result.append((bound, count))
    return tuple(sorted(result))
