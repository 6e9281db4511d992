"""A signal is never lost, whenever it comes: the command says that it was interrupted, and what its engine has done."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from falaj.sandbox import engine_process
from falaj.sandbox.engine_process import Interrupted, run_engine
from falaj.sandbox.engines_at_work import Engines

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
ENDS = [sys.executable, "-c", "pass"]
HEARS = """
import os, signal, sys, time
heard = []
def hear(number, frame): heard.append(signal.Signals(number).name)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, hear)
for _ in range(int(sys.argv[2])):
    os.kill(os.getppid(), int(sys.argv[1]))
    while not heard: time.sleep(0.01)
"""
"""An engine that signals its command some times, and ends after it has heard of the first one."""

PROGRAM = f"""
import pathlib, sys
from falaj.sandbox.engine_process import run_program
program = '''
import pathlib, signal, sys, time
def hear(number, frame):
    with open("heard", "a") as file: print(signal.Signals(number).name, file=file)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, hear)
pathlib.Path("ready").touch()
while not pathlib.Path("heard").exists(): time.sleep(0.01)
time.sleep(1)
pathlib.Path("ended").touch()
sys.exit(9)
'''
sys.exit(run_program([{sys.executable!r}, "-c", program], pathlib.Path.cwd(), None))
"""
"""A command that runs a program which needs a second after a signal, as an engine that finishes its changes."""


@pytest.fixture(params=SIGNALS, ids=lambda number: number.name)
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that this process does not ignore, as it would under `nohup` or in the background of a script."""
    former = signal.signal(request.param, signal.SIG_DFL)
    yield request.param
    assert signal.signal(request.param, former) is signal.SIG_DFL


def interrupted(folder: Path, command: list[str], changes: bool = True) -> Interrupted:
    with Engines(folder).join() as lock, pytest.raises(Interrupted) as raised:
        run_engine(command, folder, os.environ, True, lock if changes else None)
    return raised.value


def signalled(name: str, number: int, after: bool) -> Callable[..., Any]:
    """Returns a method of Popen during which a signal comes to this process: before or after what it does."""
    method = getattr(subprocess.Popen, name)

    def replaced(self: object, *arguments: Any, **options: Any) -> Any:
        if not after:
            os.kill(os.getpid(), number)
        done = method(self, *arguments, **options)
        if after:
            os.kill(os.getpid(), number)
        return done

    return replaced


def test_before_the_engine_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals) -> None:
    monkeypatch.setattr(subprocess.Popen, "__init__", signalled("__init__", number, after=False))
    found = interrupted(tmp_path, ["sleep", "60"])
    assert found.status == 128 + number
    assert "`falaj recover`" in str(found)


def test_after_the_engine_has_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals) -> None:
    """The next engine of the command, such as the update after the stack was created, must not be started."""
    monkeypatch.setattr(subprocess.Popen, "communicate", signalled("communicate", number, after=True))
    found = interrupted(tmp_path, ENDS)
    assert found.status == 128 + number
    assert "has completed" in str(found)
    assert "recover" not in str(found)


def test_while_the_engine_works(tmp_path: Path, number: signal.Signals) -> None:
    found = interrupted(tmp_path, [sys.executable, "-c", HEARS + "sys.exit(7)", str(int(number)), "1"])
    assert found.status == 128 + number
    assert "finished the changes" in str(found)
    assert "recover" not in str(found)


def test_a_second_time(tmp_path: Path, number: signal.Signals) -> None:
    found = interrupted(tmp_path, [sys.executable, "-c", HEARS + "sys.exit(7)", str(int(number)), "2"])
    assert "`falaj recover`" in str(found)


def test_an_engine_that_notices_nothing(tmp_path: Path, number: signal.Signals) -> None:
    """As during the last moments of a preview, after which the engine goes on with the update (Pulumi 3.259)."""
    found = interrupted(tmp_path, [sys.executable, "-c", HEARS, str(int(number)), "1"])
    assert found.status == 128 + number
    assert "too late" in str(found)


def test_what_changes_nothing_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    found = interrupted(tmp_path, [sys.executable, "-c", HEARS, str(int(number)), "1"], changes=False)
    assert str(found) == "interrupted"


@contextmanager
def command(folder: Path, terminal: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a command with a program, as the leader of a session, whose terminal is the file `terminal`."""

    def prepare() -> None:
        for heard in SIGNALS:
            signal.signal(heard, signal.SIG_DFL)
        if terminal is not None:
            fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)

    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=folder, start_new_session=True, preexec_fn=prepare,
        env=os.environ | {"PYTHONPATH": str(Path(engine_process.__file__).parents[2])},
        pass_fds=() if terminal is None else (terminal,),
    ) as running:  # fmt: skip
        while not (folder / "ready").exists():
            assert running.poll() is None
            time.sleep(0.01)
        yield running


def test_a_program_without_a_terminal_hears_each_signal_once(tmp_path: Path, number: signal.Signals) -> None:
    with command(tmp_path) as running:
        os.killpg(running.pid, number)
        assert running.wait(60) == 9
    assert (tmp_path / "ended").exists()
    assert (tmp_path / "heard").read_text().split() == [engine_process._PASSED_ON[number].name]


def test_a_program_on_a_terminal_is_interrupted_once(tmp_path: Path) -> None:
    """`subprocess.run` kills what it runs a quarter of a second after Ctrl-C: an engine loses what it is creating."""
    keyboard, terminal = os.openpty()
    try:
        with command(tmp_path, terminal) as running:
            os.write(keyboard, b"\x03")
            assert running.wait(60) == 9
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert (tmp_path / "ended").exists()
    assert (tmp_path / "heard").read_text().split() == ["SIGINT"]


def test_a_program_on_a_terminal_is_not_sent_what_the_terminal_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr(engine_process, "_has_terminal", lambda: True)
    moments = 50 if number is signal.SIGINT else 3000
    script = HEARS.replace("while not heard: ", f"for _ in range({moments}): heard or ")
    arguments = [sys.executable, "-c", f"{script}sys.exit(7 if heard else 9)", str(int(number)), "1"]
    assert engine_process.run_program(arguments, tmp_path, os.environ) == (9 if number is signal.SIGINT else 7)
