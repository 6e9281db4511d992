"""The backlog of a queue: what is searched, in which order, and what is put aside, against a plain list of jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from falaj.components.core.training.deadline import Machine
from falaj.simulation.jobs import kind_columns
from falaj.simulation.jobs import kinds as waiting_kinds
from falaj.simulation.jobs.backlog import Backlog
from falaj.simulation.jobs.job import Amounts, Job, JobClass, Shape, Three

if TYPE_CHECKING:
    from numpy.typing import NDArray


KEYS = ("s/spot", "s/fixed")


def kind_of(asks: Amounts, keys: Sequence[str] = KEYS) -> JobClass:
    shapes = {key: Shape(1, int(asks.gpus), asks.cpu, asks.memory) for key in keys}
    return JobClass("a", "s", True, asks, shapes, dict.fromkeys(keys, asks), True)


def job_of(index: int, kind: JobClass, timestamp: float = 0.0) -> Job:
    return Job(index, kind, timestamp, 1.0, 1.0, timestamp)


def demand(kind: tuple[JobClass, Machine]) -> Mapping[str, Amounts]:
    return {key: asks for key, asks in kind[0].demand.items() if kind[1] is Machine.NONE or key == "s/fixed"}


@dataclass
class Room:
    """Free quota of one pool."""

    gpus: float
    key: str

    def boxes(self, key: str, least: Three) -> Sequence[Three]:
        return ((self.gpus, 1e9, 1e9),) if key == self.key and least[0] <= self.gpus else ()

    def may_be_admitted(self, key: str, asks: Three) -> bool:
        assert key == self.key
        return asks[0] <= self.gpus

    def evicting(self, key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
        assert key == self.key
        return asks[0] <= self.gpus


def up_to(gpus: float, key: str = "s/fixed") -> Room:
    return Room(gpus, key)


def searched(backlog: Backlog, room: Room) -> list[int]:
    """Returns the heads that may be admitted if nothing can be done for any, and puts all kinds aside."""
    found: list[int] = []
    while (cycles := backlog.ahead(room)) < inf:
        head = backlog.after(cycles)
        assert head is not None
        found.append(head.index)
        backlog.put_aside(head)
    assert backlog.after(inf) is None
    return found


@pytest.fixture(autouse=True, name="_excludes")
def excludes_of_any_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_kinds, "FEW_KINDS", 0)


def test_jobs_are_searched_in_the_order_of_their_time_and_index() -> None:
    backlog, large = Backlog(KEYS, demand), kind_of(Amounts(8, 1, 1))
    kinds = [kind_of(Amounts(1, cpu, 1)) for cpu in range(4)]
    jobs = [job_of(3, kinds[0], 5), job_of(2, kinds[1], 5), job_of(1, large), job_of(4, kinds[2], 9)]
    for each in jobs:
        backlog.push(each)
    assert backlog.ahead(up_to(4)) == 1
    assert not backlog.is_over
    assert searched(backlog, up_to(4)) == [2, 3, 4]
    assert backlog.is_over


def test_kinds_that_were_the_head_are_put_aside_and_those_behind_it_are_not() -> None:
    backlog = Backlog(KEYS, demand)
    large, small, last = (kind_of(Amounts(gpus, 1, 1)) for gpus in (8, 1, 2))
    jobs = [job_of(0, large), job_of(1, small), job_of(2, last)]
    for each in jobs:
        backlog.push(each)
    assert backlog.ahead(up_to(4)) == 1
    assert backlog.after(1) is jobs[1]
    backlog.pop(jobs[1])
    # More room alone brings nothing back: only `retry` does.
    assert searched(backlog, up_to(9)) == [2]
    backlog.push(job_of(3, large, 1))
    assert backlog.is_over
    backlog.retry()
    assert searched(backlog, up_to(9)) == [0, 2]


def test_a_queue_takes_part_in_the_cycles_of_others() -> None:
    """A head that does not fit is put aside in each cycle, also in the one in which another queue uses quota."""
    backlog = Backlog(KEYS, demand)
    for index in range(5):
        backlog.push(job_of(index, kind_of(Amounts(8 if index < 4 else 1, 1, 1)), float(index // 2)))
    assert backlog.ahead(up_to(4)) == 4
    assert backlog.after(2) is None
    assert backlog.ahead(up_to(4)) == 1
    backlog.forget()
    # What the others did gives room for more: for the fourth, which has not been the head.
    assert searched(backlog, up_to(9)) == [3, 4]


def test_heads_are_counted_from_the_one_that_was_last() -> None:
    backlog = Backlog(KEYS, demand)
    for index, asks in enumerate((8, 1, 8, 2)):
        backlog.push(job_of(index, kind_of(Amounts(asks, 1, 1))))
    assert backlog.ahead(up_to(4)) == 1
    head = backlog.after(1)
    assert head is not None
    backlog.put_aside(head)
    assert backlog.ahead(up_to(4)) == 1


def test_a_queue_without_jobs_passes_over_none_that_come_later() -> None:
    backlog = Backlog(KEYS, demand)
    backlog.retry()
    assert backlog.ahead(up_to(4)) == inf
    assert backlog.after(0) is None
    backlog.push(job_of(0, kind_of(Amounts(1, 1, 1))))
    assert searched(backlog, up_to(4)) == [0]


def test_a_few_kinds_are_all_evaluated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_kinds, "FEW_KINDS", 2)
    backlog = Backlog(KEYS, demand)
    for index in range(2):
        backlog.push(job_of(index, kind_of(Amounts(8, 1, 1))))
    assert backlog.ahead(up_to(4)) == 0
    backlog.push(job_of(2, kind_of(Amounts(8, 1, 1))))
    assert backlog.ahead(up_to(4)) == inf


@pytest.mark.parametrize("few", [2, 0])
def test_kinds_for_which_nothing_can_be_done_are_looked_at_in_columns_more_and_more_of_them(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest are looked at one by one first."""
    monkeypatch.setattr(waiting_kinds, "FEW_WITHIN", few)
    monkeypatch.setattr(waiting_kinds, "MORE", 2)
    backlog, room = Backlog(KEYS, demand), up_to(4)
    monkeypatch.setattr(room, "may_be_admitted", lambda _key, _asks: False)
    for index in range(20):
        backlog.push(job_of(index, kind_of(Amounts(1, index, 1)), float(index)))
    for fitting in range(few, 20):
        looked = list[int]()

        def evicting(_key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
            looked.append(asks.shape[1])  # noqa: B023 - called in this turn of the loop only
            return asks[1] == fitting  # noqa: B023

        monkeypatch.setattr(room, "evicting", evicting)
        backlog.forget()
        assert backlog.ahead(room) == fitting
        assert looked == ([4, 8, 6] if few else [2, 4, 8, 6])[: len(looked)]
        assert few + sum(looked[:-1]) <= fitting < few + sum(looked)


def test_kinds_behind_one_for_which_nothing_can_be_done_are_found() -> None:
    backlog, room = Backlog(KEYS, demand), up_to(4)
    for index in range(20):
        backlog.push(job_of(index, kind_of(Amounts(1 + index % 5, index, 1)), float(index)))
    assert searched(backlog, room) == [index for index in range(20) if index % 5 < 4]


def test_of_kinds_that_came_after_all_others_were_put_aside_only_these_are_looked_at() -> None:
    backlog = Backlog(KEYS, demand)
    for index in range(5):
        backlog.push(job_of(index, kind_of(Amounts(8, 1, 1)), float(index)))
    assert searched(backlog, up_to(4)) == []
    backlog.push(job_of(5, kind_of(Amounts(8, 1, 1)), 5.0))
    backlog.push(job_of(6, kind_of(Amounts(2, 1, 1)), 6.0))
    assert backlog.ahead(up_to(4)) == 1
    assert searched(backlog, up_to(9)) == [6]


def test_a_job_that_is_bound_to_a_capacity_type_asks_for_no_other() -> None:
    backlog = Backlog(KEYS, demand)
    bound = job_of(0, kind_of(Amounts(1, 1, 1)))
    bound.bound_to = Machine.ON_DEMAND
    backlog.push(bound)
    assert searched(backlog, up_to(4, "s/spot")) == []
    backlog.retry()
    assert searched(backlog, up_to(4)) == [0]


def test_the_job_for_which_others_end_stays_at_the_head_until_nothing_can_be_done_for_it() -> None:
    """cluster_queue.go: a sticky workload comes before older ones, until it is admitted, unschedulable or deleted."""
    backlog = Backlog(KEYS, demand)
    preemptor, older = job_of(1, kind_of(Amounts(2, 1, 1)), 5), job_of(0, kind_of(Amounts(1, 1, 1)))
    backlog.push(preemptor)
    backlog.stick(preemptor)
    backlog.push(older)
    backlog.retry()
    assert backlog.ahead(up_to(0)) == 0
    assert backlog.after(0) is backlog.sticky is preemptor
    backlog.put_aside(preemptor)
    assert backlog.sticky is None
    assert searched(backlog, up_to(4)) == [0]


@pytest.mark.parametrize(("few", "part"), [(24, 1024), (0, 1024), (0, 7), (3, 2)])
def test_a_random_backlog_is_searched_like_a_sorted_list(few: int, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether kinds are looked at one by one or in columns, and all at once or in the order of their numbers."""
    monkeypatch.setattr(waiting_kinds, "FEW_WITHIN", few)
    for each in (waiting_kinds, kind_columns):
        monkeypatch.setattr(each, "SLICE", part)
    random = Random(5)  # noqa: S311 - reproducible
    kinds = [kind_of(Amounts(random.choice([1, 2, 4]), cpu, 1)) for cpu in range(60)]
    backlog, waiting = Backlog(KEYS, demand), dict[int, Job]()
    for index in range(3000):
        added = job_of(index, random.choice(kinds), float(random.randrange(50)))
        backlog.push(added)
        waiting[index] = added
        if random.random() < 0.9:
            backlog.pop(waiting.pop(random.choice([*waiting])))
        if index % 50 == 0:
            room = random.choice([0.5, 1, 2, 4])
            backlog.retry()
            firsts: dict[JobClass, Job] = {}
            for each in sorted(waiting.values(), key=lambda job: (job.timestamp, job.index)):
                firsts.setdefault(each.kind, each)
            # Some have been the head for nothing.
            if passed := min(random.randrange(60), backlog.ahead(up_to(room))):
                assert backlog.after(passed - 1) is None
                backlog.forget()
            fitting = [job.index for job in firsts.values() if job.kind.asks.gpus <= room]
            assert searched(backlog, up_to(room)) == fitting
            assert len(backlog) == len(waiting)


def test_jobs_that_return_and_older_ones_that_come_later_are_searched_in_order() -> None:
    """Kinds of one job each: they take free places, others move on for them, and free ones are given up."""
    random = Random(7)  # noqa: S311 - reproducible
    jobs = [
        job_of(index, kind_of(Amounts(1 + index % 4, index, 1)), float(random.randrange(300))) for index in range(500)
    ]
    backlog, waiting = Backlog(KEYS, demand), dict[int, Job]()
    for turn, share in enumerate((0.9, 0.1, 0.02, 0.5, 1.0, 0.2, 0.7)):
        for each in random.sample(jobs, len(jobs)):
            if each.index in waiting and random.random() > share:
                backlog.pop(waiting.pop(each.index))
            elif each.index not in waiting and random.random() < share:
                backlog.push(each)
                waiting[each.index] = each
        backlog.retry()
        room = turn % 4 + 0.5
        ordered = sorted(waiting.values(), key=lambda job: (job.timestamp, job.index))
        assert searched(backlog, up_to(room)) == [job.index for job in ordered if job.kind.asks.gpus <= room]
        # What comes after all were put aside is considered, and no other.
        newcomer = job_of(1000 + turn, kind_of(Amounts(0.25, turn, 1)), -1.0)
        backlog.push(newcomer)
        assert searched(backlog, up_to(0.5)) == [newcomer.index]
        backlog.pop(newcomer)
