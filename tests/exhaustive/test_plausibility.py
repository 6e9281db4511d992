"""No price row is far from its neighbours or from published prices, and each has a date; a wrong cell is found."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

import pytest

from tests.exhaustive import plausibility
from tests.exhaustive.machine_prices import (
    Cell,
    Row,
    families,
    family,
    machine_regions,
    shares_alone_in_their_family,
)
from tests.exhaustive.plausibility import UNSETTLED

TABLES = plausibility.tables()
SERVICES = TABLES["services"]
TODAY = datetime.now(UTC).date()
PRICED = [index for index, row in enumerate(SERVICES) if row["usd"] and float(row["usd"])]
PUBLISHED = plausibility.published()


def published(row: Row) -> bool:
    return ("aws" if row["region"] == "me-central-1" else "azure", row["service"], row["sku"]) in PUBLISHED


def changed(rows: Sequence[Row], column: str, factor: float, indices: Sequence[int]) -> list[Row]:
    """Returns the rows, with one column of some of them multiplied."""
    result = list(rows)
    for index in indices:
        result[index] = rows[index] | {column: f"{float(rows[index][column]) * factor:.6f}"}
    return result


def of_services(rows: Sequence[Row]) -> set[Cell]:
    checks = (plausibility.ladders, plausibility.clouds_alike, plausibility.regions_alike)
    result = {*plausibility.against_published(rows, PUBLISHED)}
    return result.union(*(check(rows) for check in checks))


def test_no_cell_looks_wrong_but_those_that_are_known() -> None:
    assert plausibility.problems(TABLES, TODAY) == set(UNSETTLED)


def test_published_prices_are_prices_of_rows_that_there_are() -> None:
    here = {("aws" if row["region"] == "me-central-1" else "azure", row["service"], row["sku"]) for row in SERVICES}
    assert set(PUBLISHED) <= here
    covered = [row for row in SERVICES if row["usd"] and published(row)]
    assert len(covered) / len(PRICED) > 0.6


def test_a_control_plane_at_half_as_much_again_is_found() -> None:
    (index,) = [n for n, row in enumerate(SERVICES) if (row["service"], row["sku"]) == ("eks", "cluster")]
    assert SERVICES[index]["usd"] == "0.1"
    result = of_services(changed(SERVICES, "usd", 1.5, [index]))
    assert ("me-central-1", "eks", "cluster", "usd") in result


@pytest.mark.parametrize("factor", [1.5, 1 / 1.5, 10])
def test_every_service_price_that_is_published_is_held(factor: float) -> None:
    usual = of_services(SERVICES)
    held = [index for index in PRICED if published(SERVICES[index]) and SERVICES[index]["service"] != "managed-hsm"]
    lost = [SERVICES[n] for n in held if of_services(changed(SERVICES, "usd", factor, [n])) <= usual]
    assert not lost


def test_every_service_price_is_held_by_a_published_one_or_by_its_neighbours() -> None:
    usual = of_services(SERVICES)
    lost = [SERVICES[n] for n in PRICED if of_services(changed(SERVICES, "usd", 1.5, [n])) <= usual]
    assert not lost, [(row["region"], row["service"], row["sku"]) for row in lost]


def one_a_family(rows: Sequence[Row], column: str) -> Iterator[list[int]]:
    """Indices of priced machines: every third of a family, one per family at a time: its neighbours stay right."""
    families_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row[column] and row.get("vcpu", "1"):
            families_of[family(row)].append(index)
    for turn in range(0, max(map(len, families_of.values())), 3):
        yield [members[turn] for members in families_of.values() if turn < len(members)]


def names(cells: set[Cell]) -> set[tuple[str, str]]:
    return {(region, name) for cell in cells for region in cell[0].split(" or ") for name in cell[1].split(" or ")}


def noticed(table: str, column: str, factor: float, check: Callable[[plausibility.Tables], Iterable[Cell]]) -> float:
    """Share of the cells of a column that the check finds when they are wrong by a factor."""
    rows, changes, hits = TABLES[table], 0, 0
    for chosen in one_a_family(rows, column):
        for of_north in (True, False):  # so that the other region of Azure stays right
            some = [index for index in chosen if (rows[index]["region"] == "uaenorth") is of_north]
            wrong = changed(rows, column, factor, some)
            found = names({*check(TABLES | {table: wrong})})
            changes += len(some)
            hits += sum((wrong[index]["region"], wrong[index]["name"]) in found for index in some)
    return hits / changes


def on_demand(found: plausibility.Tables) -> set[Cell]:
    return {*families(found["machines"]), *machine_regions(found["machines"])}


@pytest.mark.parametrize(
    ("table", "column", "check", "least"),
    [
        ("machines", "on_demand_usd", on_demand, 0.93),
        ("machines", "spot_usd", shares_alone_in_their_family, 0.79),
        ("commitments", "reserved_1y_usd", shares_alone_in_their_family, 0.9),
        ("commitments", "reserved_3y_usd", shares_alone_in_their_family, 0.9),
    ],
)
@pytest.mark.parametrize("factor", [1.5, 1 / 1.5])
def test_nearly_every_machine_price_that_is_wrong_by_half_is_found(
    table: str, column: str, check: Callable[..., Iterable[Cell]], least: float, factor: float
) -> None:
    share = noticed(table, column, factor, check)
    assert share > least, share


def gpu_machines() -> list[int]:
    rows = TABLES["machines"]
    gpus = [index for index, row in enumerate(rows) if float(row["gpus"]) and row["on_demand_usd"]]
    return [index for index in gpus if sum(family(rows[other]) == family(rows[index]) for other in gpus) > 2]


@pytest.mark.parametrize("factor", [1.5, 1.1, 1 / 1.5])
def test_every_gpu_machine_with_a_family_is_found_when_its_price_is_wrong(factor: float) -> None:
    rows = TABLES["machines"]
    chosen = [index for index in gpu_machines() if factor != 1.1 or rows[index]["region"] == "me-central-1"]
    lost = [
        rows[index]["name"]
        for index in chosen
        if rows[index]["name"] not in {cell[1] for cell in families(changed(rows, "on_demand_usd", factor, [index]))}
    ]
    assert len(chosen) > 20
    assert not lost


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("services", "date", "2031-01"),
        ("services", "date", "soon"),
        ("services", "kind", "guessed"),
        ("services", "source", ""),
        ("services", "usd", ""),
        ("machines", "on_demand_date", "2031-01-01"),
        ("machines", "on_demand_kind", "missing"),
        ("machines", "spot_usd", "99"),
        ("commitments", "date", "2031-01-01"),
        ("commitments", "reserved_1y_usd", "99"),
        ("commitments", "reserved_3y_upfront_usd", "0.001"),
    ],
)
def test_a_row_that_cannot_be_is_found(table: str, column: str, value: str) -> None:
    rows = [TABLES[table][0] | {column: value}, *TABLES[table][1:]]
    assert plausibility.problems(TABLES | {table: rows}, TODAY) > set(UNSETTLED)
