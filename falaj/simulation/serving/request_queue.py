"""Requests of one service as blocks of lists, and when each gets a slot: what its queues share."""

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

BLOCK = 1 << 17
"""Requests at a time that are lists of Python once one is looked at. Lists are read four times faster than arrays, and
are eight times larger."""


class RequestQueue(ABC):
    """The queue of a service. Times are seconds since the start of the month."""

    def __init__(self, at: "Numbers", hold: "Numbers", read: "Numbers | None", random: np.random.Generator) -> None:
        """`at` are the arrivals, ascending, `read` the seconds in which a replica reads each prompt, and `hold` the
        seconds for which the request occupies its slot after that. `random` draws the replicas, if there are prompts.
        """
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
        self._at, self._hold, self._read, self._random = at, hold, read, random
        self._begin = 0.0
        self._base = self._next = self._stored = 0
        self._block_starts: list[float] = []
        self._block_reads: list[float] = []
        """From the request `_stored` of the block on."""
        self._load()

    @property
    def routed(self) -> int:
        """Requests that have got a slot, or have been sent to a replica where each has its own queue."""
        return self._base + self._next

    @property
    def oldest(self) -> float:
        """Arrival of the oldest request that is not `routed`; infinite if there is none."""
        return float(self._at[self.routed]) if self.routed < len(self._at) else math.inf

    @property
    @abstractmethod
    def queued(self) -> int:
        """Requests that wait at a replica."""

    @property
    @abstractmethod
    def busy(self) -> int:
        """Occupied slots at the end of the last call of `serve`."""

    @property
    @abstractmethod
    def remaining_seconds(self) -> float:
        """Slot-seconds that the requests that are `routed` still take."""

    @abstractmethod
    def serve(self, until: float) -> None:
        """Serves the requests until then."""

    @abstractmethod
    def add(self, slots: int, replica: object, /) -> None:
        """Adds a replica that is ready from now on."""

    @abstractmethod
    def remove(self, slots: int, replica: object, /) -> float:
        """Removes a replica, and returns when the last of its requests ends; now or earlier if there is none. They are
        completed."""

    def finish(self) -> None:
        """Serves the remaining requests without further scaling, and completes `starts` and `reads`."""
        self.serve(math.inf)
        self._store()

    def _store(self) -> None:
        """Completes `starts` and `reads` up to the next request."""
        first, last = self._base + self._stored, self._base + self._next
        if first < last:
            self.starts[first:last] = self._block_starts
            if self._read is not None:
                self.reads[first:last] = self._block_reads
        self._stored, self._block_starts, self._block_reads = self._next, [], []

    def _load(self) -> None:
        """Goes on to the next block."""
        self._store()
        self._base += self._next
        self._next = self._stored = 0
        part = slice(self._base, self._base + BLOCK)
        self._part_at, self._part_hold = self._at[part], self._hold[part]
        self._part_read = None if self._read is None else self._read[part]
        drawn = 0 if self._read is None else len(self._part_at)
        self._drawn = self._random.integers(1 << 32, size=drawn)
        self._lists: tuple[list[float], list[float], list[float], list[int]] | None = None

    @property
    def _block(self) -> tuple[list[float], list[float], list[float], list[int]]:
        """Arrivals, seconds of slots and of prompts (empty without prompts), and a random number for each prompt."""
        if self._lists is None:
            read = [] if self._part_read is None else self._part_read.tolist()
            self._lists = self._part_at.tolist(), self._part_hold.tolist(), read, self._drawn.tolist()
        return self._lists
