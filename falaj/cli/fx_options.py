"""Options of the exchange rate policy, shared by showback and the controller's commands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.bill_options import ConfirmRateOption, day_of, decimal_of

if TYPE_CHECKING:
    from falaj.finops.showback.exchange import Exchange, Hedge

RatesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        help="Exchange rate, AED per USD, and its date: 3.6725@2026-11-24; once for each month; default: the peg.",
    ),
]
InvoicesOption = Annotated[
    list[str] | None, typer.Option("--invoice", help="Invoice currency and its rate per USD: EUR=0.92; default: none.")
]
FxOption = Annotated[
    str,
    typer.Option("--fx", help="Policy of the exchange rate: stated (--rate or the peg), day, month-average or hedged."),
]
FxRatesOption = Annotated[
    Path | None,
    typer.Option("--fx-rates", help="Published rates (CSV with date and aed_per_usd), for --fx; default: none."),
]
HedgeOption = Annotated[
    str | None, typer.Option("--hedge", help="Forward contract, its rate and USD a month: 3.6735:50000; default: none.")
]


@dataclass(frozen=True)
class PolicyOptions:
    """Options of the exchange rate of USD."""

    rate: RatesOption = None
    fx: FxOption = "stated"
    fx_rates: FxRatesOption = None
    hedge: HedgeOption = None
    confirm_rate: ConfirmRateOption = False

    def exchange(self) -> "Exchange":
        """Returns the exchange rates. Raises `BadInput`."""
        return self._with_invoices(None)

    def _with_invoices(self, invoices: list[str] | None) -> "Exchange":
        return exchange_of(self.rate, invoices, self.fx, self.fx_rates, self.hedge, self.confirm_rate)


@dataclass(frozen=True)
class ExchangeOptions(PolicyOptions):
    """Options of the exchange rates of USD and of the currencies of invoices."""

    invoice: InvoicesOption = None

    def exchange(self) -> "Exchange":
        """Returns the exchange rates. Raises `BadInput`."""
        return self._with_invoices(self.invoice)


def exchange_of(
    rates: list[str] | None,
    invoices: list[str] | None,
    policy: str = "stated",
    file: Path | None = None,
    hedge: str | None = None,
    confirmed: bool = False,
) -> "Exchange":
    """Returns the exchange rates of the options. Raises `BadInput`."""
    from falaj.finops.errors import BadInput
    from falaj.finops.money import Invoice, Rates
    from falaj.finops.showback.exchange import Exchange, FxPolicy
    from falaj.finops.showback.rate_file import read

    if policy not in set(FxPolicy):
        raise BadInput("--fx", f"{policy!r} is not a policy; there are: {', '.join(FxPolicy)}")
    fx = FxPolicy(policy)
    published = fx is not FxPolicy.STATED
    if published != (file is not None):
        raise BadInput("--fx-rates", "is required by --fx day, month-average and hedged, and by these only")
    if (fx is FxPolicy.HEDGED) != (hedge is not None):
        raise BadInput("--hedge", "is required by --fx hedged, and by it only")
    if published and rates:
        raise BadInput("--rate", f"--fx {policy} takes its rates from --fx-rates")
    per_usd: dict[str, Decimal] = {}
    for text in invoices or []:
        code, amount = pair(text, "--invoice")
        if code in ("AED", "USD"):
            raise BadInput("--invoice", f"{code} needs no rate per USD: --rate is that of AED")
        per_usd[code] = Rates(invoice=Invoice(code, amount)).invoice.per_usd
    if file is not None:
        contract = None if hedge is None else _hedge(hedge, confirmed)
        return Exchange(read(file, confirmed), per_usd, fx, str(file), contract)
    aed = _stated(rates or [], confirmed)
    return Exchange(aed, per_usd, source="given with --rate") if aed else Exchange(per_usd=per_usd)


def estimate_exchange(
    rate: str | None, policy: str, file: Path | None, hedge: str | None, confirmed: bool
) -> "Exchange":
    """Returns the exchange rates of an estimate, whose `--rate` is read apart from the policy. Raises `BadInput`."""
    stated = None if rate is None or policy == "stated" else [rate]
    return exchange_of(stated, None, policy, file, hedge, confirmed)


def _stated(rates: list[str], confirmed: bool) -> dict[date, Decimal]:
    from falaj.finops.errors import BadInput
    from falaj.finops.money import Rates
    from falaj.finops.plausibility import check_peg

    aed: dict[date, Decimal] = {}
    for text in rates:
        amount, at, day = text.partition("@")
        if not at:
            raise BadInput("--rate", f"{text!r} must have the form rate@date, such as 3.6725@2026-10-31")
        dated = Rates(aed_per_usd=decimal_of(amount, "--rate"), as_of=day_of(day, "--rate"))
        check_peg("--rate", dated.aed_per_usd, confirmed, "give --confirm-rate")
        aed[dated.as_of] = dated.aed_per_usd
    return aed


def _hedge(text: str, confirmed: bool) -> "Hedge":
    from falaj.finops.errors import BadInput
    from falaj.finops.plausibility import MAX_AMOUNT, check_peg
    from falaj.finops.showback.exchange import Hedge

    rate_text, colon, amount_text = text.partition(":")
    if not colon:
        raise BadInput("--hedge", f"{text!r} must have the form rate:usd, such as 3.6735:50000")
    rate, usd = decimal_of(rate_text, "--hedge"), decimal_of(amount_text, "--hedge")
    if not (rate.is_finite() and usd.is_finite() and rate > 0 and 0 < usd <= MAX_AMOUNT):
        raise BadInput("--hedge", f"rate and amount must be more than zero, not {text}")
    check_peg("--hedge", rate, confirmed, "give --confirm-rate")
    return Hedge(rate, usd)


def pair(text: str, location: str) -> tuple[str, Decimal]:
    """Splits `name=amount`. Raises `BadInput`."""
    from falaj.finops.errors import BadInput

    name, equals, amount = text.partition("=")
    if not (name and equals):
        raise BadInput(location, f"{text!r} must have the form name=amount")
    return name, decimal_of(amount, location)
