"""Plain values: what an emulated cloud sees of the engine's property values.

A rule reads `Json`. A value that is not known yet (previews only) is the one object `UNKNOWN`; secrets are
opened here and sealed again by the provider, so a rule must never put an input into a message unless it names
or identifies something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

ASSET = "$asset"
"""The one key of the mapping that stands for an asset or archive."""


class Unknown:
    """The type of `UNKNOWN`; there is one object of it."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()
"""A value that the engine does not know yet."""

Json: TypeAlias = str | float | int | bool | Unknown | Sequence["Json"] | Mapping[str, "Json"] | None
Props: TypeAlias = Mapping[str, Json]


def get_path(value: Json, path: str) -> Json:
    """The value under a dotted path such as `vpcConfig.subnetIds`; None where any step is absent.

    An unknown step gives UNKNOWN. Lists are not entered: use `get_all` for `a[*].b`.
    """
    for step in path.split("."):
        if value is UNKNOWN:
            return UNKNOWN
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def get_all(value: Json, path: str) -> list[Json]:
    """Every value under a path with `[*]` steps, such as `rules[*].destination.bucket`; absent ones are left out."""
    found = [value]
    for part in path.split("[*]"):
        step = part.strip(".")
        found = [get_path(item, step) if step else item for item in found]
        if part is not path.split("[*]")[-1] or path.endswith("[*]"):
            found = [inner for item in found for inner in (item if isinstance(item, list | tuple) else [item])]
    return [item for item in found if item is not None]


def get_str(value: Json, path: str) -> str:
    """The string under a path, or "" where it is absent, unknown or not a string."""
    found = get_path(value, path)
    return found if isinstance(found, str) else ""


def iter_strings(value: Json, path: str = "") -> Iterator[tuple[str, str]]:
    """Every known string inside a value as (path, string), in the order of the value."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from iter_strings(item, f"{path}.{key}" if path else key)
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from iter_strings(item, f"{path}[{index}]")


def set_path(value: Mapping[str, Json], path: str, new: Json) -> dict[str, Json]:
    """A copy of a mapping with the value under a dotted path replaced; missing steps are made."""
    head, _, rest = path.partition(".")
    copy = dict(value)
    inner = copy.get(head)
    copy[head] = set_path(inner if isinstance(inner, Mapping) else {}, rest, new) if rest else new
    return copy
