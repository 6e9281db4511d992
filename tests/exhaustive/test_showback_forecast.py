"""Forecasts on simulated bills: how often the interval holds, and the error against a simple forecast."""

from datetime import date, timedelta

import numpy as np
import pytest

from falaj.finops.showback.forecast import CONFIDENCE, forecast
from tests.unit.finops.simulated_bills import FIRST, bill, dated

TESTS = 200
CHANCE = 0.03
"""What 200 simulations add to the tolerance of 5 % by chance."""

KINDS: dict[str, dict[str, float]] = {
    "independent": {"noise": 0.1},
    "level": {"noise": 0.1, "growth": 0.0},
    "correlation 0.8": {"noise": 0.1, "correlation": 0.8, "growth": 0.0},
    "correlation 0.8, noisy": {"noise": 0.2, "correlation": 0.8, "growth": 0.0},
    "growth of 1 %": {"noise": 0.1, "growth": 0.01},
    "linear growth of 1 %": {"noise": 0.1, "growth": 0.01, "compound": 0.0},
}


@pytest.mark.sampled
@pytest.mark.parametrize(("history", "ahead"), [(45, 15), (60, 20), (75, 10)])
@pytest.mark.parametrize("kind", KINDS)
def test_the_interval_holds_as_often_as_it_says_and_the_error_is_small(kind: str, history: int, ahead: int) -> None:
    random = np.random.default_rng(5)
    held, errors, simple = 0, [], []
    for _ in range(TESTS):
        cost = bill(random, history + ahead, **KINDS[kind])  # type: ignore[arg-type]
        days, actual = list(dated(cost)), float(cost[history:].sum())
        result = forecast(dated(cost[:history]), days[history:])
        assert result.low is not None
        assert result.high is not None
        held += result.low <= actual <= result.high
        errors.append(abs(result.expected / actual - 1))
        simple.append(abs(_weekday_mean(cost[:history], ahead) / actual - 1))
    assert abs(held / TESTS - CONFIDENCE) <= 0.05 + CHANCE
    assert np.mean(errors) <= 1.1 * np.mean(simple)


def _weekday_mean(cost: np.ndarray, ahead: int) -> float:
    """Returns the forecast by the means of each weekday in the last four weeks."""
    return sum(float(cost[len(cost) - 28 + day % 7 :: 7].mean()) for day in range(ahead))


def test_the_forecast_follows_a_new_level() -> None:
    errors = []
    random = np.random.default_rng(6)
    for _ in range(60):
        cost = bill(random, 75)
        cost[55:] *= 2
        days = list(dated(cost))
        errors.append(abs(forecast(dated(cost[:62]), days[62:]).expected / cost[62:].sum() - 1))
    assert np.mean(errors) < 0.08


def test_a_straight_line_is_forecast() -> None:
    history = {FIRST + timedelta(days=step): 100.0 + step for step in range(40)}
    coming = [FIRST + timedelta(days=step) for step in range(40, 45)]
    result = forecast(history, coming)
    assert result.expected == pytest.approx(140 + 141 + 142 + 143 + 144, rel=0.02)


def test_anomalous_and_missing_days_do_not_change_the_forecast() -> None:
    history = {FIRST + timedelta(days=step): 10.0 for step in range(40)}
    coming = [FIRST + timedelta(days=40)]
    spoiled = history | {FIRST + timedelta(days=5): 1000.0, FIRST + timedelta(days=30): 0.0}
    result = forecast(spoiled, coming, frozenset({FIRST + timedelta(days=5)}))
    assert result.expected == pytest.approx(10, rel=1e-3)
    assert forecast(spoiled, coming, frozenset({FIRST + timedelta(days=5)})) == result


def test_too_little_history_has_no_interval() -> None:
    coming = [date(2026, 11, 3), date(2026, 11, 4)]
    result = forecast({date(2026, 11, 1): 4.0, date(2026, 11, 2): 6.0}, coming)
    assert (result.expected, result.low, result.high) == (10.0, None, None)
    assert forecast({}, coming).high == 0.0
    assert forecast({date(2026, 11, 1): 4.0}, ()).expected == 0
