"""AKS agent pools, with what AKS refuses about machines, spot, GPUs, scaling and changes."""

from __future__ import annotations

import re

from falaj.facts.machines import alternatives, find, machines
from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.azure.references import bad_zone
from falaj.sandbox.clouds.rows import Call, Resource
from falaj.sandbox.clouds.values import Json, Props, at, each, text

CLUSTER = "azure-native:containerservice:ManagedCluster"
CLUSTER_PATH = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/{{resourceName}}"
_POOL_NAME = re.compile(r"[a-z][a-z0-9]{0,11}")
_MOST_NODES = 1000

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


def invalid(parameter: str, details: str) -> str:
    return arm_error(
        400, "InvalidParameter", f"The value of parameter {parameter} is invalid. Error details: {details}"
    )


def pool_refusal(pool: Json, region: str, prefix: str = "agentPoolProfile") -> str | None:
    """What AKS says against one pool, inline or of its own; None where it agrees. `region` is the cluster's."""
    name = text(pool, "name")
    if not _POOL_NAME.fullmatch(name):
        return invalid(
            f"{prefix}.name",
            f"agent pool name '{name}' must start with a lowercase letter and have 1 to 12 lowercase letters and "
            "digits.",
        )
    zones = [str(zone) for zone in each(pool, "availabilityZones[*]")]
    return (
        _machine_refusal(text(pool, "vmSize"), region)
        or _disk_refusal(pool, region, prefix)
        or _spot_refusal(pool, prefix)
        or _scaling_refusal(pool, prefix)
        or _mig_refusal(pool, region, prefix)
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
        return invalid(f"{prefix}.mode", "a Spot agent pool cannot be a system pool.")
    if not spot:
        for path in ("scaleSetEvictionPolicy", "spotMaxPrice"):
            if at(pool, path) is not None:
                return invalid(f"{prefix}.{path}", "it may be set only when scaleSetPriority is Spot.")
        return None
    if isinstance(price, int | float) and price != -1 and (price <= 0 or round(price, 5) != price):
        return invalid(f"{prefix}.spotMaxPrice", f"{price:g} must be -1 or above zero with up to 5 decimals.")
    return None


def _scaling_refusal(pool: Json, prefix: str) -> str | None:
    least, most, count = (at(pool, key) for key in ("minCount", "maxCount", "count"))
    where, mode = f"{prefix}.minCount", text(pool, "mode") or "User"
    if at(pool, "enableAutoScaling") is not True:
        return invalid(where, "minCount and maxCount need enableAutoScaling.") if least or most else None
    if not isinstance(least, int | float) or not isinstance(most, int | float):
        return invalid(where, "minCount and maxCount are required when enableAutoScaling is true.")
    floor = 1 if mode == "System" else 0
    if not floor <= least <= most <= _MOST_NODES or most < 1:
        wanted = f"{floor} <= minCount <= maxCount <= {_MOST_NODES} for a {mode} pool"
        return invalid(where, f"minCount is {least:g} and maxCount {most:g}; expected {wanted}.")
    if isinstance(count, int | float) and not least <= count <= most:
        return invalid(f"{prefix}.count", f"{count:g} is not between minCount ({least:g}) and maxCount ({most:g}).")
    return None


def _disk_refusal(pool: Json, region: str, prefix: str) -> str | None:
    """An ephemeral OS disk must fit on the machine's own disks, and goes with them when the machine is stopped."""
    if text(pool, "osDiskType") != "Ephemeral":
        return None
    if text(pool, "scaleDownMode") == "Deallocate":
        return invalid(f"{prefix}.scaleDownMode", "Deallocate needs managed OS disks, not ephemeral ones.")
    size, wanted = text(pool, "vmSize"), at(pool, "osDiskSizeGB")
    most = machine.ephemeral_os_gib if (machine := find(region, size)) else None
    if most is not None and (most == 0 or (isinstance(wanted, int | float) and wanted > most)):
        return invalid(f"{prefix}.osDiskSizeGB", f"VM size {size} takes an ephemeral OS disk of {most} GiB at most.")
    return None


def _mig_refusal(pool: Json, region: str, prefix: str) -> str | None:
    profile, size = text(pool, "gpuInstanceProfile"), text(pool, "vmSize")
    machine = find(region, size)
    if profile and machine is not None and not machine.mig:
        return invalid(f"{prefix}.gpuInstanceProfile", f"VM size {size} has no GPU that can be partitioned.")
    return None


POOL = "azure-native:containerservice:AgentPool"
NO_AUTO = ".properties.nodeProvisioningProfile.mode cannot be Auto"


def beside_refusal(cluster: Props, pool: Json) -> str | None:
    """What AKS says against a pool in its cluster: who scales it, and how its disk is encrypted."""
    provisions = text(cluster, "nodeProvisioningProfile.mode") == "Auto"
    if provisions and at(pool, "enableAutoScaling") is True:
        return arm_error(
            400,
            "BadRequest",
            f"{NO_AUTO} if an agent pool has enableAutoScaling set to true.",
        )
    if provisions and text(pool, "osType") == "Windows":
        return arm_error(400, "BadRequest", "Node auto-provisioning does not support Windows agent pools.")
    if text(cluster, "diskEncryptionSetID") and text(pool, "osDiskType") == "Ephemeral":
        return arm_error(
            400,
            "EphemeralOSAndBYOKNotSupported",
            "BYOK and Ephemeral OS disk can not be combined in Azure. Disable ephemeral OS disk or disable BYOK.",
        )
    return None


def outbound_refusal(call: Call, cluster: Props, pool: Json) -> str | None:
    """A cluster's way out must be there in the subnet of each pool."""
    subnet = call.world.by_handle(text(pool, "vnetSubnetID").lower())
    way = text(cluster, "networkProfile.outboundType")
    if way == "userDefinedRouting" and (subnet is None or not _has_default_route(call, subnet)):
        where = subnet.id if subnet else "of the cluster"
        return arm_error(
            400,
            "ExistingRouteTableNotAssociatedWithSubnet",
            f"An existing route table with a route for 0.0.0.0/0 has not been associated with subnet {where}. Please "
            "update the route table association.",
        )
    if way == "userAssignedNATGateway" and (subnet is None or not text(subnet.inputs, "natGateway.id")):
        return invalid("networkProfile.outboundType", f"{way} needs a NAT gateway on the subnet of each agent pool.")
    return None


def _has_default_route(call: Call, subnet: Resource) -> bool:
    table = call.world.by_handle(text(subnet.inputs, "routeTable.id").lower())
    return table is not None and any(
        text(route, "addressPrefix") == "0.0.0.0/0" for route in each(table.inputs, "routes[*]")
    )


def pool_accepted(call: Call) -> str | None:
    """One agent pool of its own, in its cluster's region."""
    cluster = call.world.by_handle(call.facts["parent"].lower())
    region = normalise_azure(text(cluster.outputs, "location")) if cluster else ""
    if cluster and any(text(pool, "name") == call.name for pool in each(cluster.inputs, "agentPoolProfiles[*]")):
        return f"cannot create already existing resource '{call.facts['id']}'" if call.existing is None else None
    owner = cluster.inputs if cluster else {}
    return (
        pool_refusal({**call.inputs, "name": call.name}, region)
        or beside_refusal(owner, call.inputs)
        or outbound_refusal(call, owner, call.inputs)
    )


def pool_unchanged(call: Call) -> str | None:
    """What AKS does not let an existing pool change."""
    for path in _POOL_FIXED:
        if call.existing and at(call.existing.inputs, path) != at(call.inputs, path):
            return arm_error(409, "PropertyChangeNotAllowed", f"Changing property 'properties.{path}' is not allowed.")
    return None


ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "containerservice:AgentPool",
        f"{CLUSTER_PATH}/agentPools/{{agentPoolName}}",
        {
            "currentOrchestratorVersion": "1.34.4",
            "nodeImageVersion": "AKSAzureLinux-V3gen2-202611.01.0",
            "powerState": {"code": "Running"},
        },
        replace=("vmSize", "gpuInstanceProfile"),
        creating=(pool_accepted, pool_unchanged),
    ),
)
"""The row of agent pools."""
