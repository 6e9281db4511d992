"""Forecast of all variants on one trace: the best variant, and the rates at which others are cheaper."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from falaj.finops.experiment.assumptions import Assumptions, VariantAssumptions
from falaj.finops.experiment.replay import ReplayResult, replay
from falaj.finops.experiment.trace import Request

FORMAT = "falaj-replay/1"

_BISECTIONS = 4
"""Bisections of a factor of two, which give the rate to within 2 %."""


@dataclass(frozen=True)
class Dominance:
    """The rates at which a variant is cheaper than the baseline, in requests per second.

    `first` is the lowest such rate. At all rates from `always` to `limit` the variant is cheaper; at `limit`, one of
    the two reaches its maximum.
    """

    first: float | None
    always: float | None
    limit: float


@dataclass(frozen=True)
class Forecast:
    """A replay of all variants, summarised in one sentence."""

    assumptions: Assumptions
    rate: float
    results: Mapping[str, ReplayResult]
    cheaper: Mapping[str, Dominance]
    bursts: Mapping[str, float | None]
    best: str | None
    sentence: str


def forecast_variants(trace: Sequence[Request], assumptions: Assumptions, search: bool = False) -> Forecast:
    """Replays the trace against every variant and selects the cheapest that meets the latency limit.

    `search` also determines the rate at which each variant costs as much as the baseline, with the trace's own bursts.
    """
    results = {name: replay(trace, variant, assumptions.autoscaler) for name, variant in assumptions.variants.items()}
    baseline, *others = assumptions.variants
    cheaper = {name: dominance(trace, assumptions, baseline, name) for name in others}
    bursts = {name: replayed_break_even(trace, assumptions, name) for name in others} if search else {}
    limit = math.inf if assumptions.p95_limit_s is None else float(assumptions.p95_limit_s)
    within_limit = {name: result for name, result in results.items() if result.p95_s <= limit}
    best = min(within_limit, key=lambda name: within_limit[name].usd, default=None)
    rate = len(trace) / max(trace[-1].at, 1.0)
    return Forecast(assumptions, rate, results, cheaper, bursts, best, _sentence(assumptions, results, best))


def dominance(trace: Sequence[Request], assumptions: Assumptions, baseline: str, name: str) -> Dominance:
    """Compares two variants at steady rates of this trace's requests. Replicas follow the autoscaler's target, within
    the minimum and maximum.
    """
    pair = [assumptions.variants[baseline], assumptions.variants[name]]
    target = float(assumptions.autoscaler.target)
    capacities = [_replica_capacity(trace, variant, target) for variant in pair]
    limit = min(capacity * variant.most for capacity, variant in zip(capacities, pair, strict=True))
    steps = sorted(
        {0.0, limit}
        | {
            capacity * number
            for capacity, variant in zip(capacities, pair, strict=True)
            for number in range(1, variant.most + 1)
            if capacity * number < limit
        }
    )
    first = always = None
    for low, high in pairwise(steps):
        costs = [
            _usd_per_hour(variant, (low + high) / 2 / capacity)
            for capacity, variant in zip(capacities, pair, strict=True)
        ]
        if costs[1] < costs[0]:
            first = low if first is None else first
            always = low if always is None else always
        else:
            always = None
    return Dominance(first, always, limit)


def _replica_capacity(trace: Sequence[Request], variant: VariantAssumptions, target: float) -> float:
    """Returns the requests per second that one replica processes at the autoscaler's target."""
    seconds = sum(variant.seconds(request.context, request.generated) for request in trace) / len(trace)
    return variant.slots * target / max(seconds, 1e-9)


def _usd_per_hour(variant: VariantAssumptions, replicas: float) -> float:
    return max(math.ceil(replicas), variant.least) * float(variant.usd_per_hour)


def _sentence(assumptions: Assumptions, results: Mapping[str, ReplayResult], best: str | None) -> str:
    limit = assumptions.p95_limit_s
    if best is None:
        return f"No variant answers 95 % of the requests within {limit} s."
    best_result, kind = results[best], assumptions.variants[best].kind
    within = "" if limit is None else f", with a p95 of {best_result.p95_s:.3g} s within {limit} s"
    advice = f"Try {best}: USD {best_result.usd_per_1000:.4f} per 1,000 requests{within} (speed {kind})"
    others = sorted((result.usd, name) for name, result in results.items() if name != best)
    if not others:
        return f"{advice}."
    usd, name = others[0]
    if usd < best_result.usd:
        saved, p95_s = 1 - usd / best_result.usd, results[name].p95_s
        return f"{advice}; {name} would cost {saved:.0%} less and is too slow: p95 {p95_s:.3g} s."
    return f"{advice}; {name} would cost {usd / best_result.usd - 1:.0%} more."


def replayed_break_even(trace: Sequence[Request], assumptions: Assumptions, name: str) -> float | None:
    """Returns the mean rate at which the variant costs as much as the baseline if this trace, with its bursts, is sped
    up or slowed down. None if there is no such rate between 1/64 and 64 times the trace's rate. Takes about 20 replays.
    """
    pair = [next(iter(assumptions.variants)), name]

    def costs_more(factor: float) -> bool:
        scaled = [Request(request.at / factor, request.context, request.generated) for request in trace]
        usd = [replay(scaled, assumptions.variants[variant], assumptions.autoscaler).usd for variant in pair]
        return usd[1] > usd[0]

    initially_costs_more = costs_more(1.0)
    near = far = 1.0
    while costs_more(far) == initially_costs_more:
        near, far = far, far * (2 if initially_costs_more else 0.5)
        if not 1 / 64 <= far <= 64:
            return None
    for _ in range(_BISECTIONS):
        middle = math.sqrt(near * far)
        near, far = (middle, far) if costs_more(middle) == initially_costs_more else (near, middle)
    return math.sqrt(near * far) * len(trace) / max(trace[-1].at, 1.0)


def document(result: Forecast, aed_per_usd: Decimal) -> dict[str, Any]:
    """Returns the forecast as JSON, including its assumptions."""
    return {
        "format": FORMAT,
        "sentence": result.sentence,
        "best": result.best,
        "requests_per_second": result.rate,
        "aed_per_usd": str(aed_per_usd),
        "assumptions": result.assumptions.model_dump(mode="json"),
        "variants": {
            name: asdict(item)
            | {
                "usd_per_1000": item.usd_per_1000,
                "aed_per_1000": item.usd_per_1000 * float(aed_per_usd),
                "usd_per_million_tokens": item.usd_per_million_tokens,
            }
            for name, item in result.results.items()
        },
        "break_even_with_bursts": dict(result.bursts),
        "cheaper_at_steady_rates": {name: asdict(item) for name, item in result.cheaper.items()},
    }
