"""Prices of one region from a vendor's price list, in a form common to all vendors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from falaj.finops.errors import BadInput

Progress = Callable[[str], None]
"""Called after each page with a label of its content."""

HOURS_A_YEAR = Decimal(8760)


class PriceListUnreachable(Exception):
    """A price API did not respond or denied access; the message is one sentence."""


@dataclass(frozen=True)
class ListedMachine:
    """A machine's hourly prices in USD. `commitments` has columns of `commitments.csv`, `specs` those of
    `machines.csv`.
    """

    on_demand: Decimal | None = None
    spot: Decimal | None = None
    commitments: Mapping[str, Decimal] = field(default_factory=dict)
    specs: Mapping[str, str] = field(default_factory=dict)
    unclear: str = ""
    """Why its prices cannot be used; its row then stays unchanged."""

    def ambiguous(self, name: str, *prices: Decimal | None) -> "ListedMachine":
        """Returns the machine marked as unclear because the list has several prices for it."""
        values = " and ".join(str(usd) for usd in prices)
        return replace(self, unclear=f"{name}: the list has several prices for Linux, {values}")


@dataclass(frozen=True)
class VendorList:
    """The price list of one region. `units` is keyed by (service, SKU); `unmatched` lists the catalogue rows that it
    lacks, with the reason.
    """

    region: str
    source: str
    date: str
    machines: Mapping[str, ListedMachine]
    units: Mapping[tuple[str, str], Decimal]
    unmatched: tuple[str, ...] = ()


def price(value: Any, location: str) -> Decimal:
    """Parses a price from a JSON value. Raises `BadInput` for anything else."""
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        raise BadInput(location, f"{value!r} is not a price") from None
    if not result.is_finite() or result < 0:
        raise BadInput(location, f"{value!r} is not a price: it must be zero or more")
    return result


def one_price(prices: list[Decimal], label: str, unmatched: list[str]) -> Decimal | None:
    """Returns the single distinct price; None if there is none or several, with the reason added to `unmatched`."""
    distinct = sorted(set(prices))
    if len(distinct) == 1:
        return distinct[0]
    several = ", ".join(str(usd) for usd in distinct)
    unmatched.append(
        f"{label}: {f'the list has several prices ({several})' if distinct else 'the list does not have it'}"
    )
    return None
