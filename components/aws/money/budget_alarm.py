"""Monthly AWS budget with alarms at percentages of its limit."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Self

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.aws.money.alarm_topic import BUDGETS, alarm_topic
from falaj.components.core.money.budgets import Address, CostFilter, FirstOfMonth, Percents
from falaj.components.core.money.conversion import usd_of
from falaj.components.core.validation.args import Accepts, Args, Input
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags, with_name_tag

FILTER_TAGS = ("project", "business-unit", "environment")
"""Cost tags that a budget filters by if no filter is given."""


Addresses = Annotated[Sequence[Input[Address]], Field(min_length=1, max_length=10)]


class BudgetAlarmArgs(Args):
    """Monthly budget for one scope."""

    scope: str = Field(min_length=1, max_length=40)
    """Label of what the budget covers (the platform, a site or a tenant): 1 to 40 characters."""
    aed_per_month: Accepts[Decimal, Decimal | float] = Field(gt=0)
    """Limit in dirhams (AED) per month, without VAT. AWS stores it in US dollars, rounded down to cents."""
    aed_per_usd: Accepts[Decimal, Decimal | float] = Field(gt=0)
    """Exchange rate: dirhams (AED) per US dollar."""
    actual_percent: Accepts[Percents, Sequence[int]] = Field(min_length=1, max_length=5)
    """Percentages of the limit, 1 to 5 values. An alarm is sent when the month's actual cost exceeds one of them."""
    forecast_percent: Accepts[Percents, Sequence[int]] = Field(max_length=5)
    """Percentages of the limit, up to 5 values. An alarm is sent when the month's forecast cost exceeds one of them."""
    notify: Input[Addresses]
    """E-mail addresses that alarms are sent to: 1 to 10."""
    start: Input[FirstOfMonth]
    """First day of the first month that the budget covers, `YYYY-MM-01`."""
    cost_filter: CostFilter | None = None
    """Tags that select the costs to count, such as `project` and `site`, or `project` and `tenant`: a cost must carry
    all of them. Default: the project, business unit and environment of `tags`. A tag takes effect from the day on which
    it is activated as a cost allocation tag."""
    topic_arn: Input[str] | None = None
    """ARN of an SNS topic that this account's budgets may publish to, such as that of `FinOps`. Default: a new topic is
    created."""
    tags: CostTags
    """Mandatory cost tags, applied to every resource that supports tags."""

    @model_validator(mode="after")
    def _is_a_cent_or_more(self) -> Self:
        try:
            usd_of(self.aed_per_month, self.aed_per_usd)
        except ValueError as error:
            given = float(self.aed_per_month)
            raise refusal(f"one US cent or more ({error})", "raise it", "aed_per_month", given) from None
        return self

    @property
    def usd_per_month(self) -> Decimal:
        """Returns the limit in US dollars per month."""
        return usd_of(self.aed_per_month, self.aed_per_usd)


class BudgetAlarm(pulumi.ComponentResource):
    """Monthly cost budget that notifies people by e-mail and programs through an SNS topic.

    The budget sends the e-mails itself, because e-mail subscriptions of a topic must be confirmed first and alarms
    before that are lost. The topic is in the site's region. Budgets is served from us-east-1; that it delivers to a
    topic in an opt-in region was not tested in a real account.
    """

    budget_name: pulumi.Output[str]
    """Name of the budget."""
    topic_arn: pulumi.Output[str]
    """ARN of the topic that alarms are published to."""
    usd_per_month: pulumi.Output[str]
    """Limit in US dollars per month."""

    def __init__(self, name: str, args: BudgetAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = BudgetAlarmArgs.of(name, args)
        super().__init__("falaj:aws:BudgetAlarm", name, {}, opts)
        purpose = f"Encrypts budget alarms of {args.scope}"
        topic = args.topic_arn
        if topic is None:
            topic = alarm_topic(name, purpose, (BUDGETS,), args.tags, self)
        limit = str(args.usd_per_month)
        budget = aws.budgets.Budget(
            f"{name}-monthly",
            budget_type="COST",
            time_unit="MONTHLY",
            time_period_start=pulumi.Output.concat(args.start, "_00:00"),
            limit_amount=limit,
            limit_unit="USD",
            filter_expression=_filter(args),
            metrics="UnblendedCost",
            notifications=_notifications(args, topic),
            tags=with_name_tag(args.tags, args.scope),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.budget_name = budget.name
        self.topic_arn = pulumi.Output.from_input(topic)
        self.usd_per_month = pulumi.Output.from_input(limit)
        self.register_outputs(
            {"budget_name": self.budget_name, "topic_arn": self.topic_arn, "usd_per_month": self.usd_per_month}
        )


def _filter(args: BudgetAlarmArgs) -> aws.budgets.BudgetFilterExpressionArgs:
    """Returns a filter for costs that carry all of the tags. The older cost filters select costs that carry any of
    them."""
    tags = args.cost_filter or {key: args.tags[key] for key in FILTER_TAGS}
    if len(tags) == 1:
        [(key, value)] = tags.items()
        # `And` takes at least two expressions (Budgets API, Expression).
        tag_filter = aws.budgets.BudgetFilterExpressionTagsArgs(key=key, values=[value], match_options=["EQUALS"])
        return aws.budgets.BudgetFilterExpressionArgs(tags=tag_filter)
    return aws.budgets.BudgetFilterExpressionArgs(
        ands=[
            aws.budgets.BudgetFilterExpressionAndArgs(
                tags=aws.budgets.BudgetFilterExpressionAndTagsArgs(key=key, values=[value], match_options=["EQUALS"])
            )
            for key, value in tags.items()
        ]
    )


def _notifications(args: BudgetAlarmArgs, topic: pulumi.Input[str]) -> list[aws.budgets.BudgetNotificationArgs]:
    thresholds = [("ACTUAL", percent) for percent in args.actual_percent]
    thresholds += [("FORECASTED", percent) for percent in args.forecast_percent]
    return [
        aws.budgets.BudgetNotificationArgs(
            notification_type=kind,
            threshold=percent,
            threshold_type="PERCENTAGE",
            comparison_operator="GREATER_THAN",
            subscriber_email_addresses=args.notify,
            subscriber_sns_topic_arns=[topic],
        )
        for kind, percent in thresholds
    ]
