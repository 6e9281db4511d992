"""Runs the engine so that it ends its work and writes its state, whatever happens to the command that started it."""

import os
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

_BESIDE_TERMINAL = {
    signal.SIGINT: None, signal.SIGQUIT: None, signal.SIGTERM: signal.SIGTERM, signal.SIGHUP: signal.SIGHUP
}  # fmt: skip
"""Signal to the command -> signal to a program on the same terminal, which sends it the first two as well (termios(3),
ISIG): passed on, they would reach it twice."""

_PRIVATE = 0o077
"""File mode creation mask of the engine and what it starts: states, backups and evidence are the user's alone."""


class Interrupted(KeyboardInterrupt):
    """A signal came to the command while its engine ran, which has ended. The message says what the engine has done.

    It is a KeyboardInterrupt, so that no caller takes it for a failure of what the engine was to do.
    """

    def __init__(self, sentence: str, number: int) -> None:
        super().__init__(sentence)
        self.status = 128 + number
        """Exit status of the command, which a shell gives to the end by a signal."""


def run_engine(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], quiet: bool, lock: IO[str] | None
) -> subprocess.CompletedProcess[str]:
    """Runs a command of the engine in `folder` and waits for its end. Its output goes to the terminal unless `quiet`.

    `lock` is an open lock file that the engine and its children keep open. The engine has a process group of its own:
    in that of the command, a terminal would interrupt it, and the command would then interrupt it again.

    Raises `Interrupted` at the engine's end if a signal came, even if the engine has not noticed it: what ends by
    itself, or is ending, does not, and a preview that is ending lets its update follow.
    """
    pipe = subprocess.PIPE if quiet else None
    with _passing_on(_PASSED_ON) as engine:
        running = engine.start(
            command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, process_group=0,
            umask=_PRIVATE, pass_fds=() if lock is None else (lock.fileno(),),
        )  # fmt: skip
        if lock is not None:
            record(lock, running.pid)
        with running:
            out, err = running.communicate()
    if engine.received:
        sentence = _sentence(running.returncode, len(engine.received), lock is not None)
        raise Interrupted(sentence, engine.received[0])
    return subprocess.CompletedProcess(command, running.returncode, out or "", err or "")


def run_program(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> int:
    """Runs a user's program, such as a shell or `pulumi`, waits for its end, and returns its exit status.

    With a terminal the program is in the process group of the command, which may use it; without one it has its own.
    """
    has_terminal = _has_terminal()
    with _passing_on(_BESIDE_TERMINAL if has_terminal else _PASSED_ON) as program:
        group = None if has_terminal else 0
        with program.start(command, cwd=folder, env=environment, process_group=group) as running:
            status = running.wait()
    return status if status >= 0 else 128 - status


def _has_terminal() -> bool:
    """Returns whether a terminal controls this process."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _sentence(status: int, signals: int, changes: bool) -> str:
    """Returns what an interrupted engine has done, by its exit status and the number of signals."""
    if not changes:
        return "interrupted"
    if status == 0:
        return "interrupted, but too late: the engine has completed the operation"
    if status > 0 and signals == 1:
        return "interrupted: the engine has finished the changes that it was making, and written its state"
    return (
        "interrupted: the engine ended at once, so that the state may lack resources, and the stack may be locked; run "
        "`falaj recover` for the stack"
    )


class _Child:
    """A program that is being run, and the signals that have come to the command, also before the program is there."""

    def __init__(self, passed_on: Mapping[signal.Signals, signal.Signals | None]) -> None:
        self.received: list[int] = []
        self._passed_on = passed_on
        self._running: subprocess.Popen[str] | None = None
        self._waiting: list[int] = []

    def start(self, command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
        self._running = subprocess.Popen(command, **options)
        for number in self._waiting:
            self._running.send_signal(number)
        return self._running

    def receive(self, number: int, _frame: FrameType | None) -> None:
        self.received.append(number)
        passed_on = self._passed_on[signal.Signals(number)]
        if passed_on is None:
            return
        if self._running is None:
            self._waiting.append(passed_on)
        else:
            self._running.send_signal(passed_on)


@contextmanager
def _passing_on(passed_on: Mapping[signal.Signals, signal.Signals | None]) -> Iterator[_Child]:
    """Passes signals on, in the thread that receives signals; ignored ones stay ignored (`nohup`, and SIGINT in the
    background jobs of a script)."""
    child = _Child(passed_on)
    heard = [number for number in passed_on if signal.getsignal(number) is not signal.SIG_IGN]
    if threading.current_thread() is not threading.main_thread():
        heard = []
    former = {number: signal.signal(number, child.receive) for number in heard}
    try:
        yield child
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
