"""Which engines change the emulated clouds of a sandbox.

An engine outlives the command that started it, if that is killed. So the lock is the engine's: the command hands its
engine an open lock file, and each plug-in opens one with its first change, also of an engine that a user has started in
`falaj shell`. All of these share the lock; a repair wants it alone. The file has the process ids of the engines, and
when they started, since another process may get the id of one that has ended.
"""

import fcntl
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_POLL_SECONDS = 0.2
ENDING_SECONDS = 15
"""Time in which an engine's plug-ins are gone after it was killed: they notice within a second and finish the change
that they are making."""
STOPPING_SECONDS = 120
"""Time for an engine to finish what it is doing after SIGTERM; then it is killed."""


class EnginesAtWork(Exception):
    """Other processes use the sandbox. The message names them."""


@dataclass(frozen=True)
class Engines:
    """The engines of a sandbox, which is a folder."""

    sandbox: Path

    def join(self) -> IO[str]:
        """Returns an open file that holds the lock, shared. Raises `EnginesAtWork` while a repair is at work."""
        file = self._open()
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise EnginesAtWork(
                f"{self.sandbox}: `falaj recover` is at work; run this again when it has ended"
            ) from None
        return file

    @contextmanager
    def exclusively(self, wait: float = ENDING_SECONDS) -> Iterator[IO[str]]:
        """Holds the lock alone; waits `wait` seconds for engines to end. Raises `EnginesAtWork`."""
        with self._open() as file:
            end = time.monotonic() + wait
            while not _taken(file):
                if time.monotonic() >= end:
                    raise EnginesAtWork(self._sentence())
                time.sleep(_POLL_SECONDS)
            file.truncate(0)
            yield file

    def stop(self) -> None:
        """Lets the engines finish what they are doing and end; kills those that do not. Returns when they are gone."""
        try:
            with self.exclusively(0):
                return  # none is left: the process ids in the file may be those of others by now
        except EnginesAtWork:
            engines = self.alive()
        end = time.monotonic() + STOPPING_SECONDS
        for engine in engines:
            _signal(engine, signal.SIGTERM)
        while engines := [engine for engine in self.alive() if engine in engines]:
            if time.monotonic() >= end:
                for engine in engines:
                    _signal(engine, signal.SIGKILL)
                return
            time.sleep(_POLL_SECONDS)

    def alive(self) -> list[int]:
        """Returns the process ids of engines that have joined and still run."""
        try:
            lines = self._file.read_bytes().splitlines()
        except OSError:
            return []
        return sorted({engine for engine in map(_running, lines) if engine is not None})

    @property
    def _file(self) -> Path:
        return self.sandbox / "engines.lock"

    def _open(self) -> IO[str]:
        self.sandbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._file.exists():
            self._file.touch(mode=0o600)
        return self._file.open("a", encoding="utf-8")

    def _sentence(self) -> str:
        engines = ", ".join(map(str, self.alive())) or "unknown"
        return f"{self.sandbox}: an engine still changes its clouds (process {engines})"


def record(file: IO[str], engine: int) -> None:
    """Writes process id and start of an engine that holds the lock `file`."""
    file.write(" ".join(filter(None, (str(engine), _started(engine)))) + "\n")
    file.flush()


_LINE = re.compile(rb"([0-9]{1,9})(?: ([0-9]+))?")


def _running(line: bytes) -> int | None:
    """Returns the process that a line of the file names, unless it has ended or another one has its id by now.

    Processes 0 and 1 are no engines: a plug-in whose engine was killed is a child of process 1.
    """
    named = _LINE.fullmatch(line.strip())
    if named is None or (process := int(named[1])) < 2 or not _is_alive(process):
        return None
    return process if named[2] is None or named[2].decode() == _started(process) else None


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    # A process that has ended stays in the table until its parent asks for its status.
    return _status(process)[:1] != ["Z"]


def _started(process: int) -> str:
    """Returns when a process started, in ticks since the system did; empty where there is no /proc (macOS)."""
    return "".join(_status(process)[19:20])


def _status(process: int) -> list[str]:
    """Returns the fields of /proc/PID/stat from the third on, the state; field 22 is the start (proc_pid_stat(5))."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _signal(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except (ProcessLookupError, PermissionError):
        return
