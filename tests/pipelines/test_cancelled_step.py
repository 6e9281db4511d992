"""A step in real accounts that its host cancels leaves nothing in the runner's temporary folder."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.pipelines.steps import STEPS

STEP = """set -eu
. "$STEPS/accounts.sh"
echo token > "$TMPDIR/kubeconfig1"
echo started
sleep 60
"""
"""Leaves a kubeconfig, as the plug-in of Kubernetes does, and waits for its end."""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_cancelled_step_leaves_no_kubeconfig(tmp_path: Path, number: signal.Signals) -> None:
    (python := tmp_path / "python").write_text("#!/bin/sh\n")
    python.chmod(0o755)
    (temporary := tmp_path / "temporary").mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TMPDIR": str(temporary)}
    environment |= {"PYTHON": str(python), "STEPS": str(STEPS)}
    with subprocess.Popen(
        ["sh", "-c", STEP],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell cannot trap what its parent ignores, as background jobs do SIGINT.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    ) as step:
        assert step.stdout is not None
        assert step.stdout.readline() == "started\n"
        os.killpg(step.pid, number)
        assert step.wait(timeout=60) == 128 + number
    assert [*temporary.iterdir()] == []
