"""What is done about a subscription's spending as a whole, once per subscription."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
from pulumi_azure_native import costmanagement
from pydantic import Field, StringConstraints, model_validator

from falaj.components.azure.common.location import Placed
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.azure.money.alarm_topic import alarm_topic
from falaj.components.core.money.budgets import Address, FirstOfMonth
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.names import short_name, globally_unique_name
from falaj.components.core.validation.problems import refusal

NAME_LIMIT = 64
"""Letters of a scheduled action's name at most; all of a subscription share these names."""

DISPLAY_NAME_LIMIT = 25
"""Letters that Cost Management shows of an alert's name."""

DAILY_VIEW = "/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup"
"""The built-in view, of a subscription, that anomaly alerts look at (learn.microsoft.com, analyze-unexpected-charges,
read 2026-11-24)."""


class FinOpsArgs(TypedDict):
    """Arguments of a `FinOps`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the action group is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; its subscription is watched."""
    notify: Sequence[str]
    """E-mail addresses of those told. The first also hears who does not want to be told any more."""
    start: str
    """First day of the first month that counts, `YYYY-MM-01`."""
    until: NotRequired[str]
    """Last day of the watch for anomalies, `YYYY-MM-DD`, which Azure wants to be told; a year after `start` if
    absent. It has to be moved on before it comes."""
    inherit_tags: NotRequired[bool]
    """Whether costs without a tag count under that of their resource group. Needs an Enterprise or Microsoft Customer
    Agreement; false if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed):
    resource_group_id: Passed[str]
    notify: Annotated[tuple[Address, ...], Field(min_length=1)]
    start: FirstOfMonth
    until: Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")] | None = None
    inherit_tags: bool = False

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        try:
            ends = date.fromisoformat(self.last_day)
        except ValueError:
            raise refusal("a day of the calendar, YYYY-MM-DD", "correct it", "until", self.until) from None
        if ends <= date.fromisoformat(self.start):
            raise refusal(f"a day after start ({self.start})", "move it on", "until", self.until)
        return self

    @property
    def last_day(self) -> str:
        """The last day of the watch, `YYYY-MM-DD`."""
        return self.until or f"{int(self.start[:4]) + 1}{self.start[4:]}"


class FinOps(pulumi.ComponentResource):
    """Azure's own watch for days that cost more than usual, and an action group for the alarms of all budgets.

    The watch writes e-mails only and cannot call an action group.
    """

    topic: pulumi.Output[str]
    """Id of the action group, for the `topic` of budgets."""
    anomaly_alert_id: pulumi.Output[str]
    """Id of the anomaly alert."""
    watched_until: pulumi.Output[str]
    """Last day of the watch, `YYYY-MM-DD`."""

    def __init__(self, name: str, args: FinOpsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:FinOps", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        group = settings.resource_group_name
        told = alarm_topic(f"{name}-told", group, name, settings.notify, settings.tags, child)
        subscription = pulumi.Output.from_input(settings.resource_group_id).apply(subscription_of)
        alert = _anomaly_alert(name, settings, subscription, child)
        if settings.inherit_tags:
            _tag_inheritance(name, subscription, child)
        self.topic = told.id
        self.anomaly_alert_id = alert.id
        self.watched_until = pulumi.Output.from_input(settings.last_day)
        self.register_outputs(
            {
                "topic": self.topic,
                "anomaly_alert_id": self.anomaly_alert_id,
                "watched_until": self.watched_until,
            }
        )


def _anomaly_alert(
    name: str, settings: _Checked, subscription: pulumi.Output[str], opts: pulumi.ResourceOptions
) -> costmanagement.ScheduledActionByScope:
    group_id = pulumi.Output.from_input(settings.resource_group_id)
    return costmanagement.ScheduledActionByScope(
        f"{name}-anomalies",
        scope=subscription,
        name=group_id.apply(lambda found: globally_unique_name(name, found, NAME_LIMIT)),
        kind=costmanagement.ScheduledActionKind.INSIGHT_ALERT,
        display_name=short_name(name, "anomalies", limit=DISPLAY_NAME_LIMIT),
        status=costmanagement.ScheduledActionStatus.ENABLED,
        view_id=pulumi.Output.concat(subscription, DAILY_VIEW),
        notification=costmanagement.NotificationPropertiesArgs(
            subject=f"Unusual spending: {settings.tags['project']}", to=list(settings.notify)
        ),
        notification_email=settings.notify[0],
        schedule=costmanagement.SchedulePropertiesArgs(
            frequency=costmanagement.ScheduleFrequency.DAILY,
            start_date=f"{settings.start}T00:00:00Z",
            end_date=f"{settings.last_day}T00:00:00Z",
        ),
        opts=opts,
    )


def _tag_inheritance(
    name: str, subscription: pulumi.Output[str], opts: pulumi.ResourceOptions
) -> costmanagement.TagInheritanceSetting:
    """A resource's own tag wins over that of its group."""
    return costmanagement.TagInheritanceSetting(
        f"{name}-inherited-tags",
        scope=subscription,
        kind="taginheritance",
        type="taginheritance",
        properties=costmanagement.TagInheritancePropertiesArgs(prefer_container_tags=False),
        opts=opts,
    )
