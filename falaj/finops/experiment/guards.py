"""Guard metrics (latency, errors, quality), which must not degrade by more than the allowed margin."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from falaj.finops.experiment.latency import combined_histogram, quantile, requests_slower_than
from falaj.finops.experiment.ratio import Confidence, IntervalEstimate, Ratio, interval_estimate, ratio, share
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.sides import Side
from falaj.finops.experiment.windows import MeasurementWindow

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
class _Degradation:
    """One guard metric before its interval: values of both variants, and degradation of the candidate."""

    name: str
    a: float
    b: float
    worse: Ratio
    allowed: float
    what: str


def guards(a: Side, b: Side, rules: Rules) -> tuple[Guard, ...]:
    """Returns all guards for which there is data. The error probability is shared: each of n guards may give a false
    alarm with probability alpha / n.
    """
    found = [*_latency(a, b, rules), _errors(a, b, rules), *_quality(a, b, rules)]
    return tuple(_with_interval(item, rules, len(found)) for item in found)


def _with_interval(item: _Degradation, rules: Rules, number: int) -> Guard:
    """Returns the guard. A candidate passes only if all guards do, so the upper bound needs no shared alpha."""
    alpha = float(rules.alpha)
    own = Confidence(alpha, rules.least_days, float(rules.day_correlation))
    worse = interval_estimate(item.worse, own)
    shared = interval_estimate(item.worse, replace(own, alpha=alpha / number))
    return Guard(item.name, item.a, item.b, replace(worse, low=shared.low), item.allowed, item.what)


def _requests(window: MeasurementWindow) -> float:
    return window.requests


def _latency(a: Side, b: Side, rules: Rules) -> Iterator[_Degradation]:
    days = [day for day in (*a.days, *b.days) if day.requests]
    if all(day.buckets for day in days):
        p95_a, p95_b = (quantile(combined_histogram(side.days), 0.95) for side in (a, b))
        if p95_a is not None and p95_b is not None:
            yield _p95_from_histograms(b, rules, p95_a, p95_b)
    elif all(day.p95_s is not None for day in days):
        yield _p95_from_windows(a, b, rules)


def _p95_from_histograms(b: Side, rules: Rules, p95_a: float, p95_b: float) -> _Degradation:
    """Compares the share of requests over the limit with 5 %, as the error of a share is easier to estimate than that
    of a quantile.
    """
    p95_limit = rules.guards.p95_limit_s
    limit = float(p95_limit) if p95_limit is not None else p95_a * (1 + float(rules.guards.p95_margin))
    slow = share(
        b,
        lambda window: requests_slower_than(window, limit, f"variant {rules.candidate!r}"),
        lambda window: window.buckets[-1][1] if window.buckets else 0.0,
    )
    return _Degradation("p95", p95_a, p95_b, slow, SLOW_SHARE, f"share of requests over {limit:.3g} s")


def _p95_from_windows(a: Side, b: Side, rules: Rules) -> _Degradation:
    """Compares the mean of the windows' p95, weighted by requests, which approximates the p95 of all requests."""
    p95_a, p95_b = (ratio(side, lambda window: (window.p95_s or 0.0) * window.requests, _requests) for side in (a, b))
    p95_limit = rules.guards.p95_limit_s
    if p95_limit is not None:
        worse = p95_b.scaled(p95_b.value - float(p95_limit), 1)
        return _Degradation("p95", p95_a.value, p95_b.value, worse, 0.0, f"seconds over {float(p95_limit):g} s")
    factor = 1 + float(rules.guards.p95_margin)
    worse = p95_b.minus(p95_a.scaled(p95_a.value * factor, factor))
    what = f"seconds over {factor:g} x p95 of {rules.baseline}"
    return _Degradation("p95", p95_a.value, p95_b.value, worse, 0.0, what)


def _errors(a: Side, b: Side, rules: Rules) -> _Degradation:
    rate_a, rate_b = (share(side, lambda window: window.errors, _requests) for side in (a, b))
    allowed = float(rules.guards.error_margin)
    return _Degradation("errors", rate_a.value, rate_b.value, rate_b.minus(rate_a), allowed, "error rate, difference")


def _quality(a: Side, b: Side, rules: Rules) -> Iterator[_Degradation]:
    """Compares the mean scores of the days on which both variants were scored."""
    scored = [index for index, pair in enumerate(zip(a.days, b.days, strict=True)) if all(d.quality_n for d in pair)]
    if len(scored) < rules.least_days:
        return
    score_a, score_b = (
        ratio(
            replace(side, days=tuple(side.days[index] for index in scored)),
            lambda window: window.quality_sum,
            lambda window: window.quality_n,
        )
        for side in (a, b)
    )
    allowed = float(rules.guards.quality_margin)
    yield _Degradation("quality", score_a.value, score_b.value, score_a.minus(score_b), allowed, "score lost")
