"""A failure of the system is answered in one sentence with its exit status; a defect keeps its traceback."""

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from falaj.cli.common import CommandError
from falaj.cli.failures import answer
from falaj.facts.clock import InvalidDay
from falaj.sandbox.paths import find_project
from falaj.sandbox.project_file import InvalidProject, read_stack_file
from tests.unit.settings.stacks import ROOT


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (CommandError("no stack", 2), 2, "no stack"),
        (InvalidProject("Pulumi.yaml: no"), 2, "Pulumi.yaml: no"),
        (InvalidDay("FALAJ_TODAY: 'x' is no date"), 2, "FALAJ_TODAY"),
        (OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), "x" * 5000), 2, "name too long"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 3, "the output: No space left"),
        (OSError(errno.ENOENT, os.strerror(errno.ENOENT), "/proc/a\nb"), 3, "/proc/a\\nb: No such file"),
        (sqlite3.DatabaseError("file is not a database"), 3, "delete the sandbox's inventory.db"),
    ],
    ids=lambda item: type(item).__name__,
)
def test_an_expected_failure_is_one_sentence(error: Exception, status: int, words: str) -> None:
    answered = answer(error)
    assert answered is not None
    assert answered[1] == status
    assert words in answered[0]
    assert answered[0].isprintable()
    assert len(answered[0]) < 300


def test_a_defect_is_no_expected_failure() -> None:
    assert answer(KeyError("x")) is None
    assert answer(ValueError("x")) is None


def test_a_full_disk_is_no_reason_to_delete_the_inventory(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "inventory.db")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.DatabaseError) as full:
        connection.executescript("CREATE TABLE a (b); CREATE TABLE c (d)")
    connection.close()
    answered = answer(full.value)
    assert answered is not None
    assert answered[1] == 3
    assert "make room" in answered[0]
    assert "delete" not in answered[0]


def _falaj(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a line of the shell in which `$FALAJ` is the command."""
    variables = os.environ | {"FALAJ": f"{sys.executable} -m falaj"}
    command = ["/bin/sh", "-c", script]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("script", "status", "sentence"),
    [
        ("$FALAJ machines --region uaenorth >&-", 0, ""),
        ("$FALAJ bill --stack a --plan - <&-", 2, "falaj: plan: not JSON"),
        ("$FALAJ machines --region x <&- >&- 2>&-", 2, ""),
        ("$FALAJ machines --region x 2>/dev/full", 2, ""),
        ("mkdir gone; cd gone; rmdir ../gone; $FALAJ check", 3, "falaj: the current folder: No such file or directory"),
        ("(ulimit -f 0; $FALAJ prices sheet x --contract a 2>&1; exit $?)", 2, ""),
        ("env -u HOME COLUMNS=x TERM=dumb LC_ALL=C TZ=No/Where $FALAJ machines --region uaenorth", 0, ""),
    ],
)
def test_streams_and_surroundings_that_are_missing(script: str, status: int, sentence: str, tmp_path: Path) -> None:
    done = _falaj(script, tmp_path)
    assert (done.returncode, "Traceback" in done.stderr + done.stdout) == (status, False), done.stderr
    assert done.stderr.startswith(sentence)


def test_a_sandbox_that_is_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("FALAJ_SANDBOX", str(file))
    with pytest.raises(InvalidProject, match=r"FALAJ_SANDBOX: .* is no folder"):
        find_project(ROOT)
    monkeypatch.setenv("FALAJ_SANDBOX", str(tmp_path / "new"))
    assert find_project(ROOT).sandbox == tmp_path / "new"


@pytest.mark.parametrize("content", [b"config: [", b"- a", b"\xff", b"&x [*x]"])
def test_a_stack_file_that_cannot_be_read_is_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.bad.yaml"
    file.write_bytes(content)
    with pytest.raises(InvalidProject) as refused:
        read_stack_file(file)
    assert str(refused.value).startswith(f"{file}: ")
    assert "\n" not in str(refused.value)
    file.write_bytes(b"")
    assert read_stack_file(file) == {}


def test_an_output_that_cannot_be_written_is_said_once_with_status_3() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "falaj", "machines", "--region", "uaenorth"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr
