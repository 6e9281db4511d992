"""Pricing of node pools: machine hours and disks at minimum, expected and maximum."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from falaj.facts.machines import find
from falaj.facts.prices import missing
from falaj.finops.karpenter_limits import most_usd
from falaj.finops.lines import ZERO, ZERO_RANGE, Charge, Range, fixed
from falaj.finops.plan import Planned
from falaj.finops.pool_hours import hours_note, machine_hours, scheduled_hours, side_by_side
from falaj.finops.pool_prices import PoolPrices, pool_prices
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.floor import Bought, Floor, rounded_down


def pool_charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of all pools that a resource describes."""
    for pool in context.pools[item.urn]:
        yield from charges(context, item, pool)


def charges(context: PricingContext, item: Planned, pool: PricedPool) -> Iterable[Charge]:
    """Yields the charges of the pool's machines and disks."""
    region = context.region(item)
    prices = pool_prices(
        context.prices, region, pool.machines, pool.capacities, pool.spot_limit, in_order=pool.in_order
    )
    main: Bought = prices.machine or pool.name, pool.capacities[0]
    floor = context.floors.get((item.urn, pool.identity)) or Floor({main: pool.min_nodes}, pool.min_nodes)
    hours = machine_hours(context, item, pool, floor, main)
    longest = sum(hours.values(), ZERO_RANGE)
    context.machine_hours[context.site(item)] += longest
    yield from _machines(context, item, pool, prices, hours, floor, main)
    for machine, reason in prices.unbounded.items():
        unknown = missing("hour", f"pool {pool.name} may start it, and its highest price is unknown: {reason}")
        yield Charge(pool.service, f"{machine} at most", Range(ZERO, ZERO, longest.max), price=unknown)
    yield from _disks(context, pool, _disk_hours(context, item, pool, floor, main, longest))
    if pool.licence:
        reason = f"pool {pool.name} runs {pool.licence}: the price list has machines without its licence"
        yield Charge(pool.service, f"licence of {pool.licence}", longest, price=missing("hour", reason))
    if pool.unknown:
        reason = f"pool {pool.name}: {', '.join(pool.unknown)} is known only after the update: its maximum is unknown"
        yield _open(pool, "of unknown size", reason)
    elif pool.max_nodes is None:
        yield _open(pool, "without a limit", f"pool {pool.name} has no limit: its maximum is unknown")


def _open(pool: PricedPool, what: str, reason: str) -> Charge:
    """Returns a charge without a price, which says that a pool's maximum is unknown."""
    return Charge(pool.service, f"{pool.name} {what}", Range(ZERO, ZERO, Decimal(1)), price=missing("hour", reason))


def _machines(
    context: PricingContext,
    item: Planned,
    pool: PricedPool,
    prices: PoolPrices,
    hours: Mapping[Bought, Range],
    floor: Floor,
    main: Bought,
) -> Iterable[Charge]:
    """Yields the machines by type: first the type that no known work has chosen."""
    schedule = scheduled_hours(context, item, pool)
    most = _most_price(context.region(item), pool, prices)
    notes = (
        prices.note,
        f"by its limits {most:.4f} USD an hour of a node at maximum" if most < prices.most_usd else "",
        pool.note,
        _floor_note(pool, floor),
        hours_note(context, schedule) if schedule else "",
    )
    busy = context.pool(item, pool.name, pool.profile).utilisation
    by_type = {main: prices} | {
        other: pool_prices(context.prices, context.region(item), [other[0]], [other[1]], pool.spot_limit)
        for other in hours
        if other != main
    }
    least_share = _least_share(floor, by_type, prices.least_usd)
    awake = context.hours if schedule is None else schedule[0]
    note = "; ".join(filter(None, notes))
    steps = side_by_side(context, item, pool, floor, main)
    for bought, quantity in hours.items():
        (machine, capacity), own = bought, by_type[bought]
        yield Charge(
            service=pool.service,
            sku=f"{machine} {capacity}",
            quantity=quantity,
            price=own.price,
            least_usd=_least_price(own, quantity.min, floor.nodes.get(bought, 0) * awake, least_share, floor),
            most_usd=max(own.most_usd, most) if bought != main else most,
            busy=busy,
            profile=pool.profile,
            note=note,
            sleeps=schedule is not None,
            machine=machine,
            capacity=capacity,
            work=floor.pods if floor.count > pool.min_nodes else (),
            side_by_side=tuple(steps.get(bought, ())),
        )
        note = "the cheapest machine type on which its pods fit"


def _least_share(floor: Floor, prices: Mapping[Bought, PoolPrices], least: Decimal) -> Decimal:
    """Returns what any choice of nodes for the lasting work costs at least, as a share of the cost of the floor's.
    `least` is the price of an hour of the pool's cheapest type, of which each of the fewest nodes may be."""
    cost = sum(((prices[bought].price.usd or ZERO) * count for bought, count in floor.nodes.items()), ZERO)
    return min(Decimal(1), max(floor.least_usd, floor.fewest * least) / cost) if cost else Decimal(1)


def _least_price(own: PoolPrices, least_hours: Decimal, always: Decimal, least_share: Decimal, floor: Floor) -> Decimal:
    """Returns the price of an hour of a type in the minimum: in its fewest hours together the lasting work costs its
    least share of `always`, its hours in the floor, and those of schedules the least price of the type."""
    if not least_hours:
        return own.least_usd
    on_schedule = least_hours - always * floor.least_share
    return rounded_down(((own.price.usd or ZERO) * always * least_share + own.least_usd * on_schedule) / least_hours)


def _most_price(region: str, pool: PricedPool, prices: PoolPrices) -> Decimal:
    """Returns the price of an hour of a node in the maximum: of the dearest type, or less if the pool's limits allow
    its most nodes only of smaller ones."""
    by_machine = {machine: usd for name, usd in prices.most_by_machine.items() if (machine := find(region, name))}
    within_limits = most_usd(pool.limits, by_machine)
    if within_limits is None or not pool.max_nodes:
        return prices.most_usd
    return min(prices.most_usd, max(within_limits / pool.max_nodes, prices.price.usd or ZERO))


def _disk_hours(
    context: PricingContext, item: Planned, pool: PricedPool, floor: Floor, main: Bought, running: Range
) -> Range:
    """Returns the hours in which the machines' disks are billed; `running` are those of the machines."""
    if pool.running_hours is None or not (pool.disks and pool.disks_billed_when_stopped):
        return running
    return sum(machine_hours(context, item, replace(pool, running_hours=None), floor, main).values(), ZERO_RANGE)


def _disks(context: PricingContext, pool: PricedPool, hours: Range) -> Iterable[Charge]:
    months = Range(*(each / context.hours for each in (hours.min, hours.expected, hours.max)))
    for disk in pool.disks:
        quantity = months.times(disk.quantity.expected)
        yield Charge(disk.service, disk.sku, quantity, price=disk.price, profile=pool.profile)


def _floor_note(pool: PricedPool, floor: Floor) -> str:
    """Returns the note of a pool that its work keeps larger than its minimum; empty for others."""
    if floor.count <= pool.min_nodes:
        return ""
    nodes = "1 node holds" if floor.count == 1 else f"{floor.count} nodes hold"
    return f"{nodes} what always runs there: {', '.join(floor.pods)}; the pool's minimum is {pool.min_nodes}"


def disk_of_unknown_size(service: str, sku: str, key: str = "its size") -> tuple[Charge, ...]:
    """Returns a charge without a price for a disk whose size is known only after the update."""
    return (Charge(service, sku, fixed(1), price=missing("GB-month", f"{key} is known only after the update")),)
