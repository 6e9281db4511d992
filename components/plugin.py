"""The components for programs of other languages: a provider named `falaj` whose types are `falaj:aws:Vault` and so on.

The SDK's host puts everything in one module, where a `Vault` of AWS and one of Azure are the same. So each package is
described by the SDK on its own, under its own module, and imported when the first of its components is asked for.
"""

import importlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import ModuleType
from typing import Any, cast

import pulumi
from pulumi.provider import ConstructResult, Provider
from pulumi.provider.experimental import component
from pulumi.provider.experimental.analyzer import ComponentDefinition, PropertyDefinition

from falaj import __version__
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.raw import as_list, as_mapping, is_list, is_mapping
from falaj.components.spec_analyzer import SpecAnalyzer

NAME = "falaj"
PACKAGES = ("aws", "azure", "kubernetes")


# The SDK's provider names its analyzer by itself; ours reads `Spec` classes too.
component.Analyzer = SpecAnalyzer  # type: ignore[misc]


class Package(component.ComponentProvider):
    """The components of one package, as the SDK describes them."""

    def __init__(self, module: ModuleType) -> None:
        public = [getattr(module, name) for name in module.__all__]
        kinds = [kind for kind in public if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource)]
        super().__init__(kinds, NAME, version=__version__)
        self.kinds = frozenset(kind.__name__ for kind in kinds)
        prefix = f"{NAME}:{module.__name__.rpartition('.')[2]}:"
        self.described = json.loads((self.schema or "").replace(f"{NAME}:index:", prefix))
        if isinstance(self.analyzer, SpecAnalyzer):
            self.analyzer.mark_secrets(self.described, prefix)

    def definitions(self) -> Iterator[tuple[type[pulumi.ComponentResource], ComponentDefinition]]:
        """Yields each component with its inputs and outputs."""
        for name, definition in self._component_defs.items():
            yield self._components[name], definition

    def is_secret(self, owner: type, name: str) -> bool:
        """Returns whether a field of a class, by its schema name, is encrypted in the state."""
        return isinstance(self.analyzer, SpecAnalyzer) and self.analyzer.is_secret(owner.__name__, name)

    def map_inputs(self, inputs: Mapping[str, Any], component_def: ComponentDefinition) -> dict[str, Any]:
        """Inputs under their Python names; their values are validated by the component's own arguments class.

        The SDK's method goes neither into lists of enums nor into lists of lists (pulumi 3.272,
        `map_input_properties`).
        """
        return self._keyed(inputs, component_def.inputs, component_def.inputs_mapping)

    def _keyed(
        self, given: Mapping[str, Any], properties: Mapping[str, PropertyDefinition], names: Mapping[str, str]
    ) -> dict[str, Any]:
        return {
            names.get(key, key): self._valued(value, properties.get(key))
            for key, value in given.items()
            if value is not None
        }

    def _valued(self, value: Any, of: PropertyDefinition | None) -> Any:
        if of is None:
            return value
        if isinstance(value, pulumi.Output):
            return cast("pulumi.Output[Any]", value).apply(lambda known: self._valued(known, of))
        if is_mapping(value):
            if of.ref and (described := self.get_type_definition(of)):
                return self._keyed(as_mapping(value), described.properties, described.properties_mapping)
            return {key: self._valued(item, of.additional_properties) for key, item in as_mapping(value).items()}
        return [self._valued(item, of.items) for item in as_list(value)] if is_list(value) else value


class Host(Provider):
    """All packages under one name."""

    def __init__(self) -> None:
        super().__init__(__version__)
        # What is said where nobody asked would be worked out for every component: importing both clouds takes seconds.
        del self.schema
        self._packages: dict[str, Package] = {}

    def package(self, name: str) -> Package:
        """A package's components, described when they are first asked for."""
        if name not in self._packages:
            self._packages[name] = Package(importlib.import_module(f"{__package__}.{name}"))
        return self._packages[name]

    @cached_property
    def schema(self) -> str:  # type: ignore[override]
        """All packages in one schema."""
        first, *others = (self.package(name).described for name in PACKAGES)
        whole = {**first, "description": "AI platforms in the UAE: sites on AWS and Azure, and what runs in clusters"}
        for part in ("resources", "types"):
            whole[part] = {key: of for package in (first, *others) for key, of in package[part].items()}
        return json.dumps(whole)

    def construct(
        self,
        name: str,
        resource_type: str,
        inputs: Mapping[str, Any],
        options: pulumi.ResourceOptions | None = None,
    ) -> ConstructResult:
        """Make one component, children and all."""
        _, package, kind = resource_type.split(":")
        if package not in PACKAGES or kind not in self.package(package).kinds:
            raise pulumi.RunError(f"there is no component {resource_type} in {NAME} {__version__}")
        try:
            return self.package(package).construct(name, f"{NAME}:index:{kind}", inputs, options)
        except Exception as failed:
            # A refusal is for whoever wrote the program; the rest, a fault of ours, comes with where it happened.
            if isinstance(refused := getattr(failed, "inner", failed), BadArguments):
                raise refused from None
            raise
