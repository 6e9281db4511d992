"""The parts of a guardrail: rows of data and, only where a row cannot express the rule, a small predicate."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .conditions import Condition
from .controls import controls_of_rule
from .plan import Plan
from .reading import Resource
from .verdicts import Outcome


class Concern(StrEnum):
    """The subject that a guardrail protects. An enforcement level can be set for a whole concern."""

    TAGS = "tags"
    RESIDENCY = "residency"
    ENCRYPTION = "encryption"
    EXPOSURE = "exposure"
    IDENTITY = "identity"
    COST = "cost"
    ESCAPE = "escape"
    RESILIENCE = "resilience"


CONCERNS = {
    Concern.TAGS: "every cost has a project, a business unit and an owner",
    Concern.RESIDENCY: "data stays in the United Arab Emirates",
    Concern.ENCRYPTION: "data is encrypted with customer-managed keys at rest, and with TLS in transit",
    Concern.EXPOSURE: "resources are reachable only by those who need them",
    Concern.IDENTITY: "least privilege: identities have the permissions that they need, and no more",
    Concern.COST: "every cost has a budget and a reason",
    Concern.ESCAPE: "nothing is deployed that the guardrails cannot evaluate",
    Concern.RESILIENCE: "one mistake or failure does not lose data or availability",
}
"""The goal of each concern, as the reference states it."""


class Severity(StrEnum):
    """The severity of a violation."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Check:
    """A property that must meet a condition, on the resource types `tokens`.

    `reading.walk` reads `path`; an empty path means the resource itself. `when` limits the check to resources in which
    the property at a path meets another condition; if both paths go through the same list, to the list items in which
    it does. `unless` lists top-level properties; if one of them is set, the check does not apply.
    """

    tokens: tuple[str, ...]
    path: str
    condition: Condition
    when: tuple[str, Condition] | None = None
    unless: tuple[str, ...] = ()


Predicate = Callable[[Resource], Iterable[Outcome]]
"""Evaluates one resource by itself. Yields nothing if the guardrail does not apply."""
Resolve = Callable[[Resource, Plan, Outcome], Outcome]
"""Uses the plan to resolve an outcome that was undetermined from the resource alone."""
PlanPredicate = Callable[[Resource, Plan], Iterable[Outcome]]
"""Evaluates one resource together with the rest of the plan. Yields nothing if the guardrail does not apply."""


@dataclass(frozen=True)
class Guardrail:
    """One rule: `what` must hold, `why`, the `remedy` for a violation, and the `controls` that it serves.

    An UNDETERMINED verdict blocks if `undetermined_blocks` is true, and is advisory otherwise. `types` are the type
    tokens for which `predicate` and `plan_predicate` are called, or prefixes of tokens, which end in `:` or `/`. If
    `types` is empty, they are called for every resource, which costs time. `checks` have their own type tokens.
    """

    id: str
    concern: Concern
    severity: Severity
    what: str
    why: str
    remedy: str
    controls: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    predicate: Predicate | None = None
    resolve: Resolve | None = None
    plan_predicate: PlanPredicate | None = None
    types: tuple[str, ...] = ()
    is_opt_in: bool = False
    """Whether only its own id in enforcement.yaml puts it into force: what `all` and its concern say leaves it out."""

    @property
    def all_controls(self) -> tuple[str, ...]:
        """The controls of the rule's subject, followed by those that list the rule itself."""
        return tuple(dict.fromkeys((*self.controls, *controls_of_rule(self.id))))

    @property
    def undetermined_blocks(self) -> bool:
        """Whether an UNDETERMINED verdict blocks: residency and exposure rules block until the value is known to
        comply."""
        return self.concern in (Concern.RESIDENCY, Concern.EXPOSURE)


def aws(*types: str) -> tuple[str, ...]:
    """Returns AWS tokens for `module/Type`: `ebs/Volume` is `aws:ebs/volume:Volume`."""
    return tuple(_aws_token(item) for item in types)


def _aws_token(item: str) -> str:
    module, name = item.split("/")
    return f"aws:{module}/{name[0].lower()}{name[1:]}:{name}"


def azure(*types: str) -> tuple[str, ...]:
    """Returns Azure tokens for `module:Type`."""
    return tuple(f"azure-native:{item}" for item in types)


CONTAINER_GROUPS = azure(
    "containerinstance:ContainerGroup", "containerinstance:ContainerGroupProfile", "containerinstance:CGProfile"
)
"""Groups of containers, and the profiles by which groups are made; the SDK has two names for a profile."""
