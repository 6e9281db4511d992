"""The kinds of jobs that wait in a queue: jobs of one kind are alike, so if the first does not fit, none does.

What each kind asks for stands in columns of numbers, which tell those that certainly do not fit: of a backlog of
100,000 jobs that all differ, few are evaluated. A kind is open if it has jobs and was not put aside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.training.deadline import Machine
from falaj.simulation.jobs.job import Amounts, Job, JobClass, Three
from falaj.simulation.jobs.room import Prospects

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = tuple[JobClass, Machine]
"""What the queue tells apart: the class of a job, and the capacity type that it is bound to."""

Entry = tuple[float, int, Job]
"""A job behind the two numbers that order it."""


FEWEST_KINDS = 16
"""Kinds for which the columns have room at first."""
FEW_KINDS = 2
"""Kinds up to which evaluating each takes less time than telling those that do not fit (measured 2026-11-28)."""

FEW_OPEN = 8
"""Open kinds up to which they are listed: mostly those that came after all others were put aside."""

OLDEST, MORE = 16, 8
"""Kinds, of many that may fit into a box, that are looked at first; and how many times as many each time after."""

SLICE = 1024
"""Kinds that are compared with boxes first, in the order of their numbers; `MORE` times as many each time after."""

FEW_WITHIN = 24
"""Kinds within a box up to which they are looked at one by one, in the order of the queue, until one may be admitted:
most often the first may (measured 2026-11-29)."""


NOWHERE: Three = (inf, inf, inf)
"""What a job asks for of a pool on which it may not run."""

NO_NUMBERS: NDArray[np.intp] = np.zeros(0, dtype=np.intp)


class Kinds:
    """The kinds of a queue, by numbers, each with the jobs that wait."""

    def __init__(self, keys: Sequence[str], demand: Callable[[Kind], Mapping[str, Amounts]]) -> None:
        """`keys` are those of all pools in the queue; `demand` returns what the jobs of a kind ask for in each pool on
        which they may run now."""
        self._demand = demand
        self._keys, self._rows = keys, {key: row for row, key in enumerate(keys)}
        self._numbers: dict[Kind, int] = {}
        self._heaps: list[list[Entry]] = []
        self._demands: list[Mapping[str, Amounts]] = []
        self._times: NDArray[np.float64] = np.full(FEWEST_KINDS, inf)
        """Time by which the first job of each kind is ordered; infinite without one."""
        self._aside: NDArray[np.bool_] = np.zeros(FEWEST_KINDS, dtype=bool)
        self._open: NDArray[np.float64] = np.full(FEWEST_KINDS, inf)
        """The same times of the open kinds; infinite for the others."""
        self.few: list[int] | None = []
        """Numbers of the open kinds; None if they are not known to be few."""
        self._asks: NDArray[np.float64] = np.full((len(keys), len(Amounts._fields), FEWEST_KINDS), inf)
        """Pool, resource and kind -> what it asks for; infinite where it may not run."""
        self._least = dict.fromkeys(keys, NOWHERE)
        """Key of a pool -> the least that any kind, of those here or before, has asked for of each resource."""

    def __len__(self) -> int:
        return len(self._numbers)

    def push(self, kind: Kind, entry: Entry) -> None:
        """Adds a job."""
        number = self._numbers.get(kind)
        if number is None:
            number = self._add(kind)
        heap = self._heaps[number]
        heappush(heap, entry)
        self._times[number] = heap[0][0]
        if not self._aside[number]:
            self._open[number] = heap[0][0]
            if self.few is not None and number not in self.few:
                self.few = [*self.few, number] if len(self.few) < FEW_OPEN else None

    def pop(self, kind: Kind, entries: Mapping[Job, Entry]) -> None:
        """Removes a job that is not in `entries` any more."""
        number = self._numbers[kind]
        heap = self._heaps[number]
        # Others than the first are left in the heap until they would be the first.
        while heap and entries.get(heap[0][2]) is not heap[0]:
            heappop(heap)
        self._times[number] = time = heap[0][0] if heap else inf
        if not heap:
            self._close(number)
        elif not self._aside[number]:
            self._open[number] = time

    def put_aside(self, kind: Kind) -> int:
        """Puts a kind aside, and returns its number."""
        number = self._numbers[kind]
        self._aside[number] = True
        self._close(number)
        return number

    def put_all_aside(self) -> None:
        """Puts all open kinds aside."""
        if self.few is None:
            self._aside |= self._open < inf
            self._open.fill(inf)
        else:
            self._aside[self.few], self._open[self.few] = True, inf
        self.few = []

    def put_oldest_aside(self, count: int) -> None:
        """Puts as many open kinds aside, in the order of the queue."""
        numbers = self.open_numbers()
        if count < len(numbers):
            times, most = self._times[numbers], 2 * count + OLDEST
            last = np.partition(times[:most], count - 1)[count - 1]
            if most < len(times) and times[most:].min() <= last:
                last = np.partition(times, count - 1)[count - 1]
            equal: list[int] = numbers[times == last].tolist()
            equal.sort(key=lambda number: self._heaps[number][0])
            numbers = numbers[times < last]
            numbers = np.append(numbers, np.array(equal[: count - len(numbers)], dtype=np.intp))
        self._aside[numbers], self._open[numbers] = True, inf
        if self.few is not None:
            self.few = [number for number in self.few if self._open[number] < inf]

    def open_all(self, jobs: int) -> None:
        """Considers all kinds with jobs, of which there are so many, again."""
        if len(self) > FEWEST_KINDS + 2 * jobs:
            self._drop_empty()
        self._aside[:] = False
        self._open = self._times.copy()
        self.few = None if jobs else []

    @property
    def is_any_open(self) -> bool:
        """Whether any kind is open."""
        return bool(self.few) if self.few is not None else bool(self._open.min() < inf)

    def open_numbers(self) -> NDArray[np.intp]:
        """Returns the numbers of the open kinds."""
        return (self._open < inf).nonzero()[0] if self.few is None else np.array(self.few, dtype=np.intp)

    def first(self, numbers: NDArray[np.intp]) -> Entry:
        """Returns the first job of some kinds."""
        if len(numbers) > FEW_OPEN:
            times = self._times[numbers]
            numbers = numbers[times == times.min()]
        return min(self._firsts(numbers.tolist()))

    def before(self, first: Entry) -> int:
        """Returns how many open kinds have a job before it."""
        if self.few is not None:
            return sum(entry < first for entry in self._firsts(self.few))
        times, time = self._open, first[0]
        older = int(np.count_nonzero(times < time))
        if np.count_nonzero(times <= time) == older + 1:
            return older
        return older + sum(entry < first for entry in self._firsts((times == time).nonzero()[0].tolist()))

    def possible(self, prospects: Prospects) -> Sequence[tuple[int, Three]]:
        """Returns the boxes, behind the rows of their pools, that hold at least the least that any kind asks for."""
        return [(row, box) for key, row in self._rows.items() for box in prospects.boxes(key, self._least[key])]

    def few_within(self, prospects: Prospects) -> NDArray[np.intp]:
        """Returns the numbers of the few open kinds of which what they ask for is within a box of any pool."""
        within = [
            number
            for number in self.few or ()
            if any(prospects.boxes(key, asks) for key, asks in self._demands[number].items())
        ]
        return np.array(within, dtype=np.intp) if within else NO_NUMBERS

    def admissible(self, boxes: Sequence[tuple[int, Three]], prospects: Prospects) -> tuple[NDArray[np.intp], bool]:
        """Returns the numbers of the open kinds that may be admitted to a pool, of many the oldest only; and whether
        there may be others."""
        hulls: dict[int, Three] = {}
        for row, box in boxes:
            one = hulls.get(row)
            hulls[row] = box if one is None else (max(one[0], box[0]), max(one[1], box[1]), max(one[2], box[2]))
        begin, size, count = 0, SLICE, len(self)
        while begin < count:
            end = min(begin + size, count)
            found, is_partial = self._oldest(self._within(hulls, begin, end), boxes, prospects)
            if len(found):
                if end == count:
                    return found, is_partial
                # Kinds have numbers in the order in which they came first, which is mostly that of the queue.
                older = found[self._open[found] < self._open[end:count].min()]
                return (older, True) if len(older) else self._oldest(self._within(hulls, 0, count), boxes, prospects)
            begin, size = end, MORE * size
        return NO_NUMBERS, False

    def _within(self, hulls: Mapping[int, Three], begin: int, end: int) -> NDArray[np.intp]:
        """Returns the numbers, of a range, of the open kinds that are within the hull of a pool, given by its row."""
        within = [_is_within(self._asks[row, :, begin:end], hull) for row, hull in hulls.items()]
        return (
            (within[0] if len(within) == 1 else np.logical_or.reduce(within)) & (self._open[begin:end] < inf)
        ).nonzero()[0] + begin

    def _oldest(
        self, numbers: NDArray[np.intp], boxes: Sequence[tuple[int, Three]], prospects: Prospects
    ) -> tuple[NDArray[np.intp], bool]:
        """Returns which of some kinds may be admitted, of many the oldest only; and whether there may be others."""
        size = OLDEST
        while len(numbers) > 2 * size:
            times = self._times[numbers]
            last = np.partition(times, size)[size]
            if len(found := self.evicting(numbers[times <= last], boxes, prospects)):
                return found, True
            numbers, size = numbers[times > last], MORE * size
        return self.evicting(numbers, boxes, prospects), False

    def evicting(
        self, numbers: NDArray[np.intp], boxes: Sequence[tuple[int, Three]], prospects: Prospects
    ) -> NDArray[np.intp]:
        """Returns which of some kinds are free in a pool into whose boxes they fit, or may have others evicted; of few
        all from the first of them on."""
        if len(numbers) <= FEW_WITHIN:
            return self._from_first(numbers, boxes, prospects) if len(numbers) else numbers
        may: NDArray[np.bool_] = np.zeros(len(numbers), dtype=bool)
        for key, row in self._rows.items():
            own = [box for of, box in boxes if of == row]
            if not own:
                continue
            asks = self._asks[row][:, numbers]
            inside = np.logical_or.reduce([_is_within(asks, box) for box in own]).nonzero()[0]
            if len(inside) > FEW_KINDS:
                inside = inside[prospects.evicting(key, asks[:, inside])]
            may[inside] = True
        return numbers[may]

    def _from_first(
        self, numbers: NDArray[np.intp], boxes: Sequence[tuple[int, Three]], prospects: Prospects
    ) -> NDArray[np.intp]:
        """Returns some kinds in the order of the queue, from the first on that may be admitted."""
        ordered = sorted(numbers.tolist(), key=lambda number: self._heaps[number][0])
        for at, number in enumerate(ordered):
            demand = self._demands[number]
            for row, box in boxes:
                key = self._keys[row]
                asks = demand.get(key, NOWHERE)
                is_within = asks[0] <= box[0] and asks[1] <= box[1] and asks[2] <= box[2]
                if is_within and prospects.may_be_admitted(key, asks):
                    return np.array(ordered[at:], dtype=np.intp)
        return NO_NUMBERS

    def _firsts(self, numbers: Sequence[int]) -> list[Entry]:
        return [self._heaps[number][0] for number in numbers]

    def _close(self, number: int) -> None:
        self._open[number] = inf
        if self.few is not None and number in self.few:
            self.few.remove(number)

    def _add(self, kind: Kind) -> int:
        number = len(self)
        if number == len(self._times):
            self._times = np.append(self._times, np.full(number, inf))
            self._aside = np.append(self._aside, np.zeros(number, dtype=bool))
            self._open = np.append(self._open, np.full(number, inf))
            self._asks = np.append(self._asks, np.full_like(self._asks, inf), axis=2)
        self._numbers[kind] = number
        self._heaps.append([])
        self._demands.append(self._demand(kind))
        self._aside[number] = False
        self._asks[:, :, number] = inf
        for key, asks in self._demands[number].items():
            self._asks[self._rows[key], :, number] = asks
            gpus, cpu, memory = self._least[key]
            self._least[key] = (min(gpus, asks[0]), min(cpu, asks[1]), min(memory, asks[2]))
        return number

    def _drop_empty(self) -> None:
        count = len(self)
        kept = np.flatnonzero(self._times[:count] < inf)
        self._asks[:, :, : len(kept)] = self._asks[:, :, kept]
        self._times[: len(kept)] = self._times[kept]
        self._times[len(kept) :] = inf
        kinds = list(self._numbers)
        self._heaps = [self._heaps[number] for number in kept.tolist()]
        self._demands = [self._demands[number] for number in kept.tolist()]
        self._numbers = {kinds[old]: new for new, old in enumerate(kept.tolist())}


def _is_within(asks: NDArray[np.float64], box: Three) -> NDArray[np.bool_]:
    return (asks[0] <= box[0]) & (asks[1] <= box[1]) & (asks[2] <= box[2])
