"""Prometheus range queries (`/api/v1/query_range`) as windows: one from each sample to the next."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.rules import METRICS, Rules
from falaj.finops.experiment.windows import MeasurementWindow, checked_counts, moment

Series = dict[float, float]
"""Moment -> value."""


def exported(data: Mapping[str, Any], rules: Rules, location: str) -> list[MeasurementWindow]:
    """The windows of a range query that selects the measures of `rules.metrics` with the label `variant`."""
    body = data.get("data", data)
    result = body.get("result") if isinstance(body, Mapping) else None
    if data.get("status", "success") != "success" or not isinstance(result, list):
        raise BadInput(location, f"the query failed: {data.get('error', 'it has no result')}")
    if body.get("resultType", "matrix") != "matrix":
        raise BadInput(location, "is not a range query response: the result must be a matrix")
    measures = {name: measure for measure, name in (METRICS | rules.metrics).items()}
    sums: dict[tuple[str, str, str], Series] = defaultdict(lambda: defaultdict(float))
    for index, one in enumerate(result):
        where = f"{location}: result[{index}]"
        labels, values = _parts(one, where)
        measure = measures.get(labels.get("__name__", ""))
        if measure is None or "variant" not in labels:
            continue
        key = (labels["variant"], measure, labels.get("le", "") if measure == "latency" else "")
        for at, grown in (values if measure == "machines" else _growth(values)).items():
            sums[key][at] += grown
    return [one for variant in sorted({key[0] for key in sums}) for one in _windows(variant, sums, rules, location)]


def _parts(one: Any, location: str) -> tuple[Mapping[str, str], Series]:
    try:
        labels = {str(key): str(value) for key, value in one["metric"].items()}
        values = {float(at): float(value) for at, value in one["values"]}
    except (TypeError, KeyError, ValueError, AttributeError):
        raise BadInput(location, "is not a series of a range query") from None
    if any(not value >= 0 or value == float("inf") for value in values.values()):
        raise BadInput(location, "has a value that is negative or no number")
    return labels, dict(sorted(values.items()))


def _growth(values: Series) -> Series:
    """A counter's growth up to each sample. One that falls was started anew, from zero."""
    moments = list(values)
    return {
        after: values[after] - values[before] if values[after] >= values[before] else values[after]
        for before, after in pairwise(moments)
    }


def _windows(
    variant: str, sums: Mapping[tuple[str, str, str], Series], rules: Rules, location: str
) -> list[MeasurementWindow]:
    mine = {(measure, le): series for (whose, measure, le), series in sums.items() if whose == variant}
    requests = mine.get(("requests", ""))
    if not requests:
        raise BadInput(location, f"variant {variant!r} has no series {(METRICS | rules.metrics)['requests']!r}")
    moments = sorted(requests)
    step = min((b - a for a, b in pairwise(moments)), default=3600.0)
    result: list[MeasurementWindow] = []
    for at in moments:
        hours = step / 3600
        machines = mine.get(("machines", ""), {}).get(at, float(rules.machines.get(variant, 0)))
        cost = mine.get(("cost", ""), {}).get(at)
        one = MeasurementWindow(
            variant=variant,
            start=moment(at - step, location),
            end=moment(at, location),
            requests=requests[at],
            errors=mine.get(("errors", ""), {}).get(at, 0.0),
            usd=cost if cost is not None else machines * hours * float(rules.usd_per_hour.get(variant, 0)),
            tokens=mine.get(("tokens", ""), {}).get(at),
            buckets=_buckets(mine, at, location),
            quality_n=mine.get(("quality_n", ""), {}).get(at, 0.0),
            quality_sum=mine.get(("quality_sum", ""), {}).get(at, 0.0),
        )
        result.append(checked_counts(one, f"{location}: {variant} at {one.end.isoformat()}"))
    return result


def _buckets(mine: Mapping[tuple[str, str], Series], at: float, location: str) -> tuple[tuple[float, float], ...]:
    try:
        return tuple(
            sorted((float(le), series.get(at, 0.0)) for (measure, le), series in mine.items() if measure == "latency")
        )
    except ValueError as broken:
        raise BadInput(location, f"a histogram has a bound that is not a number: {broken}") from None
