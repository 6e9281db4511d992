"""Deterministic changes of JSON-like values: each leaves something out or makes it unknown, empty, or another type."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""The text by which the engine encodes an unknown value."""
LEFT_OUT = object()

Path = tuple[str | int, ...]
Change = Callable[[Any], Any]
"""Returns what replaces a value; the same value if the change does not apply to it."""


def _other_case(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return value.upper() if value.upper() != value else value.lower()


def _empty(value: Any) -> Any:
    return next((kind() for kind in (str, list, dict) if isinstance(value, kind)), value)


def _other_type(value: Any) -> Any:
    if isinstance(value, str | dict):
        return 7
    return {"odd": "odd"} if isinstance(value, list) else str(value).lower()


def _one_or_list(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else [value]


def _next(value: Any) -> Any:
    """Returns the other truth value, the next number, or a longer text or list."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return [*value, "odd"]
    return f"{value}-odd" if isinstance(value, str) else value


def _before(value: Any) -> Any:
    """Returns the number before, a text without its last character, or a list without its first item."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value - 1
    return value[:-1] if isinstance(value, str) else value[1:] if isinstance(value, list) else value


CHANGES: tuple[Change, ...] = (
    lambda _: LEFT_OUT,
    lambda _: LEFT_OUT,
    lambda _: UNKNOWN,
    lambda _: None,
    _empty,
    _other_type,
    _one_or_list,
    lambda value: {"odd": value},
    _other_case,
    _next,
    _before,
)

CLOSE: tuple[Change, ...] = (_next, _before, lambda value: value * 10 if isinstance(value, int | float) else value)
"""Changes that mostly give another valid value."""


def number_of(name: str) -> int:
    """Returns a large number that depends on a name only."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yields the path and the value of everything inside a value, also inside objects and lists written as JSON."""
    inside = _decoded(value)
    items = inside.items() if isinstance(inside, dict) else enumerate(inside) if isinstance(inside, list) else ()
    for key, item in items:
        yield (*path, key), item
        yield from places(item, (*path, key))


def odd(value: Any, name: str, changes: tuple[Change, ...] = CHANGES) -> Any:
    """Returns a copy of a value with one odd thing inside, chosen by a name; the same if there is nothing inside."""
    found = list(places(value))
    if not found:
        return value
    number, place = divmod(number_of(name), len(found))
    path, old = found[place]
    return with_value(value, path, other(old, number, changes))


def other(old: Any, number: int, changes: tuple[Change, ...] = CHANGES) -> Any:
    """Returns what replaces a value, by one of the changes that make it another; `LEFT_OUT` if none does."""
    made = [new for new in (change(old) for change in changes) if new is LEFT_OUT or _text(new) != _text(old)]
    return made[number % len(made)] if made else LEFT_OUT


def with_value(value: Any, path: Path, new: Any) -> Any:
    """Returns a copy with another value at a path; without it if that is `LEFT_OUT`."""
    if not path:
        return new
    inside, (step, *rest) = _decoded(value), path
    copy: Any = dict(inside) if isinstance(inside, dict) else list(inside)
    copy[step] = with_value(copy[step], tuple(rest), new)
    if copy[step] is LEFT_OUT:
        del copy[step]
    return json.dumps(copy) if isinstance(value, str) else copy


def _decoded(value: Any) -> Any:
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return list(value) if isinstance(value, tuple) else value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
