"""The deployment as the pipelines run it, in emulated clouds: planned, approved, done; then drift and cost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from falaj.sandbox.environment import prepare, sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import Project
from tests.pipelines import steps
from tests.pipelines.changes import ABROAD
from tests.pipelines.repository import Ran, Repository, fresh
from tests.pipelines.steps import PIPELINES, Step

pytestmark = pytest.mark.engine

PROPERTY = "retentionInDays"


class Runner:
    """A clone, and in place of accounts the emulated clouds; the rest is as the workflows say."""

    def __init__(self, place: Path, engine: Engine) -> None:
        self.repository: Repository = fresh(place)
        paths = Paths(self.repository.folder)
        prepare(paths, engine)
        self.project = Project(Session(paths, engine, sandbox_variables(paths, engine)))
        self.folder = self.repository.runner / "falaj"

    def job(self, file: str, name: str, only: str = "") -> Ran:
        """The commands of a job of a workflow, or its step of that name."""
        job = steps.document(PIPELINES / "github" / file)["jobs"][name]
        chosen = [step for step in job["steps"] if only in ("", step.get("name"))]
        return self.run(steps.github(chosen, self.known()))

    def run(self, found: list[Step]) -> Ran:
        assert found
        return self.repository.run(found, self.project.session.environment | self.repository.environment | self.own())

    def state(self) -> dict[Path, bytes]:
        """Every file of the engine's backend."""
        files = self.project.session.paths.state.rglob("*")
        return {file: file.read_bytes() for file in files if file.is_file()}

    def known(self) -> dict[str, str]:
        stack = {"inputs.stack || 'dev'": "dev", "matrix.stack": "dev"}
        return stack | {"runner.temp": str(self.repository.runner)}

    def own(self) -> dict[str, str]:
        """What the sandbox's engine needs, before the runner's own."""
        return {"PATH": self.project.session.environment["PATH"]}


@pytest.fixture(scope="module")
def runner(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """One after the other, the tests of this file are the life of a stack."""
    made = Runner(tmp_path_factory.mktemp("deployment"), engine)
    made.project.session.ensure_stack("dev")
    return made


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


def test_at_night_nothing_has_moved_and_the_cost_is_known(runner: Runner) -> None:
    before = runner.state()
    ran = runner.job("nightly.yml", "look")
    assert ran.status == 0, ran.output
    assert runner.state() == before
    bill = json.loads((runner.folder / "bill.json").read_text())
    assert bill["totals"]
    assert "expected" in (runner.folder / "bill.txt").read_text()
    assert "expected" in (runner.repository.runner / "summary.md").read_text()
    assert {file.name for file in runner.folder.iterdir() if file.name.startswith("bill")} == {"bill.json", "bill.txt"}


def test_a_change_by_hand_is_found_at_night(runner: Runner) -> None:
    group = next(one for one in runner.project.inventory() if one.type == "aws:cloudwatch/logGroup:LogGroup")
    assert runner.project.falaj("inventory", "edit", group.id, PROPERTY, "1").status == 0
    ran = runner.job("nightly.yml", "look", only="Drift")
    assert ran.status != 0
    assert PROPERTY in ran.output
    assert runner.project.falaj("inventory", "edit", group.id, PROPERTY, "30").status == 0
    assert runner.job("nightly.yml", "look", only="Drift").status == 0


def test_drift_and_cost_elsewhere(runner: Runner) -> None:
    job = steps.document(PIPELINES / "gitlab/.gitlab-ci.yml")["nightly"]
    (script,) = steps.gitlab(job)
    ran = runner.run([Step(script.run, {"STACK": "dev"})])
    assert ran.status == 0, ran.output
    assert (runner.repository.folder / "cost/bill.json").is_file()


def test_a_change_after_the_approval_is_not_deployed(runner: Runner) -> None:
    kept = runner.state()
    planned = runner.job("deploy.yml", "plan")
    assert planned.status == 0, planned.output
    assert runner.state() == kept
    before = runner.project.ids_in_clouds()
    runner.repository.change(
        "Pulumi.dev.yaml", "vaults: [datasets, checkpoints]", "vaults: [datasets, checkpoints, models]"
    )
    ran = runner.job("deploy.yml", "deploy")
    assert ran.status != 0
    assert "not allowed by the plan" in ran.output
    assert runner.project.ids_in_clouds() == before


def test_what_is_refused_is_neither_planned_nor_deployed(runner: Runner) -> None:
    before = runner.project.ids_in_clouds()
    runner.repository.change(*ABROAD)
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
    assert os.environ["PATH"] in runner.own()["PATH"]
