"""Whether IAM policy documents allow a request: the part of IAM's evaluation that generated documents use.

An explicit denial wins, then any allowance, else the request is denied. Operators other than those of `_OPERATORS` are
refused, not ignored. `tests/engine/test_rights.py` compares the results with those of a maintained simulator.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Request:
    """One authorization request: an action on one resource, and the values of condition keys."""

    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


class UnknownOperator(Exception):
    """A document has a condition operator that this evaluation does not know."""


def allowed(documents: Iterable[Mapping[str, Any]], request: Request) -> bool:
    """Returns whether identity-based policies allow a request. Raises `UnknownOperator`."""
    effects = {
        statement["Effect"]
        for document in documents
        for statement in _listed(document["Statement"])
        if _applies(statement, request)
    }
    return "Allow" in effects and "Deny" not in effects


def _applies(statement: Mapping[str, Any], request: Request) -> bool:
    if "Action" in statement:
        named = _any(statement["Action"], request.action, ignore_case=True)
    else:
        named = not _any(statement["NotAction"], request.action, ignore_case=True)
    if "Resource" in statement:
        covered = _any(statement["Resource"], request.resource)
    else:
        covered = not _any(statement["NotResource"], request.resource)
    return named and covered and _fulfilled(statement.get("Condition", {}), request.context)


def _fulfilled(condition: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    keys = {key.lower(): value for key, value in context.items()}
    return all(
        _operator(operator)(keys.get(key.lower()), _listed(values))
        for operator, entries in condition.items()
        for key, values in entries.items()
    )


def _equals(value: str | None, values: Sequence[str]) -> bool:
    return value in values


def _like(value: str | None, values: Sequence[str]) -> bool:
    return value is not None and _any(values, value)


_OPERATORS: Mapping[str, Callable[[str | None, Sequence[str]], bool]] = {
    "StringEquals": _equals,
    "StringLike": _like,
    "ArnEquals": _like,
    "ArnLike": _like,
    "StringNotEquals": lambda value, values: not _equals(value, values),
    "StringNotLike": lambda value, values: not _like(value, values),
    "ArnNotLike": lambda value, values: not _like(value, values),
    "Bool": _equals,
    "Null": lambda value, values: str(value is None).lower() in values,
}


def _operator(name: str) -> Callable[[str | None, Sequence[str]], bool]:
    base = name.removeprefix("ForAnyValue:")
    if base not in _OPERATORS:
        raise UnknownOperator(name)
    return _OPERATORS[base]


def _any(patterns: Any, value: str, ignore_case: bool = False) -> bool:
    return any(_pattern(pattern, ignore_case).fullmatch(value) for pattern in _listed(patterns))


@lru_cache(maxsize=4096)
def _pattern(text: str, ignore_case: bool) -> re.Pattern[str]:
    escaped = re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(escaped, re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
