"""A plan against its ceiling, by `falaj.finops`: the judgement of `falaj bill` without a usage file."""

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

from .plan import Plan
from .reading import MISSING, UNKNOWN, Plain, Resource


def _planned(value: Plain) -> object:
    """The value as a plan has it: a word for what is not known, no key for what is not there, whole numbers whole."""
    if isinstance(value, dict):
        return {key: _planned(item) for key, item in value.items() if item is not MISSING}
    if isinstance(value, list):
        return [_planned(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return proxy.UNKNOWN_STRING_VALUE if value is UNKNOWN else value


def _row(item: Resource) -> tuple[str, str, str, Mapping[str, object]]:
    return item.urn, item.type, item.name, {key: _planned(value) for key, value in item.props.items()}


def _priced(plan: Plan, stack: str) -> PricedPlan:
    """The plan with what is above each resource, and its provider, whose region the prices are of."""
    found = of_plain(map(_row, plan.resources.values()), stack)
    return PricedPlan(found.stack, tuple(_placed(item, plan.resources[item.urn]) for item in found.resources))


def _placed(item: Planned, resource: Resource) -> Planned:
    provider = resource.provider.urn if resource.provider is not None else ""
    return replace(item, parent=resource.parent or None, provider=provider, dependencies=resource.dependencies)


def verdicts(plan: Plan, stack: str, ceiling: Decimal) -> tuple[GateResult, ...]:
    """What is to be said of prices that are missing, and of the sum."""
    found = estimate(_priced(plan, stack), Usage(), catalogue(), Rates())
    return judge(found, Ceilings(aed_per_month=ceiling), allow_missing=False)
