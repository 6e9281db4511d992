"""`falaj preview|up|refresh|destroy`: the engine's operations in the sandbox, as a pipeline would call them."""

from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.common import GOOD, HERE, REFUSED, ProjectOption, StackOption, open_session
from falaj.cli.pack import pack_of

Pack = Annotated[bool, typer.Option("--pack/--no-pack", help="Judge by the policy pack (the default) or go without.")]
Json = Annotated[bool, typer.Option("--json", help="Print the engine's JSON instead of its display.")]


def preview(stack: StackOption, pack: Pack = True, json: Json = False, project: ProjectOption = HERE) -> None:
    """Plan a stack in the emulated clouds and let the policy pack judge it. Changes nothing."""
    _run("preview", stack, project, pack, ["--json"] if json else [])


def up(stack: StackOption, pack: Pack = True, json: Json = False, project: ProjectOption = HERE) -> None:
    """Deploy a stack into the emulated clouds, after the policy pack has let it through."""
    _run("up", stack, project, pack, ["--json"] if json else [])


def refresh(stack: StackOption, json: Json = False, project: ProjectOption = HERE) -> None:
    """Read what the emulated clouds have into the stack's state."""
    _run("refresh", stack, project, False, ["--json"] if json else [])


def destroy(stack: StackOption, project: ProjectOption = HERE) -> None:
    """Delete all that a stack made. What is protected refuses: set `protect: false` and run `up` first."""
    _run("destroy", stack, project, False, [])


def _run(name: str, stack: str, project: Path, pack: bool, extra: list[str]) -> None:
    from falaj.sandbox.session import operation

    session = open_session(project, stack)
    folder = pack_of(session.paths.project) if pack else None
    done = session.pulumi(*operation(name, stack, pack=folder, extra=extra))
    raise typer.Exit(GOOD if done.returncode == 0 else REFUSED)
