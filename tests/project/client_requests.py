"""Requests with the statistics of clients that a trace has in place of requests: alibaba/ServeGen f891d118, data/.

A folder has two files for each client. `chunk-N-trace.csv`: the second at which ten minutes begin, requests a second in
them, the coefficient of variation of their gaps, and the distribution of the gaps with its shape and scale.
`chunk-N-dataset.json`: for each six hours the shares of lengths in tokens, as text of a mapping. A client without
lengths has those of another one. The same seed gives the same requests.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

STEP = 600.0
"""Seconds for which a rate holds."""
LEAST_SHAPE = 0.01
LENGTHS = ("input_tokens", "output_tokens")


@dataclass(frozen=True)
class Client:
    """A client: one row for each ten minutes."""

    number: int
    rates: Numbers
    """Requests a second."""
    is_weibull: Sequence[bool]
    """Whether the gaps are Weibull instead of gamma."""
    shapes: Numbers
    lengths: Mapping[float, Sequence[tuple[Numbers, Numbers]]]
    """Second from which on they hold -> lengths and the sums of their shares, of prompts and of answers."""


def read_clients(folder: Path, only: Collection[int] = ()) -> Sequence[Client]:
    """Returns the clients of a folder, or some of them by their numbers."""
    return [
        _client(number, file)
        for file in sorted(folder.glob("chunk-*-trace.csv"))
        if (number := int(file.name.split("-")[1])) in only or not only
    ]


def _client(number: int, file: Path) -> Client:
    with file.open() as opened:
        rows = list(csv.reader(opened))
    rates = np.array([float(row[1] or 0) for row in rows])
    shapes = np.array([float(row[4]) if len(row) > 4 and row[4] else 1.0 for row in rows])
    data = file.with_name(file.name.replace("-trace.csv", "-dataset.json"))
    lengths = dict(_lengths(data)) if data.exists() else {}
    return Client(number, rates, [len(row) > 3 and row[3] == "Weibull" for row in rows], shapes, lengths)


def _lengths(file: Path) -> Iterator[tuple[float, Sequence[tuple[Numbers, Numbers]]]]:
    for second, fields in json.loads(file.read_text()).items():
        texts = [str(fields.get(name, "{}")).strip("{}") for name in LENGTHS]
        if all(texts):
            yield float(second), [_sums(text) for text in texts]


def _sums(text: str) -> tuple[Numbers, Numbers]:
    pairs = np.array([[float(each) for each in pair.split(":")] for pair in text.split(",")])
    return pairs[:, 0], np.cumsum(pairs[:, 1]) / pairs[:, 1].sum()


def requests_of(
    clients: Sequence[Client], factor: float, chance: np.random.Generator
) -> tuple[Numbers, Numbers, Numbers]:
    """Returns times, tokens of prompts and of answers of all clients at `factor` times their rates. The spread of a
    client's gaps stays, by their mean."""
    columns: list[Numbers] = []
    others = [client.lengths for client in clients if client.lengths]
    for client in clients:
        at = arrivals(client, factor, chance)
        lengths = client.lengths or others[int(chance.integers(len(others)))]
        columns.append(np.vstack([at, *_drawn(lengths, at, chance)]))
    at, prompt, generated = np.hstack(columns)
    order = np.argsort(at, kind="stable")
    return at[order], prompt[order], generated[order]


def arrivals(client: Client, factor: float, chance: np.random.Generator) -> Numbers:
    """Returns the times of a client's requests. A gap is drawn in expected requests, so it may reach over steps."""
    found: list[Numbers] = []
    left = float(chance.random())
    for step, expected in enumerate((client.rates * factor * STEP).tolist()):
        if expected <= 0:
            continue
        at = [np.array([left])]
        while at[-1][-1] < expected:
            count = int((expected - at[-1][-1]) * 1.2) + 8
            at.append(at[-1][-1] + np.cumsum(_gaps(client, step, count, chance)))
        within = np.concatenate(at)
        inside = int(np.searchsorted(within, expected))
        left = float(within[inside]) - expected
        found.append((step + within[:inside] / expected) * STEP)
    return np.concatenate(found) if found else np.empty(0)


def _gaps(client: Client, step: int, count: int, chance: np.random.Generator) -> Numbers:
    """Returns gaps with a mean of one request."""
    shape = max(float(client.shapes[step]), LEAST_SHAPE)
    if client.is_weibull[step]:
        return chance.weibull(shape, count) / math.gamma(1 + 1 / shape)
    return chance.gamma(shape, 1 / shape, count)


def _drawn(
    lengths: Mapping[float, Sequence[tuple[Numbers, Numbers]]], at: Numbers, chance: np.random.Generator
) -> Sequence[Numbers]:
    seconds = np.array(sorted(lengths))
    part = np.maximum(np.searchsorted(seconds, at, side="right") - 1, 0)
    drawn = [np.zeros(len(at)) for _ in LENGTHS]
    for number in np.unique(part):
        rows = part == number
        for column, (values, sums) in zip(drawn, lengths[float(seconds[number])], strict=True):
            column[rows] = values[np.minimum(np.searchsorted(sums, chance.random(int(rows.sum()))), len(values) - 1)]
    return drawn
