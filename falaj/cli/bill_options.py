"""What the commands about cost are asked: their options, and what these mean."""

import json as json_format
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from falaj.cli.common import err

if TYPE_CHECKING:
    from falaj.facts.prices import Prices
    from falaj.finops.figures import Figures
    from falaj.finops.gate import Ceilings
    from falaj.finops.money import Rates
    from falaj.finops.plan import Plan
    from falaj.finops.usage_model import Usage

UsageOption = Annotated[Path | None, typer.Option("--usage", help="Usage file: how pools and stores are used.")]
PlanOption = Annotated[
    str | None,
    typer.Option("--plan", help="`pulumi preview --json --show-sames` or a state export; - for standard input."),
]
BaseOption = Annotated[
    Path | None, typer.Option("--base", help="What to compare with: another plan, or this command's JSON.")
]
CeilingsOption = Annotated[Path | None, typer.Option("--ceilings", help="Ceilings by stack, site and tenant (YAML).")]
BookOption = Annotated[
    Path | None, typer.Option("--price-book", help="Negotiated rates that go before the list prices (YAML).")
]
AllowOption = Annotated[bool, typer.Option("--allow-missing", help="Let a total pass although prices are missing.")]
RateOption = Annotated[
    str | None, typer.Option("--rate", help="AED for one USD and the day of the rate: 3.6725@2026-11-24.")
]
SpreadOption = Annotated[str, typer.Option("--spread", help="What the bank takes on top of the rate, in percent.")]
FinalOption = Annotated[bool, typer.Option("--vat-final", help="The VAT is not recovered: it is part of the cost.")]
InvoiceOption = Annotated[
    str | None, typer.Option("--invoice", help="Currency of the invoice, its units for one USD: EUR=0.92@2026-11-20.")
]
KEY = "falaj:platform"


def text_of(file: Path) -> str:
    """What a file holds. Raises `BadInput`."""
    from falaj.finops.errors import BadInput

    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(file), f"cannot be read: {unreadable}") from None


def settings_of(plan: "Plan") -> dict[str, Any]:
    """The stack's settings, as far as the plan carries them."""
    raw = plan.config.get(KEY)
    try:
        result = json_format.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        return {}
    return result if isinstance(result, dict) else {}


def rates_of(
    settings: dict[str, Any], rate: str | None, spread: str, vat_final: bool = False, invoice: str | None = None
) -> "Rates":
    """The rates of the options; what they leave out is the stack's, then the peg."""
    from falaj.facts.currency import PEG
    from falaj.finops.money import Invoice, Rates

    currency = settings.get("currency")
    stated = currency if isinstance(currency, dict) else {}
    amount, day, source = PEG.aed_per_usd, PEG.as_of, PEG.source
    if rate is not None:
        amount, day = _dated(rate, "--rate")
        source = "given with --rate"
    elif "aed_per_usd" in stated:
        amount = decimal_of(str(stated["aed_per_usd"]), "currency.aed_per_usd")
        day = day_of(str(stated.get("as_of", day)), "currency.as_of")
        source = "the stack's settings"
    bill_in = Invoice()
    if invoice is not None:
        code, _, price = invoice.partition("=")
        per_usd, invoice_day = _dated(price, "--invoice")
        bill_in = Invoice(code, per_usd, invoice_day)
    return Rates(
        aed_per_usd=amount,
        as_of=day,
        source=source,
        spread=decimal_of(spread, "--spread") / 100,
        vat_recoverable=not vat_final,
        invoice=bill_in,
    )


def _dated(text: str, location: str) -> tuple[Decimal, date]:
    amount, _, day = text.partition("@")
    return decimal_of(amount, location), day_of(day, location) if day else datetime.now(UTC).date()


def decimal_of(text: str, location: str) -> Decimal:
    """A number of an option. Raises `BadInput`."""
    from falaj.finops.errors import BadInput

    try:
        return Decimal(text)
    except InvalidOperation:
        raise BadInput(location, f"{text!r} is no number") from None


def day_of(text: str, location: str) -> date:
    """A day of an option. Raises `BadInput`."""
    from falaj.finops.errors import BadInput

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(location, f"{text!r} is no day, such as 2026-11-24") from None


def prices_of(book: Path | None) -> "Prices":
    """The list prices, and before them the book's; what is to be known of the book is said on standard error."""
    from falaj.facts.prices import catalogue
    from falaj.finops.prices.book import load

    if book is None:
        return catalogue()
    result = load(book, catalogue(), datetime.now(UTC).date())
    for warning in result.warnings:
        err.print(f"warning: {warning}", style="yellow", highlight=False)
    return result.prices


def base_of(file: Path | None, usage: "Usage", prices: "Prices", rates: "Rates") -> "Figures | None":
    """What to compare with. A plan is estimated by the same usage and prices: only the plan differs."""
    from falaj.finops.document import read_figures
    from falaj.finops.estimate import estimate
    from falaj.finops.figures import figures
    from falaj.finops.plan import read

    if file is None:
        return None
    text = text_of(file)
    return read_figures(text, str(file)) or figures(estimate(read(text, str(file)), usage, prices, rates))


def ceilings_of(file: Path | None, settings: dict[str, Any]) -> "Ceilings":
    """The file's ceilings, or those of the stack's settings."""
    from falaj.finops.gate import read_ceilings

    if file is not None:
        return read_ceilings(text_of(file), str(file))
    return read_ceilings(json_format.dumps(settings.get("ceilings") or {}), f"{KEY}.ceilings")


def next_month() -> date:
    """The first day of the month that the bill is for."""
    today = datetime.now(UTC).date()
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
