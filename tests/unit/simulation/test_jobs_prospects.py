"""What the jobs of a queue may ask for to be admitted or to have others evicted, against the exact rules."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np

from falaj.simulation.jobs.cohort import ClusterQueue, Cohort
from falaj.simulation.jobs.job import Amounts, Three
from falaj.simulation.jobs.preemption import Lenders, _Search  # pyright: ignore[reportPrivateUsage]
from falaj.simulation.jobs.prospects import boxes, evicting, may_be_admitted
from tests.unit.simulation.test_jobs_backlog import KEYS, job_of, kind_of

if TYPE_CHECKING:
    from falaj.simulation.jobs.pool import Pool


def random_cohort(random: Random) -> Cohort:
    def amounts(most: int) -> Amounts:
        return Amounts(random.randrange(most), 8.3 * random.randrange(most), 30.7 * random.randrange(most))

    queues = Cohort(
        ClusterQueue(
            tenant,
            random.choice([0.0, 0.5, 1.0, 9000.0]),
            {key: amounts(9) for key in KEYS},
            {key: Amounts(20, 166, 614) for key in KEYS},
            {key: amounts(12) for key in KEYS},
        )
        for tenant in "abc"
    )
    if random.random() < 0.3:
        queues.reserve("s/spot", amounts(3))
    return queues


def evicts(queues: Cohort, queue: ClusterQueue, asks: Amounts) -> bool:
    """Returns whether a strategy may evict at all, and enough would be free if all queues that borrow were empty."""
    may = _Search(queues, queue, "s/spot", asks, Lenders()).may_succeed
    for other in queues.borrowers(queue, "s/spot"):
        queues.remove(other, "s/spot", other.usage["s/spot"])
    return may and not queues.lacks(queue, "s/spot", asks)


def test_what_could_be_admitted_or_could_have_others_evicted_is_within_a_box() -> None:
    """Against the exact rules, and the boxes leave out most of what these refuse."""
    random, left_out, refused = Random(3), 0, 0  # noqa: S311 - reproducible
    for _ in range(2000):
        queues = random_cohort(random)
        queue = queues.queues["a"]
        asks = Amounts(random.randrange(6), 8.3 * random.randrange(6), 30.7 * random.randrange(6))
        inside = any(
            all(ask <= edge for ask, edge in zip(asks, box, strict=True)) for box in boxes(queues, queue, "s/spot")
        )
        holding = boxes(queues, queue, "s/spot", asks)
        assert bool(holding) == inside
        assert all(ask <= edge for box in holding for ask, edge in zip(asks, box, strict=True))
        may = not queues.lacks(queue, "s/spot", asks) or evicts(queues, queue, asks)
        assert inside or not may
        refused += not may
        left_out += not inside
    assert left_out > 0.6 * refused > 200


def with_jobs(random: Random, queues: Cohort) -> Cohort:
    """Returns a cohort whose usage of other queues than `a` is that of jobs, small ones among them."""
    for tenant in "bc":
        queue = queues.queues[tenant]
        for key in KEYS:
            queues.remove(queue, key, queue.usage[key])
        for index in range(random.randrange(8)):
            asks = Amounts(*(size * random.randrange(1, 4) / random.choice([1, 9]) for size in (1, 8.3, 30.7)))
            job = replace(job_of(index, replace(kind_of(asks), tenant=tenant)), admitted_at=random.random())
            job.pool = cast("Pool", SimpleNamespace(model=SimpleNamespace(key="s/spot")))
            queue.admitted[job] = None
            queues.add(queue, "s/spot", asks)
    return queues


def usage_of(queues: Cohort) -> tuple[dict[str, Three], list[dict[str, Three]]]:
    """Returns a copy of what a cohort and each of its queues use."""
    return {**queues.used}, [{**each.usage} for each in queues.queues.values()]


def test_columns_of_jobs_are_told_apart_as_the_search_for_jobs_to_evict_tells_them() -> None:
    """Against `Cohort.lacks` and the search of each: what finds jobs to evict is never left out, and what does not meet
    the condition of the search always is."""
    random, found, spared = Random(4), [0, 0], 0  # noqa: S311 - reproducible
    for _ in range(300):
        queues = with_jobs(random, random_cohort(random))
        queue = queues.queues["a"]
        rows = [Amounts(*(size * random.randrange(6) for size in (1, 8.3, 30.7))) for _ in range(9)]
        may = evicting(queues, queue, "s/spot", np.array(rows, dtype=float).T, Lenders()).tolist()
        for asks, found_may in zip(rows, may, strict=True):
            is_free = not queues.lacks(queue, "s/spot", asks)
            least = is_free or bool(Lenders().targets(queues, queue, "s/spot", asks))
            most = is_free or _Search(queues, queue, "s/spot", asks, Lenders()).may_succeed
            assert least <= found_may <= most
            assert may_be_admitted(queues, queue, "s/spot", asks, Lenders()) == found_may
            found[least] += 1
            spared += most and not found_may
    assert min(found) > 500
    assert spared > 50


def test_jobs_that_lack_the_same_find_the_same_jobs_to_evict() -> None:
    """Against the search of each: few are made, and those that fail leave out what would fail for the same reason.

    No quota but that of GPUs is short."""
    random, lacking, searches, left_out = Random(5), 0, 0, 0  # noqa: S311 - reproducible
    for _ in range(400):
        queues = with_jobs(random, random_cohort(random))
        for each in queues.queues.values():
            each.nominal = {key: Amounts(own[0], 999, 9999) for key, own in each.nominal.items()}
            each.limit = {key: Amounts(20, 9999, 99999) for key in KEYS}
        queues.count()
        queue, lenders = queues.queues["a"], Lenders()
        every = [
            Amounts(random.randrange(1, 4), *(size * random.uniform(0, 0.5) for size in (8.3, 30.7))) for _ in range(40)
        ]
        asks_of = np.array(every).T
        before, may = usage_of(queues), evicting(queues, queue, "s/spot", asks_of, Lenders())
        fails: list[bool] = []
        for asks in every:
            lacks = queues.lacks(queue, "s/spot", asks)
            found = lenders.targets(queues, queue, "s/spot", asks) if lacks else []
            alone = Lenders().targets(queues, queue, "s/spot", asks) if lacks else []
            assert usage_of(queues) == before
            assert [job.index for job in found] == [job.index for job in alone]
            lacking += lacks and _Search(queues, queue, "s/spot", asks, lenders).may_succeed
            fails.append(lacks and not found)
        searches += lenders.searches
        after = evicting(queues, queue, "s/spot", asks_of, lenders)
        assert [may_be_admitted(queues, queue, "s/spot", asks, lenders) for asks in every] == after.tolist()
        assert all(not is_left or failed for is_left, failed in zip((may & ~after).tolist(), fails, strict=True))
        assert not (after & np.array(fails)).any()
        left_out += int((may & ~after).sum())
    assert searches < 0.8 * lacking
    assert left_out > 50
