"""A budget and its alarms, declared once: for stack files and for the budgets of sites, tenants and accounts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pydantic import Field

from falaj.components.core.money.amounts import Aed
from falaj.components.core.money.budgets import Address, CostFilter, FirstOfMonth, Percents
from falaj.components.core.money.conversion import usd_of
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.set_once import set_once

MOST_ALARMS = 5
"""Maximum number of notifications of one budget, on both clouds (AWS Budgets API, CreateBudget,
NotificationsWithSubscribers; Azure Consumption API, Budgets, notifications)."""

MOST_ADDRESSES = 10
"""Maximum number of e-mail addresses of one notification on AWS (Budgets API,
NotificationWithSubscribers). Azure allows
more; a stack has one limit, so that a budget can move between clouds."""


class BudgetLimit(Spec):
    """Limit of a monthly budget, and the percentages of it that raise an alarm."""

    aed_per_month: Accepts[Aed, Aed | float]
    """Limit in AED per month, without VAT: at most a billion."""
    actual_percent: Accepts[Percents, Sequence[int]] = default((50, 80, 100), min_length=1, max_length=MOST_ALARMS)
    """Percentages of the limit: the actual cost of the month raises an alarm when it reaches one (Azure) or exceeds it
    (AWS)."""
    forecast_percent: Accepts[Percents, Sequence[int]] = default((100,), max_length=MOST_ALARMS)
    """The same for the forecast cost of the month. A budget has at most five alarms, actual and forecast together."""

    def _problems(self) -> Iterator[Problem]:
        alarms = [*self.actual_percent, *self.forecast_percent]
        if len(alarms) > MOST_ALARMS:
            allowed = f"at most {MOST_ALARMS} alarms, actual and forecast together"
            yield Problem("forecast_percent", alarms, allowed, "remove some")


class BudgetSpec(BudgetLimit):
    """A monthly budget as a stack file states it: every value is known before the deployment."""

    notify: Sequence[Input[Address]] = Field(min_length=1, max_length=MOST_ADDRESSES)
    """E-mail addresses that receive the alarms, at most ten; use a distribution list for more."""
    start: Input[FirstOfMonth]
    """First day of the first month that counts, `YYYY-MM-01`."""


def conversion_problems(budget: BudgetLimit, aed_per_usd: Decimal | float) -> Iterator[Problem]:
    """Yields the problem of a budget that cannot be converted to US dollars, in which the clouds keep budgets."""
    try:
        usd_of(budget.aed_per_month, aed_per_usd)
    except ValueError as error:
        yield Problem("aed_per_month", float(budget.aed_per_month), f"one US cent or more ({error})", "raise it")


class BudgetAlarmSpec(BudgetLimit):
    """A monthly budget as the budget components of both clouds take it."""

    scope: str = Field(min_length=1, max_length=256)
    """What the budget is for, as a label: the platform, a site or a tenant. It becomes a tag's value."""
    aed_per_usd: Accepts[Decimal, Decimal | float] = set_once("aed_per_usd", gt=0)
    """AED per US dollar, the currency that the cloud bills in."""
    cost_filter: CostFilter | None = None
    """Tags that a cost must all carry to count, such as `project` and `tenant`; any cost counts if absent."""
    start: Input[FirstOfMonth]
    """First day of the first month that counts, `YYYY-MM-01`."""

    def _problems(self) -> Iterator[Problem]:
        yield from super()._problems()
        yield from conversion_problems(self, self.aed_per_usd)

    @property
    def usd_per_month(self) -> Decimal:
        """Limit in US dollars per month, rounded down to cents."""
        return usd_of(self.aed_per_month, self.aed_per_usd)
