"""What machines cost an hour in dirhams, as a table that a script without a calculator can add up."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from falaj.facts.machines import Price, find

HOURS_PER_MONTH = 730
"""Hours of a month on average, 8760 / 12, as both clouds' calculators have it."""

MISSING = "-"
"""A price that is not known: such a machine is counted apart, never as free."""


def price_table(region: str, machines: Sequence[str], aed_per_usd: Decimal) -> str:
    """One line a machine: name, on-demand and spot price in thousandths of a dirham an hour, without VAT.

    A spot price that is not known is the on-demand price, which a spot machine never exceeds: an alarm may come early,
    not late.
    """
    lines: list[str] = []
    for name in sorted(set(machines)):
        machine = find(region, name)
        on_demand = _thousandths(machine.on_demand, aed_per_usd) if machine else MISSING
        spot = _thousandths(machine.spot, aed_per_usd) if machine else MISSING
        lines.append(f"{name} {on_demand} {on_demand if spot == MISSING else spot}\n")
    return "".join(lines)


def aed_per_hour(aed_per_month: Decimal) -> Decimal:
    """A month's budget spread evenly over its hours, to whole fils (hundredths of a dirham)."""
    return (aed_per_month / HOURS_PER_MONTH).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _thousandths(price: Price, aed_per_usd: Decimal) -> str:
    if price.usd_hour is None:
        return MISSING
    return str((price.usd_hour * aed_per_usd * 1000).to_integral_value(rounding=ROUND_HALF_UP))
