"""Requests with the statistics of clients keep rates, bursts and lengths, and months of them the load asked for."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.project.client_requests import Client, arrivals, read_clients, requests_of
from tests.project.default_figures import today
from tests.project.default_months import month_of_requests
from tests.project.unseen_requests import ASSISTANT_NAME, month_of, seconds_of
from tests.project.whole_months import CODE

SERVICE = next(each for each in today().services if each.name == ASSISTANT_NAME)
LENGTHS = {"0": {"input_tokens": "{100: 0.25, 300: 0.75}", "output_tokens": "{10: 1.0}"}}
LATER = {"21600": {"input_tokens": "{5: 1.0}", "output_tokens": "{7: 1.0}"}, "43200": {"input_tokens": "{}"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns statistics of two clients over a day; the second one has no lengths."""
    for number, rate in ((3, 0.5), (12, 0.1)):
        rows = [f"{step * 600},{rate},1.0,Gamma,1.0,2.0" for step in range(144)]
        (tmp_path / f"chunk-{number}-trace.csv").write_text("\n".join(rows))
    (tmp_path / "chunk-3-dataset.json").write_text(json.dumps({**LENGTHS, **LATER}))
    return tmp_path


def test_requests_have_the_rates_and_lengths_of_their_clients(folder: Path) -> None:
    at, prompt, generated = requests_of(read_clients(folder), 1.0, np.random.default_rng(0))
    assert len(at) == pytest.approx(0.6 * 86_400, rel=0.03)
    assert (np.diff(at) >= 0).all()
    early = at < 21_600
    assert set(prompt[early]) == {100.0, 300.0}
    assert (prompt[early] == 300).mean() == pytest.approx(0.75, abs=0.03)
    assert (set(prompt[~early]), set(generated[~early])) == ({5.0}, {7.0})


def test_some_clients_only(folder: Path) -> None:
    assert [client.number for client in read_clients(folder, [12])] == [12]


@pytest.mark.parametrize("is_weibull", [False, True])
@pytest.mark.parametrize("shape", [0.5, 1.0, 4.0])
def test_the_spread_of_gaps_stays_at_any_rate(shape: float, *, is_weibull: bool) -> None:
    spreads = []
    for rate in (0.05, 5.0):
        client = Client(1, np.full(2000, rate), [is_weibull] * 2000, np.full(2000, shape), {})
        gaps = np.diff(arrivals(client, 1.0, np.random.default_rng(1)))
        assert 1 / gaps.mean() == pytest.approx(rate, rel=0.05)
        spreads.append(gaps.std() / gaps.mean())
    assert spreads[0] == pytest.approx(spreads[1], rel=0.05)
    if not is_weibull:
        assert spreads[1] == pytest.approx(shape**-0.5, rel=0.05)


def test_a_month_has_the_load_asked_for(folder: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"timestamp": at * 1000, "input_length": 900, "output_length": 90}) for at in range(3600)]
    (tmp_path / "trace.jsonl").write_text("\n".join(lines))
    code = month_of_requests("code", CODE, 0, {}).requests
    assert code is not None
    for trace in (str(folder), str(tmp_path / "trace.jsonl")):
        month = month_of(trace, 0.1, SERVICE).requests
        assert month is not None
        assert month.services == (ASSISTANT_NAME,)
        assert seconds_of(month, SERVICE) == pytest.approx(0.1 * seconds_of(code, SERVICE), rel=0.03)
