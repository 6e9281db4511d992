"""Storage classes on Azure for a data set, with their cost and throughput."""

import math
from collections.abc import Iterable

from falaj.facts.prices import Prices
from falaj.finops.rightsize.storage import MB_PER_MIB, DataSet, StorageClasses, StorageOption, cost

_DISKS = ((128, "p10", 100), (256, "p15", 125), (512, "p20", 150), (1024, "p30", 200), (2048, "p40", 250))
"""GiB, SKU and MB/s of Azure's Premium SSDs (Azure, managed disk types). A Premium SSD v2 gives up to 1,200 MB/s;
throughput above 125 MB/s is charged separately, at a price that is not known.
"""


def _storage(data: DataSet, region: str, prices: Prices) -> Iterable[StorageOption]:
    gb, mb_s, readers, machines = data.gb, data.mb_s, data.readers, data.readers.machines
    redundancy = "zrs" if region == "uaenorth" else "lrs"
    original = ("blob", f"hot-{redundancy}", gb)
    yield StorageOption(f"blob hot-{redundancy}", cost(prices, region, original), readers.object_mb_s)
    disk = next(((sku, speed) for gib, sku, speed in _DISKS if gb <= gib), None)
    if disk is not None:
        sku, speed = disk
        price = cost(prices, region, ("disk", sku, machines), original)
        yield StorageOption(
            f"disk {sku} copies", price, speed * machines, "a copy on each machine's disk, beside the blobs"
        )
    disk_mb_s = mb_s / machines
    v2 = cost(prices, region, ("disk", "premium-v2", gb * machines), original) if disk_mb_s <= 125 else None
    yield StorageOption(
        "disk premium-v2 copies", v2, 1200 * machines, "a copy on each machine's disk, beside the blobs"
    )
    files = max(100.0, gb)
    share_mib_s = 100 + math.ceil(0.04 * files) + math.ceil(0.06 * files)
    price = cost(prices, region, ("files", f"premium-{redundancy}", gb), original)
    yield StorageOption(f"files premium-{redundancy}", price, share_mib_s * MB_PER_MIB, "beside the blobs")


STORAGE: StorageClasses = _storage
