"""Compares the cost estimate of a plan with its ceiling. Uses `falaj.finops`, like `falaj bill` without a usage
file."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from pulumi_policy import proxy

from falaj.facts.prices import catalogue
from falaj.finops.estimate import estimate
from falaj.finops.gate import Ceilings, GateResult, judge
from falaj.finops.money import Rates
from falaj.finops.plan import Plan as PricedPlan
from falaj.finops.plan import Planned, of_plain
from falaj.finops.usage_model import Usage

from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource


def _plan_value(value: Plain) -> object:
    """Returns the value as in a saved plan: a sentinel if it is unknown, no key if it is missing, whole numbers as
    integers."""
    if isinstance(value, dict):
        return {key: _plan_value(item) for key, item in value.items() if item is not MISSING}
    if isinstance(value, list):
        return [_plan_value(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return proxy.UNKNOWN_STRING_VALUE if value is UNKNOWN else value


def _row(item: Resource) -> tuple[str, str, str, Mapping[str, object]]:
    return item.urn, item.type, item.name, {key: _plan_value(value) for key, value in item.props.items()}


def _priced_plan(plan: Plan, stack: str) -> PricedPlan:
    """Returns the plan for pricing. Each resource has its parent and its provider, which decides the region of its
    price."""
    priced = of_plain(map(_row, plan.resources.values()), stack)
    return PricedPlan(
        priced.stack, tuple(_with_parent_and_provider(item, plan.resources[item.urn]) for item in priced.resources)
    )


def _with_parent_and_provider(item: Planned, resource: Resource) -> Planned:
    provider = resource.provider.urn if resource.provider is not None else ""
    return replace(item, parent=resource.parent or None, provider=provider, dependencies=resource.dependencies)


def verdicts(plan: Plan, stack: str, ceiling: Decimal) -> tuple[GateResult, ...]:
    """Returns the verdicts on missing prices and on the total, for a ceiling in AED a month."""
    result = estimate(_priced_plan(plan, stack), Usage(), catalogue(), Rates())
    return judge(result, Ceilings(aed_per_month=ceiling), allow_missing=False)
