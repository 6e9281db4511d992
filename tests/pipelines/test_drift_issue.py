"""Drift in an issue: opened once, updated, closed; and what a name that somebody else chose can do in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines import gitlab_host
from tests.pipelines.gitlab_host import BOT, PROJECT, STRANGER, TOKEN, Host
from tests.pipelines.steps import PIPELINES
from tests.pipelines.test_comment import FAKE

MARK = "<!-- falaj drift: dev -->"
CHANGE = {
    "name": "logs",
    "type": "aws:cloudwatch/logGroup:LogGroup",
    "path": "retentionInDays",
    "state": 30,
    "cloud": 1,
}

Written = list[tuple[str, str, dict[str, Any]]]
"""Method, last part of the path and body of the requests that write."""


class Code(ABC):
    """A code host with issues, on which the program runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def add(self, number: int, text: str, ours: bool = True) -> None:
        """Adds an open issue."""

    @abstractmethod
    def tell(self) -> tuple[subprocess.CompletedProcess[str], Written]:
        """Runs the program."""

    def run(self, host: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-S", "-m", "falaj.pipelines.publish.drift_issue", host, *self.folder.glob("cost-*")]
        given = {"PATH": os.environ["PATH"], **environment}
        return subprocess.run(command, cwd=PIPELINES.parent, env=given, capture_output=True, text=True, check=False)


class OnGitLab(Code):
    """The issues of a stand-in of GitLab."""

    def __init__(self, folder: Path, host: Host) -> None:
        super().__init__(folder)
        self.host = host

    def add(self, number: int, text: str, ours: bool = True) -> None:
        author = {"id": BOT if ours else STRANGER}
        self.host.issues.append({"iid": number, "description": text, "state": "opened", "author": author})

    def tell(self) -> tuple[subprocess.CompletedProcess[str], Written]:
        self.host.written.clear()
        environment = {"CI_API_V4_URL": self.host.address, "CI_PROJECT_ID": PROJECT, "FALAJ_TOKEN": TOKEN}
        done = self.run("gitlab", environment)
        return done, [(method, path.rpartition("/")[2], body) for method, path, body in self.host.written]


class OnGitHub(Code):
    """The issues of a stub of `gh`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.issues: list[dict[str, Any]] = []

    def add(self, number: int, text: str, ours: bool = True) -> None:
        if ours:  # GitHub filters by `creator`
            self.issues.append({"number": number, "body": text})

    def tell(self) -> tuple[subprocess.CompletedProcess[str], Written]:
        tools, log = self.folder / "bin", self.folder / "host.log"
        shutil.rmtree(tools, ignore_errors=True)
        log.unlink(missing_ok=True)
        tools.mkdir()
        (tools / "gh").write_text(FAKE.replace('("pulls", "files", "comments")', '("issues",)'))
        (tools / "gh").chmod(0o755)
        (self.folder / "host").write_text(json.dumps({"issues": [self.issues]}))
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        done = self.run("github", {"PATH": path, "HOST": str(self.folder / "host"), "REPOSITORY": "bank/platform"})
        calls = [json.loads(line) for line in log.read_text().splitlines()] if log.is_file() else []
        reads = [call for call, _ in calls if call[2] == "GET"]
        assert all("creator=github-actions[bot]" in call and "state=open" in call for call in reads)
        return done, [(call[2], call[3].rpartition("/")[2], body) for call, body in calls if call[2] != "GET"]


@pytest.fixture(params=["github", "gitlab"])
def code(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Code]:
    """The issues of each host."""
    if request.param == "github":
        yield OnGitHub(tmp_path)
        return
    with gitlab_host.gitlab_host() as host:
        yield OnGitLab(tmp_path, host)


def found(code: Code, changes: object) -> None:
    """The nightly job of the stack dev has found these changes."""
    folder = code.folder / "cost-dev"
    folder.mkdir()
    (folder / "drift.json").write_text(changes if isinstance(changes, str) else json.dumps(changes))


def text(body: dict[str, Any]) -> str:
    return body.get("body") or body["description"]


def test_drift_opens_one_issue_that_names_no_value(code: Code) -> None:
    found(code, [CHANGE | {"cloud": "a-password"}])
    done, written = code.tell()
    assert done.returncode == 0, done.stderr
    ((method, _, body),) = written
    assert (method, body["title"]) == ("POST", "Drift in dev")
    assert text(body).startswith(f"{MARK}\n")
    assert "- `logs` (`aws:cloudwatch/logGroup:LogGroup`): `retentionInDays`" in text(body)
    assert "a-password" not in text(body)


def test_other_drift_updates_our_issue_and_no_others(code: Code) -> None:
    code.add(4, f"{MARK}\nplanted", ours=False)
    code.add(5, "<!-- falaj drift: prod-uae -->\nold")
    code.add(6, f"{MARK}\nold")
    found(code, [CHANGE])
    ((_, number, body),) = code.tell()[1]
    assert number == "6"
    assert "logs" in text(body)


def test_the_same_drift_changes_nothing(code: Code) -> None:
    found(code, [CHANGE])
    ((_, _, body),) = code.tell()[1]
    code.add(6, text(body).replace("\n", "\r\n"))
    assert code.tell()[1] == []


def test_no_drift_closes_our_issue(code: Code) -> None:
    code.add(4, f"{MARK}\nplanted", ours=False)
    code.add(6, f"{MARK}\nold")
    found(code, [])
    ((_, number, body),) = code.tell()[1]
    assert number == "6"
    assert body.get("state") == "closed" or body.get("state_event") == "close"


def test_what_was_not_read_changes_nothing(code: Code) -> None:
    code.add(6, f"{MARK}\nold")
    (code.folder / "cost-dev").mkdir()
    done, written = code.tell()
    assert (done.returncode, written) == (0, [])


def test_a_name_is_text_and_nothing_else(code: Code) -> None:
    name = "x`\n/close\n@bank/admins ![x](https://evil.example) <img src=x> <!-- falaj drift: prod-uae -->"
    found(code, [CHANGE | {"name": name}])
    body = text(code.tell()[1][0][2])
    assert not [line for line in body.splitlines() if line.lstrip().startswith("/")]
    assert "@bank" not in body
    assert "<img" not in body
    assert body.count("<!--") == 1


def test_a_long_list_fits(code: Code) -> None:
    found(code, [CHANGE | {"name": f"{number}" * 300} for number in range(1000, 1900)])
    body = text(code.tell()[1][0][2])
    assert "and 800 more" in body
    assert len(body) < 65_536


@pytest.mark.parametrize("content", ["{", "{}", "[1]", '[{"name": 1}]', "[" * 100_000])
def test_a_file_that_is_no_list_of_changes_is_refused(code: Code, content: str) -> None:
    code.add(6, f"{MARK}\nold")
    found(code, content)
    done, written = code.tell()
    assert (done.returncode, written) == (1, [])
    assert "drift.json" in done.stderr
