"""AKS maintenance configurations: names, hours and schedules."""

from __future__ import annotations

import re
from collections.abc import Mapping

from falaj.sandbox.clouds.azure.aks_pool_options import invalid
from falaj.sandbox.clouds.azure.aks_pools import CLUSTER_PATH
from falaj.sandbox.clouds.azure.arm import ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

_WINDOWS = ("default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")


def window_name(op: Operation) -> str | None:
    """Checks the name: AKS has three maintenance configurations."""
    if op.name in _WINDOWS:
        return None
    return arm_error(
        400, "InvalidMaintenanceConfigName", f"'{op.name}' is not allowed; expected one of {', '.join(_WINDOWS)}."
    )


_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MAX_INTERVAL = {"weekly.intervalWeeks": 4, "daily.intervalDays": 7, "absoluteMonthly.intervalMonths": 6,
                     "relativeMonthly.intervalMonths": 6}  # fmt: skip
_WINDOW = "maintenanceWindow"


def window_fields(op: Operation) -> str | None:
    """Checks that a window starts at a time of day, lasts 4 to 24 hours, and has one kind of schedule."""
    window = get_path(op.inputs, _WINDOW)
    if not isinstance(window, Mapping):
        return None
    hours = get_path(window, "durationHours")
    if isinstance(hours, int | float) and not 4 <= hours <= 24:
        return invalid(f"{_WINDOW}.durationHours", f"{hours:g} must be from 4 to 24.")
    if not _CLOCK.fullmatch(get_str(window, "startTime")):
        return invalid(f"{_WINDOW}.startTime", f"'{get_str(window, 'startTime')}' must be a time such as 01:00.")
    if get_path(window, "utcOffset") is not None and not _OFFSET.fullmatch(get_str(window, "utcOffset")):
        return invalid(f"{_WINDOW}.utcOffset", f"'{get_str(window, 'utcOffset')}' must be an offset such as +04:00.")
    for span in get_all(window, "notAllowedDates[*]"):
        start, end = get_str(span, "start"), get_str(span, "end")
        if not (_DAY.fullmatch(start) and _DAY.fullmatch(end) and start <= end):
            return invalid(f"{_WINDOW}.notAllowedDates", f"{start} to {end} is no span of days.")
    return _schedule_error(op.name, get_path(window, "schedule"))


def _schedule_error(name: str, schedule: Json) -> str | None:
    kinds = [kind for kind, value in schedule.items() if value is not None] if isinstance(schedule, Mapping) else []
    if len(kinds) != 1:
        return invalid(f"{_WINDOW}.schedule", f"exactly one kind of schedule is needed, not {len(kinds)}.")
    if name == "default" and kinds != ["weekly"]:
        return invalid(f"{_WINDOW}.schedule", f"configuration 'default' takes a weekly schedule, not {kinds[0]}.")
    for path, most in _MAX_INTERVAL.items():
        interval = get_path(schedule, path)
        if isinstance(interval, int | float) and not 1 <= interval <= most:
            return invalid(f"{_WINDOW}.schedule.{path}", f"{interval:g} must be from 1 to {most}.")
    return None


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "containerservice:MaintenanceConfiguration",
        f"{CLUSTER_PATH}/maintenanceConfigurations/{{configName}}",
        write_rules=(window_name, window_fields),
    ),
)
"""Resource types of maintenance."""
