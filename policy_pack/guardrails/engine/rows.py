"""The shape of a guardrail: a row of data and, only where a row cannot say it, a small predicate."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .conditions import Condition
from .controls import controls_of_rule
from .plan import Plan
from .reading import Resource
from .verdicts import Outcome


class Concern(StrEnum):
    """What a guardrail protects; enforcement can be set for a concern as a whole."""

    TAGS = "tags"
    RESIDENCY = "residency"
    ENCRYPTION = "encryption"
    EXPOSURE = "exposure"
    IDENTITY = "identity"
    COST = "cost"
    ESCAPE = "escape"
    RESILIENCE = "resilience"


CONCERNS = {
    Concern.TAGS: "every cost has a project, a unit and an owner",
    Concern.RESIDENCY: "data stays in the United Arab Emirates",
    Concern.ENCRYPTION: "data is encrypted with its owner's keys, at rest and on its way",
    Concern.EXPOSURE: "nothing is reached from where nobody meant it to be",
    Concern.IDENTITY: "everybody may do what they need, and no more",
    Concern.COST: "every cost has a ceiling and a reason",
    Concern.ESCAPE: "nothing is deployed that cannot be judged",
    Concern.RESILIENCE: "protections cannot be lost by one mistake",
}
"""What each concern is about."""


class Severity(StrEnum):
    """How bad a violation is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Check:
    """One property that must fulfil a condition, on the types named.

    `path` is read by `reading.walk`; the empty path stands for the resource itself. `when` limits the check to
    resources whose property at a path fulfils another condition; where both paths go through the same list, to the
    items that do. `unless` are top-level properties whose presence makes the check pointless.
    """

    tokens: tuple[str, ...]
    path: str
    condition: Condition
    when: tuple[str, Condition] | None = None
    unless: tuple[str, ...] = ()


Predicate = Callable[[Resource], Iterable[Outcome]]
"""Judges one resource alone. Yields nothing where the guardrail does not apply."""
Resolve = Callable[[Resource, Plan, Outcome], Outcome]
"""Decides, with the whole plan at hand, what one resource alone left undetermined."""
Across = Callable[[Resource, Plan], Iterable[Outcome]]
"""Judges one resource by its companions in the plan. Yields nothing where the guardrail does not apply."""


@dataclass(frozen=True)
class Guardrail:
    """One rule: `what` must hold, `why`, the `remedy` of a violation, and the `controls` it serves.

    UNDETERMINED blocks where `undetermined_blocks`, and advises elsewhere. `about` are the types that `predicate` and
    `across` look at, or beginnings of types, which end in `:` or `/`; without any they are asked about every resource,
    which costs time.
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
    across: Across | None = None
    about: tuple[str, ...] = ()

    def looks_at(self, token: str) -> bool:
        """Whether `predicate` and `across` are asked about a type. `sql:Server` is not the beginning of a type."""
        return not self.about or any(
            token == item or (item.endswith((":", "/")) and token.startswith(item)) for item in self.about
        )

    @property
    def all_controls(self) -> tuple[str, ...]:
        """Controls of its subject, then those that name the rule itself."""
        return tuple(dict.fromkeys((*self.controls, *controls_of_rule(self.id))))

    @property
    def undetermined_blocks(self) -> bool:
        """What may leave the country, or be reached from anywhere, is stopped until it is known not to."""
        return self.concern in (Concern.RESIDENCY, Concern.EXPOSURE)


def aws(*types: str) -> tuple[str, ...]:
    """AWS tokens from `module/Type`: `ebs/Volume` is `aws:ebs/volume:Volume`."""
    return tuple(_aws_token(item) for item in types)


def _aws_token(item: str) -> str:
    module, name = item.split("/")
    return f"aws:{module}/{name[0].lower()}{name[1:]}:{name}"


def azure(*types: str) -> tuple[str, ...]:
    """Azure tokens from `module:Type`."""
    return tuple(f"azure-native:{item}" for item in types)
