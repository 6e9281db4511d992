"""Readers of utilisation exports: Prometheus, OpenCost, CloudWatch and Azure Monitor."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_json
from falaj.finops.properties import get_dict, get_list, get_path, get_str
from falaj.finops.rightsize.points import METRICS, Point, Reading, Signal, time_of, value_of

Reader = Callable[[str, str], list[Point]]
"""Text and location -> points. Raises `BadInput`."""

_NODE_LABELS = ("node", "Hostname", "kubernetes_node", "nodename", "instance")
_INSTANCE_TYPE_LABELS = ("node_kubernetes_io_instance_type", "label_node_kubernetes_io_instance_type", "instance_type")
_REGION_LABELS = ("topology_kubernetes_io_region", "label_topology_kubernetes_io_region", "region")

LEAST_MINUTES = 1 / 60
"""Shortest allocation: a cost an hour of a shorter one says nothing."""


def _first(labels: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((labels[name] for name in names if isinstance(labels.get(name), str)), "")


def prometheus(text: str, location: str) -> list[Point]:
    """Parses a response of /api/v1/query_range."""
    raw = parse_json(text, location)
    if get_path(raw, "status") != "success" or get_path(raw, "data", "resultType") != "matrix":
        raise BadInput(location, "is not a response of a Prometheus range query (status success, resultType matrix)")
    result: list[Point] = []
    for number, series in enumerate(get_list(raw, "data", "result")):
        labels = get_dict(series, "metric")
        reading = METRICS.get(get_str(labels, "__name__"))
        if reading is None:
            continue
        where = f"{location}: result {number}"
        subject = _first(labels, _NODE_LABELS)
        if not subject:
            raise BadInput(where, f"none of the labels {', '.join(_NODE_LABELS)} names the machine")
        unit = "/".join(filter(None, (get_str(labels, "gpu"), get_str(labels, "GPU_I_ID"))))
        machine_and_region = (_first(labels, _INSTANCE_TYPE_LABELS), _first(labels, _REGION_LABELS))
        for pair in get_list(series, "values"):
            if not isinstance(pair, list) or len(pair) != 2:
                raise BadInput(where, f"{pair!r} is not a pair of time and value")
            value = value_of(reading, pair[1], where)
            if value is not None:
                result.append(Point(subject, unit, reading.signal, time_of(pair[0], where), value, *machine_and_region))
    return _not_empty(result, location)


_COSTS = (("cpuCost", Signal.CPU_COST), ("ramCost", Signal.MEMORY_COST), ("gpuCost", Signal.GPU_COST))
_UTILISATION = (
    ("cpuCoreUsageAverage", "cpuCoreRequestAverage", Signal.CPU),
    ("ramByteUsageAverage", "ramByteRequestAverage", Signal.MEMORY),
)


def opencost(text: str, location: str) -> list[Point]:
    """Parses a response of OpenCost's allocation API, queried with a step of about an hour. Its costs are in USD."""
    raw = parse_json(text, location)
    if not isinstance(get_path(raw, "data"), list):
        raise BadInput(location, "is not a response of OpenCost's allocation API (data, a list of windows)")
    result: list[Point] = []
    for window in get_list(raw, "data"):
        if window is not None and not isinstance(window, Mapping):
            raise BadInput(location, f"{window!r} is not an allocation window")
        for name, allocation in (window or {}).items():
            if not name.startswith("__"):
                result.extend(_allocation(name, allocation, f"{location}: {name}"))
    return _not_empty(result, location)


