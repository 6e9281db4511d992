"""Planned AWS resources as a Terraform plan in JSON, the format that independent scanners read.

Pulumi's AWS provider is derived from Terraform's: `kmsKeyId` is `kms_key_id`, an object is a list of one block in
Terraform, and a list of blocks has the plural of Terraform's name. The SDK's types determine which case applies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from falaj.sandbox.clouds.sdk_schema import Property, Sdk, Type
from tests.scan.counterparts import COUNTERPARTS, NO_COUNTERPART
from tests.scan.plan import Planned

PLURAL_IN_TERRAFORM = {"ingress", "egress", "blockDeviceMappings", "tagSpecifications"}
"""Lists of blocks that have the same name in Pulumi and Terraform."""

PROVIDER = "registry.terraform.io/hashicorp/aws"

Json = dict[str, Any]

PlannedByKey = Mapping[tuple[str, str, str], Planned]
"""Planned resources by stack, type and name."""


def plan(items: Iterable[Planned]) -> Json:
    """Returns the plan of all AWS resources among `items`.

    As in a plan before the first deployment, ids of other planned resources are unknown, and the configuration refers
    to these resources, so that scanners can join a bucket with its policy or a network with its flow log.
    """
    by_key = {(item.stack, item.type, item.name): item for item in items if item.type.startswith("aws:")}
    resources = [_resource(item, by_key) for item in by_key.values()]
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": [resource["planned"] for resource in resources]}},
        "resource_changes": [resource["change"] for resource in resources],
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": PROVIDER}},
            "root_module": {"resources": [resource["configuration"] for resource in resources]},
        },
    }


def _resource(item: Planned, by_key: PlannedByKey) -> dict[str, Json]:
    kind = terraform_type(item.type)
    common = {"address": address(item), "mode": "managed", "type": kind, "name": _label(item)}
    values = _values(item)
    references = _references(item, by_key)
    known = {key: value for key, value in values.items() if key not in references}
    unknown = {"id": True, **dict.fromkeys(references, True)}
    change = {"actions": ["create"], "before": None, "after": known, "after_unknown": unknown}
    return {
        "planned": {**common, "provider_name": PROVIDER, "schema_version": 0, "values": known},
        "change": {
            **common,
            "provider_name": PROVIDER,
            "change": {**change, "before_sensitive": False, "after_sensitive": {}},
        },
        "configuration": {**common, "provider_config_key": "aws", "expressions": {**_expressions(known), **references}},
    }


def _expressions(values: Json) -> Json:
    """Returns the configuration of known values: constants, and blocks of constants."""
    return {
        key: [_expressions(block) for block in value] if _is_block(value) else {"constant_value": value}
        for key, value in values.items()
    }


def _is_block(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def terraform_type(token: str) -> str:
    """Returns the Terraform type of a planned type. Raises KeyError for a type that `counterparts` lacks."""
    row = COUNTERPARTS.get(token) or NO_COUNTERPART[token]
    return row.terraform


def address(item: Planned) -> str:
    """Returns the address of a planned resource in Terraform's plan."""
    return f"{terraform_type(item.type)}.{_label(item)}"


def _label(item: Planned) -> str:
    return f"{item.stack}__{item.name}"


def _references(item: Planned, by_key: PlannedByKey) -> Json:
    """Returns references for the properties that are ids of other planned resources, by Terraform's names."""
    references = {}
    for key, targets in item.refers.items():
        candidates = [by_key.get((item.stack, *target)) for target in targets]
        by_id = {candidate.id: candidate for candidate in candidates if candidate is not None}
        ids = item.inputs.get(key)
        ids = ids if isinstance(ids, list) else [ids]
        addresses = [address(by_id[id_]) for id_ in ids if isinstance(id_, str) and id_ in by_id]
        if addresses and len(addresses) == len(ids):
            references[_snake(key)] = {
                "references": [reference for target in addresses for reference in (f"{target}.id", target)]
            }
    return references


@cache
def _sdk() -> Sdk:
    return Sdk("pulumi_aws")


def _values(item: Planned) -> Json:
    return _block(item.inputs, _sdk().schema(item.type).inputs)


def _block(value: Mapping[str, Any], properties: Mapping[str, Property]) -> Json:
    block = {}
    for key, item in value.items():
        name, shaped = _property(key, item, properties[key].type if key in properties else Type("any"))
        block[name] = shaped
    return block


def _property(key: str, value: Any, type_: Type) -> tuple[str, Any]:
    if type_.kind == "object" and isinstance(value, Mapping):
        return _snake(key), [_inner(value, type_)]
    if type_.kind == "list" and isinstance(value, list) and type_.of[0].kind == "object":
        name = key if key in PLURAL_IN_TERRAFORM else _singular(key)
        return _snake(name), [_inner(part, type_.of[0]) for part in value]
    return _snake(key), value


def _inner(value: Any, type_: Type) -> Json:
    assert type_.ref is not None
    return _block(value, _sdk().properties(type_.ref))


def _singular(name: str) -> str:
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
