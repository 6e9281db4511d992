"""The cost ceiling of a stack: what the stack costs must be known, and not exceed it."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from ..engine.families import cost_rule
from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity
from ..engine.settings import CostSettings
from ..engine.verdicts import Outcome, failed, passed, undetermined

if TYPE_CHECKING:
    from .estimate import StackCost, WithoutPrice

STACK = "pulumi:pulumi:Stack"
_NAMED = 3
"""Most resources of a type that a message names."""


def _check_ceiling(stack: Resource, plan: Plan, *, settings: CostSettings) -> Iterator[Outcome]:
    from .estimate import stack_cost  # Imported here: a pack that evaluates no stack loads no price list.

    cost = stack_cost(plan, stack.stack, settings.unpriced)
    if not cost.has_charges:
        yield passed()
        return
    yield from (failed(_unpriced_sentence(token, item)) for token, item in cost.unpriced.items())
    yield from (undetermined(_by_use_sentence(token, item)) for token, item in cost.by_use.items())
    ceiling = settings.ceiling(stack.stack)
    if ceiling is None:
        yield failed(
            f"it has no cost ceiling: write the most that it may cost as `{stack.stack}:` under cost.ceilings in "
            f"enforcement.yaml, in AED a month (its estimate is {_whole(cost.aed)})"
        )
    elif cost.aed > ceiling:
        yield failed(_above_sentence(cost, ceiling))
    else:
        yield passed()


def _whole(aed: Decimal) -> str:
    return f"{round(aed):,}"


def _above_sentence(cost: "StackCost", ceiling: Decimal) -> str:
    waived = f" and AED {_whole(cost.waived_aed)} for resources without a price" if cost.waived_aed else ""
    return (
        f"its estimate is AED {_whole(cost.estimated_aed)} a month without VAT{waived}, "
        f"{_whole(cost.aed - ceiling)} above the ceiling of {_whole(ceiling)}"
    )


def _unpriced_sentence(token: str, item: "WithoutPrice") -> str:
    return (
        f"the price of {_named(token, item)} is not known ({'; '.join(item.reasons)}): write the most that it may cost "
        f"as `{token}::{item.names[0]}: {{aed_per_month: ..., reason: ...}}` under cost.unpriced in enforcement.yaml"
    )


def _by_use_sentence(token: str, item: "WithoutPrice") -> str:
    return f"{_named(token, item)} is charged by use, which the estimate does not include"


def _named(token: str, item: "WithoutPrice") -> str:
    more = f" and {len(item.names) - _NAMED} more" if len(item.names) > _NAMED else ""
    return f"{', '.join(item.names[:_NAMED])}{more} ({token})"


def ceiling_guardrail(settings: CostSettings) -> Guardrail:
    """Returns the guardrail, with the platform team's ceilings and waivers."""
    return cost_rule(4, Severity.HIGH, "The cost of a stack is known, and below its ceiling",
                     "spending above the approved amount needs approval first, and so does spending that nobody can "
                     "estimate",
                     "Reduce the stack (`falaj bill` lists the cost of each resource), or have the amount approved: a "
                     "ceiling under cost.ceilings, and the cost of a resource without a price under cost.unpriced",
                     plan_predicate=partial(_check_ceiling, settings=settings), types=(STACK,))  # fmt: skip
