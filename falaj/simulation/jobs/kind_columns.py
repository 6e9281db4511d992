"""The kinds of jobs that wait in a queue, in its order: by their first jobs. A kind is open if it has jobs and was not
put aside.

Each has a place, and what it asks for stands there in columns of numbers. Places are left free when their kind has no
jobs any more, and taken by the next one that belongs there: mostly jobs come to the end, and those that were evicted
back to their own places. So the oldest kinds are the first ones, and nothing is sorted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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

FEWEST_PLACES = 64
"""Places for which the columns have room at first, and that are kept free at most beside as many as are taken."""

FEWEST_KINDS = 16
"""Kinds without jobs that are kept at most beside two for each job."""

FEW_OPEN = 8
"""Open kinds up to which they are listed: mostly those that came after all others were put aside."""

SLICE = 1024
"""Kinds that are compared with boxes, or put aside, first, in the order of the queue; `MORE` times as many each time
after."""

MORE = 8
"""How many times as many kinds are looked at each time after the first."""

NOWHERE: Three = (inf, inf, inf)
"""What a job asks for of a pool on which it may not run."""


@dataclass(slots=True, eq=False)
class Group:
    """The jobs of a kind."""

    demand: Mapping[str, Amounts]
    """What they ask for in each pool on which they may run."""
    column: NDArray[np.float64]
    """The same in numbers: pool and resource."""
    jobs: list[Entry] = field(default_factory=list[Entry])
    """A heap. Others than the first may have left the queue."""
    place: int = 0
    """Where it was last."""
    aside_in: int = -1
    """The turn in which it was put aside, if it has no jobs."""


class KindColumns:
    """The kinds of a queue, each with the jobs that wait."""

    def __init__(self, keys: Sequence[str], demand: Callable[[Kind], Mapping[str, Amounts]]) -> None:
        """`keys` are those of all pools in the queue; `demand` returns what the jobs of a kind ask for in each pool on
        which they may run now."""
        self._demand = demand
        self._keys, self._rows = keys, {key: row for row, key in enumerate(keys)}
        self._groups: dict[Kind, Group] = {}
        self._turn = 0
        """How often all were considered again."""
        self.few: list[Group] | None = []
        """The open kinds; None if they are not known to be few."""
        self._low = 0
        """A place before which no kind is open."""
        self._entries: list[Entry] = []
        """The job of each place, or that which had it last."""
        self._at: list[Group] = []
        """Its kind."""
        self._is_taken: NDArray[np.bool_] = np.zeros(FEWEST_PLACES, dtype=bool)
        self._is_open: NDArray[np.bool_] = np.zeros(FEWEST_PLACES, dtype=bool)
        self._asks: NDArray[np.float64] = np.full((len(keys), len(Amounts._fields), FEWEST_PLACES), inf)
        """Pool, resource and place -> what the kind asks for; infinite where it may not run."""
        self._least = dict.fromkeys(keys, NOWHERE)
        """Key of a pool -> the least that any kind, of those here or before, has asked for of each resource."""

    def __len__(self) -> int:
        return len(self._groups)

    def push(self, kind: Kind, entry: Entry) -> None:
        """Adds a job."""
        group = self._groups.get(kind)
        if group is None:
            group = self._groups[kind] = self._group(kind)
        was_first = group.jobs[0] if group.jobs else None
        heappush(group.jobs, entry)
        if group.jobs[0] is not entry:
            return
        if was_first is not None:
            self._put(group, self._leave(self._place(group, was_first)))
        elif group.aside_in == self._turn:
            self._put(group, False)
        else:
            self._put(group, True)
            if self.few is not None:
                self.few = [*self.few, group] if len(self.few) < FEW_OPEN else None

    def pop(self, kind: Kind, entries: Mapping[Job, Entry]) -> None:
        """Removes a job that is not in `entries` any more."""
        group = self._groups[kind]
        jobs = group.jobs
        was_first = jobs[0]
        # Others than the first are left in the heap until they would be the first.
        while jobs and entries.get(jobs[0][2]) is not jobs[0]:
            heappop(jobs)
        if jobs and jobs[0] is was_first:
            return
        is_open = self._leave(self._place(group, was_first))
        if jobs:
            self._put(group, is_open)
        elif not is_open:
            group.aside_in = self._turn
        elif self.few is not None:
            self.few.remove(group)

    def put_aside(self, kind: Kind) -> Group:
        """Puts a kind with jobs aside, and returns it."""
        group = self._groups[kind]
        self._close(group)
        if self.few is not None and group in self.few:
            self.few.remove(group)
        return group

    def put_all_aside(self) -> None:
        """Puts all open kinds aside."""
        self._is_open[self._low : len(self._entries)] = False
        self._low, self.few = len(self._entries), []

    def put_oldest_aside(self, count: int) -> None:
        """Puts as many open kinds aside, in the order of the queue; at least one."""
        if self.few is not None:
            ordered = sorted(self.few, key=lambda group: group.jobs[0])
            for group in ordered[:count]:
                self._close(group)
            self.few = ordered[count:]
            return
        begin, size, end = self._low, SLICE, len(self._entries)
        while begin < end:
            part = self._is_open[begin : min(begin + size, end)]
            places = part.nonzero()[0]
            if count <= len(places):
                behind = int(places[count - 1]) + 1
                part[:behind] = False
                self._low = begin + behind
                return
            part.fill(False)
            count, begin, size = count - len(places), begin + size, MORE * size
        self._low = end

    def open_all(self, jobs: int) -> None:
        """Considers all kinds with jobs, of which there are so many, again."""
        if len(self) > FEWEST_KINDS + 2 * jobs:
            self._groups = {kind: group for kind, group in self._groups.items() if group.jobs}
        count = len(self._entries)
        if count > FEWEST_PLACES:
            taken = self._is_taken[:count].nonzero()[0]
            if count > FEWEST_PLACES + 2 * len(taken):
                self._close_up(taken)
                count = len(taken)
        self._is_open[:count] = self._is_taken[:count]
        self._turn, self._low, self.few = self._turn + 1, 0, None if jobs else []

    @property
    def is_any_open(self) -> bool:
        """Whether any kind is open."""
        return bool(self.few) if self.few is not None else bool(self._is_open[self._low : len(self._entries)].any())

    def open_groups(self) -> list[Group]:
        """Returns the open kinds."""
        if self.few is not None:
            return [*self.few]
        return [self._at[place] for place in self._is_open[: len(self._entries)].nonzero()[0].tolist()]

    def _group(self, kind: Kind) -> Group:
        demand = self._demand(kind)
        for key, asks in demand.items():
            least = self._least[key]
            if asks[0] < least[0] or asks[1] < least[1] or asks[2] < least[2]:
                self._least[key] = (min(least[0], asks[0]), min(least[1], asks[1]), min(least[2], asks[2]))
        return Group(demand, np.array([demand.get(key, NOWHERE) for key in self._keys]))

    def _place(self, group: Group, first: Entry) -> int:
        """Returns the place of a kind, which was given to it for a job."""
        place, entries = group.place, self._entries
        return place if place < len(entries) and entries[place] is first else bisect_left(entries, first)

    def _close(self, group: Group) -> None:
        self._is_open[self._place(group, group.jobs[0])] = False

    def _leave(self, place: int) -> bool:
        """Frees a place. Returns whether its kind was open."""
        is_open = bool(self._is_open[place])
        self._is_taken[place] = self._is_open[place] = False
        return is_open

    def _put(self, group: Group, is_open: bool) -> None:
        """Gives a kind the place of its first job."""
        entry, entries, taken = group.jobs[0], self._entries, self._is_taken
        if not entries or entries[-1] < entry:
            place = len(entries)
            self._grow()
            entries.append(entry)
            self._at.append(group)
        else:
            place = bisect_left(entries, entry)
            if taken[place] and place and not taken[place - 1]:
                place -= 1
            elif taken[place]:
                self._make_room(place)
            entries[place], self._at[place] = entry, group
        group.place = place
        self._asks[:, :, place] = group.column
        self._is_taken[place], self._is_open[place] = True, is_open
        if is_open and place < self._low:
            self._low = place

    def _grow(self) -> None:
        """Makes the columns longer if all places are used."""
        count = len(self._entries)
        if count == len(self._is_taken):
            self._is_taken = np.append(self._is_taken, np.zeros(count, dtype=bool))
            self._is_open = np.append(self._is_open, np.zeros(count, dtype=bool))
            self._asks = np.append(self._asks, np.full_like(self._asks, inf), axis=2)

    def _make_room(self, place: int) -> None:
        """Moves kinds from a place on by one, up to the next free one."""
        count = len(self._entries)
        taken = self._is_taken[place:count]
        end = count if taken.all() else place + int(taken.argmin())
        if end == count:
            self._grow()
        del self._entries[end : end + 1], self._at[end : end + 1]
        self._entries.insert(place, self._entries[place])
        self._at.insert(place, self._at[place])
        for columns in (self._is_taken, self._is_open, self._asks):
            columns[..., place + 1 : end + 1] = columns[..., place:end]

    def _close_up(self, taken: NDArray[np.intp]) -> None:
        """Gives the free places up."""
        count = len(taken)
        places = taken.tolist()
        self._entries = [self._entries[place] for place in places]
        self._at = [self._at[place] for place in places]
        self._asks[:, :, :count] = self._asks[:, :, taken]
        self._is_taken[:count] = True
        self._is_taken[count:] = self._is_open[count:] = False
