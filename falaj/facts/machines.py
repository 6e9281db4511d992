"""Every machine type of the UAE regions that a node pool may use: specification and price per hour.

The rows are in `data/machines.csv`, which `falaj prices refresh` writes, and in one file of `data/machines/` per cloud
whose price list is not read. Sources, looked up on 2026-11-24 (tax excluded, Linux, shared tenancy):

- `vantage`: the open instance tables of instances.vantage.sh as of 2025-05-28 (MIT);
- `skypilot-v9`: on-demand and spot per zone of the SkyPilot catalogue, 2026 (day unknown);
- `karpenter-us-east-1-x-N`: list price of us-east-1 (2026-07-20) times the family's ratio: an estimate (`estimated`);
- `kpa`: Azure Retail Prices as read by karpenter-provider-azure on 2026-06-18;
- existence of a type in me-central-1: AWS's resource schemas as shipped by cfn-lint, 2026-10-20.

The sources of facts other than prices are in `machine_sources.py`. A cell is empty if its column does not apply to such
a machine, and `unknown` if no source states it. `machine_rules.py` has the rules of a row.

A price whose source has the Windows price, or no price, is `missing`, never zero. No price proves capacity.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from math import ceil

from falaj.facts.machine_names import is_accelerated
from falaj.facts.machine_rules import ALLOWED, check
from falaj.facts.regions import REGIONS, uae_regions
from falaj.facts.rows import Row, amount, dollars, files, parsed, past_date, rows, whole, yes_or_no


class PriceKind(StrEnum):
    """Origin of a price, which determines how reliable it is."""

    OBSERVED = "observed"
    ESTIMATED = "estimated"
    MISSING = "missing"
    NEGOTIATED = "negotiated"
    """From a contract, as stated in a price book."""
    AMORTISED = "amortised"
    """Of an on-premises machine: purchase, electricity and staff per hour."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price in USD per hour without tax; `usd_hour` is None exactly when the kind is `missing`."""

    usd_hour: Decimal | None
    kind: PriceKind
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine type of one region. Memory is in GiB; `gpus` may be a fraction; None if no source
    states the figure.
    """

    region: str
    name: str
    vcpu: int | None
    memory_gib: float | None
    gpus: float
    gpu_model: str | None
    gpu_memory_gib: float | None
    arch: str
    zone_ids: tuple[str, ...]
    """Zones that offer it, by AWS's IDs or Azure's numbers; empty if no source states them. Unknown zones count as all
    zones, but machines with GPUs on Azure then get none."""
    on_demand: Price
    spot: Price
    mig: bool | None = False
    """Whether its GPUs can be split into MIG instances with the profiles that the cloud supports."""
    efa_interfaces: int | None = 0
    """Maximum number of Elastic Fabric Adapter interfaces; 0 if there are none, as on every cloud but AWS."""
    rdma: bool | None = None
    """Whether machines access each other's memory through EFA or InfiniBand; unknown counts as no."""
    local_nvme_gb: int | None = None
    """Total capacity of the machine's local NVMe disks in GB of 10^9 bytes; 0 for none."""
    local_nvme_disks: int | None = None
    """Number of local NVMe disks."""
    max_pods: int | None = None
    """Maximum pods on EKS with prefix delegation; None if the machine sets no limit (AKS)."""
    ephemeral_os_gib: int | None = None
    """Maximum size of an ephemeral OS disk on Azure in GiB; 0 if not supported."""

    @property
    def gpu_devices(self) -> int:
        """GPUs that pods can request of it (`nvidia.com/gpu`): a part of a GPU is one device with less memory."""
        return ceil(self.gpus)


FILE = "machines.csv"
_COLUMNS = (
    *("region", "name", "vcpu", "memory_gib", "gpus", "gpu_model", "gpu_memory_gib", "mig", "arch", "efa_interfaces"),
    *("rdma", "local_nvme_gb", "local_nvme_disks", "max_pods", "ephemeral_os_gib", "zone_ids"),
    *(f"{capacity}_{suffix}" for capacity in ("on_demand", "spot") for suffix in ("usd", "kind", "source", "date")),
)
_ARCHITECTURES = ("x86_64", "arm64")
_REGIONS, _KINDS = ", ".join(sorted(uae_regions())), ", ".join(PriceKind)
_DOLLARS = "USD per hour, zero or more, empty exactly if the kind is missing"
_DATE = "YYYY, YYYY-MM or YYYY-MM-DD, not in the future"


@cache
def _catalogue() -> Mapping[str, Mapping[str, Machine]]:
    keys = ("region", "name")
    return _by_region(row for file in (FILE, *files("machines")) for row in rows(file, keys, _COLUMNS))


