"""Prometheus range queries (`/api/v1/query_range`) as windows, one from each sample to the next."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.rules import METRICS, Rules
from falaj.finops.experiment.windows import MeasurementWindow, check_counts, moment

Series = dict[float, float]
"""Timestamp -> value."""


def read_range_query(data: Mapping[str, Any], rules: Rules, location: str) -> list[MeasurementWindow]:
    """Returns the windows of a range query that selects the metrics of `rules.metrics` with the label `variant`."""
    body = data.get("data", data)
    result = body.get("result") if isinstance(body, Mapping) else None
    if data.get("status", "success") != "success" or not isinstance(result, list):
        raise BadInput(location, f"the query failed: {data.get('error', 'it has no result')}")
    if body.get("resultType", "matrix") != "matrix":
        raise BadInput(location, "is not a range query response: the result must be a matrix")
    measures = {name: measure for measure, name in (METRICS | rules.metrics).items()}
    sums: dict[tuple[str, str, str], Series] = defaultdict(lambda: defaultdict(float))
    for index, item in enumerate(result):
        where = f"{location}: result[{index}]"
        labels, values = _labels_and_values(item, where)
        measure = measures.get(labels.get("__name__", ""))
        if measure is None or "variant" not in labels:
            continue
        key = (labels["variant"], measure, labels.get("le", "") if measure == "latency" else "")
        for timestamp, increase in (values if measure == "machines" else _increases(values)).items():
            sums[key][timestamp] += increase
    return [item for variant in sorted({key[0] for key in sums}) for item in _windows(variant, sums, rules, location)]


def _labels_and_values(series: Any, location: str) -> tuple[Mapping[str, str], Series]:
    try:
        labels = {str(key): str(value) for key, value in series["metric"].items()}
        values = {float(timestamp): float(value) for timestamp, value in series["values"]}
    except (TypeError, KeyError, ValueError, AttributeError):
        raise BadInput(location, "is not a series of a range query") from None
    if any(not value >= 0 or value == float("inf") for value in values.values()):
        raise BadInput(location, "has a value that is negative or not a number")
    return labels, dict(sorted(values.items()))


def _increases(values: Series) -> Series:
    """Returns a counter's increase up to each sample. A counter that falls was reset to zero."""
    moments = list(values)
    return {
        after: values[after] - values[before] if values[after] >= values[before] else values[after]
        for before, after in pairwise(moments)
    }


def _windows(
    variant: str, sums: Mapping[tuple[str, str, str], Series], rules: Rules, location: str
) -> list[MeasurementWindow]:
    series_of_variant = {(measure, le): series for (owner, measure, le), series in sums.items() if owner == variant}
    requests = series_of_variant.get(("requests", ""))
    if not requests:
        raise BadInput(location, f"variant {variant!r} has no series {(METRICS | rules.metrics)['requests']!r}")
    moments = sorted(requests)
    step = min((b - a for a, b in pairwise(moments)), default=3600.0)
    result: list[MeasurementWindow] = []
    for end in moments:
        hours = step / 3600
        machines = series_of_variant.get(("machines", ""), {}).get(end, float(rules.machines.get(variant, 0)))
        cost = series_of_variant.get(("cost", ""), {}).get(end)
        window = MeasurementWindow(
            variant=variant,
            start=moment(end - step, location),
            end=moment(end, location),
            requests=requests[end],
            errors=series_of_variant.get(("errors", ""), {}).get(end, 0.0),
            usd=cost if cost is not None else machines * hours * float(rules.usd_per_hour.get(variant, 0)),
            tokens=series_of_variant.get(("tokens", ""), {}).get(end),
            buckets=_buckets(series_of_variant, end, location),
            quality_n=series_of_variant.get(("quality_n", ""), {}).get(end, 0.0),
            quality_sum=series_of_variant.get(("quality_sum", ""), {}).get(end, 0.0),
        )
        result.append(check_counts(window, f"{location}: {variant} at {window.end.isoformat()}"))
    return result


def _buckets(
    series_of_variant: Mapping[tuple[str, str], Series], timestamp: float, location: str
) -> tuple[tuple[float, float], ...]:
    try:
        return tuple(
            sorted(
                (float(le), series.get(timestamp, 0.0))
                for (measure, le), series in series_of_variant.items()
                if measure == "latency"
            )
        )
    except ValueError as error:
        raise BadInput(location, f"a histogram has a bound that is not a number: {error}") from None
