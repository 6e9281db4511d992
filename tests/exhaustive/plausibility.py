"""Checks of price rows against each other and against published list prices: each yields the cells that look wrong.

A row is a mapping of a file's columns, as in `falaj/facts/data/*.csv`. Tolerances are as narrow as the rows of today
allow, so that a cell that is wrong by half is found.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from itertools import pairwise
from pathlib import Path

from falaj.facts.machines import PriceKind
from falaj.facts.rows import UNKNOWN
from tests.exhaustive.machine_prices import (
    Cell,
    Row,
    Tables,
    families,
    machine_regions,
    shares_alone_in_their_family,
    shares_of_on_demand,
)

PUBLISHED_TOLERANCE = 0.15
"""Maximum relative difference between published prices and the price rows, after the stated ratio of the region."""

OBSERVED_RATIO = (0.95, 1.35)
"""Range of a price observed in the region, divided by the published one of the vendor's first region."""

_CONSTRAINED = "a constrained size whose name does not state the vCPUs of the full one"
_STEEP = "the price list itself is that steep: the smallest size is sold for less"

_MARKET = "observed so: a spot price follows supply and demand of one size"

UNSETTLED: Mapping[Cell, str] = {
    **{
        (
            region,
            "managed-hsm",
            "pool",
            "usd",
        ): "4.85 USD by Infracost's test of East US; 3.20 USD by who read it in 2026"
        for region in ("uaecentral", "uaenorth")
    },
    **{
        (region, f"Standard_{name}", "on_demand"): _CONSTRAINED
        for region in ("uaecentral", "uaenorth")
        for name in ("DS11-1_v2", "DS12-1_v2", "DS12-2_v2")
    },
    **{(r, f"Standard_{n}_v2", "on_demand"): _STEEP for r in ("uaecentral", "uaenorth") for n in ("B2als", "B2ls")},
    ("uaecentral", "Standard_M16s", "on_demand"): "1.4 times its family a vCPU; no second source",
    **{
        ("uaenorth", f"Standard_{name}_12_v3", "on_demand"): "priced by its 12 TB, which the row does not state"
        for name in ("M416s", "M416ds")
    },
    **{(region, machine, "spot"): _MARKET for region, machine in (
        ("me-central-1", "c6g.16xlarge"), ("me-central-1", "g5.2xlarge"), ("me-central-1", "r7gd.metal"),
        ("uaenorth", "Standard_F48ams_v6"), ("uaecentral", "Standard_F48ams_v6"),
    )},
}  # fmt: skip
"""Cells that look wrong and why they are still there. Who mends one takes it out here."""


def tables() -> dict[str, list[Row]]:
    """Returns all price rows of the package."""
    result: dict[str, list[Row]] = {}
    for name in ("machines", "services", "commitments"):
        with (resources.files("falaj.facts") / "data" / f"{name}.csv").open(encoding="utf-8") as source:
            rows = csv.DictReader(source)
            result[name] = [{key: "" if cell == UNKNOWN else cell for key, cell in row.items()} for row in rows]
    return result


def published() -> dict[tuple[str, str, str], float]:
    """Returns (cloud, service, SKU) -> list price of us-east-1 or East US."""
    with Path(__file__).with_name("published_prices.csv").open(encoding="utf-8") as source:
        return {(row["cloud"], row["service"], row["sku"]): float(row["usd"]) for row in csv.DictReader(source)}


def dates_and_kinds(found: Tables, today: date) -> Iterator[Cell]:
    """Yields prices without a declared kind, a source or a date, and dates that are malformed or in the future."""
    for row in found["machines"]:
        for which in ("on_demand", "spot"):
            if not _stated(*(row[f"{which}_{name}"] for name in ("usd", "kind", "source", "date")), today=today):
                yield row["region"], row["name"], which
    for row in found["services"]:
        if not _stated(row["usd"], row["kind"], row["source"], row["date"], today=today):
            yield row["region"], row["service"], row["sku"], "usd"
    for row in found["commitments"]:
        if not _stated("1", PriceKind.OBSERVED, row["source"], row["date"], today=today):
            yield row["region"], row["name"], "date"


def _stated(usd: str, kind: str, source: str, day: str, today: date) -> bool:
    if kind not in tuple(PriceKind) or (kind == PriceKind.MISSING) != (not usd):
        return False
    if kind == PriceKind.MISSING:
        return True
    dated = re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day) is not None
    return bool(source) and dated and "2020" <= day <= today.isoformat()[: len(day)]


def against_published(services: Iterable[Row], prices: Mapping[tuple[str, str, str], float]) -> Iterator[Cell]:
    """Yields service prices far from the published one, by the ratio that the row's own source states."""
    for row in services:
        listed = prices.get(("aws" if row["region"] == "me-central-1" else "azure", row["service"], row["sku"]))
        if listed is None or not row["usd"]:
            continue
        ratio = float(row["usd"]) / listed
        stated = re.search(r"-x-(\d+\.\d+)$", row["source"])
        if row["kind"] == PriceKind.OBSERVED:
            plausible = OBSERVED_RATIO[0] <= ratio <= OBSERVED_RATIO[1]
        else:
            plausible = abs(ratio / float(stated[1] if stated else 1) - 1) <= PUBLISHED_TOLERANCE
        if not plausible:
            yield row["region"], row["service"], row["sku"], "usd"


