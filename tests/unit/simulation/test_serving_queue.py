"""The queue of a service: hand-computed cases, and every slot one by one."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.simulation.serving import request_queue
from falaj.simulation.serving.slot_queue import SlotQueue

TIMES = st.floats(0, 100, allow_subnormal=False)


def _queue(at: list[float], hold: list[float]) -> SlotQueue:
    return SlotQueue(np.array(at, dtype=float), np.array(hold, dtype=float))


def _one_by_one(at: list[float], hold: list[float], slots: int) -> list[float]:
    """Gives each request the slot that is free first."""
    free, starts = [0.0] * slots, list[float]()
    for arrival, seconds in zip(at, hold, strict=True):
        free.sort()
        starts.append(max(arrival, free[0]))
        free[0] = starts[-1] + seconds
    return starts


def test_requests_wait_for_the_slot_that_is_free_first() -> None:
    queue = _queue([0, 1, 2, 3], [10, 4, 1, 1])
    queue.add(2)
    queue.finish()
    # Two slots: free again at 10 and 5; the third starts at 5, the fourth at 6.
    assert queue.starts.tolist() == [0, 1, 5, 6]


def test_nothing_starts_without_slots() -> None:
    queue = _queue([0, 1], [1, 1])
    queue.serve(50.0)
    assert (queue.routed, queue.busy, queue.oldest) == (0, 0, 0.0)
    queue.add(1)
    queue.serve(50.5)
    assert queue.routed == 1
    queue.finish()
    assert queue.starts.tolist() == [50.0, 51.0]
    queue = _queue([0], [1])
    queue.finish()
    assert queue.starts.tolist() == [math.inf]


def test_added_slots_serve_the_oldest_at_once() -> None:
    queue = _queue([0, 1, 2, 30], [20, 5, 5, 1])
    queue.add(1)
    queue.serve(10.0)
    assert (queue.routed, queue.busy) == (1, 1)
    queue.add(1)
    queue.finish()
    assert queue.starts.tolist() == [0, 10, 15, 30]


def test_a_request_in_progress_is_seen_until_it_ends() -> None:
    queue = _queue([0, 1], [4, 5])
    queue.add(2)
    queue.serve(3.0)
    assert (queue.busy, queue.remaining_seconds, queue.last_end) == (2, 4.0, -math.inf)
    queue.serve(4.0)
    assert (queue.busy, queue.remaining_seconds, queue.last_end) == (1, 2.0, 4.0)


def test_removed_slots_take_their_share_of_requests_along() -> None:
    queue = _queue([0, 0, 0, 0], [10, 20, 30, 40])
    queue.add(4)
    queue.add(4)
    queue.serve(1.0)
    # Half of the slots, so half of the requests: the first and the third to end.
    assert queue.remove(4) == 30.0
    assert (queue.busy, queue.capacity, queue.remaining_seconds) == (2, 4, 20 + 40 - 2)
    assert queue.remove(4) == 40.0
    assert (queue.busy, queue.capacity) == (0, 0)


def test_removed_slots_without_requests_are_gone_at_once() -> None:
    queue = _queue([0], [10])
    queue.add(1)
    queue.add(1)
    queue.add(2)
    queue.serve(1.0)
    assert queue.remove(1) == -math.inf
    assert queue.remove(2) == 10.0
    assert (queue.busy, queue.capacity) == (0, 1)


def test_a_replica_reads_one_prompt_at_a_time() -> None:
    at, hold, read = np.array([0.0, 0.0, 1.0, 50.0]), np.array([10.0, 10.0, 10.0, 10.0]), np.array([2.0, 3.0, 0.0, 4.0])
    queue = SlotQueue(at, hold, read)
    queue.add(3)
    queue.serve(4.0)
    assert (queue.busy, queue.reading_seconds, queue.remaining_seconds) == (3, 2 + 5 + 0, 8 + 11 + 7)
    queue.finish()
    # The second prompt is read after the first; a request without a prompt does not wait for it.
    assert queue.starts.tolist() == [0, 0, 1, 50]
    assert queue.reads.tolist() == [2, 5, 1, 54]


def test_each_replica_reads() -> None:
    queue = SlotQueue(np.array([*np.zeros(20), 100.0, 100.0]), np.full(22, 1.0), np.full(22, 2.0))
    queue.add(20)
    queue.add(20)
    queue.serve(1.0)
    queue.serve(90.0)
    # The replica that leaves takes its reader along: those who come are read one after the other.
    queue.remove(20)
    queue.finish()
    first, second = queue.reads[:20].tolist(), queue.reads[20:].tolist()
    # Each replica has read about half of the first ones, one every two seconds.
    shares = [first.count(2.0 * (number + 1)) for number in range(20)]
    assert shares == sorted(shares, reverse=True)
    assert (max(shares), sum(shares)) == (2, 20)
    assert 5 <= sum(share == 2 for share in shares) < 10
    assert second == [102, 104]


@pytest.mark.parametrize("reads", [False, True])
@given(st.lists(st.tuples(TIMES, TIMES), max_size=30), st.integers(1, 5), st.lists(TIMES, max_size=5))
def test_windows_change_nothing(
    reads: bool, requests: list[tuple[float, float]], slots: int, windows: list[float]
) -> None:
    at, hold = sorted(moment for moment, _ in requests), [seconds for _, seconds in requests]
    # Prompts that take no time give the same as none.
    queue = SlotQueue(np.array(at, dtype=float), np.array(hold, dtype=float), np.zeros(len(at)) if reads else None)
    queue.add(slots)
    for until in sorted(windows):
        queue.serve(until)
        assert 0 <= queue.busy <= slots
        assert queue.routed <= sum(moment < until for moment in at)
    queue.finish()
    assert queue.starts.tolist() == pytest.approx(_one_by_one(at, hold, slots))
    assert all(first <= second for first, second in pairwise(queue.starts.tolist()))


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    at, hold = np.sort(random.uniform(0, 100, 500)), random.exponential(1.0, 500)
    monkeypatch.setattr(request_queue, "BLOCK", 7)
    queue = SlotQueue(at, hold)
    queue.add(4)
    for until in range(0, 200, 3):
        queue.serve(float(until))
        assert queue.oldest > until or queue.busy == 4
    queue.finish()
    assert queue.routed == 500
    assert queue.starts.tolist() == pytest.approx(_one_by_one(at.tolist(), hold.tolist(), 4))
