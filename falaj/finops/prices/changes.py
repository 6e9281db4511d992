"""Changes of a price update, and the plausibility checks that they must pass."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.machine_names import is_azure
from falaj.facts.prices import WINDOWS_USD_VCPU_HOUR
from falaj.finops.prices.tables import COMMITMENTS, KEYS, SERVICES, PriceRow, Tables, needs_manual_entry
from falaj.finops.prices.vendor_list import VendorList

IMPLAUSIBLE_FACTOR = 10
"""A price that rises or falls by more than this factor is more likely an error of the list."""

_PRICE_COLUMNS = {"machines": ("on_demand", "spot"), "commitments": COMMITMENTS, **dict.fromkeys(SERVICES, ("",))}


@dataclass(frozen=True)
class PriceChange:
    """One price that changes; `before` or `after` is None if the price is new or gone."""

    table: str
    region: str
    what: str
    before: Decimal | None
    after: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """Change of the price in percent; None if the price is new, gone or was zero."""
        if not self.before or self.after is None:
            return None
        return (self.after / self.before - 1) * 100

    @property
    def label(self) -> str:
        """`new`, `gone` or the change in percent."""
        if self.after is None:
            return "gone"
        if self.before is None:
            return "new"
        return "from zero" if self.percent is None else f"{self.percent:+.1f} %"


def changes(before: Tables, after: Tables) -> list[PriceChange]:
    """Returns all changed prices: new and removed ones first, then by decreasing change in percent."""
    result = [change for table in KEYS for change in _table_changes(table, before, after)]
    return sorted(result, key=lambda change: (-_magnitude(change), change.region, change.what))


def _magnitude(change: PriceChange) -> Decimal:
    return Decimal("Infinity") if change.percent is None else abs(change.percent)


def _table_changes(table: str, before: Tables, after: Tables) -> Iterator[PriceChange]:
    for key in {**before.rows[table], **after.rows[table]}:
        old_row, new_row = before.rows[table].get(key, {}), after.rows[table].get(key, {})
        for column in _PRICE_COLUMNS[table]:
            old, new = _usd(old_row, column), _usd(new_row, column)
            if old != new:
                yield PriceChange(table, key[0], " ".join((*key[1:], column)).strip(), old, new)


def _usd(row: PriceRow, column: str) -> Decimal | None:
    text = row.get(f"{column}_usd" if column else "usd", "")
    return Decimal(text) if text else None


def implausible_changes(before: Tables, after: Tables, lists: Iterable[VendorList]) -> Iterator[str]:
    """Yields the reasons why an update is implausible, one sentence each."""
    for prices in lists:
        yield from _too_few(before, after, prices)
    for change in changes(before, after):
        if change.before and change.after is not None:
            factor = change.after / change.before
            if factor > IMPLAUSIBLE_FACTOR or factor * IMPLAUSIBLE_FACTOR < 1:
                yield f"{change.region} {change.what} goes from {change.before} to {change.after} USD"
    yield from _windows_prices(before, after)


def _too_few(before: Tables, after: Tables, prices: VendorList) -> Iterator[str]:
    priced = [
        name
        for (region, name), row in before.rows["machines"].items()
        if region == prices.region and row["on_demand_usd"]
    ]
    listed = sum(1 for name in priced if name in prices.machines)
    if listed * 2 < len(priced):
        yield f"the list of {prices.region} has only {listed} of the {len(priced)} machines that currently have a price"
    committed_before, committed_after = (
        sum(1 for key in tables.rows["commitments"] if key[0] == prices.region) for tables in (before, after)
    )
    if committed_after * 2 < committed_before:
        yield f"the list of {prices.region} has commitments of {committed_after} machines instead of {committed_before}"
    requested = len(prices.units) + len(prices.unmatched)
    if len(prices.units) * 2 < requested:
        yield f"the list of {prices.region} has only {len(prices.units)} of the {requested} requested service rows"


def _windows_prices(before: Tables, after: Tables) -> Iterator[str]:
    """Yields Azure prices that rise by exactly the price of a Windows licence."""
    for key, row in after.rows["machines"].items():
        old_usd, new_usd = _usd(before.rows["machines"].get(key, {}), "on_demand"), _usd(row, "on_demand")
        if old_usd is None or new_usd is None or not row["vcpu"] or not is_azure(key[1]):
            continue
        vcpu = Decimal(row["vcpu"])
        if abs(old_usd + vcpu * WINDOWS_USD_VCPU_HOUR - new_usd) < Decimal("0.0005") * vcpu:
            yield f"{key[0]} {key[1]} goes from {old_usd} to {new_usd} USD: higher by exactly a Windows licence"


def manual_entries(before: Tables, lists: Iterable[VendorList]) -> list[str]:
    """Returns new machines that are skipped because their list does not state their GPUs."""
    return sorted(
        f"{prices.region} {name}"
        for prices in lists
        for name, machine in prices.machines.items()
        if needs_manual_entry(machine) and (prices.region, name) not in before.rows["machines"]
    )
