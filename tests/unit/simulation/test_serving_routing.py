"""Requests that are routed to a replica when they arrive."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.simulation.serving import request_queue
from falaj.simulation.serving.routed_queue import RoutedQueue
from falaj.simulation.serving.slot_queue import SlotQueue

TIMES = st.floats(0, 100, allow_subnormal=False)
REQUESTS = st.lists(st.tuples(TIMES, TIMES, st.sampled_from([0.0, 2.0])), max_size=30)


def _queue(at: list[float], hold: list[float], read: list[float] | None = None) -> RoutedQueue:
    columns = np.array(at, dtype=float), np.array(hold, dtype=float), None if read is None else np.array(read)
    return RoutedQueue(*columns, np.random.default_rng(0))


def test_a_request_waits_at_its_replica() -> None:
    queue = _queue([0, 1, 2, 3], [10, 4, 1, 1])
    queue.add(1, "one")
    queue.serve(2.5)
    assert (queue.routed, queue.busy, queue.queued, queue.capacity) == (3, 1, 2, 1)
    assert queue.remaining_seconds == 15 - 2.5
    # The second replica serves those that come later only.
    queue.add(1, "two")
    queue.finish()
    assert queue.starts.tolist()[:3] == [0, 10, 14]
    assert queue.starts[3] in (3, 15)
    assert queue.last_end >= 15


def test_the_replica_with_fewer_requests_is_taken_more_often_than_by_chance() -> None:
    queue = _queue([*np.arange(0, 400.0)], [100.0] * 400)
    for name in range(4):
        queue.add(1000, name)
    queue.serve(50.0)
    # Four replicas with one slot each for every request: how many each has tells where it was sent.
    counts = sorted(len(server.ends) for server in queue._servers.values())
    assert sum(counts) == 50
    assert counts[-1] - counts[0] <= 4


def test_requests_are_held_until_there_is_a_replica() -> None:
    queue = _queue([0, 1, 90], [1, 1, 1])
    queue.serve(50.0)
    assert (queue.routed, queue.busy, queue.queued, queue.oldest) == (0, 0, 0, 0.0)
    queue.add(1, "one")
    queue.serve(50.5)
    assert (queue.routed, queue.oldest) == (2, 90.0)
    queue.finish()
    assert queue.starts.tolist() == [50, 51, 90]
    queue = _queue([0], [1])
    queue.finish()
    assert queue.starts.tolist() == [math.inf]


def test_a_replica_that_leaves_completes_its_requests() -> None:
    queue = _queue([0, 0, 60], [10, 10, 5])
    queue.add(1, "one")
    queue.serve(1.0)
    assert queue.remove(1, "one") == 20.0
    assert (queue.capacity, queue.busy) == (0, 0)
    queue.serve(50.0)
    queue.add(1, "two")
    assert queue.remove(1, "two") == -math.inf
    queue.add(1, "three")
    queue.finish()
    assert queue.starts.tolist() == [0, 10, 60]


def test_a_replica_reads_one_prompt_at_a_time() -> None:
    queue = _queue([0, 0, 1, 50], [10, 10, 10, 10], [2, 3, 0, 4])
    queue.add(3, "one")
    queue.serve(4.0)
    assert (queue.busy, queue.reading_seconds, queue.remaining_seconds) == (3, 2 + 5 + 0, 8 + 11 + 7)
    queue.finish()
    assert queue.starts.tolist() == [0, 0, 1, 50]
    assert queue.reads.tolist() == [2, 5, 1, 54]


@given(REQUESTS, st.integers(1, 4), st.lists(TIMES, max_size=5))
def test_one_replica_is_one_queue(requests: list[tuple[float, float, float]], slots: int, windows: list[float]) -> None:
    at = np.array(sorted(moment for moment, _, _ in requests))
    hold, read = np.array([row[1] for row in requests]), np.array([row[2] for row in requests])
    routed, single = RoutedQueue(at, hold, read, np.random.default_rng(0)), SlotQueue(at, hold, read)
    for queue in (routed, single):
        queue.add(slots, "one")
    for window in sorted(windows):
        # At no time at which a request ends.
        until = window + math.pi / 7
        routed.serve(until)
        single.serve(until)
        assert (routed.busy, routed.routed - routed.queued) == (single.busy, single.routed)
        assert single.busy or routed.last_end == single.last_end
    for queue in (routed, single):
        queue.finish()
    assert routed.starts.tolist() == pytest.approx(single.starts.tolist())
    assert routed.reads.tolist() == pytest.approx(single.reads.tolist())


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    at, hold = np.sort(random.uniform(0, 100, 500)), random.exponential(1.0, 500)
    whole = _queue(at.tolist(), hold.tolist())
    assert request_queue.BLOCK > 500
    monkeypatch.setattr(request_queue, "BLOCK", 7)
    parts = _queue(at.tolist(), hold.tolist())
    for queue in (whole, parts):
        queue.add(4, "one")
        queue.finish()
        assert queue.routed == 500
    assert whole.starts.tolist() == parts.starts.tolist()
