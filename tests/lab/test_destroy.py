"""A stack whose work runs and waits: a refresh finds no drift in it, and a destroy ends and leaves nothing."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import Object, container, pod_spec

NAMESPACE = "tenant-ended"
KUEUE = "kueue.x-k8s.io/v1beta2"
KINDS = (
    ("v1", "Namespace"),
    ("v1", "Pod"),
    ("v1", "Node"),
    ("v1", "PersistentVolume"),
    ("batch/v1", "Job"),
    ("jobset.x-k8s.io/v1alpha2", "JobSet"),
    ("apps/v1", "Deployment"),
    ("apps/v1", "ReplicaSet"),
    ("keda.sh/v1alpha1", "ScaledObject"),
    ("autoscaling/v2", "HorizontalPodAutoscaler"),
    (KUEUE, "Workload"),
    (KUEUE, "LocalQueue"),
    (KUEUE, "ClusterQueue"),
    (KUEUE, "ResourceFlavor"),
    ("karpenter.sh/v1", "NodePool"),
    ("karpenter.sh/v1", "NodeClaim"),
)
"""Kinds of objects that the program and its controllers create."""

RUNS = (("batch/v1", "Job", "one"), ("batch/v1", "Job", "waiting"), ("jobset.x-k8s.io/v1alpha2", "JobSet", "several"))
QUEUE: Object = {"apiVersion": KUEUE, "kind": "ClusterQueue", "metadata": {"name": "ended"}}
FOREIGN: Object = {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
        "name": "foreign",
        "namespace": NAMESPACE,
        "labels": {"kueue.x-k8s.io/queue-name": "default"},
    },
}
"""A job that is not of this stack."""

HELD_SECONDS = 5
"""How long the destroy is observed to wait for the job."""

DESTROY_SECONDS = 120
"""Longest destroy. It took 18 s, of which 5 s wait for the nodes to go."""


def _objects(api: Api) -> set[tuple[str, str, str]]:
    return {
        (kind, item["metadata"].get("namespace", ""), item["metadata"]["name"])
        for version, kind in KINDS
        for item in api.list(version, kind)
    }


def _running(api: Api) -> Counter[str]:
    """Returns the number of running pods of each run and service."""
    pods = [pod for pod in api.list("v1", "Pod", NAMESPACE) if pod["status"].get("phase") == "Running"]
    labels = [pod["metadata"]["labels"] for pod in pods]
    return Counter(label.get("falaj/run") or label["falaj/service"] for label in labels)


def _uids(api: Api) -> set[str]:
    return {pod["metadata"]["uid"] for pod in api.list("v1", "Pod", NAMESPACE)}


@pytest.fixture
def project(
    lab: Lab,
    api: Api,
    tmp_path_factory: pytest.TempPathFactory,
    record_property: Callable[[str, object], None],
) -> Iterator[Project]:
    """The deployed program. At the end it is destroyed while its work runs."""
    created = lab_project(lab, "destroy_program.py", tmp_path_factory.mktemp("destroy project"))
    before = _objects(api)
    up = created.run("up", "dev")
    try:
        assert up.status == 0, up.output
        yield created
    finally:
        began = time.monotonic()
        with ThreadPoolExecutor(1) as thread:
            destroy = thread.submit(created.run, "destroy", "dev")
            _end_foreign_work(api)
        down = destroy.result()
    assert down.status == 0, down.output
    seconds = time.monotonic() - began
    record_property("seconds of the destroy", round(seconds, 1))
    assert seconds < DESTROY_SECONDS
    wait_for(lambda: _objects(api) <= before, 60, f"{_objects(api) - before} to go")


def _end_foreign_work(api: Api) -> None:
    """Deletes the job that is not of this stack, if there is one, once the queue waits for it."""
    if api.get(FOREIGN) is None:
        return
    wait_for(lambda: "deletionTimestamp" in (api.get(QUEUE) or {"metadata": {}})["metadata"], 60, "a deleted queue")
    time.sleep(HELD_SECONDS)
    assert api.get(QUEUE) is not None, "the queue is gone, although work runs in it"
    api.delete(FOREIGN)


def test_running_and_queued_work_is_no_drift_and_does_not_stop_a_destroy(project: Project, api: Api) -> None:
    wait_for(lambda: _running(api) == {"one": 1, "several": 2, "served": 2}, 90, f"the pods: {_running(api)}")
    waiting = api.get(FOREIGN | {"metadata": {"name": "waiting", "namespace": NAMESPACE}})
    assert waiting is not None
    assert waiting["spec"]["suspend"] is True
    pods = _uids(api)
    assert project.drift("dev") == []
    # The refresh calls runs unhealthy, which have not ended; the next deployment then sends them again.
    for command in ("refresh", "up"):
        ran = project.run(command, "dev")
        assert ran.status == 0, ran.output
    (project.folder / "owner").write_text("another-team")
    tagged = project.run("up", "dev")
    assert tagged.status == 0, tagged.output
    for version, kind, name in RUNS:
        run = api.get({"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": NAMESPACE}})
        assert run is not None
        assert run["metadata"]["labels"]["owner"] == "another-team", name
    assert _uids(api) == pods
    # A tenant's own stack would create this one. It starts when the stack's runs are deleted.
    api.create(FOREIGN | {"spec": _foreign_spec()})


def _foreign_spec() -> Object:
    tolerations = [{"key": "falaj/profile", "value": "training"}, {"key": "nvidia.com/gpu", "value": "true"}]
    pod = {**pod_spec(None, container("2", "4Gi", 4)), "tolerations": tolerations}
    return {"suspend": True, "template": {"spec": pod}}
