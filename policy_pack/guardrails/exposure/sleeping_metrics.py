"""Alarms of CloudWatch on records of security whose expression leaves out each night or each weekend, or never rings.

Hours are those of UTC; `readers.alarm_times` says when an expression gives what. An alarm is on records if a filter of
logs of the plan writes what it reads and the filter asks for what a trail records, or if it says so in its words. What
has no value rings only if missing data is breaching (botocore 1.44.8, cloudwatch, TreatMissingData, as known).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import Resource, leaves, one_or_many
from ..engine.verdicts import Outcome, failed
from ..readers.alarm_expressions import Node, parse
from ..readers.alarm_times import COUNT, NOTHING, Moment, Value, is_met, value_of
from ..readers.alert_rules import OF_SECURITY
from .unwritten_metrics import filters_of

_TRAIL = lazy_regex(r"useridentity|eventname|eventsource|errorcode|sourceipaddress|\$\.user\b|\bverb\b", re.IGNORECASE)
_OPERATORS = {
    "GreaterThanThreshold": ">", "GreaterThanOrEqualToThreshold": ">=", "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "<=",
}  # fmt: skip
_TIMES = (
    ("hour", range(24), frozenset({20, 21, 22, 23, 0, 1, 2, 3}), "night"),
    ("day", range(1, 8), frozenset({6, 7}), "weekend"),
)


def check_metric_times(alarm: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for an alarm whose expression sleeps or never rings."""
    queries = [item for item in one_or_many(alarm.get("metricQueries")) if isinstance(item, dict)]
    names: dict[str, Value | Node] = {}
    is_on_records = False
    for query in queries:
        metric, expression = query.get("metric"), query.get("expression")
        if isinstance(metric, dict):
            filters = filters_of(metric, plan)
            is_on_records |= any(_TRAIL.search(str(item.get("pattern"))) is not None for item in filters)
            names |= {str(query.get("id")): COUNT} if filters else {}
        elif isinstance(expression, str) and (node := parse(expression)) is not None:
            names[str(query.get("id"))] = node
    shown = next((str(query.get("id")) for query in queries if query.get("returnData") is True), "")
    node = names.get(shown)
    if isinstance(node, Node):
        yield from _sleeps(alarm, node, names, is_on_records=is_on_records)


def _sleeps(
    alarm: Resource, node: Node, names: Mapping[str, Value | Node], *, is_on_records: bool
) -> Iterator[Outcome]:
    """Yields a failure if an expression never rings, or sleeps on records of security."""
    path = "metricQueries"
    if not _may_ring(alarm, node, Moment({}, drops=False, names=names)):
        yield failed(f"{path} give an expression at which the alarm never rings", path)
        return
    expressions = str(alarm.get(path)).lower()
    for function, values, times, what in _TIMES if is_on_records or _is_on_records(alarm) else ():
        if function not in expressions:
            continue
        moments = {value: Moment({function: float(value)}, drops=False, names=names) for value in values}
        if times.isdisjoint(value for value, moment in moments.items() if _may_ring(alarm, node, moment)):
            yield failed(f"{path} leave out what is done on each {what}", path)


def _may_ring(alarm: Resource, node: Node, moment: Moment) -> bool:
    """Returns whether an alarm may ring by what its expression gives at a moment."""
    value = value_of(node, moment)
    if value == NOTHING:
        return alarm.get("treatMissingData") == "breaching"
    operator, threshold = _OPERATORS.get(str(alarm.get("comparisonOperator"))), number_of(alarm.get("threshold"))
    return operator is None or threshold is None or is_met(operator, value, threshold)


def _is_on_records(alarm: Resource) -> bool:
    """Returns whether the words of an alarm say that it is on records of security."""
    words = {key: alarm.get(key) for key in ("name", "alarmDescription", "metricQueries")}
    return any(OF_SECURITY.search(str(value)) is not None for *_, value in leaves(words))
