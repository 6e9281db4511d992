"""Plain values: the engine's property values as rules read them.

A rule reads `Json`. In a preview, an unknown value is the object `UNKNOWN`. Secrets are revealed here and become secret
again in the provider. So the message of a rule may contain an input only if the input is a name or an identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

ASSET = "$asset"
"""The only key of the mapping that stands for an asset or archive."""


class Unknown:
    """The type of `UNKNOWN`, its only instance."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()
"""A value that the engine does not know yet."""

Json: TypeAlias = str | float | int | bool | Unknown | Sequence["Json"] | Mapping[str, "Json"] | None
Props: TypeAlias = Mapping[str, Json]


def get_path(value: Json, path: str) -> Json:
    """Returns the value at a dotted path such as `vpcConfig.subnetIds`; None if a step is absent, UNKNOWN if a step
    is unknown.

    Does not enter lists; see `get_all`.
    """
    for step in path.split("."):
        if value is UNKNOWN:
            return UNKNOWN
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def get_all(value: Json, path: str) -> list[Json]:
    """Returns all values at a path with `[*]` steps, such as `rules[*].destination.bucket`. Omits absent values."""
    values = [value]
    for part in path.split("[*]"):
        step = part.strip(".")
        values = [get_path(item, step) if step else item for item in values]
        if part is not path.split("[*]")[-1] or path.endswith("[*]"):
            values = [inner for item in values for inner in (item if isinstance(item, list | tuple) else [item])]
    return [item for item in values if item is not None]


def get_str(value: Json, path: str) -> str:
    """Returns the string at a path; "" if it is absent, unknown or not a string."""
    text = get_path(value, path)
    return text if isinstance(text, str) else ""


def iter_strings(value: Json, path: str = "") -> Iterator[tuple[str, str]]:
    """Yields all known strings inside a value as (path, string), in order."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from iter_strings(item, f"{path}.{key}" if path else key)
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from iter_strings(item, f"{path}[{index}]")


def set_path(value: Mapping[str, Json], path: str, new: Json) -> dict[str, Json]:
    """Returns a copy of a mapping with the value at a dotted path replaced. Missing steps are created."""
    head, _, rest = path.partition(".")
    copy = dict(value)
    inner = copy.get(head)
    copy[head] = set_path(inner if isinstance(inner, Mapping) else {}, rest, new) if rest else new
    return copy
