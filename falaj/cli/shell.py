"""`falaj shell`: a shell in which plain `pulumi` commands run against the emulated clouds."""

import os
import subprocess

import typer

from falaj.cli.common import HERE, ProjectOption, err, open_session
from falaj.cli.progress import status


def shell(context: typer.Context, project: ProjectOption = HERE) -> None:
    """Open a shell in the sandbox, or run one command in it: `falaj shell -- pulumi preview --stack dev`."""
    session = open_session(project)
    with status("Creating the stacks"):
        for stack in session.paths.stacks():
            session.ensure_stack(stack)
    command = context.args or [os.environ.get("SHELL", "/bin/sh")]
    if not context.args:
        err.print(f"The sandbox: Pulumi {session.engine.version} ({session.engine.how}), emulated clouds, no account.")
        err.print("Try: pulumi preview --stack prod-uae --policy-pack policy_pack. Leave with `exit`.")
    try:
        done = subprocess.run(command, cwd=session.paths.project, env=session.environment, check=False)
    except FileNotFoundError:
        err.print(f"falaj: no program {command[0]!r} in the sandbox's PATH")
        raise typer.Exit(127) from None
    raise typer.Exit(done.returncode)
