"""Workloads that survive the loss of one node: replicas, disruption budgets, readiness probes."""

from collections.abc import Iterator

from ..engine.families import resilience_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_production
from ..readers.kubernetes_objects import ObjectPart, objects

_RUNS = ("Deployment", "StatefulSet")
_ABOUT = ("kubernetes:apps/",)
_SERVICES = "kubernetes:core/v1:Service"
_BUDGETS = "kubernetes:policy/v1:PodDisruptionBudget"


def _labels(owner: ObjectPart) -> dict[str, Plain]:
    return owner.child("spec").child("template").child("metadata").child("labels").data


def _selects(selector: Plain, labels: dict[str, Plain]) -> bool:
    """Whether a selector matches the labels; an empty selector matches nothing here."""
    if not isinstance(selector, dict) or not selector:
        return False
    return all(value is not UNKNOWN and labels.get(key) == value for key, value in selector.items())


def _same_namespace(one: Resource, other: Resource) -> bool:
    namespaces = [ObjectPart("", item.props).child("metadata").get("namespace") for item in (one, other)]
    return UNKNOWN in namespaces or namespaces[0] == namespaces[1]


def _is_served(resource: Resource, owner: ObjectPart, plan: Plan) -> bool:
    return any(
        _same_namespace(resource, item)
        and _selects(ObjectPart("", item.props).child("spec").get("selector"), _labels(owner))
        for item in plan.of_type(_SERVICES)
    )


def _replicas(owner: ObjectPart) -> float | None:
    """The number of replicas, 1 if not set; None if not known."""
    count = owner.child("spec").get("replicas")
    if count is MISSING:
        return 1
    return count if isinstance(count, int | float) else None


def _is_scaled(resource: Resource, owner: ObjectPart, plan: Plan) -> bool:
    """Whether an autoscaler targets the workload."""
    name = owner.child("metadata").get("name")
    for item in plan.resources.values():
        if item.type.startswith(("kubernetes:autoscaling/", "kubernetes:keda.sh/", "kubernetes:http.keda.sh/")):
            target = ObjectPart("", item.props).child("spec").child("scaleTargetRef").get("name")
            if target is UNKNOWN or target == name or resource.urn in item.dependencies.get("spec", ()):
                return True
    return False


def _has_gpu(owner: ObjectPart) -> bool:
    """Whether it uses GPUs. A second GPU doubles the cost, so a replica is a decision for its owner."""
    spec = owner.child("spec").child("template").child("spec")
    limits = [container.child("resources").child("limits").data for container in spec.children("containers")]
    return any("gpu" in key for stated in limits for key in stated)


def _has_disk(owner: ObjectPart) -> bool:
    """Whether it mounts a disk. A second replica would wait for the disk, or corrupt it."""
    spec = owner.child("spec")
    volumes = spec.child("template").child("spec").children("volumes")
    return spec.get("volumeClaimTemplates") is not MISSING or any(
        volume.get("persistentVolumeClaim") is not MISSING for volume in volumes
    )


def _has_replicas(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for owner in objects(resource, *_RUNS) if is_production(resource) else ():
        count = _replicas(owner)
        weighed = _has_gpu(owner) or _has_disk(owner)
        if owner.is_patch or not count or weighed or not _is_served(resource, owner, plan):
            continue
        path = owner.child("spec").path_to("replicas")
        if count >= 2 or _is_scaled(resource, owner, plan):
            yield passed()
        else:
            yield failed(f"{path} is {count:.0f}, so it is unavailable while its node is", path)


def _has_disruption_budget(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for owner in objects(resource, *_RUNS) if is_production(resource) else ():
        if owner.is_patch or (_replicas(owner) or 0) < 2:
            continue
        has_budget = any(
            _same_namespace(resource, item)
            and _selects(ObjectPart("", item.props).child("spec").child("selector").get("matchLabels"), _labels(owner))
            for item in plan.of_type(_BUDGETS)
        )
        yield passed() if has_budget else failed("no PodDisruptionBudget in the stack selects its pods")


def _has_readiness_probe(resource: Resource) -> Iterator[Outcome]:
    """Containers with ports have a readiness probe, which decides whether they receive requests."""
    for owner in objects(resource, *_RUNS):
        spec = owner.child("spec").child("template").child("spec")
        for container in spec.children("containers"):
            if container.get("ports") in (MISSING, []) or owner.is_patch:
                continue
            stated = container.get("readinessProbe") is not MISSING
            path = container.path_to("readinessProbe")
            yield passed() if stated else failed(f"{path} is not set", path)


WORKLOADS: tuple[Guardrail, ...] = (
    resilience_rule(301, Severity.MEDIUM,
                    "Workloads behind a service in production have two replicas, unless they use GPUs or a disk",
                    "nodes fail, and spot nodes are reclaimed with two minutes' notice",
                    "Set spec.replicas to 2 or more, or use an autoscaler with a minimum of 2",
                    plan_predicate=_has_replicas, types=_ABOUT),
    resilience_rule(302, Severity.LOW, "Workloads with several replicas in production have a pod disruption budget",
                    "without one, all replicas can be evicted at the same time",
                    "Add a PodDisruptionBudget that selects its pods",
                    plan_predicate=_has_disruption_budget, types=_ABOUT),
    resilience_rule(303, Severity.LOW, "Containers with ports have a readiness probe",
                    "without one, requests are sent to a container that cannot answer yet",
                    "Set readinessProbe",
                    predicate=_has_readiness_probe, types=_ABOUT),
)  # fmt: skip
