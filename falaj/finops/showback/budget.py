"""Budgets of a month: spent, forecast, and the day on which the limit is exceeded."""

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
    """A month of one scope in AED: cost of each day, actual or forecast."""

    by_day: Mapping[date, Decimal]
    as_of: date
    low: Decimal | None
    high: Decimal | None

    @property
    def spent(self) -> Decimal:
        """Cost up to the last day with complete data."""
        return sum((cost for day, cost in self.by_day.items() if day <= self.as_of), ZERO)

    @property
    def expected(self) -> Decimal:
        """The whole month."""
        return sum(self.by_day.values(), ZERO)

    def exceeded_on(self, limit: Decimal) -> date | None:
        """The first day on which more than the limit is spent."""
        so_far = ZERO
        for day in sorted(self.by_day):
            so_far += self.by_day[day]
            if so_far > limit:
                return day
        return None


@dataclass(frozen=True)
class BurnDown:
    """One budget and its forecast."""

    scope: str
    limit: Decimal
    budget_forecast: BudgetForecast

    @property
    def percent(self) -> Decimal:
        """Spent, in percent."""
        return self.budget_forecast.spent / self.limit * 100

    @property
    def over(self) -> bool:
        """Whether the forecast exceeds the limit."""
        return self.budget_forecast.expected > self.limit


def budget_forecast(
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