LADDERS: Sequence[tuple[str, Sequence[str], float, float]] = (
    ("disk", ("p1", "p2", "p3", "p4", "p6", "p10", "p15", "p20"), 1.6, 2.1),
    ("disk", ("p20", "p30", "p40", "p50"), 1.6, 2.1),
    ("disk", ("e1", "e2", "e3", "e4", "e6", "e10", "e15", "e20", "e30", "e40", "e50"), 1.9, 2.1),
    ("disk", ("s4", "s6", "s10", "s15", "s20", "s30", "s40", "s50"), 1.8, 2.1),
    ("blob", ("hot-lrs", "hot-zrs", "hot-grs", "hot-gzrs"), 1.1, 1.9),
    ("blob", ("cool-lrs", "cool-zrs", "cool-grs", "cool-gzrs"), 1.1, 1.9),
    ("blob", ("cool-lrs", "hot-lrs"), 1.2, 1.9),
    ("blob", ("writes", "writes-geo"), 1.3, 2.1),
    ("blob", ("reads", "writes"), 10, 20),
    ("files", ("premium-lrs", "premium-zrs"), 1.1, 1.5),
    ("acr", ("basic", "standard", "premium"), 2.4, 4.1),
    ("firewall", ("standard", "premium"), 1.3, 1.5),
    ("key-vault", ("operations", "advanced-key-operations"), 4.5, 5.5),
    ("ebs", ("st1", "gp3", "gp2", "io2"), 1.15, 1.85),
    ("eks", ("cluster", "cluster-extended"), 5.9, 6.1),
    ("elb", ("application", "network"), 0.95, 1.05),
    ("elb", ("nlcu", "lcu"), 1.2, 1.5),
    ("load-balancer", ("further-rules", "rules"), 2, 3),
    ("efs", ("standard-ia", "standard"), 9, 15),
    ("efs", ("reads", "writes"), 1.8, 2.2),
    ("s3", ("standard-ia", "standard"), 1.5, 2.3),
    ("s3", ("reads", "writes"), 11, 14),
    ("nat", ("gateway", "processed"), 0.95, 1.05),
    ("transfer", ("internet-out", "to-other-cloud"), 0.95, 1.05),
)
"""Service, SKUs in ascending order of price, and the range of each price divided by the previous one."""


def ladders(services: Iterable[Row]) -> Iterator[Cell]:
    """Yields service prices that break the order or the usual ratio of neighbouring SKUs."""
    prices = {(row["region"], row["service"], row["sku"]): float(row["usd"]) for row in services if row["usd"]}
    for region in sorted({key[0] for key in prices}):
        for service, skus, minimum, maximum in LADDERS:
            for lower, upper in pairwise(skus):
                below, above = prices.get((region, service, lower)), prices.get((region, service, upper))
                if below and above and not minimum <= above / below <= maximum:
                    yield region, service, f"{lower} or {upper}", "usd"


ALIKE: Sequence[tuple[tuple[str, str], tuple[str, str], float, float]] = (
    (("eks", "cluster"), ("aks", "standard"), 0.9, 1.1),
    (("eks", "cluster-extended"), ("aks", "standard"), 5.5, 6.5),
    (("nat", "gateway"), ("nat", "gateway"), 0.9, 1.4),
    (("nat", "processed"), ("nat", "processed"), 0.9, 1.4),
    (("vpc-endpoint", "interface"), ("private-endpoint", "endpoint"), 0.9, 1.4),
    (("vpc-endpoint", "processed"), ("private-endpoint", "processed"), 0.9, 1.4),
    (("ec2", "public-ipv4"), ("public-ip", "standard"), 0.9, 1.1),
    (("ecr", "stored"), ("acr", "stored"), 0.9, 1.4),
    (("ebs", "gp3"), ("disk", "premium-v2"), 0.8, 1.2),
    (("s3", "standard"), ("blob", "hot-zrs"), 0.75, 1.1),
    (("s3", "standard-ia"), ("blob", "cool-zrs"), 0.55, 0.8),
    (("transfer", "internet-out"), ("transfer", "internet-out"), 0.8, 1.1),
    (("kms", "requests"), ("key-vault", "operations"), 0.9, 1.1),
    (("kms", "key"), ("key-vault", "hsm-key-2048"), 0.9, 1.1),
)
"""Equivalent services of AWS and Azure, and the range of AWS's price divided by Azure's."""


def clouds_alike(services: Iterable[Row]) -> Iterator[Cell]:
    """Yields prices of AWS that are far from Azure's for an equivalent service."""
    prices = {(row["region"], row["service"], row["sku"]): float(row["usd"]) for row in services if row["usd"]}
    for aws, azure, minimum, maximum in ALIKE:
        one, other = prices.get(("me-central-1", *aws)), prices.get(("uaenorth", *azure))
        if one and other and not minimum <= one / other <= maximum:
            yield "me-central-1 or uaenorth", *aws, "usd"


def regions_alike(services: Iterable[Row]) -> Iterator[Cell]:
    """Yields services with different prices in Azure's two regions from one source."""
    recording: dict[tuple[str, ...], str] = {}
    for row in services:
        key = (row["service"], row["sku"], row["source"])
        if row["region"].startswith("uae") and recording.setdefault(key, row["usd"]) != row["usd"]:
            yield "uaecentral or uaenorth", row["service"], row["sku"], "usd"


def problems(found: Tables, today: date) -> set[Cell]:
    """Yields every cell that looks wrong, including unsettled ones."""
    services, machines = found["services"], found["machines"]
    return {
        *dates_and_kinds(found, today),
        *against_published(services, published()),
        *ladders(services),
        *clouds_alike(services),
        *regions_alike(services),
        *families(machines),
        *machine_regions(machines),
        *shares_of_on_demand(found),
        *shares_alone_in_their_family(found),
    }
