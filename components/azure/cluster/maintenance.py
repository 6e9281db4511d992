"""Maintenance windows of AKS: at the weekend, or on working days if the cluster is stopped outside office hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import pulumi
from pulumi_azure_native import containerservice
from pydantic import model_validator

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.site.sleep_rules import hours_awake
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.dates import CalendarDay
from falaj.components.core.validation.problems import refusal
from falaj.facts.calendar import UTC_OFFSET_HOURS

UTC_OFFSET = f"+{UTC_OFFSET_HOURS:02}:00"

WINDOW_HOURS = 8
"""Length of a maintenance window in hours (AKS, planned maintenance, 2026-11-24)."""


NIGHT_START = "01:00"
"""Start time of the windows of a cluster that always runs, in Dubai time."""


@dataclass(frozen=True)
class Window:
    """A maintenance configuration of AKS and its day of the week."""

    config_name: str
    suffix: str
    weekend: containerservice.WeekDay
    workday: containerservice.WeekDay
    """Day of the week if the cluster is stopped at the weekend."""


DAYS = containerservice.WeekDay

WINDOWS = (
    Window("default", "releases", DAYS.SATURDAY, DAYS.TUESDAY),
    Window("aksManagedAutoUpgradeSchedule", "upgrades", DAYS.SATURDAY, DAYS.TUESDAY),
    # On another day than upgrades, so that nodes are not replaced twice in one night.
    Window("aksManagedNodeOSUpgradeSchedule", "node-images", DAYS.SUNDAY, DAYS.WEDNESDAY),
)
"""Windows of AKS releases, Kubernetes upgrades and node image upgrades."""


class ChangeFreeze(Spec):
    """A date range during which nothing is upgraded, such as the end of a financial year."""

    first: CalendarDay
    """First day, `YYYY-MM-DD`."""
    last: CalendarDay
    """Last day, `YYYY-MM-DD`, on or after `first`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise refusal(f"not before first ({self.first})", "choose a later day", "last", self.last)
        return self


def maintenance_windows(
    name: str,
    args: ResourceGroupArgs,
    cluster_name: pulumi.Input[str],
    awake: OfficeHours | None,
    freezes: Sequence[ChangeFreeze],
    opts: pulumi.ResourceOptions,
) -> None:
    """Creates all maintenance windows of a cluster, in Dubai time.

    `awake` is the office hours of a cluster that is stopped outside them, None for one that always runs.
    """
    for window in WINDOWS:
        containerservice.MaintenanceConfiguration(
            f"{name}-{window.suffix}",
            resource_group_name=args.resource_group_name,
            resource_name_=cluster_name,
            config_name=window.config_name,
            maintenance_window=_window_args(window, awake, freezes),
            opts=opts,
        )


def _window_args(
    window: Window, awake: OfficeHours | None, freezes: Sequence[ChangeFreeze]
) -> containerservice.MaintenanceWindowArgs:
    return containerservice.MaintenanceWindowArgs(
        start_time=awake.opens if awake else NIGHT_START,
        duration_hours=min(WINDOW_HOURS, hours_awake(awake)) if awake else WINDOW_HOURS,
        utc_offset=UTC_OFFSET,
        schedule=containerservice.ScheduleArgs(
            weekly=containerservice.WeeklyScheduleArgs(
                day_of_week=window.workday if awake else window.weekend, interval_weeks=1
            )
        ),
        not_allowed_dates=[containerservice.DateSpanArgs(start=freeze.first, end=freeze.last) for freeze in freezes]
        or None,
    )
