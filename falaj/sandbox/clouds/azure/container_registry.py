"""Container registries: names, tiers, keys, replications and cache rules."""

from __future__ import annotations

import re

from falaj.facts.regions import REGIONS, normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.key_vault import key_error
from falaj.sandbox.clouds.azure.role_propagation import key_access_error
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_path, get_str

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
"""Settings that need the Premium tier (learn.microsoft.com, container-registry-skus, read 2026-11-24)."""
_IMMUTABLE = ("encryption.status", "zoneRedundancy")
"""Immutable settings of a registry."""
_WITHOUT_CREDENTIAL = frozenset(
    ("mcr.microsoft.com", "public.ecr.aws", "ghcr.io", "quay.io", "registry.k8s.io", "gcr.io")
)
_UPSTREAMS = _WITHOUT_CREDENTIAL | {"docker.io"}
"""Registries that can be cached (learn.microsoft.com, artifact-cache-overview, read 2026-11-24)."""


def _bad_request(message: str, code: str = "InvalidParameter") -> str:
    return arm_error(400, code, message)


def registry_name(op: Operation) -> str | None:
    """Checks the name: 5 to 50 letters and digits, globally unique."""
    if not _NAME.fullmatch(op.name):
        return _bad_request(
            f"The registry name '{op.name}' must have 5 to 50 letters and digits.", "InvalidResourceName"
        )
    if op.existing is None and op.state.find(REGISTRY, name=op.name):
        message = f"The registry DNS name {op.name}.azurecr.io is already in use."
        return arm_error(409, "AlreadyInUse", message)
    return None


def registry_tier(op: Operation) -> str | None:
    """Checks that settings of the Premium tier are used only in that tier."""
    tier = get_str(op.inputs, "sku.name")
    if tier == "Premium":
        return None
    for path, value in _PREMIUM_ONLY:
        if get_path(op.inputs, path) == value:
            return _bad_request(
                f"{path} '{value}' is not supported for the SKU {tier}: it needs Premium.", "FeatureNotSupported"
            )
    return None


def registry_policies(op: Operation) -> str | None:
    """Rejects policies that exclude each other. Exports can be disabled only without public network access."""
    enabled = {name for name in ("retention", "softDelete", "trust") if _policy(op, name) == "enabled"}
    if {"retention", "softDelete"} <= enabled:
        return _bad_request("The retention policy and the soft delete policy cannot be enabled together.")
    if "trust" in enabled and get_str(op.inputs, "encryption.status") == "enabled":
        return _bad_request(
            "Content trust is not supported in a registry that is encrypted with a customer-managed key."
        )
    if _policy(op, "export") == "disabled" and get_str(op.inputs, "publicNetworkAccess") != "Disabled":
        return _bad_request("The export policy can be disabled only when public network access is disabled.")
    return None


def _policy(op: Operation, name: str) -> str:
    return get_str(op.inputs, f"policies.{name}Policy.status")


def registry_zones(op: Operation) -> str | None:
    """Checks that a registry with zone redundancy is in a region with zones."""
    region = op.variables["region"]
    if get_str(op.inputs, "zoneRedundancy") == "Enabled" and region in REGIONS and not REGIONS[region].zones:
        return _bad_request(f"Zone redundancy is not supported in region '{region}'.", "ZoneRedundancyNotSupported")
    return None


def registry_immutable(op: Operation) -> str | None:
    """Checks that encryption with a customer-managed key and zone redundancy do not change."""
    if op.existing is None:
        return None
    for path in _IMMUTABLE:
        before, after = (get_str(inputs, path).lower() or "disabled" for inputs in (op.existing.inputs, op.inputs))
        if before != after:
            return _bad_request(f"{path} of a registry cannot be changed from '{before}' to '{after}'.")
    return None


def registry_key(op: Operation) -> str | None:
    """Checks that a customer-managed key has an identity of the registry, and a vault with purge protection."""
    if get_str(op.inputs, "encryption.status") != "enabled":
        return None
    client_id = get_str(op.inputs, "encryption.keyVaultProperties.identity")
    listed = get_path(op.inputs, "identity.userAssignedIdentities")
    for id_ in listed if isinstance(listed, dict) else {}:
        identity = op.state.by_handle(str(id_).lower())
        if identity is not None and get_str(identity.outputs, "clientId") == client_id:
            key = get_str(op.inputs, "encryption.keyVaultProperties.keyIdentifier")
            return key_error(op, key) or key_access_error(op, [str(id_)], key)
    return _bad_request(
        f"The identity with client id '{client_id}' is not assigned to the registry.", "CMKIdentityNotAssigned"
    )


def replica_region(op: Operation) -> str | None:
    """Checks that replications are in the Premium tier, each in another region than the registry and the other
    replications.
    """
    registry = op.state.by_handle(op.variables["parent"].lower())
    if registry is None:
        return None
    if get_str(registry.inputs, "sku.name") != "Premium":
        return _bad_request("Replications are not supported for this SKU: they need Premium.", "FeatureNotSupported")
    others = [item for item in op.state.find(op.token, scope=op.scope) if item.name != op.name]
    taken = [normalise_azure(get_str(item.inputs, "location")) for item in (registry, *others)]
    if op.variables["region"] in taken:
        message = f"The registry is in '{op.variables['region']}' already."
        return arm_error(409, "ReplicationAlreadyExists", message)
    return None


def cache_rule(op: Operation) -> str | None:
    """Checks that a cache rule has a valid name, a supported upstream, a credential if the upstream needs one, and a
    target repository that no other rule uses.
    """
    source, target = get_str(op.inputs, "sourceRepository"), get_str(op.inputs, "targetRepository")
    host = source.partition("/")[0]
    if not _RULE_NAME.fullmatch(op.name):
        return _bad_request(f"The cache rule name '{op.name}' must have 5 to 50 letters, digits and hyphens.")
    if host not in _UPSTREAMS:
        return _bad_request(
            f"The upstream registry '{host}' is not supported: expected one of {', '.join(sorted(_UPSTREAMS))}."
        )
    if host not in _WITHOUT_CREDENTIAL and not get_str(op.inputs, "credentialSetResourceId"):
        return _bad_request(f"The upstream registry '{host}' supports authenticated pulls only: give a credential set.")
    for other in op.state.find(op.token, scope=op.scope):
        if other.name != op.name and _overlap(target, get_str(other.inputs, "targetRepository")):
            message = f"The target repository '{target}' overlaps with that of cache rule '{other.name}'."
            return arm_error(409, "CacheRuleConflict", message)
    return None


def _overlap(repository: str, other: str) -> bool:
    """Returns whether two repositories overlap. A name that ends in `*` includes everything below it."""
    first, second = sorted((repository.removesuffix("*"), other.removesuffix("*")), key=len)
    return second.startswith(first) if first.endswith("/") else first == second


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
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
        write_rules=(registry_name, registry_tier, registry_policies, registry_zones, registry_immutable, registry_key),
    ),
    arm_type(
        "containerregistry:Replication",
        f"{_PATH}/replications/{{replicationName}}",
        {"regionEndpointEnabled": True, "zoneRedundancy": "Disabled"},
        write_rules=(registry_zones, replica_region),
    ),
    arm_type(
        "containerregistry:CacheRule",
        f"{_PATH}/cacheRules/{{cacheRuleName}}",
        {"creationDate": "{now}"},
        replace_on_changes=("sourceRepository", "targetRepository"),
        write_rules=(cache_rule,),
    ),
)
"""Resource types of Microsoft.ContainerRegistry."""
