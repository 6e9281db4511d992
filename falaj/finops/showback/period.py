"""The billing month and its days with complete data."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.money import rounded
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


def ended(charges: Charges, billing_period: Period) -> list[str]:
    """Returns a note for each billing account with a cost in the same days of the month before and no charge now: a
    month without the export of one cloud looks like a saving.
    """
    by = ("provider", "account")
    now = {amount.by for amount in charges.amounts(by, billing_period.first, billing_period.as_of)}
    first, last = billing_period.before
    before: dict[tuple[str, ...], Decimal] = {}
    for amount in charges.amounts(by, first, last):
        if not amount.tax and amount.by not in now:
            key = (*amount.by, amount.currency)
            before[key] = before.get(key, ZERO) + amount.cost
    return [
        f"no charge of {f'{provider} {account}'.strip()} from {billing_period.first} to {billing_period.as_of}, after "
        f"{currency} {rounded(cost):,} from {first} to {last}: it is used no longer, or its export is missing"
        for (provider, account, currency), cost in sorted(before.items())
        if cost
    ]


def days(first: date, last: date) -> tuple[date, ...]:
    """Returns all days of a period."""
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))
