"""Every price row is dated and plausible compared with its neighbours and published prices; errors are detected."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from tests.unit.facts import plausibility
from tests.unit.facts.plausibility import KNOWN_OUTLIERS, Cell, Row

TABLES = plausibility.tables()
SERVICES = TABLES["services"]
TODAY = datetime.now(UTC).date()
PRICED = [index for index, row in enumerate(SERVICES) if row["usd"] and float(row["usd"])]
PUBLISHED = plausibility.published()


def has_published_price(row: Row) -> bool:
    return ("aws" if row["region"] == "me-central-1" else "azure", row["service"], row["sku"]) in PUBLISHED


def changed(rows: Sequence[Row], column: str, factor: float, indices: Sequence[int]) -> list[Row]:
    """Returns the rows with a column of the rows at `indices` multiplied by `factor`."""
    result = list(rows)
    for index in indices:
        result[index] = rows[index] | {column: f"{float(rows[index][column]) * factor:.6f}"}
    return result


def service_outliers(rows: Sequence[Row]) -> set[Cell]:
    checks = (plausibility.wrong_sku_ratios, plausibility.cloud_outliers, plausibility.region_outliers)
    cells = {*plausibility.far_from_published(rows, PUBLISHED)}
    return cells.union(*(check(rows) for check in checks))


def test_only_the_known_outliers_are_implausible() -> None:
    assert plausibility.problems(TABLES, TODAY) == set(KNOWN_OUTLIERS)


def test_published_prices_belong_to_existing_rows() -> None:
    existing = {("aws" if row["region"] == "me-central-1" else "azure", row["service"], row["sku"]) for row in SERVICES}
    assert set(PUBLISHED) <= existing
    covered = [row for row in SERVICES if row["usd"] and has_published_price(row)]
    assert len(covered) / len(PRICED) > 0.6


def test_a_control_plane_price_that_is_50_percent_too_high_is_detected() -> None:
    (index,) = [n for n, row in enumerate(SERVICES) if (row["service"], row["sku"]) == ("eks", "cluster")]
    assert SERVICES[index]["usd"] == "0.1"
    cells = service_outliers(changed(SERVICES, "usd", 1.5, [index]))
    assert ("me-central-1", "eks", "cluster", "usd") in cells


@pytest.mark.parametrize("factor", [1.5, 1 / 1.5, 10])
def test_every_wrong_service_price_with_a_published_one_is_detected(factor: float) -> None:
    known = service_outliers(SERVICES)
    checked = [
        index
        for index in PRICED
        if has_published_price(SERVICES[index]) and SERVICES[index]["service"] != "managed-hsm"
    ]
    undetected = [SERVICES[n] for n in checked if service_outliers(changed(SERVICES, "usd", factor, [n])) <= known]
    assert not undetected


def test_every_wrong_service_price_is_detected() -> None:
    known = service_outliers(SERVICES)
    undetected = [SERVICES[n] for n in PRICED if service_outliers(changed(SERVICES, "usd", 1.5, [n])) <= known]
    assert not undetected, [(row["region"], row["service"], row["sku"]) for row in undetected]


def one_per_family(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Yields indices of priced machines, one per family at a time so that its neighbours stay correct; every third."""
    families: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row["on_demand_usd"] and row["vcpu"]:
            families[plausibility._family(row)].append(index)
    for turn in range(0, max(map(len, families.values())), 3):
        yield [members[turn] for members in families.values() if turn < len(members)]


def names(cells: set[Cell]) -> set[tuple[str, str]]:
    return {(region, name) for cell in cells for region in cell[0].split(" or ") for name in cell[1].split(" or ")}


def test_nearly_every_wrong_machine_price_is_detected() -> None:
    machines, total, detected = TABLES["machines"], 0, 0
    for chosen in one_per_family(machines):
        for is_north in (True, False):  # so that the other Azure region stays correct
            indices = [index for index in chosen if (machines[index]["region"] == "uaenorth") is is_north]
            rows = changed(machines, "on_demand_usd", 1.5, indices)
            outliers = names({*plausibility.family_outliers(rows), *plausibility.machine_region_outliers(rows)})
            total += len(indices)
            detected += sum((rows[index]["region"], rows[index]["name"]) in outliers for index in indices)
    assert detected / total > 0.9, f"{detected} of {total}"


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
def test_invalid_rows_are_detected(table: str, column: str, value: str) -> None:
    rows = [TABLES[table][0] | {column: value}, *TABLES[table][1:]]
    assert plausibility.problems(TABLES | {table: rows}, TODAY) > set(KNOWN_OUTLIERS)
