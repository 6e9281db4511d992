"""Sequential testing: two equal variants are compared repeatedly, and the rate of false positives must stay within
alpha.
"""

import math

import numpy as np
import pytest

from falaj.finops.experiment.sequential import margin, tuning, windows_needed

ALPHA, PLANNED, FIRST = 0.05, 168, 20
EXPERIMENTS = 2000
MARGINS = np.array([margin(windows, ALPHA, PLANNED) for windows in range(1, 2 * PLANNED + 1)])
NAIVE = 1.96 / np.sqrt(np.arange(1, 2 * PLANNED + 1))


def looks(effect: float, seed: int, windows: int = PLANNED) -> tuple[np.ndarray, np.ndarray]:
    """Returns the logarithm of the cost ratio at every look, and the deviation of one window by the delta method.
    Costs are skewed and requests vary threefold, as in practice; rows are experiments, columns are looks.

    Costs are skewed and requests vary threefold, as they do; the rows are experiments, the columns looks.
    """
    random = np.random.default_rng(seed)
    shape = (EXPERIMENTS, windows)
    sides = []
    for factor in (1.0, 1 - effect):
        requests = random.uniform(1000, 3000, shape)
        costs = requests * random.gamma(4, 0.25, shape) * factor
        sides.append((costs.cumsum(1), requests.cumsum(1), costs, requests))
    (cost_a, work_a, *a), (cost_b, work_b, *b) = sides
    number = np.arange(1, windows + 1)
    variance = sum(
        _squares(costs, requests, cost / work) / (number - 1 + (number == 1)) / (cost / number) ** 2
        for (costs, requests), cost, work in ((a, cost_a, work_a), (b, cost_b, work_b))
    )
    return np.log(cost_b / work_b) - np.log(cost_a / work_a), np.sqrt(np.maximum(variance, 0))


def _squares(costs: np.ndarray, requests: np.ndarray, ratio: np.ndarray) -> np.ndarray:
    """Returns the sum of (cost - ratio x requests)^2 at every look, expanded so that it can be accumulated."""
    return (costs**2).cumsum(1) - 2 * ratio * (costs * requests).cumsum(1) + ratio**2 * (requests**2).cumsum(1)


def wrong(change: np.ndarray, deviation: np.ndarray, margins: np.ndarray) -> float:
    """Returns the share of experiments in which some look, from the first one on, reports a difference."""
    beyond = np.abs(change) > deviation * margins[: change.shape[1]]
    return float(beyond[:, FIRST - 1 :].any(axis=1).mean())


@pytest.mark.parametrize("windows", [PLANNED, 2 * PLANNED])
def test_looking_after_every_window_keeps_the_error_within_alpha(windows: int) -> None:
    change, deviation = looks(0.0, seed=3, windows=windows)
    assert wrong(change, deviation, MARGINS) <= ALPHA


def test_the_usual_interval_does_not() -> None:
    change, deviation = looks(0.0, seed=3)
    assert wrong(change, deviation, NAIVE) > 4 * ALPHA


def test_a_real_saving_is_found_long_before_the_end() -> None:
    change, deviation = looks(0.3, seed=4)
    result = (change < -deviation * MARGINS[:PLANNED])[:, FIRST - 1 :]
    assert result.any(axis=1).mean() > 0.95
    assert np.median(result.argmax(axis=1)) + FIRST < PLANNED / 2


def test_the_interval_is_narrowest_where_it_was_planned() -> None:
    plans = [20, 50, 100, 168, 300, 1000]
    assert min(plans, key=lambda planned: margin(168, ALPHA, planned)) == 168
    assert margin(168, ALPHA, 168) == pytest.approx(0.23419, abs=5e-5)  # by hand: sqrt(2 x 9.7818 x ln(62.55) / 1475.3)
    assert tuning(ALPHA, 168) == pytest.approx((5.9915 + math.log(5.9915) + 1) / 168, rel=1e-4)


def test_the_number_of_windows_still_needed() -> None:
    assert windows_needed(0.0, 1.0, ALPHA, PLANNED) is None
    assert windows_needed(1e-6, 1.0, ALPHA, PLANNED) is None
    needed = windows_needed(0.2, 1.0, ALPHA, PLANNED)
    assert needed is not None
    assert margin(needed, ALPHA, PLANNED) < 0.2 <= margin(needed - 1, ALPHA, PLANNED)
