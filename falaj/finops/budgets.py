"""Budgets that a plan creates, and how much of each the expected month uses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from falaj.facts.clouds import CLOUDS
from falaj.finops.lines import ZERO_RANGE, Line, Owner, Range, total
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext, cloud_of
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, get_str_list

TYPES = tuple(entry.budget_type for entry in CLOUDS.values())

_OWNER_FIELDS = {
    "site": "site",
    "tenant": "tenant",
    "project": "project",
    "environment": "environment",
    "business-unit": "business_unit",
    "cost-centre": "cost_centre",
}
"""Cost tag in a budget's filter -> field of a line's owner."""


@dataclass(frozen=True)
class BudgetUse:
    """One budget: its limit and the cost of the lines in its scope, in USD a month without tax.

    An Azure budget is in the currency of its billing account, which is read as USD. `scope` is its tag filter.
    """

    name: str
    cloud: str
    scope: Mapping[str, str]
    limit_usd: Decimal
    usd: Range
    open: bool

    @property
    def percent(self) -> Decimal:
        """The expected cost in percent of the limit."""
        return self.usd.expected / self.limit_usd * 100


def budgets(context: PricingContext, lines: Iterable[Line]) -> tuple[BudgetUse, ...]:
    """Returns every monthly cost budget of the plan that has a limit."""
    shares = _shares(lines)
    return tuple(_budget_use(context, item, shares) for item in context.plan.resources if _limit(item) > 0)


def exceeded_sentences(uses: Iterable[BudgetUse], aed: Decimal) -> Iterator[str]:
    """Yields a sentence for each budget that the expected month exceeds: its alarms would come at once."""
    for use in uses:
        if use.percent > 100:
            expected, limit = (f"AED {usd * aed:,.2f}" for usd in (use.usd.expected, use.limit_usd))
            yield (
                f"budget {use.name}: the expected month, {expected}, is {use.percent:.0f} % of its limit of {limit}: "
                "raise the limit, or lower the cost"
            )


@dataclass(frozen=True)
class _Share:
    """What one owner has in one cloud, so that a budget adds up owners and not lines: USD a month without tax."""

    cloud: str
    owner: Owner
    usd: Range
    open: bool


def _shares(lines: Iterable[Line]) -> tuple[_Share, ...]:
    groups: dict[tuple[str, Owner], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.cloud, line.owner), []).append(line)
    return tuple(
        _Share(cloud, owner, total(group), any(not line.priced for line in group))
        for (cloud, owner), group in groups.items()
    )


def _limit(item: Planned) -> Decimal:
    monthly = (get_str(item.props, "timeUnit") or get_str(item.props, "timeGrain")).upper() == "MONTHLY"
    if item.type not in TYPES or not monthly or get_str(item.props, "limitUnit", default="USD") != "USD":
        return Decimal(0)
    return get_number(get_path(item.props, "limitAmount") or get_path(item.props, "amount"), 0)


def _budget_use(context: PricingContext, item: Planned, shares: Iterable[_Share]) -> BudgetUse:
    scope = dict(_filter_tags(item.props))
    if get_path(item.props, "filter") and context.site(item):
        scope.setdefault("site", context.site(item))  # Azure budgets filter by resource group, one per site
    cloud = cloud_of(item)
    matching = [share for share in shares if share.cloud == cloud and _matches(share.owner, scope)]
    usd = sum((share.usd for share in matching), ZERO_RANGE)
    return BudgetUse(item.name, cloud, scope, _limit(item), usd, any(share.open for share in matching))


def _matches(owner: Owner, scope: Mapping[str, str]) -> bool:
    return all(getattr(owner, _OWNER_FIELDS[key]) == value for key, value in scope.items() if key in _OWNER_FIELDS)


def _filter_tags(props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields the tags of a budget's filter, in either cloud's format, if they have a single value."""
    expression, condition = get_dict(props, "filterExpression"), get_dict(props, "filter")
    for rule in (expression, *get_list(expression, "ands"), condition, *get_list(condition, "and")):
        tag = get_dict(rule, "tags")
        name, values = get_str(tag, "key") or get_str(tag, "name"), get_str_list(tag, "values")
        if name and len(values) == 1:
            yield name, values[0]
