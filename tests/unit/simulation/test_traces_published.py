"""Published traces: Philly, Gavel, Alibaba's GPU trace of 2023, Azure LLM inference of 2023 and 2024."""

import copy
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import numpy as np
import pytest

from falaj.finops.errors import BadInput
from falaj.simulation.traces import TraceOptions, read_work
from falaj.simulation.work import Jobs, Requests, Work
from tests.unit.simulation.trace_files import (
    ALIBABA,
    GAVEL,
    GAVEL_LATER,
    GAVEL_TEN,
    LLM,
    LLM_2024,
    PHILLY,
    RUNTIMES,
    THROUGHPUTS,
    written,
)


def jobs(work: Work) -> Jobs:
    assert work.jobs is not None
    return work.jobs


def requests(work: Work) -> Requests:
    assert work.requests is not None
    return work.requests


def test_philly(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "cluster_job_log", PHILLY))
    read = jobs(work)
    assert work.start == datetime(2017, 10, 7, 1, tzinfo=UTC)
    assert read.submit.tolist() == [0.0, 699.0]
    assert read.run.tolist() == [30.0, 60 + 3600]
    assert read.gpus.tolist() == [1.0, 4.0]
    assert read.cpu.tolist() == [3.0, 12.0]
    assert [read.tenants[index] for index in read.tenant] == ["0e4a51", "ee9e8c"]
    assert np.isinf(read.deadline).all()
    assert work.notes == ("1 entries of the trace were left out: no attempt has a start, an end and GPUs.",)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("submitted_time", "yesterday", r"\[0\]: submitted_time: 'yesterday' is not a time such as"),
        ("submitted_time", None, r"\[0\]: submitted_time: None is not a time such as"),
        ("vc", 3, r"\[0\]: vc: 3 is not a text"),
        ("attempts", {}, r"\[0\]: attempts: {} is not a list"),
        ("attempts", [1], r"\[0\].attempts\[0\]: 1 is not an object"),
    ],
)
def test_philly_refuses(tmp_path: Path, key: str, value: object, sentence: str) -> None:
    log = copy.deepcopy(PHILLY)
    log[0][key] = value
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "log.json", log), "philly")


def test_philly_refuses_an_end_before_the_start(tmp_path: Path) -> None:
    log = copy.deepcopy(PHILLY)
    log[0]["attempts"][1]["end_time"] = "2017-10-07 01:00:00"
    with pytest.raises(BadInput, match=r"\[0\].attempts\[1\]: end_time: 2017-10-07 01:00:00 is before the start"):
        read_work(written(tmp_path / "log.json", log))


def test_philly_without_a_job_that_ran(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has no jobs; 1 entries were left out"):
        read_work(written(tmp_path / "log.json", PHILLY[2:]), "philly")


def test_run_times_of_philly(tmp_path: Path) -> None:
    file = written(tmp_path / "philly_runtime.csv", RUNTIMES)
    work = read_work(file, options=TraceOptions(seed=3))
    read = jobs(work)
    assert sorted(read.run.tolist()) == [1.0, 30.5, 7200.0]
    assert (np.diff(read.submit) >= 0).all()
    assert set(read.gpus.tolist()) <= {1.0, 2.0, 4.0, 8.0}
    assert len(work.notes) == 2
    assert jobs(read_work(file, options=TraceOptions(seed=3))).submit.tolist() == read.submit.tolist()
    assert jobs(read_work(file, options=TraceOptions(seed=4))).submit.tolist() != read.submit.tolist()


def test_gavel(tmp_path: Path) -> None:
    written(tmp_path / "simulation_throughputs.json", THROUGHPUTS)
    work = read_work(written(tmp_path / "msr.trace", GAVEL))
    read = jobs(work)
    assert read.submit.tolist() == [0.0, 6.5]
    assert read.run.tolist() == [100.0, 10.0]
    assert read.gpus.tolist() == [1.0, 4.0]
    assert np.isinf(read.deadline).all()
    assert work.notes == ("1 entries of the trace were left out: their scale factor is 0.",)


@pytest.mark.parametrize(("text", "deadline"), [(GAVEL_LATER, 15.0), (GAVEL_TEN, inf)])
def test_gavel_of_nine_and_ten_fields(tmp_path: Path, text: str, deadline: float) -> None:
    speeds = written(tmp_path / "speeds.json", THROUGHPUTS)
    read = jobs(read_work(written(tmp_path / "a.trace", text), options=TraceOptions(throughputs=speeds)))
    # Two GPUs were not measured: twice the steps of one.
    assert (read.run.tolist(), read.gpus.tolist(), read.deadline.tolist()) == ([10.0], [2.0], [deadline])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A3C\tx", "line 2: has 2 fields between tabs; 7, 9 or 10 are expected"),
        ("A3D\tx\t-n\t1\t100\t6.5\t4", "line 2: 'A3D' is no job type of simulation_throughputs.json"),
        ("A3C\tx\t-n\t1\tmany\t6.5\t4", "line 2: steps: 'many' is not a number from 0"),
        ("A3C\tx\t-n\t1\t100\tnan\t4", "line 2: arrival: 'nan' is not a number from 0"),
        ("A3C\tx\t-n\t1\t100\t1\t-4", "line 2: scale factor: '-4' is not a number from 0"),
    ],
)
def test_gavel_refuses(tmp_path: Path, line: str, sentence: str) -> None:
    written(tmp_path / "simulation_throughputs.json", THROUGHPUTS)
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "a.trace", GAVEL_LATER + line))


