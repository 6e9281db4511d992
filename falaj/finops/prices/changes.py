"""Changes of a price update, and the plausibility checks that they must pass."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.machine_names import is_azure
from falaj.facts.prices import WINDOWS_USD_VCPU_HOUR
from falaj.finops.prices.tables import COMMITMENTS, KEYS, PriceRow, Tables, left_out
from falaj.finops.prices.vendor_list import VendorList

BEYOND = 10
"""A price that is so many times what it was, or less by as much, is a slip of a list more likely than a price."""

_PRICES = {
    "machines": ("on_demand", "spot"),
    "services": ("",),
    "commitments": COMMITMENTS,
}


@dataclass(frozen=True)
class PriceChange:
    """One price that another one replaces; None where there was none or is none."""

    table: str
    region: str
    what: str
    before: Decimal | None
    after: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """Increase of the price."""
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
    """All prices that change, the greatest change first; what is new or gone before it."""
    result = [change for table in KEYS for change in _of_table(table, before, after)]
    return sorted(result, key=lambda one: (-_weight(one), one.region, one.what))


def _weight(change: PriceChange) -> Decimal:
    return Decimal("Infinity") if change.percent is None else abs(change.percent)


def _of_table(table: str, before: Tables, after: Tables) -> Iterator[PriceChange]:
    for key in {**before.rows[table], **after.rows[table]}:
        was, now = before.rows[table].get(key, {}), after.rows[table].get(key, {})
        for which in _PRICES[table]:
            old, new = _usd(was, which), _usd(now, which)
            if old != new:
                yield PriceChange(table, key[0], " ".join((*key[1:], which)).strip(), old, new)


def _usd(row: PriceRow, which: str) -> Decimal | None:
    text = row.get(f"{which}_usd" if which else "usd", "")
    return Decimal(text) if text else None


def doubts(before: Tables, after: Tables, lists: Iterable[VendorList]) -> Iterator[str]:
    """Why a refresh should not be believed, one sentence each."""
    for prices in lists:
        yield from _too_few(before, after, prices)
    for change in changes(before, after):
        if change.before and change.after is not None:
            times = change.after / change.before
            if times > BEYOND or times * BEYOND < 1:
                yield f"{change.region} {change.what} goes from {change.before} to {change.after} USD"
    yield from _windows(before, after)


def _too_few(before: Tables, after: Tables, prices: VendorList) -> Iterator[str]:
    had = [
        name
        for (region, name), row in before.rows["machines"].items()
        if region == prices.region and row["on_demand_usd"]
    ]
    still = sum(1 for name in had if name in prices.machines)
    if still * 2 < len(had):
        yield f"the list of {prices.region} has {still} of the {len(had)} machines that have a price now"
    committed, now = (sum(1 for key in t.rows["commitments"] if key[0] == prices.region) for t in (before, after))
    if now * 2 < committed:
        yield f"the list of {prices.region} has commitments of {now} machines where there were {committed}"
    units = [key for key, row in before.rows["services"].items() if key[0] == prices.region and row["usd"]]
    requested = len(prices.units) + len(prices.unmatched)
    if units and len(prices.units) * 2 < requested:
        yield f"the list of {prices.region} has {len(prices.units)} of the {requested} service rows that were requested"


def _windows(before: Tables, after: Tables) -> Iterator[str]:
    """Prices of Azure that are dearer by just a Windows licence."""
    for key, now in after.rows["machines"].items():
        old, new = _usd(before.rows["machines"].get(key, {}), "on_demand"), _usd(now, "on_demand")
        if old is None or new is None or not now["vcpu"] or not is_azure(key[1]):
            continue
        vcpu = Decimal(now["vcpu"])
        if abs(old + vcpu * WINDOWS_USD_VCPU_HOUR - new) < Decimal("0.0005") * vcpu:
            yield f"{key[0]} {key[1]} goes from {old} to {new} USD: higher by exactly a Windows licence"


def by_hand(before: Tables, lists: Iterable[VendorList]) -> list[str]:
    """Machines that are new and left out, because their list does not say what they are."""
    return sorted(
        f"{prices.region} {name}"
        for prices in lists
        for name, one in prices.machines.items()
        if left_out(one) and (prices.region, name) not in before.rows["machines"]
    )
