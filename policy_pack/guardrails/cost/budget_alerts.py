"""Budgets that speak while there is still something to be done about it."""

from collections.abc import Iterator

from ..engine.families import cost_rule
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from .budgets import AWS_BUDGET, AZURE_BUDGETS, is_delivered, notifications

_WHOLE = 100.0
"""Percent of the amount; Azure counts in percent only, AWS unless `ABSOLUTE_VALUE` is stated."""


def _is_early(alarm: Plain, limit: Plain) -> bool:
    """Of a forecast, or before the whole amount is spent; what is not known yet may be."""
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
    yield passed() if early else failed("it says nothing before all of it is spent", "notifications")


WARNINGS: tuple[Guardrail, ...] = (
    cost_rule(5, Severity.MEDIUM, "Every budget warns before it is spent, by a forecast or a part of it",
              "who hears of a budget when it is gone can only explain it",
              "Add a notification of type FORECASTED (Forecasted on Azure), or one below 100 percent",
              predicate=_warns_early, types=(*AWS_BUDGET, *AZURE_BUDGETS)),
)  # fmt: skip
