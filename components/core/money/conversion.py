"""Dirhams to dollars, as the clouds' budgets want them."""

from decimal import ROUND_DOWN, Decimal, InvalidOperation

CENT = Decimal("0.01")


def usd_of(aed: Decimal | float, aed_per_usd: Decimal | float) -> Decimal:
    """US dollars for `aed` dirhams at `aed_per_usd` dirhams a dollar, rounded down to whole cents.

    Down, because a budget that is a cent too small alarms early and one that is a cent too large alarms late.
    Raises ValueError for an amount or rate that is not positive, and for an amount under one cent or too large to be
    written in cents.
    """
    amount, rate = Decimal(str(aed)), Decimal(str(aed_per_usd))
    if amount <= 0 or rate <= 0:
        raise ValueError(f"a budget and its rate must be above zero, not {amount} AED at {rate} AED a dollar")
    try:
        dollars = (amount / rate).quantize(CENT, rounding=ROUND_DOWN)
    except InvalidOperation:
        raise ValueError(f"{amount} AED is too large to be written in cents") from None
    if not dollars:
        raise ValueError(f"{amount} AED is less than one US cent")
    return dollars
