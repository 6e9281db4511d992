"""Days that are held out of the search, and the months that are drawn from days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from falaj.simulation.advice.held_out import FIRST_HELD_OUT, Months, Split, split_days
from falaj.simulation.trace_alignment import aligned_work
from falaj.simulation.traces.month import fitted
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import START
from falaj.simulation.work import Requests, Work
from tests.unit.simulation.advice_stack import MONTH, jobs

DAY = 86_400.0


def daily(count: int, **changes: object) -> Work:
    """Returns a month with a request at each noon of the first days, whose prompt is the number of the day."""
    day = np.arange(count, dtype=np.float64)
    asked = Requests(day * DAY + DAY / 2, day, day, day * np.nan, np.zeros(count, dtype=np.int32), ("a",))
    return replace(Work(MONTH.start, MONTH.length, requests=asked), **changes)


def prompts(work: Work) -> list[int]:
    assert work.requests is not None
    return work.requests.prompt.astype(int).tolist()


@pytest.mark.parametrize(
    ("count", "held_out"), [(31, range(21, 31)), (21, range(14, 21)), (14, range(7, 14)), (13, None), (0, None)]
)
def test_the_last_third_of_the_days_is_held_out_a_week_at_least(count: int, held_out: range | None) -> None:
    expected = None if held_out is None else Split((*range(held_out[0]),), (*held_out,))
    assert split_days(daily(count)) == expected


def test_a_copy_of_a_day_is_of_the_part_of_its_day() -> None:
    copies = [*range(20), *range(11)]
    split = split_days(daily(31, sources=[copies]))
    assert split == Split((*range(13), *range(20, 31)), (*range(13, 20),))
    assert split_days(daily(31, sources=[[day % 13 for day in range(31)]])) is None, "thirteen days"


def test_days_of_two_traces_of_which_one_was_seen_are_of_no_part() -> None:
    turned = [(day + 3) % 31 for day in range(31)]
    assert split_days(daily(31, sources=[range(31), turned])) == Split((*range(18),), (*range(21, 28),))


def test_each_part_has_all_kinds_of_work_and_of_days() -> None:
    early = jobs(5)
    assert split_days(daily(31, jobs=replace(early, submit=early.submit / 100))) is None
    assert split_days(daily(31, jobs=early)) is not None
    saturday = daily(16, start=MONTH.start - timedelta(days=3))
    assert split_days(replace(saturday, sources=[[*range(16)]])) is not None


def test_months_of_a_part_have_only_its_days_weekdays_for_weekdays() -> None:
    work = daily(31)
    months = Months(work, split_days(work))
    first = prompts(months(0))
    assert first[:21] == [*range(21)]
    assert first[21:] == [14, 15, 16, 17, 18, 19, 20, 14, 15, 16], "the last week again"
    assert prompts(months(FIRST_HELD_OUT))[21:] == [*range(21, 31)]
    assert prompts(months(FIRST_HELD_OUT))[:2] == [21, 22], "a Tuesday and a Wednesday"
    for seed in (1, 2, 3):
        assert {*prompts(months(seed))} <= {*range(21)}
        assert {*prompts(months(FIRST_HELD_OUT + seed))} <= {*range(21, 31)}
        assert [day % 7 in (4, 5) for day in prompts(months(seed))] == [day % 7 in (4, 5) for day in range(31)]
    assert prompts(months(1)) == prompts(months(1)) != prompts(months(2))


def test_days_after_the_last_with_work_stay_without() -> None:
    work = daily(20)
    months = Months(work, split_days(work))
    for seed in (0, 1, FIRST_HELD_OUT, FIRST_HELD_OUT + 1):
        month = months(seed)
        assert month.requests is not None
        assert len(month.requests.at) == 20
        assert month.requests.at.max() < 20 * DAY
        assert month.length == work.length


def test_without_days_held_out_the_first_month_is_the_work() -> None:
    work = daily(10)
    assert Months(work, None)(0) is work


def test_a_trace_that_is_repeated_says_which_days_are_the_same() -> None:
    hour = Requests(
        np.arange(3600.0), np.ones(3600), np.ones(3600), np.full(3600, np.nan), np.zeros(3600, dtype=np.int32), ("a",)
    )
    options = TraceOptions(month=START)
    repeated = fitted(Work(datetime(2023, 11, 16, 18, tzinfo=UTC), 3600.0, requests=hour), options)
    assert repeated.sources == ((0,) * 30,)
    assert split_days(repeated) is None
    start = START - timedelta(days=70)
    long = fitted(daily(40, start=start, length=40 * DAY), options)
    assert len({*long.sources[0]}) == 30
    short = fitted(daily(20, start=start, length=20 * DAY), options)
    assert {*short.sources[0]} <= {*range(20)}
    assert prompts(short) == [*short.sources[0]]
    assert aligned_work([long, replace(short, requests=None)]).sources == (*long.sources, *short.sources)
