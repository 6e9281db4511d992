"""Scheduled scaling: managed node groups are scaled to zero outside office hours, and back before they begin."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.core.node_pools.office_hours import (
    EVERY_DAY,
    OfficeHours,
    cron,
    minutes,
    refuse_production,
)
from falaj.components.core.validation.args import Args, Input, Spec
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.facts.calendar import TIMEZONE

MARGIN = 30
"""Minutes by which nodes of profile `system` stop after the others and start before them: while the others drain,
Karpenter and the cluster's DNS still run."""

DAY = 24 * 60

WORKING_DAYS = "1-5"
"""Monday to Friday: Auto Scaling's guide writes days as numbers only (recurring schedules)."""


class SleepingGroup(Spec):
    """A managed node group that is scaled to zero outside office hours."""

    scaling_group_name: Input[str]
    """The Auto Scaling group behind it: an output of `NodePool`."""
    min: int = Field(ge=0)
    """Number of nodes kept in office hours."""
    max: int = Field(ge=1)
    """Maximum number of nodes in office hours."""
    system: bool = False
    """Whether its profile is `system`: then it stops half an hour later than the others, and starts half an hour
    earlier."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise refusal(f"at most max ({self.max})", "lower min or raise max", "min", self.min)
        return self

    @property
    def margin(self) -> int:
        """Minutes that it stops later, and starts earlier."""
        return MARGIN if self.system else 0


class SleepArgs(OfficeHours, Args):
    """Node groups of a site that are scaled to zero outside office hours."""

    groups: Mapping[str, SleepingGroup] = Field(min_length=1)
    """Groups by pool. With one of profile `system` among them the whole site sleeps: then all of its pools should."""
    tags: CostTags
    """The mandatory cost tags. An environment `prod` is refused."""

    @model_validator(mode="after")
    def _may_sleep(self) -> Self:
        refuse_production(self.tags)
        if any(group.system for group in self.groups.values()) and minutes(self.closes) + MARGIN >= DAY:
            raise refusal("before 23:30 where system nodes sleep too", "close earlier", "closes", self.closes)
        return self

    def actions(self, group: SleepingGroup) -> Iterator[tuple[str, str, int, int]]:
        """Scheduled actions of a group: name, cron, minimum and maximum number of nodes. It closes every day, so that
        an evening that was missed, or a start at a weekend, is corrected."""
        yield "close", cron(self.closes, after=group.margin, days=EVERY_DAY), 0, 0
        yield "open", cron(self.opens, after=-group.margin, days=WORKING_DAYS), group.min, group.max


class Sleep(pulumi.ComponentResource):
    """A pair of scheduled actions for each group: none of its machines runs at night and on weekends.

    The largest size sleeps too, or pods that wait would wake the group through the cluster autoscaler. A change of a
    group's scaling at night wakes it until the next evening. A morning that is missed is made up for on the next
    working day, or by hand: `aws autoscaling update-auto-scaling-group`. Gone are machines and their disks; the control
    plane, volumes of pods and NAT gateways go on costing money.
    """

    actions: pulumi.Output[Sequence[str]]
    """Names of the scheduled actions."""

    def __init__(self, name: str, args: SleepArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SleepArgs.of(name, args)
        super().__init__("falaj:aws:Sleep", name, {}, opts)
        schedules = [
            aws.autoscaling.Schedule(
                f"{name}-{pool}-{act}",
                scheduled_action_name=f"{name}-{pool}-{act}",
                autoscaling_group_name=group.scaling_group_name,
                recurrence=recurrence,
                time_zone=TIMEZONE,
                min_size=least,
                desired_capacity=least,
                max_size=most,
                opts=pulumi.ResourceOptions(parent=self),
            )
            for pool, group in args.groups.items()
            for act, recurrence, least, most in args.actions(group)
        ]
        self.actions = pulumi.Output.all(*(schedule.scheduled_action_name for schedule in schedules))
        self.register_outputs({"actions": self.actions})
