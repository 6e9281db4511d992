"""Sums of what is below each bound, and tags that are moved, beside those of the twenty-second set (2026-12-01)."""

from dataclasses import replace

from ..blind import aws, k8s, meta, workload
from ..harness import Given
from . import Attack
from .cost_services import STACK

SIZE = {"resources": {"requests": {"cpu": "16", "memory": "32Gi"}, "limits": {"cpu": "16", "memory": "32Gi"}}}
OF_OTHERS = {"cost-centre": "cc-0001"}


def large(*names: str, replicas: int = 250) -> tuple[Given, ...]:
    """Returns a workload of processors for each name, each below the largest of one."""
    given = workload("apps/v1:Deployment", SIZE, replicas=replicas)
    return tuple(replace(given, name=name, props={**given.props, "metadata": meta(name)}) for name in names)


ATTACKS = (
    Attack("twelve workloads of four thousand processors each", ("FJ-COST-126",), (
        STACK, *large(*(f"part-{number}" for number in range(12)))), "major",
        "48,000 processors, for which the autoscaler of the cluster starts machines"),
    Attack("a patch gives the namespace of another team another cost centre", ("FJ-TAG-004",), (
        k8s("core/v1:NamespacePatch", {"metadata": {"name": "team-b", "labels": OF_OTHERS}}),), "major",
        "what team b runs is booked on another unit"),
    Attack("a patch gives a workload of another team another owner", ("FJ-TAG-004",), (
        k8s("apps/v1:DeploymentPatch", {"metadata": {
            "name": "theirs", "namespace": "team-b", "labels": {"owner": "treasury-team", "project": "swaps"}}}),),
        "major"),
    Attack("a group of machines of another stack gets another cost centre", ("FJ-TAG-003",), (aws("autoscaling/Tag", {
        "autoscalingGroupName": "cards-nodes", "tag": {
            "key": "cost-centre", "value": "cc-0001", "propagateAtLaunch": True}}),), "major"),
)  # fmt: skip
