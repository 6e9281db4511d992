"""Budgets of a month: spent, forecast, and the day on which the limit is exceeded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.showback.forecast import ForecastDays

ALL = "all"
"""The scope of all business units together."""


@dataclass(frozen=True)
class BudgetForecast:
    """A month of one scope in AED: the cost of each day, actual or forecast."""

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
        """Cost of the whole month."""
        return sum(self.by_day.values(), ZERO)

    def exceeded_on(self, limit: Decimal) -> date | None:
        """Returns the first day on which cumulative cost exceeds the limit; None if it never does."""
        cumulative = ZERO
        for day in sorted(self.by_day):
            cumulative += self.by_day[day]
            if cumulative > limit:
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
        """Cost to date in percent of the limit."""
        return self.budget_forecast.spent / self.limit * 100

    @property
    def over(self) -> bool:
        """Whether the forecast exceeds the limit."""
        return self.budget_forecast.expected > self.limit


def budget_forecast(
    metered: Mapping[date, Decimal], fixed: Mapping[date, Decimal], remaining: ForecastDays, as_of: date
) -> BudgetForecast:
    """Combines actual metered days, charges that span many days, and the forecast."""
    by_day: dict[date, Decimal] = dict(metered)
    for day, cost in remaining.by_day.items():
        by_day[day] = Decimal(str(round(cost, 4)))
    for day, cost in fixed.items():
        by_day[day] = by_day.get(day, ZERO) + cost
    certain = sum((cost for day, cost in by_day.items() if day not in remaining.by_day), ZERO) + sum(
        (cost for day, cost in fixed.items() if day in remaining.by_day), ZERO
    )
    low, high = (None if bound is None else certain + Decimal(bound) for bound in (remaining.low, remaining.high))
    return BudgetForecast(by_day, as_of, low, high)
