"""The pull-request check as a pipeline calls it, on the real engine: a repository, a change and its base commit."""

import json
import subprocess
from pathlib import Path

import pytest

from falaj.cli.common import EXIT_FAILED, EXIT_OK
from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT, CommandResult, Project

pytestmark = pytest.mark.engine

UNTAGGED = """
import pulumi
import pulumi_aws as aws

there = pulumi.ResourceOptions(provider=aws.Provider("there", region="me-central-1"))
aws.ec2.Vpc("naked", cidr_block="10.99.0.0/16", opts=there)
"""


@pytest.fixture(scope="module")
def project(make_project: MakeProject) -> Project:
    """The project as a repository with one commit; its links to this checkout also work in its git worktrees."""
    project = make_project(name="verdict")
    (project.folder / ".gitignore").write_text(".falaj/\n")
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.ae")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, *identity, "commit", "--quiet", "--message=before")
    return project


def git(project: Project, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=project.folder, check=True, capture_output=True, text=True)
    return done.stdout


def verdict(project: Project, *arguments: str) -> tuple[CommandResult, Path]:
    """Runs `falaj verdict`; returns the result and the folder of its report."""
    out = project.folder / ".falaj" / "verdict"
    return project.falaj("verdict", "--stack", "dev", "--base", "main", "--out", str(out), *arguments), out


def test_an_unchanged_stack_passes_and_leaves_no_worktree(project: Project) -> None:
    ran, out = verdict(project)
    assert ran.status == EXIT_OK, ran.output[-3000:]
    found = json.loads((out / "report.json").read_text())
    assert found["changes"] == []
    changes = found["resources"]
    assert (changes["new"], changes["gone"], changes["changed"]) == ([], [], [])
    assert changes["same"] > 100
    assert found["guardrails"]["concerns"]["tags"]["passed"] > 100
    assert len(git(project, "worktree", "list").splitlines()) == 1


def test_a_change_above_the_cost_ceiling_without_tags_is_refused(project: Project) -> None:
    program = project.folder / "__main__.py"
    before = program.read_text()
    limits = project.folder / ".falaj" / "limits.yaml"
    limits.write_text("{aed_per_month: 100}")
    program.write_text(before + UNTAGGED)
    try:
        ran, out = verdict(project, "--ceilings", str(limits))
    finally:
        program.write_text(before)
    assert ran.status == EXIT_FAILED, ran.output[-3000:]
    found = json.loads((out / "report.json").read_text())
    assert found["resources"]["new"] == [{"type": "aws:ec2/vpc:Vpc", "name": "naked"}]
    assert [one["scope"] for one in found["verdicts"] if not one["passed"]] == ["stack"]
    runs = json.loads((out / "report.sarif").read_text())["runs"]
    rules = {result["ruleId"] for run in runs for result in run["results"]}
    assert {"cost-ceiling", "FJ-TAG-001"} <= rules
    assert "FJ-TAG-001" in (out / "report.md").read_text()
    assert (out / "report.html").stat().st_size > 10_000


def test_invalid_settings_are_reported_in_the_comment(project: Project) -> None:
    settings = project.folder / "Pulumi.dev.yaml"
    before = settings.read_text()
    settings.write_text(before.replace("me-central-1", "us-east-1"))
    try:
        ran, out = verdict(project)
    finally:
        settings.write_text(before)
    assert ran.status == EXIT_FAILED
    assert "the preview of dev failed" in ran.output
    assert "us-east-1" in (out / "report.md").read_text()
    assert not (out / "report.json").exists()
    assert ROOT.joinpath("Pulumi.dev.yaml").read_text() == before
