"""Options, exit statuses and helpers that several commands share."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from falaj.cli.console import Output
from falaj.extras import MissingExtra, require

if TYPE_CHECKING:
    from falaj.sandbox.paths import Paths
    from falaj.sandbox.session import Session

EXIT_OK, EXIT_FAILED, EXIT_INVALID, EXIT_UNAVAILABLE = 0, 1, 2, 3
"""Exit statuses: success; an operation, guardrail or threshold failed; invalid input; a requirement is missing."""

out = Output()
err = Output(stderr=True)

StackOption = Annotated[str, typer.Option("--stack", "-s", help="Name of the stack, as in Pulumi.<stack>.yaml.")]
ProjectOption = Annotated[Path, typer.Option("--project", "-C", help="Folder of the Pulumi project, or one inside it.")]
MonthOption = Annotated[str, typer.Option("--month", help="Billing month, as 2026-11.")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="Last day with complete billing data: 2026-11-20; default: the last of the month if it has usage, else "
        "the day before the newest with usage.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]

HERE = Path()

RENAMED_OPTIONS = {
    "--vat-final": "--vat-non-recoverable",
    "--own": "--on-prem-machines",
    "--faster": "--speed-up",
}
"""Former name of an option -> its current name. Former names are accepted for one minor version."""


class RenamedOptions(TyperCommand):
    """A command that still accepts the former names of its options, with a deprecation warning on standard error."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Replaces former option names, then parses."""
        return super().parse_args(ctx, [_current_name(arg) for arg in args])


def _current_name(arg: str) -> str:
    name, equals, value = arg.partition("=")
    if name not in RENAMED_OPTIONS:
        return arg
    err.print(f"warning: {name} is deprecated: use {RENAMED_OPTIONS[name]}", style="yellow", highlight=False)
    return f"{RENAMED_OPTIONS[name]}{equals}{value}"


class CommandError(Exception):
    """A command cannot continue. The message is one sentence; `status` is the exit status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def paths_of(project: Path) -> "Paths":
    """Returns the paths of the Pulumi project. Raises `CommandError` outside a project."""
    from falaj.sandbox.paths import ProjectNotFound, find_project
    from falaj.sandbox.project_file import InvalidProject

    try:
        return find_project(project)
    except (ProjectNotFound, InvalidProject) as error:
        raise CommandError(str(error), EXIT_INVALID) from None


def require_extra(part: str, extra: str) -> None:
    """Raises `CommandError` if the extra that a part of Falaj needs is not installed."""
    try:
        require(part, extra)
    except MissingExtra as error:
        raise CommandError(str(error), EXIT_UNAVAILABLE) from None


def open_session(project: Path, stack: str | None = None, runs_program: bool = False) -> "Session":
    """Opens the sandbox of a project, and creates the stack in it if necessary.

    Raises `CommandError` if the engine or the extra `sandbox` is missing, if the stack has no settings file, or if the
    environment of the program is not there and the command runs it.
    """
    require_extra("the sandbox", "sandbox")
    return open_sandbox(paths_of(project), stack, runs_program)


def open_sandbox(paths: "Paths", stack: str | None = None, runs_program: bool = False) -> "Session":
    """Opens a sandbox, and creates the stack in it if necessary. Raises `CommandError` as `open_session` does."""
    from falaj.cli.progress import status
    from falaj.sandbox.deferred_checkpoints import discard_interrupted_up
    from falaj.sandbox.engines_at_work import EnginesAtWork
    from falaj.sandbox.python_environment import EnvironmentMissing
    from falaj.sandbox.session import EngineFailed, Session, UnknownStack
    from falaj.sandbox.toolchain import EngineNotFound

    try:
        with status("Opening the sandbox"):
            if discard_interrupted_up(paths):
                err.print("A first deployment was interrupted: its state and its emulated clouds were reset.")
            session = Session.open(
                paths, lambda sentence: err.print(sentence, style="dim", highlight=False, soft_wrap=True)
            )
            if stack is not None:
                session.ensure_stack(stack)
            if runs_program:
                session.require_runtime()
    except (UnknownStack, EnvironmentMissing) as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    except EnginesAtWork as error:
        raise CommandError(f"{error}; wait for its end, or `falaj recover --stop`", EXIT_UNAVAILABLE) from None
    except (EngineNotFound, EngineFailed) as error:
        raise CommandError(str(error), EXIT_UNAVAILABLE) from None
    return session


def run_operation(session: "Session", *arguments: str) -> bool:
    """Runs an operation of the engine, and returns whether it succeeded. Raises `CommandError` during a repair, and if
    the engine was killed."""
    from falaj.sandbox.engines_at_work import EnginesAtWork

    try:
        status = session.pulumi(*arguments).returncode
    except EnginesAtWork as error:
        raise CommandError(str(error), EXIT_UNAVAILABLE) from None
    if status < 0:
        repair = "" if arguments[0] == "preview" else "; run `falaj recover` for the stack"
        raise CommandError(f"the engine was killed (signal {-status}){repair}", EXIT_FAILED)
    return status == 0


def run_after_preview(
    session: "Session", name: str, stack: str, pack: Path | None = None, extra: Sequence[str] = ()
) -> bool:
    """Previews an operation, and runs it if its preview succeeds; returns whether both did. Raises as `run_operation`.

    Each by an engine of its own: one that does both, and is interrupted at the end of its preview, says that it cancels
    and then changes the clouds (Pulumi 3.259.0: `pkg/engine/deployment.go`, `run`, ignores what comes after the last
    step; measured on 2026-12-01 with a signal 0.1 s before the update).
    """
    from falaj.sandbox.session import operation

    if name == "up":
        preview = operation("preview", stack, pack=pack, extra=extra)
    else:
        preview = operation(name, stack, extra=[*extra, "--preview-only"])
    rest = operation(name, stack, pack=pack, extra=[*extra, "--skip-preview"])
    return run_operation(session, *preview) and run_operation(session, *rest)


def require_writable(folder: Path, option: str) -> None:
    """Raises `CommandError` if a folder that an option names cannot be made or written, before work that takes long."""
    nearest = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise CommandError(
            f"{option}: {folder}: {nearest} is no folder that can be written; name another", EXIT_INVALID
        )


def write_output(file: Path, text: str, option: str) -> None:
    """Writes the file that an option names. Raises `CommandError` if it cannot be written."""
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        sentence = f"{option}: {file}: {error.strerror or error}; name a file that can be written"
        raise CommandError(sentence, EXIT_INVALID) from None
