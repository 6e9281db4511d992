"""`falaj simulate`: what it prints of a month of small traces, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from falaj.cli import analysis
from falaj.cli.app import app
from falaj.cli.common import CommandError
from tests.unit.simulation.shipped_stacks import ROOT, STACKS

JOBS = """submit,run_seconds,gpus,cpu,memory_gib,tenant,interruptible
0,3600,1,3,12,research,true
600,1800,1,3,12,research,true
100001,7200,1,3,12,research,true
"""
REQUESTS = "at,prompt_tokens,generated_tokens,service\n0,0,0,sentiment\n100000,0,0,sentiment\n100001,0,0,sentiment\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command with options; texts of traces are written to files first. Without a month they last a day."""

    def run_command(
        *options: str, stack: str = "dev", jobs: str = JOBS, requests: str = "", month: str = "2026-12"
    ) -> Result:
        (tmp_path / "jobs.csv").write_text(jobs)
        works = [f"--work={tmp_path / 'jobs.csv'}"]
        if requests:
            (tmp_path / "requests.csv").write_text(requests)
            works.append(f"--work={tmp_path / 'requests.csv'}")
        fitted = [f"--month={month}"] if month else []
        arguments = ["simulate", "--project", str(ROOT), "--stack", stack, *fitted, *works, *options]
        return CliRunner().invoke(app, arguments)

    return run_command


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def test_a_month_of_jobs_as_json(run: Run) -> None:
    month = document(run("--json"))
    assert (month["format"], month["stack"], month["seeds"]["months"]) == (1, "dev", 1)
    assert month["aed"] == pytest.approx(sum(charge["aed"] for charge in month["charges"]), abs=1e-3)
    assert {charge["cause"] for charge in month["charges"]} >= {"work", "starting", "idle", "system"}
    assert month["waits_seconds"]["research"]["jobs"] > 3
    comparisons = month["comparisons"]
    assert comparisons["clairvoyant lower bound"] <= month["aed"] + 1e-6
    assert comparisons["clairvoyant lower bound"] < comparisons["static on-demand peak"]
    prompt = comparisons["clairvoyant lower bound, 15 min wait"]
    assert comparisons["clairvoyant lower bound"] <= prompt <= comparisons["static on-demand peak"]
    assert "In the bound with a wait of 15 minutes, no job waits" in comparisons["how"]
    assert "jobs of tenants other than research count as theirs, by shares (--tenant)" in month["warnings"]
    assert len(month["hours"]["devaws/gpuspot"]) == 744


def test_the_same_seed_gives_the_same_bytes(run: Run) -> None:
    first, again, other = (run("--json", f"--seed={seed}").stdout for seed in (1, 1, 2))
    assert first == again
    # The copies of jobs that fit the trace to a month come at other moments.
    assert other != first


def test_jobs_of_other_tenants_are_dealt_out(run: Run) -> None:
    month = document(run("--json", jobs=JOBS.replace("research", "vc7")))
    assert month["waits_seconds"]["research"]["jobs"] > 3


def test_a_changed_setting_changes_the_month(run: Run) -> None:
    today = document(run("--json"))
    changed = document(run("--json", "--set=sites.devaws.pools.gpuspot.capacity=on-demand"))
    assert today["node_hours"].keys() != changed["node_hours"].keys()
    assert "devaws/gpuspot on-demand" in changed["node_hours"]


def test_jobs_and_requests_together_as_tables_and_as_a_page(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run(f"--page={page}", "--seeds=2", stack="prod-uae", requests=REQUESTS, month="")
    assert result.exit_code == 0, result.output
    for text in ("prod-uae: a simulated month", "static on-demand peak", "mean of 2 months", "GPU utilisation",
                 "clairvoyant lower bound, 15 min wait",
                 "The bill, AED", "Waiting, minutes", "Requests", "sentiment", "bound: "):  # fmt: skip
        assert text in result.stdout
    assert page.read_text().startswith("<!doctype html>")


def refused(result: Result) -> str:
    """Returns the sentence of a refusal: input that cannot be used ends with status 2."""
    assert isinstance(result.exception, CommandError), result.output
    assert result.exception.status == 2
    sentence = str(result.exception)
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("options", "stack", "sentence"),
    [
        ((), "missing", "no stack 'missing': there are: dev, prod-uae"),
        (("--set=sites.devaws.pools.gpu.max=1",), "dev", "sites.devaws.pools has no 'gpu'"),
        (
            ("--set=sites.devaws.pools.gpuspot.max=0",),
            "dev",
            "Pulumi.dev.yaml: platform.sites.devaws.pools.gpuspot.max",
        ),
        (("--tenant=retail=1",), "dev", "--tenant: 'retail' is not in the stack; there are: research"),
        (("--tenant=research=x",), "dev", "--tenant research: 'x' is not a number"),
        (("--service=a",), "dev", "--service: 'a' is not in the stack; there are: none"),
        (
            ("--spot=devaws/other=file",),
            "dev",
            "--spot: the stack has no pool 'devaws/other'; there are: devaws/cpuspot",
        ),
        (("--spot=nothing.csv",), "dev", "nothing.csv"),
        (("--services=nothing.yaml",), "dev", "nothing.yaml: cannot be read"),
        (("--month=2026-13",), "dev", "--month: '2026-13' is not a month such as 2026-11"),
        (("--format=other",), "dev", "'other'"),
        (("--page=/nowhere/page.html",), "dev", "--page: /nowhere/page.html: No such file or directory"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    options: tuple[str, ...], stack: str, sentence: str, run: Run
) -> None:
    assert sentence in refused(run(*options, stack=stack))


def test_two_files_of_one_kind_or_of_different_times_are_refused(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(JOBS)
    assert "--work: 2 files have jobs" in refused(run(f"--work={other}"))
    dated = "at,service\n2026-11-01T00:00:00Z,sentiment\n2026-11-01T01:00:00Z,sentiment\n"
    early = JOBS.replace("\n0,", "\n2026-01-01T00:00:00Z,").replace("\n600,", "\n2026-01-01T00:10:00Z,")
    early = early.replace("\n100001,", "\n2026-01-02T00:00:00Z,")
    sentence = refused(run(stack="prod-uae", jobs=early, requests=dated, month=""))
    assert "are more than 93 days apart: fit them to one month with --month" in sentence


def test_the_stack_of_a_tenant_has_no_platform(tmp_path: Path) -> None:
    jobs = tmp_path / "jobs.csv"
    jobs.write_text(JOBS)
    project = str(ROOT / "examples/tenant")
    result = CliRunner().invoke(app, ["simulate", "-C", project, "-s", "insurance", "--work", str(jobs)])
    assert "Pulumi.insurance.yaml: config has no falaj:platform" in refused(result)
    assert "examples/tenant/Pulumi.insurance.yaml" not in STACKS


def test_a_missing_library_is_named_with_the_way_to_install_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "find_spec", lambda name: None if name == "numpy" else name)
    result = run()
    assert isinstance(result.exception, CommandError)
    assert (result.exception.status, str(result.exception)) == (3, "needs numpy: pip install 'falaj[analysis]'")
