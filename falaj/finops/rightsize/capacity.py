"""Purchase of the machines for a workload (on demand, spot, or spot first) and its monthly cost."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from falaj.facts.prices import Prices, UnitPrice
from falaj.finops.rightsize.profile import Profile, Serving
from falaj.finops.rightsize.work import Work

MAX_SPOT_SHARE = Decimal("0.9")
"""Spot is not worth its interruptions if it costs more than this share of the on-demand price."""

Mix = Literal["on-demand", "spot", "spot-first"]
"""`spot`: the work waits while there is no spot capacity; `spot-first`: it continues on demand."""


@dataclass(frozen=True, slots=True)
class PricedPurchase:
    """A purchase mix and its cost. `usd_month` is None if a price is missing; `usd_hour` is the mean price of a machine
    hour.
    """

    mix: Mix
    usd_month: Decimal | None
    usd_hour: Decimal | None
    hours: float
    elapsed_hours: float
    price: UnitPrice


@dataclass(frozen=True, slots=True)
class PurchaseMix:
    """A capacity mix, with billed machine hours and elapsed hours per hour of work without interruptions."""

    mix: Mix
    billed_factor: float = 1
    elapsed_factor: float = 1


def purchase_mixes(profile: Profile) -> tuple[PurchaseMix, ...]:
    """Returns every mix that the workload tolerates, on demand first. Inference never waits for spot capacity."""
    if not profile.interruptible:
        return (PurchaseMix("on-demand"),)
    if isinstance(profile, Serving):
        return PurchaseMix("on-demand"), PurchaseMix("spot-first")
    factor = 1 / (1 - profile.interruption)
    return (
        PurchaseMix("on-demand"),
        PurchaseMix("spot-first", factor, factor),
        PurchaseMix("spot", factor, factor * factor),
    )


def price_purchase(
    profile: Profile, mix: PurchaseMix, work: Work, region: str, machine: str, prices: Prices
) -> PricedPurchase | None:
    """Returns the cost of the work with that mix; None if spot has no price or is not worth its interruptions."""
    on_demand = prices.machine(region, machine, "on-demand")
    if mix.mix == "on-demand":
        return _priced(mix, work, on_demand.usd, on_demand)
    spot = prices.machine(region, machine, "spot")
    if spot.usd is None or (on_demand.usd is not None and spot.usd >= on_demand.usd * MAX_SPOT_SHARE):
        return None
    if mix.mix == "spot":
        return _priced(mix, work, spot.usd, spot)
    if on_demand.usd is None:
        return None
    interruption = Decimal(str(profile.interruption))
    return _priced(mix, work, spot.usd * (1 - interruption) + on_demand.usd * interruption, spot)


def _priced(mix: PurchaseMix, work: Work, usd: Decimal | None, price: UnitPrice) -> PricedPurchase:
    hours = work.hours * mix.billed_factor
    month = None if usd is None else usd * work.count * Decimal(str(hours))
    return PricedPurchase(mix.mix, month, usd, hours, work.elapsed_hours * mix.elapsed_factor, price)
