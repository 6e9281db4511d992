"""Prices of volumes on AWS: EBS volumes of machines and of claims, and file systems that claims create."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from falaj.facts.prices import missing
from falaj.finops.lines import ZERO, Charge, fixed
from falaj.finops.pools import disk_of_unknown_size
from falaj.finops.properties import get_gib, get_number, get_path, get_str, unknown_at
from falaj.finops.volume_classes import VolumeClass, VolumeDriver, counted_elsewhere

DEFAULT_NODE_DISK_GIB = 20
"""Root disk of an EKS node group without a launch template (EKS API, CreateNodegroup, diskSize)."""

_GP3_IOPS, _GP3_THROUGHPUT = 3000, 125
"""IOPS and MiB/s that are included in the storage price of gp3 (AWS, EBS pricing; read 2026-11-27)."""
_PROVISIONED = ("io1", "io2")
"""Kinds that charge every provisioned IOPS."""
_LEAST_IOPS, _MOST_IOPS = 100, {"io1": 64_000, "io2": 256_000, "gp3": 80_000}
"""Bounds within which the driver and EBS keep IOPS (EBS User Guide, volume types; read 2026-11-27)."""
_FIRST_TIER_IOPS = 32_000
"""IOPS of an io2 volume that cost the price of the first tier (AWS, EBS pricing)."""


def volume(ebs: Mapping[str, object]) -> tuple[Charge, ...]:
    """Returns a volume as described by launch templates, node classes and instances."""
    kind = get_str(ebs, "volumeType", default="gp3")
    if unknown := unknown_at(ebs, "volumeSize", "iops", "throughput"):
        return disk_of_unknown_size("ebs", kind, "its size" if unknown[0] == "volumeSize" else unknown[0])
    size = get_gib(get_path(ebs, "volumeSize"), DEFAULT_NODE_DISK_GIB)
    return _charges(kind, size, get_number(get_path(ebs, "iops"), 0), get_number(get_path(ebs, "throughput"), 0))


def _charges(kind: str, size_gib: Decimal, iops: Decimal, throughput: Decimal) -> tuple[Charge, ...]:
    """Returns the charges of a volume for a month. Those for which nothing is to pay are left out."""
    charges = [Charge("ebs", kind, fixed(size_gib))]
    if kind == "gp3":
        charges += (
            Charge("ebs", "gp3-iops", fixed(max(ZERO, iops - _GP3_IOPS))),
            Charge("ebs", "gp3-throughput", fixed(max(ZERO, throughput - _GP3_THROUGHPUT))),
        )
    elif kind in _PROVISIONED:
        charges += _provisioned(kind, iops)
    return tuple(charge for charge in charges if charge.quantity.max > 0)


def _provisioned(kind: str, iops: Decimal) -> tuple[Charge, ...]:
    sku = f"{kind}-iops"
    if not iops:
        reason = f"{kind} volumes need provisioned IOPS, and none are stated"
        return (Charge("ebs", sku, fixed(1), price=missing("IOPS-month", reason)),)
    first = min(iops, _FIRST_TIER_IOPS) if kind == "io2" else iops
    return (
        Charge("ebs", sku, fixed(first)),
        Charge("ebs", f"{sku}-above-{_FIRST_TIER_IOPS}", fixed(iops - first)),
    )


def _claimed(parameters: Mapping[str, Any], size_gib: Decimal) -> tuple[Charge, ...]:
    """Returns the charges of a claim (aws-ebs-csi-driver, docs/parameters.md; read 2026-11-27)."""
    kind = get_str(parameters, "type", default="gp3").lower()
    by_size = get_number(parameters.get("iopspergb"), 0) * size_gib
    iops = get_number(parameters.get("iops"), 0) or by_size
    if iops and kind in _MOST_IOPS:
        iops = min(max(iops, Decimal(_LEAST_IOPS)), Decimal(_MOST_IOPS[kind]))
    return _charges(kind, size_gib, iops, get_number(parameters.get("throughput"), 0))


def lustre(deployment: str, throughput: Decimal, capacity: Decimal, kind: str = "") -> Charge:
    """Returns the storage of an FSx for Lustre file system. `throughput` is in MB/s per TiB, `capacity` in GiB, `kind`
    the end of the SKU."""
    return Charge("fsx-lustre", f"{lustre_sku(deployment, throughput)}{kind}", fixed(capacity))


def lustre_sku(deployment: str, throughput: Decimal) -> str:
    """Returns the SKU of a deployment type, such as `PERSISTENT_2`."""
    kind = deployment.lower().replace("_", "-")
    return f"{kind}-{throughput:f}" if throughput else kind


_LEAST_LUSTRE_GIB, _LUSTRE_STEP_GIB = 1200, 2400
"""Sizes of file systems: the least, or multiples of the step (FSx API, CreateFileSystem, StorageCapacity; read
2026-11-27)."""


def _lustre_claim(parameters: Mapping[str, Any], size_gib: Decimal) -> tuple[Charge, ...]:
    """Returns the file system that the driver creates for a claim."""
    steps = (size_gib / _LUSTRE_STEP_GIB).to_integral_value(ROUND_CEILING)
    capacity = Decimal(_LEAST_LUSTRE_GIB) if size_gib <= _LEAST_LUSTRE_GIB else steps * _LUSTRE_STEP_GIB
    deployment = get_str(parameters, "deploymenttype", default="SCRATCH_1")
    return (lustre(deployment, get_number(parameters.get("perunitstoragethroughput"), 0), capacity),)


_EBS = VolumeDriver(_claimed, ("type", "iops", "iopspergb", "throughput"), ("ebs", "snapshot"))

DRIVERS: Mapping[str, VolumeDriver] = {
    "ebs.csi.aws.com": _EBS,
    "ebs.csi.eks.amazonaws.com": _EBS,
    "kubernetes.io/aws-ebs": _EBS,
    "efs.csi.aws.com": VolumeDriver(counted_elsewhere),  # access points of a file system, which charges used bytes
    "fsx.csi.aws.com": VolumeDriver(_lustre_claim, ("deploymenttype", "perunitstoragethroughput")),
}

BUILT_IN = {"gp2": VolumeClass("gp2", "kubernetes.io/aws-ebs", {"type": "gp2"})}
"""Classes of a new EKS cluster; none is the default since 1.30 (EKS User Guide, Kubernetes versions; read
2026-11-27)."""
