"""The cost estimate of a plan. Uses `falaj.finops`, like `falaj bill` without a usage file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fnmatch import fnmatchcase

from falaj.facts.prices import catalogue
from falaj.finops.bill import bill
from falaj.finops.estimate import estimate
from falaj.finops.lines import Basis, Line
from falaj.finops.money import Rates
from falaj.finops.plan import UNKNOWN_SENTINEL, Planned, of_plain
from falaj.finops.plan import Plan as PricedPlan
from falaj.finops.usage_model import Usage

from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.settings import Unpriced
from ..engine.tokens import normalise

_EVALUATED = ("aws:", "azure-native:", "kubernetes:")
"""Packages whose resources need a price. Those of others are components, whose children are counted, or refused by the
rules on what cannot be evaluated, unless they are allowed with a reason."""


@dataclass(frozen=True)
class StackCost:
    """What a stack costs a month in AED without VAT: its estimate, and the waived amounts of resources without a price.

    `unpriced` and `by_use` map each type without a price to its resources and the reason. The cost of `by_use` depends
    on how much the resources are used; that of `unpriced` arises because they exist.
    """

    estimated_aed: Decimal
    waived_aed: Decimal
    unpriced: Mapping[str, "WithoutPrice"]
    by_use: Mapping[str, "WithoutPrice"]
    has_charges: bool

    @property
    def aed(self) -> Decimal:
        """The estimate and the waived amounts."""
        return self.estimated_aed + self.waived_aed


@dataclass(frozen=True)
class WithoutPrice:
    """The names of resources of one type that have no price, and the reasons."""

    names: tuple[str, ...]
    reasons: tuple[str, ...]


def stack_cost(plan: Plan, stack: str, waivers: Mapping[str, Unpriced]) -> StackCost:
    """Returns what a stack costs. `waivers`: type and name of a resource -> what it may cost."""
    result = estimate(_priced_plan(plan, stack), Usage(), catalogue(), Rates())
    unpriced = [line for line in result.unpriced if line.type.startswith(_EVALUATED)]
    amounts = {line.urn: _waived(line, waivers) for line in unpriced}
    remaining = [line for line in unpriced if amounts[line.urn] is None]
    return StackCost(
        estimated_aed=bill(result).net_aed.expected,
        waived_aed=sum((amount for amount in amounts.values() if amount is not None), Decimal(0)),
        unpriced=_by_type(line for line in remaining if line.charge.basis is not Basis.USAGE),
        by_use=_by_type(line for line in remaining if line.charge.basis is Basis.USAGE),
        has_charges=bool(result.lines),
    )


def _waived(line: Line, waivers: Mapping[str, Unpriced]) -> Decimal | None:
    """Returns what a resource without a price may cost; None if no waiver names it. A waiver may name any version of
    the type."""
    for key, waiver in waivers.items():
        token, _, name = key.partition("::")
        if normalise(token) == normalise(line.type) and fnmatchcase(line.name, name):
            return waiver.aed_per_month
    return None


def _by_type(lines: Iterator[Line]) -> dict[str, WithoutPrice]:
    by_type: dict[str, list[Line]] = {}
    for line in lines:
        by_type.setdefault(line.type, []).append(line)
    return {
        token: WithoutPrice(
            tuple(dict.fromkeys(line.name for line in items)), tuple(dict.fromkeys(line.price.source for line in items))
        )
        for token, items in by_type.items()
    }


def _plan_value(value: Plain) -> object:
    """Returns the value as in a saved plan: a sentinel if it is unknown, no key if it is missing, whole numbers as
    integers."""
    if isinstance(value, dict):
        return {key: _plan_value(item) for key, item in value.items() if item is not MISSING}
    if isinstance(value, list):
        return [_plan_value(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return UNKNOWN_SENTINEL if value is UNKNOWN else value


def _row(item: Resource) -> tuple[str, str, str, Mapping[str, object]]:
    return item.urn, item.type, item.name, {key: _plan_value(value) for key, value in item.props.items()}


def _priced_plan(plan: Plan, stack: str) -> PricedPlan:
    """Returns the plan for pricing. Each resource has its parent and its provider, which decides the region of its
    price: providers of other programs are not in the plan."""
    providers = {item.provider.urn: item.provider for item in plan.resources.values() if item.provider is not None}
    resources = providers | plan.resources
    priced = of_plain(map(_row, resources.values()), stack)
    return PricedPlan(
        priced.stack, tuple(_with_parent_and_provider(item, resources[item.urn]) for item in priced.resources)
    )


def _with_parent_and_provider(item: Planned, resource: Resource) -> Planned:
    provider = resource.provider.urn if resource.provider is not None else ""
    return replace(item, parent=resource.parent or None, provider=provider, dependencies=resource.dependencies)
