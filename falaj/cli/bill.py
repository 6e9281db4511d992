"""`falaj bill`: estimated monthly cost of a plan, checked against cost thresholds."""

import json as json_format
from typing import TYPE_CHECKING, Any

import typer

from falaj.cli.bill_options import (
    AllowOption,
    BaseOption,
    BookOption,
    CeilingsOption,
    InvoiceOption,
    PlanOption,
    RateOption,
    SpreadOption,
    UsageOption,
    VatOption,
    base_of,
    ceilings_of,
    next_month,
    prices_of,
    rates_of,
    settings_of,
)
from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_INVALID,
    EXIT_OK,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    StackOption,
    out,
)
from falaj.cli.plan_text import plan_text

if TYPE_CHECKING:
    from falaj.finops.report.model import ChangeReport


def bill(
    stack: StackOption,
    usage: UsageOption = None,
    plan: PlanOption = None,
    base: BaseOption = None,
    ceilings: CeilingsOption = None,
    price_book: BookOption = None,
    allow_missing: AllowOption = False,
    rate: RateOption = None,
    spread: SpreadOption = "0",
    vat_non_recoverable: VatOption = False,
    invoice: InvoiceOption = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Estimate the monthly cost of a stack in AED and USD.

    Ends with exit status 1 if a cost threshold is exceeded or a price is missing. Without --plan the stack is previewed
    in the emulated clouds; no cloud account is needed.
    """
    from falaj.finops.document import document
    from falaj.finops.errors import BadInput
    from falaj.finops.estimate import estimate
    from falaj.finops.gate import judge, refused
    from falaj.finops.plan import read
    from falaj.finops.report.model import report
    from falaj.finops.report.sections import every_table
    from falaj.finops.report.terminal import show
    from falaj.finops.usage import load
    from falaj.finops.usage_names import refuse_unknown_names

    try:
        planned = read(plan_text(stack, plan, project), "plan" if plan in (None, "-") else str(plan))
        expected_use = load(usage)
        rates = rates_of(settings_of(planned), rate, spread, vat_non_recoverable, invoice)
        prices = prices_of(price_book)
        limits = ceilings_of(ceilings, settings_of(planned))
        result = estimate(planned, expected_use, prices, rates, limits.price_age)
        refuse_unknown_names(result, str(usage))
        baseline = base_of(base, expected_use, prices, rates)
        verdicts = judge(result, limits, baseline, allow_missing=allow_missing)
        cost_report = report(result, next_month(), baseline, verdicts)
        if json:
            _write(cost_report, document(result, next_month(), baseline, verdicts))
        else:
            show(out, cost_report, every_table(cost_report))
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    raise typer.Exit(EXIT_FAILED if refused(verdicts) else EXIT_OK)


def _write(cost_report: "ChangeReport", data: "dict[str, Any]") -> None:
    """Prints the estimate as JSON, the summary first."""
    from falaj.finops.report.data import with_summary

    out.file.write(json_format.dumps(with_summary(cost_report, data), indent=1) + "\n")
