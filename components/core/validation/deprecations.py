"""Names that have changed: the old one works for one minor version, and whoever uses it is told."""

import warnings
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO, cast

import pulumi

Fields = dict[str, Any]
Show = Callable[[Warning | str, type[Warning], str, int, TextIO | None, str | None], None]
"""What `warnings.showwarning` is."""


class FalajDeprecationWarning(FutureWarning):
    """An old name was used. Told by default, unlike `DeprecationWarning`, and once: by the Pulumi engine's log."""


def _shown_by(tell: Callable[[str], None], other: Show) -> Show:
    """Shows our warnings by `tell`, as a sentence without the line of code, and others as before."""

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if issubclass(category, FalajDeprecationWarning):
            tell(str(message))
        else:
            other(message, category, filename, lineno, file, line)

    return show


warnings.showwarning = _shown_by(pulumi.log.warn, warnings.showwarning)


@contextmanager
def recorded_deprecations() -> Generator[list[str], None, None]:
    """The old names that are used inside, each once, instead of a log."""
    messages: dict[str, None] = {}
    result: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("always", FalajDeprecationWarning)
        warnings.showwarning = _shown_by(messages.setdefault, warnings.showwarning)
        yield result
    result += messages


def with_moved_keys(owner: str, moved: Mapping[str, str], given: Any) -> Any:
    """`given` with the value of each old key under the path that replaces it. Keys and paths may be dotted.

    What is given under both names is left for validation to refuse. Anything but a mapping is returned as it is.
    """
    if not isinstance(given, Mapping):
        return given
    result = dict(cast(Mapping[str, Any], given))
    for old, new in moved.items():
        if _has(result, old.split("."), opaque=False) and not _has(result, new.split("."), opaque=True):
            _put(result, new.split("."), _take(result, old.split(".")))
            message = f"{owner}: `{old}` is deprecated and goes in the next minor version; write `{new}`"
            warnings.warn(message, FalajDeprecationWarning, stacklevel=2)
    return result


def _has(fields: Mapping[str, Any], path: list[str], opaque: bool) -> bool:
    """Whether there is something at that path; `opaque` where it leads into what is not a mapping."""
    first, *rest = path
    if not rest or first not in fields:
        return first in fields
    inside: Any = fields[first]
    return _has(cast(Mapping[str, Any], inside), rest, opaque) if isinstance(inside, Mapping) else opaque


def _take(fields: Fields, path: list[str]) -> Any:
    first, *rest = path
    if not rest:
        return fields.pop(first)
    fields[first] = inside = dict(fields[first])
    return _take(inside, rest)


def _put(fields: Fields, path: list[str], value: Any) -> None:
    first, *rest = path
    if not rest:
        fields[first] = value
        return
    fields[first] = inside = dict(fields.get(first) or {})
    _put(inside, rest, value)
