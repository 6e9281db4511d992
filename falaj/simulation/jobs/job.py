"""A job of the simulated month, its pods, and what it asks of the pools that it may run on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from falaj.components.core.training.deadline import Machine
from falaj.components.core.training.run_capacity import Record

if TYPE_CHECKING:
    from falaj.simulation.jobs.node import Pod
    from falaj.simulation.jobs.pool import Pool


class Amounts(NamedTuple):
    """GPU devices, vCPUs and GiB of memory, as quotas count them."""

    gpus: float
    cpu: float
    memory: float


Three = tuple[float, float, float]
"""The same without names, which takes less time."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The pods of a job in a pool, all alike. A fraction of a GPU counts as one device."""

    pods: int
    gpus: int
    cpu: float
    memory: float
    machine_gpus: int | None = None
    """GPUs that its machines must have; None if any number will do."""

    @property
    def total(self) -> Amounts:
        """All pods together."""
        return Amounts(self.pods * self.gpus, self.pods * self.cpu, self.pods * self.memory)


@dataclass(frozen=True, slots=True, eq=False)
class JobClass:
    """Jobs that the queue treats alike: if one of them does not fit, none does."""

    tenant: str
    site: str
    interruptible: bool
    asks: Amounts
    shapes: Mapping[str, Shape]
    """Key of a pool -> pods, of all pools that the job may ever run on, in the order in which Kueue tries them."""
    demand: Mapping[str, Amounts]
    """Key of a pool -> what the pods take of its quota."""
    has_choice: bool
    """Whether the controller of runs with deadlines can move it: it is queued, and there are pools of both kinds."""


@dataclass(slots=True, eq=False)
class Job:
    """A job and where it stands."""

    index: int
    kind: JobClass
    submit: float
    run: float
    """Seconds of computation that it needs."""
    deadline: float
    timestamp: float
    """Time by which the queue orders it."""
    bound_to: Machine = Machine.NONE
    """Capacity type that the controller of deadlines holds it to; `NONE` if any."""
    pool: Pool | None = None
    """Where it is admitted; None while it waits."""
    admission: int = 0
    """Number of its admissions; events of an earlier one are void."""
    attempt: int = 0
    """Number of its attempts to compute; events of an earlier one are void."""
    pods: list[Pod] = field(default_factory=list)
    unready: int = 0
    """Pods that are not on a ready node."""
    zone: int | None = None
    """Zone of all its pods: those of a job with several stay together."""
    ready_at: float = inf
    """Since when all its pods have been on ready nodes; infinite while they are not."""
    changed_at: float = 0.0
    """When it became ready, lost a pod, was admitted or began to wait, whichever came last."""
    done: float = 0.0
    """Seconds of computation that are kept."""
    first_begin: float = inf
    """When it first computed."""
    ended: float = inf
    admitted_at: float = 0.0
    requeues: int = 0
    """Times that it was requeued because its pods were not ready."""
    requeue_at: float = 0.0
    """Time before which it is not queued again."""
    is_queued: bool = False
    stops_at: float = 0.0
    """When its pods have ended, after an eviction or an interruption."""
    stopping: bool = False
    """Whether they are ending."""
    leaving: bool = False
    """Whether it goes back to the queue once its pods have ended."""
    record: Record = field(default_factory=Record)
    """What the controller of deadlines has counted."""

    @property
    def left(self) -> float:
        """Seconds of computation that are left."""
        return self.run - self.done
