"""`falaj simulate`: what a month of work costs on a stack's settings, and how long it waits."""

import json as json_format
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.analysis import require_libraries
from falaj.cli.bill_options import BookOption, prices_of
from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_OK,
    HERE,
    JsonOption,
    ProjectOption,
    StackOption,
    write_output,
)
from falaj.cli.common import out as standard_output
from falaj.cli.cost_command import cost_command
from falaj.cli.progress import StatusLine, status
from falaj.cli.simulate_advice import (
    AdviceOptions,
    Advised,
    document_of,
    find_advice,
    limits_of,
    show_advice,
    write_patch,
)
from falaj.cli.simulate_settings import read_stack
from falaj.cli.simulate_work import TraceFitOptions, WorkOption, read_month

if TYPE_CHECKING:
    from falaj.components.settings.stack import Settings
    from falaj.simulation.comparisons import Comparisons
    from falaj.simulation.platform_model import Platform
    from falaj.simulation.seeds import Seeds

SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="Change a setting for this run: sites.main.pools.gpu.max=4. May be repeated; default: none."
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of everything that is drawn at random.")]
SeedsOption = Annotated[int, typer.Option("--seeds", min=1, max=1000, help="Number of months to simulate.")]
ServicesOption = Annotated[
    Path | None,
    typer.Option("--services", help="Measured speeds of served models (YAML); default: they are estimated."),
]
PageOption = Annotated[
    Path | None, typer.Option("--page", help="Write the report as an HTML page to this file; default: none is written.")
]


@cost_command
def simulate(
    stack: StackOption,
    work: WorkOption,
    fit: TraceFitOptions,
    advice: AdviceOptions,
    changes: SetOption = None,
    seed: SeedOption = 0,
    seeds: SeedsOption = 1,
    services: ServicesOption = None,
    price_book: BookOption = None,
    page: PageOption = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Replay a month of work through a stack's settings: its bill by cause, waiting, deadlines and late requests.

    The bill is compared with machines bought for the month's peak, on demand and on spot, and with lower bounds. With
    --advise, the settings are searched for the cheapest month that keeps stated limits. Ends with exit status 1 if none
    was found that keeps them. https://git.example.ae/falaj/falaj/docs/simulation.md describes the model and the traces.
    """
    require_libraries("numpy", "scipy")
    if advice.advise:
        # Before the simulation, which takes a while.
        require_libraries("optuna")
        limits_of(advice, None)
    from falaj.simulation.comparisons import compared
    from falaj.simulation.from_settings import platform
    from falaj.simulation.seeds import simulated
    from falaj.simulation.service_speeds import load_speeds, refuse_unknown

    source, settings = read_stack(project, stack, changes or [])
    prices, speeds = prices_of(price_book), {} if services is None else load_speeds(services)

    def model(of: "Settings") -> "Platform":
        return platform(of, stack, prices, speeds)

    replayed = model(settings)
    refuse_unknown(speeds, [service.name for service in replayed.services], str(services))
    with status("Reading the work"):
        month = read_month(work, fit, replayed, seed)
    with status(f"Simulating {seeds} months" if seeds > 1 else "Simulating the month") as line:
        result = simulated(replayed, month, seed, seeds, _progress(line, seeds))
    with status("Comparing with other fleets"):
        comparisons = compared(replayed, month)
    advised = find_advice(advice, source, month, model, seed, seeds, prices) if advice.advise else None
    if page is not None:
        _write_page(page, stack, result, comparisons, advised)
    _show(stack, result, comparisons, advised, json)
    write_patch(None if json and str(advice.patch) == "-" else advice.patch, advised, standard_output)
    raise typer.Exit(EXIT_OK if advised is None or advised.advice.keeps_limits else EXIT_FAILED)


def _progress(line: StatusLine, seeds: int) -> Callable[[int], None]:
    def tell(number: int) -> None:
        if seeds > 1:
            line.text = f"Simulating month {number} of {seeds}"

    return tell


def _write_page(file: Path, stack: str, result: "Seeds", comparisons: "Comparisons", advised: Advised | None) -> None:
    """Writes the page. Raises `CommandError` if it cannot be written."""
    from falaj.simulation.page import page

    advice = None if advised is None else advised.advice
    write_output(file, page(result.first, comparisons.aed, advice, stack, result.first.warnings), "--page")


def _show(stack: str, result: "Seeds", comparisons: "Comparisons", advised: Advised | None, json: bool) -> None:
    if json:
        from falaj.simulation.document import document

        found = {} if advised is None else {"advice": document_of(advised)}
        content = document(stack, result, comparisons) | found
        standard_output.file.write(json_format.dumps(content, indent=1) + "\n")
        return
    from falaj.cli.simulate_tables import show

    show(standard_output, stack, result, comparisons)
    if advised is not None:
        show_advice(standard_output, advised)
