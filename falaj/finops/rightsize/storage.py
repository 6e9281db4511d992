"""Storage of a workload's data per site: the cheapest class with sufficient throughput."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.prices import Prices
from falaj.finops.rightsize.profile import Profile
from falaj.finops.rightsize.sites import CandidateSite

MB_PER_MIB = 2**20 / 1e6

OBJECT_MB_S, MAX_OBJECT_MB_S = 25, 2000
"""Read throughput from object storage in MB/s: per vCPU with parallel streams, and the maximum per machine.
Conservative assumptions: Amazon S3's performance guide gives 85 to 90 MB/s per request.
"""


@dataclass(frozen=True, slots=True)
class Readers:
    """The machines that read the data concurrently."""

    machines: int
    vcpu: int

    @property
    def object_mb_s(self) -> float:
        """Their total read throughput from object storage in MB/s."""
        return float(min(MAX_OBJECT_MB_S, OBJECT_MB_S * self.vcpu) * self.machines)


@dataclass(frozen=True, slots=True)
class StorageOption:
    """A storage class. `usd_month` is None if a price is missing; `mb_s` is its total throughput for all machines."""

    name: str
    usd_month: Decimal | None
    mb_s: float
    note: str = ""


def storage(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> StorageOption | None:
    """Returns the cheapest class that is fast enough, one without a price only if none has one. None if there is no
    data.
    """
    return min(
        _fast_enough(profile, site, readers, prices),
        key=lambda option: (option.usd_month is None, option.usd_month or 0, option.name),
        default=None,
    )


def unpriced_classes(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> list[str]:
    """Returns the classes that are fast enough but have no known price; they might be cheaper."""
    return [option.name for option in _fast_enough(profile, site, readers, prices) if option.usd_month is None]


def _fast_enough(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> list[StorageOption]:
    return [option for option in classes(profile, site, readers, prices) if option.mb_s >= _required_mb_s(profile)]


def _required_mb_s(profile: Profile) -> float:
    return profile.read_mib_per_second * MB_PER_MIB


def classes(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> Iterable[StorageOption]:
    """Yields every storage class of the site for that data set. The vendors' GB of storage is a GiB."""
    if not profile.dataset_gib:
        return
    gb = profile.dataset_gib
    if site.cloud == "aws":
        yield from _aws(gb, _required_mb_s(profile), readers, site.region, prices)
    elif site.cloud == "azure":
        yield from _azure(gb, _required_mb_s(profile), readers, site.region, prices)
    else:
        yield StorageOption("own storage", None, math.inf, "its cost and throughput are not stated")


def _aws(gb: float, mb_s: float, readers: Readers, region: str, prices: Prices) -> Iterable[StorageOption]:
    machines = readers.machines
    yield StorageOption("s3 standard", _cost(prices, region, ("s3", "standard", gb)), readers.object_mb_s)
    volume_mb_s = min(1000.0, max(125.0, mb_s / machines))
    volumes = (("ebs", "gp3", gb * machines), ("ebs", "gp3-throughput", (volume_mb_s - 125) * machines))
    note = "a copy on each machine's volume, beside the original in s3"
    original = ("s3", "standard", gb)
    yield StorageOption("ebs gp3 copies", _cost(prices, region, *volumes, original), volume_mb_s * machines, note)
    size = 1.2 if gb <= 1200 else math.ceil(gb / 2400 - 1e-9) * 2.4
    for mb_s_tib in (125, 250, 500, 1000):
        sku = f"persistent-2-{mb_s_tib}"
        cost = _cost(prices, region, ("fsx-lustre", sku, size * 1000), original)
        yield StorageOption(f"fsx-lustre {sku}", cost, size * mb_s_tib, f"{size:g} TiB, linked to the original in s3")


_DISKS = ((128, "p10", 100), (256, "p15", 125), (512, "p20", 150), (1024, "p30", 200), (2048, "p40", 250))
"""GiB, SKU and MB/s of Azure's Premium SSDs (Azure, managed disk types). A Premium SSD v2 gives up to 1,200 MB/s;
throughput above 125 MB/s is charged separately, at a price that is not known.
"""


def _azure(gb: float, mb_s: float, readers: Readers, region: str, prices: Prices) -> Iterable[StorageOption]:
    machines = readers.machines
    redundancy = "zrs" if region == "uaenorth" else "lrs"
    original = ("blob", f"hot-{redundancy}", gb)
    yield StorageOption(f"blob hot-{redundancy}", _cost(prices, region, original), readers.object_mb_s)
    disk = next(((sku, speed) for gib, sku, speed in _DISKS if gb <= gib), None)
    if disk is not None:
        sku, speed = disk
        cost = _cost(prices, region, ("disk", sku, machines), original)
        yield StorageOption(
            f"disk {sku} copies", cost, speed * machines, "a copy on each machine's disk, beside the blobs"
        )
    disk_mb_s = mb_s / machines
    v2 = _cost(prices, region, ("disk", "premium-v2", gb * machines), original) if disk_mb_s <= 125 else None
    yield StorageOption(
        "disk premium-v2 copies", v2, 1200 * machines, "a copy on each machine's disk, beside the blobs"
    )
    files = max(100.0, gb)
    share_mib_s = 100 + math.ceil(0.04 * files) + math.ceil(0.06 * files)
    cost = _cost(prices, region, ("files", f"premium-{redundancy}", gb), original)
    yield StorageOption(f"files premium-{redundancy}", cost, share_mib_s * MB_PER_MIB, "beside the blobs")


def _cost(prices: Prices, region: str, *items: tuple[str, str, float]) -> Decimal | None:
    """Returns the monthly cost in USD; None if one of the prices is missing."""
    total = Decimal(0)
    for service, sku, quantity in items:
        price = prices.unit(region, service, sku)
        if price.usd is None:
            return None
        total += price.usd * Decimal(str(round(quantity, 6)))
    return total
