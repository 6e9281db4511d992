"""What the kinds of jobs that wait in a queue ask for, in columns of numbers. A kind is open if it has jobs and was not
put aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.training.deadline import Machine
from falaj.simulation.jobs.job import Amounts, Job, JobClass, Three

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = tuple[JobClass, Machine]
"""What the queue tells apart: the class of a job, and the capacity type that it is bound to."""

Entry = tuple[float, int, Job]
"""A job behind the two numbers that order it."""

FEWEST_KINDS = 16
"""Kinds for which the columns have room at first."""

FEW_OPEN = 8
"""Open kinds up to which they are listed: mostly those that came after all others were put aside."""

SLICE = 1024
"""Kinds that are compared with boxes first, in the order of their numbers; `MORE` times as many each time after."""

NOWHERE: Three = (inf, inf, inf)
"""What a job asks for of a pool on which it may not run."""


class KindColumns:
    """The kinds of a queue, by numbers in the order in which they came first, each with the jobs that wait."""

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
        self._is_any_aside = False
        """Whether any kind was put aside since all were considered."""
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
        self._times[number] = time = heap[0][0]
        if not self._aside[number]:
            self._open[number] = time
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
        self._aside[number] = self._is_any_aside = True
        self._close(number)
        return number

    def put_all_aside(self) -> None:
        """Puts all open kinds aside."""
        self._is_any_aside = True
        if self.few is None:
            times = self._open[: len(self)]
            self._aside[: len(self)] |= times < inf
            times.fill(inf)
        else:
            self._aside[self.few], self._open[self.few] = True, inf
        self.few = []

    def put_oldest_aside(self, count: int) -> None:
        """Puts as many open kinds aside, in the order of the queue."""
        numbers = self._with_oldest(count)
        if count < len(numbers):
            times = self._times[numbers]
            last = np.partition(times, count - 1)[count - 1]
            equal: list[int] = numbers[times == last].tolist()
            equal.sort(key=lambda number: self._heaps[number][0])
            numbers = numbers[times < last]
            numbers = np.append(numbers, np.array(equal[: count - len(numbers)], dtype=np.intp))
        self._aside[numbers], self._open[numbers], self._is_any_aside = True, inf, True
        if self.few is not None:
            self.few = [number for number in self.few if self._open[number] < inf]

    def _with_oldest(self, count: int) -> NDArray[np.intp]:
        """Returns the numbers of open kinds, as many of the oldest among them, if possible not of all."""
        end = SLICE + 2 * count
        if self.few is None and end < len(self):
            numbers = (self._open[:end] < inf).nonzero()[0]
            if len(numbers) >= count:
                last = np.partition(self._open[numbers], count - 1)[count - 1]
                if self._open[end : len(self)].min() > last:
                    return numbers
        return self.open_numbers()

    def open_all(self, jobs: int) -> None:
        """Considers all kinds with jobs, of which there are so many, again."""
        if len(self) > FEWEST_KINDS + 2 * jobs:
            self._drop_empty()
        if self._is_any_aside:
            self._aside[: len(self)] = False
            self._open[: len(self)] = self._times[: len(self)]
            self._is_any_aside = False
        self.few = None if jobs else []

    @property
    def is_any_open(self) -> bool:
        """Whether any kind is open."""
        return bool(self.few) if self.few is not None else bool(self._open[: len(self)].min(initial=inf) < inf)

    def open_numbers(self) -> NDArray[np.intp]:
        """Returns the numbers of the open kinds."""
        return (self._open[: len(self)] < inf).nonzero()[0] if self.few is None else np.array(self.few, dtype=np.intp)

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
        self._times[len(kept) :] = self._open[len(kept) :] = inf
        self._is_any_aside = True
        kinds = list(self._numbers)
        self._heaps = [self._heaps[number] for number in kept.tolist()]
        self._demands = [self._demands[number] for number in kept.tolist()]
        self._numbers = {kinds[old]: new for new, old in enumerate(kept.tolist())}
