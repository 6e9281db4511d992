"""What the nodes of one cloud are like, as queues, runs and services need to know it. Pure.

Each cloud states its own in its rules (`core/site/rules.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.validation.enums import Capacity


@dataclass(frozen=True)
class NodeTraits:
    """Facts about nodes, and what the cloud adds to them by itself."""

    notice_seconds: int
    """Notice before a spot machine is reclaimed, at most."""
    grace_seconds: int
    """Seconds between a pod's SIGTERM and SIGKILL: the notice, less the time that it takes to arrive."""
    start_seconds: int
    """From a pending pod to a ready node, where the cloud has capacity; 0 where no node is created."""
    group_labels: Mapping[Capacity, Mapping[str, str]] = field(default_factory=dict[Capacity, Mapping[str, str]])
    """Capacity -> labels that nodes of the cloud's own node groups carry."""
    spot_taints: tuple[Taint, ...] = ()
    """Taints that the cloud adds to spot nodes."""
    pod_labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Labels that pods need to get the tokens of a workload identity."""
    gpu_runtime_class: str | None = None
    """Runtime class of the GPU operator's own pods on nodes whose image has the drivers; Kubernetes' own if None."""


OWN_NODES = NodeTraits(notice_seconds=0, grace_seconds=100, start_seconds=0)
"""Of a cluster that is there already. Its nodes are drained by people, who wait as long as on AWS."""
