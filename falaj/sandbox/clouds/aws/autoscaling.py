"""Scheduled actions of Auto Scaling groups."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from falaj.sandbox.clouds.spec import Naming, Operation, Parent, ResourceType
from falaj.sandbox.clouds.values import get_str

UNCHANGED = -1
"""The provider's value for a size that a schedule does not change."""

_CRON_FIELD = r"[0-9*/,-]+"
_CRON = re.compile(rf"({_CRON_FIELD} ){{4}}({_CRON_FIELD}|[A-Za-z]{{3}}(-[A-Za-z]{{3}})?)")


def sizes_in_order(op: Operation) -> str | None:
    """Checks that at least one size is given, and that minimum <= desired <= maximum."""
    names = ("minSize", "desiredCapacity", "maxSize")
    given = [size for name in names if isinstance(size := op.inputs.get(name), int | float) and size != UNCHANGED]
    if not given:
        return "ValidationError: At least one of MinSize, MaxSize and DesiredCapacity must be specified"
    if given != sorted(given):
        return "ValidationError: Min bound, desired capacity and max bound must be in ascending order"
    return None


def recurrence(op: Operation) -> str | None:
    """Checks the cron expression (five fields) and the IANA time zone."""
    recurrence, zone = get_str(op.inputs, "recurrence"), get_str(op.inputs, "timeZone")
    if recurrence and not _CRON.fullmatch(recurrence):
        return f"ValidationError: Given recurrence string:{recurrence} is invalid"
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return f"ValidationError: Time zone {zone} is not a valid IANA time zone"
    return None


def action_name_unique(op: Operation) -> str | None:
    """Checks that names of scheduled actions are unique within a group."""
    group = get_str(op.inputs, "autoscalingGroupName")
    others = op.state.find(op.token, op.scope, op.name) if op.existing is None else []
    if any(get_str(other.inputs, "autoscalingGroupName") == group for other in others):
        return f"AlreadyExists: Scheduled action {op.name} already exists"
    return None


RESOURCE_TYPES = (
    ResourceType(
        "aws:autoscaling/schedule:Schedule",
        naming=Naming("scheduledActionName", max_length=255, auto_named=False),
        outputs={
            "arn": "arn:aws:autoscaling:{region}:{account}:scheduledUpdateGroupAction:{uuid}:"
            "autoScalingGroupName/{autoscalingGroupName}:scheduledActionName/{name}",
            "minSize": 0,
            "maxSize": 0,
            "desiredCapacity": 0,
            "timeZone": "",
        },
        replace_on_changes=("autoscalingGroupName", "scheduledActionName", "region"),
        parents=(
            Parent(
                "autoscalingGroupName",
                "asg:{scope}:{value}",
                "ValidationError: AutoScalingGroup name not found - AutoScalingGroup '{value}' not found",
            ),
        ),
        write_rules=(sizes_in_order, recurrence, action_name_unique),
    ),
)
