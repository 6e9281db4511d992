"""An experiment's result as JSON."""

from dataclasses import asdict
from typing import Any

from falaj.finops.experiment.ratio import IntervalEstimate
from falaj.finops.experiment.sample_ratio import planned_weights
from falaj.finops.experiment.verdict import ExperimentResult
from falaj.finops.plain_data import plain

FORMAT = "falaj-experiment/2"

METHODS = {
    "cost": "ratio of sums over whole days, error by the delta method between days (valid for each correlation of "
    "consecutive days up to `day_correlation` of the rules), and between users where the unit is the user",
    "interval": "confidence sequence of the mixture t-test: valid at every evaluation",
    "once": "Student's t interval of a single evaluation: not valid for repeated evaluations",
    "break_even": "least squares over windows, bootstrap of windows",
}


def document(verdict: ExperimentResult) -> dict[str, Any]:
    """Returns the whole result, with descriptions of its methods."""
    rules = verdict.rules
    names = (rules.baseline, rules.candidate)
    value, low, high = verdict.saving
    return {
        "format": FORMAT,
        "choice": verdict.choice.value,
        "sentence": verdict.sentence,
        "unit": verdict.unit,
        "currency": "USD",
        "alpha": float(rules.alpha),
        "randomised": rules.unit,
        "weights": dict(zip(names, planned_weights(rules), strict=True)),
        "days_more": verdict.days_more,
        "cost": {rules.baseline: _interval(verdict.a), rules.candidate: _interval(verdict.b)},
        "requests": dict(zip(names, verdict.requests, strict=True)),
        "users": None if verdict.users is None else dict(zip(names, verdict.users, strict=True)),
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
        "days": interval.days,
    }
