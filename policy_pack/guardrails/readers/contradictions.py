"""Conditions in JSON that nothing meets: two values of one field at once, or a value and its opposite.

A condition is read as terms of one field each, which `all`, `any` and `not` join. What is not understood may hold.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

_OPPOSITES = {
    "equals": "notequals", "in": "notin", "contains": "notcontains", "begins": "notbegins", "ends": "notends",
    "exists": "missing", "like": "notlike", "match": "notmatch", "above": "atmost", "below": "atleast",
}  # fmt: skip
_NEGATED = {**_OPPOSITES, **{other: name for name, other in _OPPOSITES.items()}}
_PARTS = {
    "contains": lambda value, part: part in value,
    "begins": lambda value, part: value.startswith(part),
    "ends": lambda value, part: value.endswith(part),
}
_DEEPEST = 20
_MOST_BEGINNINGS = 100
"""Lists of beginnings, and beginnings in one list, that are compared with each other; Event Grid takes 25 filters."""
_MOST_COMPARED = 200_000


@dataclass(frozen=True)
class Term:
    """What a condition says of one field: `operator` as in this module, and values of which one is enough (of a
    negative operator: none may be)."""

    field: str
    operator: str
    values: tuple[str, ...] = ()
    number: float = 0.0

    def negated(self) -> "Term | None":
        """Returns the opposite; None if there is none."""
        other = _NEGATED.get(self.operator)
        return None if other is None else Term(self.field, other, self.values, self.number)


@dataclass(frozen=True)
class Joined:
    """Conditions that `all`, `any` or `not` joins."""

    how: str
    items: tuple["Condition", ...]


Condition = Term | Joined | None
"""None: a condition that nobody understands, which may hold or not."""


def never_holds(condition: Condition, depth: int = 0) -> bool:
    """Returns whether nothing meets a condition."""
    if condition is None or depth > _DEEPEST:
        return False
    if isinstance(condition, Term):
        return _are_opposed([condition])
    if condition.how == "not":
        return any(always_holds(item, depth + 1) for item in condition.items)
    if condition.how == "any":
        return bool(condition.items) and all(never_holds(item, depth + 1) for item in condition.items)
    flat = list(_flat(condition, "all"))
    return any(never_holds(item, depth + 1) for item in condition.items) or _are_opposed(
        item for item in flat if isinstance(item, Term)
    )


def always_holds(condition: Condition, depth: int = 0) -> bool:
    """Returns whether everything meets a condition."""
    if condition is None or isinstance(condition, Term) or depth > _DEEPEST:
        return False
    if condition.how == "not":
        return any(never_holds(item, depth + 1) for item in condition.items)
    if condition.how == "all":
        return bool(condition.items) and all(always_holds(item, depth + 1) for item in condition.items)
    negated = (item.negated() for item in _flat(condition, "any") if isinstance(item, Term))
    return any(always_holds(item, depth + 1) for item in condition.items) or _are_opposed(
        item for item in negated if item is not None
    )


def _flat(condition: Joined, how: str, depth: int = 0) -> Iterator[Condition]:
    """Yields what a condition joins, and what conditions in it join in the same way; opposites instead of negations."""
    for item in condition.items:
        if isinstance(item, Joined) and item.how == how and depth < _DEEPEST:
            yield from _flat(item, how, depth + 1)
        elif isinstance(item, Joined) and item.how == "not" and depth < _DEEPEST:
            yield from (part.negated() for part in item.items if isinstance(part, Term))
        else:
            yield item


def _are_opposed(terms: Iterable[Term]) -> bool:
    fields: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        fields[term.field].append(term)
    return any(_excludes(items) for items in fields.values())


def _excludes(terms: Collection[Term]) -> bool:
    """Returns whether no value of one field meets all terms."""
    given: dict[str, list[frozenset[str]]] = defaultdict(list)
    for term in terms:
        given[{"in": "equals", "notin": "notequals"}.get(term.operator, term.operator)].append(frozenset(term.values))
    if ("missing" in given and len(given) > 1 and not given.keys() <= _OF_NOTHING) or _is_empty(terms):
        return True
    refused = frozenset[str]().union(*given["notequals"])
    allowed = frozenset.intersection(*given["equals"]) - refused if given["equals"] else None
    for name, meets in _PARTS.items():
        without = frozenset[str]().union(*given[f"not{name}"])
        lists = dict.fromkeys(given[name])
        many = sum(map(len, lists)) + len(allowed or ())
        if many * max(len(without), len(lists)) > _MOST_COMPARED:
            continue
        for wanted in lists:  # whatever has one of the values has what may not be there
            if wanted and all(any(meets(value, part) for part in without) for value in wanted):
                return True
            if allowed is not None:
                allowed = frozenset(value for value in allowed if any(meets(value, part) for part in wanted))
        if allowed is not None:
            allowed = frozenset(value for value in allowed if not any(meets(value, part) for part in without))
        if "" in without:
            return True
    return (
        (allowed is not None and not allowed)
        or _are_apart(given["begins"])
        or any(set(given[name]) & set(given[f"not{name}"]) for name in ("like", "match"))
    )


_OF_NOTHING = frozenset({"missing", "notequals", "notcontains", "notbegins", "notends", "notlike", "notmatch"})
"""What a field that is not there may meet."""


def _are_apart(lists: Collection[frozenset[str]]) -> bool:
    """Returns whether no text begins with one of each list."""
    found = [items for items in dict.fromkeys(lists) if 0 < len(items) <= _MOST_BEGINNINGS][:_MOST_BEGINNINGS]
    return any(
        all(not (one.startswith(two) or two.startswith(one)) for one in first for two in second)
        for index, first in enumerate(found)
        for second in found[index + 1 :]
    )


def _is_empty(terms: Iterable[Term]) -> bool:
    """Returns whether no number is within all bounds."""
    lowest, highest, is_open = float("-inf"), float("inf"), False
    for term in terms:
        if term.operator in ("above", "atleast") and term.number >= lowest:
            is_open = term.operator == "above" or (is_open and term.number == lowest)
            lowest = term.number
    for term in terms:
        if term.operator in ("below", "atmost"):
            if term.number < lowest or (term.number == lowest and (is_open or term.operator == "below")):
                return True
            highest = min(highest, term.number)
    return lowest > highest
