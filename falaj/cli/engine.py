"""`falaj preview|up|refresh|destroy`: Pulumi operations in the sandbox."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_OK,
    HERE,
    ProjectOption,
    StackOption,
    open_session,
    run_after_preview,
    run_operation,
)
from falaj.cli.pack import PackFolderOption, PackOption, chosen_pack
from falaj.cli.progress import status

Json = Annotated[bool, typer.Option("--json", help="Print the engine's JSON output.")]


def preview(
    stack: StackOption,
    pack: PackOption = True,
    policy_pack: PackFolderOption = None,
    json: Json = False,
    project: ProjectOption = HERE,
) -> None:
    """Preview a stack in the emulated clouds and evaluate the policy pack. Changes nothing."""
    _run("preview", stack, project, ["--json"] if json else [], pack, policy_pack)


def up(
    stack: StackOption,
    pack: PackOption = True,
    policy_pack: PackFolderOption = None,
    json: Json = False,
    project: ProjectOption = HERE,
) -> None:
    """Deploy a stack to the emulated clouds if the policy pack allows it."""
    _run("up", stack, project, ["--json"] if json else [], pack, policy_pack)


def refresh(stack: StackOption, json: Json = False, project: ProjectOption = HERE) -> None:
    """Refresh the stack's state from the emulated clouds."""
    _run("refresh", stack, project, ["--json"] if json else [])


def destroy(stack: StackOption, json: Json = False, project: ProjectOption = HERE) -> None:
    """Delete all resources of a stack. Protected ones first need `protect: false` and another `up`."""
    _run("destroy", stack, project, ["--json"] if json else [])


def _run(name: str, stack: str, project: Path, extra: list[str], pack: bool = False, given: Path | None = None) -> None:
    """Runs an engine operation in the sandbox, then exits: 0 if it succeeded, otherwise 1."""
    from falaj.sandbox.session import operation

    session = open_session(project, stack, runs_program=name in ("preview", "up"))
    folder = chosen_pack(session.paths.project, given, pack)
    # JSON is printed at the end.
    with status(f"Running {name} on {stack}", spinner=False) if extra else nullcontext():
        if name == "preview":
            succeeded = run_operation(session, *operation(name, stack, pack=folder, extra=extra))
        else:
            succeeded = run_after_preview(session, name, stack, folder, extra)
    raise typer.Exit(EXIT_OK if succeeded else EXIT_FAILED)
