"""Starts, looks at and stops the laboratory of one folder."""

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

from falaj.sandbox.go_build import Say
from falaj.sandbox.lab import programs, upstream_files

PATIENCE_SECONDS = 300
"""For the whole to start, on a busy machine. On two idle cores it takes about twenty seconds."""


_KEEPERS: "dict[Path, subprocess.Popen[bytes]]" = {}
"""Keepers that are children of this process, by folder: whoever started one must also take note of its end."""


class LabFailed(Exception):
    """The laboratory did not start or does not stop; says why in one sentence."""


@dataclass(frozen=True)
class Status:
    """How a laboratory stands: `phase` is `down`, `starting`, `ready` or `failed`, and `sentence` says more."""

    phase: str
    kubeconfig: Path | None = None
    sentence: str = ""
    programs: tuple[str, ...] = ()
    interceptor: str | None = None
    """Where requests for the hosts of InterceptorRoutes go, while it is ready: a model that sleeps wakes up."""


@dataclass(frozen=True)
class Lab:
    """The laboratory of a folder: at most one lives in it at a time, and each starts anew."""

    folder: Path

    @property
    def kubeconfig(self) -> Path:
        """The administrator's; there while the laboratory lives."""
        return self.folder / "kubeconfig"

    @property
    def interceptor(self) -> str:
        """As its status has it; there while the laboratory lives."""
        return (self.folder / "interceptor").read_text()

    def up(self, say: Say, *, with_parent: bool = False) -> Status:
        """Start it unless it is there, building what is missing; `with_parent` ends it with the calling process.

        Raises `LabFailed`, and `programs.NoPrograms` where something cannot be built.
        """
        now = self.status()
        if now.phase == "ready":
            return now
        built, fetched = programs.ensure(say), upstream_files.ensure(say)
        self.down()
        self.folder.mkdir(parents=True, mode=0o700)
        plan = {
            "programs": {k: str(v) for k, v in built.items()},
            "materials": str(fetched),
            "with_parent": with_parent,
        }
        (self.folder / "plan.json").write_text(json.dumps(plan))
        with self._lock() as lock:
            keeper = self._keeper(lock)
        return self._await(keeper, say)

    def down(self) -> None:
        """Stop everything that lives in it, and take the folder away. No error if nothing does.

        Raises `LabFailed` for what cannot be stopped.
        """
        for number, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
            if not self._lives():
                break
            with contextlib.suppress(OSError, ValueError):
                leader = int((self.folder / "keeper.pid").read_text())
                # The lock is held, so the group still has members, and its number is nobody else's.
                (os.kill if number == signal.SIGTERM else os.killpg)(leader, number)
            end = time.monotonic() + patience
            while self._lives() and time.monotonic() < end:
                time.sleep(0.05)
        if keeper := _KEEPERS.pop(self.folder, None):
            keeper.wait()
        if self._lives():
            raise LabFailed(f"processes of the laboratory in {self.folder} do not end")
        shutil.rmtree(self.folder, ignore_errors=True)

    def status(self) -> Status:
        """How it stands now."""
        try:
            said = json.loads((self.folder / "status.json").read_text())
        except (OSError, ValueError):
            return Status("starting" if self._lives() else "down")
        if said["phase"] == "failed":
            return Status("failed", None, said["sentence"])
        if not self._lives():
            return Status("down")
        if said["phase"] != "ready":
            return Status(said["phase"], None, said["sentence"], tuple(said["programs"]))
        return Status("ready", self.kubeconfig, said["sentence"], tuple(said["programs"]), self.interceptor)

    def _lives(self) -> bool:
        """Whether any process of it does: they all hold the lock."""
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

    def _keeper(self, lock: int) -> "subprocess.Popen[bytes]":
        with (self.folder / "keeper.log").open("ab") as log:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "falaj.sandbox.lab.supervisor", str(self.folder), str(lock)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=(lock,),
            )
        _KEEPERS[self.folder] = keeper
        (self.folder / "keeper.pid").write_text(str(keeper.pid))
        return keeper

    def _await(self, keeper: "subprocess.Popen[bytes]", say: Say) -> Status:
        end, told = time.monotonic() + PATIENCE_SECONDS, ""
        while time.monotonic() < end:
            now = self.status()
            if now.phase == "ready":
                return now
            if now.phase == "failed" or keeper.poll() is not None:
                raise LabFailed(f"the laboratory did not start: {now.sentence or self._last_words()}")
            if now.sentence and now.sentence != told:
                say(f"laboratory: {now.sentence}")
                told = now.sentence
            time.sleep(0.1)
        self.down()
        raise LabFailed(f"the laboratory was not ready after {PATIENCE_SECONDS} s ({told})")

    def _last_words(self) -> str:
        lines = (self.folder / "keeper.log").read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "its keeper said nothing"
