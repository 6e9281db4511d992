"""Which pod makes room for which, where a node is full: one table."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_kubernetes.scheduling.v1 import PriorityClass


@dataclass(frozen=True)
class Priority:
    """A priority class: what it is for, how high, and whether its pods push lower ones off a node."""

    name: str
    value: int
    pushes: bool
    meaning: str


PLATFORM = Priority("falaj-platform", 1_000_000, True, "Controllers of the platform: without them nothing is placed")
INFERENCE = Priority("falaj-inference", 100_000, True, "Services that answer customers")
TRAINING = Priority("falaj-training", 10_000, False, "Training; the queue decides who goes, not the scheduler")
BATCH = Priority("falaj-batch", 1_000, False, "Work that can wait")

PRIORITIES = (PLATFORM, INFERENCE, TRAINING, BATCH)
"""Highest first. All are above 0, the priority of pods that say nothing, and below Kubernetes' own two billion."""


def priority_classes(name: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> list[PriorityClass]:
    """The classes of the cluster; none is the default, which would change pods that are not ours."""
    return [
        PriorityClass(
            f"{name}-priority-{priority.name}",
            metadata={"name": priority.name, "labels": labels},
            value=priority.value,
            preemption_policy="PreemptLowerPriority" if priority.pushes else "Never",
            description=priority.meaning,
            opts=opts,
        )
        for priority in PRIORITIES
    ]
