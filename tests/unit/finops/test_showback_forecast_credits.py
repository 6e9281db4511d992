"""A forecast of costs that are zero, credited, or low for their noise is not above what the history says."""

from datetime import date, timedelta

import pytest

from falaj.finops.showback.forecast import forecast

FIRST = date(2026, 11, 1)
REMAINING = [date(2026, 11, 21) + timedelta(days=step) for step in range(10)]


def history(*costs: float) -> dict[date, float]:
    return {FIRST + timedelta(days=step): cost for step, cost in enumerate(costs)}


@pytest.mark.parametrize("days", [[0.0] * 20, [0.0] * 3 + [-28.54] + [0.0] * 16, [-5.0] * 20])
def test_a_credit_is_no_cost_to_come(days: list[float]) -> None:
    found = forecast(history(*days), REMAINING)
    assert found.expected == pytest.approx(0, abs=0.01)
    assert found.low == pytest.approx(0, abs=0.01)


def test_a_credit_does_not_lower_what_recurs() -> None:
    found = forecast(history(*[10.0] * 3, -500, *[10.0] * 16), REMAINING)
    assert found.expected == pytest.approx(100, rel=0.01)
    assert found.high == pytest.approx(100, rel=0.02)


def test_the_mean_of_a_cost_on_few_days_is_kept() -> None:
    """A job of 100 on every fourth day: 250 in ten days. Samples cut off at zero have a mean that is too high."""
    found = forecast(history(*[0.0, 0.0, 100.0, 0.0] * 5), REMAINING)
    assert found.expected == pytest.approx(250, rel=0.15)


def test_the_interval_holds_the_expected_cost_where_noise_is_large() -> None:
    """One day of 300 in twenty: samples cut off at zero would put the whole interval above the mean."""
    found = forecast(history(*[0.0] * 9, 300.0, *[0.0] * 10), REMAINING)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.expected <= found.high
    assert found.low == 0
