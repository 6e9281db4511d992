"""The jobs of a queue that wait, grouped by kind (`kinds`).

Kinds for whose first job nothing can be done are put aside until quota becomes free, as Kueue keeps its
`inadmissibleWorkloads` (v0.17.0, pkg/cache/queue/cluster_queue.go and inadmissible_workloads.go): one in each cycle in
which it is the head. The cycles of heads that certainly do not fit are only counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

from falaj.simulation.jobs import kinds
from falaj.simulation.jobs.job import Amounts, Job
from falaj.simulation.jobs.kind_columns import Entry, Kind
from falaj.simulation.jobs.kinds import Kinds
from falaj.simulation.jobs.room import Prospects

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Backlog:
    """The jobs of a queue that wait."""

    def __init__(self, keys: Sequence[str], demand: Callable[[Kind], Mapping[str, Amounts]]) -> None:
        """`keys` are those of all pools in the queue; `demand` returns what the jobs of a kind ask for in each pool on
        which they may run now."""
        self.blocked = False
        """Whether its head waits for jobs that end."""
        self.is_over = True
        """Whether all kinds with jobs are aside."""
        self._kinds = Kinds(keys, demand)
        self._entries: dict[Job, Entry] = {}
        self._sticky: Job | None = None
        self._found: NDArray[np.intp] | None = None
        """Numbers of the kinds that may be admitted; None if there are few kinds, or it is not known."""
        self._is_partial = False
        """Whether there are younger ones that have not been looked at."""
        self._failed = 0
        """Failed searches for jobs to evict that they have been compared with."""
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
        self._entries[job] = entry = (job.timestamp, job.index, job)
        self._kinds.push((job.kind, job.bound_to), entry)
        self.is_over &= self._kinds.few == []
        self.forget()

    def pop(self, job: Job) -> None:
        """Removes a job."""
        del self._entries[job]
        self._kinds.pop((job.kind, job.bound_to), self._entries)
        if self._sticky is job:
            self._sticky = None
        self.forget()

    def put_aside(self, job: Job) -> None:
        """Leaves the jobs of this kind waiting until quota becomes free."""
        number = self._kinds.put_aside((job.kind, job.bound_to))
        if self._sticky is job:
            self._sticky = None
            self.forget()
        elif self._found is None:
            self.forget()
        else:
            self._found = self._found[self._found != number]
            self._find_first(self._found)
            if self._is_partial and self._first is None:
                self.forget()

    def unblock(self) -> None:
        """Considers the head again that waits for jobs that end, but none that was put aside."""
        self.blocked = False
        self.forget()

    def retry(self) -> None:
        """Considers all jobs again, but no head that waits for jobs that end."""
        self._kinds.open_all(len(self._entries))
        self._passed, self.is_over = 0.0, not self._entries
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
        elif self._failed != prospects.failed and self._found is not None and len(self._found) > kinds.FEW_KINDS:
            self._leave_out_failed(self._found, prospects)
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
        self._found, self._is_known, self._is_partial = None, True, False
        self._failed = prospects.failed
        of = self._kinds
        if len(of) <= kinds.FEW_KINDS:
            self._put_passed_aside()
            numbers = of.open_numbers()
            self._first, self._ahead = (of.first(numbers)[2], 0.0) if len(numbers) else (None, inf)
            self.is_over = not len(numbers)
        elif of.few is not None:
            self._put_passed_aside()
            self._found = of.few_within(prospects)
            self._find_first(self._found)
            self.is_over = not of.few
        elif boxes := of.possible(prospects):
            self._put_passed_aside()
            self._found, self._is_partial = of.admissible(boxes, prospects)
            self._find_first(self._found)
            self.is_over = self._first is None and not of.is_any_open
        else:
            # Most queues with a backlog have no room at all: no kind is looked at.
            self._first, self._ahead = None, inf

    def _leave_out_failed(self, found: NDArray[np.intp], prospects: Prospects) -> None:
        """Leaves out the kinds that fail for the reason of one that was evaluated."""
        self._failed = prospects.failed
        self._found = self._kinds.evicting(found, self._kinds.possible(prospects), prospects)
        self._find_first(self._found)
        if self._is_partial and self._first is None:
            self._look(prospects)

    def _find_first(self, found: NDArray[np.intp]) -> None:
        """Finds the first job of the kinds that may be admitted, and counts the kinds before it."""
        self._first, self._ahead = None, inf
        if len(found):
            first = self._kinds.first(found)
            self._first, self._ahead = first[2], self._kinds.before(first) - self._passed

    def _put_passed_aside(self) -> None:
        if self._passed == inf:
            self._kinds.put_all_aside()
        elif self._passed:
            self._kinds.put_oldest_aside(int(self._passed))
        self._passed = 0.0
