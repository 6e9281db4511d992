"""Inside a cluster, where no budget of a cloud reaches: what a tenant may take at most, and work that ends."""

from collections.abc import Iterator

from ..engine.families import cost_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, objects, pods

_TENANT = ("falaj/tenant", "tenant")
_QUOTA = "kubernetes:core/v1:ResourceQuota"


def _has_quota(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for namespace in objects(resource, "Namespace"):
        labels = namespace.child("metadata").child("labels").data
        if namespace.is_patch or not any(key in labels for key in _TENANT):
            continue
        name = namespace.child("metadata").get("name")
        has_quota = any(
            resource.urn in item.dependencies.get("metadata", ())
            or ObjectPart("", item.props).child("metadata").get("namespace") in (name, UNKNOWN)
            for item in plan.of_type(_QUOTA)
        )
        yield passed() if has_quota else failed("no ResourceQuota of the stack limits what its tenant takes")


def _has_deadline(resource: Resource) -> Iterator[Outcome]:
    """A job that asks for GPUs says after how long it is given up; of pods in other kinds nothing is known."""
    for job in objects(resource, "Job", "CronJob"):
        spec = job.child("spec")
        spec = spec.child("jobTemplate").child("spec") if resource.type.endswith("CronJob") else spec
        limits = [item.child("resources").child("limits").data for pod in pods(resource) for item in pod.containers]
        if job.is_patch or not any("gpu" in key for stated in limits for key in stated):
            continue
        path = spec.path_to("activeDeadlineSeconds")
        stated = spec.get("activeDeadlineSeconds") is not MISSING
        yield passed() if stated else failed(f"{path} is not stated, so that it may hold its GPUs for ever", path)


_NONE = (0, "0", "0%")
_ALL = "100%"


def _allows_eviction(resource: Resource) -> Iterator[Outcome]:
    """A budget that never lets a pod be moved; of a number nobody can say without the number of pods."""
    for budget in objects(resource, "PodDisruptionBudget"):
        spec = budget.child("spec")
        held = spec.get("maxUnavailable") in _NONE or spec.get("minAvailable") == _ALL
        yield failed(f"{spec.path} lets no pod go, so that its machine stays for ever", spec.path) if held else passed()


CLUSTERS: tuple[Guardrail, ...] = (
    cost_rule(301, Severity.MEDIUM, "The namespace of a tenant has a quota",
              "a tenant without one takes what the others pay for", "Add a ResourceQuota for the namespace",
              plan_predicate=_has_quota, types=("kubernetes:core/v1:Namespace",)),
    cost_rule(302, Severity.LOW, "Jobs with GPUs end",
              "a job that hangs costs as much as one that works", "Set activeDeadlineSeconds",
              predicate=_has_deadline, types=("kubernetes:batch/",)),
    cost_rule(303, Severity.LOW, "Disruption budgets let a pod go",
              "a machine that cannot be emptied is neither given back when it is too many nor patched",
              "Allow one pod to be unavailable, and run two where one must stay",
              predicate=_allows_eviction, types=("kubernetes:policy/",)),
)  # fmt: skip
