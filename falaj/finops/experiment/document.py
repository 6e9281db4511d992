"""An experiment's result as JSON."""

from dataclasses import asdict
from typing import Any

from falaj.finops.experiment.ratio import IntervalEstimate
from falaj.finops.experiment.verdict import ExperimentResult
from falaj.finops.plain_data import plain

FORMAT = "falaj-experiment/1"

METHODS = {
    "cost": "ratio of sums over windows, error by the delta method with an autoregression of the first order",
    "interval": "asymptotic confidence sequence, normal mixture: valid at every look",
    "once": "normal interval of a single look: not valid when one looks again",
    "break_even": "least squares over windows, bootstrap of windows",
}


def document(verdict: ExperimentResult) -> dict[str, Any]:
    """Everything, with the methods in words."""
    rules = verdict.rules
    value, least, most = verdict.saving
    return {
        "format": FORMAT,
        "choice": verdict.choice.value,
        "sentence": verdict.sentence,
        "unit": verdict.unit,
        "currency": "USD",
        "alpha": float(rules.alpha),
        "paired": verdict.paired,
        "hours_more": verdict.hours_more,
        "cost": {rules.baseline: _measured(verdict.a), rules.candidate: _measured(verdict.b)},
        "requests": dict(zip((rules.baseline, rules.candidate), verdict.requests, strict=True)),
        "saving": {"value": value, "low": least, "high": most},
        "guards": [
            {
                "name": one.name,
                "state": one.state.value,
                rules.baseline: one.a,
                rules.candidate: one.b,
                "what": one.what,
                "worse": _measured(one.worse),
                "allowed": one.allowed,
            }
            for one in verdict.guards
        ],
        "break_even": None if verdict.break_even is None else plain(asdict(verdict.break_even)),
        "methods": METHODS,
    }


def _measured(one: IntervalEstimate) -> dict[str, Any]:
    return {
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "once": [one.once_low, one.once_high],
        "windows": one.windows,
    }
