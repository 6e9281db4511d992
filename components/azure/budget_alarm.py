"""Money per month on Azure, and who hears when it runs out."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self, TypedDict

import pulumi
from pulumi_azure_native import consumption, monitor
from pydantic import Field, model_validator

from components.azure.place import Placed
from components.azure.roles import subscription_of
from components.core.budgets import CheckedBudget
from components.core.names import compact, distinct
from components.core.problems import refusal
from components.core.validated import Passed

MOST_ALARMS = 5
"""Notifications of one budget at most (Azure Consumption API)."""

NAME_LIMIT = 63
"""Letters of a budget's name at most; all budgets of a subscription share these names."""

SHORT_NAME_LIMIT = 12
"""Letters of an action group's short name, which text messages begin with."""


class BudgetAlarmArgs(TypedDict):
    """Arguments of a `BudgetAlarm`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the action group is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; the budget belongs to its subscription."""
    scope: str
    """What the money is for, such as the site's name; a label."""
    cost_groups: Sequence[pulumi.Input[str]]
    """Names of the resource groups whose cost counts. Groups catch what tags do not: traffic, logs, untagged parts."""
    aed_per_month: float
    """Dirhams a month, without VAT."""
    aed_per_usd: float
    """Dirhams for one US dollar, the currency that the subscription is billed in."""
    actual_percent: Sequence[int]
    """Alarms at these percentages of what was spent."""
    forecast_percent: Sequence[int]
    """Alarms at these percentages of what the month is forecast to cost. Five alarms in all."""
    notify: Sequence[str]
    """E-mail addresses of those told."""
    start: str
    """First day of the first month that counts, `YYYY-MM-01`."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed, CheckedBudget):
    resource_group_id: Passed[str]
    cost_groups: Annotated[tuple[Passed[str], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _few_alarms(self) -> Self:
        alarms = len(self.actual_percent) + len(self.forecast_percent)
        if not 1 <= alarms <= MOST_ALARMS:
            allowed = f"one to {MOST_ALARMS} alarms, actual and forecast together"
            raise refusal(allowed, "change the percentages", "actual_percent", list(self.actual_percent))
        return self


class BudgetAlarm(pulumi.ComponentResource):
    """A monthly budget for some resource groups, and an action group that hears each alarm."""

    budget_name: pulumi.Output[str]
    """Name of the budget."""
    topic: pulumi.Output[str]
    """Id of the action group: where others who should hear subscribe."""

    def __init__(self, name: str, args: BudgetAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:BudgetAlarm", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        told = _action_group(name, settings, child)
        budget = consumption.Budget(f"{name}-budget", _budget(name, settings, told), child)
        self.budget_name = budget.name
        self.topic = told.id
        self.register_outputs({"budget_name": self.budget_name, "topic": self.topic})


def _action_group(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> monitor.ActionGroup:
    return monitor.ActionGroup(
        f"{name}-told",
        # The service has no region of its own in the UAE; it keeps names and addresses only.
        location="global",
        resource_group_name=settings.resource_group_name,
        group_short_name=compact(settings.scope, limit=SHORT_NAME_LIMIT, tail=3),
        enabled=True,
        email_receivers=[
            monitor.MicrosoftCommonEmailReceiverArgs(name=address, email_address=address, use_common_alert_schema=True)
            for address in settings.notify
        ],
        tags=settings.tags,
        opts=opts,
    )


def _budget(name: str, settings: _Checked, told: monitor.ActionGroup) -> consumption.BudgetArgs:
    kinds = consumption.ThresholdType
    alarms = [(kinds.ACTUAL, percent) for percent in settings.actual_percent]
    alarms += [(kinds.FORECASTED, percent) for percent in settings.forecast_percent]
    group_id = pulumi.Output.from_input(settings.resource_group_id)
    return consumption.BudgetArgs(
        scope=group_id.apply(subscription_of),
        # Two stacks of one subscription may have sites of one name.
        budget_name=group_id.apply(lambda found: distinct(name, found, NAME_LIMIT)),
        amount=float(settings.usd_per_month),
        category=consumption.CategoryType.COST,
        time_grain=consumption.TimeGrainType.MONTHLY,
        time_period=consumption.BudgetTimePeriodArgs(start_date=f"{settings.start}T00:00:00Z"),
        filter=consumption.BudgetFilterArgs(
            dimensions=consumption.BudgetComparisonExpressionArgs(
                name="ResourceGroupName",
                operator=consumption.BudgetOperatorType.IN_,
                values=settings.cost_groups,
            )
        ),
        notifications={
            f"{kind.value.lower()}-{percent}": _notification(kind, percent, settings, told) for kind, percent in alarms
        },
    )


def _notification(
    kind: consumption.ThresholdType, percent: int, settings: _Checked, told: monitor.ActionGroup
) -> consumption.NotificationArgs:
    return consumption.NotificationArgs(
        enabled=True,
        operator=consumption.OperatorType.GREATER_THAN_OR_EQUAL_TO,
        threshold=float(percent),
        threshold_type=kind,
        # Straight to people as well: an action group can be switched off, and then nobody would hear.
        contact_emails=settings.notify,
        contact_groups=[told.id],
    )
