"""Waits of jobs, and machines hour by hour, from what a simulated month recorded."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from falaj.simulation.jobs.job import Job
from falaj.simulation.jobs.ledger import Interval, Ledger
from falaj.simulation.outcome import EVERY_TENANT, Hour, Waits


def waits(jobs: Sequence[Job], never: Mapping[str, int], length: float) -> dict[str, Waits]:
    """Returns the waits by tenant, and of all. `never`: jobs by tenant that no pool could ever run."""
    tenants = sorted({job.kind.tenant for job in jobs} | {tenant for tenant, count in never.items() if count})
    own = {
        tenant: _waits([job for job in jobs if job.kind.tenant == tenant], never.get(tenant, 0), length)
        for tenant in tenants
    }
    return own | {EVERY_TENANT: _waits(jobs, sum(never.values()), length)}


def _waits(jobs: Sequence[Job], never: int, length: float) -> Waits:
    seconds = np.array([job.first_begin - job.submit for job in jobs if job.first_begin <= length])
    unfinished = sum(job.ended > length for job in jobs) + never
    if not len(seconds):
        return Waits(0, 0.0, 0.0, 0.0, unfinished)
    p50, p95 = (float(value) for value in np.percentile(seconds, [50, 95]))
    return Waits(len(seconds), p50, p95, float(seconds.max()), unfinished)


def hours(ledger: Ledger, keys: Iterable[str], length: float) -> dict[str, Sequence[Hour]]:
    """Returns the mean units of each hour by pool."""
    edges = np.append(np.arange(0.0, length, 3600.0), length)
    found: dict[str, Sequence[Hour]] = {}
    for key in keys:
        series = (ledger.used, ledger.spot, ledger.on_demand, ledger.waiting)
        used, spot, on_demand, waiting = (_means(rows.get(key, []), edges) for rows in series)
        idle = np.maximum(spot + on_demand - used, 0.0)
        columns = (used, idle, spot, on_demand, waiting)
        found[key] = tuple(Hour(*(round(float(value), 6) for value in row)) for row in zip(*columns, strict=True))
    return found


def _means(intervals: Sequence[Interval], edges: "np.ndarray") -> "np.ndarray":
    """Returns the mean units between each two edges."""
    if not intervals:
        return np.zeros(len(edges) - 1)
    begins, ends, units = np.array(intervals).T
    total = _unit_seconds(begins, units, edges) - _unit_seconds(ends, units, edges)
    return np.diff(total) / np.diff(edges)


def _unit_seconds(since: "np.ndarray", units: "np.ndarray", edges: "np.ndarray") -> "np.ndarray":
    """Returns the unit-seconds up to each edge of units that last from their time on for ever."""
    order = np.argsort(since)
    since, units = since[order], units[order]
    count = np.append(0.0, np.cumsum(units))
    moment = np.append(0.0, np.cumsum(units * since))
    started = np.searchsorted(since, edges)
    return count[started] * edges - moment[started]
