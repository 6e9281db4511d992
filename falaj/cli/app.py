"""All command groups in one place."""

from typing import Annotated

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

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


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
