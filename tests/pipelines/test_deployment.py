"""The deployment as the pipelines run it, in emulated clouds: plan, approval, deployment; then drift and cost."""

from __future__ import annotations

import json
import os

import pytest

from falaj.sandbox.toolchain import Engine
from tests.pipelines import steps
from tests.pipelines.changes import ABROAD
from tests.pipelines.runner import Runner
from tests.pipelines.steps import PIPELINES, Step

pytestmark = pytest.mark.engine

PROPERTY = "retentionInDays"


@pytest.fixture(scope="module")
def runner(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """The runner of all tests of this file, which form the lifecycle of one stack in their order."""
    runner = Runner(tmp_path_factory.mktemp("deployment"), engine)
    runner.project.session.ensure_stack("dev")
    return runner


def test_a_plan_reads_only_and_leaves_evidence(runner: Runner) -> None:
    ran = runner.job("deploy.yml", "plan")
    assert ran.status == 0, ran.output
    assert runner.project.inventory() == []
    names = {file.name.split("-")[0] for file in runner.folder.iterdir()}
    assert names == {"plan.json", "guardrails"}


def test_what_was_planned_is_deployed(runner: Runner) -> None:
    ran = runner.job("deploy.yml", "deploy")
    assert ran.status == 0, ran.output
    assert runner.project.ids_in_clouds() == runner.project.ids_in_state("dev")
    assert len(runner.project.inventory()) > 100


def test_the_nightly_job_finds_no_drift_and_reports_the_cost(runner: Runner) -> None:
    before = runner.state()
    ran = runner.job("nightly.yml", "look")
    assert ran.status == 0, ran.output
    assert runner.state() == before
    bill = json.loads((runner.folder / "bill.json").read_text())
    assert bill["totals"]
    assert "expected" in (runner.folder / "bill.txt").read_text()
    assert "expected" in (runner.repository.runner / "summary.md").read_text()
    assert {file.name for file in runner.folder.iterdir() if file.name.startswith("bill")} == {"bill.json", "bill.txt"}


def test_the_nightly_job_finds_a_manual_change(runner: Runner) -> None:
    group = next(item for item in runner.project.inventory() if item.type == "aws:cloudwatch/logGroup:LogGroup")
    assert runner.project.falaj("inventory", "edit", group.id, PROPERTY, "1").status == 0
    ran = runner.job("nightly.yml", "look", only="Drift")
    assert ran.status != 0
    assert PROPERTY in ran.output
    assert [change["path"] for change in json.loads((runner.folder / "drift.json").read_text())] == [PROPERTY]
    assert runner.project.falaj("inventory", "edit", group.id, PROPERTY, "30").status == 0
    assert runner.job("nightly.yml", "look", only="Drift").status == 0


def test_drift_and_cost_elsewhere(runner: Runner) -> None:
    job = steps.document(PIPELINES / "gitlab/.gitlab-ci.yml")["nightly"]
    (script,) = steps.gitlab(job)
    ran = runner.run([Step(script.run, {"STACK": "dev", "PYTHON": ".venv/bin/python"})])
    assert ran.status == 0, ran.output
    assert (runner.repository.folder / "cost-dev/bill.json").is_file()


def test_a_change_after_the_approval_is_not_deployed(runner: Runner) -> None:
    state = runner.state()
    planned = runner.job("deploy.yml", "plan")
    assert planned.status == 0, planned.output
    assert runner.state() == state
    before = runner.project.ids_in_clouds()
    runner.repository.change(
        ("Pulumi.dev.yaml", "vaults: [datasets, checkpoints]", "vaults: [datasets, checkpoints, models]")
    )
    ran = runner.job("deploy.yml", "deploy")
    assert ran.status != 0
    assert "not allowed by the plan" in ran.output
    assert runner.project.ids_in_clouds() == before


def test_what_is_refused_is_neither_planned_nor_deployed(runner: Runner) -> None:
    before = runner.project.ids_in_clouds()
    runner.repository.change(ABROAD)
    (runner.folder / "plan.json").unlink()
    for name in ("plan", "deploy"):
        ran = runner.job("deploy.yml", name)
        assert ran.status != 0
        assert name == "deploy" or "FJ-RES-101" in ran.output
    assert not (runner.folder / "plan.json").exists()
    assert runner.project.ids_in_clouds() == before


def test_no_account_of_the_machine_is_seen(runner: Runner) -> None:
    ran = runner.run([Step("env")])
    assert not [line for line in ran.output.splitlines() if line.startswith(("AWS_", "ARM_", "AZURE_"))]
    assert os.environ["PATH"] in runner.path()["PATH"]


def test_an_update_without_a_preview_is_refused_and_no_variable_skips_it(runner: Runner) -> None:
    """PULUMI_OPTION_* sets an option of the engine (cmd/pulumi/pulumi.go of 3.259.0, read on 2026-11-27)."""
    skipping = {"PULUMI_OPTION_SKIP_PREVIEW": "true"}
    evidence = runner.repository.runner / "unjudged"
    update = f"pulumi up --stack {runner.stack} --policy-pack policy_pack --yes --non-interactive"
    required = {**skipping, "FALAJ_EVIDENCE": str(evidence), "FALAJ_REQUIRE_PREVIEW": "true"}
    runner.repository.git(
        "checkout", "--quiet", "--force", runner.repository.git("rev-list", "--max-parents=0", "HEAD")
    )
    before = runner.project.ids_in_clouds()
    ran = runner.run([Step(update, required)])
    assert ran.status != 0
    assert "FJ-PACK-003" in ran.output
    assert runner.project.ids_in_clouds() == before
    unset = "PYTHON=python STEPS=falaj/pipelines\n. falaj/pipelines/accounts.sh\nenv"
    assert "PULUMI_OPTION" not in runner.run([Step(unset, skipping)]).output
