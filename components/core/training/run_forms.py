"""Kinds of Kubernetes objects that a training run can be, and what each requires. Pure."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Annotated, Protocol

from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.kubernetes_versions import number


class RunForm(Enum):
    """Kind of Kubernetes object that a training run is."""

    JOB = "job"
    """A Job of Kubernetes, on one machine."""
    JOB_SET = "jobset"
    """A JobSet, on one machine or several."""
    TRAIN_JOB = "trainjob"
    """A TrainJob of Kubeflow Trainer with a TrainingRuntime of its own, from which Trainer creates a JobSet."""
    RAY_JOB = "rayjob"
    """A RayJob of KubeRay: `command` is the driver, which runs on the head of a Ray cluster of its own."""

    @property
    def kind(self) -> str:
        """The kind as Kubernetes writes it, such as `TrainJob`."""
        return _KINDS[self]

    @property
    def is_ray(self) -> bool:
        """Whether Ray starts the processes, which then need no rank and no rendezvous."""
        return self is RunForm.RAY_JOB


_KINDS = {
    RunForm.JOB: "Job",
    RunForm.JOB_SET: "JobSet",
    RunForm.TRAIN_JOB: "TrainJob",
    RunForm.RAY_JOB: "RayJob",
}

RayVersion = Annotated[
    str, TextForm(r"^[0-9]+\.[0-9]+\.[0-9]+$", "a version of three numbers", "2.52.0", max_length=20)
]
"""Version of Ray in an image."""

OLDEST_RAY = "2.52.0"
"""First version of Ray with token authentication, which KubeRay requires for it (ray-operator v1.6.0,
controllers/ray/utils/validation.go). Without it, every pod of the namespace may submit jobs."""


class FormedRun(Protocol):
    """The fields of a run that depend on its form."""

    @property
    def form(self) -> RunForm | None:
        """The form; chosen by the number of nodes if absent."""
        ...

    @property
    def nodes(self) -> int:
        """Number of machines."""
        ...

    @property
    def command(self) -> Sequence[object] | None:
        """Command that overrides the image's entry point."""
        ...

    @property
    def ray_version(self) -> str | None:
        """Version of Ray in the image."""
        ...


def form_problems(run: FormedRun) -> Iterator[Problem]:
    """Yields the problems of a run's form."""
    if run.form is RunForm.JOB and run.nodes > 1:
        yield Problem("form", "job", "jobset, trainjob or rayjob for several nodes", "leave it out, or choose another")
    if run.form is not RunForm.RAY_JOB:
        if run.ray_version is not None:
            yield Problem("ray_version", run.ray_version, "only with form rayjob", "remove it")
        return
    if not run.command:
        yield Problem.missing(
            "command", "form is rayjob: the image's entry point starts Ray", "add the driver's command"
        )
    if run.ray_version is None:
        yield Problem.missing("ray_version", "form is rayjob", "add the version of Ray in the image")
    elif number(run.ray_version) < number(OLDEST_RAY):
        allowed = f"{OLDEST_RAY} or newer, which authenticates who submits jobs"
        yield Problem("ray_version", run.ray_version, allowed, "use an image with a newer Ray")
