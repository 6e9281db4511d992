"""Groups of a LeaderWorkerSet that have a node for themselves (kubernetes-sigs/lws, SetExclusiveAffinities)."""

from typing import Any

import pytest

from tests.unit.finops.plans import TAGS, Row, karpenter_pool
from tests.unit.finops.test_work_nodes import nodes
from tests.unit.finops.work_plans import deployment, pod

POOL = karpenter_pool("cpu", ["m7g.2xlarge", "m7g.4xlarge"], limits={"nodes": "9"})
QUIET = "profiles: {training: {load: 0}}"


def group_set(name: str, replicas: int, size: int, topology: str = "", cpu: str = "500m") -> Row:
    annotations = {"leaderworkerset.sigs.k8s.io/exclusive-topology": topology} if topology else {}
    spec: dict[str, Any] = {
        "replicas": replicas,
        "leaderWorkerTemplate": {"size": size, "workerTemplate": pod(cpu, "1Gi")},
    }
    metadata = {"name": name, "labels": TAGS, "annotations": annotations}
    return "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", f"uae-{name}", {"metadata": metadata, "spec": spec}


HOST = "kubernetes.io/hostname"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((group_set("llm", 3, 2, HOST),), 3),
        ((group_set("llm", 3, 2),), 1),
        ((group_set("llm", 2, 2, HOST), group_set("other", 1, 2)), 3),
        ((group_set("llm", 2, 2, HOST), deployment("web", 1, pod("500m", "1Gi"))), 2),
    ],
)
def test_an_exclusive_group_shares_its_node_with_no_other_group(rows: tuple[Row, ...], expected: int) -> None:
    assert nodes(POOL, *rows, usage=QUIET)[1] == expected


def test_all_pods_of_an_exclusive_group_fit_on_its_node() -> None:
    """Five pods of 3 CPU each need one machine of 16 vCPU; six fit on none."""
    assert nodes(POOL, group_set("llm", 2, 5, HOST, "3"), usage=QUIET)[:2] == (2, 2)
    assert nodes(POOL, group_set("llm", 2, 6, HOST, "3"), usage=QUIET)[:2] == (0, 0)
