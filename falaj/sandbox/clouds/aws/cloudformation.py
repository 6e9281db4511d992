"""Validation of inputs against CloudFormation's resource schemas and the models of the APIs, both written by AWS.

The SDK's types have few enums, and no ranges, lengths or patterns. The table is derived from AWS's schemas
(`python -m tests.project.aws_cloudformation`, which names the source). It has for each Pulumi type its CloudFormation
type (`schema`), `limits` by property path, and `unmatched` paths, of which the schema has no counterpart; `models` has
the API's operations of a type, and the limits in their models of which the schema says nothing. In a path,
`[*]` is each element of a list, `.*` each value of a mapping. Limits: `enum`, `min`, `max`, `minLength`, `maxLength`,
`pattern`, `minItems`, `maxItems`, `keys` (limits of a mapping's keys) and `readOnly`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from falaj.sandbox.clouds.values import UNKNOWN, Json, Props

TABLE = Path(__file__).with_name("data") / "cloudformation.json"

Limits = Mapping[str, Any]

Failure = tuple[str, str]
"""(property path, message)."""

_TAG_LIMITS = "tags have keys of up to 128 and values of up to 256 characters"

LOOSER: Mapping[tuple[str, str], str] = {
    ("aws:ecr/repository:Repository", "tags"): f"ECR API reference, Tag (2026-11): {_TAG_LIMITS}",
    ("aws:ecr/repository:Repository", "tags.*"): f"ECR API reference, Tag (2026-11): {_TAG_LIMITS}",
    ("aws:eks/addon:Addon", "tags"): f"model of eks:CreateAddon: {_TAG_LIMITS}",
    ("aws:eks/addon:Addon", "tags.*"): f"model of eks:CreateAddon: {_TAG_LIMITS}",
}
"""(type, property path) -> why the API accepts more than the schema. `account.check` has the limits of all tags."""

MORE_VALUES: Mapping[tuple[str, str], str] = {
    ("aws:cloudwatch/logGroup:LogGroup", "retentionInDays"): "0",
    ("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", "rules[*].scanFrequency"): "MANUAL",
    ("aws:s3/bucketVersioning:BucketVersioning", "versioningConfiguration.status"): "Disabled",
}
"""(type, property path) -> a value beyond the schema's enum. 0 and `Disabled` are the provider's, which then makes no
request (terraform-provider-aws v6.58.0, internal/service/logs/group.go, resourceGroupCreate, and
internal/service/s3/bucket_versioning.go, resourceBucketVersioningCreate); `MANUAL` is the API's (model of
ecr:PutRegistryScanningConfiguration, ScanFrequency)."""

PROVIDERS_OWN: Mapping[tuple[str, str], str] = {}
"""(type, property path) -> why the provider's value is another one than the API's member of that name."""


@cache
def table() -> Mapping[str, Any]:
    """Returns the table: `source`, `dropped_patterns`, and `types` by token."""
    result: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return result


def schema_failures(token: str, inputs: Props) -> list[Failure]:
    """Returns what CloudFormation's schema refuses in a resource's inputs. Unknown values and types without a schema
    pass.
    """
    schema, model = table()["types"].get(token, {}), table()["models"].get(token, {})
    sources = (
        (limits_of(token), f"schema of AWS::{schema.get('schema')}"),
        (model_limits_of(token), f"model of {', '.join(model.get('operations', ()))}"),
    )
    return [
        (path, f"ValidationException: {path} {message} ({source})")
        for limits, source in sources
        for path, message in _values(limits, inputs, "", "")
    ]


@cache
def model_limits_of(token: str) -> Mapping[str, Limits]:
    """Returns the limits that only the API's model of a type has, by property path."""
    stated: Mapping[str, Limits] = table()["models"].get(token, {}).get("limits", {})
    return {path: limits for path, limits in stated.items() if (token, path) not in PROVIDERS_OWN}


@cache
def limits_of(token: str) -> Mapping[str, Limits]:
    """Returns the limits of a type by property path, with the exceptions; none for a type without a schema."""
    stated: Mapping[str, Limits] = table()["types"].get(token, {}).get("limits", {})
    result = {path: limits for path, limits in stated.items() if (token, path) not in LOOSER}
    for (owner, path), value in MORE_VALUES.items():
        if owner == token:
            result[path] = {**result[path], "enum": [*result[path]["enum"], value]}
    return result


def _values(limits: Mapping[str, Limits], value: Json, place: str, path: str) -> Iterator[Failure]:
    """Yields the failures of a value and everything in it. `place` is its path in the table."""
    if value is None or value is UNKNOWN or value == "":  # the provider leaves out an empty text
        return
    yield from ((path, message) for message in _failures(limits.get(place, {}), value))
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not key.startswith("__"):
                inner = f"{place}.{key}" if place else key
                is_map = f"{place}.*" in limits
                yield from _values(limits, item, f"{place}.*" if is_map else inner, f"{path}.{key}" if path else key)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, item in enumerate(value):
            yield from _values(limits, item, f"{place}[*]", f"{path}[{index}]")


def _failures(limits: Limits, value: Json) -> Iterator[str]:
    if "readOnly" in limits:
        yield "is read-only: AWS sets it"
    elif isinstance(value, Mapping):
        yield from _size(limits, len(value))
        for key in value:
            yield from (f"has the key '{key}', which {message}" for message in _failures(limits.get("keys", {}), key))
    elif isinstance(value, str | bool | int | float):
        yield from (f"failed to satisfy constraint: Member must {message}" for message in _scalar(limits, value))
    elif isinstance(value, Sequence):
        yield from _size(limits, len(value))


def _size(limits: Limits, size: int) -> Iterator[str]:
    if not limits.get("minItems", 0) <= size <= limits.get("maxItems", size):
        bound = f"greater than or equal to {limits['minItems']}" if size < limits.get("minItems", 0) else ""
        bound = bound or f"less than or equal to {limits['maxItems']}"
        yield f"failed to satisfy constraint: Member must have length {bound}"


def _scalar(limits: Limits, value: str | bool | float) -> Iterator[str]:
    """Yields what a text, number or truth value must do. A text may stand for a number, as in Terraform's types."""
    text = _text(value)
    if "enum" in limits and text not in [_text(item) for item in limits["enum"]]:
        yield f"satisfy enum value set: [{', '.join(map(_text, limits['enum']))}], not {text}"
    if "min" in limits or "max" in limits:
        yield from _range(limits, value)
    if isinstance(value, str):
        yield from _form(limits, value)


def _text(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:g}"


def _range(limits: Limits, value: str | bool | float) -> Iterator[str]:
    try:
        number = float(value)
    except ValueError:
        yield "be a number"
        return
    if number < limits.get("min", number):
        yield f"have value greater than or equal to {limits['min']:g}, not {number:g}"
    if number > limits.get("max", number):
        yield f"have value less than or equal to {limits['max']:g}, not {number:g}"


def _form(limits: Limits, value: str) -> Iterator[str]:
    """Yields what a text must do, without the text: it may be a secret."""
    if len(value) < limits.get("minLength", 0):
        yield f"have length greater than or equal to {limits['minLength']}"
    if len(value) > limits.get("maxLength", len(value)):
        yield f"have length less than or equal to {limits['maxLength']}"
    if "pattern" in limits and not re.search(limits["pattern"], value):
        yield f"satisfy regular expression pattern: {limits['pattern']}"
