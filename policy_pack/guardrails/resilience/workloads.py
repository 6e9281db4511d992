"""Workloads that survive the loss of a node: replicas, disruption budgets and readiness probes."""

import math
from collections.abc import Iterator, Mapping, Sequence

from ..engine.families import resilience_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_production
from ..readers.kubernetes_objects import ObjectPart, name_key, objects

_WORKLOAD_KINDS = ("Deployment", "StatefulSet")
_WORKLOAD_TYPES = ("kubernetes:apps/",)
_SERVICE = "kubernetes:core/v1:Service"
_DISRUPTION_BUDGET = "kubernetes:policy/v1:PodDisruptionBudget"


def _pod_labels(workload: ObjectPart) -> dict[str, Plain]:
    return workload.child("spec").child("template").child("metadata").child("labels").data


def _selects(selector: Plain, labels: dict[str, Plain]) -> bool:
    """Returns whether a selector matches the labels. An empty selector matches nothing here."""
    if not isinstance(selector, dict) or not selector:
        return False
    return all(value is not UNKNOWN and labels.get(key) == value for key, value in selector.items())


def _same_namespace(first: Resource, second: Resource) -> bool:
    namespaces = [ObjectPart("", item.props).child("metadata").get("namespace") for item in (first, second)]
    return UNKNOWN in namespaces or namespaces[0] == namespaces[1]


def _is_served(resource: Resource, workload: ObjectPart, plan: Plan) -> bool:
    return any(
        _same_namespace(resource, item)
        and _selects(ObjectPart("", item.props).child("spec").get("selector"), _pod_labels(workload))
        for item in _with_a_label(plan.by_key(_service_labels), _pod_labels(workload))
    )


def _first_label(selector: Plain) -> Iterator[str]:
    """Yields the key under which an index has a selector: its first label, or the label's name if its value is no
    text."""
    if isinstance(selector, dict) and selector:
        key, value = next(iter(selector.items()))
        yield f"{key}={value}" if isinstance(value, str) else key


def _service_labels(resource: Resource) -> Iterator[str]:
    if resource.type == _SERVICE:
        yield from _first_label(ObjectPart("", resource.props).child("spec").get("selector"))


def _budget_labels(resource: Resource) -> Iterator[str]:
    if resource.type == _DISRUPTION_BUDGET:
        yield from _first_label(ObjectPart("", resource.props).child("spec").child("selector").get("matchLabels"))


def _with_a_label(index: Mapping[str, Sequence[Resource]], labels: dict[str, Plain]) -> Iterator[Resource]:
    """Yields the resources whose selector begins with one of the labels: all that may select them."""
    for key, value in labels.items():
        yield from index.get(f"{key}={value}", ())
        yield from index.get(key, ())


def _replicas(workload: ObjectPart) -> float | None:
    """Returns the number of replicas, 1 if it is not set; None if it is not known."""
    count = workload.child("spec").get("replicas")
    if count is MISSING:
        return 1
    return count if isinstance(count, int | float) else None


def _is_scaled(resource: Resource, workload: ObjectPart, plan: Plan) -> bool:
    """Returns whether an autoscaler targets the workload."""
    scaled = plan.by_key(_scaled)
    name = workload.child("metadata").get("name")
    return any(key in scaled for key in (name_key(UNKNOWN), name_key(name), resource.urn))


_SCALERS = ("kubernetes:autoscaling/", "kubernetes:keda.sh/", "kubernetes:http.keda.sh/")


def _scaled(resource: Resource) -> Iterator[str]:
    """Yields the name of what an autoscaler targets, and the URNs that its settings depend on."""
    if resource.type.startswith(_SCALERS):
        yield name_key(ObjectPart("", resource.props).child("spec").child("scaleTargetRef").get("name"))
        yield from resource.dependencies.get("spec", ())


def _has_gpu(workload: ObjectPart) -> bool:
    """Returns whether the workload uses GPUs. A second GPU doubles the cost, so its owner decides on a replica."""
    spec = workload.child("spec").child("template").child("spec")
    limits = [container.child("resources").child("limits").data for container in spec.children("containers")]
    return any("gpu" in key for resources in limits for key in resources)


