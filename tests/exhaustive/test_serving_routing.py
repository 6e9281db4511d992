"""How requests reach replicas: the two queues of the simulation against an event-by-event simulation of a gateway that
takes the replica with fewer requests of two drawn at random, 50,000 requests each."""

from collections import deque
from heapq import heappop, heappush
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from falaj.simulation.serving.routed_queue import FEW_SLOTS, RoutedQueue
from falaj.simulation.serving.slot_queue import SlotQueue

COUNT = 50_000
MEAN = 5.0
"""Seconds of a request in its slot, on average."""

Columns = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


class _Replica:
    def __init__(self, slots: int) -> None:
        self.free = slots
        self.waiting: deque[int] = deque()
        self.unread: deque[int] = deque()
        self.requests = 0
        self.is_reading = False


def _event_by_event(columns: Columns, replicas: int, slots: int) -> NDArray[np.float64]:
    """Returns when each prompt has been read, by events: an arrival, a prompt that has been read, an end."""
    at, hold, read = (column.tolist() for column in columns)
    servers, random, done = [_Replica(slots) for _ in range(replicas)], Random(2), np.zeros(len(at))  # noqa: S311
    events = [(moment, number, "arrival", servers[0]) for number, moment in enumerate(at)]

    def begin(server: _Replica, now: float) -> None:
        while server.free and server.waiting:
            server.free -= 1
            server.unread.append(server.waiting.popleft())
        if server.unread and not server.is_reading:
            server.is_reading, number = True, server.unread.popleft()
            heappush(events, (now + read[number], number, "read", server))

    while events:
        now, number, kind, server = heappop(events)
        if kind == "arrival":
            first, second = servers[random.randrange(replicas)], servers[random.randrange(replicas)]
            server = second if second.requests < first.requests else first
            server.requests += 1
            server.waiting.append(number)
        elif kind == "read":
            server.is_reading, done[number] = False, now
            heappush(events, (now + hold[number], number, "end", server))
        else:
            server.requests -= 1
            server.free += 1
        begin(server, now)
    return done


def _requests(replicas: int, slots: int, busy: float, reading: float) -> Columns:
    """Returns arrivals, and lengths of answers and prompts, that keep these shares of slots and readers busy."""
    random = np.random.default_rng(4)
    rate = busy * replicas * slots / MEAN
    hold = np.minimum(random.lognormal(np.log(MEAN) - 0.5, 1.0, COUNT), 60.0)
    read = random.lognormal(-0.35, 0.83, COUNT) * reading * replicas / rate
    return np.cumsum(random.exponential(1 / rate, COUNT)), hold, read


def _simulated(queue: RoutedQueue | SlotQueue, replicas: int, slots: int) -> NDArray[np.float64]:
    for name in range(replicas):
        queue.add(slots, name)
    queue.finish()
    return queue.reads


@pytest.mark.parametrize(
    ("replicas", "slots", "busy", "reading"), [(3, 1, 0.7, 0.0), (3, 4, 0.7, 0.0), (2, 4, 0.6, 0.3)]
)
def test_routing_to_few_slots_is_exact(replicas: int, slots: int, busy: float, reading: float) -> None:
    at, hold, read = columns = _requests(replicas, slots, busy, reading)
    expected = _event_by_event(columns, replicas, slots) - at
    queue = RoutedQueue(at, hold, read, np.random.default_rng(3))
    waits = _simulated(queue, replicas, slots) - at
    limit = np.quantile(expected, 0.95)
    assert np.mean(waits > limit) == pytest.approx(0.05, rel=0.05)
    assert np.quantile(waits + hold, 0.95) == pytest.approx(np.quantile(expected + hold, 0.95), rel=0.05)


@pytest.mark.parametrize(("replicas", "slots"), [(2, FEW_SLOTS), (4, 16), (4, 64)])
def test_one_queue_is_enough_for_many_slots(replicas: int, slots: int) -> None:
    at, hold, read = columns = _requests(replicas, slots, 0.6, 0.2)
    expected = _event_by_event(columns, replicas, slots) - at
    waits = _simulated(SlotQueue(at, hold, read, np.random.default_rng(3)), replicas, slots) - at
    assert np.quantile(waits, 0.95) == pytest.approx(np.quantile(expected, 0.95), rel=0.1)
    assert np.quantile(waits + hold, 0.95) == pytest.approx(np.quantile(expected + hold, 0.95), rel=0.05)


def test_one_queue_is_not_enough_for_few_slots() -> None:
    at, hold, _ = columns = _requests(3, 1, 0.7, 0.0)
    expected = np.quantile(_event_by_event(columns, 3, 1) - at + hold, 0.95)
    single = np.quantile(_simulated(SlotQueue(at, hold), 3, 1) - at + hold, 0.95)
    assert (expected, single) == (pytest.approx(38, rel=0.2), pytest.approx(26, rel=0.2))
