"""Conditions of Azure Policy on counts, values and the time, some of which nothing can meet, or everything does.

A count is no less than nought; a value that calls no function is the same for each resource; and `utcNow()` is later
each time (learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule, "Conditions", "Value"
and "Count", read 2026-12-02). What meets `existenceCondition` is compliant, and nothing is deployed for it
(learn.microsoft.com/azure/governance/policy/concepts/effect-deploy-if-not-exists, read 2026-12-02); fields of two
states have one of them on each resource, as known.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import product

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, one_or_many
from ..readers.contradictions import Condition, Joined, Term, always_holds, never_holds

_NEITHER = (Term("", "exists"), Term("", "missing"))
NEVER, ALWAYS = Joined("all", _NEITHER), Joined("any", _NEITHER)
_ORDERED: Mapping[str, Callable[[float, float], bool]] = {
    "less": operator.lt, "lessorequals": operator.le, "greater": operator.gt, "greaterorequals": operator.ge,
}  # fmt: skip
_NOW = lazy_regex(r"\[\s{0,9}utcNow\s{0,9}\([^()]{0,40}\)\s{0,9}\]", re.IGNORECASE)
_PAST = lazy_regex(r"\s{0,9}(?:1\d{3}|20[01]\d|202[0-5])-\d\d?-\d\d?(?!\d)")
_FAR = lazy_regex(r"\s{0,9}(?:20[4-9]\d|2[1-9]\d\d|[3-9]\d{3})-\d\d?-\d\d?(?!\d)")
"""Dates before this was written, and those that are more than a decade away."""
_LONGEST = 200


def of_count_or_value(fields: Mapping[str, Plain]) -> Condition:
    """Returns what is known of a condition with `count` or `value`, whose keys are in lower case: `NEVER`, `ALWAYS`, or
    None."""
    tests = [(name, given) for name, given in fields.items() if name not in ("count", "value")]
    if len(tests) != 1 or UNKNOWN in one_or_many(tests[0][1]):
        return None
    ((name, given),) = tests
    if "count" in fields:
        return _of_count(name, given)
    value = fields.get("value")
    if isinstance(value, str) and _NOW.fullmatch(value.strip()[:_LONGEST]):
        return _of_now(name, str(given)[:_LONGEST])
    return _of_constant(value, name, given)


def _of_count(name: str, given: Plain) -> Condition:
    limit = number_of(given)
    if limit is None:
        return None
    if (name in ("less", "equals") and limit < 0) or (name == "less" and limit == 0):
        return NEVER
    if name == "lessorequals":
        return NEVER if limit < 0 else None
    is_met = (name == "greater" and limit < 0) or (name == "greaterorequals" and limit <= 0)
    return ALWAYS if is_met or (name == "notequals" and limit < 0) else None


def _of_now(name: str, day: str) -> Condition:
    is_past, is_far = _PAST.match(day) is not None, _FAR.match(day) is not None
    if name.startswith("less") or name.startswith("greater"):
        is_met = is_past if name.startswith("greater") else is_far
        return ALWAYS if is_met else NEVER if is_past or is_far else None
    return None


def _of_constant(value: Plain, name: str, given: Plain) -> Condition:
    """Returns whether a value that reads nothing meets a condition. Texts are compared in any case (the same page)."""
    if value is UNKNOWN or not isinstance(value, str | int | float) or _is_expression(value):
        return None
    items = one_or_many(given)
    if any(_is_expression(item) for item in items):
        return None
    if name in _ORDERED:
        left, right = number_of(value), number_of(given)
        return None if left is None or right is None else _either(_ORDERED[name](left, right))
    if name in ("equals", "in"):
        return _either(any(_text(value) == _text(item) for item in items))
    if name in ("notequals", "notin"):
        return _either(all(_text(value) != _text(item) for item in items))
    return None


def _either(is_met: bool) -> Condition:
    return ALWAYS if is_met else NEVER


def _is_expression(value: Plain) -> bool:
    return isinstance(value, str) and value.lstrip().startswith("[")


def _text(value: Plain) -> str:
    number = number_of(value) if not isinstance(value, bool | str) else None
    return str(number if number is not None else value).strip().lower()


_STATES = tuple(map(frozenset, (
    ("enabled", "disabled"), ("true", "false"), ("on", "off"), ("allow", "deny"), ("yes", "no"), ("1", "0"),
)))  # fmt: skip
_OF_TWO = lazy_regex(r"(?:[^\[]{0,300}[./])?(?:state|status|enabled|is[a-z]{1,40}enabled)", re.IGNORECASE)
_DEEPEST, _MOST_FIELDS = 20, 6


def accepts_everything(condition: Condition) -> bool:
    """Returns whether a condition holds in both states of each field that has two, and so asks for nothing."""
    if condition is None:
        return False
    stated: dict[str, set[str]] = {}
    for term in _terms(condition):
        stated.setdefault(term.field, set()).update(term.values)
    domains = {field: states for field, values in stated.items() if (states := _domain(field, values))}
    if not domains or len(domains) > _MOST_FIELDS:
        return always_holds(condition)
    return all(_holds(condition, dict(zip(domains, states, strict=True))) for states in product(*domains.values()))


def _holds(condition: Condition, states: Mapping[str, str], depth: int = 0) -> bool | None:
    """Returns whether a condition holds where some fields have a value; None if others decide."""
    if isinstance(condition, Joined) and depth < _DEEPEST:
        found = [_holds(item, states, depth + 1) for item in condition.items]
        if condition.how == "not":
            return None if None in found else not any(found)
        decisive = condition.how == "any"
        return decisive if decisive in found else None if None in found else not decisive
    if not isinstance(condition, Term) or condition.field not in states:
        return None
    stated = Term(condition.field, "equals", (states[condition.field],))
    if never_holds(Joined("all", (stated, condition))):
        return False
    opposite = condition.negated()
    return True if opposite and never_holds(Joined("all", (stated, opposite))) else None


def _terms(condition: Condition, depth: int = 0) -> Iterator[Term]:
    if isinstance(condition, Term):
        yield condition
    elif isinstance(condition, Joined) and depth < _DEEPEST:
        for item in condition.items:
            yield from _terms(item, depth + 1)


def _domain(field: str, values: Collection[str]) -> Collection[str]:
    """Returns the values that a field has, if it has two."""
    found = [states for states in _STATES if values and states.issuperset(values)]
    return (found or ([_STATES[0]] if not values and _OF_TWO.fullmatch(field[:_LONGEST]) else [()]))[0]
