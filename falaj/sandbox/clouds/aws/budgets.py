"""AWS Budgets: cost and usage budgets."""

from __future__ import annotations

from falaj.sandbox.clouds.aws.budget_actions import ACTION
from falaj.sandbox.clouds.spec import Naming, Operation, ResourceType, UsedBy
from falaj.sandbox.clouds.values import get_all, get_str

_BUDGET = "aws:budgets/budget:Budget"
_MAX_NOTIFICATIONS = 10
_MAX_ADDRESSES = 10
"""Quotas of AWS Budgets: 10 notifications per budget, 10 e-mail subscribers per notification (2026)."""


def limit(op: Operation) -> str | None:
    """Checks that the limit is a positive amount of US dollars."""
    limit = get_str(op.inputs, "limitAmount")
    if limit and not _positive(limit):
        return f"InvalidParameterException: Budget limit amount must be a positive number, got '{limit}'"
    if limit and get_str(op.inputs, "limitUnit") not in {"", "USD"} and get_str(op.inputs, "budgetType") == "COST":
        return "InvalidParameterException: The unit of a cost budget must be USD."
    return None


def notifications(op: Operation) -> str | None:
    """Checks that a budget has at most ten notifications, each with a subscriber."""
    entries = get_all(op.inputs, "notifications[*]")
    if len(entries) > _MAX_NOTIFICATIONS:
        return (
            f"CreationLimitExceededException: a budget has at most {_MAX_NOTIFICATIONS} notifications, "
            f"got {len(entries)}"
        )
    for notification in entries:
        addresses = get_all(notification, "subscriberEmailAddresses[*]")
        if not addresses and not get_all(notification, "subscriberSnsTopicArns[*]"):
            return "InvalidParameterException: Notification must have at least one subscriber."
        if len(addresses) > _MAX_ADDRESSES:
            return (
                f"CreationLimitExceededException: a notification may have at most {_MAX_ADDRESSES} e-mail subscribers"
            )
    return None


def _positive(number: str) -> bool:
    try:
        return float(number) > 0
    except ValueError:
        return False


RESOURCE_TYPES = (
    ResourceType(
        _BUDGET,
        id="{account}:{name}",
        naming=Naming("name", max_length=100),
        outputs={
            "arn": "arn:aws:budgets::{account}:budget/{name}",
            "accountId": "{account}",
            "limitUnit": "USD",
            "timePeriodStart": "2026-01-01_00:00",
            "timePeriodEnd": "2087-06-15_00:00",
            "costFilters": [],
            "costTypes": {"includeTax": True, "includeSupport": True, "useBlended": False},
        },
        handles=("budget:{name}",),
        replace_on_changes=("name", "namePrefix", "accountId"),
        already_exists="DuplicateRecordException: Error creating budget: the budget already exists: {name}",
        write_rules=(limit, notifications),
        used_by=(UsedBy((ACTION,), "ResourceLockedException: Budget {name} has actions; delete them first."),),
        enums={
            "notifications[*].notificationType": ("ACTUAL", "FORECASTED"),
            "notifications[*].comparisonOperator": ("GREATER_THAN", "LESS_THAN", "EQUAL_TO"),
            "notifications[*].thresholdType": ("PERCENTAGE", "ABSOLUTE_VALUE"),
        },
    ),
)
