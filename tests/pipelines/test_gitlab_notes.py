"""The notes on GitLab's merge requests: which pipeline is read, and what an untrusted report can do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from falaj.finops.report.markdown import marker
from tests.pipelines import gitlab_host
from tests.pipelines.gitlab_host import BOT, PROJECT, STRANGER, TOKEN, Host
from tests.pipelines.steps import PIPELINES

COMMIT = "a" * 40


@pytest.fixture
def host() -> Iterator[Host]:
    """A project with one open merge request, whose newest finished pipeline has checked the stack dev."""
    with gitlab_host.gitlab_host() as host:
        host.requests = [{"iid": 3}]
        host.pipelines = {3: [pipeline(90, "running"), pipeline(80, "failed"), pipeline(70, "success")]}
        host.jobs = {80: [{"id": 800, "name": "falaj check: [dev]"}, {"id": 801, "name": "build"}]}
        host.artifacts = {800: report("new"), 700: report("old")}
        host.notes = {3: []}
        yield host


def pipeline(number: int, status: str, project: int = int(PROJECT)) -> dict:
    return {"id": number, "status": status, "sha": COMMIT, "project_id": project}


def report(text: str, stack: str = "dev") -> str:
    return f"{marker(stack)}\n## {stack}: {text}\n"


def run(host: Host, token: str = TOKEN) -> subprocess.CompletedProcess[str]:
    environment = {"CI_API_V4_URL": host.address, "CI_PROJECT_ID": PROJECT, "FALAJ_TOKEN": token}
    return subprocess.run(
        [sys.executable, "-S", "-m", "falaj.pipelines.publish.gitlab_notes"],
        cwd=PIPELINES.parent, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_a_report_is_a_new_note(host: Host) -> None:
    done = run(host)
    assert done.returncode == 0, done.stderr
    ((method, path, body),) = host.written
    assert (method, path) == ("POST", "/merge_requests/3/notes")
    assert body["body"].startswith(report("new"))
    assert COMMIT in body["body"]


def test_our_own_note_is_written_over_and_no_others(host: Host) -> None:
    host.notes[3] = [
        {"id": 1, "author": {"id": STRANGER}, "body": report("planted")},
        {"id": 2, "author": {"id": BOT}, "body": report("other", "prod-uae")},
        {"id": 5, "author": {"id": BOT}, "body": report("old")},
    ]
    run(host)
    assert [(method, path) for method, path, _ in host.written] == [("PUT", "/merge_requests/3/notes/5")]


def test_a_note_that_is_right_stays(host: Host) -> None:
    run(host)
    host.notes[3] = [{"id": 5, "author": {"id": BOT}, "body": host.written.pop()[2]["body"].strip()}]
    run(host)
    assert host.written == []


@pytest.mark.parametrize("line", ["/merge", "  /approve", "\r\n/close", "x\n/assign @everybody"])
def test_no_line_is_a_command_with_the_rights_of_the_token(host: Host, line: str) -> None:
    host.artifacts[800] = report(f"passed\n{line}\n")
    run(host)
    text = host.written[0][2]["body"]
    assert not [one for one in text.splitlines() if one.lstrip().startswith("/")]
    assert "@everybody" not in text


@pytest.mark.parametrize("text", ["hello", report("x", "prod-uae"), report("x" * 65_000)])
def test_an_invalid_report_is_no_note(host: Host, text: str) -> None:
    host.artifacts[800] = text
    done = run(host)
    assert (done.returncode, host.written) == (1, [])
    assert "!3, dev: report.md" in done.stderr


@pytest.mark.parametrize(
    "pipelines",
    [[], [pipeline(90, "running")], [pipeline(80, "success", project=99)]],
    ids=["none", "not finished", "of a fork"],
)
def test_a_request_without_a_report_gets_no_note(host: Host, pipelines: list[dict]) -> None:
    host.pipelines[3] = pipelines
    done = run(host)
    assert (done.returncode, host.written) == (0, []), done.stderr


def test_a_job_without_an_artifact_gets_no_note(host: Host) -> None:
    host.artifacts = {}
    assert run(host).returncode == 0
    assert host.written == []


def test_a_refused_token_writes_nothing_and_says_so(host: Host) -> None:
    done = run(host, token="another")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "401" in done.stderr
    assert "FALAJ_TOKEN" in done.stderr
