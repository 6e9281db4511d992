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


def heavy_tails(random: np.random.Generator, days: int, degrees: int, noise: float) -> np.ndarray:
    """Returns a bill whose daily noise has Student's t distribution, scaled to a deviation of `noise`."""
    errors = random.standard_t(degrees, days) * np.sqrt((degrees - 2) / degrees)
    return bill(random, days, noise=0.0) * np.exp(noise * errors)


def restless_weekends(random: np.random.Generator, days: int) -> np.ndarray:
    """Returns a bill with a noise of 40 % at weekends and 5 % on working days."""
    noise = np.where(np.arange(days) % 7 >= 5, 0.4, 0.05)
    return bill(random, days, noise=0.0) * np.exp(noise * random.normal(size=days))


def batch_work(random: np.random.Generator, days: int, every: int) -> np.ndarray:
    """Returns a bill that is twice as high on every `every`th day."""
    return bill(random, days, noise=0.1) * np.where(np.arange(days) % every == 0, 2.0, 1.0)


def first_sundays(random: np.random.Generator, days: int) -> np.ndarray:
    """Returns a bill that is twice as high on the first Sunday of each month."""
    dates = [FIRST + timedelta(days=index) for index in range(days)]
    return bill(random, days, noise=0.1) * [2.0 if day.weekday() == 6 and day.day <= 7 else 1.0 for day in dates]


def random_jobs(random: np.random.Generator, days: int, share: float) -> np.ndarray:
    """Returns a bill of jobs of very different size, on a share of the days."""
    return np.where(random.random(days) < share, random.lognormal(5, 0.8, days), 0.0)
