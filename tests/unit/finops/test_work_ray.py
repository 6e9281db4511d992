"""Pods of Ray: clusters, services and jobs, as KubeRay starts them."""

from __future__ import annotations

from typing import Any

import pytest

from falaj.finops.work.pod_groups import form_of
from tests.unit.finops.test_work_operators import pods
from tests.unit.finops.work_plans import pod

CLUSTER: dict[str, Any] = {
    "headGroupSpec": {"template": pod("2")},
    "workerGroupSpecs": [
        {"replicas": 3, "template": pod("8")},
        {"minReplicas": 2, "template": pod("4")},
        {"minReplicas": 2, "replicas": 1, "template": pod("5")},
        {"replicas": 9, "maxReplicas": 6, "template": pod("6")},
        {"replicas": 5, "suspend": True, "template": pod("7")},
    ],
}
EXPECTED = [(1, 2000, 0), (3, 8000, 0), (2, 4000, 0), (2, 5000, 0), (6, 6000, 0)]
"""Head, and workers between the bounds of their group (KubeRay, GetWorkerGroupDesiredReplicas; 2026-11-27)."""


@pytest.mark.parametrize(
    ("kind", "spec", "ends"),
    [
        ("ray.io/v1:RayCluster", CLUSTER, False),
        ("ray.io/v1:RayService", {"rayClusterConfig": CLUSTER}, False),
        ("ray.io/v1:RayJob", {"rayClusterSpec": CLUSTER}, True),
    ],
)
def test_pods_of_ray(kind: str, spec: dict[str, Any], ends: bool) -> None:
    assert [found for found in pods(kind, spec) if found[0]] == EXPECTED
    form = form_of(f"kubernetes:{kind}")
    assert form is not None
    assert form.ends is ends
