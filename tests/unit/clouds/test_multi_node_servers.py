"""Replicas on several machines in the emulated cluster: against the CRD of LeaderWorkerSets, and what vLLM answers."""

import copy
from typing import Any

import pytest

from falaj.sandbox.clouds.kubernetes.crd_schemas import schemas
from falaj.sandbox.clouds.kubernetes.field_schema import schema_errors
from tests.unit.clouds.aws_site import BUCKET
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import Open, kubeconfig, refusal
from tests.unit.components.serving_samples import GROUPED, service

SET = "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"
RELEASE = "kubernetes:helm.sh/v3:Release"


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


@pytest.fixture
def installed(k8s: Driver) -> Driver:
    """A cluster with the controller of LeaderWorkerSets and the tenant's namespace."""
    k8s.create(RELEASE, "lws", chart="oci://registry.k8s.io/lws/charts/lws", version="0.9.0", name="lws")
    k8s.create("kubernetes:core/v1:Namespace", "tenant", metadata={"name": "tenant-retail"})
    return k8s


def planned(**changed: Any) -> dict[str, Any]:
    serving = {**GROUPED, **changed}
    return copy.deepcopy(service(serving, pools=None).one(SET).inputs)


def arguments(inputs: dict[str, Any], role: str) -> list[str]:
    [container] = inputs["spec"]["leaderWorkerTemplate"][f"{role}Template"]["spec"]["containers"]
    return container["args"]


def errors(inputs: dict[str, Any]) -> list[str]:
    schema = schemas()["leaderworkerset.x-k8s.io/v1/LeaderWorkerSet"]
    return [path for path, _ in schema_errors(schema, {"spec": inputs["spec"]}, "")]


@pytest.mark.parametrize("changed", [{}, {"min": 2, "max": 2, "load": None}, {"nodes": 4}])
def test_what_is_planned_fits_the_crd(changed: dict[str, Any]) -> None:
    assert errors(planned(**changed)) == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [("startupPolicy", "WorkersFirst"), ("networkConfig", {"subdomainPolicy": "Own"}), ("size", 2)],
)
def test_the_crd_refuses_what_it_does_not_have(path: str, wrong: Any) -> None:
    inputs = planned()
    inputs["spec"][path] = wrong
    assert errors(inputs)


def test_the_plan_is_accepted_where_the_controller_is(installed: Driver) -> None:
    assert installed.create(SET, "assistant", **planned())


def test_without_the_controller_the_kind_does_not_exist(k8s: Driver) -> None:
    k8s.create("kubernetes:core/v1:Namespace", "tenant", metadata={"name": "tenant-retail"})
    assert 'no matches for kind "LeaderWorkerSet"' in refusal(k8s, SET, **planned())


def test_a_set_that_waits_for_a_model_is_refused_while_its_vault_is_empty(open_cloud: Open, installed: Driver) -> None:
    open_cloud("aws", region="me-central-1").create(BUCKET, "models", bucket="uae-models")
    assert "copies from uae-models, which is empty" in refusal(installed, SET, **planned())
    unawaited = service(GROUPED, pools=None, wait_for_pods=False).one(SET).inputs
    assert installed.create(SET, "assistant", **copy.deepcopy(unawaited))


def _old(inputs: dict[str, Any]) -> None:
    for role in ("leader", "worker"):
        [container] = inputs["spec"]["leaderWorkerTemplate"][f"{role}Template"]["spec"]["containers"]
        container["image"] = "registry.example/vllm/vllm-openai:v0.11.0"


def _too_wide(inputs: dict[str, Any]) -> None:
    words = arguments(inputs, "leader")
    words[words.index("--pipeline-parallel-size") + 1] = "3"


def _probed(inputs: dict[str, Any]) -> None:
    templates = inputs["spec"]["leaderWorkerTemplate"]
    [leader], [worker] = (templates[f"{role}Template"]["spec"]["containers"] for role in ("leader", "worker"))
    worker["ports"], worker["readinessProbe"] = leader["ports"], leader["readinessProbe"]


def _ends(inputs: dict[str, Any]) -> None:
    inputs["spec"]["leaderWorkerTemplate"]["workerTemplate"]["spec"]["restartPolicy"] = "Never"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_old, "unrecognized arguments: --nnodes"),
        (_too_wide, "World size (24) is larger than the number of available GPUs"),
        (_probed, "connection refused, since the server has --headless"),
        (_ends, "supported values: Always"),
    ],
)
def test_a_replica_that_can_never_answer_is_refused(installed: Driver, change: Any, message: str) -> None:
    inputs = planned()
    change(inputs)
    assert message in refusal(installed, SET, **inputs)
