"""Latency from histograms: quantiles, and the number of requests above a limit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from falaj.finops.errors import BadInput
from falaj.finops.experiment.windows import MeasurementWindow

Buckets = Sequence[tuple[float, float]]

INFINITE = float("inf")


def combined_histogram(windows: Iterable[MeasurementWindow]) -> list[tuple[float, float]]:
    """One histogram of all windows; their bounds may differ."""
    counts: dict[float, float] = defaultdict(float)
    for one in windows:
        before = 0.0
        for bound, count in one.buckets:
            counts[bound] += count - before
            before = count
    result: list[tuple[float, float]] = []
    for bound in sorted(counts):
        result.append((bound, counts[bound] + (result[-1][1] if result else 0.0)))
    return result


def quantile(buckets: Buckets, share: float) -> float | None:
    """The time within which that share of the requests was answered: linear within a bucket, as Prometheus does it.

    The last finite bound where it lies beyond; None without requests.
    """
    if not buckets or buckets[-1][1] <= 0:
        return None
    wanted = share * buckets[-1][1]
    lower, below = 0.0, 0.0
    for bound, count in buckets:
        if count >= wanted:
            if bound == INFINITE:
                return lower
            return lower + (bound - lower) * ((wanted - below) / (count - below) if count > below else 1.0)
        lower, below = bound, count
    return lower


def slower(one: MeasurementWindow, limit: float, location: str) -> float:
    """Requests of a window that took longer than the limit. Raises `BadInput` where the histogram cannot say."""
    total = one.buckets[-1][1] if one.buckets else 0.0
    lower, below = 0.0, 0.0
    for bound, count in one.buckets:
        if bound >= limit:
            if bound == INFINITE and limit > lower and count > below:
                raise BadInput(location, f"its last bound is {lower:g} s, and the limit is {limit:g} s")
            inside = count - below
            return total - (below + inside * ((limit - lower) / (bound - lower) if bound != INFINITE else 0.0))
        lower, below = bound, count
    return 0.0
