"""The Kubernetes object of a training run, by its form."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.batch.v1 import Job
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.tenancy.queue_specs import KUBERAY_NAMESPACE
from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.training.training_args import NamedRun
from falaj.components.kubernetes.training import ray_job, train_job
from falaj.components.kubernetes.training.training_jobs import (
    FIXED_LABELS,
    JOBSET_VERSION,
    job,
    job_set,
    queue_labels,
)
from falaj.components.kubernetes.training.training_pod import run_labels

WAIT_UNTIL_ACCEPTED = {"pulumi.com/waitFor": "jsonpath={.metadata.uid}"}
"""Annotation that ends a deployment when the run is accepted, not hours later when it ends. Unlike `skipAwait`, Pulumi
still waits for deletions, because a new run of the same name would conflict with the old one."""


def training_workload(
    name: str, run: NamedRun, template: dict[str, Any], parent: pulumi.Resource, after: list[pulumi.Resource]
) -> Job | CustomResource:
    """Creates the object of a run, and what its form needs besides it."""
    form = run.kind
    metadata = _metadata(run, queue_labels(run)) | {"annotations": WAIT_UNTIL_ACCEPTED}
    if form is RunForm.JOB:
        # The name of a run is fixed, so the old Job must be deleted before the new one is created.
        opts = pulumi.ResourceOptions(
            parent=parent, depends_on=after, delete_before_replace=True, replace_on_changes=FIXED_LABELS
        )
        return Job(f"{name}-job", metadata=metadata, spec=job(run, template), opts=opts)
    if form is RunForm.TRAIN_JOB:
        runtime = train_job.training_runtime(run, job_set(run, template))
        after = [*after, _training_runtime(name, run, runtime, parent)]
        metadata["annotations"] = {**WAIT_UNTIL_ACCEPTED, **train_job.digest_annotation(runtime)}
        spec = train_job.train_job(run)
        return _custom(f"{name}-trainjob", train_job.VERSION, form, metadata, spec, parent, after)
    if form is RunForm.RAY_JOB:
        after = [*after, _submission_policy(name, run, parent)]
        spec = ray_job.ray_job(run, template)
        return _custom(f"{name}-rayjob", ray_job.VERSION, form, metadata, spec, parent, after)
    return _custom(f"{name}-jobs", JOBSET_VERSION, form, metadata, job_set(run, template), parent, after)


def _metadata(run: NamedRun, labels: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": run.name, "namespace": run.namespace, "labels": run_labels(run) | labels}


def _custom(
    name: str,
    version: str,
    form: RunForm,
    metadata: dict[str, Any],
    spec: dict[str, Any],
    parent: pulumi.Resource,
    after: list[pulumi.Resource],
) -> CustomResource:
    """Creates the object of a controller. Its spec is immutable, or a change of it would not start the run again."""
    opts = pulumi.ResourceOptions(
        parent=parent,
        depends_on=after,
        delete_before_replace=True,
        replace_on_changes=["spec", "metadata.annotations", *FIXED_LABELS],
    )
    return CustomResource(name, api_version=version, kind=form.kind, metadata=metadata, spec=spec, opts=opts)


def _training_runtime(name: str, run: NamedRun, spec: dict[str, Any], parent: pulumi.Resource) -> CustomResource:
    return CustomResource(
        f"{name}-runtime",
        api_version=train_job.VERSION,
        kind=train_job.RUNTIME_KIND,
        metadata=_metadata(run, {}),
        spec=spec,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _submission_policy(name: str, run: NamedRun, parent: pulumi.Resource) -> NetworkPolicy:
    return NetworkPolicy(
        f"{name}-submission",
        metadata=_metadata(run, {}),
        spec=ray_job.submission_policy(run, KUBERAY_NAMESPACE),
        opts=pulumi.ResourceOptions(parent=parent),
    )
