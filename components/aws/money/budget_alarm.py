"""Monthly AWS budget with alarms at percentages of its limit."""

from collections.abc import Sequence
from typing import Annotated

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.money.alarm_topic import BUDGETS, alarm_topic
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.money.budget_spec import MOST_ADDRESSES, BudgetAlarmSpec
from falaj.components.core.money.budgets import Address, CostFilter
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag

FILTER_TAGS = ("project", "business-unit", "environment")
"""Cost tags that a budget filters by if no filter is given."""

NO_TOPIC = "none"
"""Value of the output `topic_arn` without a topic."""


class BudgetAlarmArgs(BudgetAlarmSpec, Args):
    """A monthly budget of the account's costs that carry some tags, with alarms. AWS Budgets keeps it in US dollars."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE. Default: `me-central-1`, the only one."""
    notify: Input[Annotated[Sequence[Input[Address]], Field(min_length=1, max_length=MOST_ADDRESSES)]] = set_once(
        "notify"
    )
    """E-mail addresses that receive the alarms: at most ten."""
    cost_filter: CostFilter | None = None
    """Tags that select the costs to count, such as `project` and `site`, or `project` and `tenant`: a cost must carry
    all of them. Default: the project, business unit and environment of `tags`. A tag takes effect from the day on which
    it is activated as a cost allocation tag."""
    topic_arn: Input[str] | None = None
    """ARN of an SNS topic that this account's budgets may publish to, such as that of `FinOps`. Default: a new topic is
    created."""
    email_only: bool = False
    """Whether the budget notifies by e-mail only, and no topic is created: for accounts where AWS Budgets cannot
    publish to a topic in an opt-in region such as `me-central-1`. Default: false."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""


class BudgetAlarm(RegionalComponent):
    """Monthly cost budget that notifies people by e-mail and programs through an SNS topic.

    The budget sends the e-mails itself, because e-mail subscriptions of a topic must be confirmed first and alarms
    before that are lost. The topic is in the site's region. Budgets is served from us-east-1; that it delivers to a
    topic in an opt-in region was not tested in a real account.
    """

    budget_name: pulumi.Output[str]
    """Name of the budget."""
    topic_arn: pulumi.Output[str]
    """ARN of the topic that alarms are published to; `none` with `email_only`."""
    usd_per_month: pulumi.Output[str]
    """Limit in US dollars per month."""

    def __init__(self, name: str, args: BudgetAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = BudgetAlarmArgs.of(name, args)
        super().__init__("falaj:aws:BudgetAlarm", name, args.region, opts)
        purpose = f"Encrypts budget alarms of {args.scope}"
        topic = args.topic_arn
        if args.email_only:
            topic = None
        elif topic is None:
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
        self.topic_arn = pulumi.Output.from_input(NO_TOPIC if topic is None else topic)
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


def _notifications(args: BudgetAlarmArgs, topic: pulumi.Input[str] | None) -> list[aws.budgets.BudgetNotificationArgs]:
    thresholds = [("ACTUAL", percent) for percent in args.actual_percent]
    thresholds += [("FORECASTED", percent) for percent in args.forecast_percent]
    return [
        aws.budgets.BudgetNotificationArgs(
            notification_type=kind,
            threshold=percent,
            threshold_type="PERCENTAGE",
            comparison_operator="GREATER_THAN",
            subscriber_email_addresses=args.notify,
            subscriber_sns_topic_arns=None if topic is None else [topic],
        )
        for kind, percent in thresholds
    ]
