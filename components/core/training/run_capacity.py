"""Which capacity type a run with a deadline waits for and runs on, from what Kueue says of its workload. Pure.

The controller in the cluster runs this file, and so does the simulation in the tests, so it imports nothing but the
policy and the standard library.

A run counts as computing while all its pods are ready: no program has to report anything. That is honest as long as the
estimate is: a program that is slower than `estimated_hours`, or hangs, looks as if it made progress. Each new attempt
is taken to have lost the work of one checkpoint interval.
"""

from dataclasses import dataclass
from datetime import datetime

from falaj.components.core.training.deadline import DeadlineRun, Machine, Progress, choose_machine

INTERVAL_SECONDS = 300
"""Seconds between two decisions."""

PATIENCE_SECONDS = 600
"""Seconds that a run waits for quota and a machine until there is said to be no spot machine: longer than a machine
with GPUs takes to start."""


@dataclass(frozen=True)
class Terms:
    """The deadline of a run, as the annotation of its pods has it."""

    deadline: str
    """When it must have ended, ISO 8601 with time zone."""
    work_seconds: float
    """Expected seconds of computation."""
    restart_seconds: float
    """Seconds from the start of its pods until it continues from its checkpoint."""
    checkpoint_seconds: float
    """Seconds between two checkpoints: the work that a lost machine costs at most."""

    @property
    def change_seconds(self) -> float:
        """Seconds that a change of machines costs at most."""
        return PATIENCE_SECONDS + self.restart_seconds + self.checkpoint_seconds


@dataclass(frozen=True)
class Seen:
    """What Kueue says of the workload of a run."""

    created: datetime
    on: Machine
    """Machines of the flavor to which it is admitted; `NONE` while it is not."""
    since: datetime
    """Since when its pods have all been ready, or not; or since when it has been waiting."""
    is_ready: bool


@dataclass(frozen=True)
class Record:
    """What a run has computed, as the annotation of its workload has it."""

    done: float = 0.0
    """Seconds of computation."""
    until: str = ""
    """When this was counted, ISO 8601."""
    attempt: str = ""
    """Since when the pods that were counted have been ready, ISO 8601."""


def count(terms: Terms, record: Record, seen: Seen, now: datetime) -> Record:
    """Returns what a run has computed up to now. Without a record, only the present attempt counts."""
    if not seen.is_ready:
        return Record(record.done, now.isoformat(), "")
    attempt = seen.since.isoformat()
    if record.attempt == attempt:
        return Record(record.done + _seconds(datetime.fromisoformat(record.until), now), now.isoformat(), attempt)
    kept = max(record.done - terms.checkpoint_seconds, 0.0)
    computed = max(_seconds(seen.since, now) - terms.restart_seconds, 0.0)
    return Record(kept + computed, now.isoformat(), attempt)


def choose_capacity(terms: Terms, record: Record, seen: Seen, now: datetime) -> Machine:
    """Returns `SPOT` or `ON_DEMAND`: on which machines a run that has not ended waits and computes from now on.

    A run that takes longer than estimated is taken to need one more second, so it moves when only the time for two
    changes is left.
    """
    length = _seconds(seen.created, datetime.fromisoformat(terms.deadline))
    if length < terms.work_seconds + terms.change_seconds:
        return Machine.ON_DEMAND if seen.on is not Machine.SPOT or not seen.is_ready else Machine.SPOT
    run = DeadlineRun(terms.work_seconds, length, terms.change_seconds, INTERVAL_SECONDS)
    is_waiting = not seen.is_ready and seen.on is not Machine.ON_DEMAND
    progress = Progress(
        elapsed=_seconds(seen.created, now),
        done=min(record.done, terms.work_seconds - 1),
        on=Machine.NONE if is_waiting else seen.on,
    )
    has_spot = not is_waiting or _seconds(seen.since, now) < PATIENCE_SECONDS
    chosen = choose_machine(run, progress, has_spot)
    return Machine.ON_DEMAND if chosen is Machine.ON_DEMAND else Machine.SPOT


def _seconds(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds()
