"""The check in a repository without anything of Falaj: its own program, environment and settings, no policy pack."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from falaj.sandbox.paths import cache
from falaj.sandbox.toolchain import Engine
from tests.distribution import ROOT, build
from tests.pipelines import components
from tests.pipelines.hosted import HostedRunner
from tests.pipelines.repository import WRITER, JobResult, Repository
from tests.pipelines.steps import PIPELINES, Step, document

pytestmark = pytest.mark.engine

PROJECT = Path(__file__).with_name("other_repository")
FILES = {"Pulumi.yaml", "Pulumi.staging.yaml", "__main__.py", "requirements.txt"}
CALLER = PIPELINES / "github/callers/falaj.yml"
INSTALL = frozenset({"Install"})
"""The step that makes the environment of Falaj and that of the program."""
PULL_REQUEST = {"github.event.pull_request.number": "7"}
WHERE = "import falaj, falaj.components, pathlib; print(pathlib.Path(falaj.__file__).parent)"


@pytest.fixture(scope="module")
def runner(engine: Engine, pinned_wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> HostedRunner:
    """The runner of all tests of this file, with the other repository's checkout."""
    folder = tmp_path_factory.mktemp("hosted")
    (folder / "home").mkdir()
    shutil.copytree(PROJECT, folder / "work", ignore=shutil.ignore_patterns("__pycache__"))
    runner = HostedRunner(folder / "work", folder, pinned_wheels)
    git(runner, "init", "--quiet", "--initial-branch", "main")
    commit(runner, "base")
    return runner


def git(runner: HostedRunner, *arguments: str) -> str:
    command = ["git", *WRITER, *arguments]
    return subprocess.run(command, cwd=runner.workspace, capture_output=True, text=True, check=True).stdout.strip()


def commit(runner: HostedRunner, message: str) -> None:
    git(runner, "add", *FILES)
    git(runner, "commit", "--quiet", "--message", message)


def check(runner: HostedRunner, values: dict[str, str] = PULL_REQUEST, stack: str = "staging") -> JobResult:
    """Runs the job of the caller's file. What the steps installed stays, as the environment of a warm runner; it is
    installed once, and again in one test: that took six of the seconds of each (measured on 2026-12-02)."""
    ran = runner.job(document(CALLER), "check", {"matrix.stack": stack, **values})
    runner.left_out = INSTALL
    return ran


def change(runner: HostedRunner, old: str, new: str) -> None:
    """Commits a change of the program, instead of the change before it."""
    git(runner, "reset", "--quiet", "--hard", git(runner, "rev-list", "--max-parents=0", "HEAD"))
    file = runner.workspace / "__main__.py"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    commit(runner, "a change")


def report(runner: HostedRunner) -> str:
    return (runner.artifacts / "falaj-staging" / "report.md").read_text()


def test_a_good_change_passes(runner: HostedRunner) -> None:
    change(runner, '"bookings", cidr', '"bookings-network", cidr')
    ran = check(runner)
    assert ran.status == 0, ran.output
    assert report(runner).startswith("<!-- falaj verdict: staging -->\n\n## staging: passed")
    assert "against the base" in report(runner) or "against a base" in report(runner)
    assert (runner.folder / "summary.md").read_text() == report(runner)
    assert {file.name for file in (runner.artifacts / "falaj-staging").iterdir()} == {
        *("report.md", "report.html", "report.json", "report.sarif", "guardrails.xml")
    }
    assert json.loads((runner.artifacts / "falaj-staging/report.json").read_text())
    suite = ElementTree.parse(runner.artifacts / "falaj-staging/guardrails.xml").getroot()  # noqa: S314 (our own)
    assert list(suite.iter("testcase"))


def test_falaj_is_installed_from_the_action_and_the_program_has_its_own_environment(runner: HostedRunner) -> None:
    environment = runner.folder / "temp" / "falaj-environment"
    where = subprocess.run(
        [environment / "bin/python", "-P", "-c", WHERE], env={}, capture_output=True, text=True, check=True
    )
    assert Path(where.stdout.strip()).is_relative_to(environment)
    assert [*runner.workspace.glob("venv/lib/python*/site-packages/pulumi_aws")]
    assert not [*runner.workspace.glob("venv/lib/python*/site-packages/falaj")]
    assert FILES <= {*os.listdir(runner.workspace)} <= FILES | {".git", ".falaj", "venv", "__pycache__"}


def test_a_bad_change_is_refused(runner: HostedRunner) -> None:
    change(runner, 'region="me-central-1"', 'region="eu-west-1"')
    ran = check(runner)
    assert ran.status == 1, ran.output
    assert "FJ-RES-101" in report(runner)


