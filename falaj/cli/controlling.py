"""`falaj controlling`: VAT, budgets, journal lines and reconciliation of invoices, from billing exports."""

import json as json_format
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from falaj.cli.analysis import require_libraries
from falaj.cli.bill_options import day_of, decimal_of, month_of
from falaj.cli.common import EXIT_FAILED, EXIT_OK, AsOfOption, JsonOption, MonthOption, err, out
from falaj.cli.cost_command import cost_command
from falaj.cli.fx_options import ExchangeOptions, PolicyOptions
from falaj.cli.progress import status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from falaj.finops.controlling.charges import MonthCharges
    from falaj.finops.controlling.settings import Controlling
    from falaj.finops.showback.exchange import Exchange, FxRate

app = typer.Typer(no_args_is_help=True, help="VAT, budgets, journal lines and reconciliation of invoices.")

FilesArgument = Annotated[list[Path], typer.Argument(help="Billing exports, as of `falaj showback`.")]
SettingsOption = Annotated[
    Path, typer.Option("--controlling", help="Controlling file (YAML): suppliers, recipient, accounts, cost centres.")
]
OptionalSettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--controlling", help="Controlling file (YAML), which states the VAT treatment; default: none or 5 %."
    ),
]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
BudgetsOption = Annotated[Path, typer.Option("--budgets", help="Budgets by cost centre, business unit and project.")]
OverOption = Annotated[
    bool, typer.Option("--refuse-over-budget", help="Exit with 1 if a budget is forecast to be exceeded.")
]
KindOption = Annotated[str, typer.Option("--kind", help="accrual (with its reversal), invoice or chargeback.")]
RevisionOption = Annotated[
    int, typer.Option("--revision", min=1, max=99, help="2 and higher: replaces a posted journal of the month.")
]
InvoiceFileOption = Annotated[Path, typer.Option("--invoice-file", help="The supplier's invoice (YAML).")]
LinesOption = Annotated[
    Path | None,
    typer.Option("--invoice-lines", help="Lines of the invoice (CSV: account, service, net); default: the total only."),
]
ToleranceOption = Annotated[
    str, typer.Option("--tolerance", help="Unexplained difference that is accepted, in the invoice's currency.")
]


@app.callback()
def controlling() -> None:
    """VAT, budgets, journal lines and reconciliation of invoices."""


@dataclass(frozen=True)
class _Input:
    """The exports of a month, and the exchange rates of its charges."""

    month: "MonthCharges"
    exchange: "Exchange"

    @property
    def fx(self) -> "FxRate":
        return self.exchange.figure(self.month.period.as_of)


def _read(files: list[Path], month: str, as_of: str | None, exchange: "Exchange") -> _Input:
    """Reads the exports. Raises `BadInput`."""
    require_libraries("duckdb")
    from falaj.finops.controlling.charges import read

    day = None if as_of is None else day_of(as_of, "--as-of")
    with status(f"Reading {', '.join(map(str, files))}"):
        charges = read(files, month_of(month), day)
        return _Input(charges, exchange.covering(lambda: charges.charges))


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...], text: tuple[str, ...]) -> None:
    """Prints some columns as a table; on a terminal of any width, nothing is cut."""
    from rich.table import Column, Table

    headers = [Column(name.replace("_", " "), justify="left" if name in text else "right") for name in columns]
    table = Table(*headers, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(str(row[name]) for name in columns))
    out.print_table(table, prose="note")


def _say(sentence: str) -> None:
    out.print(sentence, highlight=False, soft_wrap=True)


def _say_notes(notes: "Iterable[str]") -> None:
    for note in notes:
        err.print(f"note: {note}", highlight=False, markup=False, soft_wrap=True)


def _absent(given: _Input, settings: "Controlling") -> list[str]:
    """Returns a note for each supplier of the controlling file without a charge of the month: a report without one
    cloud looks complete.
    """
    from falaj.finops.controlling.suppliers import by_supplier

    found = {charge.provider for charge in by_supplier(given.month.charges, given.month.period, settings)}
    month = f"{given.month.period.first:%Y-%m}"
    return [f"no charge of the supplier {name} in {month}" for name in settings.suppliers if name not in found]


def _print(rows: list[dict[str, Any]], document: dict[str, Any], json: bool, csv: bool) -> bool:
    """Prints JSON or CSV; returns whether it did."""
    from falaj.finops.controlling.outputs import as_csv

    if json:
        out.file.write(json_format.dumps(document, indent=1) + "\n")
    elif csv:
        out.file.write(as_csv(rows))
    return json or csv


@app.command()
@cost_command
def vat(
    files: FilesArgument,
    month: MonthOption,
    exchange: ExchangeOptions,
    controlling: SettingsOption,
    as_of: AsOfOption = None,
    csv: CsvOption = False,
    json: JsonOption = False,
) -> None:
    """Show the VAT of each supplier: on its invoice or by reverse charge, what is recovered, paid, and remains as cost.

    The net amount is the billed cost of the billing period.
    """
    from falaj.finops.controlling.outputs import vat_rows
    from falaj.finops.controlling.settings import read
    from falaj.finops.controlling.vat import figures, tax_in_export

    settings = read(controlling)
    given = _read(files, month, as_of, exchange.exchange())
    result = figures(given.month.charges, given.month.period, given.exchange, settings)
    rows = vat_rows(result, tax_in_export(given.month.charges, given.month.period, given.exchange, settings), given.fx)
    document = {"format": "falaj-vat/1", "month": month, "trn": settings.recipient.trn, "suppliers": rows}
    if not _print(rows, document, json, csv):
        columns = (
            "provider", "treatment", "net", "vat_on_invoice", "output_vat", "input_vat", "paid_to_supplier",
            "paid_to_authority", "cost",
        )  # fmt: skip
        _say(f"{month} in AED; {given.fx}")
        _table(rows, columns, ("provider", "treatment"))
        for provider, item in result.items():
            entity = item.entity
            _say(f"{provider}: {entity.name} ({entity.source}, {entity.source_date})")
    _say_notes([*given.month.notes, *_absent(given, settings)])


