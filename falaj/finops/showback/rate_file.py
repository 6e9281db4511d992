"""Published exchange rates from a CSV file with the columns `date` and `aed_per_usd`, one row a day."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from falaj.finops.errors import BadInput
from falaj.finops.input_files import csv_rows, read_text
from falaj.finops.plausibility import check_peg

COLUMNS = ("date", "aed_per_usd")


def read(path: Path, confirmed: bool = False) -> dict[date, Decimal]:
    """Returns the rates by day. `confirmed` accepts rates far from the peg. Raises `BadInput`."""
    rows = csv_rows(read_text(path), str(path))
    if tuple(cell.strip() for cell in next(rows, (0, []))[1]) != COLUMNS:
        raise BadInput(str(path), f"must have the columns {', '.join(COLUMNS)}")
    result: dict[date, Decimal] = {}
    for number, cells in rows:
        location = f"{path}: line {number}"
        if len(cells) != len(COLUMNS):
            raise BadInput(location, f"has {len(cells)} cells, not {len(COLUMNS)}")
        day, rate = _day(cells[0].strip(), location), _rate(cells[1].strip(), location)
        if day in result:
            raise BadInput(location, f"repeats {day.isoformat()}")
        check_peg(location, rate, confirmed, "give --confirm-rate")
        result[day] = rate
    if not result:
        raise BadInput(str(path), "has no rates")
    return result


def _day(text: str, location: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput(location, f"{text!r} is not a date such as 2026-11-24") from None
    if day > datetime.now(UTC).date():
        raise BadInput(location, f"{text} is in the future")
    return day


def _rate(text: str, location: str) -> Decimal:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal("nan")
    if not rate.is_finite() or rate <= 0:
        raise BadInput(location, f"{text!r} is not a rate, which is more than zero")
    return rate
