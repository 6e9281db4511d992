"""Prices of a pool's machines: the expected one, and what an hour costs at least and at most.

What an hour on spot can cost (read on 2026-11-27):

- AWS, "How Spot Instances Work" (whitepaper Cost Optimization: Leveraging EC2 Spot Instances): the maximum price of a
  request that states none is the on-demand price; a machine whose spot price exceeds its maximum is stopped.
- Azure, REST API (AgentPool `spotMaxPrice`, VirtualMachine `billingProfile.maxPrice`): a machine is evicted when the
  spot price exceeds that price in USD; -1, the default, is up to the on-demand price.
- Both give discounts of up to 90 % of the on-demand price (aws.amazon.com/ec2/spot, azure.microsoft.com, Spot VMs).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from falaj.facts.price_sources import spot_figure
from falaj.facts.prices import Capacity, Prices, UnitPrice, missing

_LEAST_SPOT_SHARE = Decimal("0.1")
"""Lowest share of the on-demand price that a spot machine costs, for machines whose spot price is not known."""

_NAMED = 8
"""Most machines that a note names."""


@dataclass(frozen=True)
class PoolPrices:
    """Hourly prices of a pool: of `machine`, which is expected to start and has a known price, and the bounds of all
    machines in USD. `most_by_machine` are the highest prices of each.

    `unbounded` maps each machine whose highest price is not known to the reason, and `most_usd` leaves it out. `price`
    is missing if no machine has a price.
    """

    machine: str
    price: UnitPrice
    least_usd: Decimal
    most_by_machine: Mapping[str, Decimal]
    unbounded: Mapping[str, str]
    note: str

    @property
    def most_usd(self) -> Decimal:
        """The highest price of the dearest machine."""
        return max(self.most_by_machine.values(), default=Decimal(0))


@dataclass(frozen=True)
class Offer:
    """What an hour of one machine costs: expected if known, at least, and at most if known. `on_demand` says that the
    last is its on-demand price.
    """

    machine: str
    price: UnitPrice
    least: Decimal
    most: Decimal | None
    reason: str
    on_demand: UnitPrice


def pool_prices(
    prices: Prices,
    region: str,
    machines: Sequence[str],
    capacities: Sequence[Capacity],
    spot_limit: Decimal | None,
    *,
    in_order: bool = False,
) -> PoolPrices:
    """Returns the prices of a pool that may start `machines` with `capacities`, which are tried in order.

    The cheapest machine is expected, or with `in_order` the first one. `spot_limit` is the highest price in USD per
    hour at which spot machines run, None for the on-demand price.
    """
    offers = [offer(prices, region, name, capacities, spot_limit) for name in dict.fromkeys(machines)]
    known = [offer for offer in offers if offer.price.usd is not None]
    if not in_order:
        known.sort(key=lambda offer: offer.price.usd or 0)
    unbounded = {offer.machine: offer.reason for offer in offers if offer.most is None}
    if not known:
        name = "/".join(machines)
        reason = "; ".join(sorted({offer.price.source for offer in offers})) or "the pool names no machine"
        note = _spot_note(capacities, None, spot_limit)
        return PoolPrices(name, missing("hour", reason), Decimal(0), {}, {}, note)
    dearest = max(
        (offer for offer in offers if offer.most is not None), key=lambda offer: offer.most or 0, default=None
    )
    notes = (
        _unknown_note(offers, capacities[0]),
        _dearest_note(offers, dearest, capacities, spot_limit, "first" if in_order else "cheapest"),
        _spot_note(capacities, known[0], spot_limit),
    )
    return PoolPrices(
        machine=known[0].machine,
        price=known[0].price,
        least_usd=min(offer.least for offer in offers),
        most_by_machine={offer.machine: offer.most or offer.price.usd or Decimal(0) for offer in offers},
        unbounded=unbounded,
        note="; ".join(filter(None, notes)),
    )


def offer(
    prices: Prices, region: str, machine: str, capacities: Sequence[Capacity], spot_limit: Decimal | None
) -> Offer:
    """Returns what an hour of a machine costs with capacities that are tried in order, as in `pool_prices`."""
    listed = {capacity: prices.machine(region, machine, capacity) for capacity in ("on-demand", *capacities)}
    most_on_demand = _highest(listed["on-demand"])
    # Spot never costs more than on demand, even if its limit is higher.
    limits = [limit for limit in (most_on_demand, spot_limit) if limit is not None]
    most_by_capacity = {"on-demand": most_on_demand, "spot": min(limits, default=None)}
    ceilings = [most_by_capacity[capacity] for capacity in capacities]
    most = None if None in ceilings else max(ceiling for ceiling in ceilings if ceiling is not None)
    least = min(_lowest(listed[capacity].usd, capacity, most_by_capacity[capacity]) for capacity in capacities)
    price, limit = listed[capacities[0]], most_by_capacity[capacities[0]]
    if price.usd is not None and limit is not None and price.usd > limit:
        price = replace(price, usd=limit)  # the machine runs at no higher price
    return Offer(machine, price, least, most, listed["on-demand"].source if most is None else "", listed["on-demand"])


def _highest(on_demand: UnitPrice) -> Decimal | None:
    """Returns the highest on-demand price: a negotiated rate does not limit spot, which the list price limits."""
    if on_demand.usd is None:
        return None
    return max(on_demand.usd, on_demand.list_usd or on_demand.usd)


def _lowest(usd: Decimal | None, capacity: Capacity, most: Decimal | None) -> Decimal:
    if usd is not None:
        return usd if most is None else min(usd, most)
    return most * _LEAST_SPOT_SHARE if capacity == "spot" and most is not None else Decimal(0)


def _unknown_note(offers: Iterable[Offer], capacity: Capacity) -> str:
    unknown = [offer.machine for offer in offers if offer.price.usd is None]
    more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
    return f"no {capacity} price is known for {', '.join(unknown[:_NAMED])}{more}" if unknown else ""


def _dearest_note(
    offers: Sequence[Offer],
    dearest: Offer | None,
    capacities: Sequence[Capacity],
    spot_limit: Decimal | None,
    expected: str,
) -> str:
    """Returns what the maximum is computed with, if it is not the expected price; `expected` says of which machine."""
    if dearest is None:
        return ""
    limit = "its on-demand price" if "spot" in capacities else ""
    if "on-demand" not in capacities and spot_limit is not None and dearest.most == spot_limit:
        limit = f"the pool's limit of {spot_limit} USD an hour"
    if len(offers) > 1:
        dearest_at = f"{dearest.machine} at {limit}" if limit else dearest.machine
        return f"the {expected} of {len(offers)} machine types; at maximum the most expensive, {dearest_at}"
    return f"at maximum {limit}" if limit else ""


def _spot_note(capacities: Sequence[Capacity], cheapest: Offer | None, spot_limit: Decimal | None) -> str:
    """Returns the note on spot: what the price is, that machines may be reclaimed, and the price on demand."""
    if capacities[0] != "spot":
        return ""
    fallback = "falls back to on-demand" if len(capacities) > 1 else "work waits while there is no spot capacity"
    risk = f"may be reclaimed at any time: {fallback}"
    if cheapest is None or cheapest.price.usd is None:
        return f"spot {risk}"
    what = spot_figure(cheapest.price.source, cheapest.machine)
    day = f" of {cheapest.price.date}" if cheapest.price.date else ""
    if spot_limit is not None and cheapest.price.usd >= spot_limit:
        return f"the {what}{day} is not below the pool's limit of {spot_limit} USD an hour; spot {risk}"
    on_demand = cheapest.on_demand.usd
    if on_demand is None or not cheapest.price.usd:
        return f"{what}{day}, {risk}"
    if cheapest.price.usd >= on_demand:
        return f"spot saves nothing here and {risk}"
    return f"{what}{day}, {risk}; on demand {on_demand / cheapest.price.usd:.1f} times as much"
