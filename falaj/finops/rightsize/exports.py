"""Readers of utilisation exports: Prometheus, OpenCost, CloudWatch and Azure Monitor."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.properties import get_dict, get_list, get_path, get_str
from falaj.finops.rightsize.points import METRICS, Point, Reading, Signal, time_of, value_of

Reader = Callable[[str, str], list[Point]]
"""Text and place -> points. Raises `BadInput`."""

_NODE = ("node", "Hostname", "kubernetes_node", "nodename", "instance")
_MACHINE = ("node_kubernetes_io_instance_type", "label_node_kubernetes_io_instance_type", "instance_type")
_REGION = ("topology_kubernetes_io_region", "label_topology_kubernetes_io_region", "region")


def _first(labels: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((labels[name] for name in names if isinstance(labels.get(name), str)), "")


def prometheus(text: str, location: str) -> list[Point]:
    """The answer of /api/v1/query_range."""
    raw = _json(text, location)
    if get_path(raw, "status") != "success" or get_path(raw, "data", "resultType") != "matrix":
        raise BadInput(location, "is not a response of a Prometheus range query (status success, resultType matrix)")
    result: list[Point] = []
    for number, series in enumerate(get_list(raw, "data", "result")):
        labels = get_dict(series, "metric")
        reading = METRICS.get(get_str(labels, "__name__"))
        if reading is None:
            continue
        where = f"{location}: result {number}"
        subject = _first(labels, _NODE)
        if not subject:
            raise BadInput(where, f"none of the labels {', '.join(_NODE)} says which machine it is")
        unit = "/".join(filter(None, (get_str(labels, "gpu"), get_str(labels, "GPU_I_ID"))))
        named = (_first(labels, _MACHINE), _first(labels, _REGION))
        for pair in get_list(series, "values"):
            if not isinstance(pair, list) or len(pair) != 2:
                raise BadInput(where, f"{pair!r} is not a pair of time and value")
            value = value_of(reading, pair[1], where)
            if value is not None:
                result.append(Point(subject, unit, reading.signal, time_of(pair[0], where), value, *named))
    return _known(result, location)


_COSTS = (("cpuCost", Signal.CPU_COST), ("ramCost", Signal.MEMORY_COST), ("gpuCost", Signal.GPU_COST))
_USED = (
    ("cpuCoreUsageAverage", "cpuCoreRequestAverage", Signal.CPU),
    ("ramByteUsageAverage", "ramByteRequestAverage", Signal.MEMORY),
)


def opencost(text: str, location: str) -> list[Point]:
    """The answer of OpenCost's allocation interface, asked with a step of an hour or so. Its costs are in USD."""
    raw = _json(text, location)
    if not isinstance(get_path(raw, "data"), list):
        raise BadInput(location, "is not a response of OpenCost's allocation API (data, a list of windows)")
    result: list[Point] = []
    for window in get_list(raw, "data"):
        if window is not None and not isinstance(window, Mapping):
            raise BadInput(location, f"{window!r} is not an allocation window")
        for name, one in (window or {}).items():
            if not name.startswith("__"):
                result.extend(_allocation(name, one, f"{location}: {name}"))
    return _known(result, location)


def _allocation(name: str, one: Any, location: str) -> Iterable[Point]:
    begin = time_of(get_path(one, "start") or get_path(one, "window", "start"), location)
    minutes = value_of(Reading(Signal.CPU_COST), get_path(one, "minutes"), location)
    if not minutes:
        return
    for key, signal in _COSTS:
        cost = value_of(Reading(signal, 60 / minutes), get_path(one, key), location)
        if cost is not None:
            yield Point(name, "", signal, begin, cost)
    for used, requested, signal in _USED:
        request = value_of(Reading(Signal.CPU_COST), get_path(one, requested), location)
        use = value_of(Reading(Signal.CPU_COST), get_path(one, used), location)
        if request and use is not None:
            yield Point(name, "", signal, begin, use / request)
    engine = get_path(one, "gpuAllocation", "gpuUsageAverage")
    if engine is not None:
        share = value_of(Reading(Signal.ENGINE), engine, location)
        if share is not None:
            yield Point(name, "", Signal.ENGINE, begin, share)


def cloudwatch(text: str, location: str) -> list[Point]:
    """`aws cloudwatch get-metric-data`, or a CSV with a column of times. A label reads `<instance> <metric>`."""
    if not text.lstrip().startswith("{"):
        return _wide_csv(text, location)
    raw = _json(text, location)
    if not isinstance(get_path(raw, "MetricDataResults"), list):
        raise BadInput(location, "is not a response of get-metric-data (MetricDataResults)")
    points: list[Point] = []
    for metric in get_list(raw, "MetricDataResults"):
        label = get_str(metric, "Label")
        times, values = get_list(metric, "Timestamps"), get_list(metric, "Values")
        where = f"{location}: {label}"
        if len(times) != len(values):
            raise BadInput(where, f"{len(times)} times and {len(values)} values")
        points.extend(_labelled(label, zip(times, values, strict=True), where))
    return _known(points, location)


def _labelled(label: str, pairs: Iterable[tuple[Any, Any]], location: str) -> Iterable[Point]:
    subject, _, metric = label.rpartition(" ")
    reading = METRICS.get(metric)
    if reading is None or not subject:
        return
    for moment, raw in pairs:
        value = value_of(reading, raw, location)
        if value is not None:
            yield Point(subject, "", reading.signal, time_of(moment, location), value)


def _wide_csv(text: str, location: str) -> list[Point]:
    rows = _csv(text, location)
    times = next(iter(rows[0]))
    result: list[Point] = []
    for label in list(rows[0])[1:]:
        result.extend(_labelled(label, [(row[times], row[label]) for row in rows], f"{location}: {label}"))
    return _known(result, location)


_AZURE = ("Resource", "MetricName", "Average")


def azure_monitor(text: str, location: str) -> list[Point]:
    """The table AzureMetrics as CSV: TimeGenerated, Resource, MetricName, Average."""
    rows = _csv(text, location)
    times = next((name for name in rows[0] if name.startswith("TimeGenerated")), None)
    if absent := [name for name in _AZURE if name not in rows[0]] or ([] if times else ["TimeGenerated"]):
        raise BadInput(location, f"the column {absent[0]} of AzureMetrics is missing")
    result: list[Point] = []
    for number, row in enumerate(rows, start=2):
        reading = METRICS.get(row["MetricName"])
        where = f"{location}: line {number}"
        value = value_of(reading, row["Average"], where) if reading else None
        if reading is not None and value is not None:
            moment = time_of(row[times or ""], where)
            result.append(Point(row["Resource"].lower(), "", reading.signal, moment, value))
    return _known(result, location)


def _known(result: list[Point], location: str) -> list[Point]:
    if not result:
        raise BadInput(location, f"contains no supported metric; supported: {', '.join(sorted(METRICS))}")
    return result


def _json(text: str, location: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as broken:
        raise BadInput(location, f"not JSON: {broken}") from None


def _csv(text: str, location: str) -> list[dict[str, str]]:
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as broken:
        raise BadInput(location, f"not CSV: {broken}") from None
    if not rows:
        raise BadInput(location, "holds no rows")
    uneven = next((number for number, row in enumerate(rows, start=2) if None in row or None in row.values()), None)
    if uneven is not None:
        raise BadInput(f"{location}: line {uneven}", "has another number of columns than the first line")
    return rows
