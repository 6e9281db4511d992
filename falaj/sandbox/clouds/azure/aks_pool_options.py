"""Options of AKS agent pools: SSH, zones of a VM size, labels, taints, pods per node, kubelet, reservations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falaj.facts.machines import find
from falaj.sandbox.clouds.azure.arm import arm_error
from falaj.sandbox.clouds.azure.features import is_registered
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

SSH_FEATURE = "DisableSSHPreview"
"""Preview feature that `sshAccess: Disabled` needs (azure-aks-docs fb060ab, manage-ssh-node-access.md, 2026-08-21)."""

RESERVED_PREFIXES = ("kubernetes.azure.com/", "kubernetes.io/")
"""Prefixes of labels that AKS sets itself (azure-aks-docs fb060ab, use-labels.md, reserved prefixes, 2026-08-21)."""

_SPOT_LABEL, _SPOT_TAINT = "kubernetes.azure.com/scalesetpriority", "kubernetes.azure.com/scalesetpriority=spot:"
"""Label and taint that AKS sets on spot nodes, and accepts in a request (AKS, spot node pools)."""

_TAINT = re.compile(r"[^\s=:]+(=[^\s=:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)")

_MIN_PODS, _MAX_PODS = 10, 250
"""Pods per node with Azure CNI Overlay (azure-aks-docs fb060ab, concepts-network-ip-address-planning.md)."""

_KUBELET_CHOICES = {
    "cpuManagerPolicy": ("none", "static"),
    "topologyManagerPolicy": ("none", "best-effort", "restricted", "single-numa-node"),
}
_SYSCTLS = ("kernel.shm*", "kernel.msg*", "kernel.sem", "fs.mqueue.*", "net.*")
"""Values of the kubelet configuration (azure-aks-docs fb060ab, custom-node-configuration-reference.md)."""


def invalid(parameter: str, details: str) -> str:
    """Formats AKS's error for an invalid parameter."""
    return arm_error(
        400, "InvalidParameter", f"The value of parameter {parameter} is invalid. Error details: {details}"
    )


def option_errors(pool: Json, region: str, prefix: str) -> Iterator[str | None]:
    """Yields the errors of AKS for the options of a pool in a region."""
    yield _zones_error(pool, region)
    yield _labels_error(pool, prefix)
    yield _pods_error(pool, prefix)
    yield _kubelet_error(pool, prefix)
    yield _placement_error(pool, prefix)


def ssh_error(op: Operation, pool: Json) -> str | None:
    """Returns the error for a pool without SSH in a subscription that has not registered the preview feature."""
    if get_str(pool, "securityProfile.sshAccess") != "Disabled" or is_registered(op, SSH_FEATURE):
        return None
    return arm_error(
        400,
        "FeatureNotRegistered",
        f"The feature Microsoft.ContainerService/{SSH_FEATURE} is not registered for the subscription: "
        "securityProfile.sshAccess Disabled is a preview.",
    )


def _zones_error(pool: Json, region: str) -> str | None:
    """Creation fails if the VM size does not support the zones (azure-aks-docs fb060ab,
    reliability-availability-zones-configure.md). A size whose zones no source states is not checked."""
    size = get_str(pool, "vmSize")
    offered = machine.zone_ids if (machine := find(region, size)) else ()
    missing = [str(zone) for zone in get_all(pool, "availabilityZones[*]") if str(zone) not in offered]
    if not offered or not missing:
        return None
    return arm_error(
        400,
        "AvailabilityZoneNotSupported",
        f"The zone(s) '{', '.join(missing)}' for resource 'agentPool' is not supported. The supported zones for "
        f"location '{region}' and VM size {size} are '{','.join(offered)}'.",
    )


def _labels_error(pool: Json, prefix: str) -> str | None:
    labels = get_path(pool, "nodeLabels")
    for key in labels if isinstance(labels, dict) else ():
        if key.startswith(RESERVED_PREFIXES) and key != _SPOT_LABEL:
            return invalid(f"{prefix}.nodeLabels", f"label key '{key}' has a prefix that AKS reserves.")
    for taint in get_all(pool, "nodeTaints[*]"):
        text = str(taint)
        if not _TAINT.fullmatch(text):
            return invalid(f"{prefix}.nodeTaints", f"taint '{text}' is not of the form key=value:effect.")
        if text.startswith("kubernetes.azure.com/") and not text.startswith(_SPOT_TAINT):
            return invalid(f"{prefix}.nodeTaints", f"taint '{text}' has a prefix that AKS reserves.")
    return None


def _pods_error(pool: Json, prefix: str) -> str | None:
    pods = get_path(pool, "maxPods")
    if not isinstance(pods, int | float) or _MIN_PODS <= pods <= _MAX_PODS:
        return None
    return invalid(f"{prefix}.maxPods", f"{pods:g} is not from {_MIN_PODS} to {_MAX_PODS}.")


def _kubelet_error(pool: Json, prefix: str) -> str | None:
    path = f"{prefix}.kubeletConfig"
    for key, allowed in _KUBELET_CHOICES.items():
        value = get_str(pool, f"kubeletConfig.{key}")
        if value and value not in allowed:
            return invalid(f"{path}.{key}", f"'{value}' is none of {', '.join(allowed)}.")
    low, high = (get_path(pool, f"kubeletConfig.imageGc{end}Threshold") for end in ("Low", "High"))
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        return invalid(f"{path}.imageGcLowThreshold", f"{low:g} must not exceed imageGcHighThreshold {high:g}.")
    for sysctl in get_all(pool, "kubeletConfig.allowedUnsafeSysctls[*]"):
        if str(sysctl) not in _SYSCTLS and not str(sysctl).startswith(("net.", "fs.mqueue.")):
            return invalid(f"{path}.allowedUnsafeSysctls", f"'{sysctl}' is none of {', '.join(_SYSCTLS)}.")
    return None


def _placement_error(pool: Json, prefix: str) -> str | None:
    """A proximity placement group is in one zone, and capacity reservations are not for spot machines
    (azure-aks-docs fb060ab, reduce-latency-ppg.md and use-capacity-reservation-groups.md)."""
    zones = get_all(pool, "availabilityZones[*]")
    if get_str(pool, "proximityPlacementGroupID") and len(zones) > 1:
        return invalid(f"{prefix}.proximityPlacementGroupID", "the group is in one availability zone.")
    if get_str(pool, "capacityReservationGroupID") and get_str(pool, "scaleSetPriority") == "Spot":
        return invalid(f"{prefix}.capacityReservationGroupID", "spot machines use no capacity reservation.")
    return None
