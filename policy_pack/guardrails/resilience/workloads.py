"""What runs in clusters goes on when one machine goes: two of what is relied upon, and a say in who goes first."""

from collections.abc import Iterator

from ..engine.families import resilience_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_live
from ..readers.kubernetes_objects import Piece, objects

_RUNS = ("Deployment", "StatefulSet")
_ABOUT = ("kubernetes:apps/",)
_SERVICES = "kubernetes:core/v1:Service"
_BUDGETS = "kubernetes:policy/v1:PodDisruptionBudget"


def _labels(owner: Piece) -> dict[str, Plain]:
    return owner.below("spec").below("template").below("metadata").below("labels").data


def _selects(selector: Plain, labels: dict[str, Plain]) -> bool:
    """Whether every label that a selector asks for is there; an empty one selects nothing here."""
    if not isinstance(selector, dict) or not selector:
        return False
    return all(value is not UNKNOWN and labels.get(key) == value for key, value in selector.items())


def _same_space(one: Resource, other: Resource) -> bool:
    spaces = [Piece("", item.props).below("metadata").get("namespace") for item in (one, other)]
    return UNKNOWN in spaces or spaces[0] == spaces[1]


def _is_served(resource: Resource, owner: Piece, plan: Plan) -> bool:
    return any(
        _same_space(resource, item) and _selects(Piece("", item.props).below("spec").get("selector"), _labels(owner))
        for item in plan.of_type(_SERVICES)
    )


def _replicas(owner: Piece) -> float | None:
    """How many it says that it has; None where a scaler decides, or it is not known. Left out means one."""
    count = owner.below("spec").get("replicas")
    if count is MISSING:
        return 1
    return count if isinstance(count, int | float) else None


def _is_scaled(resource: Resource, owner: Piece, plan: Plan) -> bool:
    """Whether something else says how many there are: a target of a scaler has its name."""
    name = owner.below("metadata").get("name")
    for item in plan.resources.values():
        if item.type.startswith(("kubernetes:autoscaling/", "kubernetes:keda.sh/", "kubernetes:http.keda.sh/")):
            target = Piece("", item.props).below("spec").below("scaleTargetRef").get("name")
            if target is UNKNOWN or target == name or resource.urn in item.dependencies.get("spec", ()):
                return True
    return False


def _has_gpu(owner: Piece) -> bool:
    """A second GPU costs as much as the first one, so that somebody weighs it: nobody is told to buy two."""
    spec = owner.below("spec").below("template").below("spec")
    limits = [container.below("resources").below("limits").data for container in spec.each("containers")]
    return any("gpu" in key for stated in limits for key in stated)


def _has_disk(owner: Piece) -> bool:
    """What writes to a disk of its own runs once at a time: a second one would wait for the disk, or spoil it."""
    spec = owner.below("spec")
    volumes = spec.below("template").below("spec").each("volumes")
    return spec.get("volumeClaimTemplates") is not MISSING or any(
        volume.get("persistentVolumeClaim") is not MISSING for volume in volumes
    )


def _twice(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for owner in objects(resource, *_RUNS) if is_live(resource) else ():
        count = _replicas(owner)
        weighed = _has_gpu(owner) or _has_disk(owner)
        if owner.is_patch or not count or weighed or not _is_served(resource, owner, plan):
            continue
        path = owner.below("spec").at("replicas")
        if count >= 2 or _is_scaled(resource, owner, plan):
            yield passed()
        else:
            yield failed(f"{path} is {count:.0f}, so that it is gone while its machine is", path)


def _budgeted(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for owner in objects(resource, *_RUNS) if is_live(resource) else ():
        if owner.is_patch or (_replicas(owner) or 0) < 2:
            continue
        found = any(
            _same_space(resource, item)
            and _selects(Piece("", item.props).below("spec").below("selector").get("matchLabels"), _labels(owner))
            for item in plan.of_type(_BUDGETS)
        )
        yield passed() if found else failed("no PodDisruptionBudget of the stack selects its pods")


def _answers(resource: Resource) -> Iterator[Outcome]:
    """Containers with ports say when they can answer: who sends requests asks nothing else."""
    for owner in objects(resource, *_RUNS):
        spec = owner.below("spec").below("template").below("spec")
        for container in spec.each("containers"):
            if container.get("ports") in (MISSING, []) or owner.is_patch:
                continue
            stated = container.get("readinessProbe") is not MISSING
            path = container.at("readinessProbe")
            yield passed() if stated else failed(f"{path} is not stated", path)


WORKLOADS: tuple[Guardrail, ...] = (
    resilience_rule(301, Severity.MEDIUM,
                    "What services in production send requests to runs twice, unless it has GPUs or a disk",
                    "machines go: spot ones within two minutes",
                    "Set spec.replicas to 2 or more, or let a scaler decide with a least of 2",
                    across=_twice, about=_ABOUT),
    resilience_rule(302, Severity.LOW, "What runs several times in production has a disruption budget",
                    "without one, all of them may be moved at the same moment",
                    "Add a PodDisruptionBudget that selects its pods",
                    across=_budgeted, about=_ABOUT),
    resilience_rule(303, Severity.LOW, "Containers with ports say when they are ready",
                    "requests are sent to what cannot answer them yet", "Set readinessProbe",
                    predicate=_answers, about=_ABOUT),
)  # fmt: skip
