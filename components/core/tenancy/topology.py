"""Topology of an on-premises cluster, by which Kueue places the pods of a run near each other. Pure.

Kueue 0.17.0 (pkg/cache/scheduler/tas_flavor.go, apis/kueue/v1beta2/topology_types.go) counts the free capacity of nodes
that exist and have the labels of all levels. It never admits a job to nodes that an autoscaler has yet to create, so
clouds keep an affinity to one zone.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.names import LabelKey

TopologyLabels = Annotated[Sequence[LabelKey], Field(max_length=15)]
"""Labels of nodes for the levels of a topology, widest first; Kueue allows 16 levels, of which the last is the node."""

HOST = "kubernetes.io/hostname"
"""Label of the narrowest level, which every node has. With it Kueue selects the node of each pod."""

NAME = "falaj"
"""Name of the Topology."""

PREFERRED = "kueue.x-k8s.io/podset-preferred-topology"
"""Annotation with the narrowest level in which all pods should run; Kueue takes a wider one if they do not fit."""


def levels(labels: Sequence[str]) -> list[dict[str, str]]:
    """Returns the levels of the Topology, with the node as the narrowest one."""
    return [{"nodeLabel": label} for label in (*labels, HOST)]
