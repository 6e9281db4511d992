"""Placeholder pods raise a pool's minimum, and nothing else does (`components/kubernetes/cluster/keep_warm.py`)."""

from typing import Any

import pytest

from falaj.facts.keep_warm import KEEP_WARM
from tests.unit.finops.plans import Row, karpenter_pool
from tests.unit.finops.test_work_nodes import QUIET, nodes
from tests.unit.finops.work_plans import deployment, pod

TERM = {"labelSelector": {"matchLabels": {"falaj/pool": "cpu"}}, "topologyKey": "kubernetes.io/hostname"}
REQUIRED = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [TERM]}}
PREFERRED = {
    "podAntiAffinity": {
        "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": TERM}],
    }
}
BY_ZONE = {
    "podAntiAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": [TERM | {"topologyKey": "example.com/rack"}],
    }
}


def placeholder(replicas: int, affinity: dict[str, Any] = REQUIRED, **spec: Any) -> Row:
    selector = {"nodeSelector": {"falaj/pool": "cpu"}, "affinity": affinity, "labels": {"falaj/pool": "cpu"}}
    return deployment("web", replicas, pod("100m", "8Mi", **selector, **spec))


def cpu_pool(most: int | str) -> Row:
    return karpenter_pool("cpu", ["m7g.2xlarge"], limits={"nodes": most})


@pytest.mark.parametrize(
    ("work", "kept"),
    [
        (placeholder(4, PREFERRED), 1),
        (placeholder(4, PREFERRED, priorityClassName=KEEP_WARM), 1),
        (placeholder(4, BY_ZONE, priorityClassName=KEEP_WARM), 1),
        (placeholder(4, REQUIRED, priorityClassName=KEEP_WARM), 4),
        (placeholder(4, REQUIRED), 4),  # not a placeholder, but its pods are apart
    ],
)
def test_only_pods_that_must_be_apart_take_a_node_each(work: Row, kept: int) -> None:
    """Four pods of 100 millicores share one machine of eight cores, unless no two may share a node."""
    assert nodes(cpu_pool(6), work, usage=QUIET) == (kept, kept, 6)


def test_placeholders_never_exceed_the_limit_of_their_pool() -> None:
    work = placeholder(9, REQUIRED, priorityClassName=KEEP_WARM)
    assert nodes(cpu_pool(2), work, usage=QUIET) == (2, 2, 2)


def test_a_placeholder_raises_the_minimum_that_the_load_counts_from() -> None:
    """A load of 0.5 is half of the machines between a minimum of 2 and a maximum of 6, on top of the minimum."""
    load = "profiles: {training: {load: 0.5}}"
    assert nodes(cpu_pool(6), placeholder(2, REQUIRED, priorityClassName=KEEP_WARM), usage=load) == (2, 4, 6)
    assert nodes(cpu_pool(6), placeholder(2, REQUIRED), usage=load) == (2, 3, 6)
