"""Price books: negotiated rates that take precedence over the catalogue, each with its contract and list price."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from falaj.facts.machine_names import family as family_of
from falaj.facts.machine_names import is_azure
from falaj.facts.machines import PriceKind, find, machines
from falaj.facts.prices import BadPrice, Capacity, Key, Layer, Prices, UnitPrice, service_rows
from falaj.facts.regions import REGIONS
from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_yaml, read_text
from falaj.finops.plausibility import check_percent
from falaj.finops.prices.book_model import Book, Discount, NegotiatedRate
from falaj.finops.usage import checked

MACHINE = "machine"
"""The service name of machines; all other service names are those of the catalogue."""

ENDS_SOON = timedelta(days=30)
"""A book that ends within this period causes a warning, as the next bill will use other prices."""

LEAST_OF_LIST = Decimal("0.1")
"""Share of the list price below which a rate is more likely in another unit than negotiated."""

_CAPACITIES: tuple[Capacity, ...] = ("on-demand", "spot")


@dataclass(frozen=True)
class Negotiated:
    """Prices with a book on top, and warnings about the book."""

    prices: Prices
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _CatalogueLine:
    """A line of the catalogue whose price a book may change."""

    service: str
    region: str
    sku: str
    capacity: Capacity
    listed: UnitPrice


def load(path: Path, base: Prices, today: date) -> Negotiated:
    """Reads the book of a file and layers it over `base`. Raises `BadInput` with one sentence for the first error."""
    return parse(read_text(path), base, today, str(path))


def parse(text: str, base: Prices, today: date, location: str = "price book") -> Negotiated:
    """Parses the book of a text and layers it over `base`. Raises `BadInput`."""
    book = checked(Book, parse_yaml(text, location), location)
    warnings = list(_period(book, today, location))
    lines = list(_catalogue_lines(base))
    discounts = _discounts(book, lines, location)
    rates = _negotiated_rates(book, base, location)
    warnings += [*_far_from_list(book, rates), *_far_below_list(book)]
    changed = {**discounts, **rates}
    try:
        layer = Layer(
            base,
            machines={key[1:]: price for key, price in changed.items() if key[0] == MACHINE},
            units={(key[1], key[0], key[2]): price for key, price in changed.items() if key[0] != MACHINE},
        )
    except BadPrice as error:
        raise BadInput(location, str(error)) from None
    return Negotiated(layer, tuple(f"{location}: {warning}" for warning in warnings))


def _period(book: Book, today: date, location: str) -> Iterator[str]:
    if book.valid_until < book.valid_from:
        raise BadInput(f"{location}: valid_until", f"{book.valid_until} is before valid_from, {book.valid_from}")
    if today > book.valid_until:
        raise BadInput(
            f"{location}: valid_until", f"{book.contract} ended on {book.valid_until} and is no longer valid"
        )
    if today < book.valid_from:
        raise BadInput(
            f"{location}: valid_from", f"{book.contract} begins on {book.valid_from}: its prices are not valid yet"
        )
    if book.valid_until - today < ENDS_SOON:
        yield f"{book.contract} ends on {book.valid_until}: list prices apply afterwards"


_LineKey = tuple[str, str, str, Capacity]
"""Service, region, SKU, capacity."""

_LinePrices = dict[_LineKey, UnitPrice]


def _catalogue_lines(base: Prices) -> Iterator[_CatalogueLine]:
    """Yields every line of the catalogue with its price in the layer below."""
    for region, service, sku in service_rows():
        yield _CatalogueLine(service, region, sku, "on-demand", base.unit(region, service, sku))
    for region in REGIONS:
        for name in machines(region):
            for capacity in _CAPACITIES:
                yield _CatalogueLine(MACHINE, region, name, capacity, base.machine(region, name, capacity))


def _discounts(book: Book, lines: list[_CatalogueLine], location: str) -> _LinePrices:
    applied: dict[_LineKey, tuple[int, int]] = {}
    result: _LinePrices = {}
    for index, discount in enumerate(book.discounts):
        item_location = f"{location}: discounts.{index}"
        confirmation = "set confirm_percent: true beside it"
        check_percent(
            f"{item_location}.percent", discount.percent, discount.confirm_percent, confirmation, below=Decimal(1)
        )
        _check_selectors(discount, lines, item_location)
        selected = [line for line in lines if _matches(discount, line)]
        if not selected:
            raise BadInput(item_location, "selects no line of the catalogue")
        for line in selected:
            key: _LineKey = (line.service, line.region, line.sku, line.capacity)
            specificity = _specificity(discount)
            previous = applied.get(key)
            if previous is not None and previous[0] == specificity:
                what = f"{line.service} {line.sku} in {line.region}"
                raise BadInput(
                    item_location, f"selects {what} as discounts.{previous[1]} does: make one of them more specific"
                )
            if previous is None or previous[0] < specificity:
                applied[key] = (specificity, index)
                result[key] = _apply_discount(line.listed, discount.percent, book)
    return result


def _matches(discount: Discount, line: _CatalogueLine) -> bool:
    return (
        line.capacity == discount.capacity
        and discount.cloud in (None, REGIONS[line.region].cloud.value)
        and discount.region in (None, line.region)
        and discount.service in (None, line.service)
        and discount.sku in (None, line.sku)
        and (discount.family is None or _in_family(line.sku, discount.family))
    )


def _in_family(name: str, family: str) -> bool:
    """Returns whether a machine belongs to a family. AWS's families end at the dot; Azure's sizes have none, so a book
    gives a name prefix.
    """
    return name.startswith(family) if is_azure(name) else family_of(name) == family


def _specificity(discount: Discount) -> int:
    """Ranks selectors: SKU over family over service over region over cloud."""
    selectors = (discount.cloud, discount.region, discount.service, discount.family, discount.sku)
    return sum(2**index for index, selector in enumerate(selectors) if selector is not None)


def _apply_discount(list_price: UnitPrice, percent: Decimal, book: Book) -> UnitPrice:
    """Returns the list price less the discount. An estimate remains an estimate; a missing price remains missing."""
    if list_price.usd is None:
        return list_price
    kind = PriceKind.NEGOTIATED if list_price.kind is PriceKind.OBSERVED else list_price.kind
    source = f"{book.contract}: {percent.normalize():f} % off {list_price.usd} ({list_price.source}, {list_price.date})"
    usd = list_price.usd * (1 - percent / 100)
    return UnitPrice(usd, list_price.unit, kind, source, book.valid_from.isoformat(), book.contract, list_price.usd)


def _negotiated_rates(book: Book, base: Prices, location: str) -> _LinePrices:
    result: _LinePrices = {}
    for index, rate in enumerate(book.rates):
        item_location = f"{location}: rates.{index}"
        _check_region(rate.region, item_location)
        key: _LineKey = (rate.service, rate.region, rate.sku, rate.capacity)
        if key in result:
            raise BadInput(item_location, f"repeats the rate of {rate.service} {rate.sku} in {rate.region}")
        list_price = _list_price(rate, base, item_location)
        day = book.valid_from.isoformat()
        result[key] = UnitPrice(
            rate.usd, list_price.unit, PriceKind.NEGOTIATED, book.contract, day, book.contract, list_price.usd
        )
    return result


def _list_price(rate: NegotiatedRate, base: Prices, location: str) -> UnitPrice:
    """Returns the catalogue price that a rate replaces. Raises `BadInput` if the catalogue has no such line."""
    if rate.service == MACHINE:
        if find(rate.region, rate.sku) is None:
            raise BadInput(f"{location}.sku", _unknown(rate.sku, machines(rate.region), f"machine in {rate.region}"))
        return base.machine(rate.region, rate.sku, rate.capacity)
    if rate.capacity == "spot":
        raise BadInput(f"{location}.capacity", "spot requires service machine")
    rows = [key for key in service_rows() if key[0] == rate.region]
    _check_service(rate.service, rows, location)
    if (rate.region, rate.service, rate.sku) not in service_rows():
        of_service = {sku for _, service, sku in rows if service == rate.service}
        raise BadInput(f"{location}.sku", _unknown(rate.sku, of_service, f"SKU of {rate.service} in {rate.region}"))
    return base.unit(rate.region, rate.service, rate.sku)


def _far_from_list(book: Book, rates: _LinePrices) -> Iterator[str]:
    for (service, region, sku, _), price in rates.items():
        if price.list_usd is None or price.usd is None:
            continue
        item = f"{book.contract}: {service} {sku} in {region} at {price.usd}"
        if price.usd > price.list_usd:
            yield f"{item} is above the list price, {price.list_usd}"
        elif price.usd < price.list_usd * LEAST_OF_LIST:
            yield f"{item} is below a tenth of the list price, {price.list_usd}: check its unit"


def _far_below_list(book: Book) -> Iterator[str]:
    for number, discount in enumerate(book.discounts):
        if discount.percent > 100 * (1 - LEAST_OF_LIST):
            yield f"discounts.{number}: {discount.percent} percent leaves less than a tenth of the list price"


def _check_selectors(discount: Discount, lines: list[_CatalogueLine], location: str) -> None:
    """Raises `BadInput` for selector values that the catalogue does not contain."""
    if discount.region is not None:
        _check_region(discount.region, location)
    lines = [line for line in lines if discount.region in (None, line.region)]
    if discount.service is not None:
        _check_service(discount.service, [("", line.service, "") for line in lines], location)
    if discount.sku is not None:
        skus = {line.sku for line in lines if line.service == discount.service}
        if discount.sku not in skus:
            raise BadInput(f"{location}.sku", _unknown(discount.sku, skus, f"SKU of {discount.service}"))
    if discount.family is not None:
        names = {line.sku for line in lines if line.service == MACHINE}
        if not any(_in_family(name, discount.family) for name in names):
            families = {name.partition(".")[0] for name in names}
            raise BadInput(f"{location}.family", _unknown(discount.family, families, "family of machines"))


def _check_region(region: str, location: str) -> None:
    if region not in REGIONS:
        raise BadInput(f"{location}.region", _unknown(region, REGIONS, "region"))


def _check_service(service: str, rows: Iterable[Key], location: str) -> None:
    names = {MACHINE} | {name for _, name, _ in rows}
    if service not in names:
        raise BadInput(f"{location}.service", _unknown(service, names, "service"))


def _unknown(value: str, names: Iterable[str], label: str) -> str:
    names = sorted(names)
    suggestions = difflib.get_close_matches(value, names, n=3, cutoff=0.5) or names[:8]
    return f"the catalogue has no {label} {value!r}; there are: {', '.join(suggestions)}"
