"""Budgets that a plan creates, and how much of each the expected month uses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from falaj.finops.lines import Line, Range, total
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext, cloud_of
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, get_str_list

TYPES = ("aws:budgets/budget:Budget", "azure-native:consumption:Budget")

_FIELDS = {
    "site": "site",
    "tenant": "tenant",
    "project": "project",
    "environment": "environment",
    "business-unit": "business_unit",
    "cost-centre": "cost_centre",
}
"""Cost tag that a budget filters by -> field of a line's owner."""


@dataclass(frozen=True)
class BudgetUse:
    """One budget: its limit and what of the estimate falls under it, in USD a month without tax.

    An Azure budget has the currency of its billing account: it is read as USD. `scope` says what it looks at.
    """

    name: str
    cloud: str
    scope: Mapping[str, str]
    limit_usd: Decimal
    usd: Range
    open: bool

    @property
    def percent(self) -> Decimal:
        """Part of the limit that the expected month uses, in percent."""
        return self.usd.expected / self.limit_usd * 100


def budgets(context: PricingContext, lines: Iterable[Line]) -> tuple[BudgetUse, ...]:
    """Every monthly cost budget of the plan that has a limit."""
    chosen = tuple(lines)
    return tuple(_used(context, item, chosen) for item in context.plan.resources if _limit(item) > 0)


def _limit(item: Planned) -> Decimal:
    monthly = (get_str(item.props, "timeUnit") or get_str(item.props, "timeGrain")).upper() == "MONTHLY"
    if item.type not in TYPES or not monthly or get_str(item.props, "limitUnit", default="USD") != "USD":
        return Decimal(0)
    return get_number(get_path(item.props, "limitAmount") or get_path(item.props, "amount"), 0)


def _used(context: PricingContext, item: Planned, lines: Iterable[Line]) -> BudgetUse:
    scope = dict(_tags(item.props))
    if get_path(item.props, "filter") and context.site(item):
        scope.setdefault("site", context.site(item))  # Azure's budgets look at resource groups, and a site has its own
    cloud = cloud_of(item)
    under = [line for line in lines if line.cloud == cloud and _matches(line, scope)]
    return BudgetUse(item.name, cloud, scope, _limit(item), total(under), any(not line.priced for line in under))


def _matches(line: Line, scope: Mapping[str, str]) -> bool:
    return all(getattr(line.owner, _FIELDS[key]) == value for key, value in scope.items() if key in _FIELDS)


def _tags(props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The tags that a budget's filter asks for, in either cloud's form; one value each."""
    expression, condition = get_dict(props, "filterExpression"), get_dict(props, "filter")
    for rule in (expression, *get_list(expression, "ands"), condition, *get_list(condition, "and")):
        tag = get_dict(rule, "tags")
        name, values = get_str(tag, "key") or get_str(tag, "name"), get_str_list(tag, "values")
        if name and len(values) == 1:
            yield name, values[0]
