"""prod-uae as its pipeline deploys it: a runner in the network, two identities with the generated permissions, no more.

Plan, approval, deployment and drift, then the same for a change, each by the job's own steps and as the job's own
identity.
"""

from __future__ import annotations

import re

import pytest

from falaj.sandbox.runner import INSIDE, INTERNET
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT
from tests.pipelines.changes import SHORTER_RETENTION
from tests.pipelines.runner import Runner

pytestmark = pytest.mark.engine

STACK = "prod-uae"
ROLE = "arn:aws:iam::123456789012:role/falaj-prod-uae"
RIGHTS = {"FALAJ_RIGHTS": str(ROOT / "docs" / "rights" / STACK)}
READER = {**RIGHTS, "FALAJ_IDENTITY": "plan", "FALAJ_RUNNER": INSIDE, "FALAJ_RUNNER_ROLE": f"{ROLE}-plan"}
WRITER = {**RIGHTS, "FALAJ_IDENTITY": "deploy", "FALAJ_RUNNER": INSIDE, "FALAJ_RUNNER_ROLE": ROLE}


@pytest.fixture(scope="module")
def runner(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """The runner of all tests of this file, which form the lifecycle of the stack in their order."""
    runner = Runner(tmp_path_factory.mktemp("production"), engine, STACK)
    runner.project.session.ensure_stack(STACK)
    return runner


def test_the_identity_that_reads_plans(runner: Runner) -> None:
    ran = runner.job("deploy.yml", "plan", identity=READER)
    assert ran.status == 0, ran.output
    assert runner.project.inventory() == []


def test_the_identity_that_reads_cannot_deploy_what_it_planned(runner: Runner) -> None:
    ran = runner.job("deploy.yml", "deploy", identity=READER)
    assert ran.status != 0
    assert re.search("is not authorized to perform|does not have authorization to perform", ran.output), ran.output
    assert runner.project.inventory() == []


def test_the_identity_that_writes_deploys_the_plan_at_the_first_try(runner: Runner) -> None:
    ran = runner.job("deploy.yml", "deploy", identity=WRITER)
    assert ran.status == 0, ran.output
    assert runner.project.ids_in_clouds() == runner.project.ids_in_state(STACK)
    assert len(runner.project.inventory()) > 500


def test_the_nightly_job_reads_both_clouds_and_all_clusters(runner: Runner) -> None:
    ran = runner.job("nightly.yml", "look", only="Drift", identity=READER)
    assert ran.status == 0, ran.output


def test_a_runner_of_the_code_host_does_not_reach_the_clusters(runner: Runner) -> None:
    ran = runner.job("nightly.yml", "look", only="Drift", identity={**READER, "FALAJ_RUNNER": INTERNET})
    assert ran.status != 0
    assert "unreachable" in ran.output


def retentions(runner: Runner) -> dict[str, object]:
    """Returns the retention of every log group by name."""
    groups = (item for item in runner.project.inventory() if item.type == "aws:cloudwatch/logGroup:LogGroup")
    return {group.name: group.inputs.get("retentionInDays") for group in groups}


def test_a_change_is_planned_by_the_identity_that_reads(runner: Runner) -> None:
    before = runner.state(), retentions(runner)
    assert set(before[1].values()) == {365}
    runner.repository.change(SHORTER_RETENTION)
    ran = runner.job("deploy.yml", "plan", identity=READER)
    assert ran.status == 0, ran.output
    assert f"~ {len(before[1])} to update" in ran.output
    assert not re.search(r"\d to (create|replace|delete)", ran.output), ran.output
    assert (runner.state(), retentions(runner)) == before


def test_the_identity_that_reads_cannot_deploy_the_change(runner: Runner) -> None:
    ran = runner.job("deploy.yml", "deploy", identity=READER)
    assert ran.status != 0
    assert "is not authorized to perform: logs:" in ran.output, ran.output
    assert set(retentions(runner).values()) == {365}


def test_the_identity_that_writes_deploys_the_change_and_nothing_else(runner: Runner) -> None:
    before = runner.project.ids_in_clouds()
    ran = runner.job("deploy.yml", "deploy", identity=WRITER)
    assert ran.status == 0, ran.output
    assert set(retentions(runner).values()) == {180}
    assert runner.project.ids_in_clouds() == before == runner.project.ids_in_state(STACK)


def test_the_nightly_job_finds_no_drift_after_the_change(runner: Runner) -> None:
    ran = runner.job("nightly.yml", "look", only="Drift", identity=READER)
    assert ran.status == 0, ran.output
