"""Policies, filters of events and alerts of Azure whose condition nothing meets.

Conditions of allOf and filters of an event subscription must all hold (MicrosoftDocs/azure-docs, "Azure Policy
definition structure", "Event filtering for Event Grid subscriptions"; values of one filter are alternatives, as known);
the categories of the activity log by Azure China's copy of "Azure Activity Log event schema" and Az.Monitor 15.6,
Get-AzEventCategory, and which operations threats have by its examples (Microsoft.Security/locations/alerts/activate),
read 2026-11-30. Properties by pulumi-azure-native 3.29.0.
"""

from collections.abc import Iterator, Mapping

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many, texts_in, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers.contradictions import Condition, Joined, Term, never_holds

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


def check_contradictions(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each condition that nothing meets."""
    if resource.type in _POLICIES:
        for path, value in walk(resource.props, "policyRule.if"):
            if never_holds(_of_policy(value)):
                yield failed(f"{path} is a condition that no resource meets, so that the policy does nothing", path)
    elif resource.type in _SUBSCRIPTIONS:
        path = _SUBSCRIPTIONS[resource.type]
        if never_holds(Joined("all", tuple(_of_events(resource.get(path))))):
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
    many = str(given.get("enableAdvancedFilteringOnArrays")).lower() == "true" or "filters" in given
    for item in one_or_many(given.get("advancedFilters") or given.get("filters")):
        term = _of_filter(item) if isinstance(item, dict) else None
        if isinstance(term, Term) and not (many and "." in term.field):
            yield term


def _of_filter(item: Mapping[str, Plain]) -> Term | None:
    operator = _OF_EVENTS.get(str(item.get("operatorType")).lower())
    key = str(item.get("key")).lower()
    values = [*one_or_many(item.get("values", [])), *one_or_many(item.get("value", []))]
    values = [value for value in values if value is not MISSING and value is not None]
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
