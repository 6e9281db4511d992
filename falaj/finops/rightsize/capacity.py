"""Purchase of the machines for a workload: on demand, spot, or spot first; and its monthly cost."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from falaj.facts.prices import Prices, UnitPrice
from falaj.finops.rightsize.profile import Inference, Profile
from falaj.finops.rightsize.work import Work

SPOT_WORTH = Decimal("0.9")
"""Spot that costs more than this part of the price on demand is not worth its interruptions."""

Mix = Literal["on-demand", "spot", "spot-first"]
"""`spot`: the work waits while there is none; `spot-first`: it goes on, on demand."""


@dataclass(frozen=True, slots=True)
class Bought:
    """A way to buy. `usd_month` is None where a price is missing; `usd_hour` is the mean price of a machine hour."""

    mix: Mix
    usd_month: Decimal | None
    usd_hour: Decimal | None
    hours: float
    elapsed_hours: float
    price: UnitPrice


@dataclass(frozen=True, slots=True)
class PurchaseMix:
    """A way to buy: the machine hours paid for one of work, and the hours that pass for one of work."""

    mix: Mix
    paid: float = 1
    takes: float = 1


def ways(profile: Profile) -> tuple[PurchaseMix, ...]:
    """Every way that the workload bears, on demand first. Nobody may wait for an answer until there is spot."""
    if not profile.interruptible:
        return (PurchaseMix("on-demand"),)
    if isinstance(profile, Inference):
        return PurchaseMix("on-demand"), PurchaseMix("spot-first")
    again = 1 / (1 - profile.interruption)
    return PurchaseMix("on-demand"), PurchaseMix("spot-first", again, again), PurchaseMix("spot", again, again * again)


def buy(profile: Profile, way: PurchaseMix, work: Work, region: str, machine: str, prices: Prices) -> Bought | None:
    """What the work costs that way; None where spot has no price or is not worth its interruptions."""
    listed = prices.machine(region, machine, "on-demand")
    if way.mix == "on-demand":
        return _bought(way, work, listed.usd, listed)
    spot = prices.machine(region, machine, "spot")
    if spot.usd is None or (listed.usd is not None and spot.usd >= listed.usd * SPOT_WORTH):
        return None
    if way.mix == "spot":
        return _bought(way, work, spot.usd, spot)
    if listed.usd is None:
        return None
    lost = Decimal(str(profile.interruption))
    return _bought(way, work, spot.usd * (1 - lost) + listed.usd * lost, spot)


def _bought(way: PurchaseMix, work: Work, usd: Decimal | None, price: UnitPrice) -> Bought:
    hours = work.hours * way.paid
    month = None if usd is None else usd * work.count * Decimal(str(hours))
    return Bought(way.mix, month, usd, hours, work.elapsed_hours * way.takes, price)
