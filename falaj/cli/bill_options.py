"""Options of the cost commands, and how they are read."""

import json as json_format
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from falaj.cli.common import err

if TYPE_CHECKING:
    from falaj.facts.prices import Prices
    from falaj.finops.commitments import HeldCommitment
    from falaj.finops.figures import Figures
    from falaj.finops.gate import Ceilings
    from falaj.finops.money import Rates
    from falaj.finops.plan import Plan
    from falaj.finops.usage_model import Usage

UsageOption = Annotated[
    Path | None,
    typer.Option(
        "--usage",
        help="Usage file (YAML): expected use of node pools, vaults and sites; default: assumptions by profile.",
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option(
        "--plan",
        help="Output of `pulumi preview --json --show-sames` or `pulumi stack export`; - reads standard input; "
        "default: a preview in the emulated clouds.",
    ),
]
BaseOption = Annotated[
    Path | None,
    typer.Option(
        "--base",
        help="Baseline of the comparison: another plan, or earlier JSON output of this command; default: none.",
    ),
]
CeilingsOption = Annotated[
    Path | None,
    typer.Option(
        "--ceilings",
        help="Cost thresholds by stack, site and tenant (YAML); default: `ceilings` of the stack's settings.",
    ),
]
BookOption = Annotated[
    Path | None,
    typer.Option(
        "--price-book", help="Negotiated rates, which take precedence over list prices (YAML); default: list prices."
    ),
]
AllowOption = Annotated[bool, typer.Option("--allow-missing", help="Do not fail because of resources without a price.")]
RateOption = Annotated[
    str | None,
    typer.Option(
        "--rate",
        help="Exchange rate, AED per USD, and its date: 3.6725@2026-11-24; default: that of the stack, else the peg.",
    ),
]
ConfirmRateOption = Annotated[
    bool, typer.Option("--confirm-rate", help="Accept an exchange rate more than 2 % from the peg.")
]
ConfirmPercentOption = Annotated[
    bool, typer.Option("--confirm-percent", help="Accept a percentage that looks like a fraction.")
]
SpreadOption = Annotated[str, typer.Option("--spread", help="Bank FX spread, percent.")]
VatOption = Annotated[
    bool, typer.Option("--vat-non-recoverable", help="Count VAT as cost, because it cannot be recovered.")
]
ControllingOption = Annotated[
    Path | None,
    typer.Option(
        "--controlling", help="Controlling file (YAML), which states who invoices with which VAT; default: none."
    ),
]
InvoiceOption = Annotated[
    str | None,
    typer.Option("--invoice", help="Invoice currency and its rate per USD: EUR=0.92@2026-11-20; default: none."),
]
KEY = "falaj:platform"
"""Configuration key of the platform's settings in the stack file."""


def text_of(file: Path) -> str:
    """Returns the text of a file. Raises `BadInput` if it cannot be read."""
    from falaj.finops.input_files import read_text

    return read_text(file)


def input_of(given: str | Path) -> str:
    """Returns the text of a file, or of standard input for `-`. Raises `BadInput` if it cannot be read."""
    from falaj.finops.input_files import read_input

    return read_input(given)


def settings_of(plan: "Plan") -> dict[str, Any]:
    """Returns the stack's settings, or {} if the plan does not contain them."""
    from falaj.components.settings.config_references import in_config, resolve
    from falaj.finops.errors import BadInput
    from falaj.finops.input_files import parse_json

    raw = plan.config.get(KEY)
    try:
        result = parse_json(raw, KEY) if isinstance(raw, str) else raw
    except BadInput:
        return {}
    resolved = resolve(result, in_config(plan.config))
    return resolved if isinstance(resolved, dict) else {}


def rates_of(
    settings: dict[str, Any],
    rate: str | None,
    spread: str,
    vat_non_recoverable: bool = False,
    invoice: str | None = None,
    confirm_rate: bool = False,
    confirm_percent: bool = False,
    controlling: Path | None = None,
) -> "Rates":
    """Returns the exchange rates: of the options, else of the settings, else the official peg. An implausible rate or
    percentage must be confirmed. Raises `BadInput`.
    """
    from falaj.facts.currency import PEG
    from falaj.finops.controlling.clouds import vat_of_clouds
    from falaj.finops.controlling.settings import read
    from falaj.finops.money import MAX_SPREAD, Invoice, Rates
    from falaj.finops.plausibility import check_peg, check_percent

    currency = settings.get("currency")
    configured = currency if isinstance(currency, dict) else {}
    amount, day, source = PEG.aed_per_usd, PEG.as_of, PEG.source
    if rate is not None:
        amount, day = _dated(rate, "--rate")
        source = "given with --rate"
    elif "aed_per_usd" in configured:
        amount = decimal_of(str(configured["aed_per_usd"]), "currency.aed_per_usd")
        day = day_of(str(configured.get("as_of", day)), "currency.as_of")
        source = "the stack's settings"
    check_peg("--rate" if rate is not None else "currency.aed_per_usd", amount, confirm_rate, "give --confirm-rate")
    percent = decimal_of(spread, "--spread")
    check_percent("--spread", percent, confirm_percent, "give --confirm-percent", below=MAX_SPREAD)
    invoice_rate = Invoice()
    if invoice is not None:
        code, _, price = invoice.partition("=")
        per_usd, invoice_day = _dated(price, "--invoice")
        invoice_rate = Invoice(code, per_usd, invoice_day)
        if code == "AED":
            check_peg("--invoice", per_usd, confirm_rate, "give --confirm-rate")
    return Rates(
        aed_per_usd=amount,
        as_of=day,
        source=source,
        spread=percent / 100,
        vat_recoverable=not vat_non_recoverable,
        **vat_of_clouds(None if controlling is None else read(controlling)),
        invoice=invoice_rate,
    )


def _dated(text: str, location: str) -> tuple[Decimal, date]:
    """Splits `amount@date`; the default date is today (UTC). Raises `BadInput`."""
    amount, _, day = text.partition("@")
    return decimal_of(amount, location), day_of(day, location) if day else datetime.now(UTC).date()


def decimal_of(text: str, location: str) -> Decimal:
    """Parses a number given to an option. `location` names the option in the error. Raises `BadInput`."""
    from falaj.finops.errors import BadInput, shown
    from falaj.finops.plausibility import MAX_AMOUNT

    try:
        result = Decimal(text)
    except InvalidOperation:
        result = Decimal("nan")
    if not result.is_finite():
        raise BadInput(location, f"{shown(text)} is not a number: write it like 3.6725, without separators")
    if not -MAX_AMOUNT <= result <= MAX_AMOUNT:
        raise BadInput(location, f"{text[:40]} is not from {-MAX_AMOUNT:.0e} to {MAX_AMOUNT:.0e}")
    return result


def day_of(text: str, location: str) -> date:
    """Parses a date given to an option. `location` names the option in the error. Raises `BadInput`."""
    from falaj.finops.errors import BadInput

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(location, f"{text!r} is not a date such as 2026-11-24") from None


def month_of(text: str) -> date:
    """Parses the option `--month` into the first day of the month. Raises `BadInput`."""
    from falaj.finops.errors import BadInput

    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise BadInput("--month", f"{text!r} is not a month such as 2026-11") from None


def prices_of(book: Path | None) -> "Prices":
    """Returns list prices, overridden by those of the price book. Prints warnings about the book to standard error."""
    from falaj.facts.prices import catalogue
    from falaj.finops.prices.book import load

    if book is None:
        return catalogue()
    result = load(book, catalogue(), datetime.now(UTC).date())
    for warning in result.warnings:
        err.print(f"warning: {warning}", style="yellow", highlight=False)
    return result.prices


def base_of(file: Path | None, usage: "Usage", prices: "Prices", rates: "Rates") -> "Figures | None":
    """Returns the baseline's figures. A plan is estimated with the same usage and prices, so only the plan differs."""
    from falaj.finops.document import read_figures
    from falaj.finops.estimate import estimate
    from falaj.finops.figures import figures
    from falaj.finops.plan import read

    if file is None:
        return None
    text = text_of(file)
    return read_figures(text, str(file)) or figures(
        estimate(plan := read(text, str(file)), usage, prices, rates, commitments=commitments_of(settings_of(plan)))
    )


def ceilings_of(file: Path | None, settings: dict[str, Any]) -> "Ceilings":
    """Returns the cost thresholds of the file; without a file, those of the stack's settings."""
    from falaj.finops.gate import read_ceilings

    if file is not None:
        return read_ceilings(text_of(file), str(file))
    return read_ceilings(json_format.dumps(settings.get("ceilings") or {}), f"{KEY}.ceilings")


def commitments_of(settings: dict[str, Any]) -> "tuple[HeldCommitment, ...]":
    """Returns the commitments of the stack's settings. Raises `BadInput` for one in another form."""
    from falaj.finops.commitments import held_commitments

    return held_commitments(settings)


def next_month() -> date:
    """Returns the first day of next month (UTC), the month that is estimated."""
    today = datetime.now(UTC).date()
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
