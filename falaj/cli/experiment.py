"""`falaj experiment`: which of two variants to run, from measurements or from a trace replay."""

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.analysis import require_libraries
from falaj.cli.bill_options import ConfirmPercentOption, ConfirmRateOption, RateOption, SpreadOption, rates_of
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError, JsonOption, RenamedOptions, out
from falaj.cli.progress import status

app = typer.Typer(
    no_args_is_help=True,
    help="A/B experiments on inference cost: decide from measurements, or replay a trace before a rollout.",
)

RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        help="Metric of the experiment and its guard metrics (YAML); default: cost of a request, usual margins.",
    ),
]


@app.command()
def verdict(
    file: Annotated[Path, typer.Argument(help="Measurements: CSV, JSON, or the response of a Prometheus range query.")],
    rules: RulesOption = None,
    json: JsonOption = False,
) -> None:
    """Decide whether to promote the candidate, keep the baseline or continue measuring.

    The decision is valid however often it is requested (sequential testing), and uses whole days only: at least a week.
    """
    require_libraries("numpy", "scipy")
    from falaj.finops.errors import BadInput
    from falaj.finops.experiment.document import document
    from falaj.finops.experiment.reading import load
    from falaj.finops.experiment.rules import load as load_rules
    from falaj.finops.experiment.verdict import judge

    try:
        with status(f"Reading {file}"):
            result = judge(*load(file, None if rules is None else load_rules(rules)))
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    if json:
        out.file.write(json_format.dumps(document(result), indent=1) + "\n")
    else:
        from falaj.cli.experiment_tables import show_verdict

        show_verdict(out, result)


@app.command(cls=RenamedOptions)
def replay(
    trace: Annotated[Path, typer.Argument(help="Request trace (CSV): TIMESTAMP, ContextTokens, GeneratedTokens.")],
    assume: Annotated[
        Path, typer.Option("--assume", help="Assumptions on the speed, price and autoscaler of each variant (YAML).")
    ],
    speed_up: Annotated[
        float, typer.Option("--speed-up", min=0.001, max=1000, help="Factor on the request rate.")
    ] = 1.0,
    break_even: Annotated[
        bool, typer.Option("--break-even", help="Find the request rate at which both variants cost the same.")
    ] = False,
    rate: RateOption = None,
    spread: SpreadOption = "0",
    confirm_rate: ConfirmRateOption = False,
    confirm_percent: ConfirmPercentOption = False,
    json: JsonOption = False,
) -> None:
    """Forecast cost and latency of each variant by replaying a trace, under stated assumptions.

    Ends with exit status 1 if no variant meets the latency limit of the assumptions.
    """
    require_libraries("numpy", "simpy")
    from falaj.finops.errors import BadInput
    from falaj.finops.experiment.assumptions import load as load_assumptions
    from falaj.finops.experiment.forecast import document, forecast_variants
    from falaj.finops.experiment.trace import load

    try:
        rates = rates_of({}, rate, spread, confirm_rate=confirm_rate, confirm_percent=confirm_percent)
        with status(f"Replaying {trace}"):
            result = forecast_variants(load(trace, speed_up), load_assumptions(assume), search=break_even)
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    if json:
        out.file.write(json_format.dumps(document(result, rates.aed), indent=1) + "\n")
    else:
        from falaj.cli.experiment_tables import show_replay

        show_replay(out, result, rates.aed)
    raise typer.Exit(EXIT_OK if result.best else EXIT_FAILED)
