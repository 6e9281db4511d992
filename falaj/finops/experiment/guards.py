"""Guard metrics (latency, errors, quality), which must not degrade by more than the allowed margin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from falaj.finops.experiment.latency import combined_histogram, quantile, requests_slower_than
from falaj.finops.experiment.ratio import (
    IntervalEstimate,
    chance_floor,
    deviation,
    difference_deviation,
    interval_estimate,
    ratio,
)
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.sequential import margin
from falaj.finops.experiment.windows import MeasurementWindow

if TYPE_CHECKING:
    from falaj.finops.experiment.ratio import Values

SLOW_SHARE = 0.05
"""Maximum share of requests above the p95 limit."""


class GuardState(StrEnum):
    """The state of a guard metric."""

    HELD = "held"
    BROKEN = "broken"
    OPEN = "open"


@dataclass(frozen=True)
class Guard:
    """One guard metric: the values of both variants, the degradation of the candidate, and the allowed degradation."""

    name: str
    a: float
    b: float
    worse: IntervalEstimate
    allowed: float
    what: str

    @property
    def state(self) -> GuardState:
        """Held if the whole interval is within the allowed degradation, broken if all of it is beyond."""
        if self.worse.high <= self.allowed:
            return GuardState.HELD
        return GuardState.BROKEN if self.worse.low > self.allowed else GuardState.OPEN


@dataclass(frozen=True)
class _GuardInput:
    a: Sequence[MeasurementWindow]
    b: Sequence[MeasurementWindow]
    rules: Rules
    paired: bool


def guards(
    a: Sequence[MeasurementWindow], b: Sequence[MeasurementWindow], rules: Rules, paired: bool
) -> tuple[Guard, ...]:
    """Returns all guards for which there is data. The error probability is shared: each of n guards may give a false
    alarm with probability alpha / n.
    """
    inputs = _GuardInput(a, b, rules, paired)
    result = [*_latency(inputs), _errors(inputs), *_quality(inputs)]
    alpha, planned = float(rules.alpha), rules.planned_windows
    return tuple(_with_shared_alpha(guard, alpha / len(result), planned) for guard in result)


def _with_shared_alpha(guard: Guard, alpha: float, planned: int) -> Guard:
    worse = guard.worse
    low = worse.value - margin(worse.windows, alpha, planned) * worse.deviation
    interval = IntervalEstimate(
        worse.value, worse.deviation, worse.windows, low, worse.high, worse.once_low, worse.once_high
    )
    return Guard(guard.name, guard.a, guard.b, interval, guard.allowed, guard.what)


def _latency(inputs: _GuardInput) -> Iterator[Guard]:
    if all(window.buckets for window in (*inputs.a, *inputs.b) if window.requests):
        p95_a, p95_b = (quantile(combined_histogram(side), 0.95) for side in (inputs.a, inputs.b))
        if p95_a is not None and p95_b is not None:
            yield _p95_from_histograms(inputs, p95_a, p95_b)
    elif all(window.p95_s is not None for window in (*inputs.a, *inputs.b) if window.requests):
        yield _p95_from_windows(inputs)


def _p95_from_histograms(inputs: _GuardInput, p95_a: float, p95_b: float) -> Guard:
    """Compares the share of requests over the limit with 5 %, as the error of a share is easier to estimate than that
    of a quantile.
    """
    p95_limit = inputs.rules.guards.p95_limit_s
    limit = float(p95_limit) if p95_limit is not None else p95_a * (1 + float(inputs.rules.guards.p95_margin))
    slow_requests = [requests_slower_than(window, limit, f"variant {inputs.rules.candidate!r}") for window in inputs.b]
    requests = [window.buckets[-1][1] if window.buckets else 0.0 for window in inputs.b]
    value, influence = ratio(slow_requests, requests)
    floor = chance_floor(sum(slow_requests), sum(requests), len(inputs.b))
    worse = _interval(inputs, value, deviation(influence, floor), len(inputs.b))
    return Guard("p95", p95_a, p95_b, worse, SLOW_SHARE, f"share of requests over {limit:.3g} s")


def _p95_from_windows(inputs: _GuardInput) -> Guard:
    """Compares the mean of the windows' p95, weighted by requests, which approximates the p95 of all requests."""
    (p95_a, influence_a), (p95_b, influence_b) = (
        ratio([(window.p95_s or 0.0) * window.requests for window in side], [window.requests for window in side])
        for side in (inputs.a, inputs.b)
    )
    p95_limit = inputs.rules.guards.p95_limit_s
    if p95_limit is not None:
        worse = _interval(inputs, p95_b - float(p95_limit), deviation(influence_b), len(inputs.b))
        return Guard("p95", p95_a, p95_b, worse, 0.0, f"seconds over {float(p95_limit):g} s")
    factor = 1 + float(inputs.rules.guards.p95_margin)
    spread, windows = difference_deviation(influence_a * factor, influence_b, inputs.paired)
    worse = _interval(inputs, p95_b - p95_a * factor, spread, windows)
    return Guard("p95", p95_a, p95_b, worse, 0.0, f"seconds over {factor:g} x p95 of {inputs.rules.baseline}")


def _errors(inputs: _GuardInput) -> Guard:
    error_rates = [
        _share([window.errors for window in side], [window.requests for window in side])
        for side in (inputs.a, inputs.b)
    ]
    (rate_a, influence_a, floor_a), (rate_b, influence_b, floor_b) = error_rates
    spread, windows = difference_deviation(influence_a, influence_b, inputs.paired, (floor_a, floor_b))
    worse = _interval(inputs, rate_b - rate_a, spread, windows)
    return Guard("errors", rate_a, rate_b, worse, float(inputs.rules.guards.error_margin), "error rate, difference")


def _quality(inputs: _GuardInput) -> Iterator[Guard]:
    scored = [[window for window in side if window.quality_n] for side in (inputs.a, inputs.b)]
    if min(len(side) for side in scored) < inputs.rules.least_windows:
        return
    (score_a, influence_a), (score_b, influence_b) = (
        ratio([window.quality_sum for window in side], [window.quality_n for window in side]) for side in scored
    )
    paired = inputs.paired and [window.start for window in scored[0]] == [window.start for window in scored[1]]
    spread, windows = difference_deviation(influence_a, influence_b, paired)
    worse = _interval(inputs, score_a - score_b, spread, windows)
    yield Guard("quality", score_a, score_b, worse, float(inputs.rules.guards.quality_margin), "score lost")


def _share(hits: Sequence[float], totals: Sequence[float]) -> "tuple[float, Values, float]":
    value, influence = ratio(hits, totals)
    return value, influence, chance_floor(sum(hits), sum(totals), len(totals))


def _interval(inputs: _GuardInput, value: float, window_deviation: float, windows: int) -> IntervalEstimate:
    return interval_estimate(value, window_deviation, windows, float(inputs.rules.alpha), inputs.rules.planned_windows)
