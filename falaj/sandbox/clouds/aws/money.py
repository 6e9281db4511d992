"""Budgets."""

from __future__ import annotations

from falaj.sandbox.clouds.aws.budget_actions import ACTION
from falaj.sandbox.clouds.rows import Call, InUse, Naming, Row
from falaj.sandbox.clouds.values import each, text

_BUDGET = "aws:budgets/budget:Budget"
_NOTIFICATIONS = 10
_ADDRESSES = 10
"""Service quotas of AWS Budgets: 10 notifications a budget, 10 e-mail subscribers a notification (2026)."""


def amount(call: Call) -> str | None:
    """A limit is a positive number of US dollars."""
    limit = text(call.inputs, "limitAmount")
    if limit and not _positive(limit):
        return f"InvalidParameterException: Budget limit amount must be a positive number, got '{limit}'"
    if limit and text(call.inputs, "limitUnit") not in {"", "USD"} and text(call.inputs, "budgetType") == "COST":
        return "InvalidParameterException: The unit of a cost budget must be USD."
    return None


def notifications(call: Call) -> str | None:
    """At most ten notifications, each with someone to tell."""
    found = each(call.inputs, "notifications[*]")
    if len(found) > _NOTIFICATIONS:
        return f"CreationLimitExceededException: a budget has at most {_NOTIFICATIONS} notifications, got {len(found)}"
    for notification in found:
        addresses = each(notification, "subscriberEmailAddresses[*]")
        if not addresses and not each(notification, "subscriberSnsTopicArns[*]"):
            return "InvalidParameterException: Notification must have at least one subscriber."
        if len(addresses) > _ADDRESSES:
            return f"CreationLimitExceededException: a notification may have at most {_ADDRESSES} e-mail subscribers"
    return None


def _positive(number: str) -> bool:
    try:
        return float(number) > 0
    except ValueError:
        return False


ROWS = (
    Row(
        _BUDGET,
        id="{account}:{name}",
        naming=Naming("name", longest=100),
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
        replace=("name", "namePrefix", "accountId"),
        taken="DuplicateRecordException: Error creating budget: the budget already exists: {name}",
        creating=(amount, notifications),
        in_use=(InUse((ACTION,), "ResourceLockedException: Budget {name} has actions; delete them first."),),
        enums={
            "budgetType": (
                "USAGE",
                "COST",
                "RI_UTILIZATION",
                "RI_COVERAGE",
                "SAVINGS_PLANS_UTILIZATION",
                "SAVINGS_PLANS_COVERAGE",
            ),
            "timeUnit": ("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"),
            "notifications[*].notificationType": ("ACTUAL", "FORECASTED"),
            "notifications[*].comparisonOperator": ("GREATER_THAN", "LESS_THAN", "EQUAL_TO"),
            "notifications[*].thresholdType": ("PERCENTAGE", "ABSOLUTE_VALUE"),
        },
    ),
)
