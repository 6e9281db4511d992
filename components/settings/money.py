"""What a stack says about money: the rate, budgets and the bill as a whole."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.money.budgets import Day
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.names import SiteName, TenantName
from falaj.facts.currency import PEG


class CurrencySettings(Spec):
    """The rate at which dirhams are converted, and when it was read."""

    aed_per_usd: Annotated[Decimal, Field(gt=3, lt=5)] = PEG.aed_per_usd
    """Dirhams for one US dollar."""
    as_of: Day = PEG.as_of.isoformat()
    """Day of the rate, `YYYY-MM-DD`."""


class CeilingsSettings(Spec):
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


class FinopsSettings(Spec):
    """The bill of one cloud's whole account or subscription."""

    budget: BudgetSpec
    """Money per month for all of the project in this environment; those told hear of anomalies too."""
    anomaly_aed: Annotated[Decimal, Field(gt=0)] = Decimal(500)
    """Dirhams a day above the usual from which a spending anomaly is told (AWS; Azure's own model decides)."""
    cost_export: bool = True
    """Whether the bill is exported daily in FOCUS format to an encrypted vault."""
    cost_allocation_tags: bool = False
    """Whether the cost tags are activated for the bill (AWS). AWS refuses tags that it has not seen for a day: turn
    it on a day after the first deployment."""
