"""Small programs with one component each, in Python, TypeScript and YAML, from one declaration of its arguments.

The declarations are in `data/examples`: for each component its arguments, as Python names them. `${tags}` stands for
the cost tags, `${group}` for the ID of a resource group of Azure, `${kubeconfig}` for a kubeconfig without credentials.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pulumi.provider.experimental.analyzer import PropertyDefinition
from pulumi.provider.experimental.util import camel_case

from falaj.components.core.validation.raw import as_list, as_mapping, is_list, is_mapping
from falaj.components.reference.declarations import Component, Reference
from falaj.components.reference.layout import Group, Node, lay_out
from falaj.components.reference.markdown import kebab
from falaj.facts.tags import COST_TAGS

NAME = "uae"
"""Name of the component in each program, and of its project."""

NPM_PACKAGE = "@falaj/falaj"
"""The package of the generated SDK for TypeScript."""

_SIGN_IN = {"apiVersion": "client.authentication.k8s.io/v1", "command": "kubelogin", "interactiveMode": "Never"}
_KUBECONFIG = {
    "apiVersion": "v1",
    "kind": "Config",
    "clusters": [
        {"name": "dc1", "cluster": {"server": "https://10.60.0.10:6443", "certificate-authority-data": "Q0E="}}
    ],
    "users": [{"name": "deployer", "user": {"exec": _SIGN_IN}}],
    "contexts": [{"name": "dc1", "context": {"cluster": "dc1", "user": "deployer"}}],
}

VARIABLES: Mapping[str, Any] = {
    "kubeconfig": json.dumps(_KUBECONFIG),
    "group": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/uae-group",
    "tags": {tag.key: tag.example for tag in COST_TAGS} | {"environment": "dev"},
}
"""What the declarations name in `${...}`."""

_VARIABLE = re.compile(r"\$\{(\w+)\}")


@cache
def declared_arguments(package: str) -> Mapping[str, Mapping[str, Any]]:
    """Returns the arguments of the program of each component of a package, by the component's name."""
    file = Path(__file__).parent / "data" / "examples" / f"{package}.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))


