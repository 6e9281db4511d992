"""The billing month, its days with complete data, and the share of a charge that falls on given days."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from falaj.finops.errors import BadInput
from falaj.finops.showback.rows import BillingRow


@dataclass(frozen=True)
class Period:
    """A month and the last day of which the bill is known as a whole."""

    first: date
    last: date
    as_of: date

    @property
    def complete(self) -> bool:
        """Whether nothing is still to come."""
        return self.as_of == self.last

    @property
    def remaining_days(self) -> tuple[date, ...]:
        """The days still to come."""
        return days(self.as_of + timedelta(days=1), self.last)

    @property
    def before(self) -> tuple[date, date]:
        """The same days of the month before: all of it where this one is complete."""
        last = self.first - timedelta(days=1)
        return last.replace(day=1), last if self.complete else last.replace(day=min(self.as_of.day, last.day))


def period(month: date, rows: Iterable[BillingRow], as_of: date | None = None) -> Period:
    """The month that `month` lies in. Raises `BadInput` where there is nothing of it.

    Clouds bill 8 to 24 hours late: the last day of an export is rarely whole, and the day before it is taken.
    """
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    mine = [row for row in rows if row.first <= last and row.last >= first]
    if not mine:
        raise BadInput("--month", f"the files have nothing of {first:%Y-%m}")
    if as_of is not None:
        if not first <= as_of <= last:
            raise BadInput("--as-of", f"{as_of.isoformat()} is not a date of {first:%Y-%m}")
        return Period(first, last, as_of)
    daily = [row.last for row in mine if row.days == 1]
    newest = max(daily, default=last)
    return Period(first, last, newest if newest in (first, last) else newest - timedelta(days=1))


def days(first: date, last: date) -> tuple[date, ...]:
    """All days of a span."""
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


def part(row: BillingRow, first: date, last: date) -> Decimal:
    """The part of a charge that falls into a span; a charge for many days is the same on each."""
    common = (min(row.last, last) - max(row.first, first)).days + 1
    return Decimal(max(common, 0)) / row.days
