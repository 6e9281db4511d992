"""Whether a budget watches the machines of a stack: its amount, its period and what it counts.

Names of dimensions, filters, types and time units: AWS Budgets in botocore 1.44.8 (`Dimension`, `CostFilters`,
`BudgetType`, `TimeUnit`) and the Azure REST API of consumption budgets (BudgetFilter); read 2026-11-27.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

from falaj.facts.clock import today
from falaj.facts.currency import AED_PER_USD

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many, texts_in, walk
from ..engine.rows import aws
from ..readers.effective_tags import effective_tags
from .budget_places import elsewhere, of_other_scope

AWS_BUDGET = aws("budgets/Budget")
MOST_CEILINGS = 5
"""Highest amount of a budget, in ceilings of its stack: a budget may cover all pools at their maximum, while a ceiling
limits the expected cost."""
_MONTHS = {"DAILY": 12 / Decimal(365), "QUARTERLY": Decimal(3), "ANNUALLY": Decimal(12), "ANNUAL": Decimal(12),
           "BILLINGQUARTER": Decimal(3), "BILLINGANNUAL": Decimal(12)}  # fmt: skip
"""Time unit -> its length in months; one for every other."""
_LONGEST_WAIT = timedelta(days=62)
"""Longest time until a budget starts."""
_SHORTEST_WATCH = timedelta(days=31)
"""Shortest time until a budget ends: a month, so that it is renewed before."""
_WIDE_DIMENSIONS = ("LINKED_ACCOUNT", "LINKED_ACCOUNT_NAME", "LINKEDACCOUNT", "SUBSCRIPTION_ID", "RESOURCEGROUP",
                    "RESOURCEGROUPNAME", "SUBSCRIPTIONID", "SUBSCRIPTIONNAME")  # fmt: skip
"""Dimensions whose values contain whole environments. Any other, such as the service, leaves machines out."""
_WORDS = lazy_regex(r"[a-z0-9]{2,60}")
_BEGINNING = 3
"""Letters by which words are the same, such as `Production` and `prod`."""
_EXCLUDABLE = ("RECORD_TYPE", "CHARGETYPE")
"""Dimensions that a budget may exclude: credits, refunds and taxes."""


def why_not_counted(budget: Resource, machines: list[Resource], ceiling: Decimal | None) -> str:
    """Returns why a budget does not watch the machines of a stack; an empty text if it does.

    `machines` are the resources of the budget's cloud that are charged by the hour, `ceiling` is that of the stack in
    AED a month. What is not known yet counts in favour of the budget.
    """
    reasons = (
        _wrong_type(budget),
        _follows_forecast(budget),
        _wrong_amount(budget, ceiling),
        _wrong_period(budget),
        *_narrow(budget, machines),
    )
    return next(filter(None, reasons), "")


def _wrong_type(budget: Resource) -> str:
    kind = budget.get("budgetType") if budget.type in AWS_BUDGET else budget.get("category")
    return f"is of type {kind}" if isinstance(kind, str) and kind.upper() != "COST" else ""


def _follows_forecast(budget: Resource) -> str:
    """Returns whether the amount is the forecast (pulumi-aws 7.51.1, BudgetAutoAdjustData: FORECAST; read 2026-12-01).
    One by past months is exceeded when costs grow."""
    adjusted = budget.get("autoAdjustData")
    kind = adjusted.get("autoAdjustType") if isinstance(adjusted, dict) else ""
    return "takes its amount from the forecast, which is never above itself" if kind == "FORECAST" else ""


def _wrong_amount(budget: Resource, ceiling: Decimal | None) -> str:
    is_aws = budget.type in AWS_BUDGET
    unit = budget.get("timeUnit") if is_aws else budget.get("timeGrain")
    months = _MONTHS.get(str(unit).upper(), Decimal(1))
    # Azure budgets are in the currency of the billing account, which no plan shows: AED is the lower reading.
    rate = AED_PER_USD if is_aws and str(budget.get("limitUnit")).upper() != "AED" else Decimal(1)
    path = "limitAmount" if is_aws else "amount"
    planned = [value for _, value in walk(budget.props, "plannedLimits[*].amount")]
    for value in (budget.get(path), *planned):
        amount = number_of(value)
        if amount is None or ceiling is None:
            continue
        most = MOST_CEILINGS * ceiling
        if not isfinite(amount) or Decimal(amount) * rate / months > most:
            return f"has an amount of more than {MOST_CEILINGS} ceilings of the stack (AED {most:,.0f} a month)"
    return ""


def _wrong_period(budget: Resource) -> str:
    if budget.type in AWS_BUDGET:
        start, end = budget.get("timePeriodStart"), budget.get("timePeriodEnd")
    else:
        period = budget.get("timePeriod")
        start, end = (period.get(key, MISSING) if isinstance(period, dict) else MISSING for key in _PERIOD)
    starts, ends = _day(start), _day(end)
    if ends is not None and ends <= today() + _SHORTEST_WATCH:
        return f"{'ended' if ends <= today() else 'ends'} on {ends.isoformat()}"
    if starts is not None and starts > today() + _LONGEST_WAIT:
        return f"starts on {starts.isoformat()}"
    return ""


_PERIOD = ("startDate", "endDate")


def _day(value: Plain) -> date | None:
    """Returns the day of `2026-12-01_00:00` (AWS) or `2026-12-01T00:00:00Z` (Azure); None if it is not known."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _narrow(budget: Resource, machines: list[Resource]) -> Iterator[str]:
    yield from of_other_scope(budget.get("scope"), machines)
    filters = budget.get("costFilters")
    for item in one_or_many(filters):
        if isinstance(item, dict):
            yield _legacy_filter(item, machines)
    for key in ("filterExpression", "filter"):
        yield from _expression(budget.get(key), machines)


