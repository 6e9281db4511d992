"""Number formats of the report."""

from decimal import Decimal

from falaj.finops.money import Rates, rounded


def amount(value: Decimal) -> str:
    """Formats an amount as `1,234.56`, and less than half a fils below zero as `0.00`."""
    return f"{rounded(value) + 0:,}"


def signed(value: Decimal) -> str:
    """Formats an amount as `+1,234.56` or `-1,234.56`, and zero as `0.00`."""
    shown = rounded(value)
    return f"{shown:+,}" if shown else "0.00"


def percent(value: Decimal) -> str:
    """Formats a percentage as `12 %`, with one decimal place for fractions below ten."""
    places = 0 if abs(value) >= 10 or value == value.to_integral_value() else 1
    return f"{value:,.{places}f} %"


def rise(before: Decimal, after: Decimal) -> str:
    """Formats the increase in percent of the former value; `new` if that was zero."""
    if before == 0:
        return "new" if after else "0 %"
    share = (after - before) / before * 100
    return ("+" if share > 0 else "") + percent(share)


def counted(number: int, word: str) -> str:
    """Formats a count: `1 resource`, `2 resources`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def rate(rates: Rates) -> str:
    """Returns the exchange rate, its source and its day in one sentence."""
    spread = f" and the bank's {percent(rates.spread * 100)}" if rates.spread else ""
    return f"1 USD is {rates.aed_per_usd} AED{spread} ({rates.source}, {rates.as_of.isoformat()})."
