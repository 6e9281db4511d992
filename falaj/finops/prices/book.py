"""Price books: negotiated rates that take precedence over the catalogue, each with its contract and list price."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import yaml

from falaj.facts.machine_names import family as family_of
from falaj.facts.machine_names import is_azure
from falaj.facts.machines import PriceKind, find, machines
from falaj.facts.prices import BadPrice, Capacity, Key, Layer, Prices, UnitPrice, service_rows
from falaj.facts.regions import REGIONS
from falaj.finops.errors import BadInput
from falaj.finops.prices.book_model import Book, Discount, NegotiatedRate
from falaj.finops.usage import checked

MACHINE = "machine"
"""The service that machines are of; all others are those of the catalogue."""

ENDS_SOON = timedelta(days=30)
"""A book that ends within so many days is warned of: the next bill will be another one."""

_CAPACITIES: tuple[Capacity, ...] = ("on-demand", "spot")


@dataclass(frozen=True)
class Negotiated:
    """Prices with a book before them, and what to know of it."""

    prices: Prices
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _CatalogueLine:
    """A line of the catalogue that a book may change."""

    service: str
    region: str
    sku: str
    capacity: Capacity
    listed: UnitPrice


def load(path: Path, under: Prices, today: date) -> Negotiated:
    """The book of a file, before `under`. Raises `BadInput` with one sentence for what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {unreadable}") from None
    return parse(text, under, today, str(path))


