"""All command groups in one place."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from falaj.cli import (
    bill,
    check,
    comment,
    components,
    controlling,
    drift,
    engine,
    experiment,
    guardrails,
    guardrails_export,
    guardrails_review,
    inventory,
    lab,
    machines,
    preflight,
    prices,
    queues,
    recover,
    report,
    rights,
    rightsize,
    shell,
    showback,
    simulate,
    toolchain,
    tour,
)
from falaj.cli.common import EXIT_OK, RenamedOptions
from falaj.cli.version import show_versions

# Without Rich, the help of Typer cuts no name of an option, however narrow the terminal is.
app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def falaj(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the versions of falaj, Pulumi and Python.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the versions as JSON.")] = False,
) -> None:
    """Cost-optimised AI/ML platforms in the UAE: validate, preview, estimate and deploy in emulated clouds."""
    if version:
        show_versions(json)
        raise typer.Exit(EXIT_OK)
    if context.invoked_subcommand is None or json:
        context.fail("--json without a command belongs to --version; a command's own --json follows its name")


app.command()(check.check)
app.command()(preflight.preflight)
app.command(cls=RenamedOptions)(bill.bill)
app.command(cls=RenamedOptions)(report.verdict)
app.command()(comment.comment)
app.command()(rights.rights)
app.command()(engine.preview)
app.command()(engine.up)
app.command()(engine.refresh)
app.command()(engine.destroy)
app.command()(drift.drift)
app.command()(recover.recover)
guardrails.app.command()(guardrails_export.cloud_policies)
guardrails.app.command()(guardrails_review.review)
app.add_typer(guardrails.app, name="guardrails")
app.add_typer(components.app, name="components")
app.add_typer(inventory.app, name="inventory")
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(shell.shell)
app.add_typer(lab.app, name="lab")
app.add_typer(prices.app, name="prices")
app.command()(machines.machines)
app.add_typer(rightsize.app, name="rightsize")
app.add_typer(experiment.app, name="experiment")
app.command()(showback.showback)
app.add_typer(controlling.app, name="controlling")
app.command()(simulate.simulate)
app.command()(queues.queues)
app.command()(tour.tour)
app.command()(toolchain.engine)


def _help_of(function: Callable[..., Any] | None) -> str:
    """Returns a docstring with each paragraph in one line."""
    return "\n\n".join(" ".join(part.split()) for part in (inspect.getdoc(function) or "").split("\n\n"))


def _fold_help(group: typer.Typer) -> None:
    """Lets the help of a group and its commands fold at the width of the terminal: the line breaks of docstrings would
    stay, and a list of commands would cut each summary at the end of its line (typer 0.29.2, `TyperGroup`)."""
    for command in group.registered_commands:
        command.help = _help_of(command.callback)
        command.short_help = command.help.partition("\n")[0]
    for within in group.registered_groups:
        if inner := within.typer_instance:
            callback = inner.registered_callback
            within.short_help = inner.info.help or _help_of(callback.callback if callback else None)
            _fold_help(inner)


_fold_help(app)
