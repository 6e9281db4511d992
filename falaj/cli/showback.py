"""`falaj showback`: actual cost of a month by business unit, from the billing exports of all sites."""

import json as json_format
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.analysis import require_libraries
from falaj.cli.bill_options import day_of, month_of
from falaj.cli.common import EXIT_FAILED, EXIT_OK, AsOfOption, JsonOption, MonthOption, out
from falaj.cli.cost_command import cost_command
from falaj.cli.fx_options import ExchangeOptions, pair
from falaj.cli.progress import status

if TYPE_CHECKING:
    from falaj.finops.showback.report import ShowbackReport
    from falaj.finops.usage_model import SharedCost

FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        help="FOCUS exports (CSV, gzip, Parquet; files or folders), estimates (JSON of `falaj bill --json`)."
    ),
]
BudgetsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--budget", help="Monthly budget in AED: unit=60000 for a business unit, 150000 for all; default: none."
    ),
]
SharedOption = Annotated[
    str, typer.Option("--shared", help="How shared cost is allocated: none, direct, even or weights.")
]
WeightsOption = Annotated[
    list[str] | None, typer.Option("--weight", help="Allocation weight of a business unit: unit=2; default: none.")
]
CommonOption = Annotated[
    list[str] | None, typer.Option("--common", help="Business unit whose cost is shared by all; default: none.")
]
UtilisationOption = Annotated[
    Path | None,
    typer.Option(
        "--utilisation", help="Utilisation of the machines (CSV): `busy`, 0 to 1, by any dimensions; default: none."
    ),
]
MarkdownOption = Annotated[bool, typer.Option("--markdown", help="Print Markdown.")]
OverOption = Annotated[
    bool, typer.Option("--refuse-over-budget", help="Exit with 1 if a budget is forecast to be exceeded.")
]
AnomalyOption = Annotated[bool, typer.Option("--refuse-anomalies", help="Exit with 1 if a cost anomaly is detected.")]


@cost_command
def showback(
    files: FilesArgument,
    month: MonthOption,
    exchange: ExchangeOptions,
    as_of: AsOfOption = None,
    budget: BudgetsOption = None,
    shared: SharedOption = "none",
    weight: WeightsOption = None,
    common: CommonOption = None,
    utilisation: UtilisationOption = None,
    refuse_over_budget: OverOption = False,
    refuse_anomalies: AnomalyOption = False,
    markdown: MarkdownOption = False,
    json: JsonOption = False,
) -> None:
    """Report the cost of a month by business unit, with idle cost, anomalies and forecast."""
    require_libraries("duckdb", "numpy", "scipy", "statsmodels")
    from falaj.finops.showback.charges import load
    from falaj.finops.showback.report import ShowbackQuery, report
    from falaj.finops.showback.utilisation import load as load_busy

    query = ShowbackQuery(
        month=month_of(month),
        exchange=exchange.exchange(),
        shared=_shared_cost(shared, weight or []),
        common=tuple(common or ()),
        budgets=_budgets(budget or []),
        measured=load_busy(utilisation),
        as_of=None if as_of is None else day_of(as_of, "--as-of"),
    )
    with status(f"Reading {', '.join(map(str, files))}"), load(files) as charges:
        result = report(charges, replace(query, exchange=query.exchange.covering(charges.every_month)))
    _show(result, json, markdown)
    over = refuse_over_budget and any(burn.over for burn in result.burn_downs)
    raise typer.Exit(EXIT_FAILED if over or (refuse_anomalies and result.anomalies) else EXIT_OK)


def _show(result: "ShowbackReport", json: bool, markdown: bool) -> None:
    from falaj.finops.showback.document import document
    from falaj.finops.showback.markdown import markdown as as_markdown

    if json:
        out.file.write(json_format.dumps(document(result), indent=1) + "\n")
    elif markdown:
        out.file.write(as_markdown(result))
    else:
        _show_tables(result)


def _show_tables(result: "ShowbackReport") -> None:
    from falaj.finops.report.terminal import show_rows, show_table
    from falaj.finops.showback.summary import headline, rows
    from falaj.finops.showback.tables import tables

    out.print(headline(result), style="bold", highlight=False, markup=False)
    show_rows(out, rows(result))
    for note in result.notes:
        out.print(f"note: {note}", style="yellow", highlight=False, markup=False)
    for table in tables(result):
        show_table(out, table)


def _shared_cost(by: str, weights: list[str]) -> "SharedCost":
    """Parses the options `--shared` and `--weight`. Raises `BadInput`."""
    from falaj.finops.errors import BadInput
    from falaj.finops.usage import checked
    from falaj.finops.usage_model import SharedCost

    result = checked(SharedCost, {"by": by, "weights": dict(pair(text, "--weight") for text in weights)}, "--shared")
    if result.weights and result.by != "weights":
        raise BadInput("--weight", "is used by --shared weights only")
    return result


def _budgets(texts: list[str]) -> dict[str, Decimal]:
    """Parses the option `--budget` into scope -> AED per month. Raises `BadInput`."""
    from falaj.finops.errors import BadInput
    from falaj.finops.showback.budget import ALL

    result: dict[str, Decimal] = {}
    for text in texts:
        scope, limit = pair(text if "=" in text else f"{ALL}={text}", "--budget")
        if not (limit.is_finite() and limit > 0):
            raise BadInput("--budget", f"a budget must be more than zero, not {limit}")
        if scope in result:
            raise BadInput("--budget", f"{scope!r} has two budgets, {result[scope]} and {limit}")
        result[scope] = limit
    return result