def _has_disk(workload: ObjectPart) -> bool:
    """Returns whether the workload mounts a disk. A second replica would wait for the disk, or corrupt it."""
    spec = workload.child("spec")
    volumes = spec.child("template").child("spec").children("volumes")
    return spec.get("volumeClaimTemplates") is not MISSING or any(
        volume.get("persistentVolumeClaim") is not MISSING for volume in volumes
    )


def _check_replicas(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for workload in objects(resource, *_WORKLOAD_KINDS) if is_production(resource) else ():
        count = _replicas(workload)
        is_exempt = _has_gpu(workload) or _has_disk(workload)
        if workload.is_patch or not count or is_exempt or not _is_served(resource, workload, plan):
            continue
        path = workload.child("spec").path_to("replicas")
        if count >= 2 or _is_scaled(resource, workload, plan):
            yield passed()
        else:
            yield failed(f"{path} is {count:.0f}, so the workload is unavailable while its node is", path)


def _check_disruption_budget(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for workload in objects(resource, *_WORKLOAD_KINDS) if is_production(resource) else ():
        count = _replicas(workload) or 0
        if workload.is_patch or count < 2:
            continue
        budgets = [
            ObjectPart("", item.props).child("spec")
            for item in _with_a_label(plan.by_key(_budget_labels), _pod_labels(workload))
            if _same_namespace(resource, item)
        ]
        limits = [
            budget.get("maxUnavailable")
            for budget in budgets
            if _selects(budget.child("selector").get("matchLabels"), _pod_labels(workload))
        ]
        if not limits:
            yield failed("no PodDisruptionBudget in the stack selects its pods")
        elif all(_permits_all(limit, count) for limit in limits):
            yield failed(f"its PodDisruptionBudget permits that all {count:.0f} replicas are evicted at the same time")
        else:
            yield passed()


def _permits_all(limit: Plain, replicas: float) -> bool:
    """Returns whether `maxUnavailable` permits that all replicas are evicted: a number, or a share, which Kubernetes
    rounds up (kubernetes/website, "Specifying a Disruption Budget for your Application", read 2026-12-02)."""
    text = str(limit)
    if isinstance(limit, str) and text.endswith("%") and text[:-1].isdigit():
        return math.ceil(int(text[:-1]) * replicas / 100) >= replicas
    return isinstance(limit, int | float) and limit >= replicas


def _check_readiness_probe(resource: Resource) -> Iterator[Outcome]:
    """Checks that containers with ports have a readiness probe, which decides whether they receive requests."""
    for workload in objects(resource, *_WORKLOAD_KINDS):
        spec = workload.child("spec").child("template").child("spec")
        for container in spec.children("containers"):
            if container.get("ports") in (MISSING, []) or workload.is_patch:
                continue
            has_probe = container.get("readinessProbe") is not MISSING
            path = container.path_to("readinessProbe")
            yield passed() if has_probe else failed(f"{path} is not set", path)


WORKLOADS: tuple[Guardrail, ...] = (
    resilience_rule(301, Severity.MEDIUM,
                    "Workloads behind a service in production have two replicas, unless they use GPUs or a disk",
                    "nodes fail, and spot nodes are reclaimed with two minutes' notice",
                    "Set spec.replicas to 2 or more, or use an autoscaler with a minimum of 2",
                    plan_predicate=_check_replicas, types=_WORKLOAD_TYPES),
    resilience_rule(302, Severity.LOW, "Workloads with several replicas in production have a pod disruption budget",
                    "without one, all replicas can be evicted at the same time",
                    "Add a PodDisruptionBudget that selects its pods",
                    plan_predicate=_check_disruption_budget, types=_WORKLOAD_TYPES),
    resilience_rule(303, Severity.LOW, "Containers with ports have a readiness probe",
                    "without one, requests are sent to a container that cannot answer yet",
                    "Set readinessProbe",
                    predicate=_check_readiness_probe, types=_WORKLOAD_TYPES),
)  # fmt: skip
