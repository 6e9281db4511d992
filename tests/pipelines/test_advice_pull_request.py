"""Cheaper settings in a pull request: opened once, updated, closed; and what a strange file can do in it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines.steps import PIPELINES

FAKE = f"""#!{sys.executable}
import json, os, pathlib, sys
host = json.loads(pathlib.Path(os.environ["HOST"]).read_text())
body = json.load(sys.stdin) if "--input" in sys.argv else None
with pathlib.Path(os.environ["HOST"] + ".log").open("a") as calls:
    calls.write(json.dumps([sys.argv[1:], body]) + "\\n")
if sys.argv[3] == "GET":
    place = next(word for word in sys.argv if word.startswith("repos/"))
    print(json.dumps(next(answer for part, answer in host.items() if part in place)))
"""
"""A stub of `gh` that answers reads by a part of their path and logs its calls."""

TODAY, CHEAPER = "config: {max: 8}\n", "config: {max: 4}\n"
BRANCH = "falaj-advice-dev"
BOT = {"login": "github-actions[bot]"}
ADVICE: dict[str, Any] = {
    "seeds": 10,
    "saving_aed": {"mean": 2000.4, "low": 1500.0, "high": 2500.0},
    "today": {"aed": {"mean": 40_000.0}},
    "advice": {"worst": {"wait_seconds": 600, "late_share": 0.004, "deadlines_missed": 0}},
    "changes": [
        {
            "setting": "sites.main.pools.gpu.max",
            "before": "8",
            "after": "4",
            "saving_aed": {"mean": 2000.4},
            "is_needed_for_a_limit": False,
        }
    ],
}


CHECK: dict[str, Any] = {
    "days": [*range(22, 32)],
    "saving_aed": {"mean": 1234.5, "low": 900.0, "high": 1500.0},
    "advice": {"worst": {"late_share": 0.0061}},
}


class GitHub:
    """A repository with the stub of `gh`, and the artefact of the stack dev."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pulls: list[dict[str, Any]] = []
        self.branches: list[str] = []
        (folder / "bin").mkdir()
        (folder / "bin/gh").write_text(FAKE)
        (folder / "bin/gh").chmod(0o755)
        (folder / "advice-dev").mkdir()

    def found(self, advice: object = ADVICE, text: str | None = CHEAPER) -> None:
        """The step has found this advice."""
        content = advice if isinstance(advice, str) else json.dumps({"advice": advice})
        (self.folder / "advice-dev/advice.json").write_text(content)
        if text is not None:
            (self.folder / "advice-dev/advice.yaml").write_text(text)

    def propose(self) -> tuple[subprocess.CompletedProcess[str], list[tuple[str, str, Any]]]:
        """Runs the program; returns method, path and body of the calls that write."""
        host, log = self.folder / "host", self.folder / "host.log"
        log.unlink(missing_ok=True)
        answers = {
            "/contents/": {"content": base64.b64encode(TODAY.encode()).decode(), "sha": "blob"},
            "/pulls": [self.pulls],
            "/git/ref/": {"object": {"sha": "base"}},
            "/git/matching-refs/": [[{"ref": f"refs/heads/{name}"} for name in self.branches]],
        }
        host.write_text(json.dumps(answers))
        environment = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOST": str(host),
            "REPOSITORY": "bank/platform",
            "BRANCH": "main",
        }
        program = "falaj.pipelines.publish.advice_pull_request"
        command = [sys.executable, "-S", "-m", program, *self.folder.glob("advice-*")]
        done = subprocess.run(
            command, cwd=PIPELINES.parent, env=environment, capture_output=True, text=True, check=False
        )
        calls = [json.loads(line) for line in log.read_text().splitlines()] if log.is_file() else []
        return done, [(call[2], call[3], body) for call, body in calls if call[2] != "GET"]


@pytest.fixture
def host(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path)


