"""Utilisation exports as points: Prometheus, OpenCost, CloudWatch and Azure Monitor."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.properties import at, items, part, word
from falaj.finops.rightsize.points import METRICS, Point, Reading, Signal, time_of, value_of

Reader = Callable[[str, str], list[Point]]
"""Text and place -> points. Raises `BadInput`."""

_NODE = ("node", "Hostname", "kubernetes_node", "nodename", "instance")
_MACHINE = ("node_kubernetes_io_instance_type", "label_node_kubernetes_io_instance_type", "instance_type")
_REGION = ("topology_kubernetes_io_region", "label_topology_kubernetes_io_region", "region")


def _first(labels: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((labels[name] for name in names if isinstance(labels.get(name), str)), "")


def prometheus(text: str, place: str) -> list[Point]:
    """The answer of /api/v1/query_range."""
    raw = _json(text, place)
    if at(raw, "status") != "success" or at(raw, "data", "resultType") != "matrix":
        raise BadInput(place, "is no answer of a Prometheus range query (status success, resultType matrix)")
    found: list[Point] = []
    for number, series in enumerate(items(raw, "data", "result")):
        labels = part(series, "metric")
        reading = METRICS.get(word(labels, "__name__"))
        if reading is None:
            continue
        where = f"{place}: result {number}"
        subject = _first(labels, _NODE)
        if not subject:
            raise BadInput(where, f"none of the labels {', '.join(_NODE)} says which machine it is")
        unit = "/".join(filter(None, (word(labels, "gpu"), word(labels, "GPU_I_ID"))))
        named = (_first(labels, _MACHINE), _first(labels, _REGION))
        for pair in items(series, "values"):
            if not isinstance(pair, list) or len(pair) != 2:
                raise BadInput(where, f"{pair!r} is no pair of time and value")
            value = value_of(reading, pair[1], where)
            if value is not None:
                found.append(Point(subject, unit, reading.signal, time_of(pair[0], where), value, *named))
    return _known(found, place)


_COSTS = (("cpuCost", Signal.CPU_COST), ("ramCost", Signal.MEMORY_COST), ("gpuCost", Signal.GPU_COST))
_USED = (
    ("cpuCoreUsageAverage", "cpuCoreRequestAverage", Signal.CPU),
    ("ramByteUsageAverage", "ramByteRequestAverage", Signal.MEMORY),
)


def opencost(text: str, place: str) -> list[Point]:
    """The answer of OpenCost's allocation interface, asked with a step of an hour or so. Its costs are in USD."""
    raw = _json(text, place)
    if not isinstance(at(raw, "data"), list):
        raise BadInput(place, "is no answer of OpenCost's allocation interface (data, a list of windows)")
    found: list[Point] = []
    for window in items(raw, "data"):
        if window is not None and not isinstance(window, Mapping):
            raise BadInput(place, f"{window!r} is no window of allocations")
        for name, one in (window or {}).items():
            if not name.startswith("__"):
                found.extend(_allocation(name, one, f"{place}: {name}"))
    return _known(found, place)


def _allocation(name: str, one: Any, place: str) -> Iterable[Point]:
    begin = time_of(at(one, "start") or at(one, "window", "start"), place)
    minutes = value_of(Reading(Signal.CPU_COST), at(one, "minutes"), place)
    if not minutes:
        return
    for key, signal in _COSTS:
        cost = value_of(Reading(signal, 60 / minutes), at(one, key), place)
        if cost is not None:
            yield Point(name, "", signal, begin, cost)
    for used, requested, signal in _USED:
        request = value_of(Reading(Signal.CPU_COST), at(one, requested), place)
        use = value_of(Reading(Signal.CPU_COST), at(one, used), place)
        if request and use is not None:
            yield Point(name, "", signal, begin, use / request)
    engine = at(one, "gpuAllocation", "gpuUsageAverage")
    if engine is not None:
        share = value_of(Reading(Signal.ENGINE), engine, place)
        if share is not None:
            yield Point(name, "", Signal.ENGINE, begin, share)


def cloudwatch(text: str, place: str) -> list[Point]:
    """`aws cloudwatch get-metric-data`, or a CSV with a column of times. A label reads `<instance> <metric>`."""
    if not text.lstrip().startswith("{"):
        return _wide_csv(text, place)
    raw = _json(text, place)
    if not isinstance(at(raw, "MetricDataResults"), list):
        raise BadInput(place, "is no answer of get-metric-data (MetricDataResults)")
    found: list[Point] = []
    for result in items(raw, "MetricDataResults"):
        label = word(result, "Label")
        times, values = items(result, "Timestamps"), items(result, "Values")
        where = f"{place}: {label}"
        if len(times) != len(values):
            raise BadInput(where, f"{len(times)} times and {len(values)} values")
        found.extend(_labelled(label, zip(times, values, strict=True), where))
    return _known(found, place)


def _labelled(label: str, pairs: Iterable[tuple[Any, Any]], place: str) -> Iterable[Point]:
    subject, _, metric = label.rpartition(" ")
    reading = METRICS.get(metric)
    if reading is None or not subject:
        return
    for moment, raw in pairs:
        value = value_of(reading, raw, place)
        if value is not None:
            yield Point(subject, "", reading.signal, time_of(moment, place), value)


def _wide_csv(text: str, place: str) -> list[Point]:
    rows = _csv(text, place)
    times = next(iter(rows[0]))
    found: list[Point] = []
    for label in list(rows[0])[1:]:
        found.extend(_labelled(label, [(row[times], row[label]) for row in rows], f"{place}: {label}"))
    return _known(found, place)


_AZURE = ("Resource", "MetricName", "Average")


def azure_monitor(text: str, place: str) -> list[Point]:
    """The table AzureMetrics as CSV: TimeGenerated, Resource, MetricName, Average."""
    rows = _csv(text, place)
    times = next((name for name in rows[0] if name.startswith("TimeGenerated")), None)
    if absent := [name for name in _AZURE if name not in rows[0]] or ([] if times else ["TimeGenerated"]):
        raise BadInput(place, f"the column {absent[0]} of AzureMetrics is missing")
    found: list[Point] = []
    for number, row in enumerate(rows, start=2):
        reading = METRICS.get(row["MetricName"])
        where = f"{place}: line {number}"
        value = value_of(reading, row["Average"], where) if reading else None
        if reading is not None and value is not None:
            moment = time_of(row[times or ""], where)
            found.append(Point(row["Resource"].lower(), "", reading.signal, moment, value))
    return _known(found, place)


def _known(found: list[Point], place: str) -> list[Point]:
    if not found:
        raise BadInput(place, f"holds no sample of a metric that is known; there are: {', '.join(sorted(METRICS))}")
    return found


def _json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as broken:
        raise BadInput(place, f"not JSON: {broken}") from None


def _csv(text: str, place: str) -> list[dict[str, str]]:
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as broken:
        raise BadInput(place, f"not CSV: {broken}") from None
    if not rows:
        raise BadInput(place, "holds no rows")
    uneven = next((number for number, row in enumerate(rows, start=2) if None in row or None in row.values()), None)
    if uneven is not None:
        raise BadInput(f"{place}: line {uneven}", "has another number of columns than the first line")
    return rows
