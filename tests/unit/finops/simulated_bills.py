"""Simulated daily bills: days off, noise that may be correlated, growth, and what happens to them."""

from datetime import date, timedelta

import numpy as np

FIRST = date(2026, 8, 3)  # a Monday
WEEK = np.array([1, 1, 1, 1, 1, 0.5, 0.5])


def bill(
    random: np.random.Generator,
    number: int,
    *,
    noise: float = 0.06,
    correlation: float = 0.0,
    growth: float = 0.003,
    compound: bool = True,
    level: float = 400.0,
) -> np.ndarray:
    """Returns the cost of consecutive days from `FIRST` on. `noise` is the deviation of a day, `correlation` that of
    consecutive days, `growth` the relative growth of a day.
    """
    errors = random.normal(size=number)
    for day in range(1, number):
        errors[day] = correlation * errors[day - 1] + np.sqrt(1 - correlation**2) * errors[day]
    days = np.arange(number)
    trend = (1 + growth) ** days if compound else 1 + growth * days
    return level * WEEK[days % 7] * trend * np.exp(noise * errors - noise**2 / 2)


def dated(cost: np.ndarray) -> dict[date, float]:
    """Returns the days of a bill."""
    return {FIRST + timedelta(days=index): float(value) for index, value in enumerate(cost)}
