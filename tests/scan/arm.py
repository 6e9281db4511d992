"""Planned Azure resources as an ARM template, the format that independent scanners read.

The inputs of azure-native are those of ARM, except that most fields of ARM's `properties` are at the top level, and the
type and name are part of the resource's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.scan.plan import Planned

ENVELOPE = {
    "location",
    "tags",
    "sku",
    "kind",
    "identity",
    "zones",
    "plan",
    "extendedLocation",
    "managedBy",
    "properties",
}
"""Top-level fields of an ARM resource (learn.microsoft.com, template syntax, 2026-11)."""

NESTED = {"securityRules", "subnets", "privateLinkServiceConnections", "privateDnsZoneConfigs", "routes"}
"""Lists of nested resources, each with a name and `properties`."""

RENAMED: Mapping[str, Mapping[str, str]] = {
    "azure-native:storage:StorageAccount": {
        "enableHttpsTrafficOnly": "supportsHttpsTrafficOnly",
        "networkRuleSet": "networkAcls",
        "keyVaultProperties": "keyvaultproperties",
        "keyName": "keyname",
        "keyVaultUri": "keyvaulturi",
    },
}
"""Type -> properties whose names differ: Pulumi's name -> ARM's name."""

Json = dict[str, Any]


def resources(items: Iterable[Planned]) -> list[tuple[Planned, Json]]:
    """Returns each Azure resource among `items` with its ARM form; security rules are also separate resources."""
    result = []
    for item in items:
        if item.type.startswith("azure-native:"):
            parent = _resource(item)
            rules = [(item, _child(parent, rule)) for rule in parent["properties"].get("securityRules", [])]
            result += [(item, parent), *rules]
    return result


def template(items: Iterable[Json]) -> Json:
    """Returns an ARM template with these resources."""
    return {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": list(items),
    }


def _child(parent: Json, rule: Json) -> Json:
    name = f"{parent['name']}/{rule['name']}"
    return {**parent, "type": f"{parent['type']}/securityRules", "name": name, "properties": rule["properties"]}


def _resource(item: Planned) -> Json:
    kind, name = _type_and_name(item.id)
    envelope, own_properties = {}, {}
    for key, value in _reshape(item.inputs, RENAMED.get(item.type, {})).items():
        if key in ENVELOPE:
            envelope[key] = value
        elif not _is_part_of_id(key, value, item.id):
            own_properties[key] = value
    properties = {**own_properties, **envelope.pop("properties", {})}
    return {"type": kind, "apiVersion": "2025-09-01", "name": name, **envelope, "properties": properties}


def _type_and_name(id_: str) -> tuple[str, str]:
    """Returns the type and name in an id, such as `Microsoft.Network/virtualNetworks/subnets` and `vnet/nodes`."""
    if "/providers/" not in id_:
        return "Microsoft.Resources/resourceGroups", id_.rsplit("/", 1)[-1]
    provider, *segments = id_.rsplit("/providers/", 1)[1].split("/")
    return "/".join((provider, *segments[::2])), "/".join(segments[1::2])


def _is_part_of_id(key: str, value: Any, id_: str) -> bool:
    """Returns whether a property repeats a part of the id: the name of the group, of a parent or of the resource."""
    return key.lower().endswith("name") and isinstance(value, str) and value in id_.split("/")


def _reshape(inputs: Mapping[str, Any], names: Mapping[str, str]) -> Json:
    result = {}
    for key, value in inputs.items():
        if key == "userAssignedIdentities" and isinstance(value, list):
            result[key] = {identity: {} for identity in value}
        elif key in NESTED:
            result[key] = [_nested(item, names) for item in value]
        else:
            result[names.get(key, key)] = _deep(value, names)
    return result


def _nested(item: Mapping[str, Any], names: Mapping[str, str]) -> Json:
    shaped = _reshape(item, names)
    return {"name": shaped.pop("name", ""), "properties": shaped}


def _deep(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return _reshape(value, names)
    return [_deep(item, names) for item in value] if isinstance(value, list) else value
