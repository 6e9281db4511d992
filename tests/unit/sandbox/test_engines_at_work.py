"""The lock that engines share and a repair wants alone, and signals that reach the engine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from falaj.sandbox.engine_process import Interrupted, run_engine
from falaj.sandbox.engines_at_work import Engines, EnginesAtWork, record

SLEEPING = [sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(60)"]
ENDS_ORDERLY = """
import signal, sys, time
def end(number, frame):
    with open(sys.argv[2], "w") as file: file.write(f"ended by {signal.Signals(number).name}")
    sys.exit(7)
for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, end)
open(sys.argv[1], "w").close()
time.sleep(60)
"""


def test_engines_share_the_lock_and_a_repair_holds_it_alone(tmp_path: Path) -> None:
    engines = Engines(tmp_path)
    at_work = pytest.raises(EnginesAtWork, match="an engine still changes")
    with engines.join(), engines.join(), at_work, engines.exclusively(0):
        pytest.fail("an engine is at work")
    with engines.exclusively(0), pytest.raises(EnginesAtWork, match="falaj recover"):
        engines.join()


def test_the_lock_outlives_the_command_with_its_engine(tmp_path: Path) -> None:
    engines = Engines(tmp_path)
    lock = engines.join()
    with subprocess.Popen(SLEEPING, stdout=subprocess.PIPE, pass_fds=(lock.fileno(),)) as engine:
        record(lock, engine.pid)
        lock.close()
        with pytest.raises(EnginesAtWork, match=f"process {engine.pid}"), engines.exclusively(0):
            pytest.fail("the engine is at work")
        assert engines.alive() == [engine.pid]
        engine.kill()
        engine.wait()
    with engines.exclusively(0):
        assert engines.alive() == []


def test_an_engine_is_stopped(tmp_path: Path) -> None:
    engines = Engines(tmp_path)
    lock = engines.join()
    with subprocess.Popen(SLEEPING, stdout=subprocess.PIPE, pass_fds=(lock.fileno(),)) as engine:
        record(lock, engine.pid)
        lock.close()
        engines.stop()
        assert engine.wait(5) == -signal.SIGTERM
    with engines.exclusively(5):
        pass


def test_a_process_that_got_the_number_of_an_engine_is_left_alone(tmp_path: Path) -> None:
    engines = Engines(tmp_path)
    with subprocess.Popen(SLEEPING, stdout=subprocess.PIPE) as other:
        with engines.join() as lock:
            record(lock, other.pid)
        engines.stop()
        assert other.poll() is None
        other.kill()


@pytest.mark.parametrize(
    ("number", "passed_on"), [(signal.SIGINT, "SIGINT"), (signal.SIGTERM, "SIGTERM"), (signal.SIGHUP, "SIGTERM")]
)
def test_a_signal_is_passed_on_and_the_end_waited_for(tmp_path: Path, number: signal.Signals, passed_on: str) -> None:
    ready, ended = tmp_path / "ready", tmp_path / "ended"
    former = signal.signal(number, signal.SIG_DFL)  # `nohup` lets the tests ignore SIGHUP

    def interrupt() -> None:
        while not ready.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), number)

    thread = threading.Thread(target=interrupt)
    thread.start()
    command = [sys.executable, "-c", ENDS_ORDERLY, str(ready), str(ended)]
    with pytest.raises(Interrupted):
        run_engine(command, tmp_path, os.environ, True, None)
    thread.join()
    assert ended.read_text() == f"ended by {passed_on}"
    assert signal.signal(number, former) is signal.SIG_DFL


def test_an_ignored_signal_stays_ignored(tmp_path: Path) -> None:
    """`nohup` lets a command ignore SIGHUP."""
    former = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        command = [sys.executable, "-c", "import os, signal; os.kill(os.getppid(), signal.SIGHUP)"]
        assert run_engine(command, tmp_path, os.environ, True, None).returncode == 0
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, former)


def test_the_engine_has_a_process_group_of_its_own(tmp_path: Path) -> None:
    """Ctrl-C reaches the whole group of a terminal: the engine would be interrupted twice, and end at once."""
    done = run_engine([sys.executable, "-c", "import os; print(os.getpgrp())"], tmp_path, os.environ, True, None)
    assert int(done.stdout) != os.getpgrp()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\n",
        b"9" * 5000,
        "²\n".encode(),
        b"0\n1\n",
        b"999999999999999999999\n",
        b"-1\n",
        pytest.param(f"{os.getpid()} 1\n".encode(), id="another process with its id"),
    ],
)
def test_what_is_no_engine_that_runs_is_never_signalled(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "engines.lock").write_bytes(content)
    assert Engines(tmp_path).alive() == []


def test_an_engine_that_an_earlier_version_has_recorded_is_seen(tmp_path: Path) -> None:
    (tmp_path / "engines.lock").write_text(f"\n{os.getpid()}\n")
    assert Engines(tmp_path).alive() == [os.getpid()]
