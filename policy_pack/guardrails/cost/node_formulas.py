"""The most nodes for which a formula of Azure Batch may ask.

Statements, variables, functions and the two targets with their short names by MicrosoftDocs/azure-docs 004ec532
articles/batch/batch-automatic-scaling.md, read 2026-12-03: a formula is statements with semicolons between them, and
one that is not limited by a number asks for as many nodes as there are tasks. Until it assigns a target, this is what
the formula gave when it ran before, and so are the nodes of the pool.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce

from ..engine.conditions import Condition
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..engine.verdicts import Verdict

_MOST_NODES = 50
_LONGEST, _DEEPEST = 8_192, 24
"""Characters of a formula, and parts inside of each other, above which it is not read."""
_COMMENT = lazy_regex(r"//[^\n]*|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)")
_ASSIGNED = lazy_regex(r"\s*(\$?\w+)\s*=(?!=)(.*)", re.DOTALL)
_TARGET = lazy_regex(r"\$target(?:dedicated|lowpriority)(?:nodes)?", re.IGNORECASE)
_NUMBER = lazy_regex(r"\d+(?:\.\d+)?")
_CALL = lazy_regex(r"(min|max|ceil|floor|round)\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
_NEVER_NEGATIVE = lazy_regex(r"\$\w+\.|(?:avg|len|norm|percentile|rand|std|sum|val)\s*\(", re.IGNORECASE)
"""What is measured, and functions of it: none is below zero unless something is taken away inside of it."""
_OPENING, _CLOSING = "([{", ")]}"
_Bounds = tuple[float, float]
_Pick = Callable[[Iterable[float]], float]
_ANY: _Bounds = (-math.inf, math.inf)
_MEASURED: _Bounds = (0.0, math.inf)
_OF_POOL: Mapping[str, _Bounds] = {
    f"{which}{kind}{nodes}": (0.0, float(_MOST_NODES))
    for which in ("target", "current") for kind in ("dedicated", "lowpriority") for nodes in ("nodes", "")
}  # fmt: skip
"""Variable of the service -> what it has before the formula assigns it."""


def _parts(text: str, marks: str) -> list[str]:
    """Returns the parts of a text between any of these characters that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth == 0 and character in marks:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def _bounds(text: str, known: Mapping[str, _Bounds], depth: int = 0) -> _Bounds:
    """Returns the least and the most that an expression may be."""
    text = text.strip()
    if depth > _DEEPEST or not text:
        return _ANY
    chosen = _chosen(text)
    if len(chosen) > 1:
        return _each(max, [_bounds(part, known, depth + 1) for part in chosen], of_least=min)
    if _NUMBER.fullmatch(text):
        return float(text), float(text)
    for mark, join in _OPERATIONS.items():
        parts = _parts(text, mark)
        if len(parts) > 1:
            return reduce(join, (_bounds(part, known, depth + 1) for part in parts))
    if text[0] == "(" and text[-1] == ")":
        return _bounds(text[1:-1], known, depth + 1)
    if called := _CALL.fullmatch(text):
        parts = [_bounds(part, known, depth + 1) for part in _parts(called[2], ",")]
        return _each(_PICKS[called[1].lower()], parts) if called[1].lower() in _PICKS else _rounded(parts)
    is_measured = _NEVER_NEGATIVE.match(text) is not None and "-" not in text
    return known.get(_key(text), _MEASURED if is_measured else _ANY)


def _chosen(text: str) -> list[str]:
    """Returns the values of which conditions choose one, without the conditions, of which each has a question mark
    after it."""
    parts = _parts(text, ":")
    return [value for part in parts for value in _parts(part, "?")[-1:]]


def _rounded(all_bounds: list[_Bounds]) -> _Bounds:
    """Returns the whole numbers about the bounds of one expression."""
    least, most = all_bounds[0]
    is_known = len(all_bounds) == 1 and math.isfinite(least) and math.isfinite(most)
    return (float(math.floor(least)), float(math.ceil(most))) if is_known else _ANY


def _each(pick: _Pick, all_bounds: list[_Bounds], *, of_least: _Pick | None = None) -> _Bounds:
    """Returns what is picked of the least, perhaps by another function, and of the most of several expressions."""
    return (of_least or pick)(least for least, _ in all_bounds), pick(most for _, most in all_bounds)


def _plus(one: _Bounds, other: _Bounds) -> _Bounds:
    return one[0] + other[0], one[1] + other[1]


def _minus(one: _Bounds, other: _Bounds) -> _Bounds:
    return one[0] - other[1], one[1] - other[0]


def _times(one: _Bounds, other: _Bounds) -> _Bounds:
    products = [left * right if left and right else 0.0 for left in one for right in other]
    return min(products), max(products)


def _over(one: _Bounds, other: _Bounds) -> _Bounds:
    return _times(one, (1 / other[1], 1 / other[0])) if other[0] > 0 else _ANY


_PICKS: Mapping[str, _Pick] = {"min": min, "max": max}
_OPERATIONS: Mapping[str, Callable[[_Bounds, _Bounds], _Bounds]] = {"+": _plus, "-": _minus, "*": _times, "/": _over}
"""Mark -> what two bounds are with it between them, from the one that binds least to the one that binds most."""


def _key(name: str) -> str:
    """Returns a name of a variable as the others that mean the same: a dollar sign is optional."""
    return name.lower().lstrip("$")


def _targets(formula: str) -> Iterator[float]:
    """Yields the most of each number of nodes that a formula states."""
    known: dict[str, _Bounds] = dict(_OF_POOL)
    for statement in _COMMENT.sub(" ", formula).split(";"):
        if assigned := _ASSIGNED.fullmatch(statement):
            bounds = known[_key(assigned[1])] = _bounds(assigned[2], known)
            if _TARGET.fullmatch(assigned[1]):
                yield bounds[1]


def _is_small(value: Plain) -> bool:
    """Returns whether a formula asks for few nodes; one that states no number of nodes leaves it as it is."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    return all(number <= _MOST_NODES for number in _targets(value))


FEW_NODES = Condition(
    f"must limit its numbers of nodes by at most {_MOST_NODES}, such as by min(10, $PendingTasks.GetSample(1))",
    _is_small,
    missing=Verdict.PASS,
)
