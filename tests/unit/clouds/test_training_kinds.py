"""Planned training runs against the CRDs of Kubeflow Trainer, KubeRay and Kueue at the installed versions."""

import copy
from typing import Any

import pytest

from falaj.sandbox.clouds.kubernetes.crd_schemas import schemas
from falaj.sandbox.clouds.kubernetes.field_schema import schema_errors
from tests.unit.components.mocks import Recording, RegisteredResource
from tests.unit.components.queueing_sample import queueing
from tests.unit.components.test_kubernetes_topology import OWN
from tests.unit.components.test_training_forms import RAY, TRAIN
from tests.unit.components.training_sample import run

SEVERAL: dict[str, Any] = {"nodes": 3, "gpus": 2, "queue": "retail", "retried_exit_codes": [1]}
TRAIN_JOB, RUNTIME = (f"trainer.kubeflow.org/v1alpha1/{kind}" for kind in ("TrainJob", "TrainingRuntime"))
RAY_JOB, TOPOLOGY = "ray.io/v1/RayJob", "kueue.x-k8s.io/v1beta2/Topology"
MADE = [
    (TRAIN_JOB, lambda: run(**TRAIN, **SEVERAL)),
    (RUNTIME, lambda: run(**TRAIN, **SEVERAL)),
    (RAY_JOB, lambda: run(**RAY, **SEVERAL)),
    (RAY_JOB, lambda: run(**RAY)),
    ("jobset.x-k8s.io/v1alpha2/JobSet", lambda: run(**SEVERAL)),
    (TOPOLOGY, lambda: queueing(**OWN, topology=["example.ae/rack"])),
    ("kueue.x-k8s.io/v1beta2/ResourceFlavor", lambda: queueing(**OWN, topology=["example.ae/rack"])),
]


def planned(kind: str, made: Recording) -> dict[str, Any]:
    version, _, name = kind.rpartition("/")
    return {"spec": copy.deepcopy(_planned(made, f"kubernetes:{version}:{name}").inputs["spec"])}


def _planned(made: Recording, kind: str) -> RegisteredResource:
    return next(item for item in made.of(kind) if not item.name.endswith("-services"))


def errors(kind: str, value: Any) -> list[str]:
    return [path for path, _ in schema_errors(schemas()[kind], value, "")]


@pytest.mark.parametrize(("kind", "make"), MADE, ids=[kind for kind, _ in MADE])
def test_what_is_planned_fits_the_crd(kind: str, make: Any) -> None:
    assert errors(kind, planned(kind, make())) == []


@pytest.mark.parametrize(
    ("kind", "make", "path", "wrong"),
    [
        (TRAIN_JOB, lambda: run(**TRAIN), "runtimeRef", {"kind": "TrainingRuntime"}),
        (TRAIN_JOB, lambda: run(**TRAIN), "podSpecOverrides", []),
        (RUNTIME, lambda: run(**TRAIN), "mlPolicy", {"nodes": 2}),
        (RAY_JOB, lambda: run(**RAY), "submissionMode", 1),
        (RAY_JOB, lambda: run(**RAY), "retries", 1),
        (TOPOLOGY, lambda: queueing(**OWN, topology=["example.ae/rack"]), "levels", []),
    ],
)
def test_the_crd_refuses_what_it_does_not_have(kind: str, make: Any, path: str, wrong: Any) -> None:
    value = planned(kind, make())
    value["spec"][path] = wrong
    assert errors(kind, value)


def test_kueue_admits_a_train_job_through_a_field_that_its_crd_has() -> None:
    """Kueue 0.17.0 is built with Trainer 2.2.0 and patches `runtimePatches`, which 2.0 and 2.1 do not have: a TrainJob
    would never be admitted (kueue v0.17.0, pkg/controller/jobs/trainjob, function RunWithPodSetsInfo)."""
    assert "runtimePatches" in schemas()[TRAIN_JOB].properties["spec"].properties


def test_trainer_keeps_the_failure_policy_of_a_job_set() -> None:
    policy = schemas()[RUNTIME].properties["spec"].properties["template"].properties["spec"].properties["failurePolicy"]
    rule = policy.properties["rules"].items
    assert rule is not None
    assert {"action", "onJobFailureReasons", "onJobFailureMessagePatterns"} <= rule.properties.keys()
