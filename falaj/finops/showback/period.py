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
    """A month and its last day with complete billing data."""

    first: date
    last: date
    as_of: date

    @property
    def complete(self) -> bool:
        """Whether the whole month has complete billing data."""
        return self.as_of == self.last

    @property
    def remaining_days(self) -> tuple[date, ...]:
        """The days after the last day with complete billing data."""
        return days(self.as_of + timedelta(days=1), self.last)

    @property
    def before(self) -> tuple[date, date]:
        """The same days of the previous month; all of it if this month is complete."""
        last = self.first - timedelta(days=1)
        return last.replace(day=1), last if self.complete else last.replace(day=min(self.as_of.day, last.day))


def period(month: date, rows: Iterable[BillingRow], as_of: date | None = None) -> Period:
    """Returns the period of the month that contains `month`. Raises `BadInput` if the rows have no data for it.

    Clouds bill with a delay of 8 to 24 hours: the last day of an export is rarely complete, so the day before it is
    used.
    """
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    month_rows = [row for row in rows if row.first <= last and row.last >= first]
    if not month_rows:
        raise BadInput("--month", f"the files have no data for {first:%Y-%m}")
    if as_of is not None:
        if not first <= as_of <= last:
            raise BadInput("--as-of", f"{as_of.isoformat()} is not a date of {first:%Y-%m}")
        return Period(first, last, as_of)
    daily_dates = [row.last for row in month_rows if row.days == 1]
    latest = max(daily_dates, default=last)
    return Period(first, last, latest if latest in (first, last) else latest - timedelta(days=1))


def days(first: date, last: date) -> tuple[date, ...]:
    """Returns all days of a period."""
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


def share_of_charge(row: BillingRow, first: date, last: date) -> Decimal:
    """Returns the share of a charge that falls into a period; a charge for several days is spread evenly."""
    overlap = (min(row.last, last) - max(row.first, first)).days + 1
    return Decimal(max(overlap, 0)) / row.days
