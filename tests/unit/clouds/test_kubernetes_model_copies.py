"""Deployments that wait for a model: refused while the vault that their own stack creates is empty."""

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import BUCKET
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import DEPLOYMENT, Open, deployment, kubeconfig, refusal

OBJECT = "aws:s3/bucketObject:BucketObject"


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


def copying(
    bucket: str = "uae-models", annotations: Json = None, command: str = "copy", **changes: Json
) -> dict[str, Json]:
    inputs = deployment(**changes)
    spec: Json = {
        "containers": [{"name": "main", "image": "img"}],
        "initContainers": [
            {"name": "model", "image": "rclone", "args": [command, f"vault:{bucket}/language/v1", "/m"]}
        ],
    }
    template: Json = {"metadata": {"labels": {"app": "serve"}}, "spec": spec}
    metadata: Json = {"name": "serve", **({} if annotations is None else {"annotations": annotations})}
    return {**inputs, "metadata": metadata, "spec": {**inputs["spec"], "template": template}}  # type: ignore[dict-item]


def vault(aws: Driver) -> None:
    aws.create(BUCKET, "models", bucket="uae-models")


def test_an_awaited_deployment_never_gets_ready_while_its_vault_is_empty(aws: Driver, k8s: Driver) -> None:
    vault(aws)
    message = refusal(k8s, DEPLOYMENT, **copying())
    assert "timed out waiting to be Ready" in message
    assert "copies from uae-models, which is empty" in message


def test_the_number_of_replicas_is_one_by_default(aws: Driver, k8s: Driver) -> None:
    vault(aws)
    assert "timed out" in refusal(k8s, DEPLOYMENT, **copying(replicas=None))


@pytest.mark.parametrize(
    "inputs",
    [
        copying(annotations={"pulumi.com/skipAwait": "true"}),
        copying(replicas=0),
        copying(bucket="somebodys-models"),
        copying(bucket="uae-models-other"),
        copying(command="serve"),
        deployment(),
    ],
    ids=["not awaited", "no replicas", "vault of others", "other name", "only named", "no copy"],
)
def test_other_deployments_are_created(inputs: dict[str, Json], aws: Driver, k8s: Driver) -> None:
    vault(aws)
    k8s.create(DEPLOYMENT, "serve", **inputs)


def test_a_model_that_the_program_uploads_is_there(aws: Driver, k8s: Driver) -> None:
    vault(aws)
    aws.create(OBJECT, "model", bucket="uae-models", key="language/v1/model.onnx", content="x")
    k8s.create(DEPLOYMENT, "serve", **copying())


def test_a_deployment_that_ran_before_is_updated(aws: Driver, k8s: Driver) -> None:
    resource = k8s.create(DEPLOYMENT, "serve", **deployment())
    vault(aws)
    k8s.update(resource, **copying())
