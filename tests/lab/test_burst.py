"""Bursting: runs use on-premises machines first, then spot, then on-demand, and on-premises again once free."""

from collections.abc import Iterator

import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.labels import POOL_LABEL, TENANT_LABEL
from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import LabNamespace, Object, container, job, namespace_manifest, platform_pool, pod_spec

TENANT = "tenant-burst"
CAPACITY = {"cpu": "224", "memory": "2Ti", "nvidia.com/gpu": "8", "pods": "110"}
KUEUE = "kueue.x-k8s.io/v1beta2"
QUEUE = {"kueue.x-k8s.io/queue-name": "default"}


@pytest.fixture
def machines(api: Api, namespace: LabNamespace) -> tuple[str, str]:
    """Names of a system node and of a node with eight GPUs."""
    names = f"{namespace.name}-system", f"{namespace.name}-gpu"
    for name in names:
        node: Object = {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {"name": name, "annotations": {"kwok.x-k8s.io/node": "fake"}},
        }
        namespace.apply(node)
        api.merge(node, {"status": {"capacity": CAPACITY, "allocatable": CAPACITY}}, "/status")
    return names


@pytest.fixture
def deployed(
    lab: Lab, namespace: LabNamespace, machines: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """The deployed program, with a tenant's namespace and cloud node pools."""
    spot = platform_pool("burstspot", Profile.TRAINING, Capacity.SPOT, ["g5.12xlarge", "g5.24xlarge"], 4)
    firm = platform_pool("burstfirm", Profile.TRAINING, Capacity.ON_DEMAND, ["g5.12xlarge"], 4)
    tenant_namespace = namespace_manifest(TENANT, queued=True)
    tenant_namespace["metadata"]["labels"][TENANT_LABEL] = "burst"
    namespace.apply(tenant_namespace, spot, firm)
    project = lab_project(lab, "burst_program.py", tmp_path_factory.mktemp("burst project"))
    (project.folder / "nodes").write_text(" ".join(machines))
    try:
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        yield project
    finally:
        for job_object in namespace.api.list("batch/v1", "Job", TENANT):
            namespace.api.delete({"apiVersion": "batch/v1", "kind": "Job", "metadata": job_object["metadata"]})
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output


def _run(namespace: LabNamespace, name: str) -> Object:
    """Returns a training run on four GPUs that names neither a pool nor a capacity type."""
    spec = pod_spec(None, container("4", "16Gi", 4))
    spec["tolerations"] = [
        {"key": "falaj/profile", "operator": "Equal", "value": "training"},
        {"key": "nvidia.com/gpu", "operator": "Exists"},
    ]
    manifest = job(namespace, name, spec, labels=QUEUE)
    manifest["metadata"]["namespace"], manifest["spec"]["suspend"] = TENANT, True
    return manifest


def _pools(api: Api) -> dict[str, str]:
    """Returns the runs with a running pod, each with the pool of its node."""
    pools = {one["metadata"]["name"]: one["metadata"]["labels"].get(POOL_LABEL) for one in api.list("v1", "Node")}
    return {
        one["metadata"]["labels"]["run"]: pools[one["spec"]["nodeName"]]
        for one in api.list("v1", "Pod", TENANT)
        if one["status"].get("phase") == "Running" and "deletionTimestamp" not in one["metadata"]
    }


def test_work_bursts_from_own_machines_to_spot_to_on_demand(
    deployed: Project, api: Api, namespace: LabNamespace
) -> None:
    expected: dict[str, str] = {}
    for name, pool in (("one", "rack"), ("two", "rack"), ("three", "burstspot"), ("four", "burstfirm")):
        namespace.apply(_run(namespace, name))
        expected[name] = pool
        wait_for(lambda: _pools(api) == expected, 60, f"{expected}; there is {_pools(api)}")
    # On-premises machines are free again, so the next run uses them; the cloud pools are full.
    namespace.api.delete(_run(namespace, "two"), grace=0)
    expected.pop("two")
    wait_for(lambda: _pools(api) == expected, 60, "the end of the second")
    namespace.apply(_run(namespace, "five"))
    expected["five"] = "rack"
    wait_for(lambda: _pools(api) == expected, 60, f"{expected}; there is {_pools(api)}")


def test_kueue_takes_no_other_cluster_as_one_flavor_among_others(api: Api, namespace: LabNamespace) -> None:
    """The reason why bursting uses flavors of one cluster: MultiKueue sends all work of a queue to other clusters."""
    name = namespace.name
    namespace.apply(
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
    flavors = [
        {"name": f"{name}-{suffix}", "resources": [{"name": "cpu", "nominalQuota": "1"}]} for suffix in ("own", "far")
    ]
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
    namespace.apply(queue)

    def reason() -> str:
        conditions = (api.get(queue) or {}).get("status", {}).get("conditions", [])
        inactive = [item for item in conditions if item["type"] == "Active" and item["status"] == "False"]
        return " ".join(item["message"] for item in inactive)

    wait_for(lambda: "Cannot specify MultiKueue AdmissionCheck per flavor" in reason(), 30, f"a refusal: {reason()}")