def parse(text: str, under: Prices, today: date, location: str = "price book") -> Negotiated:
    """The book of a text, before `under`. Raises `BadInput`."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as broken:
        raise BadInput(location, f"not YAML: {' '.join(str(broken).split())}") from None
    book = checked(Book, {} if raw is None else raw, location)
    warnings = list(_period(book, today, location))
    rows = list(_rows(under))
    discounted = _discounted(book, rows, location)
    rated = _rated(book, under, location)
    warnings += _above_list(book, rated, under)
    changed = {**discounted, **rated}
    try:
        layer = Layer(
            under,
            machines={key[1:]: price for key, price in changed.items() if key[0] == MACHINE},
            units={(key[1], key[0], key[2]): price for key, price in changed.items() if key[0] != MACHINE},
        )
    except BadPrice as bad:
        raise BadInput(location, str(bad)) from None
    return Negotiated(layer, tuple(f"{location}: {warning}" for warning in warnings))


def _period(book: Book, today: date, location: str) -> Iterator[str]:
    if book.valid_until < book.valid_from:
        raise BadInput(f"{location}: valid_until", f"{book.valid_until} is before valid_from, {book.valid_from}")
    if today > book.valid_until:
        raise BadInput(
            f"{location}: valid_until", f"{book.contract} ended on {book.valid_until}: its prices hold no more"
        )
    if today < book.valid_from:
        raise BadInput(
            f"{location}: valid_from", f"{book.contract} begins on {book.valid_from}: its prices do not hold yet"
        )
    if book.valid_until - today < ENDS_SOON:
        yield f"{book.contract} ends on {book.valid_until}: list prices hold after it"


_Line = tuple[str, str, str, Capacity]
"""Service, region, SKU, capacity."""

_Changed = dict[_Line, UnitPrice]


def _rows(under: Prices) -> Iterator[_CatalogueLine]:
    """Every line of the catalogue, with the price of the layer below."""
    for region, service, sku in service_rows():
        yield _CatalogueLine(service, region, sku, "on-demand", under.unit(region, service, sku))
    for region in REGIONS:
        for name in machines(region):
            for capacity in _CAPACITIES:
                yield _CatalogueLine(MACHINE, region, name, capacity, under.machine(region, name, capacity))


def _discounted(book: Book, rows: list[_CatalogueLine], location: str) -> _Changed:
    taken: dict[_Line, tuple[int, int]] = {}
    result: _Changed = {}
    for index, discount in enumerate(book.discounts):
        where = f"{location}: discounts.{index}"
        _known(discount, rows, where)
        chosen = [row for row in rows if _selects(discount, row)]
        if not chosen:
            raise BadInput(where, "selects no line of the catalogue")
        for row in chosen:
            key: _Line = (row.service, row.region, row.sku, row.capacity)
            narrow = _narrowness(discount)
            before = taken.get(key)
            if before is not None and before[0] == narrow:
                what = f"{row.service} {row.sku} in {row.region}"
                raise BadInput(where, f"selects {what} as discounts.{before[1]} does: make one of them more specific")
            if before is None or before[0] < narrow:
                taken[key] = (narrow, index)
                result[key] = _less(row.listed, discount.percent, book)
    return result


def _selects(discount: Discount, row: _CatalogueLine) -> bool:
    return (
        row.capacity == discount.capacity
        and discount.cloud in (None, REGIONS[row.region].cloud.value)
        and discount.region in (None, row.region)
        and discount.service in (None, row.service)
        and discount.sku in (None, row.sku)
        and (discount.family is None or _of_family(row.sku, discount.family))
    )


def _of_family(name: str, family: str) -> bool:
    """AWS's families end with a dot. Azure's sizes have none: a book states the beginning of their names."""
    return name.startswith(family) if is_azure(name) else family_of(name) == family


def _narrowness(discount: Discount) -> int:
    """A SKU says more than a family, that more than a service, that more than a region, that more than a cloud."""
    selectors = (discount.cloud, discount.region, discount.service, discount.family, discount.sku)
    return sum(2**index for index, word in enumerate(selectors) if word is not None)


def _less(listed: UnitPrice, percent: Decimal, book: Book) -> UnitPrice:
    """The list price less the discount. An estimate stays one, and what is missing stays missing."""
    if listed.usd is None:
        return listed
    kind = PriceKind.NEGOTIATED if listed.kind is PriceKind.OBSERVED else listed.kind
    source = f"{book.contract}: {percent.normalize():f} % off {listed.usd} ({listed.source}, {listed.date})"
    usd = listed.usd * (1 - percent / 100)
    return UnitPrice(usd, listed.unit, kind, source, book.valid_from.isoformat(), book.contract, listed.usd)


def _rated(book: Book, under: Prices, location: str) -> _Changed:
    result: _Changed = {}
    for index, rate in enumerate(book.rates):
        where = f"{location}: rates.{index}"
        _region(rate.region, where)
        key: _Line = (rate.service, rate.region, rate.sku, rate.capacity)
        if key in result:
            raise BadInput(where, f"says {rate.service} {rate.sku} in {rate.region} a second time")
        listed = _listed(rate, under, where)
        day = book.valid_from.isoformat()
        result[key] = UnitPrice(
            rate.usd, listed.unit, PriceKind.NEGOTIATED, book.contract, day, book.contract, listed.usd
        )
    return result


def _listed(rate: NegotiatedRate, under: Prices, where: str) -> UnitPrice:
    """The line that a rate replaces. Raises `BadInput` where the catalogue has none such."""
    if rate.service == MACHINE:
        if find(rate.region, rate.sku) is None:
            raise BadInput(f"{where}.sku", _unknown(rate.sku, machines(rate.region), f"machine in {rate.region}"))
        return under.machine(rate.region, rate.sku, rate.capacity)
    if rate.capacity == "spot":
        raise BadInput(f"{where}.capacity", "is of service machine")
    rows = [key for key in service_rows() if key[0] == rate.region]
    _service(rate.service, rows, where)
    if (rate.region, rate.service, rate.sku) not in service_rows():
        of_service = {sku for _, service, sku in rows if service == rate.service}
        raise BadInput(f"{where}.sku", _unknown(rate.sku, of_service, f"SKU of {rate.service} in {rate.region}"))
    return under.unit(rate.region, rate.service, rate.sku)


def _above_list(book: Book, rated: _Changed, under: Prices) -> Iterator[str]:
    for (service, region, sku, _), price in rated.items():
        if price.list_usd is not None and price.usd is not None and price.usd > price.list_usd:
            what = f"{service} {sku} in {region}"
            yield f"{book.contract}: {what} at {price.usd} is above the list price, {price.list_usd}"


def _known(discount: Discount, rows: list[_CatalogueLine], where: str) -> None:
    """Refuses words that the catalogue does not have."""
    if discount.region is not None:
        _region(discount.region, where)
    rows = [row for row in rows if discount.region in (None, row.region)]
    if discount.service is not None:
        _service(discount.service, [("", row.service, "") for row in rows], where)
    if discount.sku is not None:
        skus = {row.sku for row in rows if row.service == discount.service}
        if discount.sku not in skus:
            raise BadInput(f"{where}.sku", _unknown(discount.sku, skus, f"SKU of {discount.service}"))
    if discount.family is not None:
        names = {row.sku for row in rows if row.service == MACHINE}
        if not any(_of_family(name, discount.family) for name in names):
            families = {name.partition(".")[0] for name in names}
            raise BadInput(f"{where}.family", _unknown(discount.family, families, "family of machines"))


def _region(region: str, where: str) -> None:
    if region not in REGIONS:
        raise BadInput(f"{where}.region", _unknown(region, REGIONS, "region"))


def _service(service: str, rows: Iterable[Key], where: str) -> None:
    names = {MACHINE} | {name for _, name, _ in rows}
    if service not in names:
        raise BadInput(f"{where}.service", _unknown(service, names, "service"))


def _unknown(word: str, names: Iterable[str], what: str) -> str:
    names = sorted(names)
    near = difflib.get_close_matches(word, names, n=3, cutoff=0.5) or names[:8]
    return f"the catalogue has no {what} {word!r}; there are: {', '.join(near)}"
