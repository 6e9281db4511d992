"""Policies, filters of events and alerts of Azure whose condition nothing meets, or everything.

Conditions of allOf and filters of an event subscription must all hold (MicrosoftDocs/azure-docs, "Azure Policy
definition structure"; aa803038, "Event filtering for Event Grid subscriptions": values of one filter are alternatives,
and of a negative one none may be, read 2026-12-01); the categories of the activity log by Azure China's copy of "Azure
Activity Log event schema" and Az.Monitor 15.6, Get-AzEventCategory, and which operations threats have by its examples
(Microsoft.Security/locations/alerts/activate), read 2026-11-30. Properties by pulumi-azure-native 3.29.0.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many, texts_in, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers.contradictions import Condition, Joined, Term, never_holds
from .policy_values import accepts_everything, of_count_or_value

_POLICIES = azure(
    "authorization:PolicyDefinition", "authorization:PolicyDefinitionAtManagementGroup",
    "authorization:PolicyDefinitionVersion", "authorization:PolicyDefinitionVersionAtManagementGroup",
)  # fmt: skip
_SUBSCRIPTIONS: Mapping[str, str] = {
    **dict.fromkeys(azure(
        "eventgrid:EventSubscription", "eventgrid:SystemTopicEventSubscription", "eventgrid:TopicEventSubscription",
        "eventgrid:DomainEventSubscription", "eventgrid:DomainTopicEventSubscription",
        "eventgrid:PartnerTopicEventSubscription",
    ), "filter"),
    **dict.fromkeys(azure("eventgrid:NamespaceTopicEventSubscription"), "filtersConfiguration"),
}  # fmt: skip
"""Type of subscription -> its filter."""
_ALERTS = azure("monitor:ActivityLogAlert")
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "administrative": (), "policy": (), "alert": ("microsoft.insights/",), "autoscale": ("microsoft.insights/",),
    "recommendation": ("microsoft.advisor/",), "resourcehealth": ("microsoft.resourcehealth/",),
    "security": ("microsoft.security/",), "servicehealth": ("microsoft.servicehealth/",),
}  # fmt: skip
"""Category of the activity log -> beginnings of the operations of its events; none: every operation."""
_OF_POLICIES = {
    "equals": "equals", "in": "in", "contains": "contains", "exists": "exists", "like": "like",
    "notequals": "notequals", "notin": "notin", "notcontains": "notcontains", "notlike": "notlike", "match": "match",
    "notmatch": "notmatch",
}  # fmt: skip
_OF_EVENTS = {
    "stringin": "in", "stringnotin": "notin", "stringcontains": "contains", "stringnotcontains": "notcontains",
    "stringbeginswith": "begins", "stringnotbeginswith": "notbegins", "stringendswith": "ends",
    "stringnotendswith": "notends", "boolequals": "equals", "numberin": "in", "numbernotin": "notin",
    "numbergreaterthan": "above", "numbergreaterthanorequals": "atleast", "numberlessthan": "below",
    "numberlessthanorequals": "atmost", "isnullorundefined": "missing", "isnotnull": "exists",
}  # fmt: skip
_DEEPEST = 20
_MOST_FILTERS, _MOST_RANGES = 25, 100
"""Advanced filters and ranges of one filter that are compared; Event Grid takes 25 of both in all."""

_Ranges = list[tuple[float, float]]


def check_contradictions(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each condition that nothing meets."""
    if resource.type in _POLICIES:
        for path, value in walk(resource.props, "policyRule.if"):
            if never_holds(_of_policy(value)):
                yield failed(f"{path} is a condition that no resource meets, so that the policy does nothing", path)
        for path, value in walk(resource.props, "policyRule.then.details?.existenceCondition?"):
            if accepts_everything(_of_policy(value)):
                yield failed(f"{path} is met by what is off too, so that the policy finds and deploys nothing", path)
    elif resource.type in _SUBSCRIPTIONS:
        path = _SUBSCRIPTIONS[resource.type]
        given = resource.get(path)
        if never_holds(Joined("all", tuple(_of_events(given)))) or _leaves_no_number(given):
            yield failed(f"{path} lets no event pass: all its filters must hold at once", path)
    elif resource.type in _ALERTS:
        for path, value in walk(resource.props, "condition.allOf"):
            terms = tuple(_of_alert(item) for item in one_or_many(value))
            if never_holds(Joined("all", terms)) or _is_elsewhere(terms):
                yield failed(f"{path} is a condition that no event meets, so that the alert never rings", path)


