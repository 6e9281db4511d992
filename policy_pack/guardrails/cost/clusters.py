"""Cost control inside a cluster: tenant quotas, job deadlines and evictions."""

import re
from collections.abc import Iterator

from falaj.facts.labels import TENANT_LABEL

from ..engine.families import cost_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, shown_items
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, name_key, objects, pods

_TENANT_LABELS = (TENANT_LABEL, "tenant")
_QUOTA = "kubernetes:core/v1:ResourceQuota"
_OF_PODS = lazy_regex(r"(?:^|[./])(?:cpu|memory|pods)$|gpu|deviceclass", re.IGNORECASE)
"""Names of what pods take of a cluster (kubernetes/website 0016292e content/en/docs/concepts/policy/resource-quotas.md,
read 2026-12-01)."""
_OF_FEW_PODS = frozenset({"BestEffort", "Terminating", "CrossNamespacePodAffinity"})
"""Scopes that leave out the pods of most programs: those that ask for something and run until somebody ends them."""


def _check_quota(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for namespace in objects(resource, "Namespace"):
        labels = namespace.child("metadata").child("labels").data
        if namespace.is_patch or not any(key in labels for key in _TENANT_LABELS):
            continue
        name = namespace.child("metadata").get("name")
        has_quota = not plan.by_key(_limited).keys().isdisjoint((resource.urn, name_key(name), name_key(UNKNOWN)))
        text = "no ResourceQuota in the stack limits the pods, processors, memory or GPUs of its tenant"
        yield passed() if has_quota else failed(text)


def _limited(quota: Resource) -> Iterator[str]:
    """Yields the namespace of a quota that limits pods, by name and by URN."""
    if quota.type == _QUOTA and _limits_pods(ObjectPart("", quota.props).child("spec")):
        yield name_key(ObjectPart("", quota.props).child("metadata").get("namespace"))
        yield from quota.dependencies.get("metadata", ())


def _limits_pods(quota: ObjectPart) -> bool:
    """Returns whether a quota limits what pods of a tenant take, and not only those of a few pods or other objects."""
    scopes = {*shown_items(quota.get("scopes")), *(
        str(item.get("scopeName")) for item in quota.child("scopeSelector").children("matchExpressions"))}  # fmt: skip
    hard = quota.get("hard")
    is_of_pods = not isinstance(hard, dict) or any(map(_OF_PODS.search, hard))
    return is_of_pods and not scopes & _OF_FEW_PODS


def _check_deadline(resource: Resource) -> Iterator[Outcome]:
    """Checks that a job that requests GPUs has a deadline."""
    for job in objects(resource, "Job", "CronJob"):
        spec = job.child("spec")
        spec = spec.child("jobTemplate").child("spec") if resource.type.endswith("CronJob") else spec
        limits = [item.child("resources").child("limits").data for pod in pods(resource) for item in pod.containers]
        if job.is_patch or not any("gpu" in key for limit in limits for key in limit):
            continue
        path = spec.path_to("activeDeadlineSeconds")
        has_deadline = spec.get("activeDeadlineSeconds") is not MISSING
        yield passed() if has_deadline else failed(f"{path} is not set, so the job may hold its GPUs forever", path)


_NO_PODS = (0, "0", "0%")
_ALL_PODS = "100%"


def _check_eviction(resource: Resource) -> Iterator[Outcome]:
    """Checks that a disruption budget does not prevent every eviction (absolute minimums are not checked)."""
    for budget in objects(resource, "PodDisruptionBudget"):
        spec = budget.child("spec")
        blocks_eviction = spec.get("maxUnavailable") in _NO_PODS or spec.get("minAvailable") == _ALL_PODS
        yield (
            failed(f"{spec.path} allows no eviction, so its node cannot be drained", spec.path)
            if blocks_eviction
            else passed()
        )


CLUSTERS: tuple[Guardrail, ...] = (
    cost_rule(301, Severity.MEDIUM, "The namespace of a tenant has a resource quota",
              "without a quota, one tenant can take capacity that other tenants pay for",
              "Add a ResourceQuota for the namespace",
              plan_predicate=_check_quota, types=("kubernetes:core/v1:Namespace",)),
    cost_rule(302, Severity.LOW, "Jobs with GPUs have a deadline",
              "a job that hangs costs as much as a job that works", "Set activeDeadlineSeconds",
              predicate=_check_deadline, types=("kubernetes:batch/",)),
    cost_rule(303, Severity.LOW, "Pod disruption budgets allow evictions",
              "a node that cannot be drained can be neither scaled down nor patched",
              "Allow one pod to be unavailable, and run two replicas where one must stay available",
              predicate=_check_eviction, types=("kubernetes:policy/",)),
)  # fmt: skip
