"""Scheduled scaling: managed node groups are scaled to zero outside office hours, and back before they begin."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Self

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.node_pools.office_hours import (
    EVERY_DAY,
    OfficeHours,
    cron,
    refuse_production,
)
from falaj.components.core.site.sleep_rules import SYSTEM_MARGIN_MINUTES, eks_sleep_problems
from falaj.components.core.validation.args import Args, Input, Spec
from falaj.components.core.validation.problems import refusal, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.calendar import TIMEZONE

WORKING_DAYS = "1-5"
"""Monday to Friday, as numbers: the Auto Scaling guide documents no names of days (recurring schedules)."""


class SleepingGroup(Spec):
    """Managed node group that is scaled to zero outside office hours."""

    scaling_group_name: Input[str]
    """Name of the node group's Auto Scaling group: output `scaling_group_name` of `NodePool`."""
    min: Input[Annotated[int, Field(ge=0)]]
    """Minimum number of nodes during office hours, 0 or more."""
    max: Input[Annotated[int, Field(ge=1)]]
    """Maximum number of nodes during office hours, 1 or more."""
    system: bool = False
    """Whether the group's profile is `system`. Such a group stops half an hour later, and starts half an hour earlier,
    than the others."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        minimum, maximum = self.min, self.max
        if isinstance(minimum, int) and isinstance(maximum, int) and minimum > maximum:
            raise refusal(f"at most max ({maximum})", "lower min or raise max", "min", minimum)
        return self

    @property
    def margin(self) -> int:
        """Returns the number of minutes by which the group stops later and starts earlier."""
        return SYSTEM_MARGIN_MINUTES if self.system else 0


class SleepArgs(OfficeHours, Args):
    """Node groups of a site that are scaled to zero outside office hours."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE. Default: `me-central-1`, the only one."""
    groups: Mapping[str, SleepingGroup] = Field(min_length=1)
    """Node groups by pool name. If they include a pool of profile `system`, the whole site is shut down, so include all
    of its pools."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags. Environment `prod` is refused."""

    @model_validator(mode="after")
    def _may_sleep(self) -> Self:
        refuse_production(self.tags)
        if any(group.system for group in self.groups.values()):
            refuse_if(eks_sleep_problems(self))
        return self

    def actions(self, group: SleepingGroup) -> Iterator[tuple[str, str, Input[int], Input[int]]]:
        """Yields the scheduled actions of a group: name, cron expression, minimum and maximum number of nodes. The
        group is scaled to zero every day, so that a missed evening, or a start at a weekend, is corrected."""
        yield "close", cron(self.closes, after=group.margin, days=EVERY_DAY), 0, 0
        yield "open", cron(self.opens, after=-group.margin, days=WORKING_DAYS), group.min, group.max


class Sleep(RegionalComponent):
    """Two scheduled actions per node group, which shut it down at night and on weekends.

    The maximum size is set to zero too: otherwise the Cluster Autoscaler would start nodes for pending pods. Changing a
    group's scaling configuration at night starts the group until the next evening. If a morning start is missed, the
    group starts on the next working day, or by hand with `aws autoscaling update-auto-scaling-group`. The machines and
    their disks are no longer billed; the control plane, persistent volumes and NAT gateways still are.
    """

    actions: pulumi.Output[Sequence[str]]
    """Names of the scheduled actions."""

    def __init__(self, name: str, args: SleepArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SleepArgs.of(name, args)
        super().__init__("falaj:aws:Sleep", name, args.region, opts)
        schedules = [
            aws.autoscaling.Schedule(
                f"{name}-{pool}-{action}",
                scheduled_action_name=f"{name}-{pool}-{action}",
                autoscaling_group_name=group.scaling_group_name,
                recurrence=recurrence,
                time_zone=TIMEZONE,
                min_size=minimum,
                desired_capacity=minimum,
                max_size=maximum,
                opts=pulumi.ResourceOptions(parent=self),
            )
            for pool, group in args.groups.items()
            for action, recurrence, minimum, maximum in args.actions(group)
        ]
        self.actions = pulumi.Output.all(*(schedule.scheduled_action_name for schedule in schedules))
        self.register_outputs({"actions": self.actions})
