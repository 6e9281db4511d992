"""Requests of one service and the slots of its replicas: the oldest request takes the first slot that is free.

With a slot, a request waits until a replica reads its prompt: a replica reads one prompt at a time, at its full speed,
and generates for all slots together. Exact to the event for one queue before all replicas, each of which reads the
prompts of a random share. Replicas with many slots come to that (`routed_queue` has the queues of each replica, and
tests/exhaustive/test_serving_routing.py what the difference is).
"""

import math
from heapq import heapify, heappop, heappush, heapreplace
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.serving.request_queue import RequestQueue

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

MANY = 32
"""Requests from which it is worth to look whether all of them find a free slot."""


class SlotQueue(RequestQueue):
    """The queue of a service before all of its replicas."""

    def __init__(
        self, at: "Numbers", hold: "Numbers", read: "Numbers | None" = None, random: np.random.Generator | None = None
    ) -> None:
        """`random` draws the replica that reads a prompt."""
        super().__init__(at, hold, read, np.random.default_rng(0) if random is None else random)
        self._ends: list[float] = []
        self._readers: list[float] = []

    @property
    def queued(self) -> int:
        """None: requests wait before all replicas."""
        return 0

    @property
    def busy(self) -> int:
        """Occupied slots at the end of the last call of `serve`."""
        return len(self._ends)

    @property
    def remaining_seconds(self) -> float:
        """Slot-seconds that the requests in progress still take."""
        return sum(self._ends) - self._begin * len(self._ends)

    def serve(self, until: float) -> None:
        """Gives slots to all requests that get one before `until`."""
        while self.capacity:
            self._serve_without_waiting(until)
            if not self._serve_block(until):
                break
            self._load()
        ends = self._ends
        while ends and ends[0] <= until:
            self.last_end = heappop(ends)
        self._begin = until

    def add(self, slots: int, _replica: object = None) -> None:
        """Adds the slots of a replica that is ready from now on."""
        self.capacity += slots
        self._readers.append(self._begin)

    def remove(self, slots: int, _replica: object = None) -> float:
        """Removes the slots of a replica with their share of requests, and returns when the last of these ends; now or
        earlier if there is none. They are completed."""
        ends = sorted(self._ends)
        leaving = max(math.ceil(len(ends) * slots / self.capacity - 0.5), len(ends) - (self.capacity - slots))
        self.capacity -= slots
        self._readers.pop()
        if not leaving:
            return -math.inf
        gone = {((2 * number + 1) * len(ends) - 1) // (2 * leaving) for number in range(leaving)}
        self._ends = [end for number, end in enumerate(ends) if number not in gone]
        heapify(self._ends)
        return ends[max(gone)]

    def _serve_without_waiting(self, until: float) -> None:
        """Gives slots to the next requests, as long as there are many and surely a slot for each: those in progress and
        those that arrive are no more than the slots. It comes to what `_serve_block` does, without its order of ends.
        """
        at, hold, count = self._part_at, self._part_hold, len(self._part_at)
        while True:
            first, free = self._next, self.capacity - len(self._ends)
            # Who has waited, or must look for one of few free slots, is served one by one.
            if free < MANY or 4 * free < len(self._ends) or first + MANY > count or at[first] < self._begin:
                return
            last = first + int(np.searchsorted(at[first : first + free], until))
            if last - first < MANY:
                return
            self._store()
            whole = slice(self._base + first, self._base + last)
            self.starts[whole] = at[first:last]
            if self._part_read is not None:
                self.reads[whole] = self._read_prompts(first, last)
            self._next = self._stored = last
            ends = self.reads[whole] + hold[first:last]
            now = min(float(at[last]) if last < count else until, until)
            left = [end for end in self._ends if end > now]
            left += ends[ends > now].tolist()
            if not left:
                self.last_end = max([float(ends.max()), *self._ends])
            heapify(left)
            self._ends = left

    def _read_prompts(self, first: int, last: int) -> list[float]:
        """Returns when the prompts of requests that have a slot at their arrival have been read."""
        at, _, read, chances = self._block
        readers, done = self._readers, list[float]()
        replicas, append = len(readers), done.append
        for start, seconds, chance in zip(at[first:last], read[first:last], chances[first:last], strict=True):
            end = start
            if seconds:
                reader = chance % replicas
                if readers[reader] > end:
                    end = readers[reader]
                end += seconds
                readers[reader] = end
            append(end)
        self.reading_seconds += sum(done) - sum(at[first:last])
        return done

    def _serve_block(self, until: float) -> bool:
        """Returns whether the block is used up and others follow. One loop without calls: it runs once a request."""
        if self._next < len(self._part_at) and self._part_at[self._next] >= until:
            return False
        (at, hold, read, chances), begin, ends, readers = self._block, self._begin, self._ends, self._readers
        push, pop, replace = heappush, heappop, heapreplace
        capacity, replicas, stored = self.capacity, len(readers), self._stored
        starts, reads = self._block_starts, self._block_reads
        number, count, first = self._next, len(at), self._next
        while number < count:
            start = at[number]
            if start >= until:
                break
            # A request that waited takes a slot that was added at the beginning of this call.
            if start < begin:
                start = begin
            while ends and ends[0] <= start:
                pop(ends)
            occupy = push
            if len(ends) >= capacity:
                start = ends[0]
                if start >= until:
                    break
                occupy = replace
            done = start
            if read:
                if seconds := read[number]:
                    reader = chances[number] % replicas
                    if readers[reader] > done:
                        done = readers[reader]
                    done += seconds
                    readers[reader] = done
                reads.append(done)
            occupy(ends, done + hold[number])
            starts.append(start)
            number += 1
        self._next = number
        if read:
            self.reading_seconds += sum(reads[first - stored :]) - sum(starts[first - stored :])
        return number == count > 0
