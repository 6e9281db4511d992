"""Traces in the project's own form: every column, every spelling of a time, and one sentence for what is wrong."""

from datetime import UTC, datetime
from math import inf
from pathlib import Path

import numpy as np
import pytest

from falaj.finops.errors import BadInput
from falaj.simulation.traces import TraceOptions, read_work
from falaj.simulation.work import Jobs
from tests.unit.simulation.trace_files import HEADER, JOBS, REQUESTS


def jobs_of(folder: Path, text: str, options: TraceOptions | None = None) -> Jobs:
    file = folder / "jobs.csv"
    file.write_text(text)
    jobs = read_work(file, options=options).jobs
    assert jobs is not None
    return jobs


def parquet(file: Path, query: str) -> None:
    import duckdb

    rows = duckdb.sql(query)
    assert rows is not None
    rows.write_parquet(str(file))


def test_every_column_of_jobs(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, JOBS)
    assert jobs.submit.tolist() == [0.0, 5400.0, 91800.0]
    assert jobs.run.tolist() == [3600.0, 7200.0, 60.5]
    assert jobs.gpus.tolist() == [1.0, 0.5, 0.0]
    assert jobs.cpu.tolist() == [3.0, 2.0, 4.0]
    assert jobs.memory_gib.tolist() == [12.0, 8.0, 0.0]
    assert [jobs.tenants[index] for index in jobs.tenant] == ["vision", "speech", "vision"]
    assert jobs.interruptible.tolist() == [True, False, True]
    assert jobs.deadline.tolist() == [inf, 36000.0, inf]


def test_what_the_trace_does_not_say_comes_from_the_options(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, JOBS, TraceOptions(interruptible=False, cpu_per_gpu=5, memory_gib_per_gpu=7))
    assert jobs.interruptible.tolist() == [True, False, False]
    assert jobs.cpu.tolist() == [5.0, 2.0, 4.0]
    assert jobs.memory_gib.tolist() == [7.0, 8.0, 0.0]


