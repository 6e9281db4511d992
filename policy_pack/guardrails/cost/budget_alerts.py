"""Budget notifications that are sent before the whole amount is spent."""

from collections.abc import Iterator

from ..engine.families import cost_rule
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from .budgets import AWS_BUDGET, AZURE_BUDGETS, is_delivered, notifications

_WHOLE_AMOUNT = 100.0
_HIGHEST_FORECAST = 150.0
"""Highest percentage of a forecast that still comes early enough."""
"""Percent of the amount. Azure thresholds are always percentages, AWS thresholds unless `ABSOLUTE_VALUE` is set."""


def _is_early(notification: Plain, limit: Plain) -> bool:
    """Returns whether a notification is based on a forecast or on part of the amount. An unknown notification counts as
    early."""
    if not isinstance(notification, dict):
        return True
    settings = [notification.get(key, MISSING) for key in ("notificationType", "thresholdType", "threshold")]
    if UNKNOWN in settings:
        return True
    is_forecast = any(str(setting).lower() == "forecasted" for setting in settings)
    is_money = str(notification.get("thresholdType")).upper() == "ABSOLUTE_VALUE"
    threshold, amount = number_of(notification.get("threshold")), number_of(limit) if is_money else _WHOLE_AMOUNT
    if threshold is None or amount is None:
        return True
    return threshold <= amount * _HIGHEST_FORECAST / _WHOLE_AMOUNT if is_forecast else threshold < amount


def _limit(budget: Resource) -> Plain:
    """Returns the amount of a budget; of several, one for each month, the highest. UNKNOWN if one is not known."""
    planned = [value for _, value in walk(budget.props, "plannedLimits[*].amount")]
    amounts = [number for value in planned if (number := number_of(value)) is not None]
    if planned:
        return max(amounts) if len(amounts) == len(planned) else UNKNOWN
    return budget.get("limitAmount") if budget.type in AWS_BUDGET else budget.get("amount")


def _check_early_notification(budget: Resource) -> Iterator[Outcome]:
    delivered = [
        notification for notification in notifications(budget) if notification is UNKNOWN or is_delivered(notification)
    ]
    if not delivered:
        return
    limit = _limit(budget)
    early = any(_is_early(notification, limit) for notification in delivered)
    yield passed() if early else failed("it has no notification before the whole amount is spent", "notifications")


BUDGET_ALERTS: tuple[Guardrail, ...] = (
    cost_rule(5, Severity.MEDIUM,
              "Every budget notifies before it is exhausted: on a forecast, or on part of the amount",
              "a notification at 100 percent comes too late to act on",
              "Add a notification of type FORECASTED (Forecasted on Azure), or one below 100 percent",
              predicate=_check_early_notification, types=(*AWS_BUDGET, *AZURE_BUDGETS)),
)  # fmt: skip
