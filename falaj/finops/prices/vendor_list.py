"""Prices of one region from a vendor's price list, independent of the vendor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from falaj.finops.errors import BadInput

Progress = Callable[[str], None]
"""Called for every page that was read, with what it is of."""

HOURS_A_YEAR = Decimal(8760)


class PriceListUnreachable(Exception):
    """A price interface that did not answer, or not to us; the message is one sentence."""


@dataclass(frozen=True)
class ListedMachine:
    """A machine's prices an hour. `commitments` has columns of `commitments.csv`, `specs` those of `machines.csv`."""

    on_demand: Decimal | None = None
    spot: Decimal | None = None
    commitments: Mapping[str, Decimal] = field(default_factory=dict)
    specs: Mapping[str, str] = field(default_factory=dict)
    unclear: str = ""
    """Why its prices cannot be taken; its row then stays as it is."""

    def several(self, name: str, *prices: Decimal | None) -> "ListedMachine":
        """The machine, unclear because the list has several prices for the same."""
        values = " and ".join(str(one) for one in prices)
        return replace(self, unclear=f"{name}: the list has several prices for Linux, {values}")


@dataclass(frozen=True)
class VendorList:
    """One region's list. `units` is by (service, SKU); `unmatched` says which of ours it does not have, and why."""

    region: str
    source: str
    date: str
    machines: Mapping[str, ListedMachine]
    units: Mapping[tuple[str, str], Decimal]
    unmatched: tuple[str, ...] = ()


def price(value: Any, location: str) -> Decimal:
    """A price as JSON has it. Raises `BadInput` for what is none."""
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        raise BadInput(location, f"{value!r} is not a price") from None
    if not result.is_finite() or result < 0:
        raise BadInput(location, f"{value!r} is not a price: it must be zero or more")
    return result


def one_price(prices: list[Decimal], what: str, unmatched: list[str]) -> Decimal | None:
    """The single distinct price; None if there is none or several, with the reason added to `unmatched`."""
    distinct = sorted(set(prices))
    if len(distinct) == 1:
        return distinct[0]
    several = ", ".join(str(one) for one in distinct)
    unmatched.append(
        f"{what}: {f'the list has several prices ({several})' if distinct else 'the list does not have it'}"
    )
    return None
