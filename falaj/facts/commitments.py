"""Hourly prices of machines with a commitment of one or three years: reservations and savings plans.

The rows are in `data/commitments.csv`, in USD per hour for Linux without tax, spread over all hours of the term; they
are charged whether the machine runs or not. Source, looked up on 2026-11-24: `vantage`, the open instance tables of
instances.vantage.sh as of 2025-05-28 (MIT). Prices that are not there were not found. `falaj prices refresh` replaces
them.

AWS: standard reserved instances with no or all upfront payment, and EC2 Instance Savings Plans with no upfront payment.
Azure: reservations (paid monthly or upfront, at the same price) and savings plans.
"""

from decimal import Decimal
from enum import StrEnum
from functools import cache

from falaj.facts.machines import Price, PriceKind
from falaj.facts.rows import Row, dollars, rows

WARNING_DAYS = 30
"""Days before the end of a commitment from which on it is warned of (AWS Support User Guide, "Amazon EC2 Reserved
Instance lease expiration", read 2026-12-01)."""


class Commitment(StrEnum):
    """A commitment term and payment option. Its value is the column of the price list without `_usd`."""

    RESERVED_1Y = "reserved_1y"
    RESERVED_1Y_UPFRONT = "reserved_1y_upfront"
    RESERVED_3Y = "reserved_3y"
    RESERVED_3Y_UPFRONT = "reserved_3y_upfront"
    SAVINGS_1Y = "savings_1y"
    SAVINGS_3Y = "savings_3y"


def commitment(region: str, name: str, way: Commitment) -> Price:
    """Returns the machine's hourly price with that commitment; `missing` if none was found."""
    row = _rows().get((region, name))
    usd_hour = (
        None if row is None else row.read(f"{way}_usd", dollars, "USD per hour, zero or more, empty if none was found")
    )
    if row is None or usd_hour is None:
        return Price(None, PriceKind.MISSING, f"no {way} price was found", "")
    return Price(usd_hour, PriceKind.OBSERVED, row.cells["source"], row.cells["date"])


def commitments(region: str, name: str) -> dict[Commitment, Price]:
    """Returns all known commitment prices of a machine, the cheapest first."""
    prices = {option: commitment(region, name, option) for option in Commitment}
    available = {option: price for option, price in prices.items() if price.usd_hour is not None}
    return dict(sorted(available.items(), key=lambda pair: pair[1].usd_hour or Decimal(0)))


@cache
def _rows() -> dict[tuple[str, str], Row]:
    keys = ("region", "name")
    columns = (*keys, *(f"{way}_usd" for way in Commitment), "source", "date")
    return {(row.cells["region"], row.cells["name"]): row for row in rows("commitments.csv", keys, columns)}
