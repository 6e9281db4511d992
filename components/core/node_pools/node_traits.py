"""Properties of a cloud's nodes that queues, training runs and services depend on. Pure.

Each cloud defines its own in its rules (`core/site/rules.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.validation.enums import Capacity


@dataclass(frozen=True)
class IdentityEndpoint:
    """Addresses from which pods get the credentials of their workload identity."""

    cidr: str
    port: int
    except_cidrs: tuple[str, ...] = ()
    """Blocks inside `cidr` that remain closed."""


@dataclass(frozen=True)
class NodeTraits:
    """Properties of nodes, and the labels and taints that the cloud adds to them."""

    notice_seconds: int
    """Maximum notice in seconds before a spot machine is reclaimed; 0 without notice."""
    grace_seconds: int
    """Termination grace period of pods in seconds: the notice minus the time that it takes to arrive."""
    start_seconds: int
    """Seconds from a pending pod to a ready node if the cloud has capacity; 0 if no nodes are created."""
    group_labels: Mapping[Capacity, Mapping[str, str]] = field(default_factory=dict[Capacity, Mapping[str, str]])
    """Capacity -> labels that the cloud sets on nodes of its node groups."""
    spot_taints: tuple[Taint, ...] = ()
    """Taints that the cloud adds to spot nodes."""
    pod_labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Labels that a pod must have to get workload identity tokens."""
    client_id_annotation: str | None = None
    """Annotation of a service account with the client ID of its identity; None if identities have no client ID."""
    identity_endpoint: IdentityEndpoint | None = None
    """Where pods with `pod_labels` get their credentials, if that is outside the site's network."""
    zone_label: str = "topology.kubernetes.io/zone"
    """Label of a node with its availability zone, by the ID that settings use."""
    gpu_count_label: str | None = None
    """Label by which Karpenter chooses machine types with a number of GPUs; None if its nodes have none."""
    least_billed_seconds: int = 0
    """Least time in seconds that a machine is billed for; 0 for machines that are not billed by time."""
    gpu_runtime_class: str | None = None
    """Runtime class of the GPU operator's pods on nodes whose image includes the drivers; the default class if None."""


OWN_NODES = NodeTraits(notice_seconds=0, grace_seconds=100, start_seconds=0)
"""Traits of an existing cluster. People drain its nodes, with the same grace period as on AWS."""
