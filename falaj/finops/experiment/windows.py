"""A window: what one variant did between two moments. Data that cannot be right is refused here."""

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


def window(row: Mapping[str, Any], place: str, rules: Rules) -> MeasurementWindow:
    """One row of a file as a window. Raises `BadInput`."""
    for key in row:
        if key not in COLUMNS and not str(key).startswith(BUCKET):
            raise BadInput(place, f"no such column {key!r}; there are: {', '.join(COLUMNS)}, {BUCKET}<seconds>")
    variant = str(row.get("variant") or "")
    if not variant:
        raise BadInput(place, "has no variant")
    start, end = moment(row.get("start"), f"{place}: start"), moment(row.get("end"), f"{place}: end")
    if end <= start:
        raise BadInput(place, f"ends at {end.isoformat()}, which is not after its start {start.isoformat()}")
    requests = amount(row, "requests", place)
    if requests is None:
        raise BadInput(place, "has no requests")
    n, mean = amount(row, "quality_n", place) or 0.0, amount(row, "quality_mean", place)
    if n and mean is None:
        raise BadInput(place, "has quality_n without quality_mean")
    hours = (end - start).total_seconds() / 3600
    return checked_counts(
        MeasurementWindow(
            variant=variant,
            start=start,
            end=end,
            requests=requests,
            errors=amount(row, "errors", place) or 0.0,
            usd=_usd(row, place, rules, variant, hours),
            tokens=amount(row, "tokens", place),
            buckets=_buckets(row, place),
            p95_s=amount(row, "p95_s", place),
            quality_n=n,
            quality_sum=n * (mean or 0.0),
        ),
        place,
    )


def checked_counts(found: MeasurementWindow, place: str) -> MeasurementWindow:
    """The window, if its counts can be true together. Raises `BadInput`."""
    if found.errors > found.requests:
        raise BadInput(place, f"has {found.errors:g} errors of {found.requests:g} requests")
    counts = [count for _, count in found.buckets]
    if counts != sorted(counts):
        raise BadInput(place, "has a latency histogram that falls: counts up to a bound include those before it")
    return found


def checked(windows: Iterable[MeasurementWindow], rules: Rules, place: str) -> dict[str, list[MeasurementWindow]]:
    """The windows of both variants, in order of time. Raises `BadInput` for overlaps and for too little data."""
    found: dict[str, list[MeasurementWindow]] = {rules.baseline: [], rules.candidate: []}
    strangers: set[str] = set()
    for one in windows:
        if one.variant in found:
            found[one.variant].append(one)
        else:
            strangers.add(one.variant)
    for variant, mine in found.items():
        if not mine:
            known = f"; there are: {', '.join(sorted(strangers))}" if strangers else ""
            raise BadInput(place, f"has no window of variant {variant!r}{known}")
        mine.sort(key=lambda one: one.start)
        for before, after in pairwise(mine):
            if after.start < before.end:
                raise BadInput(place, f"variant {variant!r} has two windows at {after.start.isoformat()}")
        _enough(variant, mine, rules, place)
    return found


def _enough(variant: str, mine: list[MeasurementWindow], rules: Rules, place: str) -> None:
    requests = sum(one.requests for one in mine)
    if len(mine) < rules.least_windows:
        raise BadInput(
            place, f"variant {variant!r} has {len(mine)} windows, and fewer than {rules.least_windows} say nothing"
        )
    if requests < rules.least_requests:
        raise BadInput(
            place, f"variant {variant!r} has {requests:g} requests, and fewer than {rules.least_requests} say nothing"
        )
    if sum(one.usd for one in mine) <= 0:
        raise BadInput(place, f"variant {variant!r} costs nothing: cost_usd, or usd_per_hour of the rules, is needed")
    if rules.per == "tokens" and any(one.tokens is None for one in mine):
        raise BadInput(place, f"variant {variant!r} has windows without tokens, and the cost is asked per token")


def amount(row: Mapping[str, Any], key: str, place: str) -> float | None:
    """A number of zero or more; None for an empty field. Raises `BadInput`."""
    value = row.get(key)
    if value is None or value == "":
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise BadInput(f"{place}: {key}", f"{value!r} is no number")
    if number < 0:
        raise BadInput(f"{place}: {key}", f"{number:g} is negative")
    return number


def moment(value: Any, place: str) -> datetime:
    """A time, of UTC where it does not say. Raises `BadInput`, also for a time to come."""
    try:
        found = (
            datetime.fromtimestamp(value, UTC)
            if isinstance(value, int | float) and not isinstance(value, bool)
            else datetime.fromisoformat(str(value))
        )
    except (ValueError, OverflowError, OSError):
        raise BadInput(place, f"{value!r} is no time such as 2026-11-24T10:00:00Z") from None
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    if found > datetime.now(UTC):
        raise BadInput(place, f"{found.isoformat()} is in the future")
    return found


def _usd(row: Mapping[str, Any], place: str, rules: Rules, variant: str, hours: float) -> float:
    """The cost: as stated, or machine hours by the price of the rules."""
    stated = amount(row, "cost_usd", place)
    if stated is not None:
        return stated
    machine_hours = amount(row, "machine_hours", place)
    if machine_hours is None:
        machine_hours = hours * float(rules.machines.get(variant, 0))
    return machine_hours * float(rules.usd_per_hour.get(variant, 0))


def _buckets(row: Mapping[str, Any], place: str) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for key in row:
        if not str(key).startswith(BUCKET):
            continue
        try:
            bound = float(str(key).removeprefix(BUCKET))
        except ValueError:
            raise BadInput(place, f"{key!r} is no bound of a histogram such as {BUCKET}0.5") from None
        count = amount(row, key, place)
        if count is not None:
            found.append((bound, count))
    return tuple(sorted(found))
