"""Months made of arrivals keep what the arrivals say, and are tables that the simulation reads."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from falaj.simulation.traces.reading import read_work
from tests.project.unseen_months import jobs, size

ARRIVALS = [
    {"time": "2020-04-01 00:00:00", "submit_gpu_job": "3", "submit_gpu_num": "10"},
    {"time": "2020-04-01 00:10:00", "submit_gpu_job": "0", "submit_gpu_num": "0"},
    {"time": "2020-04-30 23:50:00", "submit_gpu_job": "2", "submit_gpu_num": "2"},
]


def test_sizes_keep_their_mean() -> None:
    draw = random.Random(1)  # noqa: S311 - no secret
    for mean in (1.0, 1.5, 3.2, 8.0):
        assert sum(size(mean, draw) for _ in range(20_000)) / 20_000 == pytest.approx(mean, rel=0.02)


def test_sizes_have_bounds() -> None:
    draw = random.Random(1)  # noqa: S311 - no secret
    assert {size(600.0, draw) for _ in range(9)} == {8}
    assert {size(0.2, draw) for _ in range(9)} == {1}


def test_a_month_has_the_jobs_and_gpus_of_its_arrivals(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text("\n".join(jobs(ARRIVALS, [60.0, 3600.0], "2020-04")) + "\n")
    found = read_work(path).jobs
    assert found is not None
    assert len(found.submit) == 5
    assert found.gpus[:3].sum() in range(8, 13)
    assert list(found.gpus[3:]) == [1, 1]
    assert set(found.run) <= {60.0, 3600.0}
    assert found.submit[4] - found.submit[0] > 29 * 86400


def test_the_same_seed_gives_the_same_month() -> None:
    first, again, other = (list(jobs(ARRIVALS, [60.0, 3600.0], seed)) for seed in ("a", "a", "b"))
    assert first == again != other
