"""Number formats of the report."""

from decimal import Decimal

from falaj.finops.money import rounded


def amount(value: Decimal) -> str:
    """`1,234.56`."""
    return f"{rounded(value):,}"


def signed(value: Decimal) -> str:
    """`+1,234.56`, `-1,234.56`, and `0.00` without a sign."""
    shown = rounded(value)
    return f"{shown:+,}" if shown else "0.00"


def percent(value: Decimal) -> str:
    """`12 %`, with one decimal place below ten, where it says something."""
    places = 0 if abs(value) >= 10 or value == value.to_integral_value() else 1
    return f"{value:,.{places}f} %"


def rise(before: Decimal, after: Decimal) -> str:
    """By how much it grew, in percent of what it was; `new` where there was nothing."""
    if before == 0:
        return "new" if after else "0 %"
    share = (after - before) / before * 100
    return ("+" if share > 0 else "") + percent(share)


def counted(number: int, word: str) -> str:
    """`1 resource`, `2 resources`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
