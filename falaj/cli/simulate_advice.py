"""`falaj simulate --advise`: the cheapest settings that keep stated limits, and a patch of the stack file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.analysis import require_libraries
from falaj.cli.common import EXIT_INVALID, CommandError, err, write_output
from falaj.cli.progress import StatusLine, status

if TYPE_CHECKING:
    from falaj.cli.console import Output
    from falaj.facts.prices import Prices
    from falaj.simulation.advice.advice import Advice
    from falaj.simulation.advice.commitments import Proposal
    from falaj.simulation.advice.laboratory import Laboratory, Model
    from falaj.simulation.advice.limits import Limits
    from falaj.simulation.advice.search import Progress, Trial
    from falaj.simulation.work import Work

FEWEST_SEEDS = 10
"""Months by which the advice is known, unless more seeds are asked for."""


@dataclass(frozen=True)
class AdviceOptions:
    """Options of the advice."""

    advise: Annotated[
        bool, typer.Option("--advise", help="Search the settings for the cheapest month that keeps the limits.")
    ] = False
    max_wait: Annotated[
        str, typer.Option("--max-wait", help="With --advise: limit of the 95th percentile of waiting: 15m, 900s, 1h.")
    ] = "15m"
    max_late: Annotated[
        str, typer.Option("--max-late", help="With --advise: limit of the late requests of a service: 1%.")
    ] = "1%"
    trials: Annotated[int, typer.Option("--trials", min=2, help="With --advise: settings to try.")] = 150
    patch: Annotated[
        Path | None, typer.Option("--patch", help="With --advise: file for the patch of the stack file; - prints it.")
    ] = None


@dataclass(frozen=True)
class StackSource:
    """The settings to advise on."""

    raw: Mapping[str, object]
    """Value of `falaj:platform`, with references resolved."""
    text: str
    """Text of the stack file."""
    file: str
    """Path of the stack file in its repository, for the patch."""


@dataclass(frozen=True)
class Advised:
    """The advice and its patch."""

    advice: "Advice"
    patch: str
    hopeless: int
    """Deadlines of the work that no settings could keep."""
    proposals: "Sequence[Proposal]" = ()
    """Commitments that would pay with the advised settings."""
    late_anyway: Sequence[str] = ()
    """Why no number of replicas keeps the limit of late requests, for each service of which that is so."""


def find_advice(
    options: AdviceOptions,
    stack: StackSource,
    work: "Work",
    model: "Model",
    seed: int = 0,
    seeds: int = 1,
    prices: "Prices | None" = None,
) -> Advised:
    """Searches for the advice, with a status line. `model` returns the platform of settings, `prices`
    are those of the catalogue unless others are given.

    Raises `BadInput` if the form of the stack file allows no patch, and `CommandError` for an invalid limit."""
    require_libraries("numpy", "optuna", "scipy")
    from falaj.components.settings.load import platform_settings
    from falaj.simulation.advice.advise import Effort, advise
    from falaj.simulation.advice.attainable import attainable
    from falaj.simulation.advice.patch import patch

    limits = limits_of(options, ceiling_of(platform_settings(stack.raw).ceilings.aed_per_month))
    possible, hopeless = attainable(work)
    effort = Effort(options.trials, max(seeds, FEWEST_SEEDS), seed)
    with status("Looking for settings to try") as line:
        laboratory = laboratory_of(stack, possible, model)
        advice = advise(laboratory, limits, effort, _progress(line), _checking(line))
    found = commitments_to_buy(laboratory, advice, prices)
    late = late_with_advice(laboratory, advice)
    return Advised(advice, patch(stack.text, stack.file, advice.changes), hopeless, found, late)


def late_with_advice(laboratory: "Laboratory", advice: "Advice") -> Sequence[str]:
    """Returns why the limit of late requests is exceeded with any number of replicas of the advised settings."""
    from falaj.simulation.experiments import split
    from falaj.simulation.serving.demand import late_anyway

    platform = laboratory.platform(advice.chosen.selection)
    if platform is None:
        return ()
    return (*late_anyway(platform, split(platform, laboratory.work(0), 0).requests, advice.limits.late_share),)


def commitments_to_buy(laboratory: "Laboratory", advice: "Advice", prices: "Prices | None") -> "Sequence[Proposal]":
    """Returns the commitments that would pay in the first month with the advised settings."""
    from falaj.facts.prices import catalogue
    from falaj.simulation.advice.commitments import proposals

    selection, work = advice.chosen.selection, laboratory.work(0)
    accepted, platform = laboratory.accepted(selection), laboratory.platform(selection)
    if accepted is None or platform is None:
        return ()
    outcome = laboratory.simulate(platform, work, 0)
    return proposals(accepted.settings, prices or catalogue(), platform, work, outcome)


def ceiling_of(aed: object) -> float | None:
    """Returns a ceiling of the settings in AED per month."""
    return None if aed is None else float(str(aed))


def laboratory_of(stack: StackSource, work: "Work", model: "Model") -> "Laboratory":
    """Returns the settings to search and the months of the work; some days are held out if there are enough."""
    from falaj.simulation.advice.held_out import Months, split_days
    from falaj.simulation.advice.laboratory import Laboratory
    from falaj.simulation.advice.office_windows import windows
    from falaj.simulation.advice.parts import parts
    from falaj.simulation.advice.space import search_space

    months = Months(work, split_days(work))
    # What could not be checked on other days is not searched: hours that fit one month may not fit the next.
    hours = windows(months(0)) if months.split else None
    return Laboratory(stack.raw, search_space(stack.raw, hours), months, model, parts().simulate, months.split)


def _progress(line: StatusLine) -> "Progress":
    def tell(number: int, trials: int, best: "Trial | None") -> None:
        line.text = f"Trying settings: {number} of at most {trials}"
        if best:
            wait = best.month.wait_seconds / 60
            line.text += f"; best so far AED {best.month.aed:,.0f} with a p95 wait of {wait:,.0f} min"

    return tell


def _checking(line: StatusLine) -> Callable[[int], None]:
    def tell(months: int) -> None:
        line.text = f"Checking the best settings with other months: {months} months simulated"

    return tell


_UNITS = {"s": 1, "m": 60, "h": 3600}
_WAIT, _LATE = re.compile(r"(\d{1,9}(?:\.\d+)?)([smh])"), re.compile(r"(\d{1,3}(?:\.\d+)?)%")


def limits_of(options: AdviceOptions, ceiling: float | None) -> "Limits":
    """Returns the limits. Raises `CommandError` for an option in another form."""
    from falaj.simulation.advice.limits import Limits

    wait, late = _WAIT.fullmatch(options.max_wait), _LATE.fullmatch(options.max_late)
    if wait is None or not float(wait[1]):
        raise _invalid("--max-wait", options.max_wait, "a time above zero, such as 15m, 900s or 1h")
    if late is None or float(late[1]) > 100:
        raise _invalid("--max-late", options.max_late, "a percentage, such as 1% or 0.5%")
    return Limits(float(wait[1]) * _UNITS[wait[2]], float(late[1]) / 100, ceiling)


def _invalid(option: str, given: str, allowed: str) -> CommandError:
    return CommandError(f"{option}: {given!r} is not allowed; allowed: {allowed}", EXIT_INVALID)


def write_patch(file: Path | None, advised: Advised | None, out: "Output") -> None:
    """Writes the patch, if there is advice, where it was asked for. Raises `CommandError` if it cannot be written."""
    if file is None or advised is None:
        return
    if str(file) == "-":
        out.file.write(advised.patch)
    else:
        write_output(file, advised.patch, "--patch")


def show_advice(out: "Output", advised: Advised) -> None:
    """Prints the front, the changes with what each is worth, the risk, and what no setting can change."""
    from falaj.cli.simulate_advice_tables import show

    show(out, advised.advice)
    for sentence in advised.late_anyway:
        limit = f"{advised.advice.limits.late_share:.2%} of late requests"
        out.print(f"no replicas keep the limit of {limit}: {sentence}", highlight=False, markup=False)
    for proposal in advised.proposals:
        out.print(f"commitment: {proposal.sentence}", highlight=False, markup=False)
    if advised.hopeless:
        sentence = f"{advised.hopeless:,} deadlines are before their jobs could end, and are not counted"
        err.print(f"warning: {sentence}", style="yellow", highlight=False)


def document_of(advised: Advised) -> dict[str, object]:
    """Returns the advice for `--json`."""
    from falaj.simulation.advice.document import advice_document

    bought = [
        {
            "site": each.site,
            "machine": each.machine,
            "count": each.month.count,
            "option": each.option.value,
            "saved_aed": round(float(each.month.saved), 2),
            "saved_in_term_aed": round(float(each.saved_in_term), 2),
            "break_even_hours": round(float(each.month.break_even_hours), 2),
            "sentence": each.sentence,
        }
        for each in advised.proposals
    ]
    late = {"late_anyway": [*advised.late_anyway]}
    return advice_document(advised.advice, advised.patch) | {"commitments": bought} | late
