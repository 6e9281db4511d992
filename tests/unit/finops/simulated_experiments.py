"""Simulated A/A and A/B tests: the change of the cost per request at each look, with its always valid interval.

Costs and requests are arrays, as windows of thousands of experiments would take hours; the statistics are those of the
verdict (`ratio_of`, `interval_estimate`).
"""

from collections.abc import Callable, Iterable

import numpy as np

from falaj.finops.experiment.ratio import Confidence, IntervalEstimate, Ratio, interval_estimate, ratio_of

Values = np.ndarray
CONFIDENCE = Confidence(0.05, 7)
REQUESTS = 3600.0
"""Requests of one variant and hour, on average over the day."""


def autoregressive(random: np.random.Generator, shape: tuple[int, ...], correlation: float) -> Values:
    """Returns noise of variance 1 along the last axis, in which neighbours have the correlation."""
    noise = random.normal(size=shape)
    for index in range(1, shape[-1]):
        noise[..., index] *= np.sqrt(1 - correlation**2)
        noise[..., index] += correlation * noise[..., index - 1]
    return noise


def by_request(
    random: np.random.Generator,
    days: int,
    *,
    shock: float = 0.0,
    noise: float = 0.05,
    correlation: float = 0.0,
    saving: float = 0.0,
) -> tuple[Values, Values]:
    """Returns cost and requests of both variants by day. `shock` is the deviation of a variant's day (a slow node, a
    cold cache, a neighbour), `noise` that of an hour, with the `correlation` of neighbouring hours.
    """
    hour_of_day = 1 + 0.5 * np.sin(np.arange(24) / 24 * 2 * np.pi)
    requests = random.poisson(REQUESTS * hour_of_day, (2, days, 24)).astype(float)
    hours = autoregressive(random, (2, days * 24), correlation).reshape(2, days, 24)
    unit = np.exp(noise * hours + shock * random.normal(size=(2, days, 1)))
    unit[1] *= 1 - saving
    return (requests * unit).sum(-1), requests.sum(-1)


def by_day(
    random: np.random.Generator,
    days: int,
    *,
    noise: float = 0.05,
    correlation: float = 0.0,
    walk: float = 0.0,
    week: float = 0.0,
    busy: float = 1.0,
    saving: float = 0.0,
) -> tuple[Values, Values]:
    """Returns cost and requests of both variants by day, without noise of hours. `noise` is the deviation of a day with
    the `correlation` of consecutive days, `walk` that of the daily steps of a random walk, `week` that of a level that
    is drawn for each week. One day a week has `busy` times the traffic.
    """
    log_unit = noise * autoregressive(random, (2, days), correlation)
    log_unit += np.cumsum(walk * random.normal(size=(2, days)), axis=1)
    log_unit += np.repeat(week * random.normal(size=(2, days // 7 + 1)), 7, axis=1)[:, :days]
    requests = random.poisson(24 * REQUESTS, (2, days)) * np.where(np.arange(days) % 7 == 2, busy, 1.0)
    return requests * np.exp(log_unit) * np.array([[1.0], [1 - saving]]), requests


def looks(
    cost: Values, requests: Values, first: int = 7, confidence: Confidence = CONFIDENCE
) -> Iterable[IntervalEstimate]:
    """Yields the estimate of the change after each day from `first` on, as long as days are left."""
    for number in range(first, cost.shape[1] + 1):
        a, b = (ratio_of((cost[side, :number], requests[side, :number])) for side in (0, 1))
        yield interval_estimate(b.logarithm().minus(a.logarithm()), confidence)


def looks_at_users(
    random: np.random.Generator, users: int, days: int, *, tail: float = 1.5, shock: float = 0.0, saving: float = 0.0
) -> Iterable[IntervalEstimate]:
    """Yields the same where users are assigned: their requests follow a Pareto distribution, and each has a cost per
    request of its own (prompts of different length).
    """
    variant = random.integers(0, 2, users)
    rate, unit = 20 * (1 + random.pareto(tail, users)), np.exp(0.5 * random.normal(size=users))
    requests = random.poisson(rate[:, None], (users, days)).astype(float)
    factor = np.exp(shock * random.normal(size=(2, days))) * np.array([[1.0], [1 - saving]])
    cost = requests * unit[:, None] * factor[variant]
    sides = [(cost[variant == side].cumsum(1), requests[variant == side].cumsum(1)) for side in (0, 1)]
    for number in range(7, days + 1):
        a, b = (_ratio_after(number, *totals) for totals in sides)
        yield interval_estimate(b.logarithm().minus(a.logarithm()), CONFIDENCE)


def _ratio_after(number: int, cost: Values, requests: Values) -> Ratio:
    days = tuple(np.diff(total[:, :number].sum(0), prepend=0.0) for total in (cost, requests))
    return ratio_of(days, (cost[:, number - 1], requests[:, number - 1]))


def share_of_tests(tests: int, seed: int, simulate: Callable[[np.random.Generator], bool]) -> float:
    """Returns the share of simulated experiments in which something happened."""
    random = np.random.default_rng(seed)
    return sum(simulate(random) for _ in range(tests)) / tests


def wrong(estimates: Iterable[IntervalEstimate]) -> bool:
    """Whether any look reports a difference between variants that are equal."""
    return any(estimate.low > 0 or estimate.high < 0 for estimate in estimates)


def found(estimates: Iterable[IntervalEstimate]) -> bool:
    """Whether any look reports that the candidate is cheaper."""
    return any(estimate.high < 0 for estimate in estimates)
