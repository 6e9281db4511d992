"""`falaj preview|up|refresh|destroy`: Pulumi operations in the sandbox."""

from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.common import EXIT_FAILED, EXIT_OK, HERE, ProjectOption, StackOption, open_session
from falaj.cli.pack import pack_of

Pack = Annotated[bool, typer.Option("--pack/--no-pack", help="Evaluate the policy pack (default) or skip it.")]
Json = Annotated[bool, typer.Option("--json", help="Print the engine's JSON output.")]


def preview(stack: StackOption, pack: Pack = True, json: Json = False, project: ProjectOption = HERE) -> None:
    """Preview a stack in the emulated clouds and evaluate the policy pack. Changes nothing."""
    _run("preview", stack, project, pack, ["--json"] if json else [])


def up(stack: StackOption, pack: Pack = True, json: Json = False, project: ProjectOption = HERE) -> None:
    """Deploy a stack to the emulated clouds if the policy pack allows it."""
    _run("up", stack, project, pack, ["--json"] if json else [])


def refresh(stack: StackOption, json: Json = False, project: ProjectOption = HERE) -> None:
    """Refresh the stack's state from the emulated clouds."""
    _run("refresh", stack, project, False, ["--json"] if json else [])


def destroy(stack: StackOption, project: ProjectOption = HERE) -> None:
    """Delete all resources of a stack. Protected ones first need `protect: false` and another `up`."""
    _run("destroy", stack, project, False, [])


def _run(name: str, stack: str, project: Path, pack: bool, extra: list[str]) -> None:
    """Runs an engine operation in the sandbox, then exits: 0 if it succeeded, otherwise 1."""
    from falaj.sandbox.session import operation

    session = open_session(project, stack, runs_program=name in ("preview", "up"))
    folder = pack_of(session.paths.project) if pack else None
    done = session.pulumi(*operation(name, stack, pack=folder, extra=extra))
    raise typer.Exit(EXIT_OK if done.returncode == 0 else EXIT_FAILED)
