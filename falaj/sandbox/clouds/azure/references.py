"""Common rules of ARM: resource group, parent, location, zones and references."""

from __future__ import annotations

import os
import re

from falaj.facts.regions import REGIONS, RegionState, normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, SUBSCRIPTION, ArmPath, arm_error, handle_of, resource_group_of
from falaj.sandbox.clouds.azure.network_watcher import created_by_azure
from falaj.sandbox.clouds.spec import CloudState, Operation
from falaj.sandbox.clouds.values import get_all, get_path, get_str, iter_strings

LOCATIONS = frozenset(
    [
        "australiacentral",
        "australiaeast",
        "australiasoutheast",
        "austriaeast",
        "belgiumcentral",
        "brazilsouth",
        "canadacentral",
        "canadaeast",
        "centralindia",
        "centralus",
        "chilecentral",
        "eastasia",
        "eastus",
        "eastus2",
        "francecentral",
        "francesouth",
        "germanynorth",
        "germanywestcentral",
        "global",
        "indonesiacentral",
        "israelcentral",
        "italynorth",
        "japaneast",
        "japanwest",
        "jioindiawest",
        "koreacentral",
        "koreasouth",
        "malaysiawest",
        "mexicocentral",
        "newzealandnorth",
        "northcentralus",
        "northeurope",
        "norwayeast",
        "norwaywest",
        "polandcentral",
        "qatarcentral",
        "southafricanorth",
        "southafricawest",
        "southcentralus",
        "southeastasia",
        "southindia",
        "spaincentral",
        "swedencentral",
        "swedensouth",
        "switzerlandnorth",
        "switzerlandwest",
        "uaecentral",
        "uaenorth",
        "uksouth",
        "ukwest",
        "westcentralus",
        "westeurope",
        "westindia",
        "westus",
        "westus2",
        "westus3",
    ]
)
"""Names of Azure's public regions, and `global` (learn.microsoft.com, list of Azure regions, 2026)."""

RESTRICTED_REGIONS = "FALAJ_AZURE_RESTRICTED_REGIONS"
"""Environment variable with the access-restricted regions, separated by spaces, that the subscription may use."""

GLOBAL_ONLY = {
    "azure-native:privatedns:PrivateZone": ("global",),
    "azure-native:privatedns:VirtualNetworkLink": ("global",),
    "azure-native:monitor:ActionGroup": (
        "global",
        "swedencentral",
        "germanywestcentral",
        "northcentralus",
        "southcentralus",
    ),
}
"""Types that exist in few locations. azure-native's default, the location of the resource group, is invalid for
them.
"""

_CHILD_RESOURCE_TYPES = frozenset(
    ["subnets", "agentpools", "keys", "virtualnetworklinks", "federatedidentitycredentials", "privatednszonegroups"]
)
"""Child types that the emulator stores as separate resources."""

_BUILT_IN = (
    "/roledefinitions/",
    "/providers/microsoft.costmanagement/views/ms:",
    "/providers/microsoft.features/featureproviders/",
)
"""Parts of the ids of built-in objects, which every subscription has."""

_PROVIDER_PATH = re.compile(r"/(providers/[^/]+/[^/]+/[^/]+)(/.*)?$", flags=re.IGNORECASE)


def group_exists(op: Operation) -> str | None:
    """Checks that the resource group exists."""
    name = get_str(op.inputs, "resourceGroupName")
    if not name or op.token == "azure-native:resources:ResourceGroup":  # noqa: S105 - a type token
        return None
    group = ArmPath(GROUP).fill(op.inputs).lower()
    if op.state.by_handle(group) or created_by_azure(op.state, group):
        return None
    return arm_error(404, "ResourceGroupNotFound", f"Resource group '{name}' could not be found.")


def location_exists(op: Operation) -> str | None:
    """Checks that the location exists, and offers the service."""
    location = get_str(op.inputs, "location")
    if not location:
        return None
    allowed = GLOBAL_ONLY.get(op.token, LOCATIONS)
    if normalise_azure(location) in allowed:
        return None
    hint = f" List of available regions for the resource type is '{','.join(sorted(allowed))}'."
    return arm_error(
        400,
        "LocationNotAvailableForResourceType",
        f"The provided location '{location}' is not available for resource type '{op.variables['armType']}'.{hint}",
    )


def region_open(op: Operation) -> str | None:
    """Checks that the subscription has access to the region. Restricted regions are closed unless the variable
    FALAJ_AZURE_RESTRICTED_REGIONS names them.

    The message is Azure's for uaecentral (microsoft/vscode-azurefunctions#1898, 2020-02-18).
    """
    region = op.variables["region"]
    is_restricted = region in REGIONS and REGIONS[region].state is RegionState.RESTRICTED
    if not is_restricted or region in os.environ.get(RESTRICTED_REGIONS, "").split():
        return None
    kind = "resource group" if op.variables["armType"].endswith("/resourceGroups") else "resource type"
    named = "" if kind == "resource group" else f" '{op.variables['armType']}'"
    code = "LocationNotAvailableForResourceGroup" if not named else "LocationNotAvailableForResourceType"
    offered = ",".join(sorted(LOCATIONS - {"global", *_restricted_regions()}))
    return arm_error(
        400,
        code,
        f"The provided location '{region}' is not available for {kind}{named}. List of available regions is "
        f"'{offered}'.",
    )


def _restricted_regions() -> set[str]:
    return {name for name, region in REGIONS.items() if region.state is RegionState.RESTRICTED}


