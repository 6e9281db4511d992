"""What a command costs with all processes that it starts: wall-clock time, processor time and memory."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

from falaj.sandbox.session import Session

_SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER` (Linux, include/uapi/linux/prctl.h): orphans become children of this process."""
_LAST_SECONDS = 10
"""How long plug-ins that outlive the engine may take to end."""
_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
"""Unit of `ru_maxrss`: bytes on macOS, KiB on Linux (getrusage(2) of each)."""


class OperationFailed(Exception):
    """A measured command failed. The message is the end of its output."""


@dataclass(frozen=True)
class Cost:
    """Wall-clock seconds, processor seconds of all processes, and MiB of the largest of them."""

    seconds: float
    cpu: float
    mib: float


def measured(session: Session, *arguments: str, alone: bool = True) -> tuple[Cost, str]:
    """Runs an operation of the engine; returns its cost and its output. Raises `OperationFailed`.

    Unless it runs `alone` in this process, plug-ins that outlive the engine are not counted: they cannot be told from
    those of others.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # else plug-ins that the engine kills are not counted
    command = [str(session.engine.path), *arguments]
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=session.paths.project, env=session.environment, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *(_orphans() if alone else ())]
        output.seek(0)
        text = output.read()
    if process.returncode != 0:
        raise OperationFailed(f"{' '.join(arguments[:3])} ended with status {process.returncode}: {text[-3000:]}")
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    return Cost(seconds, cpu, max(each.ru_maxrss for each in usages) * _MAXRSS_BYTES / 2**20), text


def _orphans() -> list[resource.struct_rusage]:
    """Waits for the processes that the engine left behind; returns what they used."""
    found: list[resource.struct_rusage] = []
    end = time.monotonic() + _LAST_SECONDS
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < end:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
            if pid:
                found.append(usage)
            else:
                time.sleep(0.05)
    return found


def measured_call(step: Callable[[], object]) -> Cost:
    """Runs a step in this process; returns its cost. Memory is what this process had at most until now."""
    started, cpu = time.perf_counter(), time.process_time()
    step()
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return Cost(seconds, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_BYTES / 2**20)
