"""Every machine of the UAE regions that a node pool may pick: specification and price per hour.

The rows are in `data/machines.csv`. Sources, looked up on 2026-11-24 (tax excluded, Linux, shared tenancy):

- `vantage`: the open instance tables of instances.vantage.sh as of 2025-05-28 (MIT);
- `skypilot-v9`: on-demand and spot per zone of the SkyPilot catalogue, 2026 (day unknown);
- `karpenter-us-east-1-x-N`: list price of us-east-1 (2026-07-20) times the family's ratio: an estimate (`estimated`);
- `kpa`: Azure Retail Prices as read by karpenter-provider-azure on 2026-06-18;
- that a type exists in me-central-1: AWS's resource schemas as shipped by cfn-lint, 2026-10-20.

A price whose source holds the Windows price, or none at all, is `missing`: never zero. No price proves capacity.
"""

import csv
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources

from falaj.facts.machine_names import is_accelerated


class PriceKind(StrEnum):
    """How far a price can be trusted."""

    OBSERVED = "observed"
    ESTIMATED = "estimated"
    MISSING = "missing"
    NEGOTIATED = "negotiated"
    """Of a contract: a price book says so."""
    AMORTISED = "amortised"
    """Of a machine of one's own: what was paid for it, its electricity and its people, by the hour."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price in USD per hour without tax; `usd_hour` is None exactly when the kind is `missing`."""

    usd_hour: Decimal | None
    kind: PriceKind
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine type of one region. Memory in GiB; `gpus` may be a fraction; None where no source says."""

    region: str
    name: str
    vcpu: int | None
    memory_gib: float | None
    gpus: float
    gpu_model: str | None
    gpu_memory_gib: float | None
    arch: str
    zone_ids: tuple[str, ...]
    on_demand: Price
    spot: Price


@cache
def _catalogue() -> dict[str, dict[str, Machine]]:
    found: dict[str, dict[str, Machine]] = {}
    with (resources.files("falaj.facts") / "data" / "machines.csv").open(encoding="utf-8") as source:
        for row in csv.DictReader(source):
            found.setdefault(row["region"], {})[row["name"]] = _machine(row)
    return found


def _machine(row: dict[str, str]) -> Machine:
    return Machine(
        region=row["region"],
        name=row["name"],
        vcpu=int(row["vcpu"]) if row["vcpu"] else None,
        memory_gib=float(row["memory_gib"]) if row["memory_gib"] else None,
        gpus=float(row["gpus"]),
        gpu_model=row["gpu_model"] or None,
        gpu_memory_gib=float(row["gpu_memory_gib"]) if row["gpu_memory_gib"] else None,
        arch=row["arch"],
        zone_ids=tuple(row["zone_ids"].split()),
        on_demand=_price(row, "on_demand"),
        spot=_price(row, "spot"),
    )


def _price(row: dict[str, str], which: str) -> Price:
    amount = row[f"{which}_usd"]
    return Price(
        usd_hour=Decimal(amount) if amount else None,
        kind=PriceKind(row[f"{which}_kind"]),
        source=row[f"{which}_source"],
        date=row[f"{which}_date"],
    )


def machines(region: str) -> Mapping[str, Machine]:
    """All machines of a region by name; empty for a region the catalogue does not hold."""
    return _catalogue().get(region, {})


def find(region: str, name: str) -> Machine | None:
    """The machine of that name in that region, or None where it is not offered."""
    return machines(region).get(name)


def alternatives(region: str, name: str, count: int = 5) -> list[str]:
    """Names that a person who asked for `name` may have meant: the likest ones, GPU machines for a GPU name.

    A name of a GPU family that the region lacks (p4d, T4) is answered with its own GPU machines, cheapest first.
    """
    offered = machines(region)
    if is_accelerated(name):
        with_gpu = [m for m in offered.values() if m.gpus >= 1]
        with_gpu.sort(key=lambda m: m.on_demand.usd_hour or Decimal("Infinity"))
        return [m.name for m in with_gpu[:count]]
    return difflib.get_close_matches(name, offered, n=count, cutoff=0.4) or sorted(offered)[:count]