def test_gavel_without_throughputs_says_where_they_belong(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"simulation_throughputs.json: is not there; .* beside the trace"):
        read_work(written(tmp_path / "a.trace", GAVEL))


def test_alibaba(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "openb_pod_list_default.csv", ALIBABA))
    read = jobs(work)
    assert read.submit.tolist() == [0.0, 50.0, 60.0]
    assert read.run.tolist() == [980.0, 90.0, 5.0]
    assert read.gpus.tolist() == [0.46, 8.0, 0.0]
    assert read.cpu.tolist() == [12.0, 88.0, 4.0]
    assert read.memory_gib.tolist() == [16.0, 320.0, 1.0]
    assert read.interruptible.tolist() == [False, True, False]
    assert work.notes[0].startswith("2 entries of the trace were left out")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("100,1100,120", "100,110,120", "line 2: deletion_time: '110' is not at or after the time of the pod's start"),
        ("150,250,160", "150,155,160", "line 4: deletion_time: '155' is not at or after the time of the pod's start"),
        ("1,460,", "1,-460,", "line 2: gpu_milli: '-460' is not a number of at least 0"),
        ("qos,", "", "has a different number of fields than the header"),
    ],
)
def test_alibaba_refuses(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "pods.csv", ALIBABA.replace(old, new, 1)))


def test_llm_inference_of_2023(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "AzureLLMInferenceTrace_code.csv", LLM))
    read = requests(work)
    assert work.start == datetime(2023, 11, 16, 18, 17, 3, tzinfo=UTC)
    assert read.at.tolist() == pytest.approx([0.97996, 1.03196, 61.078149], abs=1e-5)
    assert read.prompt.tolist() == [4808.0, 3180.0, 110.0]
    assert read.generated.tolist() == [10.0, 8.0, 27.0]
    assert np.isnan(read.seconds).all()


def test_llm_inference_of_2024_has_zones(tmp_path: Path) -> None:
    read = requests(read_work(written(tmp_path / "week.csv", LLM_2024)))
    assert read.at.tolist() == pytest.approx([0.00993, 1.017335], abs=1e-5)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("18:18:04.0781490", "18:16:04.0781490", "line 4: TIMESTAMP: .* is not at or after the time of the row above"),
        (",8\n", ",\n", "line 3: GeneratedTokens: is empty; give a number of at least 0"),
        ("2023-11-16 18:17:04.0319600", "16/11/2023", "line 3: TIMESTAMP: '16/11/2023' is not a time such as"),
    ],
)
def test_llm_inference_refuses(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "llm.csv", LLM.replace(old, new, 1)))
