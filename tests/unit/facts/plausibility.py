"""Plausibility checks of price rows against each other and against published list prices.

Each check yields the implausible cells. A row maps the columns of `falaj/facts/data/*.csv` to values. Tolerances are as
narrow as the current rows allow, so that a price that is wrong by half is detected.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from itertools import pairwise
from pathlib import Path
from statistics import median

from falaj.facts.machine_names import is_azure, traits
from falaj.facts.machines import PriceKind

Row = dict[str, str]
Cell = tuple[str, ...]
"""Region, service and SKU (or machine), column."""

Tables = Mapping[str, Sequence[Row]]
"""File name without `.csv` -> its rows."""

PUBLISHED_TOLERANCE = 0.15
"""Maximum relative difference from the published price after the stated regional ratio is applied."""

OBSERVED_RATIO = (0.95, 1.35)
"""Range of a price observed in the region divided by the price published for us-east-1 or East US."""

REGION_RATIO = (0.95, 1.4)
"""Range of a machine's price in uaecentral divided by that in uaenorth: about 1.3 for most, 1.18 for the M series."""

FAMILY_TOLERANCE = 0.3
SPOT_SHARE = (0.05, 1.0)
COMMITMENT_SHARE = (0.15, 1.0)

_WRONG_VCPU = "the row takes the vCPUs from the number in the name, but the size has a different number of vCPUs"
_CONSTRAINED = "a constrained size whose name does not state the vCPUs of the full one"
_STEEP = "the price list itself sells the smallest size for disproportionately less"

KNOWN_OUTLIERS: Mapping[Cell, str] = {
    **{
        (
            region,
            "managed-hsm",
            "pool",
            "usd",
        ): "4.85 USD by Infracost's test of East US; 3.20 USD by a reading of 2026"
        for region in ("uaecentral", "uaenorth")
    },
    **{
        (r, f"Standard_{n}", "on_demand"): _WRONG_VCPU for r in ("uaecentral", "uaenorth") for n in ("A9", "A10", "DS4")
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
}
"""Implausible cells that are accepted, and why. Remove an entry when its price is corrected."""


def tables() -> dict[str, list[Row]]:
    """Returns all rows of the package's data files."""
    rows: dict[str, list[Row]] = {}
    for name in ("machines", "services", "commitments"):
        with (resources.files("falaj.facts") / "data" / f"{name}.csv").open(encoding="utf-8") as source:
            rows[name] = list(csv.DictReader(source))
    return rows


def published() -> dict[tuple[str, str, str], float]:
    """Returns (cloud, service, SKU) -> list price in us-east-1 or East US."""
    with Path(__file__).with_name("published_prices.csv").open(encoding="utf-8") as source:
        return {(row["cloud"], row["service"], row["sku"]): float(row["usd"]) for row in csv.DictReader(source)}


def unsourced_prices(tables: Tables, today: date) -> Iterator[Cell]:
    """Yields prices without a valid kind, source or date, and dates that are malformed or in the future."""
    for row in tables["machines"]:
        for which in ("on_demand", "spot"):
            if not _is_sourced(
                *(row[f"{which}_{suffix}"] for suffix in ("usd", "kind", "source", "date")), today=today
            ):
                yield row["region"], row["name"], which
    for row in tables["services"]:
        if not _is_sourced(row["usd"], row["kind"], row["source"], row["date"], today=today):
            yield row["region"], row["service"], row["sku"], "usd"
    for row in tables["commitments"]:
        if not _is_sourced("1", PriceKind.OBSERVED, row["source"], row["date"], today=today):
            yield row["region"], row["name"], "date"


def _is_sourced(usd: str, kind: str, source: str, day: str, today: date) -> bool:
    if kind not in tuple(PriceKind) or (kind == PriceKind.MISSING) != (not usd):
        return False
    if kind == PriceKind.MISSING:
        return True
    dated = re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day) is not None
    return bool(source) and dated and "2020" <= day <= today.isoformat()[: len(day)]


