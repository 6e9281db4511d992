"""Sample-ratio check: whether the traffic was split as planned.

A split that differs from the plan is the sign of a defect (lost measurements, retries, a route that is not applied),
and then the variants' requests differ in more than the variant. The check compares the logarithm of the ratio of both
numbers with the planned one, valid at every evaluation like the verdict itself.
"""

import math
from collections.abc import Sequence

from falaj.finops.errors import BadInput
from falaj.finops.experiment.ratio import Confidence, Ratio, interval_estimate
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.sequential import critical_value
from falaj.finops.experiment.sides import MIN_USERS, Side

ALPHA = 0.01
"""Probability that a split as planned is ever refused."""

TOLERANCE = 0.01
"""Relative deviation of the ratio that no verdict depends on: counters lose their last minutes at each restart."""


def planned_weights(rules: Rules) -> tuple[float, float]:
    """Returns the planned shares of baseline and candidate; equal ones if none are declared."""
    weights = [float(rules.weights.get(variant, 0)) for variant in (rules.baseline, rules.candidate)]
    return (weights[0] / sum(weights), weights[1] / sum(weights)) if rules.weights else (0.5, 0.5)


def require_planned_ratio(rules: Rules, a: Side, b: Side) -> None:
    """Raises `BadInput` if the numbers of requests, or of users if these were assigned, contradict the plan."""
    weights = planned_weights(rules)
    observed, margin = _users_ratio(a, b) if a.users else _requests_ratio(a, b, rules)
    if abs(observed - math.log(weights[1] / weights[0])) <= max(margin, TOLERANCE):
        return
    shares = (1 / (1 + math.exp(observed)), 1 / (1 + math.exp(-observed)))
    units = "users" if a.users else "requests"
    hint = "" if a.users else ", and declare `unit: user` if users are assigned to variants"
    raise BadInput(
        "windows",
        f"{_shares(rules, weights)} was planned, but {_shares(rules, shares)} of the {units} were measured, which is "
        f"no coincidence: no verdict. Find out what is lost or routed otherwise; if the plan was another, declare "
        f"`weights` in the rules{hint}",
    )


def _shares(rules: Rules, shares: Sequence[float]) -> str:
    names = (rules.baseline, rules.candidate)
    return " : ".join(f"{share:.1%} {name}" for name, share in zip(names, shares, strict=True))


def _requests_ratio(a: Side, b: Side, rules: Rules) -> tuple[float, float]:
    """Returns the logarithm of the ratio of requests, and half its interval. Its error is that between days, because
    requests arrive in bursts, and at least that of independent requests.
    """
    import numpy as np

    numbers = [np.array([day.requests for day in side.days]) for side in (a, b)]
    totals = [float(number.sum()) for number in numbers]
    by_day = numbers[1] / numbers[1].mean() - numbers[0] / numbers[0].mean()
    floor = math.sqrt(len(by_day) * (1 / totals[0] + 1 / totals[1]))
    observed = Ratio(math.log(totals[1] / totals[0]), by_day, floor=floor)
    interval = interval_estimate(observed, Confidence(ALPHA, rules.least_days))
    return interval.value, interval.high - interval.value


def _users_ratio(a: Side, b: Side) -> tuple[float, float]:
    """Returns the logarithm of the ratio of users, each of whom is one independent draw, and half its interval."""
    numbers = [len(side.users) for side in (a, b)]
    error = math.sqrt(1 / numbers[0] + 1 / numbers[1])
    return math.log(numbers[1] / numbers[0]), critical_value(sum(numbers), ALPHA, 2 * MIN_USERS) * error
