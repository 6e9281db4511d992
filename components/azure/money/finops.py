"""Cost monitoring of a whole subscription: anomaly alerts, and the action group that all budgets notify."""

from collections.abc import Sequence
from typing import Self

import pulumi
from pulumi_azure_native import costmanagement
from pydantic import model_validator

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.azure.money.alarm_topic import alarm_topic
from falaj.components.core.money.budgets import Address, FirstOfMonth
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.dates import CalendarDay, midnight, years_after
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.names import short_name
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.set_once import set_once

NAME_LIMIT = 64
"""Maximum length of a scheduled action's name in characters; names are unique in a subscription."""

DISPLAY_NAME_LIMIT = 25
"""Maximum length in characters of the alert name that Cost Management displays."""

DAILY_VIEW = "/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup"
"""Built-in view of a subscription's costs that anomaly alerts evaluate (learn.microsoft.com,
analyze-unexpected-charges, read 2026-11-24)."""


class FinOpsArgs(ResourceGroupIdArgs):
    """Arguments of `FinOps`. Create one for each subscription; it monitors the subscription of the resource group."""

    notify: Sequence[Input[Address]] = set_once("notify", min_length=1)
    """E-mail addresses that receive alerts. The first is also the contact for unsubscribing."""
    start: Input[FirstOfMonth]
    """Start date of the anomaly alerts: the first day of a month, `YYYY-MM-01`."""
    until: Input[CalendarDay] | None = None
    """End date of the anomaly alerts, `YYYY-MM-DD`, which Azure requires; one year after `start` if absent. Alerts stop
    on this day unless it is moved."""
    inherit_tags: bool = False
    """Whether costs without a tag inherit the tag of their resource group. Default false. Requires an Enterprise or
    Microsoft Customer Agreement."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        start, last = self.start, self.last_day
        if isinstance(start, str) and isinstance(last, str) and last <= start:
            raise refusal(f"a day after start ({start})", "set a later date", "until", self.until)
        return self

    @property
    def last_day(self) -> Input[str]:
        """End date of the anomaly alerts, `YYYY-MM-DD`."""
        return map_inputs(lambda start: years_after(start, 1), self.start) if self.until is None else self.until


class FinOps(pulumi.ComponentResource):
    """Creates Azure's daily cost anomaly alert for a subscription, and an action group for all budget alarms.

    Anomaly alerts send e-mail only; they cannot notify an action group.
    """

    topic: pulumi.Output[str]
    """Id of the action group, for argument `topic` of `BudgetAlarm`."""
    anomaly_alert_id: pulumi.Output[str]
    """Id of the anomaly alert."""
    watched_until: pulumi.Output[str]
    """End date of the anomaly alerts, `YYYY-MM-DD`."""

    def __init__(self, name: str, args: FinOpsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = FinOpsArgs.of(name, args)
        super().__init__("falaj:azure:FinOps", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        group = args.resource_group_name
        topic = alarm_topic(f"{name}-told", group, name, args.notify, args.tags, child)
        subscription = pulumi.Output.from_input(args.resource_group_id).apply(subscription_of)
        alert = _anomaly_alert(name, args, subscription, child)
        if args.inherit_tags:
            _tag_inheritance(name, subscription, child)
        self.topic = topic.id
        self.anomaly_alert_id = alert.id
        self.watched_until = pulumi.Output.from_input(args.last_day)
        self.register_outputs(
            {
                "topic": self.topic,
                "anomaly_alert_id": self.anomaly_alert_id,
                "watched_until": self.watched_until,
            }
        )


def _anomaly_alert(
    name: str, args: FinOpsArgs, subscription: pulumi.Output[str], opts: pulumi.ResourceOptions
) -> costmanagement.ScheduledActionByScope:
    return costmanagement.ScheduledActionByScope(
        f"{name}-anomalies",
        scope=subscription,
        name=args.unique_name(name, NAME_LIMIT),
        kind=costmanagement.ScheduledActionKind.INSIGHT_ALERT,
        display_name=short_name(name, "anomalies", limit=DISPLAY_NAME_LIMIT),
        status=costmanagement.ScheduledActionStatus.ENABLED,
        view_id=pulumi.Output.concat(subscription, DAILY_VIEW),
        notification=costmanagement.NotificationPropertiesArgs(
            subject=f"Unusual spending: {args.tags['project']}", to=list(args.notify)
        ),
        notification_email=args.notify[0],
        schedule=costmanagement.SchedulePropertiesArgs(
            frequency=costmanagement.ScheduleFrequency.DAILY,
            start_date=map_inputs(midnight, args.start),
            end_date=map_inputs(midnight, args.last_day),
        ),
        opts=opts,
    )


def _tag_inheritance(
    name: str, subscription: pulumi.Output[str], opts: pulumi.ResourceOptions
) -> costmanagement.TagInheritanceSetting:
    """Enables tag inheritance; a resource's tag takes precedence over the tag of its resource group."""
    return costmanagement.TagInheritanceSetting(
        f"{name}-inherited-tags",
        scope=subscription,
        kind="taginheritance",
        type="taginheritance",
        properties=costmanagement.TagInheritancePropertiesArgs(prefer_container_tags=False),
        opts=opts,
    )
