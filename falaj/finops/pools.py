"""Pricing of node pools: machine hours and disks at minimum, expected and maximum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from falaj.facts.prices import Capacity, UnitPrice, missing
from falaj.finops.lines import ZERO, ZERO_RANGE, Charge, Range, fixed
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.usage import stated_hours
from falaj.finops.work.floor import Bought, Floor
from falaj.finops.work.placement import Taint


@dataclass(frozen=True)
class PricedPool:
    """Machines of one pool. `capacities` are tried in order; `max_nodes` is None if the pool has no limit.

    `labels` are the labels of its nodes, with the values that each may have; `max_pods` the pods of a node, if stated.
    `disks` are the charges for one machine's disks for a full month. `running_hours` are the hours per month in which
    schedules let the pool run, None without a schedule. `disks_billed_when_stopped` says that the disks of stopped
    machines are billed.
    """

    name: str
    profile: str
    machines: Sequence[str]
    capacities: Sequence[Capacity]
    min_nodes: int
    max_nodes: int | None
    max_pods: int | None = None
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    taints: Sequence[Taint] = ()
    disks: Sequence[Charge] = ()
    service: str = "machine"
    running_hours: Decimal | None = None
    disks_billed_when_stopped: bool = False


def charges(context: PricingContext, item: Planned, pool: PricedPool) -> Iterable[Charge]:
    """Yields the charges of the pool's machines and disks."""
    region = context.region(item)
    cheapest, dearest, price_note = _prices(context, region, pool)
    main: Bought = cheapest[0], pool.capacities[0]
    floor = context.floors.get((item.urn, pool.name)) or Floor({main: pool.min_nodes})
    schedule = scheduled_hours(context, item, pool)
    usage = context.pool(item, pool.name, pool.profile)
    hours = machine_hours(context, item, pool, floor, main)
    notes = (price_note, _floor_note(pool, floor), hours_note(context, schedule) if schedule else "")
    for (machine, capacity), quantity in hours.items():
        is_main = (machine, capacity) == main
        yield Charge(
            service=pool.service,
            sku=f"{machine} {capacity}",
            quantity=quantity,
            price=cheapest[1] if is_main else context.prices.machine(region, machine, capacity),
            dearest=dearest,
            busy=usage.utilisation,
            profile=pool.profile,
            note="; ".join(filter(None, notes)) if is_main else "the cheapest machine type that holds its pods",
            sleeps=schedule is not None,
            machine=machine,
            capacity=capacity,
        )
    yield from _disks(context, item, pool, floor, main)
    if pool.max_nodes is None:
        unlimited = missing("hour", f"pool {pool.name} has no limit: its maximum is unknown")
        yield Charge(
            pool.service, f"{pool.name} without a limit", Range(Decimal(0), Decimal(0), Decimal(1)), price=unlimited
        )


def _disks(context: PricingContext, item: Planned, pool: PricedPool, floor: Floor, main: Bought) -> Iterable[Charge]:
    billed = replace(pool, running_hours=None) if pool.disks_billed_when_stopped else pool
    hours = sum(machine_hours(context, item, billed, floor, main).values(), ZERO_RANGE)
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


def machine_hours(
    context: PricingContext, item: Planned, pool: PricedPool, floor: Floor, main: Bought
) -> Mapping[Bought, Range]:
    """Returns the machine hours per month by type: the floor all month, and machines above it by the usage file.

    The usage file's load is a share of the machines between the pool's minimum and maximum, and includes those of the
    floor: only what exceeds the floor is added, or the hours of jobs if they are more. `main` is the type of machines
    that no known work has chosen. A pool with a schedule has machines only during its running hours.
    """
    schedule = scheduled_hours(context, item, pool)
    running_hours = context.hours if schedule is None else schedule[0]
    most = _most_nodes(pool, floor)
    above = _above(context, item, pool, floor, main, running_hours)
    result: dict[Bought, Range] = {}
    for bought in (main, *(other for other in {**floor.nodes, **above} if other != main)):
        always = floor.nodes.get(bought, 0) * running_hours
        expected = always + above.get(bought, ZERO)
        result[bought] = Range(always * floor.least_share, expected, expected)
    others = sum((hours.max for bought, hours in result.items() if bought != main), ZERO)
    longest = max(result[main].max, most * running_hours - others)
    return {**result, main: replace(result[main], max=longest)}


def _most_nodes(pool: PricedPool, floor: Floor) -> int:
    return max(floor.count, pool.min_nodes if pool.max_nodes is None else pool.max_nodes)


