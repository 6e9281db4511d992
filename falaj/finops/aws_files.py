"""Charges of file systems of FSx: Lustre, ONTAP, OpenZFS and Windows.

Prices of file systems with two or more pairs of servers, and of the second generations, are not known. Backups, and
the cold data of ONTAP, are charged by use and have no estimate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.aws_volumes import lustre, lustre_sku
from falaj.finops.free import without_model
from falaj.finops.lines import ZERO, Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pools import disk_of_unknown_size
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import decided_by


def _lustre(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the storage of a file system, whose price depends on its throughput. Hard disks may have a cache."""
    kind = get_str(item.props, "deploymentType", default="SCRATCH_2")
    rate = get_number(get_path(item.props, "perUnitStorageThroughput"), 0)
    unknown = unknown_at(item.props, "deploymentType", "perUnitStorageThroughput", "storageCapacity", *_OF_LUSTRE)
    if unknown:
        return disk_of_unknown_size("fsx-lustre", lustre_sku(kind, rate), unknown[0])
    if get_str(item.props, "storageType", default="SSD") not in ("SSD", "HDD"):
        return (without_model(item.type, "storage that grows with its use has no price"),)
    if get_str(item.props, "metadataConfiguration", "mode") == "USER_PROVISIONED":
        return (without_model(item.type, "provisioned IOPS of its metadata have no price"),)
    capacity = get_number(get_path(item.props, "storageCapacity"), 1200)
    cached = "-cached" if get_str(item.props, "driveCacheType") == "READ" else ""
    return (lustre(kind, rate, capacity, cached),)


_OF_LUSTRE = ("storageType", "driveCacheType", "metadataConfiguration", "metadataConfiguration.mode")


@dataclass(frozen=True)
class _FileSystem:
    """A kind of file system: its rows of the price list, the deployments that have one, with the ends of their rows,
    the deployment and storage where none are stated, and IOPS that each GiB includes."""

    service: str
    deployments: Mapping[str, str]
    default: str
    storage: tuple[str, ...] = ("SSD",)
    iops_a_gib: int = 3


_SIZES = ("storageCapacity", "throughputCapacity", "throughputCapacityPerHaPair", "haPairs", "diskIopsConfiguration",
          "diskIopsConfiguration.iops", "diskIopsConfiguration.mode", "deploymentType", "storageType")  # fmt: skip


def _files(kind: _FileSystem) -> MeterFunction:
    @decided_by(*_SIZES)
    def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
        end = kind.deployments.get(get_str(item.props, "deploymentType", default=kind.default))
        storage = get_str(item.props, "storageType", default="SSD")
        size, speed = get_number(get_path(item.props, "storageCapacity"), 0), _throughput(item)
        if end is None or storage not in kind.storage:
            yield without_model(item.type, "its deployment or its storage has no price")
        elif not size or not speed:
            yield without_model(item.type, "its size or its throughput is not in the plan")
        else:
            yield Charge(kind.service, f"{storage.lower()}{end}", fixed(size))
            yield Charge(kind.service, f"throughput{end}", fixed(speed))
            iops = get_number(get_path(item.props, "diskIopsConfiguration", "iops"), 0)
            if above := max(ZERO, iops - kind.iops_a_gib * size):
                yield Charge(kind.service, f"iops{end}", fixed(above))

    return charges


def _throughput(item: Planned) -> Decimal:
    """Returns the throughput of a file system in MB/s, that of each pair of servers as often as it has pairs."""
    pairs = max(Decimal(1), get_number(get_path(item.props, "haPairs"), 1))
    each = get_number(get_path(item.props, "throughputCapacityPerHaPair"), 0)
    return get_number(get_path(item.props, "throughputCapacity"), 0) or pairs * each


_MULTI = "-multi-az"

METERS: Mapping[str, MeterFunction] = {
    "aws:fsx/lustreFileSystem:LustreFileSystem": _lustre,
    "aws:fsx/windowsFileSystem:WindowsFileSystem": _files(_FileSystem(
        "fsx-windows", {"SINGLE_AZ_1": "", "SINGLE_AZ_2": "", "MULTI_AZ_1": _MULTI}, "SINGLE_AZ_1", ("SSD", "HDD"))),
    "aws:fsx/ontapFileSystem:OntapFileSystem": _files(_FileSystem(
        "fsx-ontap", {"SINGLE_AZ_1": "", "MULTI_AZ_1": _MULTI}, "")),
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": _files(_FileSystem("fsx-openzfs", {"SINGLE_AZ_1": ""}, "")),
}  # fmt: skip
"""Type -> its charges. Defaults are those of pulumi-aws 7.51.1; ONTAP and OpenZFS must state their deployment. Storage
includes 3 IOPS for each GiB (`code-56498274008`, read 2026-12-02)."""
