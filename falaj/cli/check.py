"""`falaj check`: validate the settings of stacks, without an engine or network."""

import subprocess
import sys
from typing import Annotated

import typer

from falaj.cli.common import EXIT_INVALID, HERE, CommandError, JsonOption, ProjectOption, paths_of
from falaj.cli.progress import status

Stacks = Annotated[list[str] | None, typer.Option("--stack", "-s", help="Name of a stack; default: all stacks.")]


def check(stack: Stacks = None, json: JsonOption = False, project: ProjectOption = HERE) -> None:
    """Validate the settings of stacks. Each problem states its path, value, allowed values and fix.

    The program is not run: what it gives to components beside the settings, and the guardrails, are evaluated by
    `falaj preview`.
    """
    paths = paths_of(project)
    names = stack or paths.stacks()
    missing = [name for name in names if not paths.stack_file(name).is_file()]
    if not names:
        fix = "create Pulumi.<stack>.yaml, empty if the stack has no settings"
        raise CommandError(f"{paths.project}: no stack file; {fix}", EXIT_INVALID)
    if missing:
        existing = ", ".join(paths.stacks()) or "none"
        raise CommandError(f"no stack {missing[0]!r}: there are: {existing}", EXIT_INVALID)
    files = [str(paths.stack_file(name)) for name in names]
    command = [sys.executable, "-m", "falaj.components.settings.stackfile", "check", *files]
    with status("Reading the settings", spinner=False):
        done = subprocess.run(command + (["--json"] if json else []), cwd=paths.project, check=False)
    raise typer.Exit(done.returncode)
