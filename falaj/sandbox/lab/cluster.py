"""Starts and stops the laboratory of a folder, and reports its status."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox.go_build import Log
from falaj.sandbox.lab import definitions, programs, upstream_files

START_TIMEOUT_SECONDS = 600
"""Limit for the start of the whole laboratory. On two cores with a load of ten it took three minutes."""


_SUPERVISORS: "dict[Path, subprocess.Popen[bytes]]" = {}
"""Supervisors that are children of this process, by folder. The parent must reap them."""


class LabFailed(Exception):
    """The laboratory did not start or does not stop. The message is one sentence."""


@dataclass(frozen=True)
class LabStatus:
    """The status of a laboratory. `phase`: `down`, `starting`, `ready` or `failed`; `sentence`: details."""

    phase: str
    kubeconfig: Path | None = None
    sentence: str = ""
    programs: tuple[str, ...] = ()
    interceptor: str | None = None
    """URL of the interceptor if the laboratory is ready. A request for a host of an InterceptorRoute scales its service
    up from zero.
    """


@dataclass(frozen=True)
class Lab:
    """The laboratory of a folder. At most one exists per folder, and each start is a new one."""

    folder: Path

    @property
    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig; exists while the laboratory runs."""
        return self.folder / "kubeconfig"

    @property
    def interceptor(self) -> str:
        """The interceptor's address; exists while the laboratory runs."""
        return (self.folder / "interceptor").read_text()

    def up(self, log: Log, *, with_parent: bool = False) -> LabStatus:
        """Starts the laboratory if it is not running, and builds missing programs.

        `with_parent` stops the laboratory when the calling process ends. Raises `LabFailed`, or
        `programs.ProgramsUnavailable` if a program cannot be built.
        """
        current = self.status()
        if current.phase == "ready":
            return current
        built, fetched = programs.ensure(log), upstream_files.ensure(log)
        installed = definitions.ensure(built, fetched, log)
        self.down()
        self.folder.mkdir(parents=True, mode=0o700)
        shutil.copytree(installed, self.folder / "etcd")
        plan = {
            "programs": {k: str(v) for k, v in built.items()},
            "upstream_files": str(fetched),
            "with_parent": with_parent,
        }
        (self.folder / "plan.json").write_text(json.dumps(plan))
        with self._lock() as lock:
            supervisor = self._start_supervisor(lock)
        return self._wait_until_ready(supervisor, log)

    def down(self) -> None:
        """Stops all processes and deletes the folder. No error if the laboratory is not running.

        Raises `LabFailed` if a process cannot be stopped.
        """
        for number, timeout in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
            if not self._is_alive():
                break
            with contextlib.suppress(OSError, ValueError):
                leader = int((self.folder / "supervisor.pid").read_text())
                # The lock is held, so the process group still exists and its id has not been reused.
                (os.kill if number == signal.SIGTERM else os.killpg)(leader, number)
            end = time.monotonic() + timeout
            while self._is_alive() and time.monotonic() < end:
                time.sleep(0.05)
        if supervisor := _SUPERVISORS.pop(self.folder, None):
            supervisor.wait()
        if self._is_alive():
            raise LabFailed(f"processes of the laboratory in {self.folder} do not stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def status(self) -> LabStatus:
        """Returns the current status."""
        try:
            status = json.loads((self.folder / "status.json").read_text())
        except (OSError, ValueError):
            return LabStatus("starting" if self._is_alive() else "down")
        if status["phase"] == "failed":
            return LabStatus("failed", None, status["sentence"])
        if not self._is_alive():
            return LabStatus("down")
        if status["phase"] != "ready":
            return LabStatus(status["phase"], None, status["sentence"], tuple(status["programs"]))
        return LabStatus("ready", self.kubeconfig, status["sentence"], tuple(status["programs"]), self.interceptor)

    def _is_alive(self) -> bool:
        """Returns whether a process of the laboratory is running: each holds the lock."""
        try:
            with (self.folder / "lock").open("ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    @contextlib.contextmanager
    def _lock(self) -> Iterator[int]:
        with (self.folder / "lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file.fileno()

    def _start_supervisor(self, lock: int) -> "subprocess.Popen[bytes]":
        with (self.folder / "supervisor.log").open("ab") as log:
            supervisor = subprocess.Popen(
                [sys.executable, "-m", "falaj.sandbox.lab.supervisor", str(self.folder), str(lock)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=(lock,),
            )
        _SUPERVISORS[self.folder] = supervisor
        (self.folder / "supervisor.pid").write_text(str(supervisor.pid))
        return supervisor

    def _wait_until_ready(self, supervisor: "subprocess.Popen[bytes]", log: Log) -> LabStatus:
        end, last = time.monotonic() + START_TIMEOUT_SECONDS, ""
        while time.monotonic() < end:
            current = self.status()
            if current.phase == "ready":
                return current
            if current.phase == "failed" or supervisor.poll() is not None:
                raise LabFailed(f"the laboratory did not start: {current.sentence or self._last_log_line()}")
            if current.sentence and current.sentence != last:
                log(f"laboratory: {current.sentence}")
                last = current.sentence
            time.sleep(0.1)
        self.down()
        raise LabFailed(f"the laboratory was not ready after {START_TIMEOUT_SECONDS} s ({last})")

    def _last_log_line(self) -> str:
        lines = (self.folder / "supervisor.log").read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "its supervisor printed nothing"
