"""What a CustomResourceDefinition says of its objects: enough to refuse what the API server would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from falaj.sandbox.clouds.values import UNKNOWN, Json

UNDECLARED = "field not declared in schema"


@dataclass(frozen=True)
class Shape:
    """What a value must be.

    `kind` is one of JSON's, `quantity` (text or a whole number) or `any`; `fields` of an object, `items` of an array or
    of an object with free keys; `pattern` of a string, `most` and `least` of a number, `shortest` and `longest` of a
    string or an array.
    """

    kind: str
    fields: Mapping[str, Shape] = field(default_factory=dict)
    items: Shape | None = None
    required: tuple[str, ...] = ()
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    shortest: int = 0
    longest: int | None = None


_PYTHON: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int, float),
    "number": (int, float),
    "quantity": (str, int, float),
    "array": (list, tuple),
    "object": (dict, Mapping),
}

ANY, BOOLEAN, TEXT = Shape("any"), Shape("boolean"), Shape("string")


def text(pattern: str) -> Shape:
    """A string of that form as a whole."""
    return Shape("string", pattern=pattern)


def one_of(*words: str) -> Shape:
    """One of some words."""
    return Shape("string", pattern="|".join(re.escape(word) for word in words))


def whole(least: int | None = None, most: int | None = None) -> Shape:
    """A whole number."""
    return Shape("integer", least=least, most=most)


def many(items: Shape) -> Shape:
    """A list."""
    return Shape("array", items=items)


def by_key(items: Shape) -> Shape:
    """An object with keys of anybody's choice."""
    return Shape("object", items=items)


def fields(*required: str, **known: Shape) -> Shape:
    """An object with these fields and no others."""
    return Shape("object", fields=known, required=required)


def problems(shape: Shape, value: Json, path: str) -> Iterator[tuple[str, str]]:
    """(path, what is wrong) of everything in a value that its shape does not allow."""
    if value is UNKNOWN or value is None or shape.kind == "any":
        return
    if not _is(shape.kind, value):
        yield path, f"must be of type {shape.kind}"
    elif isinstance(value, str | list | tuple) and not shape.shortest <= len(value) <= _longest(shape):
        yield (
            path,
            f"Invalid value: must have {shape.shortest} to {shape.longest or 'any number of'} items or characters",
        )
    elif isinstance(value, Mapping):
        yield from _inside(shape, value, path)
    elif isinstance(value, str):
        if shape.pattern and not re.fullmatch(shape.pattern, value):
            yield path, f"Invalid value: \"{value}\": should match '{shape.pattern}'"
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from problems(shape.items or ANY, item, f"{path}[{index}]")
    elif isinstance(value, int | float):
        yield from _number(shape, value, path)


def _longest(shape: Shape) -> float:
    return inf if shape.longest is None else shape.longest


def _is(kind: str, value: Json) -> bool:
    if isinstance(value, bool) or kind == "boolean":
        return isinstance(value, bool) and kind == "boolean"
    whole_number = kind == "number" or not isinstance(value, float) or value == int(value)
    return isinstance(value, _PYTHON[kind]) and whole_number


def _inside(shape: Shape, value: Mapping[str, Json], path: str) -> Iterator[tuple[str, str]]:
    for name in shape.required:
        if value.get(name) is None:
            yield f"{path}.{name}", "Required value"
    for name, item in value.items():
        known = shape.items or shape.fields.get(name)
        if known is None:
            yield f"{path}.{name}", UNDECLARED
        else:
            yield from problems(known, item, f"{path}.{name}")


def _number(shape: Shape, value: float, path: str) -> Iterator[tuple[str, str]]:
    if shape.least is not None and value < shape.least:
        yield path, f"Invalid value: {value:g}: should be greater than or equal to {shape.least}"
    if shape.most is not None and value > shape.most:
        yield path, f"Invalid value: {value:g}: should be less than or equal to {shape.most}"
