"""Priority classes of the cluster."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_kubernetes.scheduling.v1 import PriorityClass

from falaj.components.core.tenancy.queue_specs import BATCH_PRIORITY, TRAINING_PRIORITY


@dataclass(frozen=True)
class Priority:
    """A priority class: its value, whether it preempts pods of lower priority, and its description."""

    name: str
    value: int
    preempts: bool
    meaning: str


PLATFORM = Priority("falaj-platform", 1_000_000, True, "Controllers of the platform: without them nothing is placed")
INFERENCE = Priority("falaj-inference", 100_000, True, "Services that answer customers")
TRAINING = Priority(TRAINING_PRIORITY, 10_000, False, "Training; the queue decides who goes, not the scheduler")
BATCH = Priority(BATCH_PRIORITY, 1_000, False, "Work that can wait")

CRITICAL = "system-cluster-critical"
"""Kubernetes' own class for what a cluster cannot do without. Unlike the platform's classes it always exists."""

PRIORITIES = (PLATFORM, INFERENCE, TRAINING, BATCH)
"""Priority classes, highest first. All values are above 0, the default, and below Kubernetes' system classes (two
billion)."""


def priority_classes(name: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> list[PriorityClass]:
    """Creates the priority classes. None is the global default, which would change the priority of other pods."""
    return [
        PriorityClass(
            f"{name}-priority-{priority.name}",
            metadata={"name": priority.name, "labels": labels},
            value=priority.value,
            preemption_policy="PreemptLowerPriority" if priority.preempts else "Never",
            description=priority.meaning,
            opts=opts,
        )
        for priority in PRIORITIES
    ]
