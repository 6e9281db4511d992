"""Kueue shares out machines: spot first, a tenant over its quota waits, what was lent comes back."""

from typing import Any

from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import Place, container, job, namespace, pod_spec

KUEUE = "kueue.x-k8s.io/v1beta2"


def _flavor(name: str, capacity: str) -> dict[str, Any]:
    return {
        "apiVersion": KUEUE,
        "kind": "ResourceFlavor",
        "metadata": {"name": name},
        "spec": {
            "nodeLabels": {"karpenter.sh/capacity-type": capacity},
            "tolerations": [{"key": "falaj/pool", "operator": "Exists"}],
        },
    }


def _queue(place: Place, tenant: str, flavors: dict[str, int], cohort: str | None = None) -> list[dict[str, Any]]:
    """A tenant's queue: GPUs of each flavor, in the order in which they are tried."""
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


def _run(place: Place, tenant: str, name: str, gpus: int = 1) -> dict[str, Any]:
    one = job(place, name, pod_spec(None, container("1", "1Gi", gpus)), labels={"kueue.x-k8s.io/queue-name": "runs"})
    one["metadata"]["namespace"] = tenant
    one["spec"]["suspend"] = True
    # Pods of these runs need no node: what is looked at is who is let in.
    one["spec"]["template"]["spec"]["schedulingGates"] = [{"name": "lab.falaj/never"}]
    return one


def _admitted(place: Place, tenant: str) -> dict[str, str]:
    """Runs of a tenant that were let in, each with the flavor of its GPUs."""
    found = {}
    for workload in place.api.list(KUEUE, "Workload", tenant):
        conditions = {one["type"]: one["status"] for one in workload.get("status", {}).get("conditions", ())}
        if conditions.get("Admitted") == "True":
            (assigned,) = workload["status"]["admission"]["podSetAssignments"]
            owner = workload["metadata"]["ownerReferences"][0]["name"]
            found[owner] = assigned["flavors"]["nvidia.com/gpu"]
    return found


def _let_in(place: Place, tenant: str, **expected: str) -> None:
    wait_for(lambda: _admitted(place, tenant) == expected, 20, f"{expected} to be let in for {tenant}")


def test_runs_go_to_spot_first_and_to_on_demand_when_it_is_used_up(place: Place) -> None:
    spot, paid = f"{place.name}-s", f"{place.name}-o"
    place.apply(_flavor(spot, "spot"), _flavor(paid, "on-demand"), *_queue(place, place.name, {spot: 1, paid: 1}))
    place.apply(_run(place, place.name, "first"))
    _let_in(place, place.name, first=spot)
    place.apply(_run(place, place.name, "second"))
    _let_in(place, place.name, first=spot, second=paid)
    (pod,) = [one for one in place.pods("run=first")]
    assert pod["spec"]["nodeSelector"]["karpenter.sh/capacity-type"] == "spot"


def test_a_tenant_over_its_quota_waits_and_another_is_not_disturbed(place: Place) -> None:
    spot, other = f"{place.name}-s", f"{place.name}-b"
    place.apply(_flavor(spot, "spot"), namespace(other))
    place.apply(*_queue(place, place.name, {spot: 1}), *_queue(place, other, {spot: 1}))
    place.apply(_run(place, place.name, "first"))
    _let_in(place, place.name, first=spot)
    place.apply(_run(place, place.name, "over"), _run(place, other, "theirs"))
    _let_in(place, other, theirs=spot)
    assert _admitted(place, place.name) == {"first": spot}
    place.api.delete(_run(place, place.name, "first"))
    _let_in(place, place.name, over=spot)


def test_what_was_borrowed_is_returned_when_its_owner_wants_it(place: Place) -> None:
    spot, owner = f"{place.name}-s", f"{place.name}-b"
    place.apply(_flavor(spot, "spot"), namespace(owner))
    for tenant in (place.name, owner):
        place.apply(*_queue(place, tenant, {spot: 1}, cohort=place.name))
    place.apply(_run(place, place.name, "own"))
    _let_in(place, place.name, own=spot)
    place.apply(_run(place, place.name, "borrowed"))
    _let_in(place, place.name, own=spot, borrowed=spot)
    place.apply(_run(place, owner, "theirs"))
    _let_in(place, owner, theirs=spot)
    wait_for(lambda: len(_admitted(place, place.name)) == 1, 20, "what was borrowed to be given back")
