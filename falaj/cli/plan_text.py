"""Reads the plan that a command evaluates."""

from pathlib import Path

from falaj.cli.bill_options import input_of
from falaj.cli.common import EXIT_FAILED, CommandError


def plan_text(stack: str, plan: str | None, project: Path) -> str:
    """Returns the plan as JSON: from standard input, a file or a sandbox preview. Raises `BadInput`, `CommandError`."""
    if plan is not None:
        return input_of(plan)
    from falaj.cli.common import open_session
    from falaj.cli.progress import status
    from falaj.sandbox.session import operation

    session = open_session(project, stack, runs_program=True)
    with status(f"Previewing {stack}"):
        done = session.pulumi(*operation("preview", stack, extra=["--json", "--show-sames"]), quiet=True)
    if done.returncode != 0:
        raise CommandError(
            f"the preview of {stack} failed; run `falaj preview --stack {stack}` to see why", EXIT_FAILED
        )
    return done.stdout
