"""Nodes of work that runs to completion, beside the work that runs all month.

The usage file states the hours of a job. Jobs start together, the longest first, on nodes with room and otherwise on
new ones; those that find no room wait until the others have ended.
"""

from collections import Counter, defaultdict
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
        self._lasting, self._month = lasting.as_started(), month
        self._run(sorted(_jobs(work), key=_hours, reverse=True))

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
            attempt = packing.copy()
            if (size := _size(job)) not in too_large:
                attempt.place((group, group.expected or 0) for group in job)
            if size in too_large or (attempt.pending and longest):
                too_large.add(size)
                waiting.append(job)
                continue
            self.pending += attempt.pending
            hours = min(_hours(job), self._month - start)
            if start and hours < _hours(job):
                self.unfinished.add(job[0].name)
            if self._count(packing, attempt, hours):
                longest = max(longest, hours)
            packing = attempt
        return longest, waiting

    def _count(self, before: Packing, after: Packing, hours: Decimal) -> bool:
        """Counts the hours of nodes that a job starts; returns whether it found any room."""
        for old, new in zip(before.pools, after.pools, strict=True):
            added = Counter(new.bought())
            added.subtract(old.bought())
            for bought, number in added.items():
                if number:
                    self.by_pool[new.supply.urn, new.supply.name][bought] += number * hours
        return any(old.nodes != new.nodes for old, new in zip(before.pools, after.pools, strict=True))


def _jobs(work: Iterable[Work]) -> Iterable[Job]:
    by_name: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for group in work:
        by_name[group.namespace.name, group.name].append(group)
    return by_name.values()


def _hours(job: Job) -> Decimal:
    return job[0].hours or Decimal(0)


def _size(job: Job) -> object:
    """Returns a value that is the same for jobs that find room on the same nodes."""
    return tuple((each.placement.key, tuple(each.requests.items()), each.expected, str(each.apart)) for each in job)
