"""Examples as programs in Python and in Pulumi YAML, for the pages of the rules."""

import json
import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from .engine.examples import ExampleResource
from .engine.languages import FREE_FORM, is_built_in_kubernetes, python_name
from .engine.lazy_regex import lazy_regex
from .engine.tokens import normalise

_PACKAGES = {"aws": "pulumi_aws as aws", "azure-native": "pulumi_azure_native as azure_native",
             "kubernetes": "pulumi_kubernetes as kubernetes", "command": "pulumi_command as command"}  # fmt: skip
"""Package -> what a Python program imports."""
_INTERNAL = "__internal"
"""Where the engine keeps the options of a provider."""
_KUBERNETES = lazy_regex(r"kubernetes:(?:(?P<group>[^/:]+)/)?(?P<version>v\w+):(?P<kind>\w+)")


def yaml_program(plan: tuple[ExampleResource, ...]) -> str:
    """Returns the resources of an example as a program in Pulumi YAML."""
    resources: dict[str, Any] = {}
    for resource in _declared(plan):
        properties = {**_properties(resource), **{key: f"${{{names[0]}.id}}" for key, names in _links(resource)}}
        entry: dict[str, Any] = {"type": resource.type}
        if properties:
            entry["properties"] = properties
        if resource.provider:
            provider = f"{resource.name}-provider"
            package = resource.type.split(":")[0]
            resources[provider] = {"type": f"pulumi:providers:{package}", "properties": resource.provider}
            entry["options"] = {"provider": f"${{{provider}}}"}
        if url := _download_url(resource):
            entry["options"] = {"pluginDownloadURL": url}
        resources[resource.name] = entry
    program = {"name": "example", "runtime": "yaml", "resources": resources}
    return yaml.safe_dump(program, sort_keys=False, width=110, allow_unicode=True)


def python_program(plan: tuple[ExampleResource, ...]) -> str:
    """Returns the resources of an example as a program in Python; empty if a type has no SDK that is known here."""
    declared = list(_declared(plan))
    packages = {resource.type.removeprefix("pulumi:providers:").split(":")[0] for resource in declared}
    if not packages <= _PACKAGES.keys():
        return ""
    imports = sorted(f"import {_PACKAGES[package]}" for package in packages)
    if any(resource.provider or _download_url(resource) for resource in declared):
        imports.insert(0, "import pulumi")
    names = {resource.name: _variable(resource.name) for resource in declared}
    return "\n".join([*imports, "", *(line for resource in declared for line in _statement(resource, names))]) + "\n"


def _declared(plan: tuple[ExampleResource, ...]) -> Iterator[ExampleResource]:
    """Yields the resources that a program declares: the engine adds the stack itself."""
    return (resource for resource in plan if resource.type != "pulumi:pulumi:Stack")


def _variable(name: str) -> str:
    variable = re.sub(r"[^a-z0-9]", "_", name.lower())
    return f"{variable}_" if keyword.iskeyword(variable) else variable


def _properties(resource: ExampleResource) -> dict[str, Any]:
    """Returns the properties as a program has them. The engine passes structures of providers as JSON."""
    if not resource.type.startswith("pulumi:providers:"):
        return resource.props
    return {
        key: json.loads(value) if str(value)[:1] in ("{", "[") and isinstance(value, str) else value
        for key, value in resource.props.items()
        if key != _INTERNAL
    }


def _download_url(resource: ExampleResource) -> str:
    return resource.props.get(_INTERNAL, {}).get("pluginDownloadURL", "")


def _links(resource: ExampleResource) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields the properties that the example leaves to a link."""
    return ((key, names) for key, names in resource.links.items() if key not in resource.props and names)


def _class_of(token: str) -> str:
    """Returns the class of a type, such as `aws.s3.Bucket`."""
    if token.startswith("pulumi:providers:"):
        return f"{token.rsplit(':', 1)[-1].replace('-', '_')}.Provider"
    match = _KUBERNETES.fullmatch(token)
    if match is not None:
        if not is_built_in_kubernetes(normalise(token)):
            return "kubernetes.apiextensions.CustomResource"
        module = (match["group"] or "core").split(".")[0]
        return f"kubernetes.{module}.{match['version']}.{match['kind']}"
    package, module, name = token.split(":")
    module = module.split("/")[0]
    return f"{package.replace('-', '_')}.{_variable(module)}.{name}"


def _statement(resource: ExampleResource, names: Mapping[str, str]) -> Iterator[str]:
    """Yields the lines that create a resource."""
    yield f"{names[resource.name]} = {_class_of(resource.type)}("
    yield f'    "{resource.name}",'
    match = _KUBERNETES.fullmatch(resource.type)
    is_custom = match is not None and not is_built_in_kubernetes(normalise(resource.type))
    if match is not None and is_custom:
        yield f'    api_version="{match["group"]}/{match["version"]}",'
        yield f'    kind="{match["kind"]}",'
    for key, value in _properties(resource).items():
        is_free = key in FREE_FORM or is_custom
        yield from _indented(f"{python_name(key)}=", _literal(value if is_free else _in_python(value)))
    for key, links in _links(resource):
        yield f"    {python_name(key)}={names[links[0]]}.id,"
    if resource.provider:
        package = resource.type.split(":")[0].replace("-", "_")
        arguments = ", ".join(f"{python_name(key)}={_text(value)}" for key, value in resource.provider.items())
        provider = f'{package}.Provider("{resource.name}-provider", {arguments})'
        yield f"    opts=pulumi.ResourceOptions(provider={provider}),"
    if url := _download_url(resource):
        yield f"    opts=pulumi.ResourceOptions(plugin_download_url={_text(url)}),"
    yield ")"


def _in_python(value: Any) -> Any:
    """Returns a value with the keys of nested types as in Python."""
    if isinstance(value, Mapping):
        return {python_name(key): item if key in FREE_FORM else _in_python(item) for key, item in value.items()}
    return [_in_python(item) for item in value] if isinstance(value, list) else value


_LINE = 100


def _text(value: Any) -> str:
    """Returns a literal on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _literal(value: Any) -> list[str]:
    """Returns the lines of a literal; a long one has an item a line."""
    text = _text(value)
    if len(text) <= _LINE or not isinstance(value, dict | list) or not value:
        return [text]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    lines = [opening]
    for key, item in value.items() if isinstance(value, dict) else ((None, item) for item in value):
        first, *rest = _literal(item)
        lines += [f"    {'' if key is None else f'{_text(key)}: '}{first}", *(f"    {line}" for line in rest)]
        lines[-1] += ","
    return [*lines, closing]


def _indented(prefix: str, lines: list[str]) -> Iterator[str]:
    yield from (f"    {prefix if index == 0 else ''}{line}" for index, line in enumerate(lines[:-1]))
    yield f"    {prefix if len(lines) == 1 else ''}{lines[-1]},"
