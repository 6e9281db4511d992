"""A training run as a TrainJob of Kubeflow Trainer, with a TrainingRuntime of its own.

Trainer creates the run's JobSet from the runtime, so the failure policy, the pods and their names are those of a run of
form `jobset`. Read in kubeflow/trainer v2.2.0: pkg/runtime/core/trainingruntime.go, its plugin `jobset`, and the CRDs.
Kueue 0.17.0 patches a TrainJob through `runtimePatches`, which 2.2.0 is the first version to have.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pulumi

from falaj.components.core.training.training_args import NamedRun
from falaj.facts.labels import RUNTIME_DIGEST_ANNOTATION

VERSION = "trainer.kubeflow.org/v1alpha1"
RUNTIME_KIND = "TrainingRuntime"

STEP_LABEL = "trainer.kubeflow.org/trainjob-ancestor-step"
"""Label of the replicated job that trains; Trainer sets its number of pods to `numNodes`."""


def training_runtime(run: NamedRun, job_set: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the spec of the run's TrainingRuntime. `job_set` is the spec of the JobSet."""
    jobs = [
        {**job, "template": {"metadata": {"labels": {STEP_LABEL: "trainer"}}, **job["template"]}}
        for job in job_set["replicatedJobs"]
    ]
    return {"mlPolicy": {"numNodes": run.nodes}, "template": {"spec": {**job_set, "replicatedJobs": jobs}}}


def train_job(run: NamedRun) -> dict[str, Any]:
    """Returns the spec of the run's TrainJob."""
    return {"runtimeRef": {"apiGroup": VERSION.partition("/")[0], "kind": RUNTIME_KIND, "name": run.name}}


def digest_annotation(runtime: Mapping[str, Any]) -> dict[str, pulumi.Output[str]]:
    """Returns the annotation of the TrainJob that any change of its runtime changes, which starts the run again."""
    return {RUNTIME_DIGEST_ANNOTATION: pulumi.Output.from_input(dict(runtime)).apply(_digest)}


def _digest(runtime: Mapping[str, Any]) -> str:
    return sha256(json.dumps(runtime, sort_keys=True).encode()).hexdigest()[:16]
