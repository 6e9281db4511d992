"""The pull-request check, run as on each host: a new checkout, an empty home, no credential."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from falaj.sandbox.toolchain import Engine
from tests.pipelines import steps
from tests.pipelines.changes import ABROAD, GOOD, NAKED, NOT_OFFERED, RULES_OFF, TOO_EXPENSIVE, UNTAGGED
from tests.pipelines.expressions import evaluate
from tests.pipelines.repository import JobResult, Repository, renew
from tests.pipelines.steps import PIPELINES, Step

pytestmark = pytest.mark.engine


def on_github(repository: Repository) -> tuple[list[Step], Path]:
    """Returns the steps of the action that the workflow uses, with the workflow's inputs, and the report folder."""
    job = steps.document(PIPELINES / "github/pull-request.yml")["jobs"]["check"]
    inputs = next(step["with"] for step in job["steps"] if step.get("uses") == "./pipelines/github/check")
    assert inputs == {"stack": "${{ matrix.stack }}"}
    action = steps.document(PIPELINES / "github/check/action.yml")
    base = evaluate(action["inputs"]["base"]["default"], {"github.event.pull_request.number": "7"})
    expressions = {"inputs.stack": "dev", "inputs.base": base, "inputs.project": ".", "inputs.index": ""}
    expressions |= {"runner.temp": str(repository.runner)}
    return steps.github(action["runs"]["steps"], expressions), repository.runner / "falaj"


def on_gitlab(repository: Repository) -> tuple[list[Step], Path]:
    """Returns the job's script with GitLab's variables of a merge request, and the report folder."""
    job = steps.document(PIPELINES / "gitlab/.gitlab-ci.yml")["check"]
    (script,) = steps.gitlab(job)
    base = repository.git("rev-parse", "HEAD^1")
    repository.git("branch", "target", base)
    repository.git("remote", "add", "origin", str(repository.folder))
    variables = {
        "STACK": "dev",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "target",
        "CI_MERGE_REQUEST_PROJECT_ID": "7",
        "CI_PROJECT_ID": "7",
    }
    return [Step(script.run, variables)], repository.folder / job["artifacts"]["paths"][0]


def on_azure(repository: Repository) -> tuple[list[Step], Path]:
    """Returns the steps of the job, and the report folder."""
    (job,) = steps.document(PIPELINES / "azure/azure-pipelines.yml")["stages"][0]["jobs"]
    macros = {"STACK": "dev", "Agent.TempDirectory": str(repository.runner)}
    return steps.azure(job["steps"], macros), repository.runner / "falaj"


HOSTS = {"github": on_github, "gitlab": on_gitlab, "azure": on_azure}


def check(repository: Repository, host: str) -> tuple[JobResult, Path]:
    commands, folder = HOSTS[host](repository)
    assert commands
    return repository.run(commands), folder


def files(repository: Repository) -> dict[str, tuple[int, bytes]]:
    """Returns mode and content of each file, those of git's own and compiled ones left out."""
    ignored = {".git", "__pycache__"}
    found = [file for file in repository.folder.rglob("*") if not ignored & {*file.parts} and file.is_file()]
    return {str(file.relative_to(repository.folder)): (file.lstat().st_mode, file.read_bytes()) for file in found}


def test_what_a_test_does_with_the_repository_is_undone(reused: Repository) -> None:
    renew(reused)
    before, commit = files(reused), reused.git("rev-parse", "HEAD")
    reused.change(GOOD)
    reused.git("branch", "target")
    reused.git("config", "remote.origin.url", "elsewhere")
    (reused.folder / "Pulumi.dev.yaml").write_text("")
    (reused.folder / "__main__.py").chmod(0o700)
    (reused.folder / "requirements.txt").unlink()
    (reused.folder / ".venv" / "bin" / "python").write_text("")
    for name in ("untracked/file", ".falaj/ignored", ".venv/lib/file"):
        file = reused.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (reused.runner / "home" / "credential").write_text("")
    renew(reused)
    assert files(reused) == before
    assert reused.git("rev-parse", "HEAD", "--all") == f"{commit}\n{commit}"
    assert reused.git("status", "--porcelain") == ""
    assert "elsewhere" not in reused.git("config", "--list")
    assert [*(reused.runner / "home").iterdir()] == []


@pytest.mark.parametrize("host", HOSTS)
def test_a_good_change_passes(engine: Engine, repository: Repository, host: str) -> None:
    repository.change(GOOD)
    ran, folder = check(repository, host)
    assert ran.status == 0, ran.output
    assert "against the base" in (folder / "report.md").read_text()
    assert (folder / "report.md").read_text().startswith("<!-- falaj verdict: dev -->\n\n## dev: passed")
    assert {file.name for file in folder.iterdir()} == {
        *("report.md", "report.html", "report.json", "report.sarif", "guardrails.xml")
    }
    assert json.loads((folder / "report.sarif").read_text())["version"] == "2.1.0"
    suite = ElementTree.parse(folder / "guardrails.xml").getroot()  # noqa: S314 (written by this test's own run)
    assert list(suite.iter("testcase"))
    assert list(suite.iter("failure")) == []
    assert not any((repository.runner / "home").iterdir())


@pytest.mark.parametrize(
    ("change", "status", "message"),
    [
        pytest.param(UNTAGGED, 2, "tags.owner", id="a tag deleted"),
        pytest.param(NOT_OFFERED, 2, "p4d.24xlarge", id="a machine that the region does not have"),
        pytest.param(ABROAD, 1, "FJ-RES-101", id="a bucket abroad"),
        pytest.param(TOO_EXPENSIVE, 1, "ceiling", id="too dear"),
    ],
)
def test_a_bad_change_is_refused(
    engine: Engine, repository: Repository, change: tuple[str, str, str], status: int, message: str
) -> None:
    repository.change(change)
    ran, folder = check(repository, "github")
    assert ran.status == status, ran.output
    assert message in ran.output
    assert "refused" in (folder / "report.md").read_text()
    assert (repository.runner / "summary.md").read_text() == (folder / "report.md").read_text()


@pytest.mark.parametrize("host", HOSTS)
def test_a_change_does_not_switch_off_the_rules_that_judge_it(
    engine: Engine, repository: Repository, host: str
) -> None:
    repository.change(RULES_OFF, NAKED)
    ran, folder = check(repository, host)
    assert ran.status == 1, ran.output
    report = (folder / "report.md").read_text()
    assert "FJ-TAG-001 naked" in report
    assert "Changes of the rules" in report.split("Cost thresholds")[0]
    assert "stacks.dev.all" in report


@pytest.mark.parametrize("host", ["gitlab", "azure"])
def test_a_bad_change_is_refused_elsewhere_too(engine: Engine, repository: Repository, host: str) -> None:
    repository.change(NOT_OFFERED)
    ran, folder = check(repository, host)
    assert ran.status == 2, ran.output
    assert "refused" in (folder / "report.md").read_text()
