"""Metric names and label matchers in PromQL, which promtool has parsed before."""

from __future__ import annotations

import re

_STRING = r'"(?:[^"\\]|\\.)*"'
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")
_SELECTOR = re.compile(r"([A-Za-z_:][A-Za-z0-9_:]*)\s*\{([^}]*)\}")
_WORD = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*(?!\s*\(|[A-Za-z0-9_:])")
_DURATION = re.compile(r"\[[^\]]*\]|\boffset\s+[0-9smhdwy]+")
_OPERATORS = {"and", "or", "unless", "bool"}


def metrics(expression: str) -> set[str]:
    """Returns the names of the metrics that an expression reads."""
    plain = _GROUPING.sub(" ", _DURATION.sub(" ", re.sub(_STRING, '""', expression)))
    plain = re.sub(r"\{[^}]*\}", " ", plain)
    numbers_gone = re.sub(r"(?<![A-Za-z0-9_:])[0-9.]+(?:e[0-9]+)?", " ", plain)
    return set(_WORD.findall(numbers_gone)) - _OPERATORS


def matchers(expression: str) -> dict[str, set[str]]:
    """Returns the labels by which an expression selects series, by metric."""
    plain = re.sub(_STRING, '""', expression)
    found: dict[str, set[str]] = {}
    for name, text in _SELECTOR.findall(plain):
        found.setdefault(name, set()).update(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", text))
    return found
