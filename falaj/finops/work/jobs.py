"""Nodes of work that runs to completion, beside the work that runs all month.

The usage file states the hours of a job. Jobs start together, the longest first, on nodes with room and otherwise on
new ones; those that find no room wait until the others have ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from falaj.finops.work.floor import Bought, Key
from falaj.finops.work.packing import Packing
from falaj.finops.work.workloads import Work

Job = Sequence[Work]
"""The groups of pods of one job, which run at the same time."""


class JobHours:
    """Hours of nodes above those of the lasting work, in a month of `month` hours.

    `pending` are pods that find no room even alone, `unfinished` names of jobs for whose hours the month is too short.
    """

    def __init__(self, lasting: Packing, work: Iterable[Work], month: Decimal) -> None:
        self.by_pool: dict[Key, dict[Bought, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        self.pending: list[tuple[Work, int]] = []
        self.unfinished: set[str] = set()
        jobs = sorted(_jobs(work), key=_hours, reverse=True)
        self._lasting, self._month = lasting.as_started() if jobs else lasting, month
        self._run(jobs)

    def _run(self, waiting: Sequence[Job]) -> None:
        elapsed = Decimal(0)
        while waiting and elapsed < self._month:
            longest, waiting = self._run_together(waiting, elapsed)
            elapsed += longest
        self.unfinished.update(job[0].name for job in waiting)

    def _run_together(self, jobs: Sequence[Job], start: Decimal) -> tuple[Decimal, Sequence[Job]]:
        """Runs the jobs that find room at the same time; returns the hours of the longest, and the jobs that wait."""
        packing, longest = self._lasting, Decimal(0)
        waiting: list[Job] = []
        too_large: set[object] = set()
        for job in jobs:
            if (size := _size(job)) in too_large:
                waiting.append(job)
                continue
            pods = [(group, group.expected or 0) for group in job]
            attempt = packing.copy()
            attempt.place(pods)
            if attempt.pending and longest:
                too_large.add(size)
                waiting.append(job)
                continue
            self.pending += attempt.pending
            hours = min(_hours(job), self._month - start)
            if start and hours < _hours(job):
                self.unfinished.add(job[0].name)
            self._count(packing, attempt, hours)
            if _pods(attempt.pending) < _pods(pods):
                longest = max(longest, hours)
            packing = attempt
        return longest, waiting

    def _count(self, before: Packing, after: Packing, hours: Decimal) -> None:
        """Counts the hours of the nodes that a job starts."""
        for old, new in zip(before.pools, after.pools, strict=True):
            for bought, number in new.bought.items():
                if added := number - old.bought[bought]:
                    self.by_pool[new.supply.urn, new.supply.name][bought] += added * hours


def _jobs(work: Iterable[Work]) -> Iterable[Job]:
    by_name: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for group in work:
        by_name[group.namespace.name, group.name].append(group)
    return by_name.values()


def _pods(pods: Iterable[tuple[Work, int]]) -> int:
    return sum(number for _, number in pods)


def _hours(job: Job) -> Decimal:
    return job[0].hours or Decimal(0)


def _size(job: Job) -> object:
    """Returns a value that is the same for jobs that find room on the same nodes."""
    return tuple((each.placement.key, tuple(each.requests.items()), each.expected, str(each.apart)) for each in job)
