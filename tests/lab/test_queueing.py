"""Kueue admits runs: spot first, a tenant over its quota waits, borrowed quota is reclaimed."""

from typing import Any

import pytest

from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import LabNamespace, container, job, namespace_manifest, pod_spec

KUEUE = "kueue.x-k8s.io/v1beta2"


@pytest.fixture(autouse=True)
def queued(namespace: LabNamespace) -> None:
    """Lets Kueue manage the test's namespace."""
    namespace.apply(namespace_manifest(namespace.name, queued=True))


def flavor(name: str, capacity: str) -> dict[str, Any]:
    """Returns a flavor of the nodes of a capacity type."""
    return {
        "apiVersion": KUEUE,
        "kind": "ResourceFlavor",
        "metadata": {"name": name},
        "spec": {
            "nodeLabels": {"karpenter.sh/capacity-type": capacity},
            "tolerations": [{"key": "falaj/pool", "operator": "Exists"}],
        },
    }


def queue(tenant: str, flavors: dict[str, int], cohort: str | None = None) -> list[dict[str, Any]]:
    """Returns a tenant's queue with a quota of GPUs for each flavor, in the order in which flavors are tried."""
    quotas = [
        {
            "name": name,
            "resources": [
                {"name": "cpu", "nominalQuota": "1k"},
                {"name": "memory", "nominalQuota": "10Ti"},
                {"name": "nvidia.com/gpu", "nominalQuota": gpus},
            ],
        }
        for name, gpus in flavors.items()
    ]
    spec: dict[str, Any] = {
        "namespaceSelector": {},
        "resourceGroups": [{"coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": quotas}],
        "preemption": {"reclaimWithinCohort": "Any", "withinClusterQueue": "Never"},
    }
    if cohort:
        spec["cohortName"] = cohort
    return [
        {"apiVersion": KUEUE, "kind": "ClusterQueue", "metadata": {"name": tenant}, "spec": spec},
        {
            "apiVersion": KUEUE,
            "kind": "LocalQueue",
            "metadata": {"name": "runs", "namespace": tenant},
            "spec": {"clusterQueue": tenant},
        },
    ]


def _run(namespace: LabNamespace, tenant: str, name: str, gpus: int = 1) -> dict[str, Any]:
    manifest = job(
        namespace, name, pod_spec(None, container("1", "1Gi", gpus)), labels={"kueue.x-k8s.io/queue-name": "runs"}
    )
    manifest["metadata"]["namespace"] = tenant
    manifest["spec"]["suspend"] = True
    # The pods are never scheduled: these tests check admission only.
    manifest["spec"]["template"]["spec"]["schedulingGates"] = [{"name": "lab.falaj/never"}]
    return manifest


def _admitted(namespace: LabNamespace, tenant: str) -> dict[str, str]:
    """Returns the admitted runs of a tenant, each with the flavor of its GPUs."""
    flavors = {}
    for workload in namespace.api.list(KUEUE, "Workload", tenant):
        conditions = {
            condition["type"]: condition["status"] for condition in workload.get("status", {}).get("conditions", ())
        }
        if conditions.get("Admitted") == "True":
            (assigned,) = workload["status"]["admission"]["podSetAssignments"]
            owner = workload["metadata"]["ownerReferences"][0]["name"]
            flavors[owner] = assigned["flavors"]["nvidia.com/gpu"]
    return flavors


def _wait_admitted(namespace: LabNamespace, tenant: str, **expected: str) -> None:
    wait_for(lambda: _admitted(namespace, tenant) == expected, 20, f"{expected} to be admitted for {tenant}")


def test_runs_go_to_spot_first_and_to_on_demand_when_it_is_used_up(namespace: LabNamespace) -> None:
    spot, on_demand = f"{namespace.name}-s", f"{namespace.name}-o"
    namespace.apply(
        flavor(spot, "spot"),
        flavor(on_demand, "on-demand"),
        *queue(namespace.name, {spot: 1, on_demand: 1}),
    )
    namespace.apply(_run(namespace, namespace.name, "first"))
    _wait_admitted(namespace, namespace.name, first=spot)
    namespace.apply(_run(namespace, namespace.name, "second"))
    _wait_admitted(namespace, namespace.name, first=spot, second=on_demand)
    (pod,) = [one for one in namespace.pods("run=first")]
    assert pod["spec"]["nodeSelector"]["karpenter.sh/capacity-type"] == "spot"


def test_a_tenant_over_its_quota_waits_and_another_is_not_disturbed(namespace: LabNamespace) -> None:
    spot, other = f"{namespace.name}-s", f"{namespace.name}-b"
    namespace.apply(flavor(spot, "spot"), namespace_manifest(other, queued=True))
    namespace.apply(*queue(namespace.name, {spot: 1}), *queue(other, {spot: 1}))
    namespace.apply(_run(namespace, namespace.name, "first"))
    _wait_admitted(namespace, namespace.name, first=spot)
    namespace.apply(_run(namespace, namespace.name, "over"), _run(namespace, other, "theirs"))
    _wait_admitted(namespace, other, theirs=spot)
    assert _admitted(namespace, namespace.name) == {"first": spot}
    namespace.api.delete(_run(namespace, namespace.name, "first"))
    _wait_admitted(namespace, namespace.name, over=spot)


def test_borrowed_quota_is_reclaimed_by_its_owner(namespace: LabNamespace) -> None:
    spot, owner = f"{namespace.name}-s", f"{namespace.name}-b"
    namespace.apply(flavor(spot, "spot"), namespace_manifest(owner, queued=True))
    for tenant in (namespace.name, owner):
        namespace.apply(*queue(tenant, {spot: 1}, cohort=namespace.name))
    namespace.apply(_run(namespace, namespace.name, "own"))
    _wait_admitted(namespace, namespace.name, own=spot)
    namespace.apply(_run(namespace, namespace.name, "borrowed"))
    _wait_admitted(namespace, namespace.name, own=spot, borrowed=spot)
    namespace.apply(_run(namespace, owner, "theirs"))
    _wait_admitted(namespace, owner, theirs=spot)
    wait_for(lambda: len(_admitted(namespace, namespace.name)) == 1, 20, "the borrowed quota to be reclaimed")
