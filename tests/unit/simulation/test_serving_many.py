"""Many requests at once: served without a look at each slot, with the same result as one by one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.simulation import comparisons
from falaj.simulation.bounds import service_load
from falaj.simulation.comparisons import compared
from falaj.simulation.experiments import split
from falaj.simulation.serving import slot_queue
from falaj.simulation.serving.slot_queue import SlotQueue
from falaj.simulation.traces.month import fitted
from falaj.simulation.traces.options import TraceOptions
from tests.unit.simulation.serving_platforms import month, platform, requests, service

NEVER = 1 << 40
Seen = tuple[object, ...]


def _served(many: int, seed: int, slots: int, changes: Sequence[int], rate: float, reads: bool) -> Seen:
    """Returns all that can be seen of a queue whose replicas come and go, where so many requests are many."""
    random = np.random.default_rng(seed)
    count = 1000
    at, hold = np.cumsum(random.exponential(1 / rate, count)), random.exponential(2.0, count)
    read = np.where(random.random(count) < 0.2, 0.0, random.exponential(0.05, count)) if reads else None
    seen: list[object] = []
    with patch.object(slot_queue, "MANY", many):
        queue = SlotQueue(at, hold, read, np.random.default_rng(1))
        for step, change in enumerate(changes):
            for _ in range(change if queue.capacity else max(change, 1)):
                queue.add(slots)
            for _ in range(min(-change, queue.capacity // slots - 1)):
                seen.append(queue.remove(slots))
            queue.serve(5.0 * (step + 1))
            seen.extend((queue.routed, queue.busy, queue.last_end if not queue.busy else None, queue.oldest))
            seen.append(pytest.approx(queue.remaining_seconds))
        queue.finish()
    return seen, queue.starts.tolist(), queue.reads.tolist(), pytest.approx(queue.reading_seconds)


@pytest.mark.parametrize("reads", [False, True])
@given(
    st.integers(0, 1000),
    st.sampled_from([8, 64, 200]),
    st.lists(st.integers(-2, 2), min_size=1, max_size=8),
    st.sampled_from([2.0, 20.0, 100.0]),
)
@settings(max_examples=40)
def test_many_requests_at_once_change_nothing(
    reads: bool, seed: int, slots: int, changes: list[int], rate: float
) -> None:
    assert _served(4, seed, slots, changes, rate, reads) == _served(NEVER, seed, slots, changes, rate, reads)


def test_requests_that_find_a_slot_for_sure_are_not_served_one_by_one() -> None:
    """50 million of them in a minute: each look at a heap of slots takes as long as all else."""
    at = np.arange(10_000) / 20
    queue = SlotQueue(at, np.full(10_000, 2.0), np.full(10_000, 0.01))
    queue.add(512)
    with patch.object(slot_queue, "heappush") as push, patch.object(slot_queue, "heapreplace") as swapped:
        for step in range(1, 41):
            queue.serve(15.0 * step)
    assert (push.call_count, swapped.call_count) == (0, 0)
    assert np.array_equal(queue.starts, at)
    assert (queue.busy, queue.last_end) == (0, pytest.approx(at[-1] + 2.01))


def test_who_has_waited_is_served_one_by_one() -> None:
    at = np.linspace(0.0, 10.0, 200)
    queue = SlotQueue(at, np.full(200, 1.0))
    queue.serve(20.0)
    queue.add(256)
    queue.finish()
    assert queue.starts.tolist() == [20.0] * 200


def test_what_services_need_is_computed_once() -> None:
    """Requests of a month without experiments are split nowhere, and three bounds and two fleets share their load."""
    of, work = platform(service()), month(requests([1.0, 2.0], prompt=100, generated=10))
    assert split(of, work, seed=0) is work
    with patch.object(service_load, "demands", wraps=service_load.demands) as demands:
        compared(of, work)
    assert demands.call_count == 1
    divided = replace(of, experiments={"chat": {"chat": 0.5, "other": 0.5}})
    with patch.object(service_load, "demands", wraps=service_load.demands) as demands:
        compared(divided, work)
    assert (demands.call_count, comparisons.split(divided, work, seed=0) is work) == (2, False)


def test_blocks_of_a_load_change_nothing() -> None:
    of, work = platform(service()), month(requests(np.linspace(0.0, 86000.0, 500), prompt=100, generated=10))
    whole = service_load.replica_seconds(of, work)
    with patch.object(service_load, "BLOCK", 7):
        parts = service_load.replica_seconds(of, work)
    assert parts["chat"] == pytest.approx(whole["chat"])
    assert whole["chat"].sum() > 0


def test_a_short_trace_is_thinned_to_the_load_of_each_hour() -> None:
    """An hour's trace brings the busiest hour: at night fewer stay, and who stays is drawn in the order of time."""
    at = np.linspace(0.0, 3599.0, 2000)
    work = month(requests(at, generated=10), 3600.0)
    found = fitted(work, TraceOptions(month=datetime(2026, 12, 1, tzinfo=DUBAI), seed=3)).requests
    assert found is not None
    by_hour = np.bincount((found.at // 3600).astype(int), minlength=744)
    assert (np.diff(found.at) >= 0).all()
    assert 1900 < by_hour.max() <= 2001
    assert by_hour.min() < by_hour.max() / 2
