"""Planned AWS resources as CloudFormation templates, converted with AWS's published schemas of resource types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tests.scan.counterparts import COUNTERPARTS, NO_COUNTERPART, Counterpart
from tests.scan.plan import Planned

Schemas = Mapping[str, Mapping[str, Any]]


class UnknownProperties(Exception):
    """Raised for properties that neither a schema nor a counterpart contains; the message lists them."""


def unknown_types(plans: Iterable[Planned]) -> set[str]:
    """Returns the planned AWS types without a counterpart or a reason for its absence."""
    return {item.type for item in plans if item.type.startswith("aws:")} - COUNTERPARTS.keys() - NO_COUNTERPART.keys()


def templates(plans: Iterable[Planned], schemas: Schemas) -> dict[tuple[str, str], dict[str, Any]]:
    """Returns a template for each region and stack. Raises `UnknownProperties`."""
    result: dict[tuple[str, str], dict[str, Any]] = {}
    unknown: list[str] = []
    for number, item in enumerate(plans):
        row = COUNTERPARTS.get(item.type)
        if row is None:
            continue
        properties = _SchemaShape(schemas[row.cloudformation], f"{item.label} ({row.cloudformation})", unknown).of(
            item, row
        )
        template = result.setdefault(
            (row.region, item.stack), {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}
        )
        template["Resources"][f"R{number}"] = {
            "Type": row.cloudformation,
            "Properties": properties,
            "Metadata": {"planned": item.label},
        }
    if unknown:
        raise UnknownProperties("\n".join(sorted(set(unknown))))
    return result


class _SchemaShape:
    """Converts inputs to the form of one schema; properties that the schema lacks are added to `unknown`."""

    def __init__(self, schema: Mapping[str, Any], label: str, unknown: list[str]) -> None:
        self.schema, self.label, self.unknown = schema, label, unknown

    def of(self, item: Planned, row: Counterpart) -> dict[str, Any]:
        inputs = {key: value for key, value in item.inputs.items() if key not in row.without}
        reshaped = {row.renames.get(key, key): value for key, value in row.reshaped(inputs).items()}
        if not row.under:
            return self._object(reshaped, self.schema, "")
        nested = self._resolved(self.schema["properties"][row.under])
        return {row.under: self._object(reshaped, nested, row.under)}

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            schema = self.schema["definitions"][schema["$ref"].rsplit("/", 1)[-1]]
        for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
            if "properties" not in schema and ("$ref" in choice or "properties" in choice):
                return self._resolved(choice)
        return schema

    def _object(self, value: Mapping[str, Any], schema: Mapping[str, Any], path: str) -> dict[str, Any]:
        names = {name.casefold(): name for name in schema.get("properties", {})}
        shaped = {}
        for key, item in value.items():
            name = names.get(key.casefold())
            if name is None:
                self.unknown.append(f"{self.label}: {path}.{key} is no property of it")
                continue
            shaped[name] = self._value(item, self._resolved(schema["properties"][name]), f"{path}.{name}")
        return shaped

    def _value(self, value: Any, schema: Mapping[str, Any], path: str) -> Any:
        if isinstance(value, Mapping):
            if "properties" in schema:
                return self._object(value, schema, path)
            pair = self._resolved(schema.get("items", {})).get("properties", {})
            if {"Key", "Value"} <= pair.keys():
                return [{"Key": key, "Value": item} for key, item in value.items()]
            return dict(value)
        if isinstance(value, list):
            items = self._resolved(schema.get("items", {}))
            return [self._value(item, items, f"{path}[]") for item in value]
        if isinstance(value, str) and "object" in schema.get("type", ()) and value.startswith("{"):
            return json.loads(value)
        return value
