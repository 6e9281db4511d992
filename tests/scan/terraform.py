"""Planned AWS resources as Terraform's own plan in JSON: the form in which independent scanners read infrastructure.

Pulumi's AWS provider is Terraform's, with other names: `kmsKeyId` is `kms_key_id`, a block is an object where Terraform
has a list of one, and a list of blocks has the plural of Terraform's name. The SDK's types say which is which.
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
"""Lists of blocks whose names Pulumi took over as they are."""

PROVIDER = "registry.terraform.io/hashicorp/aws"

Json = dict[str, Any]

Ours = Mapping[tuple[str, str, str], Planned]
"""Planned resources by stack, type and name."""


def plan(items: Iterable[Planned]) -> Json:
    """The plan of all AWS resources among `items`.

    As in a plan before a first deployment, what is an id of another planned resource is unknown, and the configuration
    says which resource that is: so scanners join a bucket with its policy or a network with its flow log.
    """
    ours = {(item.stack, item.type, item.name): item for item in items if item.type.startswith("aws:")}
    resources = [_resource(item, ours) for item in ours.values()]
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": [one["planned"] for one in resources]}},
        "resource_changes": [one["change"] for one in resources],
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": PROVIDER}},
            "root_module": {"resources": [one["configuration"] for one in resources]},
        },
    }


def _resource(item: Planned, ours: Ours) -> dict[str, Json]:
    kind = terraform_type(item.type)
    common = {"address": address(item), "mode": "managed", "type": kind, "name": _label(item)}
    values = _values(item)
    joins = _joins(item, ours)
    known = {key: value for key, value in values.items() if key not in joins}
    unknown = {"id": True, **dict.fromkeys(joins, True)}
    change = {"actions": ["create"], "before": None, "after": known, "after_unknown": unknown}
    return {
        "planned": {**common, "provider_name": PROVIDER, "schema_version": 0, "values": known},
        "change": {
            **common,
            "provider_name": PROVIDER,
            "change": {**change, "before_sensitive": False, "after_sensitive": {}},
        },
        "configuration": {**common, "provider_config_key": "aws", "expressions": {**_expressions(known), **joins}},
    }


def _expressions(values: Json) -> Json:
    """What the configuration would say of known values: constants, and blocks of constants."""
    return {
        key: [_expressions(part) for part in value] if _is_block(value) else {"constant_value": value}
        for key, value in values.items()
    }


def _is_block(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, dict) for part in value)


def terraform_type(token: str) -> str:
    """Terraform's name of a planned type. Raises KeyError: `counterparts` names every planned type."""
    row = COUNTERPARTS.get(token) or NO_COUNTERPART[token]
    return row.terraform


def address(item: Planned) -> str:
    """What a planned resource is called in Terraform's plan."""
    return f"{terraform_type(item.type)}.{_label(item)}"


def _label(item: Planned) -> str:
    return f"{item.stack}__{item.name}"


def _joins(item: Planned, ours: Ours) -> Json:
    """Properties that are ids of other planned resources, by Terraform's names."""
    found = {}
    for key, targets in item.refers.items():
        leant_on = [ours.get((item.stack, *target)) for target in targets]
        named = {one.id: one for one in leant_on if one is not None}
        ids = item.inputs.get(key)
        ids = ids if isinstance(ids, list) else [ids]
        addresses = [address(named[one]) for one in ids if isinstance(one, str) and one in named]
        if addresses and len(addresses) == len(ids):
            found[_snake(key)] = {"references": [word for one in addresses for word in (f"{one}.id", one)]}
    return found


@cache
def _sdk() -> Sdk:
    return Sdk("pulumi_aws")


def _values(item: Planned) -> Json:
    return _block(item.inputs, _sdk().schema(item.type).inputs)


def _block(value: Mapping[str, Any], properties: Mapping[str, Property]) -> Json:
    found = {}
    for key, part in value.items():
        name, shaped = _property(key, part, properties[key].type if key in properties else Type("any"))
        found[name] = shaped
    return found


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
