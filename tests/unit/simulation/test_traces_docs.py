"""The examples of docs/traces.md are read as the page says, and its tables name all forms, columns and figures."""

import re
from pathlib import Path

import pytest

from falaj.simulation.traces import SPOT_FORMS, WORK_FORMS, TraceOptions, own_form, read_spot, read_work
from falaj.simulation.traces.profile import HOURS, WEEKEND
from falaj.simulation.traces.sample_facts import JOB_FACTS, REQUEST_FACTS
from tests.unit.simulation.trace_files import written

PAGE = (Path(__file__).parents[3] / "docs" / "traces.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(?:csv|json)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_has_an_example_of_every_own_form_and_export() -> None:
    assert len(EXAMPLES) == 5


def test_the_example_of_jobs(tmp_path: Path) -> None:
    jobs = read_work(written(tmp_path / "jobs.csv", EXAMPLES[0])).jobs
    assert jobs is not None
    assert jobs.submit.tolist() == [0.0, 300.0, 5400.0]
    assert jobs.gpus.tolist() == [1.0, 8.0, 0.0]
    assert jobs.cpu.tolist() == [3.0, 64.0, 4.0]
    assert jobs.deadline[1] == 48 * 3600
    assert jobs.tenants == ("research", "vision")


def test_the_example_of_requests(tmp_path: Path) -> None:
    requests = read_work(written(tmp_path / "requests.csv", EXAMPLES[1])).requests
    assert requests is not None
    assert requests.generated.tolist() == [44.0, 109.0, 0.0]
    assert requests.seconds[2] == 0.08
    assert requests.services == ("assistant", "intents")


def test_the_example_of_kueue(tmp_path: Path) -> None:
    work = read_work(written(tmp_path / "workloads.json", EXAMPLES[2]))
    assert work.jobs is not None
    assert (work.jobs.run.tolist(), work.jobs.gpus.tolist()) == ([7200.0], [8.0])
    assert work.jobs.tenants == ("vision",)


def test_the_example_of_prometheus(tmp_path: Path) -> None:
    requests = read_work(written(tmp_path / "rates.json", EXAMPLES[3])).requests
    assert requests is not None
    assert len(requests.at) == pytest.approx(750, rel=0.1)
    assert requests.prompt.mean() == pytest.approx(1200, rel=0.15)
    assert requests.services == ("assistant",)


def test_the_example_of_spot_capacity(tmp_path: Path) -> None:
    spot = read_spot(written(tmp_path / "zone.json", EXAMPLES[4]))
    assert (spot.at.tolist(), spot.machines.tolist(), spot.length) == ([0.0, 600.0, 1200.0], [[1], [0], [1]], 1500.0)


@pytest.mark.parametrize("name", [*WORK_FORMS, *SPOT_FORMS, *JOB_FACTS, *REQUEST_FACTS])
def test_the_page_names_every_form_and_sample(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("column", [*own_form.JOB_COLUMNS, *own_form.REQUEST_COLUMNS])
def test_the_page_explains_every_column(column: str) -> None:
    assert f"\n| `{column}` |" in PAGE


def test_the_page_states_the_defaults_and_the_profile() -> None:
    defaults = TraceOptions()
    assert f"| vCPUs; required for a job without GPUs | {defaults.cpu_per_gpu:g} per GPU |" in PAGE
    assert f"| memory in GiB | {defaults.memory_gib_per_gpu:g} per GPU |" in PAGE
    busiest = [hour for hour, load in enumerate(HOURS) if load == 1.0]
    assert busiest == [10, 11, 14, 15]
    assert [hour for hour, load in enumerate(HOURS) if load >= 0.75] == list(range(8, 18))
    assert min(HOURS) == 0.1
    assert f"{WEEKEND:.0%}".replace("%", " %") in PAGE
