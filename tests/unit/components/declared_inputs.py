"""The declared inputs of all components, read from their arguments classes without the plug-in's analyzer."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from types import ModuleType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pulumi
from pydantic.fields import FieldInfo

from falaj.components.core.validation.args import Args, ResolvedLater, Spec

SWITCH = "a switch: it decides which resources exist, or is an option of Pulumi such as `protect`"
CODE = "an enum, which selects what the component creates"
PARTS = "a nested specification, whose own fields are checked"
ITEMS = "its names or number decide which resources exist; its values are Inputs"


@dataclass(frozen=True)
class Declared:
    """One input of a component, or one property of a nested specification."""

    owner: type[Spec]
    name: str

    @property
    def field(self) -> FieldInfo:
        return self.owner.model_fields[self.name]

    @property
    def annotation(self) -> Any:
        """The type with its metadata, which pydantic keeps apart, and without `None`."""
        annotation: Any = self.field.annotation
        for item in self.field.metadata:
            annotation = Annotated[annotation, item]
        return _without_none(annotation)

    @property
    def declared_in(self) -> str:
        """Name of the class that declares the input, which may be a base of the owner."""
        return next(cls.__name__ for cls in self.owner.__mro__ if self.name in inspect.get_annotations(cls))

    @property
    def is_input(self) -> bool:
        return _marker(self.annotation) is not None

    @property
    def has_input_items(self) -> bool:
        return any(_marker(item) is not None for item in _items(self.annotation))

    @property
    def is_secret(self) -> bool:
        marker = _marker(self.annotation)
        return marker is not None and marker.secret

    @property
    def kind(self) -> str | None:
        """Why the type alone makes the input plain; None if the type does not say it."""
        kinds = {_kind(part) for part in (self.annotation, *_items(self.annotation))} - {None}
        return next(iter(kinds), ITEMS if self.has_input_items else None)

    def __str__(self) -> str:
        return f"{self.declared_in}.{self.name}"


def components(package: str) -> dict[str, type[Args]]:
    """Returns the arguments class of each component of a package by the component's name."""
    return {
        kind.__name__: inspect.get_annotations(kind.__init__)["args"]
        for kind in _public(import_module(f"falaj.components.{package}"))
        if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource)
    }


def _public(module: ModuleType) -> list[Any]:
    return [getattr(module, name) for name in module.__all__]


def inputs_of(owner: type[Spec]) -> list[Declared]:
    return [Declared(owner, name) for name in owner.model_fields]


def nested(owners: Sequence[type[Spec]]) -> dict[str, type[Spec]]:
    """Returns the specifications that these classes contain, at any depth, by name."""
    found: dict[str, type[Spec]] = {}
    waiting = list(owners)
    while waiting:
        for declared in inputs_of(waiting.pop()):
            for part in types_in(declared.annotation):
                if issubclass(part, Spec) and part.__name__ not in found:
                    found[part.__name__] = part
                    waiting.append(part)
    return found


def types_in(annotation: Any) -> Iterator[type]:
    """Yields all classes in an annotation, those of Inputs included."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        yield annotation
    if (marker := _marker(annotation)) is not None:
        yield from types_in(marker.value_type)
    for part in get_args(annotation):
        yield from types_in(part)


def _marker(annotation: Any) -> ResolvedLater | None:
    metadata = getattr(annotation, "__metadata__", ())
    return next((item for item in metadata if isinstance(item, ResolvedLater)), None)


def _bare(annotation: Any) -> Any:
    """Returns the type without constraints; an Input stays one."""
    is_constrained = get_origin(annotation) is Annotated and _marker(annotation) is None
    return _bare(_without_none(get_args(annotation)[0])) if is_constrained else annotation


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        [annotation] = (part for part in get_args(annotation) if part is not type(None))
    return annotation


def _items(annotation: Any) -> Iterator[Any]:
    """Yields the types of the items of a list or mapping, at any depth."""
    annotation = _bare(annotation)
    origin = get_origin(annotation)
    if isinstance(origin, type) and issubclass(origin, Mapping | Sequence):
        item = get_args(annotation)[1 if issubclass(origin, Mapping) else 0]
        yield item
        yield from _items(item)


def _kind(annotation: Any) -> str | None:
    bare = _bare(annotation)
    if get_origin(bare) is Literal:
        return CODE
    if not isinstance(bare, type) or get_origin(bare) is not None:
        return None
    return next((kind for base, kind in ((bool, SWITCH), (Enum, CODE), (Spec, PARTS)) if issubclass(bare, base)), None)
