"""Options that all estimates of a plan have, and the estimate by them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from falaj.cli.bill_options import (
    AllowOption,
    BookOption,
    CeilingsOption,
    ConfirmPercentOption,
    ConfirmRateOption,
    ControllingOption,
    InvoiceOption,
    RateOption,
    SpreadOption,
    UsageOption,
    VatOption,
    ceilings_of,
    commitments_of,
    rates_of,
    settings_of,
)
from falaj.cli.fx_options import FxOption, FxRatesOption, HedgeOption, estimate_exchange

if TYPE_CHECKING:
    from falaj.facts.prices import Prices
    from falaj.finops.estimate import Estimate
    from falaj.finops.gate import Ceilings
    from falaj.finops.money import Rates
    from falaj.finops.plan import Plan
    from falaj.finops.showback.exchange import Exchange
    from falaj.finops.usage_model import Usage


@dataclass(frozen=True)
class EstimateOptions:
    """Options of `falaj bill` and `falaj verdict`."""

    usage: UsageOption = None
    ceilings: CeilingsOption = None
    price_book: BookOption = None
    allow_missing: AllowOption = False
    rate: RateOption = None
    spread: SpreadOption = "0"
    vat_non_recoverable: VatOption = False
    invoice: InvoiceOption = None
    controlling: ControllingOption = None
    fx: FxOption = "stated"
    fx_rates: FxRatesOption = None
    hedge: HedgeOption = None
    confirm_rate: ConfirmRateOption = False
    confirm_percent: ConfirmPercentOption = False


def estimated(plan: "Plan", usage: "Usage", prices: "Prices", options: EstimateOptions) -> "tuple[Estimate, Ceilings]":
    """Returns the estimate at the exchange rate of the policy today, and the cost thresholds. Raises `BadInput`."""
    from falaj.finops.estimate import estimate
    from falaj.finops.estimate_exchange import estimate_at
    from falaj.finops.usage_names import refuse_unknown_names

    settings = settings_of(plan)
    rates, limits = _rates(options, settings), ceilings_of(options.ceilings, settings)
    exchange = _exchange(options)
    today, held = datetime.now(UTC).date(), commitments_of(settings)
    result = estimate_at(lambda at: estimate(plan, usage, prices, at, limits.price_age, held), rates, exchange, today)
    refuse_unknown_names(result, str(options.usage))
    return result, limits


def check_options(options: EstimateOptions) -> None:
    """Raises `BadInput` for options that are wrong whatever the plan is, before a preview that may take a minute. Files
    are only looked for: one may be a pipe, which can be read once."""
    from falaj.finops.errors import BadInput

    for file in (options.ceilings, options.controlling, options.fx_rates):
        if file is not None and not file.exists():
            raise BadInput(str(file), "cannot be read: No such file or directory")
    _rates(replace(options, controlling=None), {})
    if options.fx_rates is None:
        _exchange(options)


def _rates(options: EstimateOptions, settings: dict[str, Any]) -> "Rates":
    return rates_of(
        settings,
        options.rate,
        options.spread,
        options.vat_non_recoverable,
        options.invoice,
        options.confirm_rate,
        options.confirm_percent,
        options.controlling,
    )


def _exchange(options: EstimateOptions) -> "Exchange":
    return estimate_exchange(options.rate, options.fx, options.fx_rates, options.hedge, options.confirm_rate)
