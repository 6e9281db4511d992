"""The controller of runs with a deadline: `run_capacity` itself, which calls `deadline.choose_machine`.

It sees what Kueue says: whether a run is admitted, to which capacity type, and since when its pods are ready. Without
pools of both kinds it has no choice, and such runs are placed like any other.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from math import inf, isfinite

from falaj.components.core.training.deadline import Machine
from falaj.components.core.training.run_capacity import Seen, Terms, choose_capacity, count
from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs.admission import EXCLUDED
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.job import Job
from falaj.simulation.jobs.runs import Runs
from falaj.simulation.platform_model import RunModel

LEAST_LOOKS = 2
"""Decisions for which a run that computes is left alone at least: for fewer it is not worth it."""


@dataclass(frozen=True, slots=True)
class _Run:
    job: Job
    terms: Terms
    created: datetime


class DeadlineController:
    """Decides for each run with a deadline, every `deadline_interval_seconds`.

    A run that waits is left alone until time alone changes the decision, or it is admitted: nothing else does. One that
    computes on spot machines stays there until it is interrupted (`choose_machine`), and is left alone up to then; one
    that computes on on-demand machines until it would return to spot machines.
    """

    def __init__(self, model: RunModel, start: datetime, runs: Runs, clock: Clock) -> None:
        self._model, self._start, self._runs, self._clock = model, start, runs, clock
        self._looks = 0
        """Times that it has decided."""
        self._looked = 0.0
        """When it did so last."""
        self._awake: dict[Job, _Run] = {}
        """Runs for which it decides the next time."""
        self._asleep: dict[Job, _Run] = {}
        self._alarms: list[tuple[int, int, _Run]] = []
        """Number of the decision before which a run that sleeps is woken; its index; the run."""
        runs.changing = self._wake
        clock.at(0.0, self._decide_all)

    def watch(self, job: Job) -> None:
        """Takes care of a job from its submission on, if it has a deadline and a choice of machines."""
        if not (isfinite(job.deadline) and job.kind.has_choice):
            return
        deadline = self._start + timedelta(seconds=job.deadline)
        model = self._model
        terms = Terms(deadline.isoformat(), job.run, model.restart_seconds, model.checkpoint_seconds)
        self._awake[job] = _Run(job, terms, self._start + timedelta(seconds=job.submit))

    def _wake(self, job: Job) -> None:
        """Decides for a run again, and counts what it would have counted up to its last decision."""
        if (run := self._asleep.pop(job, None)) is not None:
            self._awake[job] = run
            if _counts(job):
                looked = self._start + timedelta(seconds=self._looked)
                job.record = count(run.terms, job.record, self._seen(run), looked)

    def _decide_all(self) -> None:
        while self._alarms and self._alarms[0][0] <= self._looks:
            self._wake(heappop(self._alarms)[2].job)
        self._looked = self._clock.now
        for run in sorted(self._awake.values(), key=lambda run: run.job.index):
            if isfinite(run.job.ended):
                del self._awake[run.job]
            else:
                self._decide(run)
        self._looks += 1
        self._clock.after(self._model.deadline_interval_seconds, self._decide_all)

    def _decide(self, run: _Run) -> None:
        job = run.job
        if job.leaving:
            return
        now, seen = self._start + timedelta(seconds=self._clock.now), self._seen(run)
        if _counts(job):
            job.record = count(run.terms, job.record, seen, now)
        machines = choose_capacity(run.terms, job.record, seen, now)
        is_excluded = job.pool is not None and job.pool.model.capacity in EXCLUDED[machines]
        if is_excluded or (job.pool is None and job.bound_to is not machines):
            self._runs.move(job, machines)
        elif job.pool is None:
            self._sleep(run, seen, machines)
        elif seen.is_ready and seen.on is Machine.SPOT:
            self._asleep[job] = self._awake.pop(job)
        elif seen.is_ready:
            self._sleep(run, seen, machines)

    def _seen(self, run: _Run) -> Seen:
        job = run.job
        since = self._start + timedelta(seconds=job.changed_at)
        return Seen(run.created, _machines(job), since, _is_ready(job))

    def _sleep(self, run: _Run, seen: Seen, machines: Machine) -> None:
        """Leaves a run alone until the decision before the first one that differs.

        That is at most one of a run that waits: the longer it waits, the further it is behind. It is at most one, too,
        of a run that computes, until it has computed what was estimated: up to then it gains on the straight line.
        """
        interval, now, job = self._model.deadline_interval_seconds, self._clock.now, run.job

        def changes(looks: int) -> bool:
            later = self._start + timedelta(seconds=now + looks * interval)
            record = count(run.terms, job.record, seen, later) if seen.is_ready else job.record
            return choose_capacity(run.terms, record, seen, later) is not machines

        left = int((self._clock.length - now) // interval) + 1
        if seen.is_ready:
            left = min(left, int((run.terms.work_seconds - 1 - job.record.done) // interval))
            if left < LEAST_LOOKS:
                return
        self._asleep[job] = self._awake.pop(job)
        if changes(left):
            heappush(self._alarms, (self._looks + max(_first(changes, left) - 1, 1), job.index, run))
        elif seen.is_ready:
            heappush(self._alarms, (self._looks + left, job.index, run))


def _is_ready(job: Job) -> bool:
    return job.ready_at < inf and not job.stopping


def _counts(job: Job) -> bool:
    """Returns whether `count` changes what is known of a run: of one that waits, and did before, it only notes when."""
    return _is_ready(job) or bool(job.record.attempt)


def _first(holds: Callable[[int], bool], last: int) -> int:
    """Returns the first number from 1 on for which a condition holds that holds for all after it, `last` among them.

    Most are small: decisions change soon, when there is said to be no spot machine."""
    lowest, highest = 1, 2
    while highest < last and not holds(highest):
        lowest, highest = highest, 2 * highest
    return bisect_left(range(last), True, lo=lowest, hi=min(highest, last), key=holds)


def _machines(job: Job) -> Machine:
    """Returns the machines of the pool to which a job is admitted; prepaid ones count as spot machines."""
    if job.pool is None:
        return Machine.ON_DEMAND if job.bound_to is Machine.ON_DEMAND else Machine.NONE
    return Machine.ON_DEMAND if job.pool.model.capacity is Capacity.ON_DEMAND else Machine.SPOT


def missed(jobs: Iterable[Job], length: float) -> tuple[int, int]:
    """Returns how many jobs had a deadline within the month, and how many of them had not ended by it."""
    due = [job for job in jobs if isfinite(job.deadline) and (job.deadline <= length or job.ended <= length)]
    return len(due), sum(job.ended > job.deadline for job in due)
