"""The jobs of a queue that wait, grouped by kind (`kinds`).

Kinds for whose first job nothing can be done are put aside until quota becomes free, as Kueue keeps its
`inadmissibleWorkloads` (v0.17.0, pkg/cache/queue/cluster_queue.go and inadmissible_workloads.go): one in each cycle in
which it is the head. The cycles of heads that certainly do not fit are only counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf

from falaj.simulation.jobs import kinds
from falaj.simulation.jobs.job import Amounts, Job
from falaj.simulation.jobs.kind_columns import Entry, Group, Kind
from falaj.simulation.jobs.kinds import Kinds
from falaj.simulation.jobs.room import Prospects


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
        self._found: list[Group] | None = None
        """The few kinds that may be admitted; None if there are more open kinds, or it is not known."""
        self._is_known = False
        """Whether `_first` and `_ahead` are."""
        self._goes_on = False
        """Whether they are looked for behind the last `_first`, which was put aside."""
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
        group = self._kinds.put_aside((job.kind, job.bound_to))
        if self._sticky is job or not self._is_known or len(self._kinds) <= kinds.FEW_KINDS:
            self._sticky = None if self._sticky is job else self._sticky
            self.forget()
        elif self._found is None:
            self._is_known, self._goes_on = False, True
        else:
            self._found.remove(group)
            self._find_first(self._found)

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
        self._is_known = self._goes_on = False

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
        of, goes_on = self._kinds, self._goes_on
        self._found, self._is_known, self._goes_on = None, True, False
        if len(of) <= kinds.FEW_KINDS:
            self._put_passed_aside()
            groups = of.open_groups()
            self._first, self._ahead = (min(each.jobs[0] for each in groups)[2], 0.0) if groups else (None, inf)
            self.is_over = not groups
        elif of.few is not None:
            self._put_passed_aside()
            self._found = of.few_within(prospects)
            self._find_first(self._found)
            self.is_over = not of.few
        elif boxes := of.possible(prospects):
            if not goes_on:
                self._put_passed_aside()
            found = of.admissible(boxes, prospects)
            self._find_first([] if found is None else [found])
            self.is_over = found is None and not of.is_any_open
        else:
            # Most queues with a backlog have no room at all: no kind is looked at.
            self._first, self._ahead = None, inf

    def _find_first(self, found: Sequence[Group]) -> None:
        """Finds the first job of the kinds that may be admitted, and counts the kinds before it."""
        self._first, self._ahead = None, inf
        if found:
            group = found[0] if len(found) == 1 else min(found, key=lambda each: each.jobs[0])
            self._first, self._ahead = group.jobs[0][2], self._kinds.before(group) - self._passed

    def _put_passed_aside(self) -> None:
        if self._passed == inf:
            self._kinds.put_all_aside()
        elif self._passed:
            self._kinds.put_oldest_aside(int(self._passed))
        self._passed = 0.0
