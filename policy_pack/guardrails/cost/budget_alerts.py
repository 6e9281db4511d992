"""Budget notifications that arrive before the amount is spent."""

from collections.abc import Iterator

from ..engine.families import cost_rule
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from .budgets import AWS_BUDGET, AZURE_BUDGETS, is_delivered, notifications

_WHOLE = 100.0
"""Percent of the amount. Azure thresholds are always percentages, AWS thresholds unless `ABSOLUTE_VALUE` is set."""


def _is_early(alarm: Plain, limit: Plain) -> bool:
    """Whether a notification is on a forecast, or below the whole amount; an unknown one may be."""
    if not isinstance(alarm, dict):
        return True
    stated = [alarm.get(key, MISSING) for key in ("notificationType", "thresholdType", "threshold")]
    if UNKNOWN in stated or any(str(word).lower() == "forecasted" for word in stated):
        return True
    is_money = str(alarm.get("thresholdType")).upper() == "ABSOLUTE_VALUE"
    threshold, whole = number_of(alarm.get("threshold")), number_of(limit) if is_money else _WHOLE
    return threshold is None or whole is None or threshold < whole


def _warns_early(budget: Resource) -> Iterator[Outcome]:
    delivered = [alarm for alarm in notifications(budget) if alarm is UNKNOWN or is_delivered(alarm)]
    if not delivered:
        return
    limit = budget.get("limitAmount") if budget.type in AWS_BUDGET else budget.get("amount")
    early = any(_is_early(alarm, limit) for alarm in delivered)
    yield passed() if early else failed("it has no notification before the whole amount is spent", "notifications")


WARNINGS: tuple[Guardrail, ...] = (
    cost_rule(5, Severity.MEDIUM,
              "Every budget notifies before it is exhausted: on a forecast, or on part of the amount",
              "a notification at 100 percent comes too late to act on",
              "Add a notification of type FORECASTED (Forecasted on Azure), or one below 100 percent",
              predicate=_warns_early, types=(*AWS_BUDGET, *AZURE_BUDGETS)),
)  # fmt: skip
