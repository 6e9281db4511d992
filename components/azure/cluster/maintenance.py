"""Maintenance windows of AKS: at the weekend, or by day where the cluster is stopped at the weekend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

import pulumi
from pulumi_azure_native import containerservice
from pydantic import AfterValidator, model_validator

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.core.node_pools.office_hours import OfficeHours, minutes
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import refusal
from falaj.facts.calendar import UTC_OFFSET_HOURS

UTC_OFFSET = f"+{UTC_OFFSET_HOURS:02}:00"

WINDOW_HOURS = 8
"""Hours that a window is open (AKS, planned maintenance, 2026-11-24)."""

SHORTEST_HOURS = 4
"""Hours that AKS needs at least to finish (AKS, planned maintenance, 2026-11-24)."""

NIGHT = "01:00"
"""Start of the windows of a cluster that is never stopped."""


@dataclass(frozen=True)
class Window:
    """One kind of maintenance, by AKS's name for it, and its day of the week."""

    config_name: str
    suffix: str
    weekend: containerservice.WeekDay
    workday: containerservice.WeekDay
    """The day instead where the cluster is stopped at the weekend."""


DAYS = containerservice.WeekDay

WINDOWS = (
    Window("default", "releases", DAYS.SATURDAY, DAYS.TUESDAY),
    Window("aksManagedAutoUpgradeSchedule", "upgrades", DAYS.SATURDAY, DAYS.TUESDAY),
    # A day apart, so that nodes are not replaced twice in one night.
    Window("aksManagedNodeOSUpgradeSchedule", "node-images", DAYS.SUNDAY, DAYS.WEDNESDAY),
)
"""AKS's own releases, Kubernetes versions, and images of the nodes."""


def _calendar_day(day: str) -> str:
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise refusal("a day of the calendar, YYYY-MM-DD", "write it like 2026-12-31") from None


CalendarDay = Annotated[str, AfterValidator(_calendar_day)]
"""A day, `YYYY-MM-DD`."""


class ChangeFreeze(Spec):
    """Days on which nothing is upgraded, such as the end of a financial year."""

    first: CalendarDay
    """First day, `YYYY-MM-DD`."""
    last: CalendarDay
    """Last day, `YYYY-MM-DD`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise refusal(f"not before first ({self.first})", "choose a later day", "last", self.last)
        return self


def hours_awake(awake: OfficeHours) -> int:
    """Whole hours of a working day in which a cluster that is stopped outside office hours can be maintained."""
    return (minutes(awake.closes) - minutes(awake.opens)) // 60


def maintenance_windows(
    name: str,
    args: ResourceGroupArgs,
    cluster_name: pulumi.Input[str],
    awake: OfficeHours | None,
    freezes: Sequence[ChangeFreeze],
    opts: pulumi.ResourceOptions,
) -> None:
    """All windows of a cluster, in Dubai's time; `awake` are the hours of one that is stopped outside them."""
    for window in WINDOWS:
        containerservice.MaintenanceConfiguration(
            f"{name}-{window.suffix}",
            resource_group_name=args.resource_group_name,
            resource_name_=cluster_name,
            config_name=window.config_name,
            maintenance_window=_open(window, awake, freezes),
            opts=opts,
        )


def _open(
    window: Window, awake: OfficeHours | None, freezes: Sequence[ChangeFreeze]
) -> containerservice.MaintenanceWindowArgs:
    return containerservice.MaintenanceWindowArgs(
        start_time=awake.opens if awake else NIGHT,
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
