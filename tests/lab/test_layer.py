"""The real engine with the real Kubernetes provider deploys all workloads on the real API server, and deletes them."""

import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import LabNamespace, platform_pool

TENANT = "tenant-retail"
POOLS = {
    "training": (Profile.TRAINING, Capacity.SPOT, ["m7g.4xlarge", "m6i.4xlarge"], 0),
    "gpu": (Profile.TRAINING, Capacity.SPOT, ["g5.4xlarge"], 1),
    "graviton": (Profile.INFERENCE_CPU, Capacity.SPOT_FIRST, ["c6g.xlarge", "c6g.2xlarge"], 0),
    "x86": (Profile.INFERENCE_CPU, Capacity.SPOT_FIRST, ["c7i.xlarge", "c7i.2xlarge"], 0),
    "served": (Profile.INFERENCE_GPU, Capacity.ON_DEMAND, ["g6e.4xlarge"], 1),
}


@pytest.fixture(scope="module")
def project(lab: Lab, api: Api, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose engine uses the real Kubernetes provider."""
    return lab_project(lab, "layer_program.py", tmp_path_factory.mktemp("layer project"))


def _names(api: Api) -> set[tuple[str, str, str]]:
    """Returns (kind, namespace, name) of all objects of the kinds that the program creates."""
    kinds = [
        ("v1", "Namespace"),
        ("v1", "ConfigMap"),
        ("v1", "Service"),
        ("v1", "PersistentVolume"),
        ("v1", "PersistentVolumeClaim"),
        ("v1", "ResourceQuota"),
        ("apps/v1", "Deployment"),
        ("batch/v1", "Job"),
        ("jobset.x-k8s.io/v1alpha2", "JobSet"),
        ("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"),
        ("keda.sh/v1alpha1", "ScaledObject"),
        ("http.keda.sh/v1beta1", "InterceptorRoute"),
        ("gateway.networking.k8s.io/v1", "HTTPRoute"),
        ("inference.networking.k8s.io/v1", "InferencePool"),
        ("rbac.authorization.k8s.io/v1", "Role"),
        ("networking.k8s.io/v1", "NetworkPolicy"),
        ("scheduling.k8s.io/v1", "PriorityClass"),
    ]
    return {
        (kind, item["metadata"].get("namespace", ""), item["metadata"]["name"])
        for version, kind in kinds
        for item in api.list(version, kind)
    }


def test_the_layer_comes_up_stays_as_it_is_and_goes(project: Project, api: Api, namespace: LabNamespace) -> None:
    namespace.apply(*(platform_pool(name, *kind) for name, kind in POOLS.items()))
    before = _names(api)
    try:
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        _runs(api)
        planned = project.run("preview", "dev", "--diff")
        assert set(planned.changes) == {"unchanged"}, planned.output
        again = project.run("up", "dev")
        assert again.status == 0, again.output
        assert set(again.changes) == {"unchanged"}, again.output
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output
    # Fewer objects may be left, because namespaces of other tests take time to terminate.
    wait_for(lambda: _names(api) <= before, 60, f"only what was there before to be left: {_names(api) - before}")


def _runs(api: Api) -> None:
    """Waits until the pods of runs and models are running on nodes of their profiles."""

    def profiles() -> dict[str, str]:
        nodes = {item["metadata"]["name"]: item["metadata"]["labels"] for item in api.list("v1", "Node")}
        running = [item for item in api.list("v1", "Pod", TENANT) if item["status"].get("phase") == "Running"]
        return {item["metadata"]["name"]: nodes[item["spec"]["nodeName"]]["falaj/profile"] for item in running}

    def as_expected() -> bool:
        by_pod = profiles()
        return all(
            sum(name.startswith(prefix) and profile == expected for name, profile in by_pod.items()) == count
            for prefix, expected, count in (
                ("one-", "training", 1),
                ("several-", "training", 2),
                ("large-", "inference-gpu", 3),  # with its picker; KEDA adds the second: the minimum is two
                ("wide-", "inference-gpu", 4),  # KEDA adds the second replica, of two machines
                ("asleep-", "inference-cpu", 0),
                ("sentiment-a-", "inference-cpu", 1),
                ("sentiment-b-", "inference-cpu", 1),
            )
        )

    try:
        wait_for(as_expected, 90, "the pods of the layer")
    except TimeoutError:
        states = {
            pod["metadata"]["name"]: (pod["status"].get("phase"), pod["status"].get("conditions"))
            for pod in api.list("v1", "Pod", TENANT)
        }
        raise AssertionError((profiles(), states)) from None
