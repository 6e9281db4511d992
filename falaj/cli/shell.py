"""`falaj shell`: a shell in which plain `pulumi` commands run against the emulated clouds."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from falaj.cli.common import HERE, ProjectOption, err, open_sandbox, open_session, require_extra
from falaj.cli.pack import pack_of
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


def _hint(project: Path, stacks: list[str]) -> str:
    """Returns a command to try, with a stack and the policy pack of the project."""
    preview = f"Try: pulumi preview --stack {stacks[0]} --policy-pack {pack_of(project)}. " if stacks else ""
    return f"{preview}Leave with `exit`."


def _run(session: "Session", arguments: list[str]) -> int:
    """Runs a command, or a shell without arguments; returns its exit status."""
    from falaj.sandbox.engine_process import run_program

    with status("Creating the stacks"):
        for stack in session.paths.stacks():
            session.ensure_stack(stack)
    command = arguments or [os.environ.get("SHELL", "/bin/sh")]
    if not arguments:
        err.print(f"The sandbox: Pulumi {session.engine.version} ({session.engine.how}), emulated clouds, no account.")
        err.print(_hint(session.paths.project, session.paths.stacks()), highlight=False, soft_wrap=True)
    try:
        return run_program(command, session.paths.project, session.environment)
    except FileNotFoundError:
        err.print(f"falaj: no program {command[0]!r} in the sandbox's PATH")
        return 127
