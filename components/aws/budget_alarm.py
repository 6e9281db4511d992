"""A budget on AWS: who hears, and when, that a month's money runs out."""

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field

from components.aws.documents import budgets_publish, budgets_use
from components.aws.keys import account_id, customer_key
from components.core.budgets import Address, CheckedBudget, Percents
from components.core.tags import CostTags, named

FILTER_TAGS = ("project", "business-unit", "environment")
"""Cost tags that say whose money it is. They count once they are activated as cost allocation tags."""


class BudgetAlarmArgs(TypedDict):
    """Money per month for one scope."""

    scope: str
    """What the budget is for, as a label: a site or a tenant."""
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
    tags: Mapping[str, str]
    """The mandatory cost tags; costs that carry the same project, business unit and environment count."""


class _Checked(CheckedBudget):
    scope: Annotated[str, Field(min_length=1, max_length=40)]
    actual_percent: Annotated[Percents, Field(min_length=1, max_length=5)]
    forecast_percent: Annotated[Percents, Field(max_length=5)]
    notify: Annotated[tuple[Address, ...], Field(min_length=1, max_length=10)]
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
        topic, policy = self._topic(name, settings)
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
            notifications=_notifications(settings, topic.arn),
            tags=named(settings.tags, settings.scope),
            # AWS tries the topic when a budget names it: its policy must be there.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self.budget_name = budget.name
        self.topic_arn = topic.arn
        self.usd_per_month = pulumi.Output.from_input(limit)
        self.register_outputs(
            {"budget_name": self.budget_name, "topic_arn": self.topic_arn, "usd_per_month": self.usd_per_month}
        )

    def _topic(self, name: str, settings: _Checked) -> tuple[aws.sns.Topic, aws.sns.TopicPolicy]:
        key = customer_key(
            f"{name}-key",
            f"Encrypts budget alarms of {settings.scope}",
            lambda account: (budgets_use(account),),
            settings.tags,
            self,
        )
        topic = aws.sns.Topic(
            f"{name}-topic",
            kms_master_key_id=key.arn,
            tags=named(settings.tags, f"{name}-topic"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        policy = aws.sns.TopicPolicy(
            f"{name}-topic-policy",
            arn=topic.arn,
            policy=pulumi.Output.all(account_id(self), topic.arn).apply(lambda both: budgets_publish(both[0], both[1])),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return topic, policy


def _whose(settings: _Checked) -> aws.budgets.BudgetFilterExpressionArgs:
    """Costs that carry all of the tags: a plain cost filter would count those that carry any of them."""
    return aws.budgets.BudgetFilterExpressionArgs(
        ands=[
            aws.budgets.BudgetFilterExpressionAndArgs(
                tags=aws.budgets.BudgetFilterExpressionAndTagsArgs(
                    key=key, values=[settings.tags[key]], match_options=["EQUALS"]
                )
            )
            for key in FILTER_TAGS
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
