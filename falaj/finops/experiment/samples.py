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

_BOUNDS_PER_TENFOLD = 50
"""Bounds of the histogram that samples go into: 1.047 from one to the next, so that a p95 is good to 5 %."""


@dataclass
class _Gathering:
    """A window that still fills."""

    requests: int = 0
    errors: int = 0
    usd: float = 0.0
    tokens: float | None = None
    quality_n: int = 0
    quality_sum: float = 0.0
    latencies: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def gathered(rows: Iterable[tuple[str, Mapping[str, Any]]], rules: Rules) -> list[MeasurementWindow]:
    """Whole windows from the first request to the last; one without a request still costs its machines."""
    length = timedelta(minutes=rules.window_minutes)
    result: dict[tuple[str, int], _Gathering] = defaultdict(_Gathering)
    for location, row in rows:
        _put(result, row, location, length)
    if not result:
        return []
    first, last = min(key for _, key in result), max(key for _, key in result)
    return [
        _window(variant, index, length, result.get((variant, index), _Gathering()), rules)
        for variant in sorted({variant for variant, _ in result})
        for index in range(first, last + 1)
    ]


def _put(result: dict[tuple[str, int], _Gathering], row: Mapping[str, Any], location: str, length: timedelta) -> None:
    if strange := [key for key in row if key not in COLUMNS]:
        raise BadInput(location, f"unknown column {strange[0]!r}; there are: {', '.join(COLUMNS)}")
    latency = amount(row, "latency_s", location)
    if latency is None:
        raise BadInput(location, "has no latency_s")
    if not row.get("variant"):
        raise BadInput(location, "has no variant")
    at = moment(row.get("time"), f"{location}: time")
    into = result[str(row["variant"]), int(at.timestamp() // length.total_seconds())]
    into.requests += 1
    into.errors += str(row.get("error") or "0").lower() not in ("0", "false", "no")
    into.usd += amount(row, "cost_usd", location) or 0.0
    tokens, quality = amount(row, "tokens", location), amount(row, "quality", location)
    if tokens is not None:
        into.tokens = (into.tokens or 0.0) + tokens
    if quality is not None:
        into.quality_n += 1
        into.quality_sum += quality
    into.latencies[math.ceil(math.log10(max(latency, 1e-4)) * _BOUNDS_PER_TENFOLD)] += 1


def _window(variant: str, index: int, length: timedelta, of: _Gathering, rules: Rules) -> MeasurementWindow:
    start = datetime.fromtimestamp(index * length.total_seconds(), UTC)
    machine_hours = float(rules.machines.get(variant, 0)) * length.total_seconds() / 3600
    buckets: list[tuple[float, float]] = []
    for step in sorted(of.latencies):
        buckets.append((10 ** (step / _BOUNDS_PER_TENFOLD), of.latencies[step] + (buckets[-1][1] if buckets else 0)))
    return MeasurementWindow(
        variant=variant,
        start=start,
        end=start + length,
        requests=of.requests,
        errors=of.errors,
        usd=of.usd + machine_hours * float(rules.usd_per_hour.get(variant, 0)),
        tokens=of.tokens if of.requests else 0.0,
        buckets=tuple(buckets),
        quality_n=of.quality_n,
        quality_sum=of.quality_sum,
    )
