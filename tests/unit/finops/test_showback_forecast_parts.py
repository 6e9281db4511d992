"""The parts of a forecast: what is assumed before the history is seen, how a series goes on, and its least lengths."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from falaj.finops.showback import forecast as parts
from falaj.finops.showback.autoregression import CORRELATIONS, Fit, Whitening
from falaj.finops.showback.forecast import forecast

FIRST = date(2026, 9, 1)


def history(costs: list[float]) -> dict[date, float]:
    return {FIRST + timedelta(days=step): cost for step, cost in enumerate(costs)}


@pytest.mark.parametrize(
    ("values", "noise"),
    [
        ([99, 101, 99, 101], 1.0),  # the standard deviation around the level
        ([100, 100, 100, 100], 1e-4),  # a millionth of the level, which nothing is closer to than that
        ([-100, -100, -100, -100], 1e-4),
        ([0, 0, 0, 0], 1e-9),
    ],
)
def test_growth_is_assumed_in_units_of_the_noise(values: list[float], noise: float) -> None:
    design: Any = np.column_stack([np.ones(4), np.arange(4) - 1.5])
    priors = parts._priors(design, np.array(values, float), 100.0)
    assert [probability for _, probability in priors] == [0.5, 0.5]
    for (prior, _), growth in zip(priors, (0.0005, 0.005), strict=True):
        assert np.isinf(prior[0])
        assert prior[1:] == pytest.approx([growth * 100 / noise])


def test_without_a_trend_nothing_is_assumed() -> None:
    [(prior, probability)] = parts._priors(np.ones((4, 1)), np.array([1.0, 2, 3, 4]), 1.0)
    assert (list(prior), probability) == ([np.inf], 1.0)


def test_a_series_goes_on_from_its_last_error() -> None:
    """Level 10, last day 18, correlation 0.5: 14 the day after and, as a day is missing, 10 + 8 / 2^3 two days later.
    The errors have variance 4, and the correlation leaves 1 - 0.5^2 and 1 - 0.5^6 of it after one and three days."""
    fit = Fit(0.5, np.array([10.0]), np.zeros((1, 1)), 4e6, 1_000_000, 0.0)
    found = parts._continued(
        np.random.default_rng(3), 40_000, fit, (np.ones(1), 18.0), np.ones((2, 1)), np.array([1.0, 2.0])
    )
    assert found.mean(0) == pytest.approx([14, 11], abs=0.05)
    assert found.var(0) == pytest.approx([4 * (1 - 0.25), 4 * (1 - 0.5**6)], rel=0.03)


def test_the_uncertainty_of_the_level_is_in_every_day() -> None:
    """Spread 0.25 in error variances of 4: variance 1, less on days that still follow the last one."""
    fit = Fit(0.0, np.array([10.0]), np.full((1, 1), 0.25), 4e6, 1_000_000, 0.0)
    found = parts._continued(
        np.random.default_rng(3), 40_000, fit, (np.ones(1), 10.0), np.ones((2, 1)), np.array([1.0, 1.0])
    )
    assert found.var(0) == pytest.approx([5, 5], rel=0.03)
    assert np.cov(found.T)[0, 1] == pytest.approx(1, abs=0.1)


def test_whitened_errors_are_independent_with_variance_1() -> None:
    gaps = np.array([1.0, 2.0, 1.0])
    days = np.array([0.0, 1, 3, 4])
    correlation = 0.6 ** np.abs(days[:, None] - days)
    whiten = Whitening(0.6, gaps)
    matrix = whiten(np.eye(4))
    assert matrix @ correlation @ matrix.T == pytest.approx(np.eye(4))
    assert whiten.log_determinant == pytest.approx(np.linalg.slogdet(correlation)[1])
    assert whiten(np.arange(4.0)) == pytest.approx(matrix @ np.arange(4.0))


def test_correlations_are_those_of_a_grid_from_none_to_almost_one() -> None:
    assert tuple(sorted(CORRELATIONS)) == CORRELATIONS
    assert (CORRELATIONS[0], CORRELATIONS[-1]) == (0.0, 0.98)


@pytest.mark.parametrize(("days", "has_interval"), [(2, False), (3, True)])
def test_an_interval_takes_three_days(days: int, has_interval: bool) -> None:
    found = forecast(history([10.0, 12, 11][:days]), [FIRST + timedelta(days=days)])
    assert (found.low is not None, found.high is not None) == (has_interval, has_interval)


@pytest.mark.parametrize(("days", "columns"), [(20, 1), (21, 8)])
def test_weekdays_and_growth_take_three_weeks(days: int, columns: int) -> None:
    """A level, six weekdays and the trend; a change of the level is one more column."""
    coming = [FIRST + timedelta(days=step) for step in range(days + 4)]
    assert parts._design(coming, days, []).shape == (days + 4, columns)
    changed = parts._design(coming, days, [coming[10]])
    assert changed.shape[1] == (columns + 1 if columns > 1 else 1)
    if columns > 1:
        assert list(changed[:, -2]) == [0.0] * 10 + [1.0] * (days + 4 - 10)
        assert changed[:days, -1].mean() == pytest.approx(0)
        assert np.diff(changed[:, -1]) == pytest.approx(1)


def test_what_is_older_than_92_days_says_nothing() -> None:
    old = history([500.0] * 30 + [10.0] * 92)
    recent = dict(list(old.items())[30:])
    coming = [FIRST + timedelta(days=122)]
    assert forecast(old, coming).expected == pytest.approx(forecast(recent, coming).expected, rel=1e-3)
    assert forecast(recent, coming).expected == pytest.approx(10, rel=1e-3)


@pytest.mark.parametrize(("number", "is_logarithmic"), [(27, False), (28, True), (29, True)])
def test_four_weeks_of_cost_vary_in_proportion(
    number: int, is_logarithmic: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[Any]()
    simulated = parts._samples

    def samples(days: Any, values: Any, design: Any, scale: float) -> Any:
        seen.append((values, scale))
        return simulated(days, values, design, scale)

    monkeypatch.setattr(parts, "_samples", samples)
    costs = [100.0 + step % 3 for step in range(number)]
    forecast(history(costs), [FIRST + timedelta(days=number)])
    [(values, scale)] = seen
    assert values == pytest.approx(np.log(costs) if is_logarithmic else np.array(costs))
    assert scale == pytest.approx(1.0 if is_logarithmic else np.mean(costs))
