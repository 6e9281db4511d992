"""What a simulated month is compared with: fleets bought for its peak, and a lower bound."""

from dataclasses import dataclass

from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work

ON_DEMAND, SPOT, BOUND = "static on-demand peak", "static spot peak", "clairvoyant lower bound"
"""Names of the comparisons, as reports say them."""


@dataclass(frozen=True)
class Comparisons:
    """Other months with the same work."""

    aed: dict[str, float | None]
    """Name of a comparison -> AED of the month; None if it is not possible, such as spot machines for all jobs."""
    how: str
    """How the bound was computed, and what it supposes."""


def compared(platform: Platform, work: Work) -> Comparisons:
    """Returns the other months of a platform's work."""
    from falaj.simulation.bounds import clairvoyant, static_on_demand, static_spot

    bound = clairvoyant(platform, work)
    aed = {ON_DEMAND: static_on_demand(platform, work), SPOT: static_spot(platform, work), BOUND: bound.aed}
    return Comparisons(aed, bound.how)
