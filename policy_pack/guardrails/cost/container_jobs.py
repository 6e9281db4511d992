"""Processors of jobs of Azure Container Apps, whose runs overlap: they have no setting that forbids it.

Property names checked against pulumi-azure-native 3.29.0; settings of jobs by MicrosoftDocs/azure-docs 0023d477,
articles/container-apps/jobs.md, "Job settings", read 2026-11-30.
"""

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome
from .workload_sizes import judge_cpus, overlapping

CONTAINER_JOB = azure("app:Job")[0]
_SECONDS = 1_800.0
"""Length of a run whose timeout is not known."""


def _first(resource: Resource, path: str) -> Plain:
    return next((value for _, value in walk(resource.props, path)), MISSING)


def check_container_job(resource: Resource) -> Outcome:
    """Evaluates the processors of all copies and overlapping runs of a job."""
    trigger = "configuration.scheduleTriggerConfig"
    copies = number_of(_first(resource, f"{trigger}?.parallelism")) or 1
    seconds = number_of(_first(resource, "configuration.replicaTimeout")) or _SECONDS
    runs = overlapping(str(_first(resource, f"{trigger}?.cronExpression")), seconds)
    cpus = sum(number_of(value) or 0 for _, value in walk(resource.props, "template?.containers[*].resources?.cpu"))
    return judge_cpus(copies * runs * cpus, trigger)
