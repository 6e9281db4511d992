"""Changes of settings before they are loaded: `--set sites.awsuae.pools.gpuspot.max=12`."""

import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from falaj.components.core.validation.raw import as_list, as_mapping, is_list
from falaj.components.settings.stack import Settings
from falaj.finops.errors import BadInput, shown
from falaj.finops.input_files import parse_yaml

Schema = Mapping[str, Any]


def changed(raw: object, changes: Sequence[str]) -> dict[str, object]:
    """Returns the value of `falaj:platform` with changes `PATH=VALUE`, applied in their order. A value is YAML.

    Raises `BadInput` for a change of another form, and for a path that the settings do not have; whether a value is
    valid is decided when the settings are loaded."""
    result = dict(as_mapping(raw))
    for text in changes:
        path, equals, value = text.partition("=")
        keys = path.strip().split(".")
        if not equals or not all(keys):
            raise BadInput("--set", f"{shown(text)} is not PATH=VALUE, such as sites.main.pools.cpu.max=4")
        location = f"--set {path.strip()}"
        new = _with(result, keys, _value(value, location), _SettingsAt(location))
        result = dict(as_mapping(new))
    return result


def _value(text: str, location: str) -> object:
    """Returns a value of YAML, `null` included. Raises `BadInput`."""
    values = parse_yaml(f"- {text.strip()}", location)
    if not is_list(values) or len(values) != 1:
        raise BadInput(location, f"{shown(text)} is not one value of YAML, such as 4, spot or [g5.xlarge, g6.xlarge]")
    return values[0]


def _with(value: object, keys: Sequence[str], new: object, at: "_SettingsAt") -> object:
    """Returns a value with another one at a path below it."""
    if not keys:
        return new
    key, rest = keys[0], keys[1:]
    if is_list(value):
        items = [*as_list(value)]
        index = at.index(key, len(items))
        items[index] = _with(items[index], rest, new, at.item(key))
        return items
    at.check(key, value, is_last=not rest)
    mapping = as_mapping(value)
    return {**mapping, key: _with(mapping.get(key), rest, new, at.field(key))}


class _SettingsAt:
    """A place in the settings: what its schema allows there."""

    def __init__(self, location: str, schema: Schema | None = None, path: str = "") -> None:
        self._location, self._path = location, path
        self._root = _schema() if schema is None else schema
        self._here = [self._root] if schema is None else []

    def field(self, key: str) -> "_SettingsAt":
        """Returns the place below a key."""
        found = [node["properties"][key] for node in self._here if key in node.get("properties", {})]
        return self._below(found or [schema for node in self._here for schema in _named(node)], key)

    def item(self, key: str) -> "_SettingsAt":
        """Returns the place of an item of a list."""
        return self._below([node["items"] for node in self._here if "items" in node], key)

    def _below(self, schemas: Sequence[Schema], key: str) -> "_SettingsAt":
        below = _SettingsAt(self._location, self._root, f"{self._path}.{key}" if self._path else key)
        below._here = [node for schema in schemas for node in _alternatives(schema, self._root)]
        return below

    def check(self, key: str, value: object, is_last: bool) -> None:
        """Raises `BadInput` for a key that the settings do not have here."""
        fields = [name for node in self._here for name in node.get("properties", {})]
        if key in fields:
            return
        is_named = any(_named(node) for node in self._here)
        names = [*as_mapping(value)]
        if is_named and (is_last or key in names):
            return
        if not fields and not is_named:
            raise BadInput(
                self._location, f"{self._path} is one value and has no {shown(key)}; set {self._path} itself"
            )
        allowed = sorted(dict.fromkeys((*fields, *(str(name) for name in names))))
        near = difflib.get_close_matches(key, allowed, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        place = f"{self._path} has" if self._path else "the settings have"
        raise BadInput(self._location, f"{place} no {shown(key)}; there are: {', '.join(allowed) or 'none'}{hint}")

    def index(self, key: str, length: int) -> int:
        """Returns the number of an item of a list. Raises `BadInput`."""
        if not key.isdecimal() or int(key) >= length:
            allowed = f"0 to {length - 1}" if length else "none: it is empty"
            raise BadInput(self._location, f"{self._path} is a list without an item {shown(key)}; there are: {allowed}")
        return int(key)


@cache
def _schema() -> Schema:
    return Settings.model_json_schema()


def _named(node: Schema) -> list[Schema]:
    """Returns the schemas of the values of a mapping whose keys are names; empty for other values."""
    further = as_mapping(node.get("additionalProperties"))
    return [*node.get("patternProperties", {}).values(), *([further] if further else [])]


def _alternatives(schema: Schema, root: Schema) -> list[Schema]:
    """Returns the schemas that a value may follow, with references resolved."""
    if "$ref" in schema:
        return _alternatives(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        return [node for choice in schema["anyOf"] for node in _alternatives(choice, root)]
    return [schema]
