"""Storage of a workload's data per site: the cheapest class with sufficient throughput."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module

from falaj.facts.clouds import CLOUDS, Cloud
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


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set in GB, the throughput in MB/s that the workload requires, and the machines that read it."""

    gb: float
    mb_s: float
    readers: Readers


StorageClasses = Callable[[DataSet, str, Prices], Iterable[StorageOption]]
"""Yields a cloud's storage classes for a data set in a region."""


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
    module = CLOUDS[Cloud(site.cloud)].storage if site.cloud in CLOUDS else None
    if module is not None:
        storage_classes: StorageClasses = import_module(module).STORAGE
        data = DataSet(profile.dataset_gib, _required_mb_s(profile), readers)
        yield from storage_classes(data, site.region, prices)
    else:
        name = "own storage" if site.cloud not in CLOUDS else f"storage on {CLOUDS[Cloud(site.cloud)].display_name}"
        yield StorageOption(name, None, math.inf, "its cost and throughput are not stated")


def cost(prices: Prices, region: str, *items: tuple[str, str, float]) -> Decimal | None:
    """Returns the monthly cost in USD; None if one of the prices is missing."""
    total = Decimal(0)
    for service, sku, quantity in items:
        price = prices.unit(region, service, sku)
        if price.usd is None:
            return None
        total += price.usd * Decimal(str(round(quantity, 6)))
    return total
