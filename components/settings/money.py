"""What a stack says about money: the rate, budgets and the bill as a whole."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from falaj.components.core.money.budgets import Address, FirstOfMonth
from falaj.components.core.validation.problems import refusal
from falaj.components.settings.types import Part, Percent, SiteName, TenantName
from falaj.facts.currency import PEG

MOST_ALARMS = 5
"""Azure takes at most five notifications a budget (Microsoft.Consumption/budgets)."""


class BudgetSettings(Part):
    """Money per month for one site, and who hears when it runs out."""

    aed_per_month: Annotated[Decimal, Field(gt=0)]
    """Dirhams a month, without VAT."""
    actual_percent: Annotated[tuple[Percent, ...], Field(min_length=1, max_length=5)] = (50, 80, 100)
    """Alarms at these percentages of what was spent."""
    forecast_percent: Annotated[tuple[Percent, ...], Field(max_length=5)] = (100,)
    """Alarms at these percentages of what the month is forecast to cost."""
    notify: Annotated[list[Address], Field(min_length=1)]
    """E-mail addresses of those told."""
    start: FirstOfMonth
    """First day of the first month that counts, `YYYY-MM-01`."""

    @model_validator(mode="after")
    def _few_enough(self) -> "BudgetSettings":
        if len(self.actual_percent) + len(self.forecast_percent) > MOST_ALARMS:
            raise refusal(f"at most {MOST_ALARMS} alarms, actual and forecast together", "leave some out")
        return self


class CurrencySettings(Part):
    """The rate at which dirhams are converted, and when it was read."""

    aed_per_usd: Annotated[Decimal, Field(gt=3, lt=5)] = PEG.aed_per_usd
    """Dirhams for one US dollar."""
    as_of: Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")] = PEG.as_of.isoformat()
    """Day of the rate, `YYYY-MM-DD`."""


class CeilingsSettings(Part):
    """What the estimate of a plan may come to, in dirhams a month without VAT: `falaj bill` and the guardrails refuse
    what is above. What is not said is not judged. Budgets watch what was spent; ceilings what would be."""

    aed_per_month: Annotated[Decimal, Field(gt=0)] | None = None
    """The whole stack."""
    sites: dict[SiteName, Annotated[Decimal, Field(gt=0)]] = Field(default={})
    """By site."""
    tenants: dict[TenantName, Annotated[Decimal, Field(gt=0)]] = Field(default={})
    """By tenant, its part of the shared cost included."""
    of: Literal["expected", "max"] = "expected"
    """Which figure of the stack and of sites: what is expected, or all pools at their most."""
    increase_percent: Annotated[Decimal, Field(ge=0)] | None = None
    """By how much a change may raise the expected cost, in percent of the base."""
    increase_aed: Annotated[Decimal, Field(ge=0)] | None = None
    """By how much it may, in dirhams a month."""


class FinopsSettings(Part):
    """The bill of one cloud's whole account or subscription."""

    budget: BudgetSettings
    """Money per month for all of the project in this environment; those told hear of anomalies too."""
    anomaly_aed: Annotated[Decimal, Field(gt=0)] = Decimal(500)
    """Dirhams a day above the usual from which a spending anomaly is told (AWS; Azure's own model decides)."""
    cost_export: bool = True
    """Whether the bill is exported daily in FOCUS format to an encrypted vault."""
    cost_allocation_tags: bool = False
    """Whether the cost tags are activated for the bill (AWS). AWS refuses tags that it has not seen for a day: turn
    it on a day after the first deployment."""
