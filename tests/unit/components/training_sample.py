"""A sample training run, and the resources that it registers."""

from typing import Any

from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.facts.regions import Cloud
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording, RegisteredResource
from tests.unit.components.samples import recorded

ARGS: Any = {
    "cloud": Cloud.AWS,
    "namespace": "tenant-retail",
    "image": "registry.example/training:1.2.3",
    "cpu": 8,
    "memory_gib": 32,
    "dataset_uri": "s3://datasets/arabic",
    "checkpoint_uri": "s3://checkpoints",
    "tags": COST_TAGS,
}
JOB, JOB_SET = "kubernetes:batch/v1:Job", "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet"
ACCOUNT, FILE = "kubernetes:core/v1:ServiceAccount", "kubernetes:core/v1:ConfigMap"
SEVERAL = {"nodes": 2, "gpus": 4}


def run(**changed: Any) -> Recording:
    return recorded(TrainingRun, {**ARGS, **changed})


def started(**changed: Any) -> RegisteredResource:
    [result] = [resource for resource in run(**changed).custom() if resource.typ in (JOB, JOB_SET)]
    return result


def job(**changed: Any) -> dict[str, Any]:
    """Returns the spec of the Job: the run's own, or the only one of its JobSet."""
    spec = started(**changed).inputs["spec"]
    if "replicatedJobs" not in spec:
        return spec
    [only] = spec["replicatedJobs"]
    assert (only["name"], only["replicas"]) == ("workers", 1)
    return only["template"]["spec"]


def pod(**changed: Any) -> dict[str, Any]:
    return job(**changed)["template"]["spec"]


def container(**changed: Any) -> dict[str, Any]:
    [containers] = pod(**changed)["containers"]
    return containers


def variables(**changed: Any) -> dict[str, str]:
    return {item["name"]: item["value"] for item in container(**changed)["env"] if "value" in item}


def outputs(**changed: Any) -> dict[str, Any]:
    recording = run(**changed)
    return recording.outputs[recording.one("falaj:kubernetes:TrainingRun").urn]
