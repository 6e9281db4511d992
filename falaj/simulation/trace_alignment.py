"""Work of several traces as one: their times count from the earliest start."""

from collections.abc import Sequence
from dataclasses import replace

from falaj.simulation.work import Work

MOST_DAYS = 93
"""Days from the first start to the last end of traces that are replayed together: a quarter of a year."""


def aligned_work(works: Sequence[Work]) -> Work:
    """Returns the work of traces of which at most one has jobs, and at most one has requests."""
    start = min(work.start for work in works)
    moved = [_moved(work, (work.start - start).total_seconds()) for work in works]
    return Work(
        start=start,
        length=max(work.length for work in moved),
        jobs=next((work.jobs for work in moved if work.jobs is not None), None),
        requests=next((work.requests for work in moved if work.requests is not None), None),
        spot={pool: capacity for work in moved for pool, capacity in work.spot.items()},
        sources=tuple(days for work in moved for days in work.sources),
        notes=tuple(dict.fromkeys(note for work in moved for note in work.notes)),
    )


def _moved(work: Work, seconds: float) -> Work:
    """Returns work that begins so many seconds later, counted from an earlier start."""
    jobs, requests = work.jobs, work.requests
    return replace(
        work,
        length=work.length + seconds,
        jobs=jobs and replace(jobs, submit=jobs.submit + seconds, deadline=jobs.deadline + seconds),
        requests=requests and replace(requests, at=requests.at + seconds),
    )
