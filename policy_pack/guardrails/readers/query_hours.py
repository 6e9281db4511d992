"""Hours and days of which a query in Kusto keeps records, by `hourofday` and `dayofweek`.

Both are of a time in UTC: hours from 0 to 23, days as spans from 0d, a Sunday (Kusto, "hourofday()", in copies of its
page, read 2026-12-02; "dayofweek()", as known). Public rules of Sentinel ask by them for what is done outside of the
hours of an office (found as strings on 2026-12-02). A condition is also read as an expression (`alarm_times`), by which
it may be joined by `or`, denied as a whole, or be of what `format_datetime` or `% 1d` gives (as known).
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence

from ..engine.lazy_regex import lazy_regex
from .alarm_expressions import parse
from .alarm_times import Moment, may_ring

_FUNCTIONS: Mapping[str, int] = {"hourofday": 24, "dayofweek": 7}
_CALL = r"(?:hourofday|dayofweek)\s{0,9}\([^()|]{1,99}\)"
_PART_OF_HOUR = lazy_regex(r"\bdatetime_part\s{0,9}\(\s{0,9}['\"]hour['\"]\s{0,9},([^()|]{1,99})\)", re.IGNORECASE)
_FORMATTED = lazy_regex(r"\bformat_datetime\s{0,9}\(([^()|,]{1,99}),\s{0,9}['\"]HH?['\"]\s{0,9}\)", re.IGNORECASE)
_WRAPPED = lazy_regex(rf"\bto(?:int|long|real|double)\s{{0,9}}\(\s{{0,9}}({_CALL})\s{{0,9}}\)", re.IGNORECASE)
_ALIAS = lazy_regex(r"\b(?P<name>[A-Za-z_]\w{0,60})\s{0,9}=\s{0,9}(?P<function>hourofday|dayofweek)\s{0,9}\(",
                    re.IGNORECASE)  # fmt: skip
_NUMBER = r"\s{0,9}(\d{1,2})(?:\.\d{1,9})?d?\s{0,9}"
_OPERATORS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_TEST = (
    rf"\s{{0,9}}(?:(?P<range>!?between)\s{{0,9}}\({_NUMBER}\.\.{_NUMBER}\)"
    r"|(?P<list>!?in~?)\s{0,9}\((?P<items>[\d.d,\s]{1,200})\)"
    rf"|(?P<sign>>=|<=|==|!=|>|<){_NUMBER})"
)
_ITEM = lazy_regex(r"\d{1,2}")
_JOINED = lazy_regex(r"\bor\b|\bnot\s{0,9}\(|\b(?:iff|case)\s{0,9}\(", re.IGNORECASE)
_WHERE = lazy_regex(r"\s{0,99}where\b", re.IGNORECASE)
_COMMENT = lazy_regex(r"//[^\n]*")
_LONGEST = 20_000
_MOST_NAMES = 5


def kept(query: str, function: str) -> frozenset[int]:
    """Returns the hours (`hourofday`) or days (`dayofweek`) of which a query keeps records; all if it does not say."""
    every = frozenset(range(_FUNCTIONS[function]))
    text = _PART_OF_HOUR.sub(r"hourofday(\1)", _COMMENT.sub(" ", query[:_LONGEST]))
    text = _WRAPPED.sub(r"\1", _FORMATTED.sub(r"hourofday(\1)", text))
    names = [found["name"] for found in _ALIAS.finditer(text) if found["function"].lower() == function]
    spellings = "|".join(
        [rf"\b{function}\s{{0,9}}\([^()|]{{1,99}}\)", *(rf"\b{name}\b" for name in names[:_MOST_NAMES])]
    )
    test = re.compile(f"(?:{spellings}){_TEST}", re.IGNORECASE)
    for part in text.split("|"):
        where = _WHERE.match(part)
        if where and not _JOINED.search(part):
            for found in test.finditer(part):
                every = every.intersection(_values(found, every))
        if where:
            every = _holding(part[where.end() :], function, names[:_MOST_NAMES], every)
    return every


def _holding(condition: str, function: str, names: Sequence[str], values: frozenset[int]) -> frozenset[int]:
    """Returns the hours or days at which a condition may hold; all of them if it has a form that is not read."""
    functions = ("dayofweek",) if function == "dayofweek" else (function, "%")
    node = parse(condition) if any(name in condition for name in (*functions, *names)) else None
    if node is None:
        return values
    length = 24.0 if function == "dayofweek" else 1.0
    moments = {value: dict.fromkeys(functions, value * length) for value in values}
    return frozenset(value for value, given in moments.items() if may_ring(
        node, Moment(given, drops=False, names=dict.fromkeys(names, value * length))))  # fmt: skip


def _values(found: re.Match[str], every: frozenset[int]) -> frozenset[int]:
    if found["range"]:
        first, last = int(found[2]), int(found[3])
        inside = {number for number in every if first <= number <= last}
        return every.difference(inside) if found["range"].startswith("!") else frozenset(inside)
    if found["list"]:
        listed = set(map(int, _ITEM.findall(found["items"])))
        return every.difference(listed) if found["list"].startswith("!") else every.intersection(listed)
    limit = int(found[found.re.groups])
    return frozenset(number for number in every if _OPERATORS[found["sign"]](number, limit))
