"""Kubeflow Trainer's webhook for new TrainingRuntimes (kubeflow/trainer v2.2.0, pkg/webhooks/trainingruntime_webhook.go
and clustertrainingruntime_webhook.go, pkg/constants/constants.go; read 2026-11-27)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path, get_str

KINDS = ("TrainingRuntime", "ClusterTrainingRuntime")
STEP_LABEL = "trainer.kubeflow.org/trainjob-ancestor-step"

CONTAINERS: Mapping[str, str] = {
    "trainer": "node",
    "model-initializer": "model-initializer",
    "dataset-initializer": "dataset-initializer",
}
"""Step of a replicated job, by its label -> name of the container that Trainer fills in for it."""


def runtime_valid(op: Operation) -> str | None:
    """Checks that the replicated job of each step has one replica and the container of the step."""
    group, kind = group_and_kind(op.token)
    if kind not in KINDS or group != "trainer.kubeflow.org" or op.existing is not None:
        return None
    errors = list(_errors(get_all(op.inputs, "spec.template.spec.replicatedJobs[*]")))
    webhook = f"validator.{kind.lower()}.trainer.kubeflow.org"
    return f'admission webhook "{webhook}" denied the request: {"; ".join(errors)}' if errors else None


def _errors(jobs: list[Json]) -> Iterator[str]:
    for index, job in enumerate(jobs):
        labels, path = get_path(job, "template.metadata.labels"), f"spec.template.spec.replicatedJobs[{index}]"
        step = str(labels.get(STEP_LABEL)) if isinstance(labels, Mapping) else ""
        if step not in CONTAINERS:
            continue
        replicas = get_path(job, "replicas")
        if replicas is not UNKNOWN and replicas not in (None, 1):  # the CRD's default is 1
            yield f"{path}.replicas: Invalid value: {replicas}: always must be 1"
        pod = "template.spec.template.spec.containers"
        if CONTAINERS[step] not in [get_str(container, "name") for container in get_all(job, f"{pod}[*]")]:
            yield f"{path}.{pod}: Invalid value: must contain the required container for the ancestor: {step}"
