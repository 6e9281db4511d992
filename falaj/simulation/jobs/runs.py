"""The life of a job: admission, pods, computation with checkpoints, interruptions, and its end.

- The computation begins `restart_seconds` after all pods are ready, also the first time: the image is pulled.
- A job that loses a node or is evicted is asked to stop. An interruptible one saves a checkpoint if that takes no
  longer than the notice; otherwise the work since the last checkpoint is lost. All pods of a job stop together
  (JobSet's `BlockingRecreate`).
- After an interruption the job keeps its admission, and its pods are created again at once. If they are not ready in
  time, Kueue evicts it and requeues it with a growing delay (workload.go `UpdateRequeueState`).
- Jobs that must not be interrupted have no checkpoints: what makes them stop makes them start again.
- A job that has ended leaves its nodes at once, and its quota when Kueue hears of it (`RunModel.release_seconds`). One
  that is evicted leaves its quota at once, and its nodes when its pods have ended: Kueue waits until no pod is active
  (v0.17.0, pkg/controller/jobframework/reconciler.go), and a pod that is asked to end is not (kubernetes 1.36.3,
  job_controller.go, `manageJob`). So the machines are still full when the job that it was evicted for needs them.
- Of a job that is asked to stop, pods without a node are gone at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

from falaj.components.core.training.deadline import Machine
from falaj.simulation.jobs.admission import Admission
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.job import Job
from falaj.simulation.jobs.ledger import Ledger
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.progress import computed, wall_seconds
from falaj.simulation.outcome import Cause
from falaj.simulation.platform_model import RunModel

BACKOFF_SECONDS, LONGEST_BACKOFF_SECONDS = 60.0, 1800.0
"""First and longest delay until an evicted job is queued again (components/kubernetes/queues/kueue.py)."""

LEAST_STOP_SECONDS = 1.0
"""Seconds until the pods of a job that computes nothing have ended after they were asked to."""

Charged = Callable[[Job, float], None]
"""Takes a job, and by how much more its tenant's budget is charged from now on in AED per hour."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A job that is ending its pods."""

    begin: float
    """When it began to compute in this attempt; infinite if it had not."""
    kept: float
    """Seconds of computation of this attempt that are kept."""


