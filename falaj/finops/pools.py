"""Pricing of node pools: machine hours and disks at minimum, expected and maximum."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from falaj.facts.prices import missing
from falaj.finops.lines import ZERO, ZERO_RANGE, Charge, Range, fixed
from falaj.finops.plan import Planned
from falaj.finops.pool_hours import hours_note, machine_hours, scheduled_hours
from falaj.finops.pool_prices import PoolPrices, pool_prices
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.floor import Bought, Floor


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
    floor = context.floors.get((item.urn, pool.identity)) or Floor({main: pool.min_nodes})
    hours = machine_hours(context, item, pool, floor, main)
    longest = sum(hours.values(), ZERO_RANGE)
    context.machine_hours[context.site(item)] += longest.expected
    yield from _machines(context, item, pool, prices, hours, floor)
    for machine, reason in prices.unbounded.items():
        unknown = missing("hour", f"pool {pool.name} may start it, and its highest price is unknown: {reason}")
        yield Charge(pool.service, f"{machine} at most", Range(ZERO, ZERO, longest.max), price=unknown)
    yield from _disks(context, pool, _disk_hours(context, item, pool, floor, main, longest))
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
) -> Iterable[Charge]:
    """Yields the machines by type: first the type that no known work has chosen."""
    schedule = scheduled_hours(context, item, pool)
    notes = (prices.note, pool.note, _floor_note(pool, floor), hours_note(context, schedule) if schedule else "")
    busy = context.pool(item, pool.name, pool.profile).utilisation
    region, limit = context.region(item), pool.spot_limit
    own, note = prices, "; ".join(filter(None, notes))
    for (machine, capacity), quantity in hours.items():
        own = own or pool_prices(context.prices, region, [machine], [capacity], limit)
        yield Charge(
            service=pool.service,
            sku=f"{machine} {capacity}",
            quantity=quantity,
            price=own.price,
            # Any type may be the one that the pool's minimum starts.
            least_usd=prices.least_usd,
            most_usd=max(own.most_usd, prices.most_usd),
            busy=busy,
            profile=pool.profile,
            note=note,
            sleeps=schedule is not None,
            machine=machine,
            capacity=capacity,
            work=floor.pods if floor.count > pool.min_nodes else (),
        )
        own, note = None, "the cheapest machine type on which its pods fit"


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


def gp3(volume_gib: Decimal, iops: Decimal, throughput: Decimal) -> tuple[Charge, ...]:
    """Returns the charges of a gp3 volume for a month: 3,000 IOPS and 125 MB/s are included in the storage price (AWS,
    EBS).
    """
    charges_ = (
        Charge("ebs", "gp3", fixed(volume_gib)),
        Charge("ebs", "gp3-iops", fixed(max(Decimal(0), iops - 3000))),
        Charge("ebs", "gp3-throughput", fixed(max(Decimal(0), throughput - 125))),
    )
    return tuple(charge for charge in charges_ if charge.quantity.max > 0)


_PREMIUM_SSD_SIZES = ((32, "p4"), (64, "p6"), (128, "p10"), (256, "p15"), (512, "p20"), (1024, "p30"), (2048, "p40"))


def premium_disk(size_gib: Decimal) -> Charge:
    """Returns the charge of an Azure Premium SSD, which is billed by the next larger size, in GiB."""
    sku = next((sku for limit, sku in _PREMIUM_SSD_SIZES if size_gib <= limit), "larger-than-p40")
    return Charge("disk", sku, fixed(1))
