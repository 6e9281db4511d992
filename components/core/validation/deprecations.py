"""Deprecated names: they are accepted for one minor version, with a warning."""

import warnings
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO, cast

import pulumi

Fields = dict[str, Any]
ShowWarning = Callable[[Warning | str, type[Warning], str, int, TextIO | None, str | None], None]
"""Type of `warnings.showwarning`."""


class FalajDeprecationWarning(FutureWarning):
    """A deprecated name was used. Shown by default, unlike `DeprecationWarning`, and only once, in the Pulumi log."""


def _warning_handler(log: Callable[[str], None], fallback: ShowWarning) -> ShowWarning:
    """Returns a handler that passes the text of `FalajDeprecationWarning` to `log` and other warnings to `fallback`."""

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if issubclass(category, FalajDeprecationWarning):
            log(str(message))
        else:
            fallback(message, category, filename, lineno, file, line)

    return show


warnings.showwarning = _warning_handler(pulumi.log.warn, warnings.showwarning)


@contextmanager
def recorded_deprecations() -> Generator[list[str], None, None]:
    """Collects the deprecation messages of the `with` block in a list instead of logging them, without duplicates."""
    messages: dict[str, None] = {}
    result: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("always", FalajDeprecationWarning)
        warnings.showwarning = _warning_handler(messages.setdefault, warnings.showwarning)
        yield result
    result += messages


def with_moved_keys(owner: str, moved: Mapping[str, str], given: Any) -> Any:
    """Returns `given` with the values of old keys moved to the new paths. Keys and paths may be dotted.

    Does not move a value that is given under both names, so that validation rejects the old key. Returns `given`
    unchanged if it is not a mapping.
    """
    if not isinstance(given, Mapping):
        return given
    result = dict(cast(Mapping[str, Any], given))
    for old, new in moved.items():
        if _has(result, old.split("."), if_not_mapping=False) and not _has(result, new.split("."), if_not_mapping=True):
            _put(result, new.split("."), _take(result, old.split(".")))
            message = f"{owner}: `{old}` is deprecated and goes in the next minor version; write `{new}`"
            warnings.warn(message, FalajDeprecationWarning, stacklevel=2)
    return result


def _has(fields: Mapping[str, Any], path: list[str], if_not_mapping: bool) -> bool:
    """Returns whether the path exists, or `if_not_mapping` if a value on the path is not a mapping."""
    first, *rest = path
    if not rest or first not in fields:
        return first in fields
    child: Any = fields[first]
    return _has(cast(Mapping[str, Any], child), rest, if_not_mapping) if isinstance(child, Mapping) else if_not_mapping


def _take(fields: Fields, path: list[str]) -> Any:
    first, *rest = path
    if not rest:
        return fields.pop(first)
    fields[first] = child = dict(fields[first])
    return _take(child, rest)


def _put(fields: Fields, path: list[str], value: Any) -> None:
    first, *rest = path
    if not rest:
        fields[first] = value
        return
    fields[first] = child = dict(fields.get(first) or {})
    _put(child, rest, value)
