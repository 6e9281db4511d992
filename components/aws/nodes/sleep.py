"""Takes managed node groups to zero outside office hours, and back before people come."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.core.node_pools.office_hours import EVERY_DAY, OfficeHours, cron, minutes, refuse_production
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.facts.calendar import TIMEZONE

MARGIN = 30
"""Minutes by which nodes of profile `system` outlast the others and come before them: while these drain, Karpenter and
the cluster's DNS still run."""

DAY = 24 * 60

WORKING_DAYS = "1-5"
"""Monday to Friday: Auto Scaling's guide writes days as numbers only (recurring schedules)."""


class SleepingGroup(TypedDict):
    """A managed node group that sleeps."""

    scaling_group_name: pulumi.Input[str]
    """The Auto Scaling group behind it: the pool's output."""
    min: int
    """Nodes kept in office hours."""
    max: int
    """Nodes at most in office hours."""
    system: NotRequired[bool]
    """Whether it is of profile `system`: then it goes half an hour later than the others, and comes as much earlier."""


class SleepArgs(TypedDict):
    """Groups of a site that sleep."""

    groups: Mapping[str, SleepingGroup]
    """Groups by pool. With one of profile `system` among them the whole site sleeps: then all of its pools should."""
    opens: NotRequired[str]
    """When offices open, `HH:MM` in Dubai; 07:00 if absent."""
    closes: NotRequired[str]
    """When they close; 19:00 if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags. An environment `prod` never sleeps."""


class CheckedGroup(Checked):
    """The validated form of `SleepingGroup`."""

    scaling_group_name: Passed[str]
    min: Annotated[int, Field(ge=0)]
    max: Annotated[int, Field(ge=1)]
    system: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise refusal(f"at most max ({self.max})", "lower min or raise max", "min", self.min)
        return self

    @property
    def margin(self) -> int:
        """Minutes that it goes later, and comes earlier."""
        return MARGIN if self.system else 0


class _Checked(OfficeHours):
    groups: Annotated[dict[str, CheckedGroup], Field(min_length=1)]
    tags: CostTags

    @model_validator(mode="after")
    def _may_sleep(self) -> Self:
        refuse_production(self.tags)
        if any(group.system for group in self.groups.values()) and minutes(self.closes) + MARGIN >= DAY:
            raise refusal("before 23:30 where system nodes sleep too", "close earlier", "closes", self.closes)
        return self

    def moments(self, group: CheckedGroup) -> Iterator[tuple[str, str, int, int]]:
        """What happens to a group, when, and how many nodes it may then have. It closes every day, so that an evening
        that was missed, or a weekend's waking, is mended."""
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
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:Sleep", name, {}, opts)
        made = [
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
            for pool, group in settings.groups.items()
            for act, recurrence, least, most in settings.moments(group)
        ]
        self.actions = pulumi.Output.all(*(schedule.scheduled_action_name for schedule in made))
        self.register_outputs({"actions": self.actions})
