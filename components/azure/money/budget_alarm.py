"""A monthly budget on Azure with alarms on actual and forecast cost."""

from collections.abc import Sequence
from typing import Annotated

import pulumi
from pulumi_azure_native import consumption
from pydantic import Field

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.azure.money.alarm_topic import alarm_topic
from falaj.components.core.money.budget_spec import BudgetAlarmSpec
from falaj.components.core.money.budgets import Address
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.set_once import set_once

NAME_LIMIT = 63
"""Characters of a budget's name at most; names are unique in a subscription."""


class BudgetAlarmArgs(BudgetAlarmSpec, ResourceGroupIdArgs):
    """A monthly budget of the subscription that the resource group is in, or of a part of it, with alarms."""

    cost_groups: Input[Annotated[Sequence[Input[str]], Field(min_length=1)]] | None = None
    """Names of the resource groups whose cost counts; the whole subscription if absent. Resource groups include what
    tags do not: traffic, logs, untagged resources."""
    notify: Sequence[Input[Address]] = set_once("notify", min_length=1)
    """E-mail addresses that receive the alarms."""
    topic: Input[str] | None = None
    """Id of an action group that is notified too, such as that of `FinOps`; one of its own if absent."""


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
        budget = consumption.Budget(
            f"{name}-budget",
            _budget(name, args, topic),
            # Azure refuses another start date, and a second budget of the name.
            pulumi.ResourceOptions(
                parent=self, replace_on_changes=["timePeriod.startDate"], delete_before_replace=True
            ),
        )
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
