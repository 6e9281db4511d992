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

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

BLOCK = 1 << 17
"""Requests that are lists of Python at a time. Lists are read four times faster than arrays, and eight times larger."""


class SlotQueue:
    """The queue of a service. Times are seconds since the start of the month."""

    def __init__(
        self, at: "Numbers", hold: "Numbers", read: "Numbers | None" = None, random: np.random.Generator | None = None
    ) -> None:
        """`at` are the arrivals, ascending, `read` the seconds in which a replica reads each prompt, and `hold` the
        seconds for which the request occupies its slot after that. `random` draws the replica that reads."""
        self.capacity = 0
        """Slots of ready replicas."""
        self.starts = np.full(len(at), math.inf)
        """When each request got a slot; infinite without one."""
        self.reads = self.starts if read is None else np.full(len(at), math.inf)
        """When each prompt had been read; infinite without a slot."""
        self.reading_seconds = 0.0
        """Slot-seconds from the starts to the ends of reading, of all requests that have a slot."""
        self.last_end = -math.inf
        """End of the last request, if none is in progress."""
        self._at, self._hold, self._read = at, hold, read
        self._ends: list[float] = []
        self._random = np.random.default_rng(0) if random is None else random
        self._readers: list[float] = []
        self._chance: list[int] = []
        self._begin = 0.0
        self._base = self._next = 0
        self._block: tuple[list[float], list[float], list[float]] = ([], [], [])
        self._block_starts: list[float] = []
        self._block_reads: list[float] = []
        self._load()

    @property
    def routed(self) -> int:
        """Requests that have got a slot."""
        return self._base + self._next

    @property
    def queued(self) -> int:
        """Requests that wait at a replica: none, as all wait before them."""
        return 0

    @property
    def busy(self) -> int:
        """Occupied slots at the end of the last call of `serve`."""
        return len(self._ends)

    @property
    def remaining_seconds(self) -> float:
        """Slot-seconds that the requests in progress still take."""
        return sum(self._ends) - self._begin * len(self._ends)

    @property
    def oldest(self) -> float:
        """Arrival of the oldest request without a slot; infinite if there is none."""
        at = self._block[0]
        return at[self._next] if self._next < len(at) else math.inf

    def serve(self, until: float) -> None:
        """Gives slots to all requests that get one before `until`."""
        if self.capacity:
            serve_block = self._serve_block if self._read is None else self._read_block
            while serve_block(until):
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

    def finish(self) -> None:
        """Gives slots to the remaining requests without further scaling, and completes `starts`."""
        self.serve(math.inf)
        self._store()

    def _store(self) -> None:
        self.starts[self._base : self._base + len(self._block_starts)] = self._block_starts
        if self._read is not None:
            self.reads[self._base : self._base + len(self._block_reads)] = self._block_reads

    def _load(self) -> None:
        """Turns the next requests into lists."""
        self._store()
        self._base += self._next
        self._next, self._block_starts, self._block_reads = 0, [], []
        part = slice(self._base, self._base + BLOCK)
        at, read = self._at[part].tolist(), list[float]()
        if self._read is not None:
            read = self._read[part].tolist()
            self._chance = self._random.integers(1 << 32, size=len(at)).tolist()
        self._block = (at, self._hold[part].tolist(), read)

    def _serve_block(self, until: float) -> bool:
        """Returns whether the block is used up and others follow. One loop without calls: it runs once a request."""
        (at, hold, _), begin, ends, capacity = self._block, self._begin, self._ends, self.capacity
        push, pop, replace, append = heappush, heappop, heapreplace, self._block_starts.append
        number, count = self._next, len(at)
        while number < count:
            start = at[number]
            if start >= until:
                break
            # A request that waited takes a slot that was added at the beginning of this call.
            if start < begin:
                start = begin
            while ends and ends[0] <= start:
                pop(ends)
            if len(ends) >= capacity:
                start = ends[0]
                if start >= until:
                    break
                replace(ends, start + hold[number])
            else:
                push(ends, start + hold[number])
            append(start)
            number += 1
        self._next = number
        return number == count > 0

    def _read_block(self, until: float) -> bool:
        """The same as `_serve_block`, for requests with prompts."""
        (at, hold, read), begin, ends, readers = self._block, self._begin, self._ends, self._readers
        push, pop, capacity, replicas, chance = heappush, heappop, self.capacity, len(readers), self._chance
        starts, reads = self._block_starts, self._block_reads
        number, count, first = self._next, len(at), self._next
        while number < count:
            start = at[number]
            if start >= until:
                break
            if start < begin:
                start = begin
            while ends and ends[0] <= start:
                pop(ends)
            if len(ends) >= capacity:
                start = ends[0]
                if start >= until:
                    break
                pop(ends)
            done, seconds = start, read[number]
            if seconds:
                reader = chance[number] % replicas
                if readers[reader] > done:
                    done = readers[reader]
                done += seconds
                readers[reader] = done
            push(ends, done + hold[number])
            starts.append(start)
            reads.append(done)
            number += 1
        self._next = number
        self.reading_seconds += sum(reads[first:number]) - sum(starts[first:number])
        return number == count > 0
