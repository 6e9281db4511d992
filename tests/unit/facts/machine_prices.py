"""Checks of the machines' prices against each other: each returns the cells that look wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from statistics import median

from falaj.facts.machine_names import is_azure, traits

Row = dict[str, str]
"""Columns of a file in `falaj/facts/data`."""
Cell = tuple[str, ...]
"""Region, service and SKU or machine, column."""
Tables = Mapping[str, Sequence[Row]]
"""File without `.csv` -> its rows."""

REGIONS_ALIKE = (0.95, 1.4)
"""A machine in uaecentral, divided by the same one in uaenorth: about 1.3 for most, 1.18 for the M series."""

FAMILY_TOLERANCE = 0.3
GPU_FAMILY_TOLERANCE = 0.2
SPOT_SHARE = (0.05, 1.0)
COMMITMENT_SHARE = (0.15, 1.0)
GPU_TOLERANCE = 0.05
MIXED_RATIOS = 2
"""GPUs a vCPU that a family has at most if its price follows the vCPUs alone."""
SPOT_NEIGHBOUR, COMMITMENT_NEIGHBOUR = 0.15, 0.1
"""A share of the on-demand price differs by at most so much from that of one other machine of its family."""


def family(row: Row) -> tuple[str, ...]:
    name = row["name"]
    if not is_azure(name):
        return row["region"], name.partition(".")[0]
    _, _, version = name.removeprefix("Standard_").partition("_")
    return row["region"], traits(name).series, version


def _billed_vcpu(row: Row) -> float:
    """vCPUs that are paid for: of a constrained size of Azure (`E16-8as_v5`) all, 16."""
    full = re.match(r"Standard_[A-Z]+(\d+)[a-z]*-\d+", row["name"])
    return float(full[1] if full else row["vcpu"])


def families(machines: Iterable[Row]) -> Iterator[Cell]:
    """Machines whose on-demand price grows neither with their vCPUs nor with their memory as their family's does."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in machines:
        if row["on_demand_usd"] and row["vcpu"]:
            groups[family(row)].append(row)
    for rows in groups.values():
        if len({round(float(row["gpus"]) / int(row["vcpu"]), 3) for row in rows}) > MIXED_RATIOS:
            yield from _off_the_plane(rows)
            continue
        by_vcpu = [float(row["on_demand_usd"]) / _billed_vcpu(row) for row in rows]
        by_memory = [float(r["on_demand_usd"]) / float(r["memory_gib"]) for r in rows if r["memory_gib"]]
        for row, rate in zip(rows, by_vcpu, strict=True):
            memory = float(row["on_demand_usd"]) / float(row["memory_gib"]) if row["memory_gib"] else rate
            usual = median(by_memory) if row["memory_gib"] else median(by_vcpu)
            tolerance = GPU_FAMILY_TOLERANCE if float(row["gpus"]) else FAMILY_TOLERANCE
            if min(abs(rate / median(by_vcpu) - 1), abs(memory / usual - 1)) > tolerance:
                yield row["region"], row["name"], "on_demand"


def _off_the_plane(rows: Sequence[Row]) -> Iterator[Cell]:
    """Machines whose on-demand price is not so much a GPU plus so much a vCPU, as their family's is.

    Each pair of machines gives one price a GPU and one a vCPU; the medians are right as long as most cells are.
    """
    rates: list[tuple[float, float]] = []
    for one, other in combinations(rows, 2):
        (gpus, vcpu, usd), (more_gpus, more_vcpu, more_usd) = map(_gpus_vcpu_usd, (one, other))
        if determinant := gpus * more_vcpu - more_gpus * vcpu:
            a_gpu = (usd * more_vcpu - more_usd * vcpu) / determinant
            a_vcpu = (gpus * more_usd - more_gpus * usd) / determinant
            rates.append((a_gpu, a_vcpu))
    usd_a_gpu, usd_a_vcpu = (median(rate) for rate in zip(*rates, strict=True))
    for row in rows:
        gpus, vcpu, usd = _gpus_vcpu_usd(row)
        if abs(usd / (gpus * usd_a_gpu + vcpu * usd_a_vcpu) - 1) > GPU_TOLERANCE:
            yield row["region"], row["name"], "on_demand"


