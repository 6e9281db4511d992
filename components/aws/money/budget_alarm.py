"""A budget on AWS: who hears, and when, that a month's money runs out."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.money.alarm_topic import BUDGETS, alarm_topic
from falaj.components.core.money.budgets import Address, CheckedBudget, CostFilter, Percents
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.tags import CostTags, named

FILTER_TAGS = ("project", "business-unit", "environment")
"""Cost tags that say whose money it is where no filter is given."""


class BudgetAlarmArgs(TypedDict):
    """Money per month for one scope."""

    scope: str
    """What the budget is for, as a label: the platform, a site or a tenant."""
    aed_per_month: float
    """Dirhams a month, without VAT."""
    aed_per_usd: float
    """Dirhams for one US dollar."""
    actual_percent: Sequence[int]
    """Alarms at these percentages of what was spent."""
    forecast_percent: Sequence[int]
    """Alarms at these percentages of what the month is forecast to cost."""
    notify: Sequence[str]
    """E-mail addresses of those told, ten at most."""
    start: str
    """First day of the first month that counts, `YYYY-MM-01`."""
    cost_filter: NotRequired[Mapping[str, str]]
    """Tags that a cost must all carry to count, such as `project` and `site`, or `project` and `tenant`; the same
    project, business unit and environment as `tags` if absent. AWS counts by a tag from the day on which it is
    activated as a cost allocation tag."""
    topic_arn: NotRequired[pulumi.Input[str]]
    """A topic that this account's budgets may publish to, such as that of `FinOps`; one of its own if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""


class _Checked(CheckedBudget):
    scope: Annotated[str, Field(min_length=1, max_length=40)]
    actual_percent: Annotated[Percents, Field(min_length=1, max_length=5)]
    forecast_percent: Annotated[Percents, Field(max_length=5)]
    notify: Annotated[tuple[Address, ...], Field(min_length=1, max_length=10)]
    cost_filter: CostFilter | None = None
    topic_arn: Passed[str] | None = None
    tags: CostTags


class BudgetAlarm(pulumi.ComponentResource):
    """A monthly cost budget that tells people by e-mail and machines by a topic.

    People are told by the budget itself: a topic's e-mail subscription has to be confirmed by a click, and an alarm
    that waits for one is lost. The topic lives in the site's region; that Budgets, which is served from us-east-1,
    delivers to a topic of an opt-in region could not be verified.
    """

    budget_name: pulumi.Output[str]
    """Name of the budget."""
    topic_arn: pulumi.Output[str]
    """ARN of the topic that its alarms are published to."""
    usd_per_month: pulumi.Output[str]
    """The limit in US dollars, as AWS has it."""

    def __init__(self, name: str, args: BudgetAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:BudgetAlarm", name, {}, opts)
        purpose = f"Encrypts budget alarms of {settings.scope}"
        topic = settings.topic_arn
        if topic is None:
            topic = alarm_topic(name, purpose, (BUDGETS,), settings.tags, self)
        limit = str(settings.usd_per_month)
        budget = aws.budgets.Budget(
            f"{name}-monthly",
            budget_type="COST",
            time_unit="MONTHLY",
            time_period_start=f"{settings.start}_00:00",
            limit_amount=limit,
            limit_unit="USD",
            filter_expression=_whose(settings),
            metrics="UnblendedCost",
            notifications=_notifications(settings, topic),
            tags=named(settings.tags, settings.scope),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.budget_name = budget.name
        self.topic_arn = pulumi.Output.from_input(topic)
        self.usd_per_month = pulumi.Output.from_input(limit)
        self.register_outputs(
            {"budget_name": self.budget_name, "topic_arn": self.topic_arn, "usd_per_month": self.usd_per_month}
        )


def _whose(settings: _Checked) -> aws.budgets.BudgetFilterExpressionArgs:
    """Costs that carry all of the tags: a plain cost filter would count those that carry any of them."""
    wanted = settings.cost_filter or {key: settings.tags[key] for key in FILTER_TAGS}
    if len(wanted) == 1:
        [(key, value)] = wanted.items()
        # AWS joins two expressions or more (Budgets API, Expression).
        only = aws.budgets.BudgetFilterExpressionTagsArgs(key=key, values=[value], match_options=["EQUALS"])
        return aws.budgets.BudgetFilterExpressionArgs(tags=only)
    return aws.budgets.BudgetFilterExpressionArgs(
        ands=[
            aws.budgets.BudgetFilterExpressionAndArgs(
                tags=aws.budgets.BudgetFilterExpressionAndTagsArgs(key=key, values=[value], match_options=["EQUALS"])
            )
            for key, value in wanted.items()
        ]
    )


def _notifications(settings: _Checked, topic: pulumi.Input[str]) -> list[aws.budgets.BudgetNotificationArgs]:
    thresholds = [("ACTUAL", percent) for percent in settings.actual_percent]
    thresholds += [("FORECASTED", percent) for percent in settings.forecast_percent]
    return [
        aws.budgets.BudgetNotificationArgs(
            notification_type=kind,
            threshold=percent,
            threshold_type="PERCENTAGE",
            comparison_operator="GREATER_THAN",
            subscriber_email_addresses=list(settings.notify),
            subscriber_sns_topic_arns=[topic],
        )
        for kind, percent in thresholds
    ]
