"""Measurement windows: the counts of one variant in an interval. Implausible data is rejected here."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.rules import Rules
from falaj.finops.plausibility import MAX_AMOUNT
from falaj.finops.times import EXPECTED, in_utc

BUCKET_PREFIX = "le_"
"""`le_0.5`: requests that took at most half a second, as in a Prometheus histogram; `le_inf` is all requests."""

COLUMNS = (
    "variant", "user", "start", "end", "requests", "errors", "tokens", "cost_usd", "machine_hours", "p95_s",
    "quality_n", "quality_mean",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeasurementWindow:
    """Counts of one variant from `start` to `end`, of one user if `user` is given. `buckets`: upper bound in seconds,
    and requests up to it.
    """

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
    user: str = ""

    @property
    def hours(self) -> float:
        """Length of the window in hours."""
        return (self.end - self.start).total_seconds() / 3600


def window(row: Mapping[str, Any], location: str, rules: Rules) -> MeasurementWindow:
    """Parses one row of a file. Raises `BadInput`."""
    for key in row:
        if key not in COLUMNS and not str(key).startswith(BUCKET_PREFIX):
            raise BadInput(
                location, f"unknown column {key!r}; there are: {', '.join(COLUMNS)}, {BUCKET_PREFIX}<seconds>"
            )
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
    return check_counts(
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
            user=str(row.get("user") or ""),
        ),
        location,
    )


def check_counts(checked_window: MeasurementWindow, location: str) -> MeasurementWindow:
    """Returns the window if its counts are consistent. Raises `BadInput`."""
    if checked_window.errors > checked_window.requests:
        raise BadInput(location, f"has {checked_window.errors:g} errors of {checked_window.requests:g} requests")
    counts = [count for _, count in checked_window.buckets]
    if counts != sorted(counts):
        raise BadInput(location, "has a latency histogram that decreases: the counts must be cumulative")
    return checked_window


def group_by_variant(
    windows: Iterable[MeasurementWindow], rules: Rules, location: str
) -> dict[str, list[MeasurementWindow]]:
    """Returns the windows of both variants in chronological order. Raises `BadInput` for overlaps, for too little data
    and for other variants: a name with a typing error would leave out its requests.
    """
    result: dict[str, list[MeasurementWindow]] = {rules.baseline: [], rules.candidate: []}
    other_variants: set[str] = set()
    for window in windows:
        if window.variant in result:
            result[window.variant].append(window)
        else:
            other_variants.add(window.variant)
    others = ", ".join(sorted(other_variants))
    for variant, variant_windows in result.items():
        if not variant_windows:
            raise BadInput(
                location, f"has no window of variant {variant!r}" + (f"; there are: {others}" if others else "")
            )
    if others:
        both = f"{rules.baseline} and {rules.candidate}"
        raise BadInput(location, f"has windows of other variants than {both}: {others}; correct or remove them")
    for variant, variant_windows in result.items():
        variant_windows.sort(key=lambda window: (window.start, window.end, window.user))
        _require_no_overlap(variant, variant_windows, location)
        _require_enough(variant, variant_windows, rules, location)
    return result


def _require_no_overlap(variant: str, windows: list[MeasurementWindow], location: str) -> None:
    """Raises `BadInput` for overlapping windows, unless they are of the same interval and different users."""
    for previous, following in pairwise(windows):
        same_interval = (previous.start, previous.end) == (following.start, following.end)
        if following.start < previous.end and not (same_interval and following.user != previous.user):
            raise BadInput(location, f"variant {variant!r} has two windows at {following.start.isoformat()}")


def _require_enough(variant: str, windows: list[MeasurementWindow], rules: Rules, location: str) -> None:
    requests = sum(window.requests for window in windows)
    if requests < rules.least_requests:
        raise BadInput(
            location,
            f"variant {variant!r} has {requests:g} requests, but at least {rules.least_requests} are needed",
        )
    if sum(window.usd for window in windows) <= 0:
        raise BadInput(
            location, f"variant {variant!r} costs nothing: cost_usd, or usd_per_hour of the rules, is needed"
        )
    if rules.per == "tokens" and any(window.tokens is None for window in windows):
        raise BadInput(location, f"variant {variant!r} has windows without tokens, and the cost is per token")


def amount(row: Mapping[str, Any], key: str, location: str) -> float | None:
    """Returns a non-negative number; None for an empty field. Raises `BadInput`."""
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
    if number > MAX_AMOUNT:
        raise BadInput(f"{location}: {key}", f"{number:g} is more than {MAX_AMOUNT:.0e}")
    return number


def moment(value: Any, location: str) -> datetime:
    """Parses a time, in UTC if it has no time zone. Raises `BadInput`, also for one in the future."""
    try:
        result = (
            datetime.fromtimestamp(value, UTC)
            if isinstance(value, int | float) and not isinstance(value, bool)
            else datetime.fromisoformat(str(value))
        )
        result = in_utc(result)
    except (ValueError, OverflowError, OSError):
        raise BadInput(location, f"{value!r} is not {EXPECTED}") from None
    if result > datetime.now(UTC):
        raise BadInput(location, f"{result.isoformat()} is in the future")
    return result


def _usd(row: Mapping[str, Any], location: str, rules: Rules, variant: str, hours: float) -> float:
    """Returns the cost as stated, or machine hours at the price of the rules."""
    stated = amount(row, "cost_usd", location)
    if stated is not None:
        return stated
    if row.get("user"):
        raise BadInput(location, "has no cost_usd, which a row of a user needs: machines are not those of one user")
    machine_hours = amount(row, "machine_hours", location)
    if machine_hours is None:
        machine_hours = hours * float(rules.machines.get(variant, 0))
    return machine_hours * float(rules.usd_per_hour.get(variant, 0))


def _buckets(row: Mapping[str, Any], location: str) -> tuple[tuple[float, float], ...]:
    result: list[tuple[float, float]] = []
    for key in row:
        if not str(key).startswith(BUCKET_PREFIX):
            continue
        try:
            bound = float(str(key).removeprefix(BUCKET_PREFIX))
        except ValueError:
            raise BadInput(location, f"{key!r} is not a histogram bound such as {BUCKET_PREFIX}0.5") from None
        count = amount(row, key, location)
        if count is not None:
            result.append((bound, count))
    return tuple(sorted(result))