def parent_exists(op: Operation) -> str | None:
    """Checks that the parent of a child resource exists, or the scope of an extension such as a role assignment.

    Types without an `ArmResourceType` are exempt, because their path is guessed.
    """
    parent = op.variables["parent"]
    if parent.count("/") <= 4 or op.variables["guessed"] == "yes" or reference_exists(op.state, parent):
        return None
    short = op.variables["armType"].partition("/")[2]
    return arm_error(
        404,
        "ParentResourceNotFound",
        f"Failed to perform 'write' on resource(s) of type '{short}', "
        f"because the parent resource '{parent}' could not be found.",
    )


def references_exist(op: Operation) -> str | None:
    """Checks that all referenced resources of the sandbox's subscription exist."""
    own_id = op.variables["id"].lower()
    for _, value in iter_strings(op.inputs):
        if not value.lower().startswith(own_id) and not reference_exists(op.state, value):
            return _not_found(op, value)
    return None


def zones_exist(op: Operation) -> str | None:
    """Checks that the region has the zones."""
    zones = [zone for path in ("zones[*]", "availabilityZones[*]") for zone in get_all(op.inputs, path)]
    return zone_error([str(zone) for zone in zones], op.variables["region"])


def zone_error(zones: list[str], region: str) -> str | None:
    """Returns the error for zones that a region lacks; None if it has them. Regions outside the UAE are assumed to have
    three.
    """
    offered = REGIONS[region].zones if region in REGIONS else ("1", "2", "3")
    missing = [zone for zone in zones if zone not in offered]
    if not missing:
        return None
    has = f"it has zones {', '.join(offered)}" if offered else "it has no zones"
    return arm_error(
        400,
        "AvailabilityZoneNotSupported",
        f"The zone(s) '{', '.join(missing)}' for the resource are not supported. The supported zones for location "
        f"'{region}' are '{','.join(offered)}' ({has}).",
    )


def reference_exists(state: CloudState, reference: str) -> bool:
    """Returns whether a string refers to something that exists, or does not refer to the sandbox's subscription.

    A nested object that the emulator does not store as a resource (a front end of a load balancer, a default blob
    service, an inline subnet) exists if its owner's inputs name it, or if its type is not emulated.
    """
    handle = handle_of(reference)
    if handle is None or not handle.startswith(("/subscriptions/", "https://")):
        return True
    if handle.startswith("/subscriptions/") and not handle.startswith(f"/subscriptions/{SUBSCRIPTION}"):
        return True
    if handle == f"/subscriptions/{SUBSCRIPTION}" or _is_built_in(handle) or state.by_handle(handle):
        return True
    if created_by_azure(state, handle):
        return True
    if handle.startswith("https://"):
        return _key_version_exists(state, handle)
    return _is_nested_object(state, reference.rstrip("/"), handle)


def _is_built_in(handle: str) -> bool:
    return any(part in handle for part in _BUILT_IN)


def _key_version_exists(state: CloudState, handle: str) -> bool:
    """Returns whether the URL is another version of an existing key, or a key of an existing Managed HSM, whose keys
    only its data plane knows."""
    if ".managedhsm." in handle:
        return state.by_handle(handle.partition("/keys/")[0]) is not None
    return "/keys/" in handle and handle.count("/") > 4 and state.by_handle(handle.rpartition("/")[0]) is not None


def _is_nested_object(state: CloudState, reference: str, handle: str) -> bool:
    match = _PROVIDER_PATH.search(reference)
    if match is None or not match.group(2):
        return _is_in_node_resource_group(state, handle)
    owner = state.by_handle(handle[: match.start(2)])
    if owner is None:
        return _is_in_node_resource_group(state, handle)
    collection, name = match.group(2).strip("/").split("/")[:2] if match.group(2).count("/") > 1 else ("", "")
    items = get_path(owner.inputs, collection)
    if isinstance(items, list):
        return any(get_str(item, "name") == name for item in items)
    return collection.lower() not in _CHILD_RESOURCE_TYPES


def _is_in_node_resource_group(state: CloudState, handle: str) -> bool:
    """Returns whether the id lies in the node resource group that AKS creates for a cluster."""
    group = resource_group_of(handle)
    clusters = state.find("azure-native:containerservice:ManagedCluster")
    return any(get_str(cluster.outputs, "nodeResourceGroup").lower() == group for cluster in clusters)


def _not_found(op: Operation, reference: str) -> str:
    if reference.startswith("https://"):
        return arm_error(404, "KeyNotFound", f"The key vault or key '{reference}' was not found.")
    if op.token.startswith("azure-native:network:"):
        return arm_error(
            400,
            "InvalidResourceReference",
            f"Resource {reference} referenced by resource {op.variables['id']} was not found. "
            "Please make sure that the referenced resource exists, and that both resources are in the same region.",
        )
    group = resource_group_of(reference)
    named = reference.partition("/providers/")[2]
    if not named:
        return arm_error(404, "ResourceGroupNotFound", f"Resource group '{group}' could not be found.")
    return arm_error(
        404,
        "ResourceNotFound",
        f"The Resource '{named}' under resource group '{group}' was not found. For more details please go to "
        "https://aka.ms/ARMResourceNotFoundFix",
    )


COMMON_RULES = (group_exists, parent_exists, location_exists, region_open, zones_exist, references_exist)
"""The rules of all types, in ARM's order."""
