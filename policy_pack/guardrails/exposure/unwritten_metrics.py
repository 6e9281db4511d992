"""Alarms on what a filter of logs counts read the metric that it writes.

A metric is its namespace, its name and all its dimensions, each as it is spelled, and an alarm that states a unit reads
what has it; what nobody writes has no data, and the alarm never rings. A filter writes the unit None unless it states
one (botocore 1.44.8: cloudwatch, Unit of PutMetricAlarm and Dimensions of GetMetricStatistics; logs, unit of
MetricTransformation; read 2026-11-30).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed

METRIC_ALARMS = aws("cloudwatch/MetricAlarm")
_FILTERS = aws("cloudwatch/LogMetricFilter")
_NO_UNIT = "None"


@dataclass(frozen=True)
class _Metric:
    """A metric that a filter writes, or an alarm reads; a unit that is empty is any."""

    namespace: str
    name: str
    dimensions: frozenset[str]
    unit: str

    def has_data_of(self, written: "_Metric") -> bool:
        """Returns whether an alarm on this metric reads what a filter writes."""
        is_same = (self.namespace, self.name, self.dimensions) == (written.namespace, written.name, written.dimensions)
        return is_same and self.unit in ("", written.unit)


def check_metrics(alarm: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields whether each metric of an alarm that a filter of the plan seems to write is the one that it writes."""
    for path, data in _read(alarm):
        metric = _metric(data, "metricName")
        written = [item for found in filters_of(data, plan) for item in _written(found)]
        if metric is None or not written or None in written:
            continue
        same = [item for item in written if item is not None and _key(item) == _key(metric)]
        is_read = any(metric.has_data_of(item) for item in same)
        yield passed() if is_read else failed(_text(path, metric, same), path or "metricName")


def filters_of(data: Mapping[str, Plain], plan: Plan) -> Sequence[Resource]:
    """Returns the filters of the plan that write a metric, however its dimensions are."""
    metric = _metric(data, "metricName")
    return plan.by_key(_written_keys).get(_key(metric), ()) if metric else ()


def _read(alarm: Resource) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    yield "", alarm.props
    for index, query in enumerate(one_or_many(alarm.get("metricQueries"))):
        for metric in one_or_many(query.get("metric")) if isinstance(query, dict) else ():
            if isinstance(metric, dict):
                yield f"metricQueries[{index}].metric", metric


def _written(item: Resource) -> list[_Metric | None]:
    """Returns the metrics that a filter writes; None stands for one that is not known."""
    found = one_or_many(item.get("metricTransformation"))
    return [_metric(data, "name", _NO_UNIT) if isinstance(data, dict) else None for data in found]


def _written_keys(item: Resource) -> list[str]:
    metrics = _written(item) if item.type in _FILTERS else []
    return [_key(metric) for metric in metrics if metric is not None]


def _key(metric: _Metric) -> str:
    return f"{metric.namespace}\n{metric.name}".lower()


def _metric(data: Mapping[str, Plain], key: str, unit: str = "") -> _Metric | None:
    space, own, dimensions, stated = (data.get(name) for name in ("namespace", key, "dimensions", "unit"))
    keys = frozenset(dimensions) if isinstance(dimensions, dict) else frozenset[str]()
    if not isinstance(space, str) or not isinstance(own, str) or UNKNOWN in (dimensions, stated):
        return None
    return _Metric(space, own, keys, unit if stated is None else str(stated))


def _text(path: str, metric: _Metric, written: list[_Metric]) -> str:
    prefix = f"{path}." if path else ""
    if all((item.namespace, item.name) != (metric.namespace, metric.name) for item in written):
        part = "metricName or namespace is spelled otherwise"
    elif all(item.dimensions != metric.dimensions for item in written):
        part = "dimensions are other ones"
    else:
        part = "unit is another one"
    return f"{prefix}{part} than the filter of the stack writes, so that there is no data and the alarm never rings"
