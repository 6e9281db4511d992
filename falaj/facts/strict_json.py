"""JSON that other programs write, with bounds of depth and numbers; a key that is there twice is an error."""

import json
from typing import Any

from falaj.facts.strict_yaml import MAX_DEPTH

MAX_NUMBER = 2**64
"""No number of a plan or an export is greater."""


def parse(text: str, *, more_text: bool = False) -> Any:
    """Returns the content of JSON. `more_text` accepts other text after it.

    Raises `ValueError` in one sentence for what is no JSON, is nested more than 100 deep, or has a duplicate key, half
    of a character, or a number that no input has: beyond 2^64, NaN or Infinity."""
    try:
        content = _DECODER.raw_decode(text.lstrip())[0] if more_text else _DECODER.decode(text)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if _is_too_deep(content):
        raise ValueError(_TOO_DEEP)
    if _HALF in text.lower():
        try:
            json.dumps(content, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("a text has half of a character") from None
    return content


_TOO_DEEP = f"it is nested more than {MAX_DEPTH} deep"

_HALF = "\\ud"
"""Escape of the halves in which JSON writes a rare character: two of them are one, and one alone is none."""


def _is_too_deep(value: Any) -> bool:
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        nested: list[Any] = [each for each in level if isinstance(each, dict | list)]
        if not nested:
            return False
        level = [item for each in nested for item in _items(each)]
    return True


def _items(each: Any) -> list[Any]:
    return [*(each.values() if isinstance(each, dict) else each)]


def _bounded(number: float, text: str) -> Any:
    if not abs(number) <= MAX_NUMBER:  # neither is infinity, nor what is no number
        raise ValueError(f"{text[:40]} is not a number from {-MAX_NUMBER:.0e} to {MAX_NUMBER:.0e}")
    return number


def _whole(text: str) -> Any:
    return _bounded(int(text) if len(text) < 40 else float("inf"), text)


def _float(text: str) -> Any:
    return _bounded(float(text), text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:40]!r} is a duplicate key")
    return content


_DECODER = json.JSONDecoder(parse_float=_float, parse_int=_whole, parse_constant=_float, object_pairs_hook=_unique)
