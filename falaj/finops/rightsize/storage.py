"""Storage of a workload's data in each site: the cheapest class with sufficient throughput."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.prices import Prices
from falaj.finops.rightsize.profile import Profile
from falaj.finops.rightsize.sites import CandidateSite

MB_A_MIB = 2**20 / 1e6

OBJECT_MB_S, MOST_OBJECT_MB_S = 25, 2000
"""What each vCPU of a machine reads from objects in parallel streams, and a machine at most. Assumptions on the safe
side: Amazon S3's performance guide counts with 85 to 90 MB/s for one request.
"""


@dataclass(frozen=True, slots=True)
class Readers:
    """The machines that read the data together."""

    machines: int
    vcpu: int

    @property
    def object_mb_s(self) -> float:
        """What they read from objects."""
        return float(min(MOST_OBJECT_MB_S, OBJECT_MB_S * self.vcpu) * self.machines)


@dataclass(frozen=True, slots=True)
class Stored:
    """A storage class. `usd_month` is None where a price is missing; `mb_s` is what it gives all machines together."""

    name: str
    usd_month: Decimal | None
    mb_s: float
    note: str = ""


def storage(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> Stored | None:
    """The cheapest class that does; one without a price only where none has one. None where there is no data."""
    return min(
        _able(profile, site, readers, prices),
        key=lambda one: (one.usd_month is None, one.usd_month or 0, one.name),
        default=None,
    )


def unpriced(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> list[str]:
    """Classes that are fast enough and whose price is not known: they might be cheaper."""
    return [one.name for one in _able(profile, site, readers, prices) if one.usd_month is None]


def _able(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> list[Stored]:
    return [one for one in classes(profile, site, readers, prices) if one.mb_s >= _needed(profile)]


def _needed(profile: Profile) -> float:
    return profile.read_mib_per_second * MB_A_MIB


def classes(profile: Profile, site: CandidateSite, readers: Readers, prices: Prices) -> Iterable[Stored]:
    """Every class of the site for that data set. The vendors' GB of storage is a GiB."""
    if not profile.dataset_gib:
        return
    gb = profile.dataset_gib
    if site.cloud == "aws":
        yield from _aws(gb, _needed(profile), readers, site.region, prices)
    elif site.cloud == "azure":
        yield from _azure(gb, _needed(profile), readers, site.region, prices)
    else:
        yield Stored("own storage", None, math.inf, "what it costs and gives is not stated")


def _aws(gb: float, mb_s: float, readers: Readers, region: str, prices: Prices) -> Iterable[Stored]:
    machines = readers.machines
    yield Stored("s3 standard", _cost(prices, region, ("s3", "standard", gb)), readers.object_mb_s)
    each = min(1000.0, max(125.0, mb_s / machines))
    volumes = (("ebs", "gp3", gb * machines), ("ebs", "gp3-throughput", (each - 125) * machines))
    copies = "a copy on each machine's volume, beside the original in s3"
    original = ("s3", "standard", gb)
    yield Stored("ebs gp3 copies", _cost(prices, region, *volumes, original), each * machines, copies)
    size = 1.2 if gb <= 1200 else math.ceil(gb / 2400 - 1e-9) * 2.4
    for mb_s_tib in (125, 250, 500, 1000):
        sku = f"persistent-2-{mb_s_tib}"
        cost = _cost(prices, region, ("fsx-lustre", sku, size * 1000), original)
        yield Stored(f"fsx-lustre {sku}", cost, size * mb_s_tib, f"{size:g} TiB, linked to the original in s3")


_DISKS = ((128, "p10", 100), (256, "p15", 125), (512, "p20", 150), (1024, "p30", 200), (2048, "p40", 250))
"""GiB, SKU and MB/s of Azure's Premium SSDs (Azure, managed disk types). A Premium SSD v2 gives up to 1,200 MB/s;
those beyond 125 are paid apart, and that price is not known."""


def _azure(gb: float, mb_s: float, readers: Readers, region: str, prices: Prices) -> Iterable[Stored]:
    machines = readers.machines
    redundancy = "zrs" if region == "uaenorth" else "lrs"
    original = ("blob", f"hot-{redundancy}", gb)
    yield Stored(f"blob hot-{redundancy}", _cost(prices, region, original), readers.object_mb_s)
    disk = next(((sku, speed) for gib, sku, speed in _DISKS if gb <= gib), None)
    if disk is not None:
        sku, speed = disk
        cost = _cost(prices, region, ("disk", sku, machines), original)
        yield Stored(f"disk {sku} copies", cost, speed * machines, "a copy on each machine's disk, beside the blobs")
    each = mb_s / machines
    v2 = _cost(prices, region, ("disk", "premium-v2", gb * machines), original) if each <= 125 else None
    yield Stored("disk premium-v2 copies", v2, 1200 * machines, "a copy on each machine's disk, beside the blobs")
    files = max(100.0, gb)
    share = 100 + math.ceil(0.04 * files) + math.ceil(0.06 * files)
    cost = _cost(prices, region, ("files", f"premium-{redundancy}", gb), original)
    yield Stored(f"files premium-{redundancy}", cost, share * MB_A_MIB, "beside the blobs")


def _cost(prices: Prices, region: str, *parts: tuple[str, str, float]) -> Decimal | None:
    """A month's cost; None where one of the prices is missing."""
    total = Decimal(0)
    for service, sku, quantity in parts:
        price = prices.unit(region, service, sku)
        if price.usd is None:
            return None
        total += price.usd * Decimal(str(round(quantity, 6)))
    return total
