"""Settings that stand in another object or section than the rule's: of workflows, runtimes, accounts and devices."""

from collections.abc import Mapping

import pytest

from .blind import KUBE, TAGS, az, crd, k8s, meta, pod
from .harness import Given, Pack, rules

CONTEXT = {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}}
GROUP = {"resourceGroupName": "rg-platform"}
FUNCTIONS = {**GROUP, "location": "uaenorth", "kind": "functionapp", "tags": TAGS}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack with all rules mandatory."""
    return Pack()


def workflow(context: Mapping[str, object], **template: object) -> Given:
    """Returns a workflow with a security context, and one step whose container has none for its user."""
    container = pod({})["containers"][0]  # type: ignore[index]
    return crd("argoproj.io/v1alpha1:Workflow", {
        "entrypoint": "a", "serviceAccountName": "a", "securityContext": context,
        "templates": [{"name": "a", "container": container, **template}]})  # fmt: skip


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (workflow(CONTEXT), set()),
        (workflow({}), {"FJ-EXP-307", "FJ-EXP-310"}),
        (workflow({**CONTEXT, "runAsUser": 0}), {"FJ-EXP-307"}),
        # The context of a template replaces that of the workflow, and is not merged with it.
        (workflow(CONTEXT, securityContext={"runAsNonRoot": True}), {"FJ-EXP-310"}),
    ],
)
def test_steps_have_the_security_context_of_their_workflow(pack: Pack, given: Given, refused: set[str]) -> None:
    assert rules(pack.evaluate_resource(given)) & {"FJ-EXP-307", "FJ-EXP-310"} == refused


def runtime(group: str) -> Given:
    """Returns an object with one container and without an account."""
    spec = {"containers": pod({})["containers"]}
    return k8s(f"serving.kserve.io/{group}", {"metadata": meta(), "spec": spec})


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (runtime("v1alpha1:ServingRuntime"), False),
        (runtime("v1alpha1:ClusterServingRuntime"), False),
        (runtime("v1alpha1:FutureRuntime"), True),
        (crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"model": {}}}), True),
        (crd("serving.kserve.io/v1beta1:InferenceService", {"transformer": {"model": {}}}), True),
        (crd("serving.kserve.io/v1beta1:InferenceService",
             {"predictor": {"model": {}, "serviceAccountName": "models"}}), False),
        (crd("serving.kserve.io/v1beta1:InferenceService",
             {"predictor": {"model": {}, "automountServiceAccountToken": False}}), False),
    ],
)  # fmt: skip
def test_the_service_names_the_account_of_a_runtime(pack: Pack, given: Given, refused: bool) -> None:
    assert ("FJ-EXP-314" in rules(pack.evaluate_resource(given))) is refused


@pytest.mark.parametrize(
    ("kind", "props", "refused"),
    [
        ("cosmosdb:SqlResourceSqlDatabase", {}, False),
        ("cosmosdb:MongoDBResourceMongoDBCollection", {}, False),
        ("cosmosdb:SqlResourceSqlDatabase", {"location": "westeurope"}, True),
        ("cosmosdb:DatabaseAccount", {}, True),
    ],
)
def test_databases_lie_in_their_account(pack: Pack, kind: str, props: Mapping[str, object], refused: bool) -> None:
    given = az(kind, {**GROUP, "accountName": "a", "tags": TAGS, **props})
    assert ("FJ-RES-201" in rules(pack.evaluate_plan(given))) is refused


@pytest.mark.parametrize(("value", "refused"), [("managedidentity", False), ("managedidentity1", True)])
def test_a_method_of_sign_in_is_no_secret(pack: Pack, value: str, refused: bool) -> None:
    settings = [{"name": "AzureWebJobsStorage__credential", "value": value}]
    given = az("web:WebApp", {**FUNCTIONS, "siteConfig": {"appSettings": settings}})
    assert ("FJ-EXP-114" in rules(pack.evaluate_resource(given))) is refused


@pytest.mark.parametrize(
    ("request_of_a_device", "refused"),
    [
        ({"deviceClassName": "gpu.nvidia.com"}, False),
        ({"selectors": [{"cel": {"expression": "device.driver == 'gpu.nvidia.com'"}}]}, False),
        ({"callback": "collector.nvidia.com"}, True),
    ],
)
def test_names_of_devices_are_no_hosts(pack: Pack, request_of_a_device: object, refused: bool) -> None:
    spec = {"devices": {"requests": [{"name": "gpu", "exactly": request_of_a_device}]}}
    props = {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim", "metadata": meta(), "spec": spec}
    given = Given("kubernetes:resource.k8s.io/v1:ResourceClaim", props, provider=KUBE)
    assert ("FJ-RES-003" in rules(pack.evaluate_resource(given))) is refused
