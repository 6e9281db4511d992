"""What a simulated month is compared with: fleets bought for its peak, and lower bounds."""

from dataclasses import dataclass

from falaj.simulation.experiments import split
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work

WAIT_MINUTES = 15
"""Longest wait of a job in the bound of short waits: the default of `--max-wait`."""

ON_DEMAND, SPOT, BOUND = "static on-demand peak", "static spot peak", "clairvoyant lower bound"
PROMPT_BOUND = f"{BOUND}, {WAIT_MINUTES} min wait"
POD_BOUND = f"{PROMPT_BOUND}, whole pods"
"""Names of the comparisons, as reports say them."""

_PROMPT = (
    f"In the bound with a wait of {WAIT_MINUTES} minutes, no job waits, or is paused, for longer in total; a month"
    " whose jobs wait longer may cost less. In the one of whole pods, every pod is on one machine besides: a pod of"
    " four GPUs does not take parts of four machines."
)


@dataclass(frozen=True)
class Comparisons:
    """Other months with the same work."""

    aed: dict[str, float | None]
    """Name of a comparison -> AED of the month; None if it is not possible, such as spot machines for all jobs."""
    how: str
    """How the bounds were computed, and what they suppose."""


def compared(platform: Platform, work: Work) -> Comparisons:
    """Returns the other months of a platform's work."""
    from falaj.simulation.bounds import clairvoyant, static_on_demand, static_spot
    from falaj.simulation.bounds.service_load import replica_seconds

    # A month of 50 million requests: their load is computed once.
    divided, served = split(platform, work, seed=0), replica_seconds(platform, work)
    fleets = served if divided is work else replica_seconds(platform, divided)
    wait = WAIT_MINUTES * 60
    bound = clairvoyant(platform, work, served=served)
    aed = {
        ON_DEMAND: static_on_demand(platform, work, fleets),
        SPOT: static_spot(platform, work, fleets),
        BOUND: bound.aed,
        PROMPT_BOUND: clairvoyant(platform, work, wait, served=served).aed,
        POD_BOUND: clairvoyant(platform, work, wait, whole_pods=True, served=served).aed,
    }
    return Comparisons(aed, f"{bound.how} {_PROMPT}")
