"""Latency from histograms: quantiles, and the number of requests above a limit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from falaj.finops.errors import BadInput
from falaj.finops.experiment.windows import MeasurementWindow

Buckets = Sequence[tuple[float, float]]

INFINITY = float("inf")


def combined_histogram(windows: Iterable[MeasurementWindow]) -> list[tuple[float, float]]:
    """Combines the histograms of all windows, whose bounds may differ."""
    counts: dict[float, float] = defaultdict(float)
    for window in windows:
        previous = 0.0
        for bound, count in window.buckets:
            counts[bound] += count - previous
            previous = count
    result: list[tuple[float, float]] = []
    for bound in sorted(counts):
        result.append((bound, counts[bound] + (result[-1][1] if result else 0.0)))
    return result


def quantile(buckets: Buckets, share: float) -> float | None:
    """Returns the latency within which that share of the requests was answered, interpolated linearly within a bucket
    as in Prometheus.

    Returns the last finite bound if the quantile is beyond it; None without requests.
    """
    if not buckets or buckets[-1][1] <= 0:
        return None
    target = share * buckets[-1][1]
    lower, below = 0.0, 0.0
    for bound, count in buckets:
        if count >= target:
            if bound == INFINITY:
                return lower
            return lower + (bound - lower) * ((target - below) / (count - below) if count > below else 1.0)
        lower, below = bound, count
    return lower


def requests_slower_than(window: MeasurementWindow, limit: float, location: str) -> float:
    """Returns the number of requests of a window that took longer than the limit. Raises `BadInput` if the limit is
    beyond the histogram's last finite bound.
    """
    total = window.buckets[-1][1] if window.buckets else 0.0
    lower, below = 0.0, 0.0
    for bound, count in window.buckets:
        if bound >= limit:
            if bound == INFINITY and limit > lower and count > below:
                raise BadInput(location, f"its last bound is {lower:g} s, and the limit is {limit:g} s")
            inside = count - below
            return total - (below + inside * ((limit - lower) / (bound - lower) if bound != INFINITY else 0.0))
        lower, below = bound, count
    return 0.0
