"""Patterns of events of AWS that no event matches.

Fields of a pattern must all match, of the values of a field one (Amazon EventBridge User Guide, "Comparison operators
for use in event patterns"; AWS Lambda Developer Guide, "Using event filtering with an Amazon SQS event source": what
matches no pattern is deleted from the queue; both read 2026-11-30).
"""

import re
from collections.abc import Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain, from_json

_ALWAYS_THERE = frozenset(
    {
        "account", "body", "detail", "detail-type", "eventID", "eventName", "eventSource", "id", "messageId", "region",
        "source", "time", "version",
    }
)  # fmt: skip
"""Fields that every event, record of a stream and message of a queue has."""
_QUANTITY = lazy_regex(r"\w*(?:amount|count|quantity|size|price|length|fee)", re.IGNORECASE)
"""Names of numbers that are hardly ever below nought; decided here."""
_DEEPEST = 20
_WHERE = lazy_regex(
    r"\bwhere\s{1,9}\(?\s{0,9}(?:false|(\d{1,9})\s{0,9}=\s{0,9}(?!\1\b)\d{1,9})\s{0,9}\)?\s{0,9}(?:;|\Z)", re.IGNORECASE
)
_TERM = lazy_regex(r"\(?\s*(\$\.[\w.\[\]-]{1,200})\s*=\s*(\"[^\"]{0,200}\"|[\w.-]{1,200})\s*\)?")


def never_matches(pattern: Plain, *, is_queue: bool = False) -> bool:
    """Returns whether a pattern, as an object or as JSON, is one that no event matches. `is_queue`: what it does not
    match is deleted, so that numbers below nought only count as well."""
    value = from_json(pattern)
    return isinstance(value, dict) and _is_never(value, 0, is_queue=is_queue)


def _is_never(fields: dict[str, Plain], depth: int, *, is_queue: bool) -> bool:
    if depth > _DEEPEST:
        return False
    return any(_is_field_never(name, value, depth, is_queue=is_queue) for name, value in fields.items())


def _is_field_never(name: str, value: Plain, depth: int, *, is_queue: bool) -> bool:
    if isinstance(value, dict):
        return _is_never(value, depth + 1, is_queue=is_queue)
    if not isinstance(value, list):
        return False
    if name == "$or":
        parts = [item for item in value if isinstance(item, dict)]
        return bool(parts) and all(_is_never(item, depth + 1, is_queue=is_queue) for item in parts)
    return all(_excludes_all(name, item, depth, is_queue=is_queue) for item in value)


def _excludes_all(name: str, item: Plain, depth: int, *, is_queue: bool) -> bool:
    """Returns whether one of the values of a field is a comparison that nothing meets."""
    if not isinstance(item, dict):
        return False
    if "numeric" in item:
        bounds = item["numeric"]
        return isinstance(bounds, list) and _is_empty(bounds, only_above=is_queue and bool(_QUANTITY.fullmatch(name)))
    if item.get("exists") is False:
        return depth == 0 and name in _ALWAYS_THERE
    other = item.get("anything-but")
    return isinstance(other, dict) and (other.get("prefix") == "" or other.get("wildcard") == "*")


def _is_empty(bounds: Sequence[Plain], *, only_above: bool) -> bool:
    """Returns whether no number is within all bounds, or `only_above` none that is not below nought."""
    lowest, is_open = (0.0, False) if only_above else (float("-inf"), True)
    highest, is_open_above = float("inf"), True
    for sign, value in _pairs(bounds):
        if sign in (">", ">=", "=") and value >= lowest:
            is_open, lowest = sign == ">" or (value == lowest and is_open), value
        if sign in ("<", "<=", "=") and value <= highest:
            is_open_above, highest = sign == "<" or (value == highest and is_open_above), value
    return lowest > highest or (lowest == highest and (is_open or is_open_above))


def _pairs(bounds: Sequence[Plain]) -> Iterator[tuple[str, float]]:
    for sign, value in zip(bounds[::2], bounds[1::2], strict=False):
        number = number_of(value)
        if isinstance(sign, str) and number is not None:
            yield sign.strip(), number


def never_selects(statement: str) -> bool:
    """Returns whether a statement of SQL has a condition that no row meets."""
    return _WHERE.search(statement) is not None


def finds_no_line(pattern: str) -> bool:
    """Returns whether a filter of JSON logs asks for two values of one field at once (awsdocs/
    amazon-cloudwatch-logs-user-guide 1487b94 doc_source/FilterAndPatternSyntax.md, read 2026-11-30)."""
    text = pattern.strip()
    if not text.startswith("{") or not text.endswith("}") or "||" in text:
        return False
    wanted: dict[str, str] = {}
    for part in text[1:-1].split("&&"):
        match = _TERM.fullmatch(part.strip())
        if match is None or "*" in match[2]:
            continue
        if wanted.setdefault(match[1], match[2].strip('"')) != match[2].strip('"'):
            return True
    return False
