"""The paths of properties in the installed SDKs: whether one exists, and all texts with names of a pattern."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from falaj.sandbox.clouds.sdk_schema import Property, Type, sdk

_MARK = re.compile(r"\[[*+]\]|\?")
_CONTAINERS = ("list", "union", "map")
_DEPTH = 6
"""Nested objects to a text: deeper ones repeat the same objects, such as the activities of a pipeline."""


def has_path(token: str, path: str, *, in_maps: bool = True) -> bool:
    """Whether the inputs of a type have the property. Maps and values of any type may have every property."""
    package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
    first, *rest = [_MARK.sub("", segment) for segment in path.split(".")]
    inputs = sdk(package).schema(token).inputs
    return first in inputs and _has_nested(package, inputs[first], rest, in_maps=in_maps)


def _has_nested(package: str, declared: Property, rest: list[str], *, in_maps: bool) -> bool:
    kinds = [declared.type]
    while kinds:
        kind = kinds.pop()
        if not rest and kind.kind != "union":
            return True
        if kind.kind in ("list", "union") or (kind.kind == "map" and in_maps):
            kinds += kind.of
        if kind.kind in ("map", "any") and rest and in_maps:
            return True
        if kind.ref is not None and rest:
            nested = sdk(package).properties(kind.ref)
            if rest[0] in nested and _has_nested(package, nested[rest[0]], rest[1:], in_maps=in_maps):
                return True
    return False


def text_paths(token: str, name: re.Pattern[str]) -> Iterator[str]:
    """Yields the path of every text in the inputs of a type whose name matches, without the marks of lists."""
    package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
    yield from dict.fromkeys(_texts_in(package, sdk(package).schema(token).inputs, "", name, ()))


def _texts_in(
    package: str,
    properties: Mapping[str, Property],
    start: str,
    name: re.Pattern[str],
    outer: tuple[tuple[Path, str], ...],
) -> Iterator[str]:
    for key, declared in properties.items():
        if name.search(key) and _is_text(declared.type):
            yield start + key
        for ref in _objects_in(declared.type):
            if ref not in outer and len(outer) < _DEPTH:
                yield from _texts_in(package, sdk(package).properties(ref), f"{start}{key}.", name, (*outer, ref))


def _is_text(kind: Type) -> bool:
    return kind.kind in ("string", "any") or (kind.kind in _CONTAINERS and any(map(_is_text, kind.of)))


def _objects_in(kind: Type) -> Iterator[tuple[Path, str]]:
    if kind.ref is not None:
        yield kind.ref
    for inner in kind.of if kind.kind in _CONTAINERS else ():
        yield from _objects_in(inner)
