"""What the reference says of each component: read from the plug-in's descriptions and the arguments classes."""

import importlib
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pulumi
from pulumi.provider.experimental.analyzer import EnumValueDefinition, PropertyDefinition, TypeDefinition
from pydantic.fields import FieldInfo

from falaj.components.core.validation.args import Args, Spec
from falaj.components.core.validation.raw import as_mapping
from falaj.components.plugin import PACKAGES, Host, Package


@dataclass(frozen=True)
class Field:
    """An argument of a component, or a field of a nested class."""

    name: str
    type: PropertyDefinition
    declared: FieldInfo
    constraints: Mapping[str, Any]
    """JSON Schema of its value, for ranges and patterns."""
    secret: bool

    @property
    def meaning(self) -> str:
        """The docstring under the field."""
        return self.type.description or ""


@dataclass(frozen=True)
class Output:
    """An output of a component."""

    name: str
    type: PropertyDefinition

    @property
    def meaning(self) -> str:
        """The docstring under the output."""
        return self.type.description or ""


@dataclass(frozen=True)
class Component:
    """A public component of one package."""

    package: str
    kind: type[pulumi.ComponentResource]
    args: type[Args]
    arguments: Sequence[Field]
    outputs: Sequence[Output]

    @property
    def name(self) -> str:
        """Its name in a program, `aws.Vault`."""
        return f"{self.package}.{self.kind.__name__}"


@dataclass(frozen=True)
class NestedClass:
    """A class that arguments or outputs hold: a spec with fields, or an enumeration with words."""

    package: str
    """A package whose components use it."""
    kind: type
    names: Sequence[str]
    """Names that programs import it under, `aws.NodePoolSpec`."""
    fields: Sequence[Field] = ()
    words: Sequence[EnumValueDefinition] = ()


class Reference:
    """All public components, and the classes nested in their arguments and outputs."""

    def __init__(self) -> None:
        host = Host()
        self._packages = {name: host.package(name) for name in PACKAGES}

    @cached_property
    def components(self) -> Sequence[Component]:
        """All components, by package and name."""
        result = (component for name in PACKAGES for component in self._components_of(name))
        return sorted(result, key=lambda component: component.name)

    @cached_property
    def nested(self) -> Sequence[NestedClass]:
        """All nested classes, each once although several packages export it, by name."""
        result: dict[type, NestedClass] = {}
        for name, package in self._packages.items():
            for definition in _types_of(package):
                if definition.python_type not in result:
                    result[definition.python_type] = self._nested_class(name, definition)
        return sorted(result.values(), key=lambda nested: (nested.kind.__name__, nested.kind.__module__))

    def class_of(self, package: str, type_: PropertyDefinition) -> TypeDefinition | None:
        """Returns the nested class that a type refers to; None for the types that Pulumi brings."""
        return self._packages[package].get_type_definition(type_)

    def _components_of(self, name: str) -> Iterator[Component]:
        package = self._packages[name]
        for kind, definition in package.definitions():
            args = inspect.get_annotations(kind.__init__)["args"]
            fields = _fields(package, args, definition.inputs, definition.inputs_mapping)
            outputs = [Output(definition.outputs_mapping[key], type_) for key, type_ in definition.outputs.items()]
            yield Component(name, kind, args, fields, outputs)

    def _nested_class(self, package: str, definition: TypeDefinition) -> NestedClass:
        kind: type[object] = definition.python_type
        names = [f"{name}.{kind.__name__}" for name in PACKAGES if _is_exported(name, kind)]
        if not issubclass(kind, Spec):
            return NestedClass(package, kind, names, words=definition.enum or ())
        fields = _fields(self._packages[package], kind, definition.properties, definition.properties_mapping)
        return NestedClass(package, kind, names, fields)


def _is_exported(package: str, kind: type) -> bool:
    module = importlib.import_module(f"falaj.components.{package}")
    return kind.__name__ in module.__all__ and getattr(module, kind.__name__) is kind


def _types_of(package: Package) -> Iterator[TypeDefinition]:
    """Yields every class nested in the arguments and outputs of a package."""
    waiting = [part for _, of in package.definitions() for part in (*of.inputs.values(), *of.outputs.values())]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        waiting += [inner for inner in (part.items, part.additional_properties) if inner]
        if part.ref and part.ref not in seen and (definition := package.get_type_definition(part)):
            seen.add(part.ref)
            waiting += definition.properties.values()
            yield definition


def _fields(
    package: Package, declared: type[Spec], types: Mapping[str, PropertyDefinition], names: Mapping[str, str]
) -> list[Field]:
    schema = declared.model_json_schema()
    return [
        Field(
            name=names[key],
            type=type_,
            declared=declared.model_fields[names[key]],
            constraints={"$defs": schema.get("$defs", {}), **as_mapping(schema["properties"][names[key]])},
            secret=package.is_secret(declared, key),
        )
        for key, type_ in types.items()
    ]
