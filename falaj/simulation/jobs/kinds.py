"""The kinds of jobs that wait in a queue: jobs of one kind are alike, so if the first does not fit, none does.

What each kind asks for stands in columns of numbers, which tell those that certainly do not fit: of a backlog of
100,000 jobs that all differ, few are evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.jobs.job import Three
from falaj.simulation.jobs.kind_columns import FEW_OPEN, NOWHERE, SLICE, Entry, KindColumns
from falaj.simulation.jobs.room import Prospects

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW_KINDS = 2
"""Kinds up to which evaluating each takes less time than telling those that do not fit (measured 2026-11-28)."""

OLDEST, MORE = 16, 8
"""Kinds, of many that may fit into a box, that are looked at first; and how many times as many each time after."""

FEW_WITHIN = 24
"""Kinds within a box up to which they are looked at one by one, in the order of the queue, until one may be admitted:
most often the first may (measured 2026-11-29)."""

NO_NUMBERS: NDArray[np.intp] = np.zeros(0, dtype=np.intp)


class Kinds(KindColumns):
    """The kinds of a queue, and which of them may be admitted."""

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
        times, time = self._open[: len(self)], first[0]
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
        within: NDArray[np.bool_] = np.zeros(end - begin, dtype=bool)
        is_open = self._open[begin:end] < inf
        for row, hull in hulls.items():
            asks = self._asks[row, :, begin:end]
            # Most often GPUs are short.
            inside = is_open & (asks[0] <= hull[0])
            if inside.any():
                within |= inside & (asks[1] <= hull[1]) & (asks[2] <= hull[2])
        return within.nonzero()[0] + begin

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


def _is_within(asks: NDArray[np.float64], box: Three) -> NDArray[np.bool_]:
    return (asks[0] <= box[0]) & (asks[1] <= box[1]) & (asks[2] <= box[2])
