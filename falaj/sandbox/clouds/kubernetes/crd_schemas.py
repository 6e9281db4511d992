"""Validation of custom resources against the schemas of their released CRDs.

`falaj.sandbox.lab.export_crd_schemas` writes the schema file. It has no CEL rules and no rules of admission webhooks;
this module implements the relevant ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from falaj.sandbox.clouds.kubernetes.field_schema import UNDECLARED, FieldSchema, schema_errors
from falaj.sandbox.clouds.kubernetes.kinds import LABEL_VALUE, group_and_kind
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

FILE = Path(__file__).parent / "data" / "crd_schemas.json"

_EXCLUDED_INPUTS = ("apiVersion", "kind", "metadata", "__defaults")
"""Inputs that belong to other rules or to the engine."""

_FLAG = re.compile(r"\(\?i\)(.*)")
"""A flag for case-insensitivity. Go allows it anywhere in a pattern; Python needs its scope."""


def valid(op: Operation) -> str | None:
    """Checks that the object matches the schema of its CRD and the additional rules."""
    group, kind = group_and_kind(op.token)
    full = op.token.split(":")[1]
    schema = _schema_of(f"{full}/{kind}")
    if schema is None:
        return None
    fields = {key: value for key, value in op.inputs.items() if key not in _EXCLUDED_INPUTS}
    for path, problem in (*schema_errors(schema, fields, ""), *_rules(kind, op.inputs.get("spec"))):
        field = path.removeprefix(".")
        if problem is UNDECLARED:
            return f"failed to create typed patch object (/{op.name}; {full}, Kind={kind}): .{field}: {problem}"
        return f'{kind}.{group} "{op.name}" is invalid: {field}: {problem}'
    return None


def version_served(token: str) -> bool:
    """Returns whether the CRD serves the version. True for an unknown CRD."""
    group, kind = group_and_kind(token)
    served = [name for name in _definitions() if name.startswith(f"{group}/") and name.endswith(f"/{kind}")]
    return not served or f"{token.split(':')[1]}/{kind}" in served


def _rules(kind: str, spec: Json) -> Iterator[tuple[str, str]]:
    if kind == "InterceptorRoute" and bool(get_path(spec, "target.port")) == bool(get_path(spec, "target.portName")):
        yield "spec.target", "Invalid value: one of port and portName and not both"
    labels = get_path(spec, "nodeLabels") if kind == "ResourceFlavor" else None
    for value in labels.values() if isinstance(labels, Mapping) else ():
        if isinstance(value, str) and not LABEL_VALUE.fullmatch(value):
            yield "spec.nodeLabels", f'Invalid value: "{value}": a valid label must consist of alphanumeric characters'
    for group in get_all(spec, "resourceGroups[*]") if kind == "ClusterQueue" else ():
        covered = get_all(group, "coveredResources[*]")
        for flavor in get_all(group, "flavors[*]"):
            if [get_str(resource, "name") for resource in get_all(flavor, "resources[*]")] != covered:
                yield "spec.resourceGroups", "Invalid value: flavors must have the same resources as coveredResources"


def schemas() -> Mapping[str, FieldSchema]:
    """Returns `group/version/Kind` -> schema of its objects."""
    return {name: to_field_schema(schema) for name, schema in _definitions().items()}


@cache
def _definitions() -> Mapping[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def _schema_of(name: str) -> FieldSchema | None:
    schema = _definitions().get(name)
    return None if schema is None else to_field_schema(schema)


def to_field_schema(schema: Any) -> FieldSchema:
    """Converts an OpenAPI schema to a `FieldSchema`."""
    if schema.get("x-kubernetes-preserve-unknown-fields"):
        return FieldSchema("any")
    if schema.get("x-kubernetes-int-or-string"):
        return FieldSchema("quantity")
    inner = schema.get("items") or schema.get("additionalProperties")
    return FieldSchema(
        str(schema.get("type", "any")),
        properties={
            name: to_field_schema(property_schema) for name, property_schema in schema.get("properties", {}).items()
        },
        items=to_field_schema(inner) if isinstance(inner, Mapping) else None,
        required=tuple(schema.get("required", ())),
        pattern=_full_pattern(schema),
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        min_length=_first(schema, "minItems", "minLength", "minProperties") or 0,
        max_length=_first(schema, "maxItems", "maxLength", "maxProperties"),
    )


def _first(schema: Any, *keywords: str) -> int | None:
    return next((schema[keyword] for keyword in keywords if keyword in schema), None)


def _full_pattern(schema: Any) -> str:
    """Returns a pattern for the whole string, because a CRD's pattern matches anywhere in it."""
    if values := schema.get("enum"):
        return "|".join(re.escape(str(value)) for value in values)
    pattern = _FLAG.sub(r"(?i:\1)", str(schema.get("pattern", "")))
    return f"(?s:.*)(?:{pattern})(?s:.*)" if pattern else ""
