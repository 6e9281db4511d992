"""The jobs of a queue that wait, grouped by kind: jobs of one kind are alike, so if the first does not fit, none does.

What each kind asks for stands in columns of numbers, so that a backlog of 100,000 jobs that all differ is searched in
a fraction of a millisecond. Kinds of which none can be admitted are put aside until quota becomes free, as Kueue keeps
its `inadmissibleWorkloads` (v0.17.0, pkg/cache/queue/cluster_queue.go and inadmissible_workloads.go).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.training.deadline import Machine
from falaj.simulation.jobs.job import Amounts, Job, JobClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = tuple[JobClass, Machine]
"""What the queue tells apart: the class of a job, and the capacity type that it is bound to."""

Entry = tuple[float, int, Job]
"""A job behind the two numbers that order it."""

Boxes = Callable[[str], Sequence[Amounts]]
"""Takes the key of a pool; returns amounts: only what is within one of them may be admitted there."""

FEWEST_KINDS = 16
"""Kinds for which the columns have room at first."""


class Backlog:
    """The jobs of a queue that wait."""

    def __init__(self, keys: Sequence[str], demand: Callable[[Kind], Mapping[str, Amounts]]) -> None:
        """`keys` are those of all pools in the queue; `demand` returns what the jobs of a kind ask for in each pool on
        which they may run now."""
        self.blocked = False
        """Whether its head waits for jobs that end."""
        self._demand = demand
        self._rows = {key: row for row, key in enumerate(keys)}
        self._entries: dict[Job, Entry] = {}
        self._kinds: dict[Kind, int] = {}
        self._heaps: list[list[Entry]] = []
        self._times: NDArray[np.float64] = np.full(FEWEST_KINDS, inf)
        """Time by which the first job of each kind is ordered; infinite without one."""
        self._aside: NDArray[np.bool_] = np.zeros(FEWEST_KINDS, dtype=bool)
        self._asks: NDArray[np.float64] = np.full((len(keys), len(Amounts._fields), FEWEST_KINDS), inf)
        """Pool, resource and kind -> what it asks for; infinite where it may not run."""
        self._sticky: Job | None = None
        self._first: Job | None = None
        self._is_searched = True
        """Whether `_first` is the first job that is not aside, or None because there is none."""

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def head(self) -> Job | None:
        """The job that is tried next, as far as it is known without a `search`."""
        return self._sticky or self._first

    @property
    def sticky(self) -> Job | None:
        """The job for which others were evicted: it stays at the head until it is admitted or nothing can be done for
        it (cluster_queue.go, `stickyWorkload`)."""
        return self._sticky

    def stick(self, job: Job) -> None:
        """Keeps a job at the head."""
        self._sticky = job

    def push(self, job: Job) -> None:
        """Adds a job."""
        kind = (job.kind, job.bound_to)
        number = self._kinds.get(kind)
        if number is None:
            number = self._add_kind(kind)
        self._entries[job] = entry = (job.timestamp, job.index, job)
        heappush(self._heaps[number], entry)
        self._times[number] = self._heaps[number][0][0]
        is_next = self._first is None or entry < self._entries[self._first]
        if self._is_searched and is_next and not self._aside[number]:
            self._first = job

    def pop(self, job: Job) -> None:
        """Removes a job."""
        del self._entries[job]
        number = self._kinds[job.kind, job.bound_to]
        heap = self._heaps[number]
        # Others than the first are left in the heap until they would be the first.
        while heap and self._entries.get(heap[0][2]) is not heap[0]:
            heappop(heap)
        self._times[number] = heap[0][0] if heap else inf
        if self._sticky is job:
            self._sticky = None
        if self._first is job:
            self._forget_first()

    def put_aside(self, job: Job) -> None:
        """Leaves the jobs of this kind waiting until quota becomes free."""
        self._aside[self._kinds[job.kind, job.bound_to]] = True
        if self._sticky is job:
            self._sticky = None
        first = self._first
        if first is not None and (first.kind, first.bound_to) == (job.kind, job.bound_to):
            self._forget_first()

    def retry(self) -> None:
        """Considers all jobs again."""
        self.blocked = False
        self._aside[:] = False
        if len(self._kinds) > FEWEST_KINDS + 2 * len(self._entries):
            self._drop_empty_kinds()
        self._forget_first()

    def search(self, boxes: Boxes) -> Iterator[Job]:
        """Yields the first job of each kind that may be admitted, in the order of the queue. If none is `found`, all
        kinds are put aside."""
        if self._is_searched:
            return
        count = len(self._kinds)
        left = np.where(self._may_be_admitted(boxes), self._times[:count], inf)
        while (number := self._earliest(left)) is not None:
            left[number] = inf
            yield self._heaps[number][0][2]
        self._aside[:count] |= self._times[:count] < inf
        self._first, self._is_searched = None, True

    def found(self, job: Job) -> None:
        """Makes a job that was yielded by a `search` the head, and puts all kinds before it aside."""
        self._first, self._is_searched = job, True
        entry, times = self._entries[job], self._times[: len(self._kinds)]
        self._aside[: len(times)] |= times < job.timestamp
        for other in np.flatnonzero(times == job.timestamp).tolist():
            self._aside[other] |= self._heaps[other][0] < entry

    def _forget_first(self) -> None:
        self._first, self._is_searched = None, not self._entries

    def _earliest(self, times: NDArray[np.float64]) -> int | None:
        """Returns the number of the kind whose job is first; None if all times are infinite."""
        if not len(times) or (time := times[times.argmin()]) == inf:
            return None
        equal: list[int] = np.flatnonzero(times == time).tolist()
        return min(equal, key=lambda number: self._heaps[number][0])

    def _may_be_admitted(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Returns for each kind whether it is not aside and within a box of a pool."""
        count = len(self._kinds)
        may: NDArray[np.bool_] = np.zeros(count, dtype=bool)
        for key, row in self._rows.items():
            gpus, cpu, memory = self._asks[row, :, :count]
            for box in boxes(key):
                may |= (gpus <= box.gpus) & (cpu <= box.cpu) & (memory <= box.memory)
        return may & ~self._aside[:count]

    def _add_kind(self, kind: Kind) -> int:
        number = len(self._kinds)
        if number == len(self._times):
            self._times = np.append(self._times, np.full(number, inf))
            self._aside = np.append(self._aside, np.zeros(number, dtype=bool))
            self._asks = np.append(self._asks, np.full_like(self._asks, inf), axis=2)
        self._kinds[kind] = number
        self._heaps.append([])
        self._aside[number] = False
        self._asks[:, :, number] = inf
        for key, asks in self._demand(kind).items():
            self._asks[self._rows[key], :, number] = asks
        return number

    def _drop_empty_kinds(self) -> None:
        count = len(self._kinds)
        kept = np.flatnonzero(self._times[:count] < inf)
        self._asks[:, :, : len(kept)] = self._asks[:, :, kept]
        self._times[: len(kept)] = self._times[kept]
        self._times[len(kept) :] = inf
        kinds = list(self._kinds)
        self._heaps = [self._heaps[number] for number in kept.tolist()]
        self._kinds = {kinds[old]: new for new, old in enumerate(kept.tolist())}
