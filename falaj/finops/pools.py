"""Pricing of node pools: machines per hour and their disks, at minimum, as expected and at maximum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from falaj.facts.prices import Capacity, UnitPrice, missing
from falaj.finops.lines import Charge, Range, fixed
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.usage import stated_hours


@dataclass(frozen=True)
class PricedPool:
    """Machines of one profile. `capacities` are tried in order; `most` is None where nothing limits the pool.

    `disks` are the charges for one machine's disks in a whole month. `awake` are the hours in which schedules let
    the pool run, None where none stops it; `disks_stay` says that disks of stopped machines are paid for.
    """

    name: str
    profile: str
    machines: Sequence[str]
    capacities: Sequence[Capacity]
    least: int
    most: int | None
    disks: Sequence[Charge] = ()
    service: str = "machine"
    awake: Decimal | None = None
    disks_stay: bool = False


def charges(context: PricingContext, item: Planned, pool: PricedPool) -> Iterable[Charge]:
    """The pool's machines and disks."""
    region = context.region(item)
    nodes = node_hours(context, item, pool)
    best, dearest, note = _prices(context, region, pool)
    awake = hours_awake(context, item, pool)
    usage = context.pool(item, pool.name, pool.profile)
    yield Charge(
        service=pool.service,
        sku=f"{best[0]} {pool.capacities[0]}",
        quantity=nodes,
        price=best[1],
        dearest=dearest,
        busy=usage.utilisation,
        profile=pool.profile,
        note="; ".join(filter(None, (note, hours_note(context, awake) if awake else ""))),
        sleeps=awake is not None,
        machine=best[0],
        capacity=pool.capacities[0],
    )
    held = node_hours(context, item, replace(pool, awake=None)) if pool.disks_stay else nodes
    for disk in pool.disks:
        months = Range(*(hours / context.hours for hours in (held.min, held.expected, held.max)))
        yield Charge(
            disk.service,
            disk.sku,
            Range(*(part * disk.quantity.expected for part in (months.min, months.expected, months.max))),
            profile=pool.profile,
        )
    if pool.most is None:
        unlimited = missing("hour", f"pool {pool.name} has no limit: its most is not known")
        yield Charge(
            pool.service, f"{pool.name} without a limit", Range(Decimal(0), Decimal(0), Decimal(1)), price=unlimited
        )


def node_hours(context: PricingContext, item: Planned, pool: PricedPool) -> Range:
    """Machine hours of a month: the least all month; what comes on top during the hours of the usage file. Of a pool
    that sleeps there is neither least nor most but in the hours in which it is awake."""
    usage = context.pool(item, pool.name, pool.profile)
    least = Decimal(pool.least)
    most = max(least, Decimal(pool.least if pool.most is None else pool.most))
    if usage.nodes is not None:
        running = max(least, usage.nodes if pool.most is None else min(usage.nodes, most))
    else:
        running = least + (usage.load or Decimal(0)) * (most - least)
    if (awake := hours_awake(context, item, pool)) is not None:
        return Range(least, running, max(most, running)).times(awake[0])
    hours = min(usage.hours if usage.hours is not None else context.hours, context.hours)
    expected = least * context.hours + (running - least) * hours
    return Range(least * context.hours, expected, max(most * context.hours, expected))


def hours_awake(context: PricingContext, item: Planned, pool: PricedPool) -> tuple[Decimal, str] | None:
    """(Hours of a month in which the pool runs, source of the figure); None if no schedule stops the pool.

    The usage file takes precedence over the schedule.
    """
    if pool.awake is None:
        return None
    stated = stated_hours(context.usage, context.site(item), pool.name, pool.profile)
    if stated is not None:
        return min(stated, context.hours), "the usage file"
    return pool.awake, "its schedule"


def hours_note(context: PricingContext, awake: tuple[Decimal, str]) -> str:
    """The hours in which the pool runs, and their source, for the note of a line."""
    hours, by = awake
    return f"awake {_short(hours)} of {_short(context.hours)} h, by {by}"


def _short(hours: Decimal) -> str:
    return f"{hours:.1f}".removesuffix(".0")


def _prices(
    context: PricingContext, region: str, pool: PricedPool
) -> tuple[tuple[str, UnitPrice], UnitPrice | None, str]:
    """(The machine taken and its price, the dearest price, what is to be known about them)."""
    first = pool.capacities[0]
    priced = [(name, context.prices.machine(region, name, first)) for name in pool.machines]
    available = sorted(
        ((name, price) for name, price in priced if price.usd is not None), key=lambda pair: pair[1].usd or 0
    )
    unknown = [name for name, price in priced if price.usd is None]
    if not available:
        name = "/".join(pool.machines) or pool.name
        why = "; ".join(sorted({price.source for _, price in priced})) or "the pool names no machine"
        return (name, missing("hour", why)), None, _spot_note(context, region, pool, None)
    notes = [f"no {first} price is known for {', '.join(unknown)}"] if unknown else []
    if len(available) > 1:
        notes.append(f"the cheapest of {len(pool.machines)} kinds; at most the dearest, {available[-1][0]}")
    dearest = _dearest(context, region, pool, [price for _, price in available])
    if spot_note := _spot_note(context, region, pool, available[0]):
        notes.append(spot_note)
    return available[0], dearest, "; ".join(notes)


def _dearest(context: PricingContext, region: str, pool: PricedPool, available: list[UnitPrice]) -> UnitPrice:
    """The price of the greatest cost: of the dearest machine, on demand where the pool falls back to it."""
    others = [context.prices.machine(region, name, way) for way in pool.capacities[1:] for name in pool.machines]
    return max((price for price in (*available, *others) if price.usd is not None), key=lambda price: price.usd or 0)


def _spot_note(context: PricingContext, region: str, pool: PricedPool, taken: tuple[str, UnitPrice] | None) -> str:
    """What spot puts at risk: the machines may be taken back, and on demand they cost so much more."""
    if pool.capacities[0] != "spot":
        return ""
    fallback = "falls back to on-demand" if len(pool.capacities) > 1 else "work waits while there is no spot machine"
    if taken is None:
        return f"spot may be taken back at any time: {fallback}"
    on_demand = context.prices.machine(region, taken[0], "on-demand")
    if on_demand.usd is None or not taken[1].usd:
        return f"spot may be taken back at any time: {fallback}"
    if taken[1].usd >= on_demand.usd:
        return f"spot saves nothing here and may be taken back at any time: {fallback}"
    return (
        f"average spot price, may be taken back at any time: {fallback}; "
        f"on demand {on_demand.usd / taken[1].usd:.1f} times as much"
    )


def gp3(volume_gib: Decimal, iops: Decimal, throughput: Decimal) -> tuple[Charge, ...]:
    """A gp3 volume for a month: 3,000 operations and 125 MB a second are in the price of the space (AWS, EBS)."""
    parts = (
        Charge("ebs", "gp3", fixed(volume_gib)),
        Charge("ebs", "gp3-iops", fixed(max(Decimal(0), iops - 3000))),
        Charge("ebs", "gp3-throughput", fixed(max(Decimal(0), throughput - 125))),
    )
    return tuple(part for part in parts if part.quantity.max > 0)


_SIZES = ((32, "p4"), (64, "p6"), (128, "p10"), (256, "p15"), (512, "p20"), (1024, "p30"), (2048, "p40"))


def premium_disk(size_gib: Decimal) -> Charge:
    """A Premium SSD of Azure: charged by the next larger of its sizes, in GiB."""
    sku = next((sku for limit, sku in _SIZES if size_gib <= limit), "larger-than-p40")
    return Charge("disk", sku, fixed(1))
