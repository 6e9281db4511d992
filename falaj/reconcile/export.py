"""Exports the state of a stack from the user's own backend, with the user's own engine and environment."""

import os
import subprocess
from pathlib import Path

from falaj.sandbox.toolchain import known_engine

SECONDS = 300
"""After which an export is given up: a state of 10,000 resources takes seconds."""


class ExportFailed(Exception):
    """The engine did not export the state. The message is one sentence."""


class NoSuchStack(ExportFailed):
    """The backend has no stack of this name."""


def export(stack: str, project: Path) -> str:
    """Returns the state as JSON, with its secrets encrypted. Raises `ExportFailed`. Changes nothing."""
    engine = known_engine()
    if engine is None:
        raise ExportFailed("there is no `pulumi` on PATH; install the Pulumi CLI, or give --state FILE")
    command = [str(engine.path), "stack", "export", "--stack", stack, "--non-interactive"]
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = subprocess.run(
            command,
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExportFailed(f"`pulumi stack export` did not end within {SECONDS} s; ask again") from None
    if done.returncode == 0:
        return done.stdout
    lines = [line.removeprefix("error: ") for line in done.stderr.splitlines() if line.strip()]
    reason = lines[0] if lines else "no reason given"
    # "no stack named 'x' found" and exit status 6: Pulumi CLI 3.259.0.
    if "no stack named" in reason:
        raise NoSuchStack(f"{reason}; choose another, or sign in to its backend with `pulumi login`")
    raise ExportFailed(f"`pulumi stack export` failed: {reason}; sign in with `pulumi login`, or give --state FILE")
