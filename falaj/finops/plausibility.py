"""Figures that are possible but probably typing errors: rejected unless the caller confirms them."""

from decimal import Decimal

from falaj.facts.currency import PEG
from falaj.finops.errors import BadInput

MAX_PEG_DEVIATION = Decimal("0.02")
"""Greatest deviation of a plausible rate from the peg. The Central Bank buys and sells at 3.6720 and 3.6730; a bank's
spread, a provider's monthly rate or a forward contract stay within 2 %, exchanged digits such as 3.7625 do not."""


MAX_AMOUNT = 10**15
"""No amount of a bill, budget or invoice is greater, in any currency."""


def check_peg(location: str, aed_per_usd: Decimal, confirmed: bool, confirmation: str) -> None:
    """Raises `BadInput` for a rate far from the peg that is not confirmed. `confirmation` says how to confirm it."""
    if confirmed or not aed_per_usd.is_finite() or aed_per_usd <= 0:  # no rate at all is refused elsewhere
        return
    lowest, highest = (PEG.aed_per_usd * (1 + sign * MAX_PEG_DEVIATION) for sign in (-1, 1))
    if not lowest <= aed_per_usd <= highest:
        percent = f"{MAX_PEG_DEVIATION * 100:.0f} %"
        raise BadInput(
            location,
            f"{aed_per_usd} AED per USD is more than {percent} from the peg; did you mean {PEG.aed_per_usd}? "
            f"If it is right, {confirmation}",
        )


def check_percent(location: str, percent: Decimal, confirmed: bool, confirmation: str, below: Decimal) -> None:
    """Raises `BadInput` for a percentage that looks like a fraction, from 0 to `below`, and is not confirmed."""
    if not confirmed and 0 < percent < below:
        meant = (percent * 100).normalize()
        raise BadInput(
            location,
            f"{percent} percent is a factor of {(percent / 100).normalize():f}; did you mean {meant:f}? "
            f"If it is right, {confirmation}",
        )
