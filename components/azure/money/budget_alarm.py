"""A monthly budget on Azure with alarms on actual and forecast cost."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Self

import pulumi
from pulumi_azure_native import consumption
from pydantic import Field, model_validator

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.azure.money.alarm_topic import alarm_topic
from falaj.components.core.money.budgets import Address, CostFilter, FirstOfMonth, Percents
from falaj.components.core.money.conversion import usd_of
from falaj.components.core.validation.args import Accepts, Input
from falaj.components.core.validation.problems import Problem, refuse_if

MOST_ALARMS = 5
"""Notifications of one budget at most (Azure Consumption API)."""

NAME_LIMIT = 63
"""Characters of a budget's name at most; names are unique in a subscription."""


class BudgetAlarmArgs(ResourceGroupIdArgs):
    """A monthly budget of the subscription that the resource group is in, or of a part of it, with alarms."""

    scope: str = Field(min_length=1)
    """What the budget is for, such as the site's name; a label."""
    cost_groups: Input[Annotated[Sequence[Input[str]], Field(min_length=1)]] | None = None
    """Names of the resource groups whose cost counts, for a site; the whole subscription if absent. Groups include
    what tags do not: traffic, logs, untagged resources."""
    cost_filter: CostFilter | None = None
    """Tags that a cost must all carry to count, such as `project` and `tenant`; whatever its tags if absent."""
    aed_per_month: Accepts[Decimal, Decimal | float] = Field(gt=0)
    """Limit in dirhams a month, without VAT."""
    aed_per_usd: Accepts[Decimal, Decimal | float] = Field(gt=0)
    """Dirhams for one US dollar, the currency that the subscription is billed in."""
    actual_percent: Accepts[Percents, Sequence[int]]
    """Percentages of the limit: an alarm as soon as the month's actual cost reaches one."""
    forecast_percent: Accepts[Percents, Sequence[int]]
    """Percentages of the limit: an alarm as soon as the month's forecast cost reaches one. One to five alarms in all,
    actual and forecast together."""
    notify: Sequence[Input[Address]] = Field(min_length=1)
    """E-mail addresses that alarms are sent to."""
    start: Input[FirstOfMonth]
    """First day of the first month that counts, `YYYY-MM-01`."""
    topic: Input[str] | None = None
    """Id of an action group that is notified too, such as that of `FinOps`; one of its own if absent."""

    @model_validator(mode="after")
    def _can_be_a_budget(self) -> Self:
        refuse_if(self._problems())
        return self

    def _problems(self) -> Iterator[Problem]:
        try:
            usd_of(self.aed_per_month, self.aed_per_usd)
        except ValueError as error:
            yield Problem("aed_per_month", float(self.aed_per_month), f"one US cent or more ({error})", "raise it")
        if not 1 <= len(self.actual_percent) + len(self.forecast_percent) <= MOST_ALARMS:
            allowed = f"one to {MOST_ALARMS} alarms, actual and forecast together"
            yield Problem("actual_percent", list(self.actual_percent), allowed, "change the percentages")

    @property
    def usd_per_month(self) -> Decimal:
        """Limit in US dollars a month."""
        return usd_of(self.aed_per_month, self.aed_per_usd)


class BudgetAlarm(pulumi.ComponentResource):
    """A monthly budget for a subscription, or for some resource groups or tags in it, and an action group that is
    notified of each alarm.
    """

    budget_name: pulumi.Output[str]
    """Name of the budget."""
    topic: pulumi.Output[str]
    """Id of the action group, which further receivers subscribe to."""

    def __init__(self, name: str, args: BudgetAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = BudgetAlarmArgs.of(name, args)
        super().__init__("falaj:azure:BudgetAlarm", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        topic = args.topic
        if topic is None:
            group = args.resource_group_name
            topic = alarm_topic(f"{name}-told", group, args.scope, args.notify, args.tags, child).id
        budget = consumption.Budget(f"{name}-budget", _budget(name, args, topic), child)
        self.budget_name = budget.name
        self.topic = pulumi.Output.from_input(topic)
        self.register_outputs({"budget_name": self.budget_name, "topic": self.topic})


def _budget(name: str, args: BudgetAlarmArgs, topic: pulumi.Input[str]) -> consumption.BudgetArgs:
    kinds = consumption.ThresholdType
    alarms = [(kinds.ACTUAL, percent) for percent in args.actual_percent]
    alarms += [(kinds.FORECASTED, percent) for percent in args.forecast_percent]
    return consumption.BudgetArgs(
        scope=pulumi.Output.from_input(args.resource_group_id).apply(subscription_of),
        # Two stacks of one subscription may have sites of one name.
        budget_name=args.unique_name(name, NAME_LIMIT),
        amount=float(args.usd_per_month),
        category=consumption.CategoryType.COST,
        time_grain=consumption.TimeGrainType.MONTHLY,
        time_period=consumption.BudgetTimePeriodArgs(start_date=pulumi.Output.concat(args.start, "T00:00:00Z")),
        filter=_filter(args),
        notifications={
            f"{kind.value.lower()}-{percent}": _notification(kind, percent, args, topic) for kind, percent in alarms
        },
    )


def _filter(args: BudgetAlarmArgs) -> consumption.BudgetFilterArgs | None:
    """Costs that meet every condition. Azure joins two conditions or more, takes one alone; none is no filter."""
    conditions: list[consumption.BudgetFilterPropertiesArgs] = []
    if args.cost_groups is not None:
        groups = _one_of("ResourceGroupName", args.cost_groups)
        conditions.append(consumption.BudgetFilterPropertiesArgs(dimensions=groups))
    for key, value in (args.cost_filter or {}).items():
        conditions.append(consumption.BudgetFilterPropertiesArgs(tags=_one_of(key, [value])))
    if len(conditions) > 1:
        return consumption.BudgetFilterArgs(and_=conditions)
    return next((consumption.BudgetFilterArgs(dimensions=c.dimensions, tags=c.tags) for c in conditions), None)


def _one_of(name: str, values: pulumi.Input[Sequence[pulumi.Input[str]]]) -> consumption.BudgetComparisonExpressionArgs:
    operator = consumption.BudgetOperatorType.IN_
    return consumption.BudgetComparisonExpressionArgs(name=name, operator=operator, values=values)


def _notification(
    kind: consumption.ThresholdType, percent: int, args: BudgetAlarmArgs, topic: pulumi.Input[str]
) -> consumption.NotificationArgs:
    return consumption.NotificationArgs(
        enabled=True,
        operator=consumption.OperatorType.GREATER_THAN_OR_EQUAL_TO,
        threshold=float(percent),
        threshold_type=kind,
        # Directly as well: an action group can be disabled, and then nobody would be notified.
        contact_emails=list(args.notify),
        contact_groups=[topic],
    )
