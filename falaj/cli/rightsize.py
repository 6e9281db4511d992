"""`falaj rightsize`: the cheapest machines for a workload, from its profile or its measured utilisation."""

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.bill_options import (
    BookOption,
    ConfirmPercentOption,
    ConfirmRateOption,
    RateOption,
    SpreadOption,
    prices_of,
    rates_of,
    text_of,
)
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError, JsonOption, RenamedOptions, out
from falaj.cli.progress import status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from falaj.finops.rightsize.points import Point

app = typer.Typer(
    no_args_is_help=True,
    help="Find the cheapest machines for a workload, from its profile or its measured utilisation. "
    "https://git.example.ae/falaj/falaj/docs/rightsizing.md describes the format of profiles, with examples.",
)

SitesOption = Annotated[
    list[str] | None, typer.Option("--site", help="Consider this site only; may be repeated; default: all sites.")
]
OwnOption = Annotated[
    Path | None, typer.Option("--on-prem-machines", help="On-premises machines by site (YAML); default: none.")
]


@app.command(cls=RenamedOptions)
def profile(
    file: Annotated[Path, typer.Argument(help="The workload profile (YAML).")],
    site: SitesOption = None,
    own: OwnOption = None,
    price_book: BookOption = None,
    rate: RateOption = None,
    spread: SpreadOption = "0",
    confirm_rate: ConfirmRateOption = False,
    confirm_percent: ConfirmPercentOption = False,
    json: JsonOption = False,
) -> None:
    """Recommend machines for a workload in each site, with the runner-up and why others do not fit.

    https://git.example.ae/falaj/falaj/docs/rightsizing.md describes the fields of the profile, with examples. Ends
    with exit status 1 if no site can run the workload.
    """
    from falaj.finops.errors import BadInput
    from falaj.finops.rightsize.choose import answer
    from falaj.finops.rightsize.document import document
    from falaj.finops.rightsize.profile_file import load
    from falaj.finops.rightsize.sites import own_sites, regions

    try:
        workload, rates = (
            load(file),
            rates_of({}, rate, spread, confirm_rate=confirm_rate, confirm_percent=confirm_percent),
        )
        sites, prices = regions(), prices_of(price_book)
        if own is not None:
            on_prem, prices = own_sites(own, prices, rates.aed)
            sites = (*sites, *on_prem)
        names = {candidate.name for candidate in sites}
        if unknown := [name for name in site or () if name not in names]:
            raise BadInput("--site", f"no site {unknown[0]!r}; there are: {', '.join(sorted(names))}")
        selected = [candidate for candidate in sites if not site or candidate.name in site]
        with status(f"Comparing the machines for {file}"):
            result = answer(workload, selected, prices)
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    if json:
        out.file.write(json_format.dumps(document(result, rates), indent=1) + "\n")
    else:
        from falaj.cli.rightsize_tables import show_answer

        show_answer(out, result, rates)
    raise typer.Exit(EXIT_OK if result.best else EXIT_FAILED)


FilesOption = list[Path] | None
PrometheusOption = Annotated[
    FilesOption,
    typer.Option("--prometheus", help="Prometheus range queries (JSON); may be repeated; default: none."),
]
CloudwatchOption = Annotated[
    FilesOption,
    typer.Option("--cloudwatch", help="CloudWatch get-metric-data (JSON or CSV); may be repeated; default: none."),
]
InventoryOption = Annotated[
    Path | None,
    typer.Option(
        "--inventory",
        help="Type, site and purchase of the measured machines (YAML); default: as the measurements state them.",
    ),
]


@app.command()
def usage(
    prometheus: PrometheusOption = None,
    opencost: Annotated[
        FilesOption, typer.Option("--opencost", help="OpenCost allocations (JSON); may be repeated; default: none.")
    ] = None,
    cloudwatch: CloudwatchOption = None,
    azure: Annotated[
        FilesOption,
        typer.Option("--azure-monitor", help="Azure Monitor AzureMetrics (CSV); may be repeated; default: none."),
    ] = None,
    inventory: InventoryOption = None,
    price_book: BookOption = None,
    rate: RateOption = None,
    spread: SpreadOption = "0",
    confirm_rate: ConfirmRateOption = False,
    confirm_percent: ConfirmPercentOption = False,
    json: JsonOption = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
) -> None:
    """Recommend changes to measured machines, with monthly savings and confidence. Nothing is changed.

    Recommendations for one machine are alternatives; the total counts the best of each."""
    from falaj.finops.errors import BadInput
    from falaj.finops.rightsize import advice_report, exports
    from falaj.finops.rightsize.advice import advise
    from falaj.finops.rightsize.evidence import gather
    from falaj.finops.rightsize.inventory import load, with_inventory

    exports_by_reader = (
        (exports.prometheus, prometheus),
        (exports.opencost, opencost),
        (exports.cloudwatch, cloudwatch),
        (exports.azure_monitor, azure),
    )
    try:
        with status("Reading the exports"):
            utilisation = gather(_points(exports_by_reader))
            advice = advise(with_inventory(utilisation, load(inventory)), prices_of(price_book))
        rates = rates_of({}, rate, spread, confirm_rate=confirm_rate, confirm_percent=confirm_percent)
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    if json:
        out.file.write(json_format.dumps(advice_report.advice_document(advice, rates), indent=1) + "\n")
    elif markdown:
        out.file.write(advice_report.markdown(advice, rates))
    else:
        from falaj.cli.rightsize_tables import show_advice

        show_advice(out, advice, rates)


def _points(exports_by_reader: "Iterable[tuple[Callable[[str, str], list[Point]], FilesOption]]") -> "list[Point]":
    """Reads the measurements of all exports. Raises `BadInput` if there is none."""
    from falaj.finops.errors import BadInput

    points = [
        point
        for reader, files in exports_by_reader
        for file in files or ()
        for point in reader(text_of(file).removeprefix("\ufeff"), str(file))
    ]
    if not points:
        raise BadInput("", "name at least one export: --prometheus, --opencost, --cloudwatch or --azure-monitor")
    return points
