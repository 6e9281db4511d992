"""Evaluates conditions of AWS policies for one request, as AWS documents it.

Sources, read 2026-11-27: IAM User Guide, "Condition operators" (positive operators do not match an absent key, negated
ones and `...IfExists` do; ARNs are compared by their six parts), "Set operators for multivalued context keys"
(`ForAllValues` matches an absent key, `ForAnyValue` does not), "Variables and tags" (a variable without a value matches
nothing). Independent of the pack, so that both can be compared.
"""

import re
from collections.abc import Callable, Mapping

_LITERALS = {"*": "\ue000", "?": "\ue001", "$": "$"}
_SIGNS = {ord("*"): "\ue000", ord("?"): "\ue001"}
"""Private signs for the literal characters: `${*}` in a pattern matches a star, and nothing else."""

Context = Mapping[str, str]
"""Condition key in lower case -> its value in a request."""


def matches_request(condition: Mapping[str, Mapping[str, object]], context: Context) -> bool:
    """Returns whether a request meets every condition of a statement."""
    return all(
        _matches(operator, key.lower(), _texts(values), context)
        for operator, tests in condition.items()
        for key, values in tests.items()
    )


def _matches(operator: str, key: str, values: list[str], context: Context) -> bool:
    name = operator.lower()
    quantifier, _, base = name.rpartition(":")
    if base == "null":
        return any((key not in context) is (value == "true") for value in values)
    if key not in context:
        negated = "not" in base and quantifier != "foranyvalue"
        return base.endswith("ifexists") or quantifier == "forallvalues" or negated
    base = base.removesuffix("ifexists")
    found = any(_compares(base.replace("not", ""), context[key], value, context) for value in values)
    return not found if "not" in base else found


def _compares(operator: str, actual: str, value: str, context: Context) -> bool:
    expected = _resolved(value, context)
    return expected is not None and _COMPARISONS[operator](actual, expected)


def _resolved(value: str, context: Context) -> str | None:
    """Returns a value in which variables are replaced; `${*}` and the like become signs that are no wildcards."""
    for variable in re.findall(r"\$\{([^}]*)\}", value):
        text = _LITERALS.get(variable, context.get(variable.lower()))
        if text is None:
            return None
        value = value.replace(f"${{{variable}}}", text)
    return value


def _like(actual: str, pattern: str) -> bool:
    text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(text, actual.translate(_SIGNS), re.DOTALL) is not None


def _equal(actual: str, expected: str) -> bool:
    return actual.translate(_SIGNS) == expected.translate(_SIGNS)


def _arn_like(actual: str, pattern: str) -> bool:
    parts, patterns = actual.split(":", 5), pattern.split(":", 5)
    return len(parts) == len(patterns) == 6 and all(map(_like, parts, patterns))


_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "stringequals": _equal,
    "stringequalsignorecase": lambda actual, expected: _equal(actual.lower(), expected.lower()),
    "stringlike": _like,
    "arnequals": _arn_like,
    "arnlike": _arn_like,
    "bool": lambda actual, expected: actual.lower() == expected.lower(),
}


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else [str(values)]
