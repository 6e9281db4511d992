"""Deviations that come back every month at one place of it are no anomalies; others are."""

from collections.abc import Mapping
from datetime import date

import pytest

from falaj.finops.showback.anomalies import _recurs

USUAL = 0.5


def scores(days: Mapping[date, float]) -> dict[date, float]:
    """Returns the deviations of three months: the given ones, and little on all other days."""
    every = (date(2026, month, day) for month in (9, 10, 11) for day in range(1, (31 if month == 10 else 30) + 1))
    return {day: days.get(day, USUAL) for day in every}


@pytest.mark.parametrize(
    ("place", "days"),
    [
        ("the fifth day", (date(2026, 9, 5), date(2026, 10, 5), date(2026, 11, 5))),
        ("the last day", (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30))),
        ("the last but two", (date(2026, 9, 28), date(2026, 10, 29), date(2026, 11, 28))),
        ("the first Sunday", (date(2026, 9, 6), date(2026, 10, 4), date(2026, 11, 1))),
        ("the second Friday", (date(2026, 9, 11), date(2026, 10, 9), date(2026, 11, 13))),
    ],
)
def test_a_day_recurs_if_every_month_had_it_at_the_same_place(place: str, days: tuple[date, date, date]) -> None:
    first, second, last = days
    assert _recurs(last, scores({first: 10, second: 10, last: 10})), place
    assert _recurs(last, scores({first: 5, second: 5, last: 10})), "half as much is the same"
    assert not _recurs(last, scores({first: 4.9, second: 10, last: 10})), "less is not"
    assert not _recurs(last, scores({second: 10, last: 10})), "one of two months"
    assert not _recurs(last, scores({first: -10, second: -10, last: 10})), "a saving is no cost"
    assert _recurs(last, scores({first: -10, second: -10, last: -10}))


def test_the_first_month_recurs_in_no_other() -> None:
    assert not _recurs(date(2026, 9, 5), scores({date(2026, 9, 5): 10}))
    assert not _recurs(date(2026, 11, 5), {date(2026, 11, 5): 10.0})