@app.command()
@cost_command
def budgets(
    files: FilesArgument,
    month: MonthOption,
    exchange: ExchangeOptions,
    budgets: BudgetsOption,
    as_of: AsOfOption = None,
    refuse_over_budget: OverOption = False,
    csv: CsvOption = False,
    json: JsonOption = False,
) -> None:
    """Compare budget, actual cost and forecast of a month by cost centre, business unit and project, without VAT."""
    require_libraries("numpy", "scipy", "statsmodels")
    from falaj.finops.controlling.budgets import budget_report, read
    from falaj.finops.controlling.outputs import budget_rows

    limits = read(budgets)
    given = _read(files, month, as_of, exchange.exchange())
    result = budget_report(given.month.charges, given.month.period, given.exchange, limits)
    rows = budget_rows(result, given.fx)
    notes = [*given.month.notes, *(f"no charge has the {name}" for name in result.unused)]
    document = {"format": "falaj-budgets/1", "month": month, "lines": rows, "notes": notes}
    if not _print(rows, document, json, csv):
        names = ((line.dimension.replace("_", " "), line.name) for line in result.lines if line.over)
        over_budget = [" ".join(dict.fromkeys(name)) for name in names]
        state = "over budget" if result.complete else "forecast to exceed the budget"
        _say(f"{state}: {', '.join(over_budget) or 'none'}")
        columns = ("dimension", "name", "budget", "actual", "variance", "forecast", "forecast_variance", "exceeded_on")
        _table(rows, columns, ("dimension", "name"))
        _say(f"AED, actual up to {result.as_of}; variances: positive is over budget; {given.fx}")
    _say_notes(notes)
    over = refuse_over_budget and any(line.over for line in result.lines)
    raise typer.Exit(EXIT_FAILED if over else EXIT_OK)


@app.command()
@cost_command
def journal(
    files: FilesArgument,
    month: MonthOption,
    exchange: ExchangeOptions,
    controlling: SettingsOption,
    kind: KindOption,
    revision: RevisionOption = 1,
    as_of: AsOfOption = None,
    json: JsonOption = False,
) -> None:
    """Print the journal lines of a month as CSV: an accrual with its reversal, suppliers' invoices, or chargeback."""
    from falaj.finops.controlling.journal import JournalKind, JournalQuery, journals
    from falaj.finops.controlling.outputs import journal_rows
    from falaj.finops.controlling.settings import read
    from falaj.finops.errors import BadInput

    if kind not in set(JournalKind):
        raise BadInput("--kind", f"{kind!r} is no kind of journal; there are: {', '.join(JournalKind)}")
    settings = read(controlling)
    given = _read(files, month, as_of, exchange.exchange())
    query = JournalQuery(JournalKind(kind), given.month.period, settings, given.exchange, revision)
    rows = journal_rows(journals(given.month.charges, query))
    _print(rows, {"format": "falaj-journal/1", "month": month, "kind": kind, "lines": rows}, json, csv=not json)
    _say_notes([*given.month.notes, *_absent(given, settings)])


@app.command()
@cost_command
def reconcile(
    files: FilesArgument,
    invoice_file: InvoiceFileOption,
    exchange: PolicyOptions,
    invoice_lines: LinesOption = None,
    tolerance: ToleranceOption = "1",
    controlling: OptionalSettingsOption = None,
    csv: CsvOption = False,
    json: JsonOption = False,
) -> None:
    """Compare a supplier's invoice with the export of its billing period, and explain every difference.

    Ends with exit status 1 if more than the tolerance is unexplained, or on one side only.
    """
    from falaj.finops.controlling.invoice import read
    from falaj.finops.controlling.outputs import reconciliation_document, reconciliation_rows
    from falaj.finops.controlling.reconcile import reconcile as compare
    from falaj.finops.controlling.settings import read as read_settings
    from falaj.finops.controlling.settings import treatment_of
    from falaj.finops.errors import BadInput
    from falaj.finops.plausibility import MAX_AMOUNT

    limit = decimal_of(tolerance, "--tolerance")
    if not (limit.is_finite() and 0 <= limit <= MAX_AMOUNT):
        raise BadInput("--tolerance", f"must be from zero to {MAX_AMOUNT}, not {tolerance}")
    document = read(invoice_file, invoice_lines)
    treatment = None if controlling is None else treatment_of(read_settings(controlling), document)
    given = _read(files, document.month, None, exchange.exchange())
    result = compare(given.month.charges, document, given.exchange, treatment)
    rows = reconciliation_rows(result)
    if not _print(rows, reconciliation_document(result, given.fx, limit), json, csv):
        _say(
            f"{document.currency}: invoice {document.number} {document.net} + tax {document.tax}, export "
            f"{result.export_net:.2f} + tax {result.export_tax:.2f}: difference {result.difference:.2f}, explained "
            f"{result.explained:.2f}, unexplained {result.unexplained:.2f}; {given.fx}"
        )
        _table(rows, ("class", "account", "service", "amount", "note"), ("class", "account", "service", "note"))
    _say_notes(given.month.notes)
    raise typer.Exit(EXIT_FAILED if result.unexplained > limit else EXIT_OK)
