"""A laboratory ends when it is told to, when its starter ends, and leaves nothing, whoever was killed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab, LabFailed
from falaj.sandbox.lab.programs import KUBERNETES

STARTER = """
import sys, time
from pathlib import Path
from falaj.sandbox.lab.cluster import Lab
Lab(Path(sys.argv[1])).up(print, with_parent=True)
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def own(lab: Lab, tmp_path: Path) -> Lab:
    """Another laboratory beside that of the session: `lab` is asked for so that its programs are there."""
    return Lab(tmp_path / "own")


def _members(lab: Lab) -> list[int]:
    """Processes of the keeper's group."""
    leader = int((lab.folder / "supervisor.pid").read_text())
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            text = (process / "stat").read_text()
        except OSError:
            continue
        state, _parent, group = text.rpartition(")")[2].split()[:3]
        if int(group) == leader and state != "Z":
            found.append(int(process.name))
    return found


def test_it_ends_with_whoever_started_it_however_that_ended(own: Lab) -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER, str(own.folder)], stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    with starter.stdout as said:
        wait_for(lambda: said.readline() == "up\n", 120, "the laboratory to be up")
    assert len(_members(own)) == 11  # the keeper and ten programs
    starter.kill()
    starter.wait()
    wait_for(lambda: not _members(own), 20, "its processes to end")
    assert own.status().phase == "down"
    own.down()
    assert not own.folder.exists()


def test_what_a_killed_keeper_left_is_seen_and_ended(own: Lab) -> None:
    assert own.up(print).phase == "ready"
    assert own.up(print).kubeconfig == own.kubeconfig  # it is there: nothing new is started
    os.kill(int((own.folder / "supervisor.pid").read_text()), signal.SIGKILL)
    left = wait_for(lambda: len(found := _members(own)) == 10 and found, 5, "the programs without their keeper")
    own.down()
    assert not own.folder.exists()
    assert not [one for one in left if Path(f"/proc/{one}/exe").exists()]


def test_a_program_that_ends_is_named_with_its_last_words(own: Lab) -> None:
    own.up(print)
    scheduler = next(one for one in _members(own) if b"scheduler" in Path(f"/proc/{one}/cmdline").read_bytes())
    os.kill(scheduler, signal.SIGKILL)
    wait_for(lambda: own.status().phase == "failed", 10, "the end of the scheduler to be noticed")
    assert own.status().sentence.startswith("scheduler ended with -9: ")
    wait_for(lambda: not _members(own), 20, "the others to end too")
    own.down()


def test_the_command_starts_it_tells_of_it_and_stops_it(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: falaj\nruntime: python\n")

    def falaj(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "falaj", "lab", *arguments, "-C", str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    assert falaj("status") == (1, "The laboratory is down.\n")
    own = Lab(tmp_path / ".falaj" / "lab")
    try:
        assert falaj("up") == (0, f"{own.kubeconfig}\n")
        status, said = falaj("status", "--json")
        assert (status, json.loads(said)["phase"]) == (0, "ready")
        assert json.loads(said)["interceptor"] == own.interceptor
        assert Api(own.kubeconfig).request("GET", "/version")["gitVersion"] == f"v{KUBERNETES}"
    finally:
        assert falaj("down") == (0, "The laboratory is down.\n")
    assert not own.folder.exists()


def test_one_that_cannot_start_says_why(own: Lab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "etcd"
    broken.write_text("#!/bin/sh\necho no space left on device >&2\nexit 1\n")
    broken.chmod(0o755)
    from falaj.sandbox.lab import programs

    real = programs.ensure(print)
    monkeypatch.setattr(programs, "ensure", lambda say: {**real, "etcd": broken})
    with pytest.raises(LabFailed, match="etcd ended with 1: no space left on device"):
        own.up(print)
    own.down()
