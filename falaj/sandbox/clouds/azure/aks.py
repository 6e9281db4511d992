"""AKS: clusters, agent pools and maintenance windows, with what AKS refuses about machines, spot, keys and changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from falaj.facts.machines import alternatives, find, machines
from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, SUBSCRIPTION, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.azure.references import bad_zone
from falaj.sandbox.clouds.azure.vaults import key_refusal
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import Json, Props, at, each, text

CLUSTER = "azure-native:containerservice:ManagedCluster"
_CLUSTER_PATH = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/{{resourceName}}"
_POOL_NAME = re.compile(r"[a-z][a-z0-9]{0,11}")
_MOST_NODES = 1000
_MIG_CAPABLE = ("A100", "H100", "H200")

_POOL_FIXED = (
    "scaleSetPriority",
    "scaleSetEvictionPolicy",
    "spotMaxPrice",
    "osDiskSizeGB",
    "osDiskType",
    "osType",
    "vnetSubnetID",
    "podSubnetID",
    "availabilityZones",
    "enableEncryptionAtHost",
    "enableFIPS",
    "enableUltraSSD",
    "gpuProfile",
    "maxPods",
    "proximityPlacementGroupID",
    "capacityReservationGroupID",
    "hostGroupID",
)
"""What AKS does not let an existing pool change. azure-native does not replace the pool for these either (its own list
has `vmSize`, `gpuInstanceProfile`), so the update is refused, as in Azure."""

_NETWORK_FIXED = (
    "serviceCidr",
    "serviceCidrs",
    "podCidr",
    "podCidrs",
    "dnsServiceIP",
    "networkMode",
    "networkPlugin",
    "networkPluginMode",
    "networkDataplane",
    "networkPolicy",
    "outboundType",
    "ipFamilies",
)
"""Parts of `networkProfile` whose change makes a new cluster (pulumi-azure-native
provider/pkg/gen/replacement.go, 2026)."""


def private_zone(inputs: Props) -> str:
    """First label of the zone in which a private API server has its name: another one where it stands in a subnet of
    the network.
    """
    integrated = at(inputs, "apiServerAccessProfile.enableVnetIntegration") is True
    return "private" if integrated else "privatelink"


def _invalid(parameter: str, details: str) -> str:
    return arm_error(
        400, "InvalidParameter", f"The value of parameter {parameter} is invalid. Error details: {details}"
    )


def pool_refusal(pool: Json, region: str, prefix: str = "agentPoolProfile") -> str | None:
    """What AKS says against one pool, inline or of its own; None where it agrees. `region` is the cluster's."""
    name = text(pool, "name")
    if not _POOL_NAME.fullmatch(name):
        return _invalid(
            f"{prefix}.name",
            f"agent pool name '{name}' must start with a lowercase letter and have 1 to 12 lowercase letters and "
            "digits.",
        )
    zones = [str(zone) for zone in each(pool, "availabilityZones[*]")]
    return (
        _machine_refusal(text(pool, "vmSize"), region)
        or _spot_refusal(pool, prefix)
        or _scaling_refusal(pool, prefix)
        or _mig_refusal(pool, prefix)
        or bad_zone(zones, region)
    )


def _machine_refusal(size: str, region: str) -> str | None:
    offered = machines(region)
    if not size or not offered or find(region, size):
        return None
    available = ", ".join(alternatives(region, size)) or "none like it"
    return arm_error(
        400,
        "SkuNotAvailable",
        f"The VM size of {size} is not allowed in your subscription in location '{region}'. The available VM sizes "
        f"include {available}.",
    )


def _spot_refusal(pool: Json, prefix: str) -> str | None:
    spot = text(pool, "scaleSetPriority") == "Spot"
    price = at(pool, "spotMaxPrice")
    if spot and text(pool, "mode") == "System":
        return _invalid(f"{prefix}.mode", "a Spot agent pool cannot be a system pool.")
    if not spot:
        for path in ("scaleSetEvictionPolicy", "spotMaxPrice"):
            if at(pool, path) is not None:
                return _invalid(f"{prefix}.{path}", "it may be set only when scaleSetPriority is Spot.")
        return None
    if isinstance(price, int | float) and price != -1 and (price <= 0 or round(price, 5) != price):
        return _invalid(f"{prefix}.spotMaxPrice", f"{price:g} must be -1 or above zero with up to 5 decimals.")
    return None


