"""`falaj bill`: estimated monthly cost of a plan, checked against cost thresholds."""

import json as json_format
from typing import TYPE_CHECKING

import typer

from falaj.cli.bill_options import BaseOption, PlanOption, base_of, next_month, prices_of
from falaj.cli.common import EXIT_FAILED, EXIT_OK, HERE, JsonOption, ProjectOption, StackOption, out
from falaj.cli.cost_command import cost_command
from falaj.cli.estimate_options import EstimateOptions, check_options, estimated
from falaj.cli.plan_text import plan_text

if TYPE_CHECKING:
    from falaj.finops.estimate import Estimate
    from falaj.finops.figures import Figures
    from falaj.finops.gate import GateResult


@cost_command
def bill(
    stack: StackOption,
    options: EstimateOptions,
    plan: PlanOption = None,
    base: BaseOption = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Estimate the monthly cost of a stack in AED and USD.

    Ends with exit status 1 if a cost threshold is exceeded or a price is missing. Without --plan the stack is previewed
    in the emulated clouds; no cloud account is needed.
    """
    from falaj.finops.gate import judge, refused
    from falaj.finops.plan import read
    from falaj.finops.usage import load

    expected_use, prices = load(options.usage), prices_of(options.price_book)
    check_options(options)
    planned = read(plan_text(stack, plan, project), "plan" if plan in (None, "-") else str(plan))
    result, limits = estimated(planned, expected_use, prices, options)
    baseline = base_of(base, expected_use, prices, result.rates)
    verdicts = judge(result, limits, baseline, allow_missing=options.allow_missing)
    _show(result, baseline, verdicts, json)
    raise typer.Exit(EXIT_FAILED if refused(verdicts) else EXIT_OK)


def _show(result: "Estimate", baseline: "Figures | None", verdicts: "tuple[GateResult, ...]", json: bool) -> None:
    """Prints the summary and all tables, or the JSON."""
    from falaj.finops.document import document
    from falaj.finops.report.data import with_summary
    from falaj.finops.report.model import report
    from falaj.finops.report.sections import every_table
    from falaj.finops.report.terminal import show

    cost_report = report(result, next_month(), baseline, verdicts)
    if json:
        data = with_summary(cost_report, document(result, next_month(), baseline, verdicts))
        out.file.write(json_format.dumps(data, indent=1) + "\n")
    else:
        show(out, cost_report, every_table(cost_report))
