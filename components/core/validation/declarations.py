"""Looks up what a model declares at the location of a validation error: fields, or the limits of a value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Location = Sequence[int | str]
"""Location in pydantic's errors: names of fields, keys of mappings, indexes of lists; `[key]` for a key itself."""


@dataclass(frozen=True)
class ValueLimits:
    """Limits of a number, or of the length of a text or list. None where there is none."""

    ge: Any = None
    gt: Any = None
    le: Any = None
    lt: Any = None
    min_length: int | None = None
    max_length: int | None = None


def fields_at(declared: Any, location: Location) -> list[str]:
    """Returns the names of the fields at a location; empty if it is not a model."""
    types = (annotation for annotation, _ in _at(declared, (), location))
    return [name for model in types if _is_model(model) for name in model.model_fields]


def limits_at(declared: Any, location: Location) -> ValueLimits:
    """Returns the limits of the value at a location."""
    marks = [mark for _, marks in _at(declared, (), location) for mark in marks]
    bounds = {field.name: [getattr(mark, field.name, None) for mark in marks] for field in fields(ValueLimits)}
    return ValueLimits(**{name: next((value for value in bounds[name] if value is not None), None) for name in bounds})


def _at(annotation: Any, marks: Iterable[Any], location: Location) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yields the types declared at a location, each with its annotations."""
    annotation, marks = _unwrapped(annotation, marks)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        for part in parts:
            yield from _at(part, marks, location)
    elif not location:
        yield annotation, marks
    elif _is_model(annotation):
        if (field := annotation.model_fields.get(str(location[0]))) is not None:
            yield from _at(field.annotation, field.metadata, location[1:])
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        is_key = location[1:2] in (["[key]"], ("[key]",))
        yield from _at(parts[0 if is_key else 1], (), location[2:] if is_key else location[1:])
    elif isinstance(origin, type) and issubclass(origin, Sequence):
        yield from _at(parts[0], (), location[1:])


def _unwrapped(annotation: Any, marks: Iterable[Any]) -> tuple[Any, tuple[Any, ...]]:
    """Returns a type without `Annotated` and without the marker of an `Input`, and its annotations."""
    all_marks = tuple(part for mark in marks for part in (mark.metadata if isinstance(mark, FieldInfo) else [mark]))
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _unwrapped(inner, (*all_marks, *more))
    for mark in all_marks:
        if (value_type := getattr(mark, "value_type", None)) is not None:
            return _unwrapped(value_type, (other for other in all_marks if other is not mark))
    return annotation, all_marks


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