def _scaling_refusal(pool: Json, prefix: str) -> str | None:
    least, most, count = (at(pool, key) for key in ("minCount", "maxCount", "count"))
    where, mode = f"{prefix}.minCount", text(pool, "mode") or "User"
    if at(pool, "enableAutoScaling") is not True:
        return _invalid(where, "minCount and maxCount need enableAutoScaling.") if least or most else None
    if not isinstance(least, int | float) or not isinstance(most, int | float):
        return _invalid(where, "minCount and maxCount are required when enableAutoScaling is true.")
    floor = 1 if mode == "System" else 0
    if not floor <= least <= most <= _MOST_NODES or most < 1:
        wanted = f"{floor} <= minCount <= maxCount <= {_MOST_NODES} for a {mode} pool"
        return _invalid(where, f"minCount is {least:g} and maxCount {most:g}; expected {wanted}.")
    if isinstance(count, int | float) and not least <= count <= most:
        return _invalid(f"{prefix}.count", f"{count:g} is not between minCount ({least:g}) and maxCount ({most:g}).")
    return None


def _mig_refusal(pool: Json, prefix: str) -> str | None:
    profile, size = text(pool, "gpuInstanceProfile"), text(pool, "vmSize")
    if profile and not any(model in size for model in _MIG_CAPABLE):
        return _invalid(f"{prefix}.gpuInstanceProfile", f"VM size {size} has no GPU that can be partitioned.")
    return None


def cluster_pools(call: Call) -> str | None:
    """A cluster is made with at least one system pool, and each of its pools must be acceptable."""
    pools = each(call.inputs, "agentPoolProfiles[*]")
    if not any(text(pool, "mode") == "System" for pool in pools):
        return _invalid("agentPoolProfiles", "a cluster needs at least one pool of mode System.")
    names = [text(pool, "name") for pool in pools]
    if len(set(names)) < len(names):
        return _invalid("agentPoolProfiles", f"pool names repeat: {', '.join(names)}.")
    return next(filter(None, (pool_refusal(pool, call.facts["region"]) for pool in pools)), None)


def cluster_identity(call: Call) -> str | None:
    """A cluster needs a DNS prefix and an identity; its own private DNS zone needs a user-assigned one."""
    if not call.facts["dns"]:
        return arm_error(
            400, "RequiredParameterMissing", "Required parameter dnsPrefix/fqdnSubdomain is missing (null)."
        )
    kind = text(call.inputs, "identity.type")
    if not kind and at(call.inputs, "servicePrincipalProfile") is None:
        return arm_error(
            400, "ServicePrincipalNotFound", "Provisioning a cluster needs an identity or a servicePrincipalProfile."
        )
    zone = text(call.inputs, "apiServerAccessProfile.privateDNSZone")
    if zone.startswith("/") and kind != "UserAssigned":
        return arm_error(
            400, "CustomPrivateDNSZoneMissingPermission", "A custom privateDNSZone needs a user-assigned identity."
        )
    return None


def cluster_keys(call: Call) -> str | None:
    """Encryption of secrets by a key of the customer: key, identity, purge protection, and a way to a private
    vault.
    """
    kms = at(call.inputs, "securityProfile.azureKeyVaultKms")
    if not isinstance(kms, Mapping) or kms.get("enabled") is not True:
        return None
    if text(call.inputs, "identity.type") != "UserAssigned":
        return arm_error(400, "BadRequest", "Azure KeyVault KMS requires a user-assigned managed identity.")
    if text(kms, "keyVaultNetworkAccess") == "Private":
        if not text(kms, "keyVaultResourceId"):
            return _invalid(
                "azureKeyVaultKms.keyVaultResourceId", "it is required when keyVaultNetworkAccess is Private."
            )
        if at(call.inputs, "apiServerAccessProfile.enableVnetIntegration") is not True:
            return _invalid("azureKeyVaultKms.keyVaultNetworkAccess", "Private needs API server VNet integration.")
    return key_refusal(call, text(kms, "keyId"))