def _allocation(name: str, allocation: Any, location: str) -> Iterable[Point]:
    begin = time_of(get_path(allocation, "start") or get_path(allocation, "window", "start"), location)
    minutes = value_of(Reading(Signal.CPU_COST), get_path(allocation, "minutes"), location)
    if not minutes:
        return
    if minutes < LEAST_MINUTES:
        raise BadInput(f"{location}: minutes", f"{minutes:g} is less than a second")
    for key, signal in _COSTS:
        cost = value_of(Reading(signal, 60 / minutes), get_path(allocation, key), location)
        if cost is not None:
            yield Point(name, "", signal, begin, cost)
    for usage_key, request_key, signal in _UTILISATION:
        request = value_of(Reading(Signal.CPU_COST), get_path(allocation, request_key), location)
        use = value_of(Reading(Signal.CPU_COST), get_path(allocation, usage_key), location)
        if request and use is not None:
            yield Point(name, "", signal, begin, use / request)
    engine = get_path(allocation, "gpuAllocation", "gpuUsageAverage")
    if engine is not None:
        share = value_of(Reading(Signal.ENGINE), engine, location)
        if share is not None:
            yield Point(name, "", Signal.ENGINE, begin, share)


def cloudwatch(text: str, location: str) -> list[Point]:
    """Parses the output of `aws cloudwatch get-metric-data`, or a CSV with a time column. A label reads `<instance>
    <metric>`.
    """
    if not text.lstrip().startswith("{"):
        return _cloudwatch_csv(text, location)
    raw = parse_json(text, location)
    if not isinstance(get_path(raw, "MetricDataResults"), list):
        raise BadInput(location, "is not a response of get-metric-data (MetricDataResults)")
    points: list[Point] = []
    for metric in get_list(raw, "MetricDataResults"):
        label = get_str(metric, "Label")
        times, values = get_list(metric, "Timestamps"), get_list(metric, "Values")
        where = f"{location}: {label}"
        if len(times) != len(values):
            raise BadInput(where, f"{len(times)} times and {len(values)} values")
        points.extend(_labelled_points(label, zip(times, values, strict=True), where))
    return _not_empty(points, location)


def _labelled_points(label: str, pairs: Iterable[tuple[Any, Any]], location: str) -> Iterable[Point]:
    subject, _, metric = label.rpartition(" ")
    reading = METRICS.get(metric)
    if reading is None or not subject:
        return
    for moment, raw in pairs:
        value = value_of(reading, raw, location)
        if value is not None:
            yield Point(subject, "", reading.signal, time_of(moment, location), value)


def _cloudwatch_csv(text: str, location: str) -> list[Point]:
    rows = _csv(text, location)
    times = next(iter(rows[0]))
    result: list[Point] = []
    for label in list(rows[0])[1:]:
        result.extend(_labelled_points(label, [(row[times], row[label]) for row in rows], f"{location}: {label}"))
    return _not_empty(result, location)


_AZURE_COLUMNS = ("Resource", "MetricName", "Average")


def azure_monitor(text: str, location: str) -> list[Point]:
    """Parses the AzureMetrics table as CSV: TimeGenerated, Resource, MetricName, Average."""
    rows = _csv(text, location)
    times = next((name for name in rows[0] if name.startswith("TimeGenerated")), None)
    if missing := [name for name in _AZURE_COLUMNS if name not in rows[0]] or ([] if times else ["TimeGenerated"]):
        raise BadInput(location, f"the column {missing[0]} of AzureMetrics is missing")
    result: list[Point] = []
    for number, row in enumerate(rows, start=2):
        reading = METRICS.get(row["MetricName"])
        where = f"{location}: line {number}"
        value = value_of(reading, row["Average"], where) if reading else None
        if reading is not None and value is not None:
            moment = time_of(row[times or ""], where)
            result.append(Point(row["Resource"].lower(), "", reading.signal, moment, value))
    return _not_empty(result, location)


def _not_empty(result: list[Point], location: str) -> list[Point]:
    if not result:
        raise BadInput(location, f"contains no supported metric; supported: {', '.join(sorted(METRICS))}")
    return result


def _csv(text: str, location: str) -> list[dict[str, str]]:
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise BadInput(location, f"not CSV: {error}") from None
    if not rows:
        raise BadInput(location, "contains no rows")
    uneven = next((number for number, row in enumerate(rows, start=2) if None in row or None in row.values()), None)
    if uneven is not None:
        raise BadInput(f"{location}: line {uneven}", "has a different number of columns than the header")
    return rows