class Runs:
    """All jobs of the month. The queues of the sites are given once they exist."""

    def __init__(self, model: RunModel, clock: Clock, ledger: Ledger, charged: Charged) -> None:
        self.admissions: Mapping[str, Admission] = {}
        self._model, self._clock, self._ledger, self._charged = model, clock, ledger, charged
        self.running: dict[Job, None] = {}
        """Jobs that are admitted."""
        self.changing: Callable[[Job], None] = lambda _job: None
        """Called for each job when its pods are created after an admission, and before they are asked to end."""

    def submit(self, job: Job) -> None:
        """Queues a job; one of a tenant without a queue starts at once on the first pool that it may use."""
        job.changed_at = self._clock.now
        if self._queue(job) is None:
            self.start(job, self.pools[next(iter(job.kind.shapes))])
        else:
            self.admissions[job.kind.site].submit(job)

    pools: Mapping[str, Pool]

    def start(self, job: Job, pool: Pool) -> None:
        """Creates the pods of an admitted job."""
        job.pool, job.admitted_at, job.changed_at = pool, self._clock.now, self._clock.now
        job.admission += 1
        self.running[job] = None
        self.changing(job)
        self._clock.after(self._model.pods_ready_seconds, self._check_ready, job, job.admission, job.attempt)
        pool.place(job)

    def ready(self, job: Job) -> None:
        """All pods of a job are on ready nodes."""
        job.attempt += 1
        interval, save = self._checkpoints(job)
        seconds = self._model.restart_seconds + wall_seconds(job.left, interval, save)
        self._clock.after(seconds, self._finish, job, job.attempt)

    def charged(self, job: Job, aed_per_hour: float) -> None:
        """A job's tenant is charged more, or less if negative, from now on."""
        self._charged(job, aed_per_hour)

    def interrupted(self, job: Job, notice: float) -> float:
        """A job loses a node after `notice` seconds. Returns the seconds until its pods have ended."""
        return self._stop(job, notice)

    def evict(self, job: Job) -> None:
        """Ends the pods of a job, and puts it back into the queue; one whose pods have ended frees its quota anyway."""
        if not job.leaving and job.ended == inf:
            job.timestamp, job.requeue_at = job.submit, 0.0
            self._evict(job)

    def move(self, job: Job, machines: Machine) -> None:
        """Binds a run with a deadline to a capacity type: it waits for that, or leaves its pool for it."""
        admission = self.admissions[job.kind.site]
        if job.pool is not None:
            job.bound_to, job.requeues = machines, 0
            self.evict(job)
            return
        if job.is_queued:
            admission.withdraw(job)
        job.bound_to, job.requeues, job.timestamp = machines, 0, job.submit
        admission.submit(job)

    def settle(self, job: Job) -> None:
        """Counts what a job has computed by the end of the month."""
        begin = self._begin(job)
        kept = 0.0
        if begin < self._clock.now:
            kept = computed(self._clock.now - begin, job.left, *self._checkpoints(job)).done
        self._account(job, begin, kept)

    def _queue(self, job: Job) -> Admission | None:
        admission = self.admissions.get(job.kind.site)
        return admission if admission is not None and job.kind.tenant in admission.cohort.queues else None

    def _checkpoints(self, job: Job) -> tuple[float, float]:
        """Returns the seconds of work between two checkpoints, and those that one takes."""
        model = self._model
        return (model.checkpoint_seconds, model.save_seconds) if job.kind.interruptible else (inf, 0.0)

    def _begin(self, job: Job) -> float:
        return job.ready_at + self._model.restart_seconds

    def _evict(self, job: Job) -> None:
        job.leaving = True
        if not job.stopping and job.pool is not None:
            self._stop(job, job.pool.model.grace_seconds)
        self._clock.after(self._model.evicted_seconds, self._free, job, job.admission)

    def _finish(self, job: Job, attempt: int) -> None:
        if job.attempt != attempt or job.pool is None:
            return
        self.changing(job)
        job.attempt += 1
        self._account(job, self._begin(job), job.left)
        job.ended = self._clock.now
        del self.running[job]
        job.pool.release(job)
        self._clock.after(self._model.release_seconds, self._free, job, job.admission)

    def _stop(self, job: Job, notice: float) -> float:
        """Asks a job to stop. Returns the seconds until its pods have ended."""
        begin, now = self._begin(job), self._clock.now
        if job.stopping:
            return job.stops_at - now
        self.changing(job)
        interval, save = self._checkpoints(job)
        hold, kept = LEAST_STOP_SECONDS, 0.0
        if begin < now:
            progress = computed(now - begin, job.left, interval, save)
            saves = job.kind.interruptible and save <= notice
            kept = progress.done if saves else progress.kept
            hold = max((save if saves else notice) if job.kind.interruptible else 0.0, hold)
        if begin < inf:
            job.attempt += 1
            job.changed_at = now
        if job.pool is not None:
            job.pool.withdraw(job)
        job.stopping, job.stops_at = True, now + hold
        self._clock.after(hold, self._stopped, job, Stop(begin, kept))
        return hold

    def _stopped(self, job: Job, stop: Stop) -> None:
        self._account(job, stop.begin, stop.kept)
        job.done += stop.kept
        job.stopping = False
        pool = job.pool
        if job.leaving or pool is None:
            self._leave(job)
            self._requeue(job)
            return
        pool.release(job)
        if stop.begin < inf:
            self._clock.after(self._model.recover_seconds, self._check_ready, job, job.admission, job.attempt)
        pool.place(job)

    def _leave(self, job: Job) -> None:
        """Frees nodes and quota of a job, whose quota may be free already."""
        if job.pool is None:
            return
        del self.running[job]
        job.pool.release(job)
        self._free(job, job.admission)
        job.pool = None

    def _free(self, job: Job, admission: int) -> None:
        """Gives the quota of an admission back, if the job still has it."""
        if job.admission == admission and (queue := self._queue(job)) is not None:
            queue.free(job)
        if job.ended < inf:
            job.pool = None

    def _requeue(self, job: Job) -> None:
        job.leaving = False
        if job.requeue_at > self._clock.now:
            self._clock.at(job.requeue_at, self._queue_again, job, job.admission)
        else:
            self._queue_again(job, job.admission)

    def _queue_again(self, job: Job, admission: int) -> None:
        queue = self._queue(job)
        if queue is not None and not job.is_queued and job.pool is None and job.admission == admission:
            queue.submit(job)

    def _check_ready(self, job: Job, admission: int, attempt: int) -> None:
        """Evicts a job whose pods have not been ready since its admission, or since it lost one."""
        if job.admission != admission or job.attempt != attempt or job.pool is None or self._queue(job) is None:
            return
        if job.leaving:
            return
        job.timestamp = now = self._clock.now
        job.requeue_at = now + min(BACKOFF_SECONDS * 2**job.requeues, LONGEST_BACKOFF_SECONDS)
        job.requeues += 1
        self._evict(job)

    def _account(self, job: Job, begin: float, kept: float) -> None:
        """Charges the pods of an attempt that ends now, of which `kept` seconds of computation count."""
        pool, now = job.pool, self._clock.now
        if pool is None:
            return
        starts_first = job.first_begin == inf
        ready, begin = min(job.ready_at, now), min(begin, now)
        if begin < now:
            job.first_begin = min(job.first_begin, begin)
        for pod in job.pods:
            self._ledger.charge(pool.model, pod, Cause.STARTING, ready - pod.since)
            self._ledger.charge(pool.model, pod, Cause.STARTING if starts_first else Cause.LOST, begin - ready)
            self._ledger.charge(pool.model, pod, Cause.WORK, kept)
            self._ledger.charge(pool.model, pod, Cause.LOST, now - begin - kept)
            self._ledger.gpu_hours_used += pod.gpus * kept / 3600