def test_advice_opens_a_pull_request_that_changes_the_stack_file_alone(host: GitHub) -> None:
    host.found()
    done, written = host.propose()
    assert done.returncode == 0, done.stderr
    (_, refs, ref), (put, file, change), (post, pulls, pull) = written
    assert (refs, ref) == ("repos/bank/platform/git/refs", {"ref": f"refs/heads/{BRANCH}", "sha": "base"})
    assert (put, file) == ("PUT", "repos/bank/platform/contents/Pulumi.dev.yaml")
    assert base64.b64decode(change["content"]).decode() == CHEAPER
    assert (change["branch"], change["sha"]) == (BRANCH, "blob")
    assert (post, pulls, pull["head"], pull["base"]) == ("POST", "repos/bank/platform/pulls", BRANCH, "main")
    assert pull["title"] == "Save AED 2,000 a month in dev"
    for words in ("AED 2,000 of 40,000", "1,500 to 2,500", "10.0 minutes", "0.40%", "`sites.main.pools.gpu.max`"):
        assert words in pull["body"]


def test_days_that_the_search_did_not_see_are_named(host: GitHub) -> None:
    host.found(ADVICE | {"held_out": CHECK})
    body = host.propose()[1][-1][2]["body"]
    assert "Checked on 10 days that the search did not see: a saving of AED 1,234 a month (900 to 1,500)" in body
    assert "0.61%" in body


def test_other_advice_updates_our_pull_request_and_its_branch(host: GitHub) -> None:
    host.branches = [BRANCH, f"{BRANCH}-uat"]
    host.pulls = [{"number": 3, "user": {"login": "stranger"}, "title": "", "body": ""}]
    host.pulls.append({"number": 5, "user": BOT, "title": "old", "body": "old"})
    host.found()
    _, written = host.propose()
    assert [(method, path.rpartition("/")[2]) for method, path, _ in written] == [
        ("PATCH", "falaj-advice-dev"),
        ("PUT", "Pulumi.dev.yaml"),
        ("PATCH", "5"),
    ]
    assert written[0][2] == {"sha": "base", "force": True}


def test_the_same_advice_changes_nothing(host: GitHub) -> None:
    host.found()
    pull = host.propose()[1][-1][2]
    host.pulls = [{"number": 5, "user": BOT, "title": pull["title"], "body": pull["body"].replace("\n", "\r\n")}]
    assert host.propose()[1] == []


@pytest.mark.parametrize("text", [None, TODAY])
def test_nothing_cheaper_closes_our_pull_request(host: GitHub, text: str | None) -> None:
    host.pulls = [{"number": 5, "user": BOT, "title": "old", "body": "old"}]
    host.found(text=text)
    assert host.propose()[1] == [("PATCH", "repos/bank/platform/pulls/5", {"state": "closed"})]


def test_settings_that_mend_a_limit_say_so(host: GitHub) -> None:
    host.found(ADVICE | {"saving_aed": {"mean": -10.0, "low": -20.0, "high": 0.0}})
    assert host.propose()[1][-1][2]["title"] == "Keep the limits of waiting in dev"


def test_names_are_harmless(host: GitHub) -> None:
    change = ADVICE["changes"][0] | {"setting": "@everyone ` | <img src=x>\n| a", "after": "n" * 500}
    host.found(ADVICE | {"changes": [change]})
    body = host.propose()[1][-1][2]["body"]
    assert "@everyone" not in body
    assert "<img" not in body.replace("\\<img", "")
    assert "n" * 201 not in body
    row = next(line for line in body.splitlines() if "everyone" in line)
    assert row.count("|") == 6, "the cells of the table stay"


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        '{"advice": null}',
        '{"advice": {"saving_aed": 1}}',
        ADVICE | {"saving_aed": {"mean": "1", "low": 0, "high": 0}},
        ADVICE | {"saving_aed": {"mean": float("nan"), "low": 0, "high": 0}},
        ADVICE | {"changes": ["x"]},
        ADVICE | {"held_out": CHECK | {"advice": ["x"]}},
        ADVICE | {"held_out": CHECK | {"saving_aed": {"mean": 1.0}}},
    ],
)
def test_a_file_that_the_step_does_not_write_is_refused(host: GitHub, content: object) -> None:
    host.found(content)
    done, written = host.propose()
    assert (done.returncode, written) == (1, [])
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("dev: ")
