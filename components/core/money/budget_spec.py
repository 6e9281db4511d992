"""Money per month, declared once: for stack files and for the budgets of sites, tenants and accounts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from falaj.components.core.money.budgets import Address, FirstOfMonth, Percents
from falaj.components.core.validation.args import Accepts, Spec
from falaj.components.core.validation.problems import refusal

MOST_ALARMS = 5
"""Azure takes at most five notifications a budget (Microsoft.Consumption/budgets)."""


class BudgetSpec(Spec):
    """Money per month, and who is told when it runs out."""

    aed_per_month: Accepts[Decimal, Decimal | float] = Field(gt=0)
    """AED per month, without VAT."""
    actual_percent: Percents = Field(default=(50, 80, 100), min_length=1, max_length=5)
    """Alarms at these percentages of what was spent."""
    forecast_percent: Percents = Field(default=(100,), max_length=5)
    """Alarms at these percentages of the month's forecast."""
    notify: Sequence[Address] = Field(min_length=1)
    """E-mail addresses of those told."""
    start: FirstOfMonth
    """First day of the first month that counts, `YYYY-MM-01`."""

    @model_validator(mode="after")
    def _few_enough(self) -> Self:
        if len(self.actual_percent) + len(self.forecast_percent) > MOST_ALARMS:
            raise refusal(f"at most {MOST_ALARMS} alarms, actual and forecast together", "leave some out")
        return self
