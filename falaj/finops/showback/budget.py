"""How a month's money burns down: spent, foretold, and the day on which it is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.showback.forecast import ForecastDays

ALL = "all"
"""The scope of everything together."""


@dataclass(frozen=True)
class BudgetForecast:
    """A scope's month in AED: each day of it, known or foretold, and what it will come to."""

    by_day: Mapping[date, Decimal]
    as_of: date
    low: Decimal | None
    high: Decimal | None

    @property
    def spent(self) -> Decimal:
        """Up to the day of which the bill is known."""
        return sum((cost for day, cost in self.by_day.items() if day <= self.as_of), ZERO)

    @property
    def expected(self) -> Decimal:
        """The whole month."""
        return sum(self.by_day.values(), ZERO)

    def gone(self, limit: Decimal) -> date | None:
        """The first day on which more than the limit is spent."""
        so_far = ZERO
        for day in sorted(self.by_day):
            so_far += self.by_day[day]
            if so_far > limit:
                return day
        return None


@dataclass(frozen=True)
class BurnDown:
    """One budget and what becomes of it."""

    scope: str
    limit: Decimal
    outlook: BudgetForecast

    @property
    def percent(self) -> Decimal:
        """Spent, in percent."""
        return self.outlook.spent / self.limit * 100

    @property
    def over(self) -> bool:
        """Whether more is spent or expected than there is."""
        return self.outlook.expected > self.limit


def outlook(
    metered: Mapping[date, Decimal], fixed: Mapping[date, Decimal], coming: ForecastDays, as_of: date
) -> BudgetForecast:
    """Metered days, charges for many days, and the forecast, put together."""
    by_day: dict[date, Decimal] = dict(metered)
    for day, cost in coming.by_day.items():
        by_day[day] = Decimal(str(round(cost, 4)))
    for day, cost in fixed.items():
        by_day[day] = by_day.get(day, ZERO) + cost
    sure = sum((cost for day, cost in by_day.items() if day not in coming.by_day), ZERO) + sum(
        (cost for day, cost in fixed.items() if day in coming.by_day), ZERO
    )
    low, high = (None if bound is None else sure + Decimal(bound) for bound in (coming.low, coming.high))
    return BudgetForecast(by_day, as_of, low, high)
