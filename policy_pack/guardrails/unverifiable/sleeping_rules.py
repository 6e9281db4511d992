"""Alerts of Prometheus that never ring, and those on records of security that leave out each night or each weekend.

Hours are those of UTC, in which midnight to four in the country is 20 to 24 o'clock; `readers.alarm_times` says when an
expression may ring. Alerts on load and on costs may be those of an office. An alert may be of the day if another of
the resource that reads the same is of the night, such as with a lower threshold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..engine.reading import Resource
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.alarm_expressions import Node, parse
from ..readers.alarm_times import Moment, may_ring
from ..readers.alert_rules import OF_SECURITY, AlertRule, alert_rules

_CLOUDS = (*aws("amp/RuleGroupNamespace"), *azure("alertsmanagement:PrometheusRuleGroup"))
_KUBERNETES = "kubernetes:"
_NIGHT, _WEEKEND = frozenset({20, 21, 22, 23, 0, 1, 2, 3}), frozenset({0, 6})
_TIMES = (("hour", range(24), _NIGHT, "night"), ("day_of_week", range(7), _WEEKEND, "weekend"))


def check_sleeping_rules(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each alert that never rings, or that sleeps although it is on records of security."""
    if not (resource.type.startswith(_KUBERNETES) or resource.type in _CLOUDS):
        return
    ringing: list[tuple[AlertRule, Node]] = []
    for rule in alert_rules(resource):
        node = parse(rule.expression)
        if node is not None and may_ring(node, Moment({})):
            ringing.append((rule, node))
        elif node is not None:
            yield failed(f"{rule.path} is never true: the alert does not ring", rule.path)
    for function, values, times, what in _TIMES:
        if any(function in rule.expression and OF_SECURITY.search(rule.words) for rule, _ in ringing):
            for path in _asleep(ringing, function, values, times):
                yield failed(f"{path} leaves out what is done on each {what}", path)


def _asleep(
    rules: Iterable[tuple[AlertRule, Node]], function: str, values: Iterable[int], times: frozenset[int]
) -> Iterator[str]:
    """Yields the path of each alert on records of security that sleeps, as all others do that read the same."""
    awake: dict[frozenset[str], set[int]] = defaultdict(set)
    sleeping: list[tuple[str, frozenset[str]]] = []
    for rule, node in rules:
        kept = set(values) if function not in rule.expression else {
            value for value in values if may_ring(node, Moment({function: float(value)}))}  # fmt: skip
        series = _series(node)
        awake[series] |= kept if series else set()
        if kept.isdisjoint(times) and OF_SECURITY.search(rule.words):
            sleeping.append((rule.path, series))
    yield from (path for path, series in sleeping if awake[series].isdisjoint(times))


def _series(node: Node) -> frozenset[str]:
    """Returns the names of the metrics that an expression reads, with their selectors; nothing for their absence."""
    if node.kind == "call" and node.name.lower().startswith("absent"):
        return frozenset()
    inner = node.parts[0] if node.kind == "chosen" else node
    if inner.kind == "name" or (inner.kind == "call" and inner.name.startswith("{")):
        name, bracket, _ = node.name.rpartition("}")
        return frozenset({name + bracket or node.name.partition("[")[0]})
    return frozenset().union(*map(_series, node.parts))
