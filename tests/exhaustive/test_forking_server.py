"""The process that tests fork programs from outlives clients that are killed at any moment."""

import array
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked import server

REQUEST = json.dumps({"arguments": [], "environment": {}, "folder": "/"}).encode()


def sent(ours: socket.socket, content: bytes) -> None:
    """Sends a request as the client does, with the standard file descriptors."""
    length = len(REQUEST).to_bytes(8, "big")
    ours.sendmsg([length], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
    ours.sendall(content)


def test_a_client_that_is_gone_before_its_answer_ends_its_program_only(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, client = socket.socketpair()
    sent(ours, REQUEST)
    ours.close()
    program = subprocess.Popen(["sleep", "60"])
    monkeypatch.setattr(os, "fork", lambda: program.pid)
    with selectors.DefaultSelector() as events:
        server._begin(client, events, "python")
        for key, _ in events.select(timeout=60):
            key.data()
        assert program.wait(60) == -signal.SIGKILL
    client.close()


@pytest.mark.parametrize("content", [b"", REQUEST[:5]], ids=["no request", "half a request"])
def test_a_client_that_is_gone_within_its_request_starts_nothing(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, client = socket.socketpair()
    if content:
        sent(ours, content)
    ours.close()
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a program was started"))
    with selectors.DefaultSelector() as events:
        server._begin(client, events, "python")
        assert not events.get_map()
    assert client.fileno() < 0


def test_code_of_the_command_line_runs_as_in_a_new_python(tmp_path: Path) -> None:
    """As which pytest-xdist starts its test processes."""
    (tmp_path / "loaded.py").write_text("import atexit; atexit.register(print, 'the end of the server')")
    python = server.forking_python(sys.executable, ["loaded"], {"PYTHONPATH": str(tmp_path)})
    code = (
        "import atexit, sys; atexit.register(print, 'the end')\n"
        "print(__name__, sys.argv, sys.executable, 'loaded' in sys.modules, sys.stdin.readline())\nsys.exit(3)"
    )
    done = subprocess.run([python, "-u", "-c", code], input="read", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines() == [f"__main__ ['-c'] {sys.executable} True read", "the end"]
    program = tmp_path / "program.py"
    program.write_text("import sys; print(__name__, sys.executable)")
    assert subprocess.check_output([python, program], text=True) == f"__main__ {python}\n"


def test_a_module_is_not_taken_from_the_current_folder_with_a_safe_path(tmp_path: Path) -> None:
    here, library = tmp_path / "here", tmp_path / "library"
    for folder in (here, library):
        folder.mkdir()
        (folder / "tool.py").write_text(f"print({folder.name!r})")
    python = server.forking_python(sys.executable, ["json"], {})
    environment = {**os.environ, "PYTHONPATH": str(library)}
    for options, expected in ((["-P"], "library\n"), ([], "here\n")):
        command = [python, *options, "-m", "tool"]
        done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout == expected
