"""Requests from rates that Prometheus has recorded: the answer to a range query (`/api/v1/query_range`, `matrix`).

Each series has requests per second of one service, named by the label `service`, `destination_service_name` or
`model_name`. With the label `quantity`, one answer also has tokens per second: `requests` (also without the label),
`prompt_tokens`, `generated_tokens`. docs/traces.md has the queries.

Rates do not say when a request came and how long it was. So within each step of the query, requests come at random
(Poisson) by its rate, and tokens vary around the mean of the step as in `sample_facts` (lognormal).
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from falaj.finops.errors import BadInput, shown
from falaj.simulation.traces.instants import EARLIEST, LATEST, moment
from falaj.simulation.traces.json_values import items, mapping, number, read_json
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import MOST, NOBODY
from falaj.simulation.work import Requests, Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

SERVICE_LABELS = ("service", "destination_service_name", "model_name")
REQUESTS, PROMPT, GENERATED = "requests", "prompt_tokens", "generated_tokens"
SPREAD: Mapping[str, float] = {PROMPT: 0.98, GENERATED: 0.85}
"""Standard deviation of the logarithm of tokens: those of AzureLLMInferenceTrace_conv of 2023, counted 2026-11-28."""
GREATEST_RATE = 1e9
NOT_RECORDED = "NaN"
"""How Prometheus writes a rate of nothing, such as 0/0 (docs, querying/api: values are texts, `NaN` and `Inf` too)."""

Rates = dict[tuple[str, str], dict[float, float]]
"""Service and quantity -> time -> amount per second."""


def read_rates(path: Path, options: TraceOptions) -> Work:
    """Returns requests by the rates of an answer. Raises `BadInput`."""
    document = mapping(read_json(path), str(path))
    if document.get("status") != "success":
        error = document.get("error") or document.get("status")
        raise BadInput(str(path), f"is no successful answer of Prometheus, but {shown(error)}")
    data = mapping(document.get("data"), f"{path}: data")
    if data.get("resultType") != "matrix":
        kind = shown(data.get("resultType"))
        raise BadInput(f"{path}: data.resultType", f"{kind} is not 'matrix', which a range query returns")
    rates = _rates(items(data, "result", f"{path}: data"), f"{path}: data.result")
    times = np.array(sorted({time for rate in rates.values() for time in rate}))
    if len(times) < 2:
        raise BadInput(f"{path}: data.result", "has fewer than two times; give the query a start, an end and a step")
    return _work(str(path), rates, times, np.random.default_rng(options.seed))


def _rates(series: Sequence[Any], where: str) -> Rates:
    rates: Rates = {}
    for index, entry in enumerate(series):
        at = f"{where}[{index}]"
        labels = mapping(mapping(entry, at).get("metric"), f"{at}.metric")
        service = next((str(labels[name]) for name in SERVICE_LABELS if labels.get(name)), NOBODY)
        quantity = str(labels.get("quantity", REQUESTS))
        if quantity not in (REQUESTS, *SPREAD):
            allowed = ", ".join((REQUESTS, *SPREAD))
            raise BadInput(f"{at}.metric.quantity", f"{shown(quantity)} is not one of {allowed}")
        total = rates.setdefault((service, quantity), {})
        for time, rate in _samples(items(mapping(entry, at), "values", at), f"{at}.values"):
            total[time] = total.get(time, 0.0) + rate
    if not any(quantity == REQUESTS for _, quantity in rates):
        raise BadInput(where, "has no series of requests")
    return rates


def _samples(values: Sequence[Any], where: str) -> Iterator[tuple[float, float]]:
    last = -np.inf
    for index, pair in enumerate(values):
        at = f"{where}[{index}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise BadInput(at, f"{shown(pair)} is not a time and a value")
        time = number(pair[0], f"{at}[0]", EARLIEST, LATEST)
        if time <= last:
            raise BadInput(f"{at}[0]", f"{shown(pair[0])} is not after the time before it")
        last = time
        if pair[1] != NOT_RECORDED:
            yield time, number(pair[1], f"{at}[1]", 0.0, GREATEST_RATE)


def _work(where: str, rates: Rates, times: "Numbers", chance: np.random.Generator) -> Work:
    step = float(np.diff(times).min())
    services = tuple(sorted({service for service, quantity in rates if quantity == REQUESTS}))
    columns = [_of_service(where, rates, service, times, step, chance) for service in services]
    at, prompt, generated = (np.concatenate(column) for column in zip(*columns, strict=True))
    owner = np.repeat(np.arange(len(services), dtype=np.int32), [len(column[0]) for column in columns])
    if not len(at):
        raise BadInput(where, "has no requests: every rate is 0")
    order = np.argsort(at, kind="stable")
    unknown = np.full(len(at), np.nan)
    requests = Requests(at[order], prompt[order], generated[order], unknown, owner[order], services)
    notes = ("Requests are drawn from rates: their moments and tokens within a step are random.",)
    return Work(moment(times[0] - step), float(times[-1] - times[0] + step), requests=requests, notes=notes)


def _of_service(
    where: str, rates: Rates, service: str, times: "Numbers", step: float, chance: np.random.Generator
) -> "tuple[Numbers, Numbers, Numbers]":
    """Returns times and tokens of the requests of a service. A rate is that of the step before its time."""
    rate = _column(rates, service, REQUESTS, times)
    if rate.sum() * step > MOST:
        raise BadInput(where, f"has more than {MOST} requests of {shown(service)}; query less time")
    counts = chance.poisson(rate * step)
    rows = np.repeat(np.arange(len(times)), counts)
    at = times[rows] - times[0] + chance.uniform(0.0, step, len(rows))
    tokens = list["Numbers"]()
    for quantity, spread in SPREAD.items():
        amount = _column(rates, service, quantity, times)
        mean = np.divide(amount, rate, out=np.zeros_like(rate), where=rate > 0)[rows]
        tokens.append(np.rint(mean * chance.lognormal(-(spread**2) / 2, spread, len(rows))))
    return at, tokens[0], tokens[1]


def _column(rates: Rates, service: str, quantity: str, times: "Numbers") -> "Numbers":
    recorded = rates.get((service, quantity), {})
    return np.array([recorded.get(time, 0.0) for time in times.tolist()])
