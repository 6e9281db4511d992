"""`falaj simulate --advise`: what it prints and writes, and which limits it refuses."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.cli.simulate_advice import AdviceOptions, limits_of
from falaj.components.settings.stackfile import problems_in
from tests.unit.simulation.advice_stack import STACK
from tests.unit.simulation.served_stack import SERVED

FILE = "Pulumi.small.yaml"
JOBS = "submit,run_seconds,gpus,cpu,memory_gib,tenant,interruptible\n" + "".join(
    f"{at},7200,4,8,32,research,true\n" for at in (0, 4_000, 75_000)
)

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command on a project with one stack, whose pool keeps a node that its work of a day does not need."""
    (tmp_path / "Pulumi.yaml").write_text("name: falaj\nruntime: python\n")
    (tmp_path / FILE).write_text(STACK.replace("            max: 8", "            min: 1\n            max: 8"))
    (tmp_path / "jobs.csv").write_text(JOBS)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    def run_command(*options: str) -> Result:
        arguments = ["simulate", "--project", str(tmp_path), "--stack", "small", f"--work={tmp_path / 'jobs.csv'}"]
        return CliRunner().invoke(app, [*arguments, "--advise", "--trials=12", *options])

    return run_command


def test_the_patch_applies_and_the_json_and_the_page_have_the_advice(run: Run, tmp_path: Path) -> None:
    done = run("--json", f"--patch={tmp_path / 'a.patch'}", f"--page={tmp_path / 'a.html'}", "--max-wait=2h")
    assert done.exit_code == 0, (done.output, done.exception)
    advice = json.loads(done.stdout)["advice"]
    assert advice["keeps_limits"]
    assert advice["saving_aed"]["mean"] > 0
    assert advice["settings"]["sites.main.pools.gpuspot.min"] == 0
    assert advice["limits"]["wait_seconds"] == 7200
    assert all(
        each["saved_aed"] * 12 == pytest.approx(each["saved_in_term_aed"], abs=1) for each in advice["commitments"]
    )
    assert {each["count"] for each in advice["commitments"]} == {4}
    assert len(advice["today"]["months"]) == advice["seeds"] == 10
    assert (tmp_path / "a.patch").read_text() == advice["patch"]
    assert "sites.main.pools.gpuspot.min: 1 → 0" in (tmp_path / "a.html").read_text()
    subprocess.run(["git", "apply", "a.patch"], cwd=tmp_path, check=True)
    assert problems_in(tmp_path / FILE) == []


def test_the_tables_tell_the_saving_and_the_risk_and_a_dash_prints_the_patch(run: Run) -> None:
    done = run("--patch=-", "--max-wait=2h")
    assert done.exit_code == 0, (done.output, done.exception)
    for words in (
        "saves AED",
        "sites.main.pools.gpuspot.min",
        "in the worst of them",
        "not searched",
        "commitment: 4 m7g.large of site main",
        f"--- a/{FILE}",
    ):
        assert words in done.stdout


def test_days_of_a_longer_trace_are_held_out_and_reported(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{day * 86_400 + 30_000},3600,4,8,32,research,true\n" for day in range(21))
    (tmp_path / "jobs.csv").write_text(JOBS.splitlines(keepends=True)[0] + rows)
    done = run("--json", "--max-wait=2h", "--trials=2", f"--page={tmp_path / 'a.html'}")
    assert done.exit_code == 0, (done.output, done.exception)
    check = json.loads(done.stdout)["advice"]["held_out"]
    assert (check["searched_days"], check["days"]) == ([*range(1, 14)], [*range(14, 21)])
    assert len(check["today"]["months"]) == 10
    assert "checked on days 14 to 20" in (tmp_path / "a.html").read_text()


def test_limits_that_nothing_keeps_end_with_one(run: Run) -> None:
    done = run("--max-wait=1s", "--trials=2")
    assert done.exit_code == 1
    assert "no settings that were tried keep all limits" in done.stdout


def test_requests_that_no_number_of_replicas_answers_in_time_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SERVED)
    rows = "".join(f"{at},{100_000 if at < 5 else 10},10\n" for at in range(100))
    (tmp_path / "jobs.csv").write_text(f"at,prompt_tokens,generated_tokens\n{rows}")
    done = run("--trials=2")
    assert done.exit_code == 1, (done.output, done.exception)
    words = " ".join(done.stdout.split())
    assert "no settings that were tried keep all limits" in words
    assert (
        "no replicas keep the limit of 1.00% of late requests: 5.00% of the requests to chat are late with any number "
        "of replicas" in words
    )
    late = json.loads(run("--trials=2", "--json").stdout)["advice"]["late_anyway"]
    assert [each.split(" are ")[0] for each in late] == ["5.00% of the requests to chat"]


@pytest.mark.parametrize(
    ("options", "limits"),
    [
        (AdviceOptions(), (900, 0.01)),
        (AdviceOptions(max_wait="1.5h", max_late="0.5%"), (5400, 0.005)),
        (AdviceOptions(max_wait="30s", max_late="0%"), (30, 0)),
    ],
)
def test_limits_are_read(options: AdviceOptions, limits: tuple[float, float]) -> None:
    found = limits_of(options, 5.0)
    assert (found.wait_seconds, found.late_share, found.aed_per_month) == (*limits, 5.0)


@pytest.mark.parametrize("given", ["", "15", "0m", "-1m", "nanm", "1d", "15 m", "1" * 30 + "s"])
def test_another_time_is_refused(given: str) -> None:
    with pytest.raises(CommandError, match=r"--max-wait: '.*' is not allowed; allowed: a time above zero") as refused:
        limits_of(AdviceOptions(max_wait=given), None)
    assert refused.value.status == 2


@pytest.mark.parametrize("given", ["", "1", "-1%", "101%", "nan%", "1,5%"])
def test_another_percentage_is_refused(given: str) -> None:
    with pytest.raises(CommandError, match=r"--max-late: '.*' is not allowed; allowed: a percentage"):
        limits_of(AdviceOptions(max_late=given), None)
