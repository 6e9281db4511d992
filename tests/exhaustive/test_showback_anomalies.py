"""Cost anomalies and forecasts on synthetic bills: what is detected, what is not, and the coverage of the interval."""

from datetime import date, timedelta

import numpy as np
import pytest

from falaj.finops.showback.anomalies import MIN_DAYS, anomalous_days
from falaj.finops.showback.forecast import forecast
from falaj.finops.showback.period import days

FIRST = date(2026, 8, 3)  # a Monday
WEEK = (1, 1, 1, 1, 1, 0.5, 0.5)


def bill(random: np.random.Generator, number: int, grows: float = 0.003, noise: float = 0.06) -> dict[date, float]:
    """Returns a bill with days off and growth."""
    return {
        FIRST + timedelta(days=step): 400 * WEEK[step % 7] * (1 + grows * step) * float(random.normal(1, noise))
        for step in range(number)
    }


@pytest.mark.parametrize("step", [10, 40, 59])
def test_an_expensive_day_is_detected_even_if_it_is_the_last(step: int) -> None:
    daily = bill(np.random.default_rng(1), 60)
    usual, day = daily[FIRST + timedelta(days=step)], FIRST + timedelta(days=step)
    daily[day] *= 2
    (result,) = anomalous_days(daily)
    assert result[0] == day
    assert result[1] == pytest.approx(usual, rel=0.2)
    assert result[2] > 5


def test_a_day_without_usage_is_an_anomaly_too() -> None:
    daily = bill(np.random.default_rng(1), 60)
    daily[FIRST + timedelta(days=30)] = 20.0
    assert [day for day, _, score in anomalous_days(daily) if score < 0] == [FIRST + timedelta(days=30)]


def test_usual_days_are_no_anomalies_and_unusual_ones_are() -> None:
    random = np.random.default_rng(3)
    called = result = 0
    for _ in range(60):
        daily = bill(random, 60)
        called += len(anomalous_days(daily))
        day = FIRST + timedelta(days=int(random.integers(7, 60)))
        daily[day] *= 1.6
        result += day in [item for item, *_ in anomalous_days(daily)]
    assert called / (60 * 60) < 0.003
    assert result / 60 > 0.9


def test_flat_small_short_and_sparse_bills() -> None:
    flat = dict.fromkeys(days(FIRST, FIRST + timedelta(days=40)), 100.0)
    assert anomalous_days(flat) == []
    assert anomalous_days(flat | {FIRST + timedelta(days=20): 109.0}) == []
    assert [day for day, *_ in anomalous_days(flat | {FIRST + timedelta(days=20): 150.0})] == [
        FIRST + timedelta(days=20)
    ]
    cents = {day: cost / 1000 for day, cost in flat.items()}
    assert anomalous_days(cents | {FIRST + timedelta(days=20): 9.0}) == []
    assert anomalous_days(bill(np.random.default_rng(1), MIN_DAYS - 1) | {FIRST: 9000.0}) == []
    jobs = {day: 500.0 if index % 9 == 0 else 0.0 for index, day in enumerate(flat)}
    assert anomalous_days(jobs) == []


def test_a_straight_line_is_forecast() -> None:
    history = {FIRST + timedelta(days=step): 100.0 + step for step in range(40)}
    coming = days(FIRST + timedelta(days=40), FIRST + timedelta(days=44))
    result = forecast(history, coming)
    assert result.expected == pytest.approx(140 + 141 + 142 + 143 + 144)
    assert result.low == pytest.approx(result.expected)


def test_the_interval_holds_as_often_as_it_says() -> None:
    random, right = np.random.default_rng(5), 0
    for _ in range(300):
        full = bill(random, 60, noise=0.1)
        coming = days(FIRST + timedelta(days=50), FIRST + timedelta(days=59))
        result = forecast({day: cost for day, cost in full.items() if day not in coming}, coming)
        assert result.low is not None
        assert result.high is not None
        right += result.low <= sum(full[day] for day in coming) <= result.high
    assert 0.84 <= right / 300 <= 0.96


def test_an_anomaly_does_not_change_the_forecast() -> None:
    history = dict.fromkeys(days(FIRST, FIRST + timedelta(days=9)), 10.0)
    coming = days(FIRST + timedelta(days=10), FIRST + timedelta(days=10))
    assert forecast(history | {FIRST: 1000.0}, coming, frozenset({FIRST})).expected == pytest.approx(10)


def test_too_little_history_has_no_interval() -> None:
    coming = days(date(2026, 11, 3), date(2026, 11, 4))
    result = forecast({date(2026, 11, 1): 4.0, date(2026, 11, 2): 6.0}, coming)
    assert (result.expected, result.low, result.high) == (10.0, None, None)
    assert forecast({}, coming).high == 0.0
    assert forecast({date(2026, 11, 1): 4.0}, ()).expected == 0
