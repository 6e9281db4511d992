"""The process of the policy pack ends with the engine that started it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.distribution import ROOT

PACK = ROOT / "policy_pack"
ENGINE = f"""
import subprocess, sys
pack = subprocess.Popen([sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", {str(PACK)!r}],
                        cwd={str(PACK)!r}, stdout=subprocess.PIPE, text=True)
print(pack.pid, pack.stdout.readline().strip(), flush=True)
sys.stdin.read()
"""
"""A process that starts the pack as the engine does, says its number and its port, and waits."""


def _runs(pid: int) -> bool:
    """Returns whether a process runs: one that has ended stays in the table until somebody waits for it."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] if Path("/proc/self/stat").exists() else ""
    except (ProcessLookupError, FileNotFoundError):
        return False
    return not state.strip().startswith("Z")


def test_a_pack_ends_with_an_engine_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENGINE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as engine:
        assert engine.stdout is not None
        pid, port = map(int, engine.stdout.readline().split())
        try:
            assert port > 0
            assert _runs(pid)
            engine.send_signal(signal.SIGKILL)
            engine.wait()
            end = time.monotonic() + 60
            while _runs(pid) and time.monotonic() < end:
                time.sleep(0.1)
            assert not _runs(pid)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
