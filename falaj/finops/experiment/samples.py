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

COLUMNS = ("variant", "time", "latency_s", "error", "tokens", "cost_usd", "quality")

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
    """Returns all windows from the first request to the last; a window without requests still has the cost of its
    machines.
    """
    length = timedelta(minutes=rules.window_minutes)
    partial_windows: dict[tuple[str, int], _PartialWindow] = defaultdict(_PartialWindow)
    for location, row in rows:
        _add(partial_windows, row, location, length)
    if not partial_windows:
        return []
    first, last = min(key for _, key in partial_windows), max(key for _, key in partial_windows)
    return [
        _window(variant, index, length, partial_windows.get((variant, index), _PartialWindow()), rules)
        for variant in sorted({variant for variant, _ in partial_windows})
        for index in range(first, last + 1)
    ]


def _add(
    partial_windows: dict[tuple[str, int], _PartialWindow], row: Mapping[str, Any], location: str, length: timedelta
) -> None:
    if unknown := [key for key in row if key not in COLUMNS]:
        raise BadInput(location, f"unknown column {unknown[0]!r}; there are: {', '.join(COLUMNS)}")
    latency = amount(row, "latency_s", location)
    if latency is None:
        raise BadInput(location, "has no latency_s")
    if not row.get("variant"):
        raise BadInput(location, "has no variant")
    time = moment(row.get("time"), f"{location}: time")
    window = partial_windows[str(row["variant"]), int(time.timestamp() // length.total_seconds())]
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


def _window(variant: str, index: int, length: timedelta, partial: _PartialWindow, rules: Rules) -> MeasurementWindow:
    start = datetime.fromtimestamp(index * length.total_seconds(), UTC)
    machine_hours = float(rules.machines.get(variant, 0)) * length.total_seconds() / 3600
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
    )
