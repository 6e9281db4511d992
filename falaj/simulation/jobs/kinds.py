"""The kinds of jobs that wait in a queue: jobs of one kind are alike, so if the first does not fit, none does.

What each kind asks for stands in columns of numbers, which tell those that certainly do not fit: of a backlog of
100,000 jobs that all differ, few are evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.jobs.job import Three
from falaj.simulation.jobs.kind_columns import MORE, NOWHERE, SLICE, Group, KindColumns
from falaj.simulation.jobs.room import Prospects

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW_KINDS = 2
"""Kinds up to which evaluating each takes less time than telling those that do not fit (measured 2026-11-28)."""

FEW_WITHIN = 24
"""Kinds within a box that are looked at one by one, in the order of the queue, until one may be admitted: most often
the first may (measured 2026-11-29)."""


class Kinds(KindColumns):
    """The kinds of a queue, and which of them may be admitted."""

    def before(self, group: Group) -> int:
        """Returns how many open kinds have a job before the first one of a kind."""
        first = group.jobs[0]
        if self.few is not None:
            return sum(other.jobs[0] < first for other in self.few)
        return int(np.count_nonzero(self._is_open[self._low : self._place(group, first)]))

    def possible(self, prospects: Prospects) -> Sequence[tuple[int, Three]]:
        """Returns the boxes, behind the rows of their pools, that hold at least the least that any kind asks for."""
        return [(row, box) for key, row in self._rows.items() for box in prospects.boxes(key, self._least[key])]

    def few_within(self, prospects: Prospects) -> list[Group]:
        """Returns the few open kinds of which what they ask for is within a box of any pool."""
        return [
            group for group in self.few or () if any(prospects.boxes(key, asks) for key, asks in group.demand.items())
        ]

    def admissible(self, boxes: Sequence[tuple[int, Three]], prospects: Prospects) -> Group | None:
        """Returns the first open kind, in the order of the queue, that may be admitted to a pool."""
        hulls: dict[int, Three] = {}
        for row, box in boxes:
            one = hulls.get(row)
            hulls[row] = box if one is None else (max(one[0], box[0]), max(one[1], box[1]), max(one[2], box[2]))
        begin, size, count = self._low, SLICE, len(self._entries)
        while begin < count:
            places = self._within(hulls, begin, min(begin + size, count))
            if len(places) and (found := self._first_of(places, boxes, prospects)) is not None:
                return self._at[found]
            begin, size = begin + size, MORE * size
        return None

    def _within(self, hulls: Mapping[int, Three], begin: int, end: int) -> NDArray[np.intp]:
        """Returns the places, of a range, of the open kinds that are within the hull of a pool, given by its row."""
        within: NDArray[np.bool_] | None = None
        is_open = self._is_open[begin:end]
        for row, hull in hulls.items():
            asks = self._asks[row, :, begin:end]
            # Most often GPUs are short.
            inside = asks[0] <= hull[0]
            inside &= is_open
            # The first that is true, which takes less time to find than `any`.
            if inside[inside.argmax()]:
                inside &= asks[1] <= hull[1]
                inside &= asks[2] <= hull[2]
                within = inside if within is None else within | inside
        return NO_PLACES if within is None else within.nonzero()[0] + begin

    def _first_of(
        self, places: NDArray[np.intp], boxes: Sequence[tuple[int, Three]], prospects: Prospects
    ) -> int | None:
        """Returns the first of some places whose kind may be admitted: a few are looked at one by one, the others in
        columns, more and more of them."""
        for place in places[:FEW_WITHIN].tolist():
            if self._may_be_admitted(self._at[place].demand, boxes, prospects):
                return place
        begin, size = FEW_WITHIN, MORE * max(FEW_WITHIN, 1)
        while begin < len(places):
            found = self._evicting(places[begin : begin + size], boxes, prospects)
            if len(found):
                return int(found[0])
            begin, size = begin + size, MORE * size
        return None

    def _may_be_admitted(
        self, demand: Mapping[str, Three], boxes: Sequence[tuple[int, Three]], prospects: Prospects
    ) -> bool:
        refused = -1
        for row, box in boxes:
            # The boxes of a pool follow each other.
            if row != refused:
                key = self._keys[row]
                asks = demand.get(key, NOWHERE)
                if asks[0] <= box[0] and asks[1] <= box[1] and asks[2] <= box[2]:
                    if prospects.may_be_admitted(key, asks):
                        return True
                    refused = row
        return False

    def _evicting(
        self, places: NDArray[np.intp], boxes: Sequence[tuple[int, Three]], prospects: Prospects
    ) -> NDArray[np.intp]:
        """Returns which of some places have kinds that are free in a pool into whose boxes they fit, or may have others
        evicted."""
        may: NDArray[np.bool_] = np.zeros(len(places), dtype=bool)
        for key, row in self._rows.items():
            own = [box for of, box in boxes if of == row]
            if not own:
                continue
            asks = self._asks[row][:, places]
            inside = np.logical_or.reduce([_is_within(asks, box) for box in own]).nonzero()[0]
            if len(inside) > FEW_KINDS:
                inside = inside[prospects.evicting(key, asks[:, inside])]
            may[inside] = True
        return places[may]


NO_PLACES: NDArray[np.intp] = np.zeros(0, dtype=np.intp)


def _is_within(asks: NDArray[np.float64], box: Three) -> NDArray[np.bool_]:
    return (asks[0] <= box[0]) & (asks[1] <= box[1]) & (asks[2] <= box[2])
