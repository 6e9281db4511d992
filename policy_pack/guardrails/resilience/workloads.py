"""What runs in clusters goes on when one machine goes: two of what is relied upon, and a say in who goes first."""

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
    """Whether every label that a selector asks for is there; an empty one selects nothing here."""
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
    """How many it says that it has; None where a scaler decides, or it is not known. Left out means one."""
    count = owner.child("spec").get("replicas")
    if count is MISSING:
        return 1
    return count if isinstance(count, int | float) else None


def _is_scaled(resource: Resource, owner: ObjectPart, plan: Plan) -> bool:
    """Whether something else says how many there are: a target of a scaler has its name."""
    name = owner.child("metadata").get("name")
    for item in plan.resources.values():
        if item.type.startswith(("kubernetes:autoscaling/", "kubernetes:keda.sh/", "kubernetes:http.keda.sh/")):
            target = ObjectPart("", item.props).child("spec").child("scaleTargetRef").get("name")
            if target is UNKNOWN or target == name or resource.urn in item.dependencies.get("spec", ()):
                return True
    return False


def _has_gpu(owner: ObjectPart) -> bool:
    """A second GPU costs as much as the first one, so that somebody weighs it: nobody is told to buy two."""
    spec = owner.child("spec").child("template").child("spec")
    limits = [container.child("resources").child("limits").data for container in spec.children("containers")]
    return any("gpu" in key for stated in limits for key in stated)


def _has_disk(owner: ObjectPart) -> bool:
    """What writes to a disk of its own runs once at a time: a second one would wait for the disk, or spoil it."""
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
            yield failed(f"{path} is {count:.0f}, so that it is gone while its machine is", path)


def _has_disruption_budget(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for owner in objects(resource, *_RUNS) if is_production(resource) else ():
        if owner.is_patch or (_replicas(owner) or 0) < 2:
            continue
        has_budget = any(
            _same_namespace(resource, item)
            and _selects(ObjectPart("", item.props).child("spec").child("selector").get("matchLabels"), _labels(owner))
            for item in plan.of_type(_BUDGETS)
        )
        yield passed() if has_budget else failed("no PodDisruptionBudget of the stack selects its pods")


def _has_readiness_probe(resource: Resource) -> Iterator[Outcome]:
    """Containers with ports say when they can answer: who sends requests asks nothing else."""
    for owner in objects(resource, *_RUNS):
        spec = owner.child("spec").child("template").child("spec")
        for container in spec.children("containers"):
            if container.get("ports") in (MISSING, []) or owner.is_patch:
                continue
            stated = container.get("readinessProbe") is not MISSING
            path = container.path_to("readinessProbe")
            yield passed() if stated else failed(f"{path} is not stated", path)


WORKLOADS: tuple[Guardrail, ...] = (
    resilience_rule(301, Severity.MEDIUM,
                    "What services in production send requests to runs twice, unless it has GPUs or a disk",
                    "machines go: spot ones within two minutes",
                    "Set spec.replicas to 2 or more, or let a scaler decide with a least of 2",
                    plan_predicate=_has_replicas, types=_ABOUT),
    resilience_rule(302, Severity.LOW, "What runs several times in production has a disruption budget",
                    "without one, all of them may be moved at the same moment",
                    "Add a PodDisruptionBudget that selects its pods",
                    plan_predicate=_has_disruption_budget, types=_ABOUT),
    resilience_rule(303, Severity.LOW, "Containers with ports say when they are ready",
                    "requests are sent to what cannot answer them yet", "Set readinessProbe",
                    predicate=_has_readiness_probe, types=_ABOUT),
)  # fmt: skip
