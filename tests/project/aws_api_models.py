"""The inputs of AWS's APIs as botocore models them, in the form of CloudFormation's resource schemas.

Many of CloudFormation's schemas state no limits; the models of the APIs, which AWS publishes with its SDKs (botocore,
Apache License 2.0), state enums, ranges, lengths and patterns. `aws_api_models.csv` has the operations whose inputs a
type becomes, `aws_api_names.csv` the names that differ.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import botocore
import botocore.session

from tests.project.aws_cloudformation_schema import DroppedPatterns, Schema

VERSION = f"botocore {botocore.__version__}"
_NUMBERS = ("integer", "long", "float", "double")
_REPEATED = 2
"""How often a structure is described inside itself."""


@cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def renames(token: str) -> Mapping[str, str]:
    """Returns Pulumi path -> path of the member, where it does not follow from the spelling."""
    return {row["property"]: row["member"] for row in _rows("aws_api_names.csv") if row["type"] == token}


def operations(token: str) -> list[tuple[str, str, str]]:
    """Returns the operations of a Pulumi type: service, name, and the members that hold its properties besides."""
    return [
        (row["service"], row["operation"], row["inside"]) for row in _rows("aws_api_models.csv") if row["type"] == token
    ]


@cache
def _service(name: str) -> Any:
    return botocore.session.get_session().get_service_model(name)


def model(token: str, name: str, dropped: DroppedPatterns) -> Schema | None:
    """Returns the inputs of a type's operations as one schema. `name`: its CloudFormation type, such as
    `EKS::Cluster`."""
    properties: dict[str, Any] = {}
    for service, operation, inside in operations(token):
        content = _node(_service(service).operation_model(operation).input_shape, ())
        properties |= content["properties"]
        for member in inside.split():
            content = content["properties"][member]
            content = content.get("items", content)
            properties |= content["properties"]
    return Schema(name, {"properties": properties}, dropped) if properties else None


def _node(shape: Any, inside: tuple[str, ...]) -> dict[str, Any]:
    """Returns a shape as a node of a JSON schema."""
    if inside.count(shape.name) >= _REPEATED:
        return {}
    deeper = (*inside, shape.name)
    if shape.type_name == "structure":
        members = {key: _node(member, deeper) for key, member in shape.members.items()}
        return {"type": "object", "properties": members}
    if shape.type_name == "list":
        return {"type": "array", "items": _node(shape.member, deeper), **_bounds(shape, "minItems", "maxItems")}
    if shape.type_name == "map":
        return {"type": "object", "patternProperties": {"^.*$": _node(shape.value, deeper)}}
    names = ("minimum", "maximum") if shape.type_name in _NUMBERS else ("minLength", "maxLength")
    found = {"type": shape.type_name, **_bounds(shape, *names)}
    if enum := shape.metadata.get("enum"):
        found["enum"] = list(enum)
    if pattern := shape.metadata.get("pattern"):
        found["pattern"] = f"^(?:{pattern})$"
    return found


def _bounds(shape: Any, least: str, most: str) -> dict[str, Any]:
    stated = shape.metadata
    return {ours: stated[theirs] for ours, theirs in ((least, "min"), (most, "max")) if theirs in stated}
