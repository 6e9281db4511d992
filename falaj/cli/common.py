"""What the commands share: their options, their messages, the way to a sandbox."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from falaj.extras import MissingExtra, require

if TYPE_CHECKING:
    from falaj.sandbox.paths import Paths
    from falaj.sandbox.session import Session

GOOD, REFUSED, WRONG, UNABLE = 0, 1, 2, 3

out = Console()
err = Console(stderr=True)

StackOption = Annotated[str, typer.Option("--stack", "-s", help="The stack: Pulumi.<stack>.yaml holds its settings.")]
ProjectOption = Annotated[Path, typer.Option("--project", "-C", help="A folder in the Pulumi project.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of tables for people.")]

HERE = Path()


class Refused(Exception):
    """A command that cannot go on; `status` is the exit status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def paths_of(project: Path) -> "Paths":
    """The project's paths; `Refused` outside a project."""
    from falaj.sandbox.paths import ProjectNotFound, find_project

    try:
        return find_project(project)
    except ProjectNotFound as lost:
        raise Refused(str(lost), WRONG) from None


def need(part: str, extra: str) -> None:
    """`Refused` where an extra is not installed that a part of Falaj needs."""
    try:
        require(part, extra)
    except MissingExtra as missing:
        raise Refused(str(missing), UNABLE) from None


def open_session(project: Path, stack: str | None = None) -> "Session":
    """A ready sandbox, with the stack made; `Refused` where there is no engine, no such stack or no extra `sandbox`."""
    need("the sandbox", "sandbox")
    from falaj.sandbox.deferred_checkpoints import discard_interrupted_up
    from falaj.sandbox.session import EngineFailed, Session, UnknownStack
    from falaj.sandbox.toolchain import EngineNotFound

    paths = paths_of(project)
    if discard_interrupted_up(paths):
        err.print("A first deployment was cut off here: its state and its emulated clouds are emptied.")
    try:
        session = Session.open(
            paths, lambda sentence: err.print(sentence, style="dim", highlight=False, soft_wrap=True)
        )
        if stack is not None:
            session.ensure_stack(stack)
    except UnknownStack as unknown:
        raise Refused(str(unknown), WRONG) from None
    except (EngineNotFound, EngineFailed) as missing:
        raise Refused(str(missing), UNABLE) from None
    return session