def far_from_published(services: Iterable[Row], prices: Mapping[tuple[str, str, str], float]) -> Iterator[Cell]:
    """Yields service prices far from the published one multiplied by the ratio that the row's source states."""
    for row in services:
        listed = prices.get(("aws" if row["region"] == "me-central-1" else "azure", row["service"], row["sku"]))
        if listed is None or not row["usd"]:
            continue
        ratio = float(row["usd"]) / listed
        ratio_in_source = re.search(r"-x-(\d+\.\d+)$", row["source"])
        if row["kind"] == PriceKind.OBSERVED:
            plausible = OBSERVED_RATIO[0] <= ratio <= OBSERVED_RATIO[1]
        else:
            plausible = abs(ratio / float(ratio_in_source[1] if ratio_in_source else 1) - 1) <= PUBLISHED_TOLERANCE
        if not plausible:
            yield row["region"], row["service"], row["sku"], "usd"


SKU_RATIOS: Sequence[tuple[str, Sequence[str], float, float]] = (
    ("disk", ("p4", "p6", "p10", "p15", "p20"), 1.6, 2.1),
    ("disk", ("p20", "p30", "p40"), 1.6, 2.1),
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
    ("efs", ("standard-ia", "standard"), 9, 15),
    ("efs", ("reads", "writes"), 1.8, 2.2),
    ("s3", ("standard-ia", "standard"), 1.5, 2.3),
    ("s3", ("reads", "writes"), 11, 14),
    ("nat", ("gateway", "processed"), 0.95, 1.05),
    ("transfer", ("internet-out", "to-other-cloud"), 0.95, 1.05),
)
"""Service, SKUs in ascending order of price, and the range of each price divided by the previous one."""


def wrong_sku_ratios(services: Iterable[Row]) -> Iterator[Cell]:
    """Yields service prices that violate the order or the usual ratio of neighbouring SKUs."""
    prices = {(row["region"], row["service"], row["sku"]): float(row["usd"]) for row in services if row["usd"]}
    for region in sorted({key[0] for key in prices}):
        for service, skus, low, high in SKU_RATIOS:
            for lower, upper in pairwise(skus):
                below, above = prices.get((region, service, lower)), prices.get((region, service, upper))
                if below and above and not low <= above / below <= high:
                    yield region, service, f"{lower} or {upper}", "usd"


