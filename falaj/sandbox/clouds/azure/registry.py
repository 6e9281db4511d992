"""Container registries: rows, and the refusals about names, tiers, keys, replicas and what is cached."""

from __future__ import annotations

import re

from falaj.facts.regions import REGIONS, normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.azure.vaults import key_refusal
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import Json, at, text

REGISTRY = "azure-native:containerregistry:Registry"
_PATH = f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/{{registryName}}"
_NAME = re.compile(r"[a-zA-Z0-9]{5,50}")
_RULE_NAME = re.compile(r"[a-zA-Z0-9-]{5,50}")
_PREMIUM_ONLY: tuple[tuple[str, Json], ...] = (
    ("encryption.status", "enabled"),
    ("publicNetworkAccess", "Disabled"),
    ("policies.retentionPolicy.status", "enabled"),
    ("policies.exportPolicy.status", "disabled"),
    ("zoneRedundancy", "Enabled"),
    ("dataEndpointEnabled", True),
)
"""Settings of the tier Premium (learn.microsoft.com, container-registry-skus, read 2026-11-24)."""
_FIXED = ("encryption.status", "zoneRedundancy")
"""Settings that a registry keeps."""
_WITHOUT_CREDENTIAL = frozenset(
    ("mcr.microsoft.com", "public.ecr.aws", "ghcr.io", "quay.io", "registry.k8s.io", "gcr.io")
)
_UPSTREAMS = _WITHOUT_CREDENTIAL | {"docker.io"}
"""Registries that can be cached (learn.microsoft.com, artifact-cache-overview, read 2026-11-24)."""


def _bad(message: str, code: str = "InvalidParameter") -> str:
    return arm_error(400, code, message)


def registry_name(call: Call) -> str | None:
    """Names are 5 to 50 letters and digits, and the whole of Azure shares them."""
    if not _NAME.fullmatch(call.name):
        return _bad(f"The registry name '{call.name}' must have 5 to 50 letters and digits.", "InvalidResourceName")
    if call.existing is None and call.world.find(REGISTRY, name=call.name):
        message = f"The registry DNS name {call.name}.azurecr.io is already in use."
        return arm_error(409, "AlreadyInUse", message)
    return None


def registry_tier(call: Call) -> str | None:
    """What only the tier Premium has."""
    tier = text(call.inputs, "sku.name")
    if tier == "Premium":
        return None
    for path, value in _PREMIUM_ONLY:
        if at(call.inputs, path) == value:
            return _bad(
                f"{path} '{value}' is not supported for the SKU {tier}: it needs Premium.", "FeatureNotSupported"
            )
    return None


def registry_policies(call: Call) -> str | None:
    """Policies that exclude each other, and an export that is off only behind closed doors."""
    on = {name for name in ("retention", "softDelete", "trust") if _policy(call, name) == "enabled"}
    if {"retention", "softDelete"} <= on:
        return _bad("The retention policy and the soft delete policy cannot be enabled together.")
    if "trust" in on and text(call.inputs, "encryption.status") == "enabled":
        return _bad("Content trust is not supported in a registry that is encrypted with a customer-managed key.")
    if _policy(call, "export") == "disabled" and text(call.inputs, "publicNetworkAccess") != "Disabled":
        return _bad("The export policy can be disabled only when public network access is disabled.")
    return None


def _policy(call: Call, name: str) -> str:
    return text(call.inputs, f"policies.{name}Policy.status")


def registry_zones(call: Call) -> str | None:
    """Zones are asked of a region that has them."""
    region = call.facts["region"]
    if text(call.inputs, "zoneRedundancy") == "Enabled" and region in REGIONS and not REGIONS[region].zones:
        return _bad(f"Zone redundancy is not supported in region '{region}'.", "ZoneRedundancyNotSupported")
    return None


def registry_fixed(call: Call) -> str | None:
    """A registry keeps whether it is encrypted with a customer's key, and whether it lies in several zones."""
    if call.existing is None:
        return None
    for path in _FIXED:
        before, after = (text(inputs, path).lower() or "disabled" for inputs in (call.existing.inputs, call.inputs))
        if before != after:
            return _bad(f"{path} of a registry cannot be changed from '{before}' to '{after}'.")
    return None


