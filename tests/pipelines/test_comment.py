"""The program that comments on a pull request: effects of an untrusted report, and its limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from falaj.finops.report.markdown import MAX_CHARACTERS, failed, marker
from tests.pipelines.steps import PIPELINES

PROGRAM = "falaj.pipelines.publish.github_comment"
COMMIT = "a" * 40
VALID_SARIF = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "guardrails"}}, "results": []}]}
BOT = {"login": "github-actions[bot]"}

FAKE = f"""#!{sys.executable}
import json, os, pathlib, sys
host = json.loads(pathlib.Path(os.environ["HOST"]).read_text())
log = pathlib.Path(os.environ["HOST"] + ".log")
body = json.load(sys.stdin) if "--input" in sys.argv else None
with log.open("a") as calls:
    calls.write(json.dumps([sys.argv[1:], body]) + "\\n")
if sys.argv[3] == "GET":
    words = [word.rpartition("/")[2] for word in sys.argv]
    print(json.dumps(next(host[name] for name in ("pulls", "files", "comments") if name in words)))
"""
"""A stub of `gh` that answers from a file and logs its calls."""

RunComment = Callable[..., tuple[subprocess.CompletedProcess[str], list[Any]]]


@pytest.fixture
def run_comment(tmp_path: Path) -> RunComment:
    """Function that runs the program with reports (`{stack: {file: text}}`) against a stub of GitHub with `comments`.

    It returns the finished process and the logged calls that write.
    """

    def run(reports: dict, comments: list | None = None, commit: str = COMMIT, files: tuple[dict, ...] = ()) -> Any:
        for stack, texts in reports.items():
            folder = tmp_path / "reports" / f"falaj-{stack}"
            folder.mkdir(parents=True)
            for name, text in texts.items():
                (folder / name).write_text(text)
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/gh").write_text(FAKE)
        (tmp_path / "bin/gh").chmod(0o755)
        pulls = [{"number": 7, "head": {"sha": COMMIT}}, {"number": 8, "head": {"sha": "b" * 40}}]
        (tmp_path / "host").write_text(json.dumps({"pulls": pulls, "comments": [comments or []], "files": [files]}))
        environment = {
            "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOST": str(tmp_path / "host"),
            "REPOSITORY": "bank/platform",
            "OWNER": "stranger",
            "BRANCH": "$(touch x); main",
            "COMMIT": commit,
            "GITHUB_OUTPUT": str(tmp_path / "output"),
        }
        command = [sys.executable, "-S", "-m", PROGRAM, tmp_path / "reports", tmp_path / "checked"]
        done = subprocess.run(
            command, cwd=PIPELINES.parent, env=environment, capture_output=True, text=True, check=False
        )
        log = tmp_path / "host.log"
        calls = [json.loads(line) for line in log.read_text().splitlines()] if log.is_file() else []
        return done, [(call, body) for call, body in calls if call[2] != "GET"]

    return run


def report(text: str = "## dev: passed", stack: str = "dev") -> str:
    return f"{marker(stack)}\n{text}\n"


def test_a_report_is_a_new_comment(run_comment: RunComment, tmp_path: Path) -> None:
    done, written = run_comment({"dev": {"report.md": report(), "report.sarif": json.dumps(VALID_SARIF)}})
    assert done.returncode == 0, done.stderr
    ((call, body),) = written
    assert call[1:4] == ["--method", "POST", "repos/bank/platform/issues/7/comments"]
    assert body["body"].startswith(report())
    assert COMMIT in body["body"]
    sarif = json.loads((tmp_path / "checked/dev.sarif").read_text())
    assert sarif["runs"][0]["automationDetails"] == {"id": "falaj/dev/0/"}
    assert (tmp_path / "output").read_text() == "number=7\n"


def test_our_own_comment_is_written_over_and_no_others(run_comment: RunComment) -> None:
    comments = [
        {"id": 1, "user": {"login": "stranger"}, "body": report("planted")},
        {"id": 2, "user": BOT, "body": report(stack="prod-uae")},
        {"id": 3, "user": BOT, "body": report("old")},
    ]
    _, written = run_comment({"dev": {"report.md": report("new")}}, comments)
    ((call, body),) = written
    assert call[1:4] == ["--method", "PATCH", "repos/bank/platform/issues/comments/3"]
    assert "new" in body["body"]


def test_each_stack_has_a_comment_and_its_findings(run_comment: RunComment, tmp_path: Path) -> None:
    files = {
        name: {"report.md": report(stack=name), "report.sarif": json.dumps(VALID_SARIF)} for name in ("dev", "prod-uae")
    }
    done, written = run_comment(files)
    assert done.returncode == 0, done.stderr
    assert len(written) == 2
    assert {file.name for file in (tmp_path / "checked").iterdir()} == {"dev.sarif", "prod-uae.sarif"}


def test_a_failed_preview_is_commented_too(run_comment: RunComment) -> None:
    _, written = run_comment({"dev": {"report.md": failed("dev", "no such machine")}})
    assert "no such machine" in written[0][1]["body"]


def test_the_longest_report_still_fits(run_comment: RunComment) -> None:
    done, written = run_comment({"dev": {"report.md": report("x" * MAX_CHARACTERS)}})
    assert done.returncode == 0, done.stderr
    assert len(written[0][1]["body"]) < 65_536


def test_nobody_is_mentioned_and_no_image_is_loaded(run_comment: RunComment) -> None:
    text = "@bank/admins ![x](https://evil.example/p.png) <img src=//evil.example> <A href=x>"
    _, written = run_comment({"dev": {"report.md": report(text)}})
    body = written[0][1]["body"]
    assert "@bank" not in body
    assert "\\![x]" in body
    assert "\\<img" in body
    assert "\\<A" in body


def test_a_commit_without_an_open_pull_request_gets_no_comment(run_comment: RunComment) -> None:
    done, written = run_comment({"dev": {"report.md": report()}}, commit="c" * 40)
    assert (done.returncode, written) == (0, [])
    assert "no open pull request" in done.stdout


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"report.md": "hello"}, "does not begin as a report of dev"),
        ({"report.md": report(stack="prod-uae")}, "does not begin as a report of dev"),
        ({"report.md": report("x" * 65_000)}, "longer than a comment"),
        ({}, "is no file"),
    ],
    ids=["no report", "another stack's", "too long", "none"],
)
def test_an_invalid_report_is_not_commented(run_comment: RunComment, files: dict[str, str], message: str) -> None:
    done, written = run_comment({"dev": files})
    assert (done.returncode, written) == (1, [])
    assert message in done.stderr


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"version": "2.1.0", "runs": [1]}', '{"version": "9", "runs": []}', "[" * 100_000]
)
def test_an_invalid_sarif_file_is_not_uploaded(run_comment: RunComment, tmp_path: Path, text: str) -> None:
    done, _ = run_comment({"dev": {"report.md": report(), "report.sarif": text}})
    assert done.returncode == 1
    assert list((tmp_path / "checked").iterdir()) == []
    assert not (tmp_path / "output").exists()


def test_a_link_out_of_the_reports_is_not_followed(run_comment: RunComment, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(report("a secret"))
    folder = tmp_path / "reports/falaj-prod-uae"
    folder.mkdir(parents=True)
    (folder / "report.md").symlink_to(secret)
    done, written = run_comment({})
    assert (done.returncode, written) == (1, [])


def test_a_folder_of_another_name_is_left_alone(run_comment: RunComment) -> None:
    done, written = run_comment({"x y;z": {"report.md": report()}})
    assert (done.returncode, written) == (0, [])


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ({"filename": "policy_pack/enforcement.yaml"}, "policy_pack/enforcement.yaml"),
        ({"filename": "rules/x.py", "previous_filename": "policy_pack/guardrails/x.py"}, "policy_pack/guardrails/x.py"),
        ({"filename": ".github/workflows/falaj.yml"}, ".github/workflows/falaj.yml"),
        ({"filename": "pipelines/CODEOWNERS"}, "pipelines/CODEOWNERS"),
        ({"filename": "falaj/facts/data/machines.csv"}, "falaj/facts/data/machines.csv"),
        ({"filename": "requirements.txt"}, "requirements.txt"),
        ({"filename": "policy_pack/`@everybody`|<img src=x>"}, "policy_pack/everybodyimg src=x>"),
    ],
)
def test_a_change_of_what_judges_it_is_told_whatever_the_report_says(
    run_comment: RunComment, file: dict, named: str
) -> None:
    _, written = run_comment({"dev": {"report.md": report("## dev: passed")}}, files=(file, {"filename": "README.md"}))
    body = written[0][1]["body"]
    assert body.startswith(f"{marker('dev')}\n> [!WARNING]\n> **This change alters what judges it:** `{named}`.")
    assert body.index("alters what judges") < body.index("## dev: passed")


def test_a_change_of_anything_else_has_no_notice(run_comment: RunComment) -> None:
    files = tuple({"filename": name} for name in ("README.md", "docs/policy_pack/x.md", "my/policy_pack/x", "falaj.md"))
    _, written = run_comment({"dev": {"report.md": report()}}, files=files)
    assert "alters what judges" not in written[0][1]["body"]


def test_a_change_of_more_files_than_the_host_lists_has_a_notice(run_comment: RunComment) -> None:
    files = tuple({"filename": f"x/{number}"} for number in range(3000))
    _, written = run_comment({"dev": {"report.md": report()}}, files=files)
    assert "`more files than GitHub lists`" in written[0][1]["body"]
