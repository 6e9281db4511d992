"""Forecast of all variants on one trace: the best one, and the rate from which another is cheaper."""

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

_HALVINGS = 4
"""Of a factor of two: the rate is then known to 2 %."""


@dataclass(frozen=True)
class Dominance:
    """The rates at which a variant is cheaper than the baseline, in requests a second.

    `first` is the lowest, `always` that from which on it stays so up to `limit`, where one of them is at its most.
    """

    first: float | None
    always: float | None
    limit: float


@dataclass(frozen=True)
class Forecast:
    """A replay of all variants with one sentence."""

    assumptions: Assumptions
    rate: float
    results: Mapping[str, ReplayResult]
    cheaper: Mapping[str, Dominance]
    bursts: Mapping[str, float | None]
    best: str | None
    sentence: str


def forecast_variants(trace: Sequence[Request], assumptions: Assumptions, search: bool = False) -> Forecast:
    """Replay the trace against every variant and choose the cheapest that keeps the limit.

    `search` looks for the rate at which each costs what the baseline does, with the trace's own bursts.
    """
    results = {name: replay(trace, one, assumptions.autoscaler) for name, one in assumptions.variants.items()}
    baseline, *others = assumptions.variants
    cheaper = {name: dominance(trace, assumptions, baseline, name) for name in others}
    bursts = {name: replayed_break_even(trace, assumptions, name) for name in others} if search else {}
    limit = math.inf if assumptions.p95_limit_s is None else float(assumptions.p95_limit_s)
    fit = {name: one for name, one in results.items() if one.p95_s <= limit}
    best = min(fit, key=lambda name: fit[name].usd, default=None)
    rate = len(trace) / max(trace[-1].at, 1.0)
    return Forecast(assumptions, rate, results, cheaper, bursts, best, _sentence(assumptions, results, best))


def dominance(trace: Sequence[Request], assumptions: Assumptions, baseline: str, name: str) -> Dominance:
    """At steady rates of this trace's requests: replicas by the autoscaler's target, between least and most."""
    pair = [assumptions.variants[baseline], assumptions.variants[name]]
    target = float(assumptions.autoscaler.target)
    each = [_a_replica_takes(trace, one, target) for one in pair]
    limit = min(takes * one.most for takes, one in zip(each, pair, strict=True))
    steps = sorted(
        {0.0, limit}
        | {
            takes * number
            for takes, one in zip(each, pair, strict=True)
            for number in range(1, one.most + 1)
            if takes * number < limit
        }
    )
    first = always = None
    for low, high in pairwise(steps):
        costs = [_usd_per_hour(one, (low + high) / 2 / takes) for takes, one in zip(each, pair, strict=True)]
        if costs[1] < costs[0]:
            first = low if first is None else first
            always = low if always is None else always
        else:
            always = None
    return Dominance(first, always, limit)


def _a_replica_takes(trace: Sequence[Request], one: VariantAssumptions, target: float) -> float:
    """Requests a second that one replica works on at the autoscaler's target."""
    work = sum(one.seconds(request.context, request.generated) for request in trace) / len(trace)
    return one.slots * target / max(work, 1e-9)


def _usd_per_hour(one: VariantAssumptions, replicas: float) -> float:
    return max(math.ceil(replicas), one.least) * float(one.usd_per_hour)


def _sentence(assumptions: Assumptions, results: Mapping[str, ReplayResult], best: str | None) -> str:
    limit = assumptions.p95_limit_s
    if best is None:
        return f"No variant answers 95 % of the requests within {limit} s."
    chosen, kind = results[best], assumptions.variants[best].kind
    within = "" if limit is None else f", with a p95 of {chosen.p95_s:.3g} s within {limit} s"
    advice = f"Try {best}: USD {chosen.usd_per_1000:.4f} per 1,000 requests{within} (speed {kind})"
    others = sorted((one.usd, name) for name, one in results.items() if name != best)
    if not others:
        return f"{advice}."
    usd, name = others[0]
    if usd < chosen.usd:
        return (
            f"{advice}; {name} would cost {1 - usd / chosen.usd:.0%} less and is too slow: {results[name].p95_s:.3g} s."
        )
    return f"{advice}; {name} would cost {usd / chosen.usd - 1:.0%} more."


def replayed_break_even(trace: Sequence[Request], assumptions: Assumptions, name: str) -> float | None:
    """The mean rate at which the variant costs what the baseline does when this very trace, with its bursts, is sped up
    or slowed down. None where they do not meet between 1/64 and 64 times the trace's rate. Some 20 replays.
    """
    pair = [next(iter(assumptions.variants)), name]

    def dearer(factor: float) -> bool:
        faster = [Request(one.at / factor, one.context, one.generated) for one in trace]
        usd = [replay(faster, assumptions.variants[one], assumptions.autoscaler).usd for one in pair]
        return usd[1] > usd[0]

    first = dearer(1.0)
    here = there = 1.0
    while dearer(there) == first:
        here, there = there, there * (2 if first else 0.5)
        if not 1 / 64 <= there <= 64:
            return None
    for _ in range(_HALVINGS):
        middle = math.sqrt(here * there)
        here, there = (middle, there) if dearer(middle) == first else (here, middle)
    return math.sqrt(here * there) * len(trace) / max(trace[-1].at, 1.0)


def document(result: Forecast, aed_per_usd: Decimal) -> dict[str, Any]:
    """Everything as JSON; the assumptions are part of it."""
    return {
        "format": FORMAT,
        "sentence": result.sentence,
        "best": result.best,
        "requests_per_second": result.rate,
        "aed_per_usd": str(aed_per_usd),
        "assumptions": result.assumptions.model_dump(mode="json"),
        "variants": {
            name: asdict(one)
            | {
                "usd_per_1000": one.usd_per_1000,
                "aed_per_1000": one.usd_per_1000 * float(aed_per_usd),
                "usd_per_million_tokens": one.usd_per_million_tokens,
            }
            for name, one in result.results.items()
        },
        "break_even_with_bursts": dict(result.bursts),
        "cheaper_at_steady_rates": {name: asdict(one) for name, one in result.cheaper.items()},
    }
