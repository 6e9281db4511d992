"""`falaj prices`: update the price list that estimates are based on, or convert the price sheet of an agreement."""

import json as json_format
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.bill_options import ConfirmPercentOption, ConfirmRateOption, day_of, decimal_of
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, EXIT_UNAVAILABLE, CommandError, JsonOption, err, out
from falaj.cli.console import marked

if TYPE_CHECKING:
    from falaj.finops.prices.changes import PriceChange
    from falaj.finops.prices.refresh import Refresh
    from falaj.finops.prices.vendor_list import VendorList

app = typer.Typer(no_args_is_help=True, help="Update the price list, or convert a price sheet.")

MAX_ROWS = 40
"""Number of changes in the table; the report and the JSON output have all."""

AwsOption = Annotated[bool, typer.Option("--aws", help="AWS only. Needs credentials with permission to read prices.")]
AzureOption = Annotated[bool, typer.Option("--azure", help="Azure only. Needs no credentials.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Folder of the price files; default: those of this installation.")
]
ReportOption = Annotated[
    Path | None, typer.Option("--report", help="Write all changes to this Markdown file; default: none is written.")
]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show the changes without writing them.")]
AcceptOption = Annotated[bool, typer.Option("--accept", help="Write despite failed plausibility checks.")]
SheetArgument = Annotated[Path, typer.Argument(help="Price sheet (CSV) of an EA, an MCA or the CSP programme.")]
ContractOption = Annotated[str, typer.Option("--contract", help="Name and number of the agreement.")]
BookFileOption = Annotated[
    Path | None, typer.Option("--out", help="Write the price book to this file; default: standard output.")
]
DayOption = Annotated[str | None, typer.Option("--day", help="Day on which the prices are valid; default: today.")]
MarginOption = Annotated[str, typer.Option("--margin", help="Margin of the partner, percent.")]
SheetRateOption = Annotated[
    str | None,
    typer.Option(
        "--rate", help="AED per USD of a price sheet in AED: 3.6725; default: none, and such a sheet is refused."
    ),
]


@app.callback()
def prices() -> None:
    """Update the price list, or convert a price sheet to a price book."""


@app.command()
def refresh(
    aws: AwsOption = False,
    azure: AzureOption = False,
    folder: OutOption = None,
    report: ReportOption = None,
    dry_run: DryOption = False,
    accept: AcceptOption = False,
    json: JsonOption = False,
) -> None:
    """Read the vendors' price lists, show what changes, and update the price list.

    Nothing is written if a plausibility check fails: a list has less than half of its former rows, a price changes by a
    factor of ten, or an Azure price is higher by exactly a Windows licence. --accept writes it anyway.
    """
    from falaj.finops.errors import BadInput
    from falaj.finops.prices.refresh import compare, markdown, save
    from falaj.finops.prices.vendor_list import PriceListUnreachable

    try:
        result = compare(folder, _lists(aws or not azure, azure or not aws))
        if report is not None:
            report.write_text(markdown(result), encoding="utf-8")
        _show(result, json)
        if result.doubts and not accept:
            raise CommandError(
                "nothing was written: plausibility checks failed; --accept writes it anyway", EXIT_FAILED
            )
        if not dry_run:
            save(result, folder)
    except BadInput as error:
        raise CommandError(f"nothing was written: {error}", EXIT_INVALID) from None
    except PriceListUnreachable as error:
        raise CommandError(f"nothing was written: {error}", EXIT_UNAVAILABLE) from None
    raise typer.Exit(EXIT_OK)


@app.command()
def sheet(
    file: SheetArgument,
    contract: ContractOption,
    out_file: BookFileOption = None,
    day: DayOption = None,
    margin: MarginOption = "0",
    rate: SheetRateOption = None,
    confirm_rate: ConfirmRateOption = False,
    confirm_percent: ConfirmPercentOption = False,
) -> None:
    """Convert a price sheet of an agreement (EA, MCA or CSP) to a price book for `falaj bill --price-book`.

    Prices in AED are converted to USD with --rate. The partner's margin is added to every price.
    """
    from falaj.finops.errors import BadInput
    from falaj.finops.plausibility import check_peg, check_percent
    from falaj.finops.prices.azure_price_sheet import read
    from falaj.finops.prices.azure_sheet_book import SheetTerms, book_of

    try:
        percent = decimal_of(margin, "--margin")
        if not (percent.is_finite() and 0 <= percent <= 100):
            raise BadInput("--margin", f"must be a percentage from 0 to 100, not {margin}")
        check_percent("--margin", percent, confirm_percent, "give --confirm-percent", below=Decimal(1))
        aed = None if rate is None else decimal_of(rate, "--rate")
        if aed is not None:
            check_peg("--rate", aed, confirm_rate, "give --confirm-rate")
        valid_on = datetime.now(UTC).date() if day is None else day_of(day, "--day")
        listed = read(file)
        book = book_of(listed, SheetTerms(contract, valid_on, percent, aed))
        if out_file is not None:
            out_file.write_text(book.text, encoding="utf-8")
        else:
            out.file.write(book.text)
    except OSError as error:
        raise CommandError(f"{out_file}: cannot be written: {error}", EXIT_INVALID) from None
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    skipped = "".join(f"; {count} rows of {reason} skipped" for reason, count in sorted(listed.skipped.items()))
    err.print(f"{listed.agreement.value} price sheet: {book.rates} rates{skipped}", highlight=False)
    for sentence in book.unmatched:
        err.print(f"not in the book: {sentence}", style="dim", highlight=False)


def _lists(aws: bool, azure: bool) -> "Sequence[VendorList]":
    """Downloads the price lists of the selected vendors, and shows progress. Raises `PriceListUnreachable`."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from falaj.finops.prices import aws_source, azure_source

    columns = (SpinnerColumn(), TextColumn("{task.description} page {task.completed:.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        tasks = {}

        def advance(what: str) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=None)
            progress.advance(tasks[what])

        result = [aws_source.fetch(aws_source.connect(), advance)] if aws else []
        return [*result, *(azure_source.fetch(region, advance) for region in azure_source.REGIONS if azure)]


def _show(result: "Refresh", json: bool) -> None:
    if json:
        out.file.write(json_format.dumps(result.document(), indent=1) + "\n")
        return
    from rich.table import Table

    table = Table("region", "what", "before USD", "now USD", "change", box=None, pad_edge=False)
    for change in result.changes[:MAX_ROWS]:
        table.add_row(*_cells(change))
    out.print_table(table)
    if more := len(result.changes) - MAX_ROWS:
        out.print(f"and {more} more" if more > 0 else "", style="dim", end="\n" if more > 0 else "")
    out.print(result.summary, highlight=False)
    for sentence in result.notes:
        out.print(f"unchanged: {sentence}", style="dim", highlight=False)
    for doubt in result.doubts:
        out.print(marked("implausible", "bold red", f" {doubt}"), highlight=False)


def _cells(change: "PriceChange") -> tuple[str, ...]:
    before, after = ("-" if usd is None else str(usd) for usd in (change.before, change.after))
    return change.region, change.what, before, after, change.label
