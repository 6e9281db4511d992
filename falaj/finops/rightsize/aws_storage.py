"""Storage classes on AWS for a data set, with their cost and throughput."""

import math
from collections.abc import Iterable

from falaj.facts.prices import Prices
from falaj.finops.rightsize.storage import DataSet, StorageClasses, StorageOption, cost


def _storage(data: DataSet, region: str, prices: Prices) -> Iterable[StorageOption]:
    gb, mb_s, readers, machines = data.gb, data.mb_s, data.readers, data.readers.machines
    yield StorageOption("s3 standard", cost(prices, region, ("s3", "standard", gb)), readers.object_mb_s)
    volume_mb_s = min(1000.0, max(125.0, mb_s / machines))
    volumes = (("ebs", "gp3", gb * machines), ("ebs", "gp3-throughput", (volume_mb_s - 125) * machines))
    note = "a copy on each machine's volume, beside the original in s3"
    original = ("s3", "standard", gb)
    yield StorageOption("ebs gp3 copies", cost(prices, region, *volumes, original), volume_mb_s * machines, note)
    size = 1.2 if gb <= 1200 else math.ceil(gb / 2400 - 1e-9) * 2.4
    for mb_s_tib in (125, 250, 500, 1000):
        sku = f"persistent-2-{mb_s_tib}"
        price = cost(prices, region, ("fsx-lustre", sku, size * 1000), original)
        yield StorageOption(f"fsx-lustre {sku}", price, size * mb_s_tib, f"{size:g} TiB, linked to the original in s3")


STORAGE: StorageClasses = _storage