def _above(
    context: PricingContext, item: Planned, pool: PricedPool, floor: Floor, main: Bought, running_hours: Decimal
) -> Mapping[Bought, Decimal]:
    """Returns the expected machine hours above the floor."""
    usage = context.pool(item, pool.name, pool.profile)
    least, most = Decimal(pool.min_nodes), Decimal(_most_nodes(pool, floor))
    if usage.nodes is not None:
        running = usage.nodes if pool.max_nodes is None else min(usage.nodes, most)
    else:
        running = least + (usage.load or ZERO) * (most - least)
    is_stated = usage.hours is not None and pool.running_hours is None
    hours = min(usage.hours or ZERO, running_hours) if is_stated else running_hours
    by_load = max(ZERO, running - floor.count) * hours
    by_jobs = sum(floor.job_hours.values(), ZERO)
    return floor.job_hours if by_jobs > by_load else {main: by_load}


def scheduled_hours(context: PricingContext, item: Planned, pool: PricedPool) -> tuple[Decimal, str] | None:
    """Returns (monthly hours in which the pool runs, source of the figure); None if no schedule stops the pool.

    The usage file takes precedence over the schedule.
    """
    if pool.running_hours is None:
        return None
    stated = stated_hours(context.usage, context.site(item), pool.name, pool.profile)
    if stated is not None:
        return min(stated, context.hours), "the usage file"
    return pool.running_hours, "its schedule"


def hours_note(context: PricingContext, schedule: tuple[Decimal, str]) -> str:
    """Returns the pool's running hours and their source, for the note of a line."""
    hours, source = schedule
    return f"awake {_format_hours(hours)} of {_format_hours(context.hours)} h, by {source}"


def _format_hours(hours: Decimal) -> str:
    return f"{hours:.1f}".removesuffix(".0")


def _prices(
    context: PricingContext, region: str, pool: PricedPool
) -> tuple[tuple[str, UnitPrice], UnitPrice | None, str]:
    """Returns (cheapest machine and its price, highest price, note on the prices)."""
    first = pool.capacities[0]
    priced = [(name, context.prices.machine(region, name, first)) for name in pool.machines]
    available = sorted(
        ((name, price) for name, price in priced if price.usd is not None), key=lambda pair: pair[1].usd or 0
    )
    unknown = [name for name, price in priced if price.usd is None]
    if not available:
        name = "/".join(pool.machines) or pool.name
        reason = "; ".join(sorted({price.source for _, price in priced})) or "the pool names no machine"
        return (name, missing("hour", reason)), None, _spot_note(context, region, pool, None)
    notes = [f"no {first} price is known for {', '.join(unknown)}"] if unknown else []
    if len(available) > 1:
        notes.append(
            f"the cheapest of {len(pool.machines)} machine types; at maximum the most expensive, {available[-1][0]}"
        )
    dearest = _highest_price(context, region, pool, [price for _, price in available])
    if spot_note := _spot_note(context, region, pool, available[0]):
        notes.append(spot_note)
    return available[0], dearest, "; ".join(notes)


def _highest_price(context: PricingContext, region: str, pool: PricedPool, available: list[UnitPrice]) -> UnitPrice:
    """Returns the highest price: that of the most expensive machine, on demand if the pool falls back to it."""
    others = [
        context.prices.machine(region, name, capacity) for capacity in pool.capacities[1:] for name in pool.machines
    ]
    return max((price for price in (*available, *others) if price.usd is not None), key=lambda price: price.usd or 0)


def _spot_note(context: PricingContext, region: str, pool: PricedPool, cheapest: tuple[str, UnitPrice] | None) -> str:
    """Returns the note on spot: machines may be reclaimed, and how much more they cost on demand."""
    if pool.capacities[0] != "spot":
        return ""
    fallback = "falls back to on-demand" if len(pool.capacities) > 1 else "work waits while there is no spot capacity"
    if cheapest is None:
        return f"spot may be reclaimed at any time: {fallback}"
    on_demand = context.prices.machine(region, cheapest[0], "on-demand")
    if on_demand.usd is None or not cheapest[1].usd:
        return f"spot may be reclaimed at any time: {fallback}"
    if cheapest[1].usd >= on_demand.usd:
        return f"spot saves nothing here and may be reclaimed at any time: {fallback}"
    return (
        f"average spot price, may be reclaimed at any time: {fallback}; "
        f"on demand {on_demand.usd / cheapest[1].usd:.1f} times as much"
    )


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