class Programs:
    """Writes the program of a component."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def python(self, of: Component) -> str:
        """Returns the program in Python."""
        node = Group(f"{of.package}.{of.args.__name__}(", self._python_fields(of, _arguments(of)), ")")
        call = Group(f"{of.package}.{of.kind.__name__}(", [("", json.dumps(NAME)), ("", node)], ")")
        variable = kebab(of.kind.__name__).replace("-", "_")
        exports = [f'pulumi.export("{name}", {variable}.{name})' for name in _first_output(of)]
        variables = [lay_out(f"{name.upper()} = ", _python(value)) for name, value in _used(of)]
        return _paragraphs(
            ["import pulumi"] if exports else [],
            [f"from falaj.components import {of.package}"],
            variables,
            [lay_out(f"{variable} = " if exports else "", call)],
            exports,
        )

    def typescript(self, of: Component) -> str:
        """Returns the program in TypeScript."""
        arguments = _typescript(self._camel_case(of, _arguments(of)))
        call = Group(f"new {of.package}.{of.kind.__name__}(", [("", json.dumps(NAME)), ("", arguments)], ")")
        variable = camel_case(kebab(of.kind.__name__).replace("-", "_"))
        exports = [f"export const {camel_case(name)} = {variable}.{camel_case(name)};" for name in _first_output(of)]
        variables = [lay_out(f"const {name} = ", _typescript(value), indent=4) + ";" for name, value in _used(of)]
        return _paragraphs(
            [f'import {{ {of.package} }} from "{NPM_PACKAGE}";'],
            variables,
            [lay_out(f"const {variable} = " if exports else "", call, indent=4) + ";"],
            exports,
        )

    def yaml(self, of: Component) -> str:
        """Returns the program in YAML, which is a whole Pulumi.yaml: the engine finds the plug-in by its name."""
        properties = self._camel_case(of, _arguments(of))
        program = {
            "name": NAME,
            "runtime": "yaml",
            "variables": dict(_used(of)),
            "resources": {NAME: {"type": f"falaj:{of.package}:{of.kind.__name__}", "properties": properties}},
            "outputs": {camel_case(name): f"${{{NAME}.{camel_case(name)}}}" for name in _first_output(of)},
        }
        given = {key: value for key, value in program.items() if value}
        return yaml.safe_dump(given, sort_keys=False, width=110, allow_unicode=True)

    def _python_fields(self, of: Component, values: Mapping[str, Any]) -> list[tuple[str, Node]]:
        types = {field.name: field.type for field in of.arguments}
        return [(f"{name}=", self._python_value(of.package, value, types[name])) for name, value in values.items()]

    def _python_value(self, package: str, value: Any, type_: PropertyDefinition | None) -> Node:
        definition = self._reference.class_of(package, type_) if type_ and type_.ref else None
        if is_list(value):
            inner = type_.items if type_ else None
            return Group("[", [("", self._python_value(package, item, inner)) for item in as_list(value)], "]")
        if not is_mapping(value):
            return _python(value)
        if definition is None:
            inner = type_.additional_properties if type_ else None
            items = ((json.dumps(key), self._python_value(package, item, inner)) for key, item in value.items())
            return Group("{", [(f"{key}: ", item) for key, item in items], "}")
        fields = [
            (f"{key}=", self._python_value(package, item, definition.properties[camel_case(key)]))
            for key, item in as_mapping(value).items()
        ]
        return Group(f"{package}.{definition.python_type.__name__}(", fields, ")")

    def _camel_case(self, of: Component, values: Mapping[str, Any]) -> dict[str, Any]:
        """Returns arguments under the names of the schema."""
        types = {field.name: field.type for field in of.arguments}
        return {camel_case(name): self._renamed(of.package, value, types[name]) for name, value in values.items()}

    def _renamed(self, package: str, value: Any, type_: PropertyDefinition | None) -> Any:
        definition = self._reference.class_of(package, type_) if type_ and type_.ref else None
        if is_list(value):
            return [self._renamed(package, item, type_.items if type_ else None) for item in as_list(value)]
        if not is_mapping(value):
            return value
        if definition is None:
            inner = type_.additional_properties if type_ else None
            return {key: self._renamed(package, item, inner) for key, item in as_mapping(value).items()}
        names = {camel_case(key): item for key, item in as_mapping(value).items()}
        return {key: self._renamed(package, item, definition.properties[key]) for key, item in names.items()}


def _arguments(of: Component) -> Mapping[str, Any]:
    return declared_arguments(of.package)[of.kind.__name__]


def _first_output(of: Component) -> Sequence[str]:
    return [output.name for output in of.outputs[:1]]


def _used(of: Component) -> Iterator[tuple[str, Any]]:
    """Yields the variables that the arguments of a component name."""
    text = json.dumps(_arguments(of))
    return ((name, value) for name, value in VARIABLES.items() if f"${{{name}}}" in text)


def _python(value: Any) -> Node:
    if is_mapping(value):
        return Group("{", [(f"{json.dumps(key)}: ", _python(item)) for key, item in as_mapping(value).items()], "}")
    if not isinstance(value, str):
        return repr(value)
    if whole := _VARIABLE.fullmatch(value):
        return whole[1].upper()
    text = json.dumps(value, ensure_ascii=False)
    return f"f{_VARIABLE.sub(lambda name: f'{{{name[1].upper()}}}', text)}" if _VARIABLE.search(value) else text


def _typescript(value: Any) -> Node:
    if is_mapping(value):
        items = [(key, _typescript(item)) for key, item in as_mapping(value).items()]
        named = (
            ("" if key == item else f"{key if key.isidentifier() else json.dumps(key)}: ", item) for key, item in items
        )
        return Group("{", list(named), "}", pad=" ")
    if is_list(value):
        return Group("[", [("", _typescript(item)) for item in as_list(value)], "]")
    if not isinstance(value, str):
        return json.dumps(value)
    if whole := _VARIABLE.fullmatch(value):
        return whole[1]
    return f"`{value}`" if _VARIABLE.search(value) else json.dumps(value, ensure_ascii=False)


def _paragraphs(*parts: Sequence[str]) -> str:
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"