def read(source: Iterable[str]) -> Mapping[str, Mapping[str, Machine]]:
    """Parses machines by region and name from text in the format of `data/machines.csv`. Raises `BadRow`."""
    return _by_region(parsed(source, FILE, ("region", "name"), _COLUMNS))


def _by_region(source: Iterable[Row]) -> dict[str, dict[str, Machine]]:
    machines_by_region: dict[str, dict[str, Machine]] = {}
    for row in source:
        machine = _machine(row)
        machines_by_region.setdefault(machine.region, {})[machine.name] = machine
    return machines_by_region


def _machine(row: Row) -> Machine:
    region = row.need("region", _region, _REGIONS, "name a region of the UAE")
    gpus = row.need("gpus", amount, "a number, 0 for none", "enter its GPUs")
    check(row, region, gpus)
    return Machine(
        region=region,
        name=row.need("name", str, "the name of a machine type"),
        vcpu=row.read("vcpu", whole, ALLOWED["vcpu"]),
        memory_gib=row.read("memory_gib", amount, ALLOWED["memory_gib"]),
        gpus=gpus,
        gpu_model=row.read("gpu_model", str, ALLOWED["gpu_model"]),
        gpu_memory_gib=row.read("gpu_memory_gib", amount, ALLOWED["gpu_memory_gib"]),
        arch=row.need("arch", _architecture, "x86_64 or arm64"),
        zone_ids=tuple(row.read("zone_ids", str.split, ALLOWED["zone_ids"]) or ()),
        on_demand=_price(row, "on_demand"),
        spot=_price(row, "spot"),
        mig=row.read("mig", yes_or_no, ALLOWED["mig"]) if gpus else False,
        efa_interfaces=row.read("efa_interfaces", whole, ALLOWED["efa_interfaces"])
        if row.cells["efa_interfaces"]
        else 0,
        rdma=row.read("rdma", yes_or_no, ALLOWED["rdma"]),
        local_nvme_gb=row.read("local_nvme_gb", whole, ALLOWED["local_nvme_gb"]),
        local_nvme_disks=row.read("local_nvme_disks", whole, ALLOWED["local_nvme_disks"]),
        max_pods=row.read("max_pods", whole, ALLOWED["max_pods"]),
        ephemeral_os_gib=row.read("ephemeral_os_gib", whole, ALLOWED["ephemeral_os_gib"]),
    )


def _region(cell: str) -> str:
    if cell not in REGIONS:
        raise ValueError(cell)
    return cell


def _architecture(cell: str) -> str:
    if cell not in _ARCHITECTURES:
        raise ValueError(cell)
    return cell


def _price(row: Row, capacity: str) -> Price:
    usd_column = f"{capacity}_usd"
    usd_hour, kind = row.read(usd_column, dollars, _DOLLARS), row.need(f"{capacity}_kind", PriceKind, _KINDS)
    if (usd_hour is None) != (kind is PriceKind.MISSING):
        raise row.refused(usd_column, _DOLLARS, f"correct the price or its kind, {kind}")
    if usd_hour is None:
        return Price(None, kind, row.cells[f"{capacity}_source"], row.cells[f"{capacity}_date"])
    source = row.need(f"{capacity}_source", str, "the source of the price, a short name")
    return Price(usd_hour, kind, source, row.need(f"{capacity}_date", past_date, _DATE))


def machines(region: str) -> Mapping[str, Machine]:
    """Returns all machines of a region by name; empty for a region that is not in the catalogue."""
    return _catalogue().get(region, {})


def find(region: str, name: str) -> Machine | None:
    """Returns the machine of that name in that region; None if it is not offered."""
    return machines(region).get(name)


def alternatives(region: str, name: str, count: int = 5) -> list[str]:
    """Returns similar names for a `name` that is not offered: the closest matches, or GPU machines for a GPU machine.

    For a GPU family that the region lacks (p4d, T4), these are the region's GPU machines, cheapest first. Machines of
    AWS are of the same size, such as t3.small for t2.small, if there are any.
    """
    offered = machines(region)
    if is_accelerated(name):
        with_gpu = [machine for machine in offered.values() if machine.gpus >= 1]
        with_gpu.sort(key=lambda machine: machine.on_demand.usd_hour or Decimal("Infinity"))
        return [machine.name for machine in with_gpu[:count]]
    _, dot, size = name.partition(".")
    of_size = [other for other in offered if dot and other.endswith(dot + size)]
    return difflib.get_close_matches(name, of_size or offered, n=count, cutoff=0.4) or sorted(offered)[:count]
