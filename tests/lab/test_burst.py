"""Work fills the machines of one's own first, then spot, then on-demand, and comes back when its own are free."""

from collections.abc import Iterator

import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.labels import POOL_LABEL, TENANT_LABEL
from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import Object, Place, container, job, namespace, platform_pool, pod_spec

TENANT = "tenant-burst"
HAS = {"cpu": "224", "memory": "2Ti", "nvidia.com/gpu": "8", "pods": "110"}
KUEUE = "kueue.x-k8s.io/v1beta2"
QUEUE = {"kueue.x-k8s.io/queue-name": "default"}


@pytest.fixture
def machines(api: Api, place: Place) -> tuple[str, str]:
    """A machine of the platform's, and one with eight GPUs."""
    names = f"{place.name}-system", f"{place.name}-gpu"
    for name in names:
        node: Object = {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {"name": name, "annotations": {"kwok.x-k8s.io/node": "fake"}},
        }
        place.apply(node)
        api.merge(node, {"status": {"capacity": HAS, "allocatable": HAS}}, "/status")
    return names


@pytest.fixture
def deployed(
    lab: Lab, place: Place, machines: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """The program, and a tenant's space and pools of a cloud beside it."""
    spot = platform_pool("burstspot", Profile.TRAINING, Capacity.SPOT, ["g5.12xlarge", "g5.24xlarge"], 4)
    firm = platform_pool("burstfirm", Profile.TRAINING, Capacity.ON_DEMAND, ["g5.12xlarge"], 4)
    space = namespace(TENANT)
    space["metadata"]["labels"][TENANT_LABEL] = "burst"
    place.apply(space, spot, firm)
    project = lab_project(lab, "burst_program.py", tmp_path_factory.mktemp("burst project"))
    (project.folder / "nodes").write_text(" ".join(machines))
    try:
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        yield project
    finally:
        for one in place.api.list("batch/v1", "Job", TENANT):
            place.api.delete({"apiVersion": "batch/v1", "kind": "Job", "metadata": one["metadata"]})
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output


def _run(place: Place, name: str) -> Object:
    """Training on four GPUs, as any tenant writes it: no pool and no capacity is named."""
    spec = pod_spec(None, container("4", "16Gi", 4))
    spec["tolerations"] = [
        {"key": "falaj/profile", "operator": "Equal", "value": "training"},
        {"key": "nvidia.com/gpu", "operator": "Exists"},
    ]
    one = job(place, name, spec, labels=QUEUE)
    one["metadata"]["namespace"], one["spec"]["suspend"] = TENANT, True
    return one


def _pools(api: Api) -> dict[str, str]:
    """Runs whose pod runs, each with the pool of its machine."""
    pools = {one["metadata"]["name"]: one["metadata"]["labels"].get(POOL_LABEL) for one in api.list("v1", "Node")}
    return {
        one["metadata"]["labels"]["run"]: pools[one["spec"]["nodeName"]]
        for one in api.list("v1", "Pod", TENANT)
        if one["status"].get("phase") == "Running" and "deletionTimestamp" not in one["metadata"]
    }


def test_work_bursts_from_own_machines_to_spot_to_on_demand(deployed: Project, api: Api, place: Place) -> None:
    expected: dict[str, str] = {}
    for name, pool in (("one", "rack"), ("two", "rack"), ("three", "burstspot"), ("four", "burstfirm")):
        place.apply(_run(place, name))
        expected[name] = pool
        wait_for(lambda: _pools(api) == expected, 60, f"{expected}; there is {_pools(api)}")
    # Own machines are free again: the next one does not go to the cloud, though there is room for none there.
    place.api.delete(_run(place, "two"), grace=0)
    expected.pop("two")
    wait_for(lambda: _pools(api) == expected, 60, "the end of the second")
    place.apply(_run(place, "five"))
    expected["five"] = "rack"
    wait_for(lambda: _pools(api) == expected, 60, f"{expected}; there is {_pools(api)}")


def test_kueue_takes_no_other_cluster_as_one_flavor_among_others(api: Api, place: Place) -> None:
    """Why bursting is by flavor inside one cluster: a queue whose work goes elsewhere sends all of it there."""
    name = place.name
    place.apply(
        {"apiVersion": KUEUE, "kind": "ResourceFlavor", "metadata": {"name": f"{name}-own"}, "spec": {}},
        {"apiVersion": KUEUE, "kind": "ResourceFlavor", "metadata": {"name": f"{name}-far"}, "spec": {}},
        {
            "apiVersion": KUEUE,
            "kind": "MultiKueueCluster",
            "metadata": {"name": name},
            "spec": {"clusterSource": {"kubeConfig": {"location": name, "locationType": "Secret"}}},
        },
        {
            "apiVersion": KUEUE,
            "kind": "MultiKueueConfig",
            "metadata": {"name": name},
            "spec": {"clusters": [name]},
        },
        {
            "apiVersion": KUEUE,
            "kind": "AdmissionCheck",
            "metadata": {"name": name},
            "spec": {
                "controllerName": "kueue.x-k8s.io/multikueue",
                "parameters": {"apiGroup": "kueue.x-k8s.io", "kind": "MultiKueueConfig", "name": name},
            },
        },
    )
    flavors = [{"name": f"{name}-{one}", "resources": [{"name": "cpu", "nominalQuota": "1"}]} for one in ("own", "far")]
    queue: Object = {
        "apiVersion": KUEUE,
        "kind": "ClusterQueue",
        "metadata": {"name": name},
        "spec": {
            "namespaceSelector": {},
            "resourceGroups": [{"coveredResources": ["cpu"], "flavors": flavors}],
            "admissionChecksStrategy": {"admissionChecks": [{"name": name, "onFlavors": [f"{name}-far"]}]},
        },
    }
    place.apply(queue)

    def said() -> str:
        conditions = (api.get(queue) or {}).get("status", {}).get("conditions", [])
        return " ".join(one["message"] for one in conditions if one["type"] == "Active" and one["status"] == "False")

    wait_for(lambda: "Cannot specify MultiKueue AdmissionCheck per flavor" in said(), 30, f"a refusal: {said()}")