def _legacy_filter(item: dict[str, Plain], machines: list[Resource]) -> str:
    name, values = str(item.get("name")), item.get("values")
    if name != "TagKeyValue":
        return _dimension_filter(name, values, machines)
    pairs = [value.removeprefix("user:").partition("$") for value in texts_in(values)]
    by_key = {key: [value for other, _, value in pairs if other == key] for key, _, _ in pairs}
    is_carried = not by_key or any(not _tag_filter(key, list(texts), machines) for key, texts in by_key.items())
    return "" if is_carried else "counts only resources with other tags"


def _expression(expression: Plain, machines: list[Resource]) -> Iterator[str]:
    """Yields what is wrong with each part of a filter expression, in the form of either cloud."""
    for item in one_or_many(expression):
        if not isinstance(item, dict):
            continue
        for key, value in item.items():
            if key in ("and", "ands", "or", "ors"):
                yield from _expression(value, machines)
            elif key in ("not", "nots"):
                yield _exclusion(value)
            elif key == "costCategories":
                names = value.get("values") if isinstance(value, dict) else UNKNOWN
                yield _category_filter(names, machines)
            elif key in ("tags", "dimensions"):
                yield from (_condition(key, part, machines) for part in one_or_many(value))


def _condition(key: str, part: Plain, machines: list[Resource]) -> str:
    if not isinstance(part, dict):
        return ""
    name = part.get("name", part.get("key", MISSING))
    if not isinstance(name, str):
        return ""
    return (
        _tag_filter(name, part.get("values"), machines)
        if key == "tags"
        else _dimension_filter(name, part.get("values"), machines)
    )


def _exclusion(value: Plain) -> str:
    dimensions = value.get("dimensions") if isinstance(value, dict) else None
    parts = one_or_many(dimensions)
    names = [str(part.get("key", part.get("name"))).upper() for part in parts if isinstance(part, dict)]
    excludes_credits = bool(names) and all(name in _EXCLUDABLE for name in names)
    return "" if value is UNKNOWN or excludes_credits else "excludes resources"


def _dimension_filter(name: str, values: Plain, machines: list[Resource]) -> str:
    plain = name.upper().replace(" ", "")
    if plain not in (*_WIDE_DIMENSIONS, "COSTCATEGORY"):
        return f"counts only some values of {name}"
    if values is UNKNOWN or (isinstance(values, list) and UNKNOWN in values):
        return ""
    if plain == "COSTCATEGORY":
        return _category_filter([text.rpartition("$")[2] for text in texts_in(values)], machines)
    return elsewhere(plain.replace("_", ""), texts_in(values), machines)


def _category_filter(values: Plain, machines: list[Resource]) -> str:
    """Returns what is wrong with a filter by a cost category: no word of its values begins as one of the tags of a
    machine. Which costs a category has is decided elsewhere."""
    if values is UNKNOWN or (isinstance(values, list) and UNKNOWN in values):
        return ""
    wanted = set(_WORDS.findall(" ".join(texts_in(values)).lower()))
    for machine in machines:
        tags = effective_tags(machine)
        if not tags.complete or UNKNOWN in tags.values.values():
            return ""
        carried = set(_WORDS.findall(" ".join(map(str, tags.values.values())).lower()))
        if wanted & carried or {word[:_BEGINNING] for word in wanted} & {
            word[:_BEGINNING] for word in carried if len(word) >= _BEGINNING
        }:
            return ""
    return f"counts only the cost category {', '.join(texts_in(values))}, a name that no tag of the machines has"


def _tag_filter(key: str, values: Plain, machines: list[Resource]) -> str:
    """Returns what is wrong with a filter by tag: no machine has one of its values."""
    if values is UNKNOWN or (isinstance(values, list) and UNKNOWN in values):
        return ""
    wanted = {text.lower() for text in texts_in(values)}
    for machine in machines:
        tags = effective_tags(machine)
        carried = tags.values.get(key, MISSING if tags.complete else UNKNOWN)
        if carried is UNKNOWN or str(carried).lower() in wanted:
            return ""
    return f"counts only resources with other values of the tag {key}"
