"""The catalogue's CSV files as rows: read, updated from a vendor's price list, and written."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from falaj.facts.machines import needed_columns
from falaj.facts.rows import UNKNOWN
from falaj.finops.errors import BadInput
from falaj.finops.prices.vendor_list import ListedMachine, VendorList

Key = tuple[str, ...]
PriceRow = dict[str, str]

KEYS = {
    "machines": ("region", "name"),
    "services": ("region", "service", "sku"),
    "commitments": ("region", "name"),
}
"""File without `.csv` -> the columns that its rows are known by."""

COMMITMENTS = ("reserved_1y", "reserved_1y_upfront", "reserved_3y", "reserved_3y_upfront", "savings_1y", "savings_3y")


@dataclass(frozen=True)
class Tables:
    """All files: rows by their key, and the columns in their order."""

    rows: Mapping[str, Mapping[Key, PriceRow]]
    columns: Mapping[str, list[str]]


def read(folder: Path) -> Tables:
    """The files of a folder. Raises `BadInput`."""
    rows: dict[str, dict[Key, PriceRow]] = {}
    columns: dict[str, list[str]] = {}
    for name, keys in KEYS.items():
        file = folder / f"{name}.csv"
        try:
            with file.open(encoding="utf-8", newline="") as source:
                reader = csv.DictReader(source)
                rows[name] = {tuple(row[key] for key in keys): row for row in reader}
                columns[name] = list(reader.fieldnames or ())
        except (OSError, UnicodeDecodeError, KeyError) as bad:
            raise BadInput(str(file), f"cannot be read: {bad}") from None
    return Tables(rows, columns)


def write(tables: Tables, folder: Path) -> None:
    """All files: each written aside and on the disk before the first is renamed, so none is ever half there."""
    folder.mkdir(parents=True, exist_ok=True)
    aside: list[tuple[Path, Path]] = []
    try:
        for name in KEYS:
            handle, path = tempfile.mkstemp(prefix=f".{name}-", suffix=".csv", dir=folder)
            aside.append((Path(path), folder / f"{name}.csv"))
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                out.write(_text(tables, name))
                out.flush()
                os.fsync(out.fileno())
            Path(path).chmod(0o644)
        while aside:
            written, file = aside[0]
            written.replace(file)
            aside.pop(0)
    finally:
        for written, _ in aside:
            written.unlink(missing_ok=True)


def _text(tables: Tables, name: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, tables.columns[name], lineterminator="\n")
    writer.writeheader()
    regions = {region: index for index, region in enumerate(dict.fromkeys(key[0] for key in tables.rows[name]))}
    writer.writerows(
        row for _, row in sorted(tables.rows[name].items(), key=lambda pair: (regions[pair[0][0]], pair[0]))
    )
    return out.getvalue()


def updated(tables: Tables, lists: Iterable[VendorList]) -> Tables:
    """The tables with what the lists say. Rows of machines stay even where their price is gone: it is `missing`."""
    rows = {name: dict(table) for name, table in tables.rows.items()}
    for prices in lists:
        rows["machines"].update(_machines(tables, prices))
        rows["commitments"] = _committed(rows, prices)
        rows["services"].update(_services(tables, prices))
    return Tables(rows, tables.columns)


def _machines(tables: Tables, prices: VendorList) -> Iterator[tuple[Key, PriceRow]]:
    existing = {name: row for (region, name), row in tables.rows["machines"].items() if region == prices.region}
    for name, one in prices.machines.items():
        if one.unclear:
            continue
        row = existing.get(name) or _new(tables, prices, name, one)
        if row is not None:
            yield (
                (prices.region, name),
                row | _price(prices, "on_demand", one.on_demand) | _price(prices, "spot", one.spot),
            )
    for name in existing.keys() - prices.machines.keys():
        yield (prices.region, name), existing[name] | _price(prices, "on_demand", None) | _price(prices, "spot", None)


def _new(tables: Tables, prices: VendorList, name: str, one: ListedMachine) -> PriceRow | None:
    """A row for a machine that we do not have; None for one whose GPUs the list does not say.

    Facts that its row must have and that no price list says are `unknown`, until somebody looks them up.
    """
    if left_out(one):
        return None
    row = dict.fromkeys(tables.columns["machines"], "") | {"region": prices.region, "name": name, **one.specs}
    facts = (column for column in needed_columns(prices.region, float(row["gpus"])) if not row.get(column))
    return row | dict.fromkeys(facts, UNKNOWN)


def left_out(one: ListedMachine) -> bool:
    """Whether a machine that is new must be entered by hand: its list does not say how many GPUs it has."""
    return "gpus" not in one.specs


def _price(prices: VendorList, which: str, usd: Decimal | None) -> PriceRow:
    values = (
        ("", "missing", "", "") if usd is None else (f"{usd.normalize():f}", "observed", prices.source, prices.date)
    )
    return dict(zip((f"{which}_{part}" for part in ("usd", "kind", "source", "date")), values, strict=True))


def _committed(rows: Mapping[str, Mapping[Key, PriceRow]], prices: VendorList) -> dict[Key, PriceRow]:
    """All commitments, of the list's region those that the list has."""
    unclear = {name for name, one in prices.machines.items() if one.unclear}
    kept = {key: row for key, row in rows["commitments"].items() if key[0] != prices.region or key[1] in unclear}
    return kept | {key: row for key, row in _commitments(prices) if key in rows["machines"]}


def _commitments(prices: VendorList) -> Iterator[tuple[Key, PriceRow]]:
    for name, one in prices.machines.items():
        if one.commitments and not one.unclear:
            by_way = {way: one.commitments.get(way) for way in COMMITMENTS}
            usd_by_column = {f"{way}_usd": "" if usd is None else f"{usd.normalize():f}" for way, usd in by_way.items()}
            identity = {"region": prices.region, "name": name, "source": prices.source, "date": prices.date}
            yield (prices.region, name), identity | usd_by_column


def _services(tables: Tables, prices: VendorList) -> Iterator[tuple[Key, PriceRow]]:
    for (service, sku), usd in prices.units.items():
        key = (prices.region, service, sku)
        if (row := tables.rows["services"].get(key)) is not None:
            price = {"usd": f"{usd.normalize():f}", "kind": "observed", "source": prices.source, "date": prices.date}
            yield key, row | price
