"""A step in real accounts that its host cancels leaves nothing in the runner's temporary folder."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.pipelines.steps import STEPS

STEP = """set -eu
. "$STEPS/accounts.sh"
echo token > "$TMPDIR/kubeconfig1"
sh -c 'echo started; exec sleep 60'
"""
"""Leaves a kubeconfig, as the plug-in of Kubernetes does, and waits for a program, which says that it has started."""

SIGNALS = [signal.SIGHUP, signal.SIGINT, signal.SIGTERM]


@contextmanager
def step(shell: str, folder: Path, number: signal.Signals) -> Iterator["subprocess.Popen[str]"]:
    """Starts the step in a group of its own; its temporary folder is in `temporary`. Ends it if it still runs."""
    (python := folder / "python").write_text("#!/bin/sh\n")
    python.chmod(0o755)
    (temporary := folder / "temporary").mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(temporary)}
    with subprocess.Popen(
        [shell, "-c", STEP],
        cwd=folder,
        env=environment | {"PYTHON": str(python), "STEPS": str(STEPS)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell cannot trap what its parent ignores, as background jobs do SIGINT.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "started\n"
            assert [*temporary.iterdir()] != []
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert [*temporary.iterdir()] == []


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_cancelled_step_leaves_no_kubeconfig(tmp_path: Path, number: signal.Signals, shell: str) -> None:
    with step(shell, tmp_path, number) as process:
        os.killpg(process.pid, number)
        assert process.wait(timeout=30) in (128 + number, -number)


def test_bash_does_not_wait_for_the_program_if_only_the_step_is_cancelled(tmp_path: Path) -> None:
    with step("bash", tmp_path, signal.SIGTERM) as process:
        process.terminate()
        assert process.wait(timeout=30) == -signal.SIGTERM
