"""A price book from a price sheet: machines and service rows of the catalogue, with a partner's margin, in USD."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from falaj.facts.machines import machines
from falaj.finops.errors import BadInput
from falaj.finops.prices.azure_list import EXCLUDED, MACHINES, first_paid_tier
from falaj.finops.prices.azure_meter import Meter
from falaj.finops.prices.azure_meters import SHEET_METERS
from falaj.finops.prices.azure_price_sheet import Agreement, PriceSheet, SheetPrice, unit_of, valid_on
from falaj.finops.prices.book import MACHINE
from falaj.finops.prices.vendor_list import one_price

_SPOT = " Spot"
_PLACES = Decimal("1e-12")
"""USD are written with at most 12 decimals: a division by the rate has no end."""

_Key = tuple[str, str, str, str]
"""Region, service, SKU, capacity."""


@dataclass(frozen=True)
class SheetTerms:
    """How a sheet's prices become the customer's: the partner's margin in percent, AED per USD for prices in AED."""

    contract: str
    day: date
    margin: Decimal = Decimal(0)
    aed_per_usd: Decimal | None = None


@dataclass(frozen=True)
class SheetBook:
    """A price book as YAML, how many rates it has, and the catalogue rows that the sheet does not settle."""

    text: str
    rates: int
    unmatched: tuple[str, ...]


def book_of(sheet: PriceSheet, terms: SheetTerms) -> SheetBook:
    """Returns the price book of the prices that are valid on the day. Raises `BadInput`."""
    prices: dict[_Key, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    valid = list(valid_on(sheet, terms.day))
    for item in valid:
        for key in (*_machines(item), *_services(item, sheet.agreement)):
            prices[key].append((item.tier, _usd(item, terms) * _block(key)))
    unmatched: list[str] = []
    rates: list[dict[str, Any]] = []
    for (region, service, sku, capacity), tiers in sorted(prices.items()):
        usd = one_price(first_paid_tier(tiers), f"{service} {sku} in {region}", unmatched)
        if usd is not None:
            rate = {"region": region, "service": service, "sku": sku, "usd": f"{usd.normalize():f}"}
            rates.append(rate | ({"capacity": capacity} if capacity == "spot" else {}))
    if not rates:
        raise BadInput("price sheet", f"has no price of {terms.day} for a machine or service of the catalogue")
    header = {"contract": _contract(terms), **_validity(valid, terms.day)}
    text = yaml.safe_dump(header | {"rates": rates}, sort_keys=False, allow_unicode=True)
    return SheetBook(text, len(rates), tuple(unmatched))


def _contract(terms: SheetTerms) -> str:
    margin = f", margin {terms.margin.normalize():f} %" if terms.margin else ""
    rate = f", {terms.aed_per_usd} AED per USD" if terms.aed_per_usd is not None else ""
    return f"{terms.contract}{margin}{rate}"


def _validity(prices: Iterable[SheetPrice], day: date) -> dict[str, date]:
    """Returns the days on which all prices are valid; at most the month of `day`, in which the next sheet follows."""
    month_end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    used = list(prices)
    first = max((item.first for item in used), default=day)
    return {
        "valid_from": max(first, day.replace(day=1)),
        "valid_until": min([month_end, *(item.last for item in used)]),
    }


def _usd(item: SheetPrice, terms: SheetTerms) -> Decimal:
    price = item.price * (1 + terms.margin / 100)
    if item.currency == "USD":
        return price
    if item.currency != "AED":
        raise BadInput("price sheet", f"has prices in {item.currency}; only USD and AED can be read")
    if terms.aed_per_usd is None:
        raise BadInput("--rate", "is required, because the price sheet is in AED: --rate 3.6725")
    return (price / terms.aed_per_usd).quantize(_PLACES).normalize()


def _machines(item: SheetPrice) -> Iterable[_Key]:
    """Yields the machines of a price: one meter may name two sizes, `D2 v3/D2s v3`."""
    label = f"{item.product} {item.meter}"
    if not item.product.startswith(MACHINES) or item.unit != "hour" or any(word in label for word in EXCLUDED):
        return
    capacity = "spot" if item.meter.endswith(_SPOT) else "on-demand"
    known = machines(item.region)
    for size in item.meter.removesuffix(_SPOT).split("/"):
        name = f"Standard_{size.removeprefix('Standard_').strip().replace(' ', '_')}"
        if name in known:
            yield item.region, MACHINE, name, capacity


def _services(item: SheetPrice, agreement: Agreement) -> Iterable[_Key]:
    return (
        (item.region, meter.service, meter.sku, "on-demand")
        for meter in SHEET_METERS
        if item.unit == unit_of(meter.unit, meter.name)[1] and _matches(item, meter, agreement)
    )


def _matches(item: SheetPrice, meter: Meter, agreement: Agreement) -> bool:
    if agreement is Agreement.CSP:
        product = item.product in (meter.product, meter.azure_service)
        return product and (meter.name == item.meter or meter.name.startswith(f"{item.meter} "))
    category = item.category == meter.azure_service and meter.product in ("", item.product)
    return category and item.meter == meter.name


def _block(key: _Key) -> Decimal:
    """Returns how many single units the catalogue's price is for: 10,000 requests, for instance."""
    _, service, sku, _ = key
    meter = next((meter for meter in SHEET_METERS if (meter.service, meter.sku) == (service, sku)), None)
    return Decimal(1) if meter is None else unit_of(meter.unit, meter.name)[0]
