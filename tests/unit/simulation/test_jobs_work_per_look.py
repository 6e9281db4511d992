"""How much is compared to find the first job of a queue that may be admitted: hardly more if twice as many wait."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs import deadlines, simulate_jobs
from falaj.simulation.jobs.backlog import Backlog
from falaj.simulation.jobs.job import Amounts, Three
from falaj.simulation.jobs.kind_columns import SLICE
from falaj.simulation.jobs.kinds import Kinds
from tests.unit.simulation.job_months import HOUR, RUNS, job, platform, pool, queue, work
from tests.unit.simulation.test_jobs_backlog import KEYS, Room, demand, job_of, kind_of

WAITING = 4 * SLICE


@pytest.fixture(name="compared")
def compared_kinds(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts kinds that are compared with boxes, and jobs that are looked at one by one."""
    counts: Counter[str] = Counter()
    within, may = Kinds._within, Room.may_be_admitted  # pyright: ignore[reportPrivateUsage]

    def count_kinds(of: Kinds, hulls: dict[int, Three], begin: int, end: int) -> Any:
        counts["kinds"] += end - begin
        return within(of, hulls, begin, end)

    def count_jobs(room: Room, key: str, asks: Three) -> bool:
        counts["jobs"] += 1
        return may(room, key, asks)

    monkeypatch.setattr(Kinds, "_within", count_kinds)
    monkeypatch.setattr(Room, "may_be_admitted", count_jobs)
    return counts


def backlog_of(count: int, first: int) -> Backlog:
    """Returns jobs that all differ, of which the first that asks for one GPU is number `first`; the others before it
    ask for eight."""
    backlog = Backlog(KEYS, demand)
    for index in range(count):
        backlog.push(job_of(index, kind_of(Amounts(8 if index < first else 1, index, 1)), float(index)))
    return backlog


@pytest.mark.parametrize("first", [0, 5, 100])
def test_the_first_job_that_fits_is_found_without_comparing_those_behind_it(first: int, compared: Counter[str]) -> None:
    room, counts = Room(4, "s/fixed"), list[Counter[str]]()
    for count in (WAITING, 2 * WAITING):
        compared.clear()
        backlog = backlog_of(count, first)
        assert backlog.ahead(room) == first
        counts.append(compared.copy())
    assert counts[0] == counts[1]
    assert counts[0]["kinds"] == SLICE
    assert counts[0]["jobs"] == 1


def test_each_job_is_compared_once_if_none_fits(compared: Counter[str]) -> None:
    backlog = backlog_of(WAITING, WAITING - 1)
    assert backlog.ahead(Room(4, "s/fixed")) == WAITING - 1
    assert compared == {"kinds": WAITING, "jobs": 1}


def test_an_older_job_that_comes_later_is_compared_first(compared: Counter[str]) -> None:
    backlog = backlog_of(WAITING, WAITING)
    backlog.push(job_of(WAITING, kind_of(Amounts(2, 1, 1)), -1.0))
    assert backlog.ahead(Room(2, "s/fixed")) == 0
    for index in range(2 * SLICE):
        backlog.push(job_of(WAITING + 1 + index, kind_of(Amounts(1, index, 1)), -2.0 - index))
    assert backlog.ahead(Room(4, "s/fixed")) == 0
    assert (head := backlog.after(0)) is not None
    assert head.index == WAITING + 2 * SLICE
    assert compared["kinds"] == 2 * SLICE


def test_a_run_with_a_deadline_is_evaluated_few_times_however_long_it_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its decision is looked for once, not made every five minutes: of 40 hours it took 481 evaluations before."""
    evaluated, choose = list[datetime](), deadlines.choose_capacity

    def count(terms: Any, record: Any, seen: Any, now: datetime) -> Any:
        evaluated.append(now)
        return choose(terms, record, seen, now)

    monkeypatch.setattr(deadlines, "choose_capacity", count)
    pools = (pool("spot", capacity=Capacity.SPOT, max=1), pool("fixed", max=1))
    queues = [queue("a", {each.key: 4 for each in pools})]
    counts: list[int] = []
    for hours in (20, 40):
        evaluated.clear()
        jobs = [job(0, 90 * HOUR), job(1, hours * HOUR, deadline=(hours + 0.75) * HOUR)]
        outcome = simulate_jobs(
            platform(*pools, queues=queues, runs=replace(RUNS, save_seconds=1)), work(*jobs, hours=100)
        )
        assert (outcome.deadlines, outcome.deadlines_missed) == (1, 0)
        counts.append(len(evaluated))
    assert counts[1] <= counts[0] + 2
    assert counts[0] < 30
