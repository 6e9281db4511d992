"""Scheduled actions of Auto Scaling groups."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from falaj.sandbox.clouds.rows import Call, Naming, Parent, Row
from falaj.sandbox.clouds.values import text

UNCHANGED = -1
"""A size that a schedule leaves as it is, in the provider's words."""

_CRON_FIELD = r"[0-9*/,-]+"
_CRON = re.compile(rf"({_CRON_FIELD} ){{4}}({_CRON_FIELD}|[A-Za-z]{{3}}(-[A-Za-z]{{3}})?)")


def sizes_in_order(call: Call) -> str | None:
    """Some size is given, and those given are in order."""
    names = ("minSize", "desiredCapacity", "maxSize")
    given = [size for name in names if isinstance(size := call.inputs.get(name), int | float) and size != UNCHANGED]
    if not given:
        return "ValidationError: At least one of MinSize, MaxSize and DesiredCapacity must be specified"
    if given != sorted(given):
        return "ValidationError: Min bound, desired capacity and max bound must be in ascending order"
    return None


def time_is_one(call: Call) -> str | None:
    """Five fields of cron, and a time zone by its IANA name."""
    recurrence, zone = text(call.inputs, "recurrence"), text(call.inputs, "timeZone")
    if recurrence and not _CRON.fullmatch(recurrence):
        return f"ValidationError: Given recurrence string:{recurrence} is invalid"
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return f"ValidationError: Time zone {zone} is not a valid IANA time zone"
    return None


def name_is_free(call: Call) -> str | None:
    """Names of actions are told apart within a group."""
    group = text(call.inputs, "autoscalingGroupName")
    others = call.world.find(call.token, call.scope, call.name) if call.existing is None else []
    if any(text(other.inputs, "autoscalingGroupName") == group for other in others):
        return f"AlreadyExists: Scheduled action {call.name} already exists"
    return None


ROWS = (
    Row(
        "aws:autoscaling/schedule:Schedule",
        naming=Naming("scheduledActionName", longest=255, invented=False),
        outputs={
            "arn": "arn:aws:autoscaling:{region}:{account}:scheduledUpdateGroupAction:{uuid}:"
            "autoScalingGroupName/{autoscalingGroupName}:scheduledActionName/{name}",
            "minSize": 0,
            "maxSize": 0,
            "desiredCapacity": 0,
            "timeZone": "",
        },
        replace=("autoscalingGroupName", "scheduledActionName", "region"),
        parents=(
            Parent(
                "autoscalingGroupName",
                "asg:{scope}:{value}",
                "ValidationError: AutoScalingGroup name not found - AutoScalingGroup '{value}' not found",
            ),
        ),
        creating=(sizes_in_order, time_is_one, name_is_free),
    ),
)
