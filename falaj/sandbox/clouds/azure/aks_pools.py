"""AKS agent pools: VM sizes, spot, GPUs, scaling and immutable fields."""

from __future__ import annotations

import re

from falaj.facts.clouds import Cloud
from falaj.facts.machines import alternatives, find, machines
from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure.aks_network import outbound_error
from falaj.sandbox.clouds.azure.aks_pool_options import invalid, option_errors, ssh_error
from falaj.sandbox.clouds.azure.aks_upgrades import upgrade_errors
from falaj.sandbox.clouds.azure.aks_versions import POOL, pool_version
from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.references import zone_error
from falaj.sandbox.clouds.kubernetes_versions import newest
from falaj.sandbox.clouds.spec import CloudState, InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str

CLUSTER = "azure-native:containerservice:ManagedCluster"
CLUSTER_PATH = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/{{resourceName}}"
_POOL_PATH = ("resourceGroupName", "resourceName", "agentPoolName")
_POOL_NAME = re.compile(r"[a-z][a-z0-9]{0,11}")
_MAX_NODES = 1000

_MAX_EPHEMERAL_GIB = 2040
"""Largest ephemeral OS disk in GiB (azure-compute-docs ephemeral-os-disks.md, 2026-09-08)."""

_POOL_IMMUTABLE = (
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
"""Immutable properties of an agent pool. azure-native does not replace the pool for them (its own list has `vmSize` and
`gpuInstanceProfile`), so the update is rejected, as in Azure.
"""


def pool_error(pool: Json, region: str, prefix: str = "agentPoolProfile") -> str | None:
    """Returns the error of AKS for a pool, inline or separate; None if it is valid. `region` is the cluster's."""
    name = get_str(pool, "name")
    if not _POOL_NAME.fullmatch(name):
        return invalid(
            f"{prefix}.name",
            f"agent pool name '{name}' must start with a lowercase letter and have 1 to 12 lowercase letters and "
            "digits.",
        )
    zones = [str(zone) for zone in get_all(pool, "availabilityZones[*]")]
    return (
        _vm_size_error(get_str(pool, "vmSize"), region)
        or _os_disk_error(pool, region, prefix)
        or _spot_error(pool, prefix)
        or _scaling_error(pool, prefix)
        or _mig_error(pool, region, prefix)
        or zone_error(zones, region)
        or next(filter(None, (*option_errors(pool, region, prefix), *upgrade_errors(pool, prefix))), None)
    )


def _vm_size_error(size: str, region: str) -> str | None:
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


def _spot_error(pool: Json, prefix: str) -> str | None:
    spot = get_str(pool, "scaleSetPriority") == "Spot"
    price = get_path(pool, "spotMaxPrice")
    if spot and get_str(pool, "mode") == "System":
        return invalid(f"{prefix}.mode", "a Spot agent pool cannot be a system pool.")
    if not spot:
        for path in ("scaleSetEvictionPolicy", "spotMaxPrice"):
            if get_path(pool, path) is not None:
                return invalid(f"{prefix}.{path}", "it may be set only when scaleSetPriority is Spot.")
        return None
    if isinstance(price, int | float) and price != -1 and (price <= 0 or round(price, 5) != price):
        return invalid(f"{prefix}.spotMaxPrice", f"{price:g} must be -1 or above zero with up to 5 decimals.")
    return None


def _scaling_error(pool: Json, prefix: str) -> str | None:
    minimum, maximum, count = (get_path(pool, key) for key in ("minCount", "maxCount", "count"))
    path, mode = f"{prefix}.minCount", get_str(pool, "mode") or "User"
    if get_path(pool, "enableAutoScaling") is not True:
        return invalid(path, "minCount and maxCount need enableAutoScaling.") if minimum or maximum else None
    if not isinstance(minimum, int | float) or not isinstance(maximum, int | float):
        return invalid(path, "minCount and maxCount are required when enableAutoScaling is true.")
    floor = 1 if mode == "System" else 0
    if not floor <= minimum <= maximum <= _MAX_NODES or maximum < 1:
        expected = f"{floor} <= minCount <= maxCount <= {_MAX_NODES} for a {mode} pool"
        return invalid(path, f"minCount is {minimum:g} and maxCount {maximum:g}; expected {expected}.")
    if isinstance(count, int | float) and not minimum <= count <= maximum:
        return invalid(
            f"{prefix}.count", f"{count:g} is not between minCount ({minimum:g}) and maxCount ({maximum:g})."
        )
    return None


def _os_disk_error(pool: Json, region: str, prefix: str) -> str | None:
    """Returns an error if an ephemeral OS disk does not fit on the machine's local disks, or would be lost by
    deallocation.
    """
    if get_str(pool, "osDiskType") != "Ephemeral":
        return None
    if get_str(pool, "scaleDownMode") == "Deallocate":
        return invalid(f"{prefix}.scaleDownMode", "Deallocate needs managed OS disks, not ephemeral ones.")
    size, disk_gib = get_str(pool, "vmSize"), get_path(pool, "osDiskSizeGB")
    room = machine.ephemeral_os_gib if (machine := find(region, size)) else None
    max_gib = _MAX_EPHEMERAL_GIB if room is None else min(room, _MAX_EPHEMERAL_GIB)
    if max_gib == 0 or (isinstance(disk_gib, int | float) and disk_gib > max_gib):
        return invalid(f"{prefix}.osDiskSizeGB", f"VM size {size} takes an ephemeral OS disk of {max_gib} GiB at most.")
    return None


def _mig_error(pool: Json, region: str, prefix: str) -> str | None:
    profile, size = get_str(pool, "gpuInstanceProfile"), get_str(pool, "vmSize")
    machine = find(region, size)
    if profile and machine is not None and not machine.mig:
        return invalid(f"{prefix}.gpuInstanceProfile", f"VM size {size} has no GPU that can be partitioned.")
    return None


AUTO_PROVISIONING_CONFLICT = ".properties.nodeProvisioningProfile.mode cannot be Auto"


def pool_in_cluster_error(cluster: Props, pool: Json) -> str | None:
    """Returns the error of AKS for a pool in its cluster (node auto-provisioning); None if it is valid."""
    provisions = get_str(cluster, "nodeProvisioningProfile.mode") == "Auto"
    if provisions and get_path(pool, "enableAutoScaling") is True:
        return arm_error(
            400,
            "BadRequest",
            f"{AUTO_PROVISIONING_CONFLICT} if an agent pool has enableAutoScaling set to true.",
        )
    if provisions and get_str(pool, "osType") == "Windows":
        return arm_error(400, "BadRequest", "Node auto-provisioning does not support Windows agent pools.")
    return None


def pool_accepted(op: Operation) -> str | None:
    """Checks that a separate agent pool is valid in its cluster and region."""
    cluster = op.state.by_handle(op.variables["parent"].lower())
    region = normalise_azure(get_str(cluster.outputs, "location")) if cluster else ""
    if cluster and any(get_str(pool, "name") == op.name for pool in get_all(cluster.inputs, "agentPoolProfiles[*]")):
        return f"cannot create already existing resource '{op.variables['id']}'" if op.existing is None else None
    owner = cluster.inputs if cluster else {}
    return (
        pool_error({**op.inputs, "name": op.name}, region)
        or ssh_error(op, op.inputs)
        or pool_in_cluster_error(owner, op.inputs)
        or outbound_error(op, owner, op.inputs)
        or pool_version(op, cluster.outputs if cluster else {})
    )


def read_with_all_pools(state: CloudState, cluster: InventoryItem) -> Props:
    """Returns a cluster's inputs with its separate pools among `agentPoolProfiles`: AKS lists all pools there, and the
    provider copies new elements of an array into the inputs of a refreshed resource (pulumi-azure-native
    provider/pkg/provider/diff.go `applyValueDiff`, 2026-08).
    """
    separate = [
        {"name": pool.name, **{key: value for key, value in pool.inputs.items() if key not in _POOL_PATH}}
        for pool in state.find(POOL, scope=cluster.id)
    ]
    return {**cluster.inputs, "agentPoolProfiles": [*get_all(cluster.inputs, "agentPoolProfiles[*]"), *separate]}


def pool_immutable(op: Operation) -> str | None:
    """Checks that immutable properties of an agent pool do not change."""
    for path in _POOL_IMMUTABLE:
        if op.existing and get_path(op.existing.inputs, path) != get_path(op.inputs, path):
            return arm_error(409, "PropertyChangeNotAllowed", f"Changing property 'properties.{path}' is not allowed.")
    return None


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "containerservice:AgentPool",
        f"{CLUSTER_PATH}/agentPools/{{agentPoolName}}",
        {
            "currentOrchestratorVersion": f"{newest(Cloud.AZURE)}.0",
            "nodeImageVersion": "AKSAzureLinux-V3gen2-202611.01.0",
            "powerState": {"code": "Running"},
        },
        replace_on_changes=("vmSize", "gpuInstanceProfile"),
        write_rules=(pool_accepted, pool_immutable),
    ),
)
"""Resource types of agent pools."""
