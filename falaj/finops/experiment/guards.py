"""Guard metrics, which must not get worse by more than is allowed: latency, errors, quality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from falaj.finops.experiment.latency import combined_histogram, quantile, slower
from falaj.finops.experiment.ratio import IntervalEstimate, apart, chance_floor, deviation, measured, ratio
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.sequential import margin
from falaj.finops.experiment.windows import MeasurementWindow

if TYPE_CHECKING:
    from falaj.finops.experiment.ratio import Values

SLOW_SHARE = 0.05
"""What a p95 is: at most this share of requests takes longer."""


class GuardState(StrEnum):
    """What is known of a guard."""

    HELD = "held"
    BROKEN = "broken"
    OPEN = "open"


@dataclass(frozen=True)
class Guard:
    """One guard: the figures of both variants, how much worse the candidate is, and how much it may be."""

    name: str
    a: float
    b: float
    worse: IntervalEstimate
    allowed: float
    what: str

    @property
    def state(self) -> GuardState:
        """Held where the whole interval is within the allowance, broken where it is all beyond."""
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
    """All guards for which there is data. An alarm is shared among them: each may raise a false one with alpha / n."""
    inputs = _GuardInput(a, b, rules, paired)
    result = [*_latency(inputs), _errors(inputs), *_quality(inputs)]
    alpha, planned = float(rules.alpha), rules.planned_windows
    return tuple(_alarmed(one, alpha / len(result), planned) for one in result)


def _alarmed(one: Guard, alpha: float, planned: int) -> Guard:
    worse = one.worse
    low = worse.value - margin(worse.windows, alpha, planned) * worse.deviation
    shared = IntervalEstimate(
        worse.value, worse.deviation, worse.windows, low, worse.high, worse.once_low, worse.once_high
    )
    return Guard(one.name, one.a, one.b, shared, one.allowed, one.what)


def _latency(inputs: _GuardInput) -> Iterator[Guard]:
    if all(one.buckets for one in (*inputs.a, *inputs.b) if one.requests):
        p95_a, p95_b = (quantile(combined_histogram(side), 0.95) for side in (inputs.a, inputs.b))
        if p95_a is not None and p95_b is not None:
            yield _slow(inputs, p95_a, p95_b)
    elif all(one.p95_s is not None for one in (*inputs.a, *inputs.b) if one.requests):
        yield _quantiles(inputs)


def _slow(inputs: _GuardInput, p95_a: float, p95_b: float) -> Guard:
    """A p95 within a limit is a share of slower requests within 5 %: a share has an honest error, a quantile hardly."""
    given = inputs.rules.guards.p95_limit_s
    limit = float(given) if given is not None else p95_a * (1 + float(inputs.rules.guards.p95_margin))
    late = [slower(one, limit, f"variant {inputs.rules.candidate!r}") for one in inputs.b]
    requests = [one.buckets[-1][1] if one.buckets else 0.0 for one in inputs.b]
    value, influence = ratio(late, requests)
    floor = chance_floor(sum(late), sum(requests), len(inputs.b))
    worse = _measured(inputs, value, deviation(influence, floor), len(inputs.b))
    return Guard("p95", p95_a, p95_b, worse, SLOW_SHARE, f"share of requests over {limit:.3g} s")


def _quantiles(inputs: _GuardInput) -> Guard:
    """From a p95 of each window: its mean, weighted by requests, which is near the p95 of all and not the same."""
    (p95_a, influence_a), (p95_b, influence_b) = (
        ratio([(one.p95_s or 0.0) * one.requests for one in side], [one.requests for one in side])
        for side in (inputs.a, inputs.b)
    )
    given = inputs.rules.guards.p95_limit_s
    if given is not None:
        worse = _measured(inputs, p95_b - float(given), deviation(influence_b), len(inputs.b))
        return Guard("p95", p95_a, p95_b, worse, 0.0, f"seconds over {float(given):g} s")
    factor = 1 + float(inputs.rules.guards.p95_margin)
    spread, windows = apart(influence_a * factor, influence_b, inputs.paired)
    worse = _measured(inputs, p95_b - p95_a * factor, spread, windows)
    return Guard("p95", p95_a, p95_b, worse, 0.0, f"seconds over {factor:g} x p95 of {inputs.rules.baseline}")


def _errors(inputs: _GuardInput) -> Guard:
    parts = [_share([one.errors for one in side], [one.requests for one in side]) for side in (inputs.a, inputs.b)]
    (rate_a, influence_a, floor_a), (rate_b, influence_b, floor_b) = parts
    spread, windows = apart(influence_a, influence_b, inputs.paired, (floor_a, floor_b))
    worse = _measured(inputs, rate_b - rate_a, spread, windows)
    return Guard("errors", rate_a, rate_b, worse, float(inputs.rules.guards.error_margin), "error rate, difference")


def _quality(inputs: _GuardInput) -> Iterator[Guard]:
    scored = [[one for one in side if one.quality_n] for side in (inputs.a, inputs.b)]
    if min(len(side) for side in scored) < inputs.rules.least_windows:
        return
    (score_a, influence_a), (score_b, influence_b) = (
        ratio([one.quality_sum for one in side], [one.quality_n for one in side]) for side in scored
    )
    paired = inputs.paired and [one.start for one in scored[0]] == [one.start for one in scored[1]]
    spread, windows = apart(influence_a, influence_b, paired)
    worse = _measured(inputs, score_a - score_b, spread, windows)
    yield Guard("quality", score_a, score_b, worse, float(inputs.rules.guards.quality_margin), "score lost")


def _share(hits: Sequence[float], of: Sequence[float]) -> "tuple[float, Values, float]":
    value, influence = ratio(hits, of)
    return value, influence, chance_floor(sum(hits), sum(of), len(of))


def _measured(inputs: _GuardInput, value: float, spread: float, windows: int) -> IntervalEstimate:
    return measured(value, spread, windows, float(inputs.rules.alpha), inputs.rules.planned_windows)
