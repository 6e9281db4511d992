"""Good idioms near the bounds of sums, and tags of what the stack makes itself (2026-12-01)."""

from ..attacks.after_twenty_second_sums import large
from ..blind import TAGS, aws, k8s
from ..harness import UNKNOWN
from . import Idiom
from .after_eighteenth_mclu import BUDGET
from .aws_platform import BUDGET as BUDGET_OF_AWS

GROUPS = "docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html"
TAGGED = {"autoscalingGroupName": UNKNOWN}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("four workloads of a thousand processors each", (
        *large(*(f"part-{number}" for number in range(4)), replicas=60), BUDGET), "kubernetes.io/docs"),
    Idiom("a platform labels a namespace of Kubernetes as its own, and one for its level", (
        k8s("core/v1:NamespacePatch", {"metadata": {"name": "kube-system", "labels": TAGS}}, "own"),
        k8s("core/v1:NamespacePatch", {"metadata": {"name": "team-b", "labels": {
            "pod-security.kubernetes.io/enforce": "restricted"}}}, "level")), "Pulumi, NamespacePatch"),
    Idiom("machines of a managed group get the tags of the platform", (BUDGET_OF_AWS, *(
        aws("autoscaling/Tag", {**TAGGED, "tag": {"key": key, "value": value, "propagateAtLaunch": True}}, key,
            links={"autoscalingGroupName": ("budget",)}) for key, value in TAGS.items())), GROUPS),
)  # fmt: skip
