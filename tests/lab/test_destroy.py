"""A stack whose work runs and waits: a refresh finds no drift in it, and a destroy ends and leaves nothing."""

import time
from collections.abc import Iterator

import pytest

from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project

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


def _left(api: Api) -> set[tuple[str, str, str]]:
    return {
        (kind, item["metadata"].get("namespace", ""), item["metadata"]["name"])
        for version, kind in KINDS
        for item in api.list(version, kind)
    }


@pytest.fixture
def project(lab: Lab, api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    created = lab_project(lab, "destroy_program.py", tmp_path_factory.mktemp("destroy project"))
    before = _left(api)
    up = created.run("up", "dev")
    try:
        assert up.status == 0, up.output
        yield created
    finally:
        began = time.monotonic()
        down = created.run("destroy", "dev")
        print("destroy", time.monotonic() - began, down.output[-3000:])
    assert down.status == 0, down.output
    wait_for(lambda: _left(api) <= before, 60, f"{_left(api) - before} to go")


def _running(api: Api) -> dict[str, int]:
    counts: dict[str, int] = {}
    for pod in api.list("v1", "Pod", NAMESPACE):
        if pod["status"].get("phase") == "Running":
            labels = pod["metadata"]["labels"]
            name = labels.get("falaj/run") or labels.get("app") or str(labels)
            counts[name] = counts.get(name, 0) + 1
    return counts


def test_a_destroy_ends_running_and_queued_work(project: Project, api: Api) -> None:
    wait_for(lambda: print(_running(api)) or (_running(api).get("one") == 1 and _running(api).get("several") == 2), 90, "the runs", pause=3)
    ref = project.pulumi("refresh", "--stack", "dev", "--preview-only", "--json", "--non-interactive").output
    open("/tmp/labq-lab/refresh.json", "w").write(ref)
    try:
        print("DRIFT", project.drift("dev"))
    except Exception as e:
        print("DRIFT raised", type(e), e)
