"""Component provider `falaj` for programs in other languages, with types such as `falaj:aws:Vault`.

The SDK's host registers all components in one module, where the `Vault` of AWS and the `Vault` of Azure would collide.
Here the SDK describes each package separately, under its own module. A package is imported when one of its components
is first requested.
"""

import importlib
import inspect
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pulumi
from pulumi.errors import InputPropertiesError, InputPropertyErrorDetails
from pulumi.provider import ConstructResult, Provider
from pulumi.provider.experimental import component
from pulumi.provider.experimental.analyzer import ComponentDefinition, PropertyDefinition
from pulumi.provider.experimental.util import camel_case

from falaj import __version__
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.raw import as_list, as_mapping, is_list, is_mapping
from falaj.components.schema_details import METADATA, with_texts_for_all_languages
from falaj.components.spec_analyzer import SpecAnalyzer

NAME = "falaj"
PACKAGES = ("aws", "azure", "kubernetes")

SCHEMA = Path(__file__).with_name("schema.json")
"""The schema as a file: the engine asks for it in each preview of a YAML program, and describing the components takes
6.6 processor seconds, the largest part of such a preview (measured 2026-11-27)."""

LANGUAGES = {"go": {"generateExtraInputTypes": True}}
"""Options of the SDK generators, beside those of the Python SDK, by which an SDK has the version of the schema. Without
this one, the SDK for Go lacks the structs of arguments that appear only in maps and lists (pulumi pkg/v3 3.259.0,
codegen/go, `populateDetailsForTypes`), and does not compile."""


# The SDK's provider always uses `component.Analyzer`; this replaces it with one that also reads `Spec` classes.
component.Analyzer = SpecAnalyzer  # type: ignore[misc]


class Package(component.ComponentProvider):
    """Components of one package and the schema that the SDK derives from them."""

    def __init__(self, module: ModuleType) -> None:
        public = [getattr(module, name) for name in module.__all__]
        kinds = [kind for kind in public if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource)]
        super().__init__(kinds, NAME, version=__version__)
        self.kinds = frozenset(kind.__name__ for kind in kinds)
        prefix = f"{NAME}:{module.__name__.rpartition('.')[2]}:"
        self.package_schema = json.loads((self.schema or "").replace(f"{NAME}:index:", prefix))
        if isinstance(self.analyzer, SpecAnalyzer):
            arguments = {inspect.get_annotations(kind.__init__)["args"].__name__: kind.__name__ for kind in kinds}
            self.analyzer.mark(self.package_schema, prefix, arguments)

    def definitions(self) -> Iterator[tuple[type[pulumi.ComponentResource], ComponentDefinition]]:
        """Yields each component with its inputs and outputs."""
        for name, definition in self._component_defs.items():
            yield self._components[name], definition

    def is_secret(self, owner: type, name: str) -> bool:
        """Returns whether a field of a class, by its schema name, is encrypted in the state."""
        return isinstance(self.analyzer, SpecAnalyzer) and self.analyzer.is_secret(owner.__name__, name)

    def map_inputs(self, inputs: Mapping[str, Any], component_def: ComponentDefinition) -> dict[str, Any]:
        """Returns the inputs under their Python names; the component's arguments class validates the values.

        Replaces the SDK's method, which handles neither lists of enums nor lists of lists (pulumi 3.272,
        `map_input_properties`).
        """
        return self._rename_keys(inputs, component_def.inputs, component_def.inputs_mapping)

    def _rename_keys(
        self, inputs: Mapping[str, Any], properties: Mapping[str, PropertyDefinition], names: Mapping[str, str]
    ) -> dict[str, Any]:
        return {
            names.get(key, key): self._rename_nested(value, properties.get(key))
            for key, value in inputs.items()
            if value is not None
        }

    def _rename_nested(self, value: Any, prop: PropertyDefinition | None) -> Any:
        if prop is None:
            return value
        if isinstance(value, pulumi.Output):
            return cast("pulumi.Output[Any]", value).apply(lambda resolved: self._rename_nested(resolved, prop))
        if is_mapping(value):
            if prop.ref and (definition := self.get_type_definition(prop)):
                return self._rename_keys(as_mapping(value), definition.properties, definition.properties_mapping)
            return {
                key: self._rename_nested(item, prop.additional_properties) for key, item in as_mapping(value).items()
            }
        return [self._rename_nested(item, prop.items) for item in as_list(value)] if is_list(value) else value


class Host(Provider):
    """Provider of the components of all packages."""

    def __init__(self) -> None:
        super().__init__(__version__)
        # The base class stores a schema; the property below reads it on first use only.
        del self.schema
        self._packages: dict[str, Package] = {}

    def package(self, name: str) -> Package:
        """Returns the components of a package, which is imported on first use."""
        if name not in self._packages:
            self._packages[name] = Package(importlib.import_module(f"{__package__}.{name}"))
        return self._packages[name]

    @cached_property
    def schema(self) -> str:  # type: ignore[override]
        """Schema of all packages, as JSON: what `describe` returned when `SCHEMA` was written."""
        return SCHEMA.read_text(encoding="utf-8")

    def describe(self) -> str:
        """Returns the schema of all packages, as JSON. It imports both clouds, which takes seconds."""
        first, *others = (self.package(name).package_schema for name in PACKAGES)
        languages = {name: {**options, **LANGUAGES.get(name, {})} for name, options in first["language"].items()}
        merged = {**first, **METADATA, "language": languages}
        for section in ("resources", "types"):
            merged[section] = {
                token: definition for schema in (first, *others) for token, definition in schema[section].items()
            }
        return json.dumps(with_texts_for_all_languages(merged), indent=1, ensure_ascii=False) + "\n"

    def construct(
        self,
        name: str,
        resource_type: str,
        inputs: Mapping[str, Any],
        options: pulumi.ResourceOptions | None = None,
    ) -> ConstructResult:
        """Creates a component and its child resources. Raises `RunError` for an unknown component type."""
        _, package, kind = resource_type.split(":")
        if package not in PACKAGES or kind not in self.package(package).kinds:
            raise pulumi.RunError(f"there is no component {resource_type} in {NAME} {__version__}")
        try:
            return self.package(package).construct(name, f"{NAME}:index:{kind}", inputs, options)
        except Exception as failed:
            # Invalid arguments are the program's error and need no traceback; any other exception keeps its own.
            if isinstance(error := getattr(failed, "inner", failed), BadArguments):
                raise _refusal(error) from None
            raise


def _refusal(error: BadArguments) -> InputPropertiesError:
    """Returns an error that the engine prints by property, under the names of the schema."""
    problems: list[InputPropertyErrorDetails] = [
        {"property_path": ".".join(map(camel_case, problem.path.split("."))), "reason": problem.advice}
        for problem in error.problems
    ]
    return InputPropertiesError("", problems)
