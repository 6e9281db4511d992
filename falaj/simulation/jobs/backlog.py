"""The jobs of a queue that wait, grouped by kind: jobs of one kind are alike, so if the first does not fit, none does.

Kinds for whose first job nothing can be done are put aside until quota becomes free, as Kueue keeps its
`inadmissibleWorkloads` (v0.17.0, pkg/cache/queue/cluster_queue.go and inadmissible_workloads.go): one in each cycle in
which it is the head. What each kind asks for stands in columns of numbers, which tell the heads that certainly do not
fit: of a backlog of 100,000 jobs that all differ, few are evaluated, and the cycles of the others are only counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING, Protocol

import numpy as np

from falaj.components.core.training.deadline import Machine
from falaj.simulation.jobs.job import Amounts, Job, JobClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = tuple[JobClass, Machine]
"""What the queue tells apart: the class of a job, and the capacity type that it is bound to."""

Entry = tuple[float, int, Job]
"""A job behind the two numbers that order it."""


class Prospects(Protocol):
    """What jobs may ask of a pool, by its key."""

    def boxes(self, key: str, least: Amounts) -> Sequence[Amounts]:
        """Returns amounts that hold `least`: what asks for as much or more may be admitted only within one of them."""
        ...

    def evicting(self, key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Returns which columns of `asks` may be admitted, of those within a box."""
        ...


FEWEST_KINDS = 16
"""Kinds for which the columns have room at first."""

FEW_KINDS = 2
"""Kinds up to which evaluating each takes less time than telling those that do not fit (measured 2026-11-28)."""

FEW_OPEN = 8
"""Kinds that are not aside up to which these are listed: mostly what came after all others had been put aside."""


