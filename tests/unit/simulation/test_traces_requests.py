"""Published traces of requests to language models: BurstGPT, Mooncake, and Qwen of Alibaba Cloud Model Studio."""

from pathlib import Path

import numpy as np
import pytest

from falaj.finops.errors import BadInput
from falaj.simulation.traces import read_work
from falaj.simulation.traces.parts import START
from falaj.simulation.work import Requests, Work
from tests.unit.simulation.trace_files import BURST_GPT, BURST_GPT_3, MOONCAKE, QWEN, written


def requests(work: Work) -> Requests:
    assert work.requests is not None
    return work.requests


def test_burst_gpt(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "BurstGPT_1.csv", BURST_GPT))
    read = requests(work)
    assert (work.start, work.length) == (START, 2119.0)
    assert read.at.tolist() == [5.0, 45.0, 2118.0]
    assert read.prompt.tolist() == [472.0, 1087.0, 417.0]
    assert read.generated.tolist() == [18.0, 230.0, 276.0]
    assert [read.services[index] for index in read.service] == ["ChatGPT", "GPT-4", "ChatGPT"]
    assert np.isnan(read.seconds).all()
    assert work.notes == ("1 requests of the trace were left out: they have no response tokens, so they failed.",)


def test_burst_gpt_with_sessions(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "BurstGPT_3.csv", BURST_GPT_3))
    assert (requests(work).at.tolist(), work.notes) == ([5.5], ())


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("45,GPT-4,1087", "45,GPT-4,many", "line 3: Request tokens: 'many' is not a number of at least 0"),
        ("45,GPT-4", "later,GPT-4", "line 3: Timestamp: 'later' is not a number of at least 0"),
        ("2118,", "44,", "line 5: Timestamp: '44' is not at or after the time of the row above"),
        ("18,490", "-18,490", "line 2: Response tokens: '-18' is not a number of at least 0"),
    ],
)
def test_burst_gpt_refuses(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "a.csv", BURST_GPT.replace(old, new, 1)))


def test_burst_gpt_of_failures_only(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has no request with response tokens"):
        read_work(written(tmp_path / "a.csv", BURST_GPT_3.replace(",18,", ",0,")))


def test_mooncake_counts_milliseconds_and_is_sorted(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "conversation_trace.jsonl", MOONCAKE))
    read = requests(work)
    assert (work.start, work.length) == (START, 3601.0)
    assert read.at.tolist() == [0.0, 27.482, 3600.0]
    assert read.prompt.tolist() == [6472.0, 6955.0, 1.0]
    assert read.generated.tolist() == [26.0, 52.0, 0.0]
    assert read.services == ("",)


def test_qwen_counts_seconds(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "qwen_traceA_blksz_16.jsonl", QWEN))
    read = requests(work)
    assert (read.at.tolist(), work.length) == ([61.114, 7200.0], 7201.0)
    assert (read.prompt.tolist(), read.generated.tolist()) == ([521.0, 9.0], [132.0, 1.0])


@pytest.mark.parametrize("form", ["mooncake", "qwen"])
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"timestamp": 1, "input_length": "x", "output_length": 1}', "line 5: input_length: 'x' is not a number from"),
        ('{"timestamp": -1, "input_length": 1, "output_length": 1}', "line 5: timestamp: -1 is not a number from 0"),
        ('{"timestamp": 1, "input_length": 1}', "line 5: output_length: None is not a number from 0"),
        ('{"timestamp": 1,', "line 5: not JSON"),
        ("[1, 2]", r"line 5: \[1, 2\] is not an object"),
    ],
)
def test_lines_of_requests_refuse(tmp_path: Path, form: str, line: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "a.jsonl", MOONCAKE + line), form)


def test_lines_without_a_request(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has no requests"):
        read_work(written(tmp_path / "a.jsonl", "\n\n"), "mooncake")
