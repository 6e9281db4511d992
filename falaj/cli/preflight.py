"""`falaj preflight`: what the accounts of a stack would refuse, asked before the first deployment."""

import json as json_format
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.bill_options import PlanOption
from falaj.cli.common import (
    EXIT_INVALID,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    StackOption,
    err,
    out,
    paths_of,
    require_extra,
)

if TYPE_CHECKING:
    from pathlib import Path

    from falaj.components.settings.stack import Settings

Seconds = Annotated[
    float, typer.Option("--seconds", min=1, help="Maximum duration in seconds; what is then open is `unknown`.")
]


def preflight(
    stack: StackOption,
    json: JsonOption = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a Markdown table.")] = False,
    fix_commands: Annotated[
        bool, typer.Option("--fix-commands", help="Print only the aws and az commands that change what is refused.")
    ] = False,
    seconds: Seconds = 120,
    plan: PlanOption = None,
    project: ProjectOption = HERE,
) -> None:
    """Ask the accounts of a stack, read-only, for what would be refused: permissions, quotas, machine types, versions.

    The permissions are those of the plan: without --plan the stack is previewed in the emulated clouds.

    Exit status: 0 if nothing will be refused, 1 if something will be, 3 if no question was answered.
    """
    require_extra("preflight", "preflight")
    from falaj.cli.preflight_needs import PlanNeeds
    from falaj.preflight import tables
    from falaj.preflight.checks import run_checks
    from falaj.preflight.rows import exit_status
    from falaj.preflight.stack import stack_checks

    settings = _settings(paths_of(project).stack_file(stack), stack)
    checks = stack_checks(stack, settings, PlanNeeds(stack, plan, project).needs())
    if not checks:
        raise CommandError(f"stack {stack!r} has no site on a cloud: there is no account to ask", EXIT_INVALID)
    rows = run_checks(checks, seconds, _show_progress)
    if json:
        out.print_json(json_format.dumps([row.document() for row in rows]))
    elif markdown:
        print(tables.markdown(rows))
    elif fix_commands:
        print("\n".join(tables.commands(rows)))
    else:
        out.print(tables.table(rows))
        print(tables.summary(rows))
    raise typer.Exit(exit_status(rows))


def _settings(path: "Path", stack: str) -> "Settings":
    from falaj.components.settings.load import SettingsRefused
    from falaj.preflight.stack import NoPlatform, read

    if not path.is_file():
        raise CommandError(f"no stack {stack!r}: {path.name} does not exist", EXIT_INVALID)
    try:
        return read(path)
    except (NoPlatform, SettingsRefused) as error:
        raise CommandError(str(error), EXIT_INVALID) from None


def _show_progress(done: int, total: int, finished: str) -> None:
    """Prints one line on standard error for each check that is finished."""
    line = f"{done}/{total} {finished}" if finished else f"Asking the accounts: {total} checks"
    err.print(line, style="dim", highlight=False, markup=False)
