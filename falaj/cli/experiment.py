"""`falaj experiment`: which of two variants to run, from measurements or from the replay of a trace."""

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.analysis import needs
from falaj.cli.bill_options import RateOption, SpreadOption, rates_of
from falaj.cli.common import GOOD, REFUSED, WRONG, JsonOption, Refused, out

app = typer.Typer(no_args_is_help=True, help="Two variants of one service: the verdict, and a replay before a rollout.")

RulesOption = Annotated[Path | None, typer.Option("--rules", help="What is measured and what may get worse (YAML).")]


@app.command()
def verdict(
    file: Annotated[Path, typer.Argument(help="Measurements: CSV, JSON, or the answer of a Prometheus range query.")],
    rules: RulesOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether to promote the candidate, keep the baseline or go on measuring. It may be asked every hour."""
    needs("numpy")
    from falaj.finops.errors import BadInput
    from falaj.finops.experiment.document import document
    from falaj.finops.experiment.reading import load
    from falaj.finops.experiment.rules import load as load_rules
    from falaj.finops.experiment.verdict import judge

    try:
        result = judge(*load(file, None if rules is None else load_rules(rules)))
    except BadInput as bad:
        raise Refused(str(bad), WRONG) from None
    if json:
        out.file.write(json_format.dumps(document(result), indent=1) + "\n")
    else:
        from falaj.cli.experiment_tables import show_verdict

        show_verdict(out, result)


@app.command()
def replay(
    trace: Annotated[Path, typer.Argument(help="Requests: TIMESTAMP, ContextTokens, GeneratedTokens (CSV).")],
    assume: Annotated[Path, typer.Option("--assume", help="Speed, price and autoscaler of each variant (YAML).")],
    faster: Annotated[float, typer.Option("--faster", min=0.001, max=1000, help="Requests so much closer.")] = 1.0,
    break_even: Annotated[
        bool, typer.Option("--break-even", help="Look for the rate at which the variants cost the same.")
    ] = False,
    rate: RateOption = None,
    spread: SpreadOption = "0",
    json: JsonOption = False,
) -> None:
    """Say before a rollout what each variant would have done with a trace, under assumptions that are printed.

    The exit status is 1 where no variant keeps the limit of the assumptions.
    """
    needs("numpy", "simpy")
    from falaj.finops.errors import BadInput
    from falaj.finops.experiment.assumptions import load as load_assumptions
    from falaj.finops.experiment.forecast import document, forecast_variants
    from falaj.finops.experiment.trace import load

    try:
        rates = rates_of({}, rate, spread)
        result = forecast_variants(load(trace, faster), load_assumptions(assume), search=break_even)
    except BadInput as bad:
        raise Refused(str(bad), WRONG) from None
    if json:
        out.file.write(json_format.dumps(document(result, rates.aed), indent=1) + "\n")
    else:
        from falaj.cli.experiment_tables import show_replay

        show_replay(out, result, rates.aed)
    raise typer.Exit(GOOD if result.best else REFUSED)