def _text(value: Plain) -> str:
    number = number_of(value) if not isinstance(value, bool | str) else None
    return str(number if number is not None else value).strip().lower()


def _of_policy(value: Plain, depth: int = 0) -> Condition:
    """Returns the condition of a rule of a policy. Values with functions may be any."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    fields = {str(key).lower(): item for key, item in value.items()}
    for key, how in (("allof", "all"), ("anyof", "any"), ("not", "not")):
        if key in fields:
            return Joined(how, tuple(_of_policy(item, depth + 1) for item in one_or_many(fields[key])))
    if "count" in fields or "value" in fields:
        return of_count_or_value(fields)
    field = fields.pop("field", None)
    if not isinstance(field, str) or "[" in field or len(fields) != 1:
        return None  # an alias with [*] has many values
    ((name, given),) = fields.items()
    operator = _OF_POLICIES.get(name)
    values = tuple(_text(item) for item in one_or_many(given))
    if operator is None or UNKNOWN in one_or_many(given) or any(item.startswith("[") for item in values):
        return None
    if operator == "exists":
        return Term(field.lower(), "exists" if values == ("true",) else "missing") if values else None
    return Term(field.lower(), operator, values)


def _of_events(value: Plain) -> Iterator[Condition]:
    """Yields the conditions of a filter of events."""
    given = value if isinstance(value, dict) else {}
    if kinds := tuple(text.lower() for text in texts_in(given.get("includedEventTypes"))):
        yield None if "all" in kinds else Term("eventtype", "in", kinds)
    for key, operator in (("subjectBeginsWith", "begins"), ("subjectEndsWith", "ends")):
        if isinstance(given.get(key), str) and given[key]:
            yield Term("subject", operator, (str(given[key]).lower(),))
    for item in _advanced(given):
        if term := _of_filter(item):
            yield term


def _advanced(given: Mapping[str, Plain]) -> Iterator[Mapping[str, Plain]]:
    """Yields the advanced filters of events by one value; a field of data may be a list where lists are filtered."""
    many = str(given.get("enableAdvancedFilteringOnArrays")).lower() == "true" or "filters" in given
    for item in one_or_many(given.get("advancedFilters") or given.get("filters")):
        if isinstance(item, dict) and not (many and "." in str(item.get("key"))):
            yield item


def _limits(item: Mapping[str, Plain]) -> list[Plain]:
    values = [*one_or_many(item.get("values", [])), *one_or_many(item.get("value", []))]
    return [value for value in values if value is not MISSING and value is not None]


def _leaves_no_number(given: Plain) -> bool:
    """Returns whether no number of one field is in all ranges of a filter of events and outside those it refuses."""
    wanted, refused = defaultdict[str, list[_Ranges]](list), defaultdict[str, _Ranges](list)
    for item in islice(_advanced(given if isinstance(given, dict) else {}), _MOST_FILTERS):
        name, key = str(item.get("operatorType")).lower(), str(item.get("key")).lower()
        if name in ("numbernotin", "numbernotinrange"):
            refused[key] += _ranges(name, _limits(item))
        elif ranges := _ranges(name, _limits(item)):
            wanted[key].append(ranges)
    return any(_is_nothing(lists, refused[key]) for key, lists in wanted.items())


def _ranges(name: str, values: list[Plain]) -> _Ranges:
    """Returns the ranges of an operator's values, with both ends; none if one of them is not known."""
    pairs = [one_or_many(value) if name.endswith("range") else [value, value] for value in values]
    numbers = [tuple(number_of(end) for end in pair) for pair in pairs]
    ranges = [(pair[0], pair[1]) for pair in numbers if len(pair) == 2 and pair[0] is not None and pair[1] is not None]
    if not ranges or len(ranges) != len(values) or len(ranges) > _MOST_RANGES:
        return []
    if name in _BOUNDS:
        return [_BOUNDS[name](ranges[0][0])]
    return ranges if name in ("numberin", "numbernotin", "numberinrange", "numbernotinrange") else []


