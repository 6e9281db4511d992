"""Requests of one service that a gateway routes to a replica when they arrive, and that wait there for a slot.

The gateway takes the replica with fewer requests of two drawn at random: Envoy's policy LEAST_REQUEST with its two
choices (envoyproxy/envoy v1.35, least_request_lb.h), which Istio sets by default (istio/istio,
pilot/pkg/networking/core/cluster_traffic_policy.go, `defaultLBAlgorithm`; read 2026-11-28). Exact to the event for one
gateway. It matters for replicas with few slots (tests/exhaustive/test_serving_routing.py): of three replicas with 70 %
of their slots busy, 95 % of the requests of 5 s are answered within 38 s at one slot a replica (one queue before all:
26 s), and within 17.1 s at four (16.4 s); of four replicas with 16 slots, within 15.9 s either way.
"""

import math
from dataclasses import dataclass, field
from heapq import heappop, heappush, heapreplace
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.serving.slot_queue import BLOCK

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

FEW_SLOTS = 16
"""Slots of a replica below which its own queue matters."""


@dataclass(slots=True)
class _Server:
    """A ready replica."""

    slots: list[float]
    """When each slot is free, after all requests that have been routed to the replica."""
    read_until: float
    """When its last prompt has been read."""
    ends: list[float] = field(default_factory=list[float])
    """When each of its requests ends."""


class RoutedQueue:
    """The queues of a service's replicas. Times are seconds since the start of the month. Its public members mean the
    same as those of `SlotQueue`."""

    def __init__(self, at: "Numbers", hold: "Numbers", read: "Numbers | None", random: np.random.Generator) -> None:
        """`random` draws the replicas."""
        self.capacity = 0
        self.starts, self.reads = np.full(len(at), math.inf), np.full(len(at), math.inf)
        self.reading_seconds = 0.0
        self.last_end = -math.inf
        self._columns = at, hold, np.zeros(len(at)) if read is None else read
        self._random = random
        self._chance: list[int] = []
        self._servers: dict[object, _Server] = {}
        self._begin = 0.0
        self._base = self._next = 0
        self._block: tuple[list[float], list[float], list[float]] = ([], [], [])
        self._block_starts: list[float] = []
        self._block_reads: list[float] = []
        self._load()

    @property
    def routed(self) -> int:
        """Requests that have been sent to a replica."""
        return self._base + self._next

    @property
    def queued(self) -> int:
        """Requests that wait at a replica."""
        return sum(max(len(server.ends) - len(server.slots), 0) for server in self._servers.values())

    @property
    def busy(self) -> int:
        """Occupied slots at the end of the last call of `serve`."""
        return sum(min(len(server.ends), len(server.slots)) for server in self._servers.values())

    @property
    def remaining_seconds(self) -> float:
        """Slot-seconds that the requests at replicas still take."""
        return sum(max(free - self._begin, 0.0) for server in self._servers.values() for free in server.slots)

    @property
    def oldest(self) -> float:
        """Arrival of the oldest request that has not been routed; infinite if there is none."""
        at = self._block[0]
        return at[self._next] if self._next < len(at) else math.inf

    def serve(self, until: float) -> None:
        """Routes all requests that arrive before `until`."""
        if self._servers:
            while self._route_block(until):
                self._load()
        for server in self._servers.values():
            ends = server.ends
            while ends and ends[0] <= until:
                self.last_end = max(self.last_end, heappop(ends))
        self._begin = until

    def add(self, slots: int, replica: object) -> None:
        """Adds a replica that is ready from now on."""
        self.capacity += slots
        self._servers[replica] = _Server([self._begin] * slots, self._begin)

    def remove(self, slots: int, replica: object) -> float:
        """Removes a replica, and returns when the last of its requests ends; now or earlier if there is none. They are
        completed."""
        self.capacity -= slots
        return max(self._servers.pop(replica).ends, default=-math.inf)

    def finish(self) -> None:
        """Serves the remaining requests without further scaling, and completes `starts` and `reads`."""
        self.serve(math.inf)
        self._store()

    def _store(self) -> None:
        self.starts[self._base : self._base + len(self._block_starts)] = self._block_starts
        self.reads[self._base : self._base + len(self._block_reads)] = self._block_reads

    def _load(self) -> None:
        """Turns the next requests into lists."""
        self._store()
        self._base += self._next
        self._next, self._block_starts, self._block_reads = 0, [], []
        at, hold, read = (column[self._base : self._base + BLOCK].tolist() for column in self._columns)
        self._block = at, hold, read
        self._chance = self._random.integers(1 << 32, size=len(at)).tolist()

    def _route_block(self, until: float) -> bool:
        """Returns whether the block is used up and others follow. One loop without calls: it runs once a request."""
        (at, hold, read), begin, chance = self._block, self._begin, self._chance
        servers, push, pop, replace = list(self._servers.values()), heappush, heappop, heapreplace
        starts, reads, replicas = self._block_starts, self._block_reads, len(servers)
        number, count, first = self._next, len(at), self._next
        while number < count:
            arrival = at[number]
            if arrival >= until:
                break
            # A request that came before there was a replica is routed as soon as there is one.
            if arrival < begin:
                arrival = begin
            # Two numbers of 16 bits each.
            server = servers[chance[number] % replicas]
            ends = server.ends
            while ends and ends[0] <= arrival:
                pop(ends)
            if ends and replicas > 1:
                other = servers[(chance[number] >> 16) % replicas]
                others = other.ends
                while others and others[0] <= arrival:
                    pop(others)
                if len(others) < len(ends):
                    server, ends = other, others
            start = server.slots[0]
            if start < arrival:
                start = arrival
            done = start
            if read[number]:
                done = server.read_until = max(start, server.read_until) + read[number]
            end = done + hold[number]
            replace(server.slots, end)
            push(ends, end)
            starts.append(start)
            reads.append(done)
            number += 1
        self._next = number
        self.reading_seconds += sum(reads[first:number]) - sum(starts[first:number])
        return number == count > 0
