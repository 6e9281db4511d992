"""Ways to a new project: from a git address, with prompts on a terminal, and files alone."""

import os
import pty
import re
import select
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from falaj.sandbox.toolchain import Engine
from tests.engine.git_server import certificate, serving
from tests.engine.harness import ROOT
from tests.project.templates import ALL, STACK, TEMPLATES

pytestmark = pytest.mark.engine

MOST_SECONDS = 120
PATIENCE = 10.0
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PROMPT = re.compile(r"\((falaj:[\w-]+)\)(?: \(([^)]*)\))?:\s*$")
"""The end of a prompt of `pulumi new` for a configuration key, with its default; the answer redraws it."""


def command(python: Path, *arguments: str) -> list[str]:
    return [str(python.with_name("falaj")), "shell", "--", "pulumi", "new", *arguments]


def variables(**own: str) -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | own


@pytest.mark.parametrize("address", ["falaj/falaj.git", "falaj/falaj"])
def test_a_project_is_made_from_a_git_address(address: str, python: Path, engine: Engine, tmp_path: Path) -> None:
    """Both forms of docs/templates.md: a branch and a folder after the repository, with and without `.git`."""
    source, repository = tmp_path / "source", tmp_path / "served" / "falaj" / "falaj.git"
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.ae")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", source], check=True)
    subprocess.run(["git", "--work-tree", ROOT, "add", "templates"], cwd=source, check=True)
    subprocess.run(["git", *identity, "commit", "--quiet", "--message=templates"], cwd=source, check=True)
    subprocess.run(["git", "clone", "--quiet", "--bare", source, repository], check=True)
    trusted = certificate(tmp_path)
    with serving(tmp_path / "served", trusted) as host:
        arguments = (f"{host}/{address}/tree/main/templates/site", "--dir", "new", "--yes", "--stack", STACK)
        ran = subprocess.run(
            command(python, *arguments, "--name", "from-git"), cwd=tmp_path, env=variables(SSL_CERT_FILE=str(trusted)),
            check=False, capture_output=True, text=True,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "project: from-git" in (tmp_path / "new" / f"Pulumi.{STACK}.yaml").read_text()


def test_files_can_be_generated_alone(python: Path, engine: Engine, tmp_path: Path) -> None:
    options = ("--dir", "new", "--generate-only", "--yes", "--name", "alone", "--offline")
    ran = subprocess.run(
        command(python, str(TEMPLATES / "site"), *options), cwd=tmp_path, env=variables(),
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    text = (tmp_path / "new" / f"Pulumi.{STACK}.yaml").read_text()
    assert "project: alone" in text
    assert "encryptionsalt" not in text


def test_a_person_is_asked_for_each_value(python: Path, engine: Engine, tmp_path: Path) -> None:
    """The default of each prompt is taken, and the rest is answered."""
    answers = {f"falaj:{key}": prompt.get("default", f"my-{key}") for key, prompt in ALL["site"].prompts.items()}
    arguments = (str(TEMPLATES / "site"), "--dir", "new", "--name", "asked", "--stack", STACK, "--description", "x")
    answers["falaj:budget"] = str(ALL["site"].ceiling)
    asked = _converse(command(python, *arguments), tmp_path, answers)
    assert set(asked) == set(answers)
    config = yaml.safe_load((tmp_path / "new" / f"Pulumi.{STACK}.yaml").read_text())["config"]
    assert {key: config[key] for key in answers} == answers


def _converse(words: list[str], folder: Path, answers: dict[str, str]) -> list[str]:
    """Runs a command on a terminal and answers its prompts; returns the keys that it asked for.

    A prompt that waits `PATIENCE` seconds is answered again, as a person would: what is typed while one prompt gives
    way to the next is lost on a busy machine.
    """
    ours, theirs = pty.openpty()
    reading = select.poll()  # unlike select, it takes files above number 1,023
    reading.register(ours, select.POLLIN)
    asked: dict[str, float] = {}
    text, end = "", time.monotonic() + MOST_SECONDS
    running = subprocess.Popen(
        words, cwd=folder, env=variables(TERM="xterm"), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        while time.monotonic() < end:
            try:
                if reading.poll(200):
                    text += os.read(ours, 65536).decode(errors="replace")
            except OSError:  # the other end is closed
                break
            found = PROMPT.search(CONTROL.sub("", text))
            if found and time.monotonic() - asked.get(found.group(1), -PATIENCE) >= PATIENCE:
                asked[found.group(1)] = time.monotonic()
                os.write(ours, ("" if found.group(2) else answers[found.group(1)]).encode() + b"\r")
        status = running.wait(timeout=60)
    except subprocess.TimeoutExpired:
        status = None
    finally:
        running.kill()
        os.close(ours)  # hangs up on the engine, whose terminal it is
        running.wait()
    assert status == 0, CONTROL.sub("", text)
    return list(asked)