def test_the_log_of_a_preview_that_fails_ends_with_the_reason_and_with_no_command_of_the_host(
    runner: HostedRunner,
) -> None:
    change(runner, 'region="me-central-1"', 'region=print("##vso[task.complete]\\n::stop-commands::x") or "nowhere-1"')
    ran = check(runner)
    assert ran.status == 1, ran.output
    assert "nowhere-1" in ran.output
    assert "no evidence" not in ran.output
    assert "##vso" not in ran.output
    assert not [line for line in ran.output.splitlines() if line.lstrip().startswith("::")]
    assert {file.name for file in (runner.artifacts / "falaj-staging").iterdir()} == {"report.md"}


def test_a_push_is_checked_too_and_needs_no_parent(runner: HostedRunner) -> None:
    """Its runner is warm: what is installed is installed again."""
    git(runner, "reset", "--quiet", "--hard", git(runner, "rev-list", "--max-parents=0", "HEAD"))
    runner.left_out = frozenset()
    ran = check(runner, {})
    assert ran.status == 0, ran.output


@pytest.mark.parametrize(
    ("values", "stack", "message"),
    [(PULL_REQUEST, "nowhere", "nowhere"), ({"github.event.merge_group.base_sha": "a" * 40}, "staging", "a" * 40)],
    ids=["a stack that is not there", "a merge group whose base was not fetched"],
)
def test_wrong_use_has_a_status_of_its_own(
    runner: HostedRunner, values: dict[str, str], stack: str, message: str
) -> None:
    ran = check(runner, values, stack)
    assert ran.status == 2, ran.output
    assert message in ran.output


@pytest.fixture(scope="module")
def released(runner: HostedRunner) -> dict[str, str]:
    """The environment of a job on another host, whose package index has the released wheel."""
    build("wheel", ROOT, runner.folder / "wheel")
    return runner.environment | {"PIP_FIND_LINKS": f"{runner.wheels} {runner.folder / 'wheel'}"}


def test_gitlab_includes_the_component(runner: HostedRunner, released: dict[str, str]) -> None:
    change(runner, 'region="me-central-1"', 'region="eu-west-1"')
    base = git(runner, "rev-parse", "HEAD^1")
    # The fork's own branch of this name has the change already; the target project's has not.
    git(runner, "branch", "--force", "target", "HEAD")
    git(runner, "config", "remote.origin.url", str(runner.workspace))
    parent = runner.folder / "parent.git"
    git(runner, "clone", "--quiet", "--bare", str(runner.workspace), str(parent))
    subprocess.run(["git", "branch", "--force", "target", base], cwd=parent, check=True)
    job = components.included()["falaj check"]
    assert job["parallel"]["matrix"] == [{"STACK": ["dev"]}]
    variables = {
        name: value.replace("$CI_PROJECT_DIR", str(runner.workspace)) for name, value in job["variables"].items()
    }
    # The cache step has restored the engine.
    variables |= {"XDG_CACHE_HOME": str(cache().parent), "CI_PROJECT_DIR": str(runner.workspace), "STACK": "staging"}
    merge_request = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "target"}
    merge_request |= {"CI_PROJECT_ID": "8", "CI_MERGE_REQUEST_PROJECT_ID": "7"}
    merge_request |= {"CI_MERGE_REQUEST_PROJECT_URL": str(parent.with_suffix(""))}
    script = Step("\n".join([*job["before_script"], *job["script"]]))
    ran = Repository(runner.workspace, runner.folder).run([script], released | variables | merge_request)
    assert ran.status == 1, ran.output
    assert git(runner, "rev-parse", "FETCH_HEAD") == base
    (folder,) = job["artifacts"]["paths"]
    assert "FJ-RES-101" in (runner.workspace / folder / "report.md").read_text()
    assert (runner.workspace / job["artifacts"]["reports"]["junit"]).is_file()


def test_azure_uses_the_template(runner: HostedRunner, released: dict[str, str]) -> None:
    change(runner, '"bookings", cidr', '"bookings-network", cidr')
    caller = document(PIPELINES / "azure/callers/azure-pipelines.yml")
    (used,) = caller["steps"]
    path, _, repository = used["template"].partition("@")
    assert repository == caller["resources"]["repositories"][0]["repository"]
    temporary = runner.folder / "agent"
    macros = {"STACK": "staging", "Agent.TempDirectory": str(temporary), "Pipeline.Workspace": str(cache().parents[1])}
    commands = components.template_steps(ROOT / path, used.get("parameters", {}), macros)
    cached = {"XDG_CACHE_HOME": str(cache().parent)}
    commands = [Step(one.run, one.env | cached, one.always) for one in commands]
    ran = Repository(runner.workspace, runner.folder).run(commands, released | {"BUILD_REASON": "PullRequest"})
    assert ran.status == 0, ran.output
    assert "## staging: passed" in (temporary / "falaj/report.md").read_text()
    assert "##vso[task.uploadsummary]" in ran.output