def pool_accepted(call: Call) -> str | None:
    """One agent pool of its own, in its cluster's region."""
    cluster = call.world.by_handle(call.facts["parent"].lower())
    region = normalise_azure(text(cluster.outputs, "location")) if cluster else ""
    if cluster and any(text(pool, "name") == call.name for pool in each(cluster.inputs, "agentPoolProfiles[*]")):
        return f"cannot create already existing resource '{call.facts['id']}'" if call.existing is None else None
    return pool_refusal({**call.inputs, "name": call.name}, region)


def pool_unchanged(call: Call) -> str | None:
    """What AKS does not let an existing pool change."""
    for path in _POOL_FIXED:
        if call.existing and at(call.existing.inputs, path) != at(call.inputs, path):
            return arm_error(409, "PropertyChangeNotAllowed", f"Changing property 'properties.{path}' is not allowed.")
    return None


_WINDOWS = ("default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")


def window_name(call: Call) -> str | None:
    """AKS knows three maintenance windows by name."""
    if call.name in _WINDOWS:
        return None
    return arm_error(
        400, "InvalidMaintenanceConfigName", f"'{call.name}' is not allowed; expected one of {', '.join(_WINDOWS)}."
    )


_NODE_IDENTITY = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/MC_{{resourceGroupName}}_{{name}}_{{region}}"
    "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}-agentpool"
)

ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "containerservice:ManagedCluster",
        _CLUSTER_PATH,
        {
            "fqdn": "{dns}-{hex8}.hcp.{region}.azmk8s.io",
            "privateFQDN": "{dns}-{hex8}.{uuid}.{privateZone}.{region}.azmk8s.io",
            "azurePortalFQDN": "{dns}-{hex8}.portal.hcp.{region}.azmk8s.io",
            "kubernetesVersion": "1.34",
            "currentKubernetesVersion": "1.34.4",
            "maxAgentPools": 100,
            "powerState": {"code": "Running"},
            "nodeResourceGroup": "MC_{resourceGroupName}_{name}_{region}",
            "resourceUID": "{hex17}",
            "identityProfile": {
                "kubeletidentity": {
                    "clientId": "{hex8}-0000-4000-9000-{digits12}",
                    "objectId": "{hex8}-0000-4000-8000-{digits12}",
                    "resourceId": _NODE_IDENTITY,
                }
            },
        },
        inside={"oidcIssuerProfile": {"issuerURL": "https://{region}.oic.prod-aks.azure.com/{tenant}/{uuid}/"}},
        handles=("{hex8}-0000-4000-8000-{digits12}",),
        replace=(
            "diskEncryptionSetID",
            "dnsPrefix",
            "fqdnSubdomain",
            "linuxProfile",
            "nodeResourceGroup",
            "windowsProfile",
            *(f"networkProfile.{part}" for part in _NETWORK_FIXED),
        ),
        creating=(cluster_identity, cluster_pools, cluster_keys),
    ),
    arm_row(
        "containerservice:AgentPool",
        f"{_CLUSTER_PATH}/agentPools/{{agentPoolName}}",
        {
            "currentOrchestratorVersion": "1.34.4",
            "nodeImageVersion": "AKSAzureLinux-V3gen2-202611.01.0",
            "powerState": {"code": "Running"},
        },
        replace=("vmSize", "gpuInstanceProfile"),
        creating=(pool_accepted, pool_unchanged),
    ),
    arm_row(
        "containerservice:MaintenanceConfiguration",
        f"{_CLUSTER_PATH}/maintenanceConfigurations/{{configName}}",
        creating=(window_name,),
    ),
)
"""Rows of Microsoft.ContainerService."""