def _gpus_vcpu_usd(row: Row) -> tuple[float, int, float]:
    return float(row["gpus"]), int(row["vcpu"]), float(row["on_demand_usd"])


def machine_regions(machines: Iterable[Row]) -> Iterator[Cell]:
    """Machines of Azure whose two regions are further apart than any that is known to be right."""
    north: dict[str, float] = {}
    central: dict[str, float] = {}
    for row in machines:
        if row["on_demand_usd"] and row["region"] in ("uaenorth", "uaecentral"):
            (north if row["region"] == "uaenorth" else central)[row["name"]] = float(row["on_demand_usd"])
    for name in north.keys() & central.keys():
        if not REGIONS_ALIKE[0] <= central[name] / north[name] <= REGIONS_ALIKE[1]:
            yield "uaecentral or uaenorth", name, "on_demand"


def shares_of_on_demand(found: Tables) -> Iterator[Cell]:
    """Spot prices, reservations and savings plans that are dearer than on demand, or next to nothing."""
    on_demand: dict[tuple[str, str], float] = {}
    for row in found["machines"]:
        if not row["on_demand_usd"]:
            continue
        price = on_demand[row["region"], row["name"]] = float(row["on_demand_usd"])
        if row["spot_usd"] and not SPOT_SHARE[0] <= float(row["spot_usd"]) / price <= SPOT_SHARE[1]:
            yield row["region"], row["name"], "spot"
    for row in found["commitments"]:
        price = on_demand.get((row["region"], row["name"]))
        stated = {key: float(row[key]) for key in row if key.endswith("_usd") and row[key]}
        for column, usd in stated.items():
            if price is not None and not COMMITMENT_SHARE[0] <= usd / price <= COMMITMENT_SHARE[1]:
                yield row["region"], row["name"], column
        for kind in ("reserved", "savings"):
            one, three = stated.get(f"{kind}_1y_usd"), stated.get(f"{kind}_3y_usd")
            if one and three and three >= one:
                yield row["region"], row["name"], f"{kind}_3y_usd"


def shares_alone_in_their_family(found: Tables) -> Iterator[Cell]:
    """Spot prices and commitments whose share of the on-demand price no other machine of the family comes near."""
    shares: dict[tuple[str, ...], list[tuple[Cell, float]]] = defaultdict(list)
    for group, cell, share in _shares(found):
        shares[group].append((cell, share))
    for (*_, column), members in shares.items():
        tolerance = SPOT_NEIGHBOUR if column == "spot_usd" else COMMITMENT_NEIGHBOUR
        for cell, share in members:
            others = [other for neighbour, other in members if neighbour != cell]
            if len(others) > 1 and all(abs(share / other - 1) > tolerance for other in others):
                yield cell


def _shares(found: Tables) -> Iterator[tuple[tuple[str, ...], Cell, float]]:
    """Family and column, cell, and the share of the on-demand price."""
    on_demand = {(row["region"], row["name"]): row for row in found["machines"] if row["on_demand_usd"]}
    for row in (*found["machines"], *found["commitments"]):
        machine = on_demand.get((row["region"], row["name"]))
        for column in row:
            if machine and column.endswith("_usd") and column != "on_demand_usd" and row[column]:
                cell = (row["region"], row["name"], column.removesuffix("_usd") if column == "spot_usd" else column)
                # Spot prices are a region's own; commitments have one discount in both regions of Azure.
                group = family(machine) if column == "spot_usd" else family(machine)[1:]
                yield (*group, column), cell, float(row[column]) / float(machine["on_demand_usd"])
