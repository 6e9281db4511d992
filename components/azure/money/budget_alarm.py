"""Money per month on Azure, and who hears when it runs out."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
from pulumi_azure_native import consumption
from pydantic import Field, model_validator

from falaj.components.azure.common.location import Placed
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.azure.money.alarm_topic import alarm_topic
from falaj.components.core.money.budgets import CheckedBudget, CostFilter
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.names import globally_unique_name
from falaj.components.core.validation.problems import refusal

MOST_ALARMS = 5
"""Notifications of one budget at most (Azure Consumption API)."""

NAME_LIMIT = 63
"""Letters of a budget's name at most; all budgets of a subscription share these names."""


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
    cost_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """Names of the resource groups whose cost counts, for a site; of the whole subscription if absent. Groups catch
    what tags do not: traffic, logs, untagged parts."""
    cost_filter: NotRequired[Mapping[str, str]]
    """Tags that a cost must all carry to count, such as `project` and `tenant`; whatever its tags if absent."""
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
    topic: NotRequired[pulumi.Input[str]]
    """Id of an action group that hears too, such as that of `FinOps`; one of its own if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed, CheckedBudget):
    resource_group_id: Passed[str]
    cost_groups: Annotated[tuple[Passed[str], ...], Field(min_length=1)] | None = None
    cost_filter: CostFilter | None = None
    topic: Passed[str] | None = None

    @model_validator(mode="after")
    def _few_alarms(self) -> Self:
        alarms = len(self.actual_percent) + len(self.forecast_percent)
        if not 1 <= alarms <= MOST_ALARMS:
            allowed = f"one to {MOST_ALARMS} alarms, actual and forecast together"
            raise refusal(allowed, "change the percentages", "actual_percent", list(self.actual_percent))
        return self


class BudgetAlarm(pulumi.ComponentResource):
    """A monthly budget for a subscription, or for what lies in some groups or carries some tags in it, and an action
    group that hears each alarm.
    """

    budget_name: pulumi.Output[str]
    """Name of the budget."""
    topic: pulumi.Output[str]
    """Id of the action group: where others who should hear subscribe."""

    def __init__(self, name: str, args: BudgetAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:BudgetAlarm", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        topic = settings.topic
        if topic is None:
            group = settings.resource_group_name
            topic = alarm_topic(f"{name}-told", group, settings.scope, settings.notify, settings.tags, child).id
        budget = consumption.Budget(f"{name}-budget", _budget(name, settings, topic), child)
        self.budget_name = budget.name
        self.topic = pulumi.Output.from_input(topic)
        self.register_outputs({"budget_name": self.budget_name, "topic": self.topic})


def _budget(name: str, settings: _Checked, topic: pulumi.Input[str]) -> consumption.BudgetArgs:
    kinds = consumption.ThresholdType
    alarms = [(kinds.ACTUAL, percent) for percent in settings.actual_percent]
    alarms += [(kinds.FORECASTED, percent) for percent in settings.forecast_percent]
    group_id = pulumi.Output.from_input(settings.resource_group_id)
    return consumption.BudgetArgs(
        scope=group_id.apply(subscription_of),
        # Two stacks of one subscription may have sites of one name.
        budget_name=group_id.apply(lambda found: globally_unique_name(name, found, NAME_LIMIT)),
        amount=float(settings.usd_per_month),
        category=consumption.CategoryType.COST,
        time_grain=consumption.TimeGrainType.MONTHLY,
        time_period=consumption.BudgetTimePeriodArgs(start_date=f"{settings.start}T00:00:00Z"),
        filter=_whose(settings),
        notifications={
            f"{kind.value.lower()}-{percent}": _notification(kind, percent, settings, topic) for kind, percent in alarms
        },
    )


def _whose(settings: _Checked) -> consumption.BudgetFilterArgs | None:
    """Costs that fulfil every condition. Azure joins two conditions or more, takes one alone, and none is no filter."""
    conditions: list[consumption.BudgetFilterPropertiesArgs] = []
    if settings.cost_groups is not None:
        groups = _one_of("ResourceGroupName", settings.cost_groups)
        conditions.append(consumption.BudgetFilterPropertiesArgs(dimensions=groups))
    for key, value in (settings.cost_filter or {}).items():
        conditions.append(consumption.BudgetFilterPropertiesArgs(tags=_one_of(key, [value])))
    if len(conditions) > 1:
        return consumption.BudgetFilterArgs(and_=conditions)
    return next((consumption.BudgetFilterArgs(dimensions=c.dimensions, tags=c.tags) for c in conditions), None)


def _one_of(name: str, values: Sequence[pulumi.Input[str]]) -> consumption.BudgetComparisonExpressionArgs:
    operator = consumption.BudgetOperatorType.IN_
    return consumption.BudgetComparisonExpressionArgs(name=name, operator=operator, values=values)


def _notification(
    kind: consumption.ThresholdType, percent: int, settings: _Checked, topic: pulumi.Input[str]
) -> consumption.NotificationArgs:
    return consumption.NotificationArgs(
        enabled=True,
        operator=consumption.OperatorType.GREATER_THAN_OR_EQUAL_TO,
        threshold=float(percent),
        threshold_type=kind,
        # Straight to people as well: an action group can be switched off, and then nobody would hear.
        contact_emails=settings.notify,
        contact_groups=[topic],
    )
