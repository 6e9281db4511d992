"""Nodes of a pool and the pods on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from falaj.simulation.platform_model import MachineType

if TYPE_CHECKING:
    from falaj.simulation.jobs.job import Job

ROOM = 1e-6
"""Difference of vCPUs or GiB that counts as rounding."""

NOTED_SECONDS = 10.0
"""Time within which Karpenter does not note a further change of a node's pods, from which it counts the idle time
(sigs.k8s.io/karpenter v1.15.0, pkg/controllers/nodeclaim/podevents/controller.go, `dedupeTimeout`)."""


@dataclass(slots=True, eq=False)
class Pod:
    """A pod of a job."""

    job: Job
    gpus: int
    cpu: float
    memory: float
    machine_gpus: int | None = None
    """GPUs that its machine must have; None if any number will do."""
    node: Node | None = None
    """The node that it runs on."""
    since: float = 0.0
    """Since when it is charged for the node: when it came, or if the node had just started, when that was requested."""
    attempts: int = 0
    """How often the scheduler has found no node for it."""
    tried_at: float = 0.0
    """When it did so last."""
    charged: float = 0.0
    """What the tenant's budget is charged for it, in AED per hour."""

    def share(self, machine: MachineType) -> float:
        """Returns its share of a machine's price on the bill: of the GPUs, or of the vCPUs if there are none."""
        return self.gpus / machine.gpus if machine.gpus else self.cpu / machine.cpu

    def largest_share(self, machine: MachineType) -> float:
        """Returns the largest of its shares, which the controller of budgets charges (`spend_rules`)."""
        return max(self.share(machine), self.cpu / machine.cpu, self.memory / machine.memory_gib)


@dataclass(slots=True, eq=False)
class Node:
    """A machine from its request to its removal."""

    number: int
    machine: MachineType
    is_spot: bool
    zone: int
    requested: float
    aed_per_hour: float
    is_ready: bool = False
    is_closing: bool = False
    """Whether no pod is scheduled on it any more."""
    changed_at: float = 0.0
    """When a pod last came or went."""
    noted_at: float = -inf
    """The same as Karpenter notes it: not again within ten seconds."""
    attributed: float = 0.0
    """AED that jobs have been charged for it."""
    pods: dict[Pod, None] = field(default_factory=dict)
    gpus: int = 0
    cpu: float = 0.0
    memory: float = 0.0
    """Free GPUs, vCPUs and GiB."""
    _largest: Pod | None = None
    """Its largest pod, once that was asked for."""

    def __post_init__(self) -> None:
        self.gpus, self.cpu, self.memory = self.machine.gpus, self.machine.cpu, self.machine.memory_gib
        self.changed_at = self.requested

    @property
    def units(self) -> float:
        """GPUs, or vCPUs if it has none."""
        return self.machine.gpus or self.machine.cpu

    @property
    def largest(self) -> Pod:
        """The pod with the most GPUs, and of those with the most vCPUs. Raises `ValueError` without pods."""
        if self._largest is None:
            self._largest = max(self.pods, key=lambda pod: (pod.gpus, pod.cpu))
        return self._largest

    def has_room(self, pod: Pod) -> bool:
        """Returns whether a pod can be scheduled on it. Work that must not be interrupted avoids spot machines, and
        the pods of one job stay in one zone. Pods may ask for machines with a number of GPUs."""
        return (
            self.gpus >= pod.gpus
            and self.cpu + ROOM >= pod.cpu
            and self.memory + ROOM >= pod.memory
            and not self.is_closing
            and pod.machine_gpus in (None, self.machine.gpus)
            and (pod.job.kind.interruptible or not self.is_spot)
            and (pod.job.zone is None or pod.job.zone == self.zone)
        )

    def add(self, pod: Pod, now: float) -> None:
        """Places a pod."""
        pod.node, pod.since = self, now
        self.pods[pod] = None
        self.gpus -= pod.gpus
        self.cpu -= pod.cpu
        self.memory -= pod.memory
        self._change(now)

    def remove(self, pod: Pod, now: float) -> None:
        """Frees the room of a pod."""
        del self.pods[pod]
        pod.node = None
        self.gpus += pod.gpus
        self.cpu += pod.cpu
        self.memory += pod.memory
        self._change(now)

    def _change(self, now: float) -> None:
        self._largest = None
        self.changed_at = now
        if now - self.noted_at >= NOTED_SECONDS:
            self.noted_at = now
