"""The catalogue's CSV files as rows: reading, updating from a vendor's price list, and writing."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from falaj.facts.machine_rules import needed_columns
from falaj.facts.rows import UNKNOWN, files
from falaj.finops.errors import BadInput
from falaj.finops.prices.vendor_list import ListedMachine, VendorList

Key = tuple[str, ...]
PriceRow = dict[str, str]

SERVICES = ("services", *(file.removesuffix(".csv") for file in files("services")))
"""Files of services' prices, without `.csv`."""

KEYS = {
    "machines": ("region", "name"),
    "commitments": ("region", "name"),
    **dict.fromkeys(SERVICES, ("region", "service", "sku")),
}
"""File, without `.csv` -> its key columns."""

COMMITMENTS = ("reserved_1y", "reserved_1y_upfront", "reserved_3y", "reserved_3y_upfront", "savings_1y", "savings_3y")


@dataclass(frozen=True)
class Tables:
    """All files: rows by key, and columns in file order."""

    rows: Mapping[str, Mapping[Key, PriceRow]]
    columns: Mapping[str, list[str]]


def read(folder: Path, fallback: Path | None = None) -> Tables:
    """Reads the files of a folder; those that it lacks, from `fallback` if one is given. Raises `BadInput`."""
    rows: dict[str, dict[Key, PriceRow]] = {}
    columns: dict[str, list[str]] = {}
    for name, keys in KEYS.items():
        file = folder / f"{name}.csv"
        if fallback is not None and not file.is_file():
            file = fallback / f"{name}.csv"
        try:
            with file.open(encoding="utf-8", newline="") as source:
                reader = csv.DictReader(source)
                rows[name] = {tuple(row[key] for key in keys): row for row in reader}
                columns[name] = list(reader.fieldnames or ())
        except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
            raise BadInput(str(file), f"cannot be read: {error}") from None
    return Tables(rows, columns)


def write(tables: Tables, folder: Path) -> None:
    """Writes all files atomically: each is written to a temporary file and synced before the first is renamed."""
    pending: list[tuple[Path, Path]] = []
    try:
        for name in KEYS:
            file = folder / f"{name}.csv"
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=".csv", dir=file.parent)
            pending.append((Path(path), file))
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                out.write(_text(tables, name))
                out.flush()
                os.fsync(out.fileno())
            Path(path).chmod(0o644)
        while pending:
            temporary, file = pending[0]
            temporary.replace(file)
            pending.pop(0)
    finally:
        for temporary, _ in pending:
            temporary.unlink(missing_ok=True)


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
    """Returns the tables updated from the lists. A machine whose price is gone keeps its row; its
    price is `missing`.
    """
    rows = {name: dict(table) for name, table in tables.rows.items()}
    for prices in lists:
        rows["machines"].update(_machine_rows(tables, prices))
        rows["commitments"] = _updated_commitments(rows, prices)
        for file in SERVICES:
            rows[file].update(_service_rows(tables.rows[file], prices))
    return Tables(rows, tables.columns)


def _machine_rows(tables: Tables, prices: VendorList) -> Iterator[tuple[Key, PriceRow]]:
    existing = {name: row for (region, name), row in tables.rows["machines"].items() if region == prices.region}
    for name, machine in prices.machines.items():
        if machine.unclear:
            continue
        row = existing.get(name) or _new_row(tables, prices, name, machine)
        if row is not None:
            yield (
                (prices.region, name),
                row
                | _price_columns(prices, "on_demand", machine.on_demand)
                | _price_columns(prices, "spot", machine.spot),
            )
    for name in sorted(existing.keys() - prices.machines.keys()):
        yield (
            (prices.region, name),
            existing[name] | _price_columns(prices, "on_demand", None) | _price_columns(prices, "spot", None),
        )


def _new_row(tables: Tables, prices: VendorList, name: str, machine: ListedMachine) -> PriceRow | None:
    """Returns a row for a machine that is not in the catalogue; None if the list does not state its GPUs.

    Required facts that no price list contains are `unknown` until someone looks them up.
    """
    if needs_manual_entry(machine):
        return None
    row = dict.fromkeys(tables.columns["machines"], "") | {"region": prices.region, "name": name, **machine.specs}
    facts = (column for column in needed_columns(prices.region, float(row["gpus"])) if not row.get(column))
    return row | dict.fromkeys(facts, UNKNOWN)


def needs_manual_entry(machine: ListedMachine) -> bool:
    """Returns whether a new machine must be entered by hand because its list does not state its number of GPUs."""
    return "gpus" not in machine.specs


def _price_columns(prices: VendorList, capacity: str, usd: Decimal | None) -> PriceRow:
    values = (
        ("", "missing", "", "") if usd is None else (f"{usd.normalize():f}", "observed", prices.source, prices.date)
    )
    return dict(zip((f"{capacity}_{suffix}" for suffix in ("usd", "kind", "source", "date")), values, strict=True))


def _updated_commitments(rows: Mapping[str, Mapping[Key, PriceRow]], prices: VendorList) -> dict[Key, PriceRow]:
    """Returns all commitments; those of the list's region come from the list."""
    unclear = {name for name, machine in prices.machines.items() if machine.unclear}
    unchanged = {key: row for key, row in rows["commitments"].items() if key[0] != prices.region or key[1] in unclear}
    return unchanged | {key: row for key, row in _commitment_rows(prices) if key in rows["machines"]}


def _commitment_rows(prices: VendorList) -> Iterator[tuple[Key, PriceRow]]:
    for name, machine in prices.machines.items():
        if machine.commitments and not machine.unclear:
            usd_by_commitment = {commitment: machine.commitments.get(commitment) for commitment in COMMITMENTS}
            columns = {
                f"{commitment}_usd": "" if usd is None else f"{usd.normalize():f}"
                for commitment, usd in usd_by_commitment.items()
            }
            identity = {"region": prices.region, "name": name, "source": prices.source, "date": prices.date}
            yield (prices.region, name), identity | columns


def _service_rows(rows: Mapping[Key, PriceRow], prices: VendorList) -> Iterator[tuple[Key, PriceRow]]:
    for (service, sku), usd in prices.units.items():
        key = (prices.region, service, sku)
        if (row := rows.get(key)) is not None:
            price = {"usd": f"{usd.normalize():f}", "kind": "observed", "source": prices.source, "date": prices.date}
            yield key, row | price
