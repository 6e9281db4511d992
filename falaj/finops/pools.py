"""Pricing of node pools: machine hours and disks at minimum, expected and maximum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from falaj.facts.prices import Capacity, missing
from falaj.finops.lines import Charge, Range, fixed
from falaj.finops.plan import Planned
from falaj.finops.pool_prices import pool_prices
from falaj.finops.pricing_context import PricingContext
from falaj.finops.usage import stated_hours


@dataclass(frozen=True)
class PricedPool:
    """Machines of one pool. `capacities` are tried in order; `max_nodes` is None if the pool has no limit.

    `spot_limit` is the highest price in USD per hour at which spot machines run, None for the on-demand price. `disks`
    are the charges for one machine's disks for a full month. `running_hours` are the hours per month in which
    schedules let the pool run, None without a schedule. `disks_billed_when_stopped` says that the disks of stopped
    machines are billed.
    """

    name: str
    profile: str
    machines: Sequence[str]
    capacities: Sequence[Capacity]
    min_nodes: int
    max_nodes: int | None
    spot_limit: Decimal | None = None
    disks: Sequence[Charge] = ()
    service: str = "machine"
    running_hours: Decimal | None = None
    disks_billed_when_stopped: bool = False
    note: str = ""


def charges(context: PricingContext, item: Planned, pool: PricedPool) -> Iterable[Charge]:
    """Yields the charges of the pool's machines and disks."""
    region = context.region(item)
    nodes = node_hours(context, item, pool)
    context.machine_hours[context.site(item)] += nodes.expected
    prices = pool_prices(context.prices, region, pool.machines, pool.capacities, pool.spot_limit)
    schedule = scheduled_hours(context, item, pool)
    usage = context.pool(item, pool.name, pool.profile)
    yield Charge(
        service=pool.service,
        sku=f"{prices.machine or pool.name} {pool.capacities[0]}",
        quantity=nodes,
        price=prices.price,
        least_usd=prices.least_usd,
        most_usd=prices.most_usd,
        busy=usage.utilisation,
        profile=pool.profile,
        note="; ".join(filter(None, (prices.note, pool.note, hours_note(context, schedule) if schedule else ""))),
        sleeps=schedule is not None,
        machine=prices.machine,
        capacity=pool.capacities[0],
    )
    for machine, reason in prices.unbounded.items():
        unknown = missing("hour", f"pool {pool.name} may start it, and its highest price is unknown: {reason}")
        yield Charge(pool.service, f"{machine} at most", Range(Decimal(0), Decimal(0), nodes.max), price=unknown)
    disk_hours = (
        node_hours(context, item, replace(pool, running_hours=None)) if pool.disks_billed_when_stopped else nodes
    )
    for disk in pool.disks:
        months = Range(*(hours / context.hours for hours in (disk_hours.min, disk_hours.expected, disk_hours.max)))
        yield Charge(
            disk.service,
            disk.sku,
            Range(*(count * disk.quantity.expected for count in (months.min, months.expected, months.max))),
            price=disk.price,
            profile=pool.profile,
        )
    if pool.max_nodes is None:
        unlimited = missing("hour", f"pool {pool.name} has no limit: its maximum is unknown")
        yield Charge(
            pool.service, f"{pool.name} without a limit", Range(Decimal(0), Decimal(0), Decimal(1)), price=unlimited
        )


def node_hours(context: PricingContext, item: Planned, pool: PricedPool) -> Range:
    """Returns the machine hours per month: the minimum all month, and machines above it during the hours of the usage
    file. A pool with a schedule has machines only during its running hours.
    """
    usage = context.pool(item, pool.name, pool.profile)
    min_nodes = Decimal(pool.min_nodes)
    max_nodes = max(min_nodes, Decimal(pool.min_nodes if pool.max_nodes is None else pool.max_nodes))
    if usage.nodes is not None:
        running = max(min_nodes, usage.nodes if pool.max_nodes is None else min(usage.nodes, max_nodes))
    else:
        running = min_nodes + (usage.load or Decimal(0)) * (max_nodes - min_nodes)
    if (schedule := scheduled_hours(context, item, pool)) is not None:
        return Range(min_nodes, running, max(max_nodes, running)).times(schedule[0])
    hours = min(usage.hours if usage.hours is not None else context.hours, context.hours)
    expected = min_nodes * context.hours + (running - min_nodes) * hours
    return Range(min_nodes * context.hours, expected, max(max_nodes * context.hours, expected))


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