EQUIVALENTS: Sequence[tuple[tuple[str, str], tuple[str, str], float, float]] = (
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


def cloud_outliers(services: Iterable[Row]) -> Iterator[Cell]:
    """Yields AWS prices that are far from Azure's price for the equivalent service."""
    prices = {(row["region"], row["service"], row["sku"]): float(row["usd"]) for row in services if row["usd"]}
    for aws, azure, low, high in EQUIVALENTS:
        aws_usd, azure_usd = prices.get(("me-central-1", *aws)), prices.get(("uaenorth", *azure))
        if aws_usd and azure_usd and not low <= aws_usd / azure_usd <= high:
            yield "me-central-1 or uaenorth", *aws, "usd"


def region_outliers(services: Iterable[Row]) -> Iterator[Cell]:
    """Yields services for which one source gives the two Azure regions different prices."""
    usd_by_service: dict[tuple[str, ...], str] = {}
    for row in services:
        key = (row["service"], row["sku"], row["source"])
        if row["region"].startswith("uae") and usd_by_service.setdefault(key, row["usd"]) != row["usd"]:
            yield "uaecentral or uaenorth", row["service"], row["sku"], "usd"


def _family(row: Row) -> tuple[str, ...]:
    name = row["name"]
    if not is_azure(name):
        return row["region"], name.partition(".")[0]
    _, _, version = name.removeprefix("Standard_").partition("_")
    return row["region"], traits(name).series, version


def _billed_vcpu(row: Row) -> float:
    """Returns the billed vCPUs: for a constrained Azure size (`E16-8as_v5`) those of the full size, 16."""
    full = re.match(r"Standard_[A-Z]+(\d+)-\d+", row["name"])
    return float(full[1] if full else row["vcpu"])


def family_outliers(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields machines whose on-demand price per vCPU and per GiB both deviate from the median of their family."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in machines:
        if row["on_demand_usd"] and row["vcpu"]:
            groups[_family(row)].append(row)
    for rows in groups.values():
        if float(rows[0]["gpus"]):
            yield from _gpu_outliers(rows)
            continue
        by_vcpu = [float(row["on_demand_usd"]) / _billed_vcpu(row) for row in rows]
        by_memory = [float(r["on_demand_usd"]) / float(r["memory_gib"]) for r in rows if r["memory_gib"]]
        for row, rate in zip(rows, by_vcpu, strict=True):
            memory = float(row["on_demand_usd"]) / float(row["memory_gib"]) if row["memory_gib"] else rate
            usual = median(by_memory) if row["memory_gib"] else median(by_vcpu)
            if min(abs(rate / median(by_vcpu) - 1), abs(memory / usual - 1)) > FAMILY_TOLERANCE:
                yield row["region"], row["name"], "on_demand"


def _gpu_outliers(rows: Iterable[Row]) -> Iterator[Cell]:
    """Yields GPU machines whose price decreases with size, or increases by more than their GPUs or vCPUs plus 20 %."""
    ordered = sorted(rows, key=lambda row: (float(row["gpus"]), int(row["vcpu"])))
    for smaller, larger in pairwise(ordered):
        price_ratio = float(larger["on_demand_usd"]) / float(smaller["on_demand_usd"])
        size_ratio = max(float(larger["gpus"]) / float(smaller["gpus"]), int(larger["vcpu"]) / int(smaller["vcpu"]))
        if not 1 <= price_ratio <= size_ratio * 1.2:
            yield smaller["region"], f"{smaller['name']} or {larger['name']}", "on_demand"


def machine_region_outliers(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields Azure machines whose prices in the two regions differ by more than `REGION_RATIO`."""
    north: dict[str, float] = {}
    central: dict[str, float] = {}
    for row in machines:
        if row["on_demand_usd"] and row["region"] in ("uaenorth", "uaecentral"):
            (north if row["region"] == "uaenorth" else central)[row["name"]] = float(row["on_demand_usd"])
    for name in north.keys() & central.keys():
        if not REGION_RATIO[0] <= central[name] / north[name] <= REGION_RATIO[1]:
            yield "uaecentral or uaenorth", name, "on_demand"


def implausible_discounts(tables: Tables) -> Iterator[Cell]:
    """Yields spot and commitment prices above on demand or near zero, and three-year terms not below one-year terms."""
    on_demand: dict[tuple[str, str], float] = {}
    for row in tables["machines"]:
        if not row["on_demand_usd"]:
            continue
        price = on_demand[row["region"], row["name"]] = float(row["on_demand_usd"])
        if row["spot_usd"] and not SPOT_SHARE[0] <= float(row["spot_usd"]) / price <= SPOT_SHARE[1]:
            yield row["region"], row["name"], "spot"
    for row in tables["commitments"]:
        price = on_demand.get((row["region"], row["name"]))
        commitments = {key: float(row[key]) for key in row if key.endswith("_usd") and row[key]}
        for column, usd in commitments.items():
            if price is not None and not COMMITMENT_SHARE[0] <= usd / price <= COMMITMENT_SHARE[1]:
                yield row["region"], row["name"], column
        for kind in ("reserved", "savings"):
            one_year, three_years = commitments.get(f"{kind}_1y_usd"), commitments.get(f"{kind}_3y_usd")
            if one_year and three_years and three_years >= one_year:
                yield row["region"], row["name"], f"{kind}_3y_usd"


def problems(tables: Tables, today: date) -> set[Cell]:
    """Returns all implausible cells, including the known outliers."""
    services, machines = tables["services"], tables["machines"]
    return {
        *unsourced_prices(tables, today),
        *far_from_published(services, published()),
        *wrong_sku_ratios(services),
        *cloud_outliers(services),
        *region_outliers(services),
        *family_outliers(machines),
        *machine_region_outliers(machines),
        *implausible_discounts(tables),
    }