_BOUNDS: Mapping[str, Callable[[float], tuple[float, float]]] = {
    "numbergreaterthan": lambda limit: (math.nextafter(limit, math.inf), math.inf),
    "numbergreaterthanorequals": lambda limit: (limit, math.inf),
    "numberlessthan": lambda limit: (-math.inf, math.nextafter(limit, -math.inf)),
    "numberlessthanorequals": lambda limit: (-math.inf, limit),
}


def _is_nothing(lists: list[_Ranges], refused: _Ranges) -> bool:
    left: _Ranges = [(-math.inf, math.inf)]
    for ranges in lists:
        left = _joined((max(a, c), min(b, d)) for a, b in left for c, d in ranges)
    holes = _joined(refused)
    return all(any(low <= start and end <= high for low, high in holes) for start, end in left)


def _joined(ranges: Iterable[tuple[float, float]]) -> _Ranges:
    """Returns ranges without empty ones, in order; those that meet are one."""
    joined: _Ranges = []
    for start, end in sorted(item for item in ranges if item[0] <= item[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _of_filter(item: Mapping[str, Plain]) -> Term | None:
    operator = _OF_EVENTS.get(str(item.get("operatorType")).lower())
    key = str(item.get("key")).lower()
    values = _limits(item)
    if operator is None or UNKNOWN in values or (operator not in ("exists", "missing") and not values):
        return None
    name = "eventtype" if key in ("eventtype", "type") else key
    if operator in ("above", "atleast", "below", "atmost"):
        number = number_of(values[0])
        return None if number is None else Term(name, operator, (), number)
    return Term(name, operator, tuple(_text(value) for value in values))


def _of_alert(item: Plain, depth: int = 0) -> Condition:
    if not isinstance(item, dict) or depth > _DEEPEST:
        return None
    if item.get("anyOf"):
        return Joined("any", tuple(_of_alert(part, depth + 1) for part in one_or_many(item["anyOf"])))
    field, value, parts = item.get("field"), item.get("equals"), texts_in(item.get("containsAny"))
    if isinstance(field, str) and isinstance(value, str):
        return Term(field.lower(), "equals", (value.strip().lower(),))
    if isinstance(field, str) and parts:
        return Term(field.lower(), "contains", tuple(part.lower() for part in parts))
    return None


def _is_elsewhere(terms: tuple[Condition, ...]) -> bool:
    """Returns whether no event of the category of an alert is of the operations that it looks for."""
    categories = _values(terms, "category")
    if not categories:
        return False
    starts = [_CATEGORIES.get(name) for name in categories]
    if all(start is None for start in starts):
        return True
    operations = _values(terms, "operationname")
    allowed = [start for start in starts if start is not None]
    return bool(operations) and not any(
        not start or any(name.startswith(start) for name in operations) for start in allowed
    )


def _values(terms: tuple[Condition, ...], field: str) -> list[str]:
    """Returns the values of a field of which one must be there; empty if others may be."""
    for term in terms:
        items = term.items if isinstance(term, Joined) and term.how == "any" else (term,)
        if all(isinstance(item, Term) and item.field == field and item.operator == "equals" for item in items):
            return [value for item in items if isinstance(item, Term) for value in item.values]
    return []
