"""What is kept of the boxes of quota between two changes, and shares that are equal."""

from __future__ import annotations

from math import inf
from random import Random

from falaj.simulation.jobs.cohort import ClusterQueue, Cohort
from falaj.simulation.jobs.job import Amounts
from falaj.simulation.jobs.preemption import Lenders
from falaj.simulation.jobs.prospects import boxes
from tests.unit.simulation.test_jobs_backlog import KEYS
from tests.unit.simulation.test_jobs_prospects import random_cohort, with_jobs


def change(random: Random, queues: Cohort) -> None:
    """Makes a change as admission makes them; those of a search for jobs to evict are undone by it."""
    queue, key = queues.queues[random.choice("abc")], random.choice(KEYS)
    amounts = Amounts(random.randrange(3), 8.3 * random.randrange(3), 30.7 * random.randrange(3))
    match random.randrange(6):
        case 0:
            queues.add(queue, key, amounts)
        case 1:
            queues.remove(queue, key, amounts)
        case 2:
            queues.reserve(key, amounts)
        case 3:
            queues.release_reserved()
        case 4:
            queue.nominal[key] = amounts
            queues.count()
        case _:
            Lenders().targets(queues, queues.queues["a"], "s/spot", amounts)


def test_boxes_that_are_kept_are_those_that_would_be_computed_again() -> None:
    random, kept = Random(6), 0  # noqa: S311 - reproducible
    for _ in range(100):
        queues = with_jobs(random, random_cohort(random))
        for _ in range(30):
            change(random, queues)
            kept += any(queues.edges.values())
            of = [(queue, key) for queue in queues.queues.values() for key in KEYS]
            found = [boxes(queues, queue, key) for queue, key in of]
            room, share = [queues.room(key) for key in KEYS], [queues.share(each) for each in queues.queues.values()]
            queues.edges.clear()
            queues._rooms.clear()  # pyright: ignore[reportPrivateUsage]
            for queue in queues.queues.values():
                queue.share = None
            assert found == [boxes(queues, queue, key) for queue, key in of]
            assert room == [queues.room(key) for key in KEYS]
            assert share == [queues.share(each) for each in queues.queues.values()]
    assert kept > 300


def test_a_share_that_would_only_be_equal_is_in_no_box() -> None:
    """What would bring a queue to the share of the one that borrows evicts nothing; what would leave it below may."""
    own, limit = {"s/spot": Amounts(26.25, 999, 9999)}, {"s/spot": Amounts(inf, inf, inf)}
    used = {"a": Amounts(26, 10, 10), "b": Amounts(27, 10, 10), "c": Amounts(25.5, 10, 10)}
    queues = Cohort(ClusterQueue(name, 1.0, {**own}, {**limit}, {"s/spot": usage}) for name, usage in used.items())
    a = queues.queues["a"]
    assert not boxes(queues, a, "s/spot", Amounts(1, 1, 1))
    assert boxes(queues, a, "s/spot", Amounts(0.99, 1, 1))
