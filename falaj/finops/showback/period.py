"""The billing month and its days with complete data."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import Charges


@dataclass(frozen=True)
class Period:
    """A month and its last day with complete billing data. `newest_counts` is whether that is the newest day with
    charges, although it may be incomplete, because there is no other.
    """

    first: date
    last: date
    as_of: date
    newest_counts: bool = False

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


def period(month: date, charges: Charges, as_of: date | None = None) -> Period:
    """Returns the period of the month that contains `month`. Raises `BadInput` if there are no charges in it.

    Clouds bill with a delay of 8 to 24 hours: the last day of an export is rarely complete, so the day before it is
    used.
    """
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    found = charges.days(first, last)
    if found is None:
        raise BadInput("--month", f"the files have no data for {first:%Y-%m}")
    if as_of is not None:
        if not first <= as_of <= last:
            raise BadInput("--as-of", f"{as_of.isoformat()} is not a date of {first:%Y-%m}")
        return Period(first, last, as_of)
    newest = found.last or last
    if newest == last:
        return Period(first, last, last)
    if newest == found.first:
        return Period(first, last, newest, newest_counts=True)
    return Period(first, last, newest - timedelta(days=1))


def days(first: date, last: date) -> tuple[date, ...]:
    """Returns all days of a period."""
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))
