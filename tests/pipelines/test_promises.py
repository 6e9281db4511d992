"""Guarantees of the pipelines, checked in their definitions: no secrets in a check, no deployment without the pack."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from falaj.sandbox import toolchain
from tests.pipelines.runner_labels import runner_label
from tests.pipelines.steps import EXPRESSION, PIPELINES, STEPS, document

ROOT = PIPELINES.parent
GITHUB = PIPELINES / "github"
WORKFLOWS = sorted([*GITHUB.glob("*.yml"), *GITHUB.glob("callers/*.yml"), *ROOT.glob(".github/workflows/*.yml")])
ACTIONS = sorted(GITHUB.glob("*/action.yml"))
ALL = sorted([*PIPELINES.rglob("*.yml"), *PIPELINES.rglob("*.sh"), *STEPS.glob("*.sh"), *ROOT.glob(".github/**/*.yml")])
CHECKS = ("pull-request.yml", "callers/falaj.yml", "check/action.yml")
"""Files that run untrusted code on GitHub."""

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def jobs(file: Path) -> dict[str, Any]:
    return document(file)["jobs"]


def scripts() -> dict[str, list[str]]:
    """Returns script -> its lines that run `pulumi`."""
    lines = {file.name: file.read_text().splitlines() for file in STEPS.glob("*.sh")}
    return {name: [line for line in script_lines if line.startswith("pulumi ")] for name, script_lines in lines.items()}


@pytest.mark.parametrize("file", [*WORKFLOWS, *ACTIONS], ids=lambda file: str(file.relative_to(ROOT)))
def test_an_action_is_pinned_to_a_commit_with_its_version_in_a_comment(file: Path) -> None:
    for line in file.read_text().splitlines():
        used = re.search(r"uses: (\S+)(.*)", line)
        if used and not used[1].startswith("./"):
            assert PINNED.fullmatch(used[1]), used[1]
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", used[2]), line


def test_one_action_has_one_commit() -> None:
    commits_of: dict[str, set[str]] = {}
    for file in [*WORKFLOWS, *ACTIONS]:
        for name, commit in re.findall(r"uses: ([^@\s]+)@(\S+)", file.read_text()):
            commits_of.setdefault(name, set()).add(commit)
    assert {name: commits for name, commits in commits_of.items() if len(commits) > 1} == {}
    assert len([name for name in commits_of if not name.startswith("OWNER/")]) == 11


def test_an_image_is_a_digest() -> None:
    images = [name for file in ALL for name in re.findall(r"image: (\S+)", file.read_text())]
    assert images
    assert all(re.search(r"@sha256:[0-9a-f]{64}$", name) for name in images)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_job_has_the_permissions_that_it_names(file: Path) -> None:
    assert document(file)["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in jobs(file).values())


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_of_a_host_is_put_into_a_script(file: Path) -> None:
    steps = [step for job in jobs(file).values() for step in job["steps"]]
    assert [step["run"] for step in steps if EXPRESSION.search(step.get("run", ""))] == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_has_no_secrets(name: str) -> None:
    text = (GITHUB / name).read_text()
    for word in ("secrets.", "vars.", "github.token", "id-token", ": write", "environment:", "pull_request_target"):
        assert word not in text


@pytest.mark.parametrize(("name", "permissions"), [("pull-request.yml", [{"contents": "read"}, {}]),
                                                   ("callers/falaj.yml", [{"contents": "read"}])])  # fmt: skip
def test_a_check_is_started_by_changes_and_may_read(name: str, permissions: list[dict[str, str]]) -> None:
    """A push to the default branch fills the cache that pull requests can use."""
    file = GITHUB / name
    assert document(file)["on"] == {"pull_request": None, "merge_group": None, "push": {"branches": ["main"]}}
    assert [job["permissions"] for job in jobs(file).values()] == permissions


def test_the_comment_runs_the_default_branch_alone() -> None:
    (job,) = jobs(GITHUB / "comment.yml").values()
    checkout, action = job["steps"]
    assert "ref" not in checkout["with"]
    assert "repository" not in checkout["with"]
    assert action == {"uses": "./pipelines/github/comment"}
    (other,) = jobs(GITHUB / "callers/falaj-comment.yml").values()
    assert [step["uses"].partition("@")[0] for step in other["steps"]] == ["OWNER/falaj/pipelines/github/comment"]
    assert other["permissions"] == job["permissions"]
    steps = document(GITHUB / "comment/action.yml")["runs"]["steps"]
    assert [step["run"].split()[:5] for step in steps if "run" in step] == [
        ["cd", '"$GITHUB_ACTION_PATH/../../.."', "python3", "-m", "falaj.pipelines.publish.github_comment"]
    ]


def test_a_token_that_writes_and_an_identity_in_an_account_are_in_different_jobs() -> None:
    nightly = jobs(GITHUB / "nightly.yml")
    assert nightly["look"]["permissions"] == {"contents": "read", "id-token": "write"}
    assert nightly["tell"]["permissions"] == {"contents": "read", "issues": "write"}
    advice = jobs(GITHUB / "advice.yml")
    assert advice["search"]["permissions"] == {"contents": "read"}
    assert "environment" not in advice["search"]
    assert advice["propose"]["permissions"] == {"contents": "write", "pull-requests": "write"}
    gitlab = document(PIPELINES / "gitlab/.gitlab-ci.yml")
    for job in (gitlab["tell"], gitlab["notes"]):
        assert job.keys() & {"id_tokens", "environment", "extends"} == set()
        assert '$CI_PIPELINE_SOURCE == "schedule"' in job["rules"][0]["if"]


def test_a_check_elsewhere_has_no_credential() -> None:
    gitlab = document(PIPELINES / "gitlab/.gitlab-ci.yml")
    assert gitlab["check"].keys() & {"id_tokens", "environment", "secrets"} == set()
    assert gitlab["check"]["extends"] == ".stacks"
    azure = document(PIPELINES / "azure/azure-pipelines.yml")
    (check,) = azure["stages"][0]["jobs"]
    assert "variables" not in azure["stages"][0].keys() | check.keys()
    assert not any("template" in step or "azureSubscription" in step.get("inputs", {}) for step in check["steps"])


def test_jobs_in_real_accounts_run_where_the_clusters_are_reached() -> None:
    """One variable a host names the runner in the network; untrusted code never runs there."""
    github = {file.name: jobs(file) for file in WORKFLOWS if file.parent == GITHUB}
    runners = {(file, name): job["runs-on"] for file, named in github.items() for name, job in named.items()}
    inside = {("deploy.yml", "plan"), ("deploy.yml", "deploy"), ("nightly.yml", "look"), ("advice.yml", "search")}
    assert {job for job, runner in runners.items() if "vars.FALAJ_RUNNER_LABEL" in runner} == inside
    assert runner_label(label="in-network") == "in-network"
    assert {runner for job, runner in runners.items() if job not in inside} == {"ubuntu-24.04"}
    gitlab = document(PIPELINES / "gitlab/.gitlab-ci.yml")
    assert gitlab[".accounts"]["tags"] == ["$FALAJ_RUNNER_LABEL"]
    assert "tags" not in gitlab["check"].keys() | gitlab["default"].keys() | gitlab[".stacks"].keys()
    stages = document(PIPELINES / "azure/azure-pipelines.yml")["stages"]
    pools = {stage["stage"]: stage.get("pool", {}).get("name") for stage in stages}
    own = "${{ parameters.pool }}"
    assert pools == {"check": None, "plan": own, "deploy": own, "nightly": own}


def test_every_operation_on_an_account_signs_in_to_the_clusters() -> None:
    signing_in = {file.name for file in STEPS.glob("*.sh") if "STEPS/accounts.sh" in file.read_text()}
    operations = {
        name
        for name, lines in scripts().items()
        if any(line.startswith(("pulumi preview", "pulumi up", "pulumi refresh")) for line in lines)
    }
    assert signing_in == operations == {"plan.sh", "deploy.sh", "drift.sh"}


def test_every_operation_runs_the_policy_pack_and_skips_nothing() -> None:
    lines_of = scripts()
    operations = [
        line for lines in lines_of.values() for line in lines if line.startswith(("pulumi preview", "pulumi up"))
    ]
    assert len(operations) == 3
    assert all('--policy-pack "$pack"' in line and "--non-interactive" in line for line in operations)
    text = "\n".join(file.read_text() for file in ALL)
    for word in ("--skip-preview", "--target", "--no-pack", "--allow-missing", "--disable-integrity-checking"):
        assert word not in text


def test_an_update_does_what_was_planned() -> None:
    lines_of = scripts()
    assert "--save-plan" in lines_of["plan.sh"][0]
    assert "--plan" in lines_of["deploy.sh"][0]
    assert "--expect-no-changes" in lines_of["deploy.sh"][1]
    assert {name for name, lines in lines_of.items() if any(line.startswith("pulumi up") for line in lines)} == {
        "deploy.sh"
    }


def test_a_deployment_waits_for_its_environment_and_is_alone() -> None:
    deploy = document(GITHUB / "deploy.yml")
    assert deploy["concurrency"]["cancel-in-progress"] is False
    assert "stack" in deploy["concurrency"]["group"]
    plan, update = deploy["jobs"]["plan"], deploy["jobs"]["deploy"]
    assert update["needs"] == "plan"
    assert plan["environment"] == f"{update['environment']}-plan"
    gitlab = document(PIPELINES / "gitlab/.gitlab-ci.yml")["deploy"]
    assert gitlab["resource_group"] == "falaj-$STACK"
    assert gitlab["rules"][0]["when"] == "manual"
    stage = next(
        item for item in document(PIPELINES / "azure/azure-pipelines.yml")["stages"] if item["stage"] == "deploy"
    )
    assert stage["lockBehavior"] == "sequential"
    assert "environment" in stage["jobs"][0]


@pytest.mark.parametrize("name", ["pull-request.yml", "comment.yml"])
def test_this_project_uses_its_own_workflows(name: str) -> None:
    assert (ROOT / ".github/workflows" / name).read_text() == (GITHUB / name).read_text()


def test_the_engine_is_the_tested_one() -> None:
    steps = document(GITHUB / "login/action.yml")["runs"]["steps"]
    versions = [step["with"]["pulumi-version"] for step in steps if "pulumi-version" in step.get("with", {})]
    assert versions == [toolchain.VERSION]


def test_every_stack_is_checked() -> None:
    stacks = sorted(file.name.split(".")[1] for file in ROOT.glob("Pulumi.*.yaml"))
    assert jobs(GITHUB / "pull-request.yml")["check"]["strategy"]["matrix"]["stack"] == stacks
    assert jobs(GITHUB / "nightly.yml")["look"]["strategy"]["matrix"]["stack"] == stacks
    assert jobs(GITHUB / "advice.yml")["search"]["strategy"]["matrix"]["stack"] == stacks
    assert document(PIPELINES / "gitlab/.gitlab-ci.yml")[".stacks"]["parallel"]["matrix"] == [{"STACK": stacks}]
    (check,) = document(PIPELINES / "azure/azure-pipelines.yml")["stages"][0]["jobs"]
    assert [entry["STACK"] for entry in check["strategy"]["matrix"].values()] == stacks
