"""Reads resources as plain data, with `UNKNOWN` for values that are not known before deployment."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from .lazy_regex import lazy_regex


class _Marker:
    """A marker for a value that is missing or unknown."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


MISSING: Final = _Marker("MISSING")
"""The program does not set the property."""
UNKNOWN: Final = _Marker("UNKNOWN")
"""The value is not known until a dependency has been deployed."""

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | _Marker | None"

UNKNOWN_SENTINELS = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
"""How the engine writes an unknown value of each kind, as in `pulumi_policy.proxy`: only evaluations load the SDK."""
SIGNATURE_KEY, SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
"""How the engine marks a secret, as `pulumi_policy.deserialize` has it."""


def plain(value: object) -> Plain:
    """Returns a value without the engine's marks of secrets, with UNKNOWN for values that are not known yet."""
    if isinstance(value, str):
        return UNKNOWN if value in UNKNOWN_SENTINELS else value
    if isinstance(value, Mapping):
        if value.get(SIGNATURE_KEY) == SECRET_SIGNATURE:
            return plain(value.get("value"))
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return UNKNOWN


def texts_in(value: Plain) -> list[str]:
    """Returns the texts of a list, without what is not known yet; none of another value."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


@dataclass(frozen=True, eq=False)
class Resource:
    """One resource of the plan. `type` is the normalised type token; `provider` is None if the engine passes none.

    A resource is equal only to itself, so that what is read from it can be cached.

    `dependencies` (property -> URNs) and `parent` (a URN) are set for stack policies only.
    """

    urn: str
    type: str
    name: str
    props: dict[str, Plain]
    provider: "Resource | None" = None
    dependencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parent: str = ""
    is_protected: bool = False
    """Whether the resource option `protect` is set."""
    ignored: tuple[str, ...] = ()
    """Properties that the resource option `ignoreChanges` names."""
    environment: str = ""
    """Environment of the stack: dev, test, staging or prod; empty if neither the settings nor its name say it."""

    @property
    def stack(self) -> str:
        """Stack name, the third part of the URN (`urn:pulumi:STACK::project::type::name`)."""
        return self.urn.split("::", 1)[0].rsplit(":", 1)[-1]

    def get(self, key: str) -> Plain:
        """Returns a top-level property, or MISSING if it is absent or null."""
        value = self.props.get(key, MISSING)
        return MISSING if value is None else value


_SEGMENT = lazy_regex(r"(?P<name>[^\[?]+)(?P<mark>\[\*\]|\[\+\]|\?)?")


def walk(value: Plain, path: str) -> Iterator[tuple[str, Plain]]:
    """Yields every value at a path with its concrete path; MISSING or UNKNOWN stand for an absent or unknown value.

    `a.b` is MISSING if `a` or `b` is absent. `a?.b` yields nothing if `a` is absent. `a[*].b` yields a value for each
    item, and none for an empty list. `a[+].b` is MISSING for an empty list. A list of one item and the item itself are
    equivalent, because providers convert one to the other.
    """
    yield from _walk(value, path.split("."), "")


def items_of(value: Plain) -> list[Plain]:
    """Returns the items of a list; none of anything else."""
    return value if isinstance(value, list) else []


def one_or_many(value: Plain) -> list[Plain]:
    """Returns the items of a list, and anything else as the only item: where both spellings mean the same."""
    return value if isinstance(value, list) else [value]


def stated_items(value: Plain) -> list[Plain]:
    """Returns the items of a list, and anything else as the only item; none of what is absent."""
    return [] if value is MISSING or value is None else one_or_many(value)


def shown_items(value: Plain) -> list[str]:
    """Returns the items of a list as texts, those that are not known too; none of anything else."""
    return [str(item) for item in items_of(value)]


def each_item(found: Iterable[tuple[str, Plain]]) -> Iterator[tuple[str, Plain]]:
    """Yields each item of the lists among values with paths, and what is no list, with its path."""
    for path, value in found:
        if isinstance(value, list):
            yield from ((f"{path}[{index}]", item) for index, item in enumerate(value))
        else:
            yield path, value


def _walk(value: Plain, segments: list[str], path: str) -> Iterator[tuple[str, Plain]]:
    if value is UNKNOWN or not segments:
        yield path, value
        return
    if isinstance(value, str) and value[:1] in "{[":
        value = from_json(value)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, segments, f"{path}[{index}]")
        if not value:
            yield f"{path}.{segments[0]}", MISSING
        return
    match = _SEGMENT.fullmatch(segments[0])
    if match is None:
        raise ValueError(f"malformed path segment '{segments[0]}'")
    name, mark = match["name"], match["mark"]
    child_path = f"{path}.{name}" if path else name
    child = value.get(name) if isinstance(value, dict) else None
    if child is None or child == []:
        if mark not in ("?", "[*]"):
            yield ".".join([child_path, *segments[1:]]), MISSING
        return
    yield from _walk(child, segments[1:], child_path)


def from_json(value: Plain) -> Plain:
    """Returns the value of a JSON string (nested provider settings, policies); returns any other value unchanged."""
    if not isinstance(value, str):
        return value
    try:
        return plain(json.loads(value))
    except (ValueError, RecursionError):
        return value


def mappings(value: Plain, path: str = "") -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Yields every mapping in a value as (path, mapping), the outer ones first."""
    if isinstance(value, dict):
        yield path, value
        for name, item in value.items():
            yield from mappings(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from mappings(item, f"{path}[{index}]")


def leaves(value: Plain, path: str = "", key: str = "") -> Iterator[tuple[str, str, Plain]]:
    """Yields every scalar in a value as (path, nearest key, scalar). Items of a list have the list's key."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}" if path else name, name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]", key)
    elif value is not None:
        yield path, key, value
