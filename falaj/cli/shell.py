"""`falaj shell`: a shell in which plain `pulumi` commands run against the emulated clouds."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from falaj.cli.common import HERE, ProjectOption, err, open_sandbox, open_session, require_extra
from falaj.cli.progress import status

if TYPE_CHECKING:
    from falaj.sandbox.session import Session


def shell(context: typer.Context, project: ProjectOption = HERE) -> None:
    """Open a shell in the sandbox, or run one command in it: `falaj shell -- pulumi preview --stack dev`."""
    with _session(project) as session:
        code = _run(session, context.args)
    raise typer.Exit(code)


@contextmanager
def _session(project: Path) -> "Iterator[Session]":
    """Opens the sandbox of the project; outside a project a temporary one, in which `pulumi new` makes a project."""
    require_extra("the sandbox", "sandbox")
    from falaj.sandbox.paths import Paths, ProjectNotFound, find_project

    try:
        find_project(project)
    except ProjectNotFound:
        with tempfile.TemporaryDirectory(prefix="falaj-sandbox-") as folder:
            yield open_sandbox(Paths(project.resolve(), Path(folder)))
    else:
        yield open_session(project)


def _run(session: "Session", arguments: list[str]) -> int:
    """Runs a command, or a shell without arguments; returns its exit status."""
    with status("Creating the stacks"):
        for stack in session.paths.stacks():
            session.ensure_stack(stack)
    command = arguments or [os.environ.get("SHELL", "/bin/sh")]
    if not arguments:
        err.print(f"The sandbox: Pulumi {session.engine.version} ({session.engine.how}), emulated clouds, no account.")
        err.print("Try: pulumi preview --stack prod-uae --policy-pack policy_pack. Leave with `exit`.")
    try:
        done = subprocess.run(command, cwd=session.paths.project, env=session.environment, check=False)
    except FileNotFoundError:
        err.print(f"falaj: no program {command[0]!r} in the sandbox's PATH")
        return 127
    return done.returncode
