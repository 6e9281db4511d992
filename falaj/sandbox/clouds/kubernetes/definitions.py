"""Custom resources in the emulated cluster, judged by what their released definitions say.

The file is made by `falaj.sandbox.lab.emulated_definitions`. Rules that definitions hold in CEL, and what webhooks of
the controllers say, are not in it; those that matter here are below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from falaj.sandbox.clouds.kubernetes.kinds import LABEL_VALUE, group_and_kind
from falaj.sandbox.clouds.kubernetes.shapes import UNDECLARED, Shape, problems
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import Json, at, each, text

FILE = Path(__file__).parent / "data" / "definitions.json"

_NO_FIELDS = ("apiVersion", "kind", "metadata", "__defaults")
"""Inputs that other rules are about, or that are the engine's."""

_FLAG = re.compile(r"\(\?i\)(.*)")
"""Go lets a pattern say anywhere that the rest is of either case; Python wants to know of what."""


def valid(call: Call) -> str | None:
    """The definition's schema, then its rules."""
    group, kind = group_and_kind(call.token)
    full = call.token.split(":")[1]
    shape = _shape(f"{full}/{kind}")
    if shape is None:
        return None
    given = {key: value for key, value in call.inputs.items() if key not in _NO_FIELDS}
    for path, problem in (*problems(shape, given, ""), *_rules(kind, call.inputs.get("spec"))):
        where = path.removeprefix(".")
        if problem is UNDECLARED:
            return f"failed to create typed patch object (/{call.name}; {full}, Kind={kind}): .{where}: {problem}"
        return f'{kind}.{group} "{call.name}" is invalid: {where}: {problem}'
    return None


def served(token: str) -> bool:
    """False where the definition is known and does not have that version."""
    group, kind = group_and_kind(token)
    known = [name for name in _read() if name.startswith(f"{group}/") and name.endswith(f"/{kind}")]
    return not known or f"{token.split(':')[1]}/{kind}" in known


def _rules(kind: str, spec: Json) -> Iterator[tuple[str, str]]:
    if kind == "InterceptorRoute" and bool(at(spec, "target.port")) == bool(at(spec, "target.portName")):
        yield "spec.target", "Invalid value: one of port and portName and not both"
    labels = at(spec, "nodeLabels") if kind == "ResourceFlavor" else None
    for value in labels.values() if isinstance(labels, Mapping) else ():
        if isinstance(value, str) and not LABEL_VALUE.fullmatch(value):
            yield "spec.nodeLabels", f'Invalid value: "{value}": a valid label must consist of alphanumeric characters'
    for group in each(spec, "resourceGroups[*]") if kind == "ClusterQueue" else ():
        covered = each(group, "coveredResources[*]")
        for flavor in each(group, "flavors[*]"):
            if [text(one, "name") for one in each(flavor, "resources[*]")] != covered:
                yield "spec.resourceGroups", "Invalid value: flavors must have the same resources as coveredResources"


def shapes() -> Mapping[str, Shape]:
    """`group/version/Kind` -> what its objects may hold."""
    return {name: _made(schema) for name, schema in _read().items()}


@cache
def _read() -> Mapping[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def _shape(name: str) -> Shape | None:
    schema = _read().get(name)
    return None if schema is None else _made(schema)


def _made(schema: Any) -> Shape:
    """The shape that a schema describes."""
    if schema.get("x-kubernetes-preserve-unknown-fields"):
        return Shape("any")
    if schema.get("x-kubernetes-int-or-string"):
        return Shape("quantity")
    inner = schema.get("items") or schema.get("additionalProperties")
    return Shape(
        str(schema.get("type", "any")),
        fields={name: _made(one) for name, one in schema.get("properties", {}).items()},
        items=_made(inner) if isinstance(inner, Mapping) else None,
        required=tuple(schema.get("required", ())),
        pattern=_whole(schema),
        least=schema.get("minimum"),
        most=schema.get("maximum"),
        shortest=schema.get("minItems", schema.get("minLength", 0)),
        longest=schema.get("maxItems", schema.get("maxLength")),
    )


def _whole(schema: Any) -> str:
    """What all of a string must match: a definition's pattern need only be somewhere in it."""
    if words := schema.get("enum"):
        return "|".join(re.escape(str(word)) for word in words)
    pattern = _FLAG.sub(r"(?i:\1)", str(schema.get("pattern", "")))
    return f"(?s:.*)(?:{pattern})(?s:.*)" if pattern else ""