def test_the_month_begins_with_the_first_job_and_ends_with_the_last(tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text(JOBS)
    work = read_work(file)
    assert work.start == datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert work.length == 91800 + 60.5
    assert work.requests is None


def test_every_column_of_requests(tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_text(REQUESTS)
    work = read_work(file)
    requests = work.requests
    assert requests is not None
    assert work.jobs is None
    assert requests.at.tolist() == [0.0, 0.25, 90.0]
    assert requests.prompt.tolist() == [374.0, 0.0, 396.0]
    assert requests.generated.tolist() == [44.0, 0.0, 109.0]
    assert np.isnan(requests.seconds).tolist() == [True, False, True]
    assert requests.seconds[1] == 1.5
    assert [requests.services[index] for index in requests.service] == ["chat", "vision", "chat"]


@pytest.mark.parametrize(
    ("select", "seconds"),
    [
        ("2.5::DOUBLE AS submit", 2.5),
        ("2::INTEGER AS submit", 2.0),
        ("'2026-11-01T08:00:00Z' AS submit", 0.0),
        ("TIMESTAMPTZ '2026-11-01 08:00:00+04' AS submit", 0.0),
    ],
)
def test_parquet_has_the_same_columns(tmp_path: Path, select: str, seconds: float) -> None:
    file = tmp_path / "jobs.parquet"
    columns = f"{select}, 60 AS run_seconds, 0.5::DECIMAL(4, 2) AS gpus, true AS interruptible, 'vision' AS tenant"
    parquet(file, f"SELECT {columns}")
    jobs = read_work(file).jobs
    assert jobs is not None
    assert (jobs.submit[0], jobs.run[0], jobs.gpus[0], jobs.interruptible[0]) == (seconds, 60.0, 0.5, True)
    assert jobs.tenants == ("vision",)


def test_seconds_since_1970_are_dates(tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text("submit,run_seconds,gpus,deadline\n1793512800.5,9,1,1793512900\n1793512810,1,1,\n")
    work = read_work(file)
    assert work.jobs is not None
    assert work.start == datetime.fromtimestamp(1793512800, UTC)
    assert (work.jobs.submit.tolist(), work.jobs.deadline.tolist()) == ([0.5, 10.0], [100.0, inf])


def test_milliseconds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="submit: '1793512800000' is not a number of seconds from 0 to 4102444799"):
        jobs_of(tmp_path, "submit,run_seconds,gpus\n1793512800000,9,1\n")


def test_the_trace_keeps_the_seconds_that_it_states(tmp_path: Path) -> None:
    assert jobs_of(tmp_path, "submit,run_seconds,gpus\n10,1,1\n20.5,1,1\n").submit.tolist() == [10.0, 20.5]


ROW = "submit,run_seconds,gpus\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        (ROW, "has no rows"),
        (f"{ROW}1,2\n", "line 2: has a different number of fields than the header"),
        (f"{ROW}1,2,-1\n", "line 2: gpus: '-1' is not a number of at least 0, or nothing"),
        (f"{ROW}1,2,nan\n", "line 2: gpus: 'nan' is not a number of at least 0"),
        (f"{ROW}1,inf,1\n", "line 2: run_seconds: 'inf' is not a number greater than 0"),
        (f"{ROW}1,0,1\n", "line 2: run_seconds: '0' is not a number greater than 0"),
        (f"{ROW}1,,1\n", "line 2: run_seconds: is empty; give a number greater than 0"),
        (f"{ROW}1,ten,1\n", "line 2: run_seconds: 'ten' is not a number greater than 0"),
        (f"{ROW}5,2,1\n\n1,2,1\n", "line 4: submit: '1' is not at or after the time of the row above; sort the rows"),
        (f"{ROW}5,2,1\n2026-11-01T08:00:00Z,2,1\n", "line 3: submit: '2026-11-01T08:00:00Z' is not a number of"),
        (f"{ROW}2026-11-01T08:00:00Z,2,1\n5,2,1\n", "line 3: submit: '5' is not a time such as"),
        (f"{ROW}2026-11-01T08:00:00,2,1\n", "2099, with its zone"),
        (f"{ROW}2026-02-30T08:00:00Z,2,1\n", "line 2: submit: '2026-02-30T08:00:00Z' is not a time such as"),
        (f"{ROW}1999-02-03T08:00:00Z,2,1\n", "line 2: submit: '1999-02-03T08:00:00Z' is not a time such as"),
        ("submit,run_seconds\n1,1\n", "lacks the column 'gpus'; it has submit, run_seconds"),
        ("submit,gpus\n1,1\n", "has columns of no trace: submit, gpus; those of traces are philly-runtimes: runtime;"),
        (f"{HEADER}\n1,1,0,,,,,\n", "line 2: cpu: is empty; give a number greater than 0, which a job without GPUs"),
        (f"{HEADER}\n1,1,0,0,,,,\n", "line 2: cpu: '0' is not a number greater than 0, which a job without GPUs"),
        (f"{HEADER}\n1,1,1,,,,,\n2,1,0,0,,,,\n", "line 3: cpu: '0' is not a number greater than 0, which a job"),
        (f"{HEADER}\n1,1,1,,,,,9\n2,1,1,,,,,1\n", "line 3: deadline: '1' is not after the job's submission"),
        (f"{HEADER}\n1,1,1,,,,maybe,\n", "line 2: interruptible: 'maybe' is not true or false"),
        (f"{HEADER}\n1,1,1,,,,,1\n", "line 2: deadline: '1' is not after the job's submission"),
        (f"{HEADER}\n1,1,1,,,,,soon\n", "line 2: deadline: 'soon' is not a number of seconds"),
        (f"{HEADER}\n1,1,1,,,{'x' * 300},,\n", "has 300 characters; at most 253 are allowed"),
        ("submit,run_seconds,gpus,deadine\n1,1,1,9\n", "has the column 'deadine'; is 'deadline' meant?"),
        ('submit,run_seconds,gpus\n1,1,"1\n', "line 2: begins a quoted value that does not end"),
        ("submit,submit,run_seconds\n1,1,1\n", "has the column 'submit' 2 times"),
        ("x" * 5_000_000, "has a value of more than 4 MiB"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        jobs_of(tmp_path, text)
    assert sentence in str(refused.value)
    assert "jobs.csv" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (f"{ROW}1,1,".encode() + b"\xff\n", "line 2: is not UTF-8"),
        (f"{ROW}1,1,1\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (b"PAR1 and nothing else", "cannot be read"),
        (b"PK\x03\x04", "is a zip archive; unpack it"),
        (b"\x1f\x8b\x08\x00", "is a gzip file that is cut off or damaged"),
    ],
)
def test_bytes_that_are_no_table(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "jobs.csv"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=sentence):
        read_work(file)


def test_a_parquet_time_without_zone_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "jobs.parquet"
    parquet(file, "SELECT TIMESTAMP '2026-11-01' AS submit, 1 AS run_seconds, 1 AS gpus")
    with pytest.raises(BadInput, match="submit: has times without a zone; add one"):
        read_work(file)


def test_parquet_errors_name_the_row(tmp_path: Path) -> None:
    file = tmp_path / "jobs.parquet"
    parquet(file, "SELECT i AS submit, 5 - i AS run_seconds, 1 AS gpus FROM range(9) t(i)")
    with pytest.raises(BadInput, match="row 6: run_seconds: '0' is not a number greater than 0"):
        read_work(file)


@pytest.mark.parametrize("format", ["", "csv", "Jobs"])
def test_an_unknown_form_is_refused(tmp_path: Path, format: str) -> None:
    with pytest.raises(BadInput, match=r"is no form of a trace; use kueue, .*, jobs, requests"):
        read_work(tmp_path / "any", format)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_path_without_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=r"cannot be read|is a folder"):
        read_work(tmp_path / name)


def test_what_can_be_read_only_once_is_refused() -> None:
    with pytest.raises(BadInput, match="/dev/null: is no file that can be read twice; save it to a file first"):
        read_work(Path("/dev/null"))


def test_a_forced_form_says_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_text(REQUESTS)
    with pytest.raises(BadInput, match="lacks the column 'submit'; it has at, prompt_tokens"):
        read_work(file, "jobs")
