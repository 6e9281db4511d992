"""An experiment's result as JSON."""

from dataclasses import asdict
from typing import Any

from falaj.finops.experiment.ratio import IntervalEstimate
from falaj.finops.experiment.verdict import ExperimentResult
from falaj.finops.plain_data import plain

FORMAT = "falaj-experiment/1"

METHODS = {
    "cost": "ratio of sums over windows, error by the delta method with a first-order autoregression",
    "interval": "asymptotic confidence sequence, normal mixture: valid at every evaluation",
    "once": "normal interval of a single evaluation: not valid for repeated evaluations",
    "break_even": "least squares over windows, bootstrap of windows",
}


def document(verdict: ExperimentResult) -> dict[str, Any]:
    """Returns the whole result, with descriptions of its methods."""
    rules = verdict.rules
    value, low, high = verdict.saving
    return {
        "format": FORMAT,
        "choice": verdict.choice.value,
        "sentence": verdict.sentence,
        "unit": verdict.unit,
        "currency": "USD",
        "alpha": float(rules.alpha),
        "paired": verdict.paired,
        "hours_more": verdict.hours_more,
        "cost": {rules.baseline: _interval(verdict.a), rules.candidate: _interval(verdict.b)},
        "requests": dict(zip((rules.baseline, rules.candidate), verdict.requests, strict=True)),
        "saving": {"value": value, "low": low, "high": high},
        "guards": [
            {
                "name": guard.name,
                "state": guard.state.value,
                rules.baseline: guard.a,
                rules.candidate: guard.b,
                "what": guard.what,
                "worse": _interval(guard.worse),
                "allowed": guard.allowed,
            }
            for guard in verdict.guards
        ],
        "break_even": None if verdict.break_even is None else plain(asdict(verdict.break_even)),
        "methods": METHODS,
    }


def _interval(interval: IntervalEstimate) -> dict[str, Any]:
    return {
        "value": interval.value,
        "low": interval.low,
        "high": interval.high,
        "once": [interval.once_low, interval.once_high],
        "windows": interval.windows,
    }
