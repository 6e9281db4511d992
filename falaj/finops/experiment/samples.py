"""Single requests aggregated into windows: one row per request, with its latency in seconds."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.windows import MeasurementWindow, amount, moment

COLUMNS = ("variant", "user", "time", "latency_s", "error", "tokens", "cost_usd", "quality")

NO_USER = ""
"""The user of requests without one, and of the machines."""

MAX_WINDOWS = 200_000
"""Most windows of all variants: two months of minutes, or eleven years of hours, of two variants. More are the work of
a wrong time."""

_BOUNDS_PER_DECADE = 50
"""Histogram bounds per factor of ten: each is 1.047 times the previous one, so a p95 is accurate to 5 %."""


@dataclass
class _PartialWindow:
    """A window that is still being filled."""

    requests: int = 0
    errors: int = 0
    usd: float = 0.0
    tokens: float | None = None
    quality_n: int = 0
    quality_sum: float = 0.0
    latencies: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def aggregate(rows: Iterable[tuple[str, Mapping[str, Any]]], rules: Rules) -> list[MeasurementWindow]:
    """Returns all windows from the first request to the last, and those of each user beside them; a window without
    requests still has the cost of its machines. Raises `BadInput`.
    """
    length = timedelta(minutes=rules.window_minutes)
    partial_windows: dict[tuple[str, str, int], _PartialWindow] = defaultdict(_PartialWindow)
    for location, row in rows:
        _add(partial_windows, row, location, length)
    if not partial_windows:
        return []
    first, last = (choose(index for *_, index in partial_windows) for choose in (min, max))
    variants = {variant for variant, *_ in partial_windows}
    if (count := (last - first + 1) * len(variants)) > MAX_WINDOWS:
        span = f"{count:,} windows of {rules.window_minutes} minutes are between the first request and the last"
        fix = "remove rows of other times, or set a larger window_minutes"
        raise BadInput("time", f"{span}, and at most {MAX_WINDOWS:,} are evaluated; {fix}")
    for variant in variants:
        for index in range(first, last + 1):
            partial_windows[variant, NO_USER, index]  # machines cost as much in an hour without requests
    return [
        _window(variant, user, index, length, partial_windows[variant, user, index], rules)
        for variant, user, index in sorted(partial_windows)
    ]


def _add(
    partial_windows: dict[tuple[str, str, int], _PartialWindow],
    row: Mapping[str, Any],
    location: str,
    length: timedelta,
) -> None:
    if unknown := [key for key in row if key not in COLUMNS]:
        raise BadInput(location, f"unknown column {unknown[0]!r}; there are: {', '.join(COLUMNS)}")
    latency = amount(row, "latency_s", location)
    if latency is None:
        raise BadInput(location, "has no latency_s")
    if not row.get("variant"):
        raise BadInput(location, "has no variant")
    time = moment(row.get("time"), f"{location}: time")
    user = str(row.get("user") or NO_USER)
    window = partial_windows[str(row["variant"]), user, int(time.timestamp() // length.total_seconds())]
    window.requests += 1
    window.errors += str(row.get("error") or "0").lower() not in ("0", "false", "no")
    window.usd += amount(row, "cost_usd", location) or 0.0
    tokens, quality = amount(row, "tokens", location), amount(row, "quality", location)
    if tokens is not None:
        window.tokens = (window.tokens or 0.0) + tokens
    if quality is not None:
        window.quality_n += 1
        window.quality_sum += quality
    window.latencies[math.ceil(math.log10(max(latency, 1e-4)) * _BOUNDS_PER_DECADE)] += 1


def _window(
    variant: str, user: str, index: int, length: timedelta, partial: _PartialWindow, rules: Rules
) -> MeasurementWindow:
    start = datetime.fromtimestamp(index * length.total_seconds(), UTC)
    machines = float(rules.machines.get(variant, 0)) if user == NO_USER else 0.0
    machine_hours = machines * length.total_seconds() / 3600
    buckets: list[tuple[float, float]] = []
    for step in sorted(partial.latencies):
        buckets.append(
            (10 ** (step / _BOUNDS_PER_DECADE), partial.latencies[step] + (buckets[-1][1] if buckets else 0))
        )
    return MeasurementWindow(
        variant=variant,
        start=start,
        end=start + length,
        requests=partial.requests,
        errors=partial.errors,
        usd=partial.usd + machine_hours * float(rules.usd_per_hour.get(variant, 0)),
        tokens=partial.tokens if partial.requests else 0.0,
        buckets=tuple(buckets),
        quality_n=partial.quality_n,
        quality_sum=partial.quality_sum,
        user=user,
    )
