"""Alerts of Prometheus that never ring, and those on records of security that leave out each night or each weekend.

Hours are those of UTC, in which midnight to four in the country is 20 to 24 o'clock; `readers.alarm_times` says when an
expression may ring. Alerts on load and on costs may be those of an office.
"""

from collections.abc import Iterator

from ..engine.reading import Resource
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.alarm_expressions import parse
from ..readers.alarm_times import Moment, may_ring
from ..readers.alert_rules import OF_SECURITY, alert_rules

_CLOUDS = (*aws("amp/RuleGroupNamespace"), *azure("alertsmanagement:PrometheusRuleGroup"))
_KUBERNETES = "kubernetes:"
_NIGHT, _WEEKEND = frozenset({20, 21, 22, 23, 0, 1, 2, 3}), frozenset({0, 6})
_TIMES = (("hour", range(24), _NIGHT, "night"), ("day_of_week", range(7), _WEEKEND, "weekend"))


def check_sleeping_rules(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each alert that never rings, or that sleeps although it is on records of security."""
    if not (resource.type.startswith(_KUBERNETES) or resource.type in _CLOUDS):
        return
    for rule in alert_rules(resource):
        node = parse(rule.expression)
        if node is None:
            continue
        if not may_ring(node, Moment({})):
            yield failed(f"{rule.path} is never true: the alert does not ring", rule.path)
        elif OF_SECURITY.search(rule.words):
            for function, values, times, what in _TIMES:
                if function not in rule.expression:
                    continue
                kept = {value for value in values if may_ring(node, Moment({function: float(value)}))}
                if kept.isdisjoint(times):
                    yield failed(f"{rule.path} leaves out what is done on each {what}", rule.path)
