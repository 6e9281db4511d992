"""What machines cost an hour when one commits to them for a year or three: reservations and savings plans.

The rows are in `data/commitments.csv`, USD an hour of Linux without tax, spread over all hours of the term; they are
paid whether the machine runs or not. Source, looked up on 2026-11-24: `vantage`, the open instance tables of
instances.vantage.sh as of 2025-05-28 (MIT). What is not there was not found. `falaj prices refresh` replaces them.

AWS: standard reserved instances with nothing or all paid at the start, and EC2 instance savings plans with nothing paid
at the start. Azure: reservations (paid monthly or at once, for the same price) and savings plans.
"""

from decimal import Decimal
from enum import StrEnum
from functools import cache

from falaj.facts.machines import Price, PriceKind
from falaj.facts.rows import Row, rows


class Commitment(StrEnum):
    """A way to commit. Its value is the column of the price list without `_usd`."""

    RESERVED_1Y = "reserved_1y"
    RESERVED_1Y_UPFRONT = "reserved_1y_upfront"
    RESERVED_3Y = "reserved_3y"
    RESERVED_3Y_UPFRONT = "reserved_3y_upfront"
    SAVINGS_1Y = "savings_1y"
    SAVINGS_3Y = "savings_3y"


def commitment(region: str, name: str, way: Commitment) -> Price:
    """The machine's price an hour under that commitment; `missing` where none was found."""
    row = _rows().get((region, name))
    usd_hour = None if row is None else row.read(f"{way}_usd", Decimal, "dollars an hour, empty where none was found")
    if row is None or usd_hour is None:
        return Price(None, PriceKind.MISSING, f"no {way} price was found", "")
    return Price(usd_hour, PriceKind.OBSERVED, row.cells["source"], row.cells["date"])


def commitments(region: str, name: str) -> dict[Commitment, Price]:
    """All that is known of a machine, the cheapest first."""
    asked = {way: commitment(region, name, way) for way in Commitment}
    known = {way: price for way, price in asked.items() if price.usd_hour is not None}
    return dict(sorted(known.items(), key=lambda pair: pair[1].usd_hour or Decimal(0)))


@cache
def _rows() -> dict[tuple[str, str], Row]:
    keys = ("region", "name")
    columns = (*keys, *(f"{way}_usd" for way in Commitment), "source", "date")
    return {(row.cells["region"], row.cells["name"]): row for row in rows("commitments.csv", keys, columns)}
