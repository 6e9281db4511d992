"""A laboratory ends on request and with the process that started it, and leaves no process, whichever was killed."""

import json
import os
import signal
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from falaj.sandbox.lab import definitions, programs, upstream_files
from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab, LabFailed
from falaj.sandbox.lab.versions import KUBERNETES

STARTER = """
import sys, time
from pathlib import Path
from falaj.sandbox.lab.cluster import Lab
Lab(Path(sys.argv[1])).up(print, with_parent=True)
print("up", flush=True)
time.sleep(600)
"""

PROGRAMS = 14


@pytest.fixture
def laboratory(lab: Lab, tmp_path: Path) -> Lab:
    """A second laboratory; `lab` is a dependency so that the programs are built."""
    return Lab(tmp_path / "own")


def _members(lab: Lab) -> list[int]:
    """Returns the ids of the processes in the supervisor's process group."""
    leader = int((lab.folder / "supervisor.pid").read_text())
    members = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            text = (process / "stat").read_text()
        except OSError:
            continue
        state, _parent, group = text.rpartition(")")[2].split()[:3]
        if int(group) == leader and state != "Z":
            members.append(int(process.name))
    return members


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _etcd_health(lab: Lab, client: str | None) -> bytes:
    """Returns what etcd answers to a client with a certificate of the laboratory, or with none."""
    command = next(text for process in _members(lab) if b"--listen-client-urls=" in (text := _command(process)))
    address = next(part for part in command.split(b"\0") if part.startswith(b"--listen-client-urls=")).split(b"=")[1]
    folder = next(lab.folder.rglob("etcd-ca.crt")).parent
    context = ssl.create_default_context(cafile=str(folder / "etcd-ca.crt"))
    if client:
        context.load_cert_chain(folder / f"{client}.crt", folder / f"{client}.key")
    with urllib.request.urlopen(f"{address.decode()}/health", context=context, timeout=5) as answer:  # noqa: S310
        return answer.read()


@pytest.mark.parametrize("client", [None, "admin", "front-proxy"])
def test_etcd_answers_nobody_but_the_api_server(lab: Lab, client: str | None) -> None:
    assert json.loads(_etcd_health(lab, "etcd"))["health"] == "true"
    with pytest.raises(OSError, match=r"(?i)alert|certificate|reset|closed|broken pipe"):
        _etcd_health(lab, client)


def test_it_ends_with_the_process_that_started_it(laboratory: Lab) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(laboratory.folder)], stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout
    with starter.stdout as output:
        wait_for(lambda: output.readline() == "up\n", 240, "the laboratory to be up")
    assert len(_members(laboratory)) == 1 + PROGRAMS  # with the supervisor
    starter.kill()
    starter.wait()
    wait_for(lambda: not _members(laboratory), 20, "its processes to end")
    assert laboratory.status().phase == "down"
    laboratory.down()
    assert not laboratory.folder.exists()


def test_programs_of_a_killed_supervisor_are_found_and_ended(laboratory: Lab) -> None:
    assert laboratory.up(print).phase == "ready"
    assert laboratory.up(print).kubeconfig == laboratory.kubeconfig  # already running, so nothing is started
    os.kill(int((laboratory.folder / "supervisor.pid").read_text()), signal.SIGKILL)
    orphans = wait_for(
        lambda: len(members := _members(laboratory)) == PROGRAMS and members, 5, "the programs without their supervisor"
    )
    laboratory.down()
    assert not laboratory.folder.exists()
    assert not [pid for pid in orphans if Path(f"/proc/{pid}/exe").exists()]


def test_the_command_starts_it_reports_its_status_and_a_program_that_ends_and_stops_it(
    lab: Lab, tmp_path: Path
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: falaj\nruntime: python\n")

    def falaj(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "falaj", "lab", *arguments, "-C", str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    assert falaj("status") == (1, "The laboratory is down.\n")
    laboratory = Lab(tmp_path / ".falaj" / "lab")
    try:
        assert falaj("up") == (0, f"{laboratory.kubeconfig}\n")
        status, output = falaj("status", "--json")
        assert (status, json.loads(output)["phase"]) == (0, "ready")
        assert json.loads(output)["interceptor"] == laboratory.interceptor
        assert Api(laboratory.kubeconfig).request("GET", "/version")["gitVersion"] == f"v{KUBERNETES}"
        (scheduler,) = (pid for pid in _members(laboratory) if b"scheduler" in _command(pid))
        os.kill(scheduler, signal.SIGKILL)
        wait_for(lambda: laboratory.status().phase == "failed", 10, "the end of the scheduler to be noticed")
        status, output = falaj("status", "--json")
        assert status == 1
        assert json.loads(output)["sentence"].startswith("scheduler ended with -9: ")
        wait_for(lambda: not _members(laboratory), 20, "the others to end too")
    finally:
        assert falaj("down") == (0, "The laboratory is down.\n")
    assert not laboratory.folder.exists()


def test_one_that_cannot_start_says_why(laboratory: Lab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "etcd"
    broken.write_text("#!/bin/sh\necho no space left on device >&2\nexit 1\n")
    broken.chmod(0o755)
    real = programs.ensure(print)
    monkeypatch.setattr(programs, "ensure", lambda say: {**real, "etcd": broken})
    with pytest.raises(programs.ProgramsUnavailable, match="CRDs cannot be installed: etcd ended with 1: no space"):
        laboratory.up(print)
    installed = definitions.ensure(real, upstream_files.ensure(print), print)
    monkeypatch.setattr(definitions, "ensure", lambda *_: installed)
    with pytest.raises(LabFailed, match="etcd ended with 1: no space left on device"):
        laboratory.up(print)
    laboratory.down()