class Backlog:
    """The jobs of a queue that wait."""

    def __init__(self, keys: Sequence[str], demand: Callable[[Kind], Mapping[str, Amounts]]) -> None:
        """`keys` are those of all pools in the queue; `demand` returns what the jobs of a kind ask for in each pool on
        which they may run now."""
        self.blocked = False
        """Whether its head waits for jobs that end."""
        self.is_over = True
        """Whether all kinds with jobs are aside."""
        self._demand = demand
        self._rows = {key: row for row, key in enumerate(keys)}
        self._entries: dict[Job, Entry] = {}
        self._kinds: dict[Kind, int] = {}
        self._heaps: list[list[Entry]] = []
        self._demands: list[Mapping[str, Amounts]] = []
        self._times: NDArray[np.float64] = np.full(FEWEST_KINDS, inf)
        """Time by which the first job of each kind is ordered; infinite without one."""
        self._aside: NDArray[np.bool_] = np.zeros(FEWEST_KINDS, dtype=bool)
        self._open: NDArray[np.bool_] = np.zeros(FEWEST_KINDS, dtype=bool)
        """Whether each kind has jobs and is not aside."""
        self._few: list[int] | None = []
        """Numbers of the kinds that are open; None if they are not known to be few."""
        self._asks: NDArray[np.float64] = np.full((len(keys), len(Amounts._fields), FEWEST_KINDS), inf)
        """Pool, resource and kind -> what it asks for; infinite where it may not run."""
        self._least = {key: Amounts(inf, inf, inf) for key in keys}
        """Key of a pool -> the least that any kind, of those here or before, has asked for of each resource."""
        self._sticky: Job | None = None
        self._found: NDArray[np.intp] | None = None
        """Numbers of the kinds that may be admitted; None if there are few kinds, or it is not known."""
        self._is_known = False
        """Whether `_first` and `_ahead` are."""
        self._first: Job | None = None
        """The first job that may be admitted."""
        self._ahead: float = inf
        """Kinds before it that are not aside; infinite if there is none."""
        self._passed = 0.0
        """Kinds, in the order of the queue, that were its head in a cycle, but have not been put aside yet."""

    def __len__(self) -> int:
        return len(self._entries)

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
        if not self._aside[number]:
            self._add_open(number)
        self.forget()

    def _add_open(self, number: int) -> None:
        self.is_over, self._open[number] = False, True
        if self._few is not None and number not in self._few:
            self._few = [*self._few, number] if len(self._few) < FEW_OPEN else None

    def _close(self, number: int) -> None:
        self._open[number] = False
        if self._few is not None and number in self._few:
            self._few.remove(number)

    def pop(self, job: Job) -> None:
        """Removes a job."""
        del self._entries[job]
        number = self._kinds[job.kind, job.bound_to]
        heap = self._heaps[number]
        # Others than the first are left in the heap until they would be the first.
        while heap and self._entries.get(heap[0][2]) is not heap[0]:
            heappop(heap)
        self._times[number] = heap[0][0] if heap else inf
        if not heap:
            self._close(number)
        if self._sticky is job:
            self._sticky = None
        self.forget()

    def put_aside(self, job: Job) -> None:
        """Leaves the jobs of this kind waiting until quota becomes free."""
        number = self._kinds[job.kind, job.bound_to]
        self._aside[number] = True
        self._close(number)
        if self._sticky is job:
            self._sticky = None
            self.forget()
        elif self._found is None:
            self.forget()
        else:
            self._found = self._found[self._found != number]
            self._find_first(self._found)

    def unblock(self) -> None:
        """Considers the head again that waits for jobs that end, but none that was put aside."""
        self.blocked = False
        self.forget()

    def retry(self) -> None:
        """Considers all jobs again, but no head that waits for jobs that end."""
        self._aside[:] = False
        self._passed, self.is_over = 0.0, not self._entries
        if len(self._kinds) > FEWEST_KINDS + 2 * len(self._entries):
            self._drop_empty_kinds()
        self._open = self._times < inf
        self._few = None if self._entries else []
        self.forget()

    def forget(self) -> None:
        """Forgets which jobs may be admitted, after quota was used or jobs came or went."""
        self._is_known = False

    def ahead(self, prospects: Prospects) -> float:
        """Returns in how many cycles nothing can be done for its head before one may be admitted; infinite if none."""
        if self._sticky is not None:
            return 0.0
        if not self._is_known:
            self._look(prospects)
        return self._ahead

    def after(self, cycles: float) -> Job | None:
        """Returns the head of the cycle after so many, in which nothing is done, if that may be admitted."""
        if self._sticky is not None:
            return self._sticky if cycles == 0 else None
        if self.is_over:
            return None
        is_head = self._ahead == cycles < inf
        others = cycles if is_head else cycles + 1
        self._passed += others
        if others == inf:
            self._put_passed_aside()
            self.is_over = True
        else:
            self._ahead -= others
        return self._first if is_head else None

    def _look(self, prospects: Prospects) -> None:
        self._found, self._is_known = None, True
        if len(self._kinds) <= FEW_KINDS:
            self._put_passed_aside()
            numbers = self._not_aside()
            self._first = min(self._firsts(numbers))[2] if len(numbers) else None
            self._ahead = 0.0 if len(numbers) else inf
            self.is_over = not len(numbers)
        elif self._few is not None:
            self._put_passed_aside()
            self._found = np.array([each for each in self._few if self._may_have_room(each, prospects)], dtype=np.intp)
            self._find_first(self._found)
            self.is_over = not self._few
        elif within := self._possible(prospects):
            self._put_passed_aside()
            self._found = self._may_be_admitted(within, prospects)
            self._find_first(self._found)
            self.is_over = self._first is None and not self._open.any()
        else:
            # Most queues with a backlog have no room at all: no kind is looked at.
            self._first, self._ahead = None, inf

    def _find_first(self, found: NDArray[np.intp]) -> None:
        """Finds the first job of the kinds that may be admitted, and counts the kinds before it."""
        self._first, self._ahead = None, inf
        if not len(found):
            return
        if self._few is not None:
            first = min(self._firsts(found))
            before = sum(self._heaps[number][0] < first for number in self._few)
        else:
            times = self._times[found]
            first = min(self._firsts(found[times == times.min()]))
            older, equal = (self._times < first[0]) & self._open, (self._times == first[0]) & self._open
            before = np.count_nonzero(older) + sum(entry < first for entry in self._firsts(equal.nonzero()[0]))
        self._first, self._ahead = first[2], before - self._passed

    def _firsts(self, numbers: NDArray[np.intp]) -> list[Entry]:
        """Returns the entries of the first jobs of kinds."""
        return [self._heaps[number][0] for number in numbers.tolist()]

    def _put_passed_aside(self) -> None:
        if not self._passed:
            return
        if self._passed == inf:
            self._passed, self._few = 0.0, []
            self._aside |= self._open
            self._open[:] = False
            return
        numbers, passed = self._not_aside(), self._passed
        self._passed = 0.0
        if passed < len(numbers):
            times = self._times[numbers]
            last = np.partition(times, int(passed) - 1)[int(passed) - 1]
            equal: list[int] = numbers[times == last].tolist()
            equal.sort(key=lambda number: self._heaps[number][0])
            numbers = numbers[times < last]
            numbers = np.append(numbers, equal[: int(passed) - len(numbers)])
        self._aside[numbers], self._open[numbers] = True, False
        if self._few is not None:
            self._few = [number for number in self._few if self._open[number]]

    def _not_aside(self) -> NDArray[np.intp]:
        """Returns the numbers of the kinds with jobs that are not aside."""
        return self._open.nonzero()[0] if self._few is None else np.array(self._few, dtype=np.intp)

    def _may_have_room(self, number: int, prospects: Prospects) -> bool:
        """Returns whether what a kind asks for is within a box of any pool."""
        return any(prospects.boxes(key, asks) for key, asks in self._demands[number].items())

    def _possible(self, prospects: Prospects) -> list[tuple[int, Amounts]]:
        """Returns the boxes, behind the rows of their pools, that hold at least the least that any kind asks for."""
        return [
            (row, box)
            for key, row in self._rows.items()
            for box in prospects.boxes(key, self._least[key])
        ]

    def _may_be_admitted(self, within: Sequence[tuple[int, Amounts]], prospects: Prospects) -> NDArray[np.intp]:
        """Returns the numbers of the kinds that are not aside and may be admitted to a pool."""
        count = len(self._kinds)
        is_open = self._open[:count]
        may: NDArray[np.bool_] = np.zeros(count, dtype=bool)
        for key, row in self._rows.items():
            asks, is_within = self._asks[row, :, :count], np.zeros(count, dtype=bool)
            for box in (box for of, box in within if of == row):
                is_within |= (asks[0] <= box.gpus) & (asks[1] <= box.cpu) & (asks[2] <= box.memory)
            found = (is_within & is_open).nonzero()[0]
            if len(found) > FEW_KINDS:
                found = found[prospects.evicting(key, asks[:, found])]
            may[found] = True
        return may.nonzero()[0]

    def _add_kind(self, kind: Kind) -> int:
        number = len(self._kinds)
        if number == len(self._times):
            self._times = np.append(self._times, np.full(number, inf))
            self._aside = np.append(self._aside, np.zeros(number, dtype=bool))
            self._open = np.append(self._open, np.zeros(number, dtype=bool))
            self._asks = np.append(self._asks, np.full_like(self._asks, inf), axis=2)
        self._kinds[kind] = number
        self._heaps.append([])
        self._aside[number] = False
        self._asks[:, :, number] = inf
        self._demands.append(self._demand(kind))
        for key, asks in self._demands[number].items():
            self._asks[self._rows[key], :, number] = asks
            self._least[key] = Amounts(*map(min, self._least[key], asks))
        return number

    def _drop_empty_kinds(self) -> None:
        count = len(self._kinds)
        kept = np.flatnonzero(self._times[:count] < inf)
        self._asks[:, :, : len(kept)] = self._asks[:, :, kept]
        self._times[: len(kept)] = self._times[kept]
        self._times[len(kept) :] = inf
        kinds = list(self._kinds)
        self._heaps = [self._heaps[number] for number in kept.tolist()]
        self._demands = [self._demands[number] for number in kept.tolist()]
        self._kinds = {kinds[old]: new for new, old in enumerate(kept.tolist())}
