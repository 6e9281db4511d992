"""Component analyzer for `Spec` classes: their fields with documentation, which are secret, and their defaults."""

import inspect
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, Any, Literal, cast, get_args, get_origin

import pulumi
from pulumi.provider.experimental.analyzer import Analyzer, PropertyDefinition
from pulumi.provider.experimental.util import camel_case

from falaj.components.core.validation.args import Args, ResolvedLater, Spec
from falaj.components.core.validation.field_docs import field_docs
from falaj.components.core.validation.set_once import sources_of

PLAIN_TYPES: Mapping[Any, Any] = {Decimal: float, IPv4Network: str, IPv4Address: str}
"""Field types that a Pulumi schema lacks -> the type that represents them in the schema."""

Scalar = bool | int | float | str
"""A default that a Pulumi schema can state."""


class SpecAnalyzer(Analyzer):
    """Extends the SDK's analyzer (pulumi 3.272), which reads `TypedDict` and plain classes, to `Spec` classes."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._secrets: set[tuple[str, str]] = set()
        self._defaults: dict[tuple[str, str], Scalar] = {}

    def analyze_type(
        self, typ: type[Any], *, is_component_output: bool
    ) -> tuple[dict[str, PropertyDefinition], dict[str, str]]:
        """Returns the properties of a type by schema name, and the Python name of each and of its former names."""
        if not issubclass(typ, Spec):
            return super().analyze_type(typ, is_component_output=is_component_output)
        properties: dict[str, PropertyDefinition] = {}
        set_once: Mapping[str, str] = sources_of(typ) if issubclass(typ, Args) else {}
        for name, annotation in _annotations(typ).items():
            if _is_secret(annotation):
                self._secrets.add((typ.__name__, camel_case(name)))
            if (default := _scalar(typ.model_fields[name].default)) is not None:
                self._defaults[typ.__name__, camel_case(name)] = default
            properties[camel_case(name)] = self.analyze_property(
                annotation,
                typ,
                name,
                can_be_plain=not is_component_output,
                is_component_output=is_component_output,
                optional=name in set_once or not typ.model_fields[name].is_required(),
            )
        former = (name for name in typ.moved_keys if "." not in name)
        return properties, {camel_case(name): name for name in (*former, *typ.model_fields)}

    def analyze_property(self, arg: Any, typ: type[Any], name: str, **options: Any) -> PropertyDefinition:
        """Analyzes a property after converting its annotation to a form that the SDK's analyzer accepts."""
        return super().analyze_property(_as_pulumi(arg), typ, name, **options)

    def get_docstring(self, typ: type[Any], name: str) -> str | None:
        """Returns the documentation of a property, inherited properties included."""
        if issubclass(typ, Spec) and name in typ.model_fields:
            return field_docs(typ).get(name)
        return super().get_docstring(typ, name)

    def is_secret(self, owner: str, name: str) -> bool:
        """Returns whether a field, by the name of its class and its own schema name, is encrypted in the state."""
        return (owner, name) in self._secrets

    def mark(self, schema: dict[str, Any], prefix: str, components: Mapping[str, str]) -> None:
        """Marks secrets and defaults of inputs in a schema whose types and resources begin with `prefix`.

        Defaults are stated of a component's own inputs only. If a required argument is an object with defaults, the SDK
        for Go assigns a pointer to a value (pulumi pkg/v3 3.259.0, codegen/go: `Defaults()`), and does not compile.
        components: name of an arguments class -> name of its component.
        """
        for owner, name in self._secrets:
            nested = schema["types"].get(prefix + owner, {}).get("properties", {})
            for properties in (_inputs(schema, prefix + components.get(owner, "")), nested):
                if name in properties:
                    properties[name]["secret"] = True
        for (owner, name), default in self._defaults.items():
            if name in (properties := _inputs(schema, prefix + components.get(owner, ""))):
                properties[name]["default"] = default


def _inputs(schema: Mapping[str, Any], component: str) -> dict[str, Any]:
    return schema["resources"].get(component, {}).get("inputProperties", {})


def _scalar(value: Any) -> Scalar | None:
    """Returns a default as a schema states it; None for collections, specifications and fields without a default."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, bool | int | float | str) else None


def _annotations(typ: type[Spec]) -> dict[str, Any]:
    """Returns the source annotation of each field; a subclass overrides the annotations of its bases."""
    annotations = {key: value for cls in reversed(typ.__mro__) for key, value in inspect.get_annotations(cls).items()}
    return {name: annotations[name] for name in typ.model_fields}


def _marker(annotation: Any) -> ResolvedLater | None:
    metadata = getattr(annotation, "__metadata__", ())
    return next((item for item in metadata if isinstance(item, ResolvedLater)), None)


def _is_secret(annotation: Any) -> bool:
    marker = _marker(annotation)
    return (marker is not None and marker.secret) or any(_is_secret(item) for item in get_args(annotation))


def _as_pulumi(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        marker = _marker(annotation)
        return pulumi.Input[_as_pulumi(marker.value_type)] if marker else _as_pulumi(get_args(annotation)[0])
    if get_origin(annotation) is tuple:
        return Sequence[get_args(annotation)[0]]
    if get_origin(annotation) is Mapping:
        # Map keys in a Pulumi schema are strings; enums and constrained names become strings too.
        return Mapping[str, get_args(annotation)[1]]
    if get_origin(annotation) is Literal:
        return cast(Any, type(get_args(annotation)[0]))
    return PLAIN_TYPES.get(annotation, annotation)
