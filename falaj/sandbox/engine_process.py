"""Runs the engine so that it ends its work and writes its state, whatever happens to the command that started it."""

import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Any

from falaj.sandbox.engines_at_work import record

_PASSED_ON = {signal.SIGINT: signal.SIGINT, signal.SIGTERM: signal.SIGTERM, signal.SIGHUP: signal.SIGTERM}
"""Signal to the command -> signal to the engine. At the first one the engine cancels: it finishes the changes that it
is making and writes its state. At the second one it ends at once (Pulumi 3.259, `backend/cancellation_scope.go`)."""

_PRIVATE = 0o077
"""File mode creation mask of the engine and what it starts: states, backups and evidence are the user's alone."""


def run_engine(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], quiet: bool, lock: IO[str] | None
) -> subprocess.CompletedProcess[str]:
    """Runs a command of the engine in `folder` and waits for its end. Its output goes to the terminal unless `quiet`.

    `lock` is an open lock file that the engine and its children keep open. The engine has a process group of its own:
    in that of the command, a terminal would interrupt it, and the command would then interrupt it again.
    """
    pipe = subprocess.PIPE if quiet else None
    with _passing_on() as engine:
        running = engine.start(
            command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, process_group=0,
            umask=_PRIVATE, pass_fds=() if lock is None else (lock.fileno(),),
        )  # fmt: skip
        if lock is not None:
            record(lock, running.pid)
        with running:
            out, err = running.communicate()
    return subprocess.CompletedProcess(command, running.returncode, out or "", err or "")


class _Engine:
    """The engine, and the signals that arrive before it is there."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[str] | None = None
        self._waiting: list[int] = []

    def start(self, command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
        self._running = subprocess.Popen(command, **options)
        for number in self._waiting:
            self._running.send_signal(number)
        return self._running

    def receive(self, number: int, _frame: FrameType | None) -> None:
        passed_on = _PASSED_ON[signal.Signals(number)]
        if self._running is None:
            self._waiting.append(passed_on)
        else:
            self._running.send_signal(passed_on)


@contextmanager
def _passing_on() -> Iterator[_Engine]:
    """Passes signals on to the engine, in the thread that receives signals; ignored ones stay ignored (`nohup`)."""
    engine = _Engine()
    heard = [number for number in _PASSED_ON if signal.getsignal(number) is not signal.SIG_IGN]
    if threading.current_thread() is not threading.main_thread():
        heard = []
    former = {number: signal.signal(number, engine.receive) for number in heard}
    try:
        yield engine
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
