"""Planned Azure resources as an ARM template: the form in which independent scanners read Azure.

Pulumi's azure-native is ARM without the envelope: most of what ARM keeps under `properties` lies at the top, and an id
says type and name.
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
"""What ARM keeps beside `properties` (learn.microsoft.com, template syntax, 2026-11)."""

NESTED = {"securityRules", "subnets", "privateLinkServiceConnections", "privateDnsZoneConfigs", "routes"}
"""Lists of resources inside a resource: each has a name and `properties` of its own."""

RENAMED: Mapping[str, Mapping[str, str]] = {
    "azure-native:storage:StorageAccount": {
        "enableHttpsTrafficOnly": "supportsHttpsTrafficOnly",
        "networkRuleSet": "networkAcls",
        "keyVaultProperties": "keyvaultproperties",
        "keyName": "keyname",
        "keyVaultUri": "keyvaulturi",
    },
}
"""Properties that Pulumi calls otherwise than ARM does."""

Json = dict[str, Any]


def resources(items: Iterable[Planned]) -> list[tuple[Planned, Json]]:
    """Each Azure resource among `items` with its form in ARM; rules of a network also as resources of their own."""
    found = []
    for item in items:
        if item.type.startswith("azure-native:"):
            parent = _resource(item)
            inside = [(item, _child(parent, rule)) for rule in parent["properties"].get("securityRules", [])]
            found += [(item, parent), *inside]
    return found


def template(parts: Iterable[Json]) -> Json:
    """A template of these resources."""
    return {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": list(parts),
    }


def _child(parent: Json, rule: Json) -> Json:
    name = f"{parent['name']}/{rule['name']}"
    return {**parent, "type": f"{parent['type']}/securityRules", "name": name, "properties": rule["properties"]}


def _resource(item: Planned) -> Json:
    kind, name = _type_and_name(item.id)
    beside, inside = {}, {}
    for key, value in _shaped(item.inputs, RENAMED.get(item.type, {})).items():
        if key in ENVELOPE:
            beside[key] = value
        elif not _is_address(key, value, item.id):
            inside[key] = value
    properties = {**inside, **beside.pop("properties", {})}
    return {"type": kind, "apiVersion": "2025-09-01", "name": name, **beside, "properties": properties}


def _type_and_name(id_: str) -> tuple[str, str]:
    """`Microsoft.Network/virtualNetworks/subnets` and `vnet/nodes`, from an id."""
    if "/providers/" not in id_:
        return "Microsoft.Resources/resourceGroups", id_.rsplit("/", 1)[-1]
    provider, *steps = id_.rsplit("/providers/", 1)[1].split("/")
    return "/".join((provider, *steps[::2])), "/".join(steps[1::2])


def _is_address(key: str, value: Any, id_: str) -> bool:
    """Whether a property only says where the resource lies: its group, its parents and its own name."""
    return key.lower().endswith("name") and isinstance(value, str) and value in id_.split("/")


def _shaped(inputs: Mapping[str, Any], renamed: Mapping[str, str]) -> Json:
    found = {}
    for key, value in inputs.items():
        if key == "userAssignedIdentities" and isinstance(value, list):
            found[key] = {one: {} for one in value}
        elif key in NESTED:
            found[key] = [_nested(part, renamed) for part in value]
        else:
            found[renamed.get(key, key)] = _deep(value, renamed)
    return found


def _nested(part: Mapping[str, Any], renamed: Mapping[str, str]) -> Json:
    shaped = _shaped(part, renamed)
    return {"name": shaped.pop("name", ""), "properties": shaped}


def _deep(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return _shaped(value, renamed)
    return [_deep(part, renamed) for part in value] if isinstance(value, list) else value
