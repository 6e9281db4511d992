"""Settings of exchange rate, cost ceilings, and budget and export of a cloud account's bill."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from falaj.components.core.money.amounts import MOST_AED, AnomalyAed
from falaj.components.core.money.anomaly_monitor import MonitorArn
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.money.budgets import FirstOfMonth
from falaj.components.core.money.cost_datasets import CostDataset
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.dates import CalendarDay
from falaj.components.core.validation.names import SiteName, TenantName
from falaj.components.core.validation.problems import refusal
from falaj.facts.currency import PEG


class CurrencySettings(Spec):
    """Exchange rate between dirhams (AED) and US dollars, and its date."""

    aed_per_usd: Annotated[Decimal, Field(gt=3, lt=5)] = PEG.aed_per_usd
    """Dirhams (AED) per US dollar, more than 3 and less than 5. Default: the official peg, 3.6725."""
    as_of: CalendarDay = PEG.as_of.isoformat()
    """Date of the rate, `YYYY-MM-DD`."""


Days = Annotated[int, Field(ge=1, le=3650)]


class PriceAgeSettings(Spec):
    """Maximum age of the prices of an estimate. Older prices are a warning, or refuse the plan."""

    spot_days: Days = 30
    """Maximum age of spot prices in days, 1 to 3,650. Default: 30."""
    list_days: Days = 180
    """Maximum age of list prices in days, 1 to 3,650. Default: 180."""
    refuse: bool = False
    """Whether `falaj bill` and `falaj verdict` refuse a plan whose estimate has older prices. Default: false."""


Ceiling = Annotated[Decimal, Field(ge=1, le=MOST_AED)]
"""A ceiling in AED. What is below one dirham is a fraction of something else."""


def _percent(value: Decimal) -> Decimal:
    if 0 < value < 1:
        meant = f"{value:f} is a factor of {(value / 100).normalize():f}: write {(value * 100).normalize():f}"
        raise refusal("0, or 1 to 10,000 percent", meant)
    return value


class CeilingsSettings(Spec):
    """Maximum estimated cost of a plan in dirhams (AED) per month, without VAT. `falaj bill` and the guardrails refuse
    a plan that exceeds a ceiling; a ceiling that is not set is not checked. Budgets limit actual cost; ceilings limit
    planned cost."""

    aed_per_month: Ceiling | None = None
    """Ceiling of the whole stack."""
    sites: dict[SiteName, Ceiling] = Field(default={})
    """Ceilings by site name."""
    tenants: dict[TenantName, Ceiling] = Field(default={})
    """Ceilings by tenant name. A tenant's share of the shared cost is included."""
    of: Literal["expected", "max"] = "expected"
    """Estimate to compare with the ceilings of the stack and of sites: `expected` (default), or `max` with all pools at
    their maximum size."""
    increase_percent: Annotated[Decimal, Field(ge=0, le=10_000), AfterValidator(_percent)] | None = None
    """Maximum increase of the expected cost by a change, in percent of the cost before it: 0, or 1 and more."""
    increase_aed: Annotated[Decimal, Field(ge=0, le=MOST_AED)] | None = None
    """Maximum increase of the expected cost by a change, in dirhams (AED) per month."""
    price_age: PriceAgeSettings = PriceAgeSettings()
    """Maximum age of prices."""


class FinopsSettings(Spec):
    """FinOps settings of a whole AWS account or Azure subscription."""

    budget: BudgetSpec
    """Monthly budget for the whole project in this environment. Its recipients are also notified of cost anomalies."""
    anomaly_aed: AnomalyAed = Decimal(500)
    """Dirhams (AED) per day above the usual cost, 1 or more, from which an anomaly is reported (AWS only; on Azure,
    Azure's own model decides). Default: 500."""
    cost_export: bool | None = None
    """Whether the bill is exported daily to an encrypted vault: on AWS in FOCUS format (default true), on Azure as
    `export_dataset` (default false, because an export of Azure is not confirmed for deployments by a pipeline)."""
    export_dataset: Choice[CostDataset] = default(CostDataset.ACTUAL)
    """Format of the export (Azure only): `ActualCost` (default) or `AmortizedCost`."""
    export_start: Input[FirstOfMonth] | None = None
    """First day of the month in which the export begins, `YYYY-MM-01` (Azure only). It must lie ahead when the export
    is created. By default, `budget.start`."""
    payer: bool = False
    """Whether the account pays for itself: it is no member of an organisation, or is its management account (AWS only).
    Then a cost category splits the bill by business unit; AWS refuses cost categories and `cost_allocation_tags` in a
    member account. Default: false."""
    cost_allocation_tags: bool = False
    """Whether the cost tags are activated as cost allocation tags (AWS only, with `payer`). AWS rejects a tag until up
    to a day after its first use: enable this a day after the first deployment. Default: false."""
    monitor_arn: MonitorArn | None = None
    """ARN of the account's monitor of cost anomalies of services, from `aws ce get-anomaly-monitors` (AWS only). AWS
    allows one, and creates it when Cost Explorer is opened for the first time. Default: no anomaly is reported, unless
    `create_monitor` is true."""
    create_monitor: bool = False
    """Whether the monitor is created (AWS only): true only in an account that has none. Default: false."""
    email_only: bool = False
    """Whether budgets and anomalies notify by e-mail only, not through an SNS topic (AWS only): for accounts where
    these services, which run in us-east-1, cannot publish to a topic in an opt-in region. Default: false."""