def registry_key(call: Call) -> str | None:
    """A customer's key: an identity of the registry that may use it, and a vault that nobody can purge."""
    if text(call.inputs, "encryption.status") != "enabled":
        return None
    wanted = text(call.inputs, "encryption.keyVaultProperties.identity")
    listed = at(call.inputs, "identity.userAssignedIdentities")
    for id_ in listed if isinstance(listed, dict) else {}:
        found = call.world.by_handle(str(id_).lower())
        if found is not None and text(found.outputs, "clientId") == wanted:
            return key_refusal(call, text(call.inputs, "encryption.keyVaultProperties.keyIdentifier"))
    return _bad(f"The identity with client id '{wanted}' is not assigned to the registry.", "CMKIdentityNotAssigned")


def replica_place(call: Call) -> str | None:
    """Replicas are of Premium registries, each in another region than the registry and the others."""
    registry = call.world.by_handle(call.facts["parent"].lower())
    if registry is None:
        return None
    if text(registry.inputs, "sku.name") != "Premium":
        return _bad("Replications are not supported for this SKU: they need Premium.", "FeatureNotSupported")
    others = [item for item in call.world.find(call.token, scope=call.scope) if item.name != call.name]
    taken = [normalise_azure(text(item.inputs, "location")) for item in (registry, *others)]
    if call.facts["region"] in taken:
        message = f"The registry is in '{call.facts['region']}' already."
        return arm_error(409, "ReplicationAlreadyExists", message)
    return None


def cache_shape(call: Call) -> str | None:
    """Names, upstreams that Azure can cache, a credential where they want one, and targets that do not overlap."""
    source, target = text(call.inputs, "sourceRepository"), text(call.inputs, "targetRepository")
    host = source.partition("/")[0]
    if not _RULE_NAME.fullmatch(call.name):
        return _bad(f"The cache rule name '{call.name}' must have 5 to 50 letters, digits and hyphens.")
    if host not in _UPSTREAMS:
        return _bad(
            f"The upstream registry '{host}' is not supported: expected one of {', '.join(sorted(_UPSTREAMS))}."
        )
    if host not in _WITHOUT_CREDENTIAL and not text(call.inputs, "credentialSetResourceId"):
        return _bad(f"The upstream registry '{host}' supports authenticated pulls only: give a credential set.")
    for other in call.world.find(call.token, scope=call.scope):
        if other.name != call.name and _overlap(target, text(other.inputs, "targetRepository")):
            message = f"The target repository '{target}' overlaps with that of cache rule '{other.name}'."
            return arm_error(409, "CacheRuleConflict", message)
    return None


def _overlap(one: str, other: str) -> bool:
    """Whether one repository, or everything below it where it ends in `*`, lies in the other."""
    first, second = sorted((one.removesuffix("*"), other.removesuffix("*")), key=len)
    return second.startswith(first) if first.endswith("/") else first == second


ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "containerregistry:Registry",
        _PATH,
        {
            "loginServer": "{name}.azurecr.io",
            "creationDate": "{now}",
            "adminUserEnabled": False,
            "publicNetworkAccess": "Enabled",
            "networkRuleBypassOptions": "AzureServices",
            "zoneRedundancy": "Disabled",
            "privateEndpointConnections": [],
            "dataEndpointHostNames": [],
        },
        creating=(registry_name, registry_tier, registry_policies, registry_zones, registry_fixed, registry_key),
    ),
    arm_row(
        "containerregistry:Replication",
        f"{_PATH}/replications/{{replicationName}}",
        {"regionEndpointEnabled": True, "zoneRedundancy": "Disabled"},
        creating=(registry_zones, replica_place),
    ),
    arm_row(
        "containerregistry:CacheRule",
        f"{_PATH}/cacheRules/{{cacheRuleName}}",
        {"creationDate": "{now}"},
        replace=("sourceRepository", "targetRepository"),
        creating=(cache_shape,),
    ),
)
"""Rows of Microsoft.ContainerRegistry."""
