"""`falaj bill`: estimated monthly cost of a plan, checked against cost thresholds."""

import json as json_format
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from falaj.cli.bill_options import (
    AllowOption,
    BaseOption,
    BookOption,
    CeilingsOption,
    ConfirmPercentOption,
    ConfirmRateOption,
    ControllingOption,
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
from falaj.cli.fx_options import FxOption, FxRatesOption, HedgeOption, estimate_exchange
from falaj.cli.plan_text import plan_text

if TYPE_CHECKING:
    from falaj.facts.prices import Prices
    from falaj.finops.estimate import Estimate
    from falaj.finops.figures import Figures
    from falaj.finops.gate import Ceilings, GateResult
    from falaj.finops.money import Rates
    from falaj.finops.plan import Plan
    from falaj.finops.showback.exchange import Exchange
    from falaj.finops.usage_model import Usage


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
    controlling: ControllingOption = None,
    fx: FxOption = "stated",
    fx_rates: FxRatesOption = None,
    hedge: HedgeOption = None,
    confirm_rate: ConfirmRateOption = False,
    confirm_percent: ConfirmPercentOption = False,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Estimate the monthly cost of a stack in AED and USD.

    Ends with exit status 1 if a cost threshold is exceeded or a price is missing. Without --plan the stack is previewed
    in the emulated clouds; no cloud account is needed.
    """
    from falaj.finops.errors import BadInput
    from falaj.finops.gate import judge, refused
    from falaj.finops.plan import read
    from falaj.finops.usage import load
    from falaj.finops.usage_names import refuse_unknown_names

    try:
        planned = read(plan_text(stack, plan, project), "plan" if plan in (None, "-") else str(plan))
        expected_use, prices = load(usage), prices_of(price_book)
        confirmed = (confirm_rate, confirm_percent)
        rates = rates_of(settings_of(planned), rate, spread, vat_non_recoverable, invoice, *confirmed, controlling)
        limits = ceilings_of(ceilings, settings_of(planned))
        exchange = estimate_exchange(rate, fx, fx_rates, hedge, confirm_rate)
        result = _estimate(planned, expected_use, prices, rates, limits, exchange)
        refuse_unknown_names(result, str(usage))
        baseline = base_of(base, expected_use, prices, result.rates)
        verdicts = judge(result, limits, baseline, allow_missing=allow_missing)
        _show(result, baseline, verdicts, json)
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    raise typer.Exit(EXIT_FAILED if refused(verdicts) else EXIT_OK)


def _estimate(
    plan: "Plan", usage: "Usage", prices: "Prices", rates: "Rates", limits: "Ceilings", exchange: "Exchange"
) -> "Estimate":
    """Returns the estimate at the exchange rate of the policy today. Raises `BadInput`."""
    from falaj.finops.estimate import estimate
    from falaj.finops.estimate_exchange import estimate_at

    today = datetime.now(UTC).date()
    return estimate_at(lambda at: estimate(plan, usage, prices, at, limits.price_age), rates, exchange, today)


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
