"""Machine hours of node pools: what their work keeps running, and what the usage file expects above it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from falaj.finops.commitments import Steps
from falaj.finops.lines import ZERO, Range
from falaj.finops.plan import Planned
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.usage import stated_hours
from falaj.finops.work.floor import Bought, Floor


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
    on_schedule = _on_schedule(pool, floor, main, above)
    result: dict[Bought, Range] = {}
    for bought in (main, *(other for other in {**floor.nodes, **above} if other != main)):
        always, more = floor.nodes.get(bought, 0) * running_hours, above.get(bought, ZERO)
        least = always * floor.least_share + min(more, on_schedule.get(bought, ZERO))
        result[bought] = Range(least, always + more, always + more)
    others = sum((hours.max for bought, hours in result.items() if bought != main), ZERO)
    # A usage file may state fewer hours than a schedule allows, or more.
    longest_hours = context.hours if pool.running_hours is None else max(pool.running_hours, running_hours)
    longest = max(result[main].max, most * longest_hours - others)
    return {**result, main: replace(result[main], max=longest)}


def _most_nodes(pool: PricedPool, floor: Floor) -> int:
    return max(floor.count, pool.min_nodes if pool.max_nodes is None else pool.max_nodes)


def _above(
    context: PricingContext, item: Planned, pool: PricedPool, floor: Floor, main: Bought, running_hours: Decimal
) -> Mapping[Bought, Decimal]:
    """Returns the expected machine hours above the floor."""
    machines, hours = _by_load(context, item, pool, floor, running_hours)
    by_load, most = machines * hours, Decimal(_most_nodes(pool, floor))
    by_jobs = sum(floor.job_hours.values(), ZERO)
    if by_jobs <= by_load:
        return {main: by_load}
    share = min(Decimal(1), (most - floor.count) * running_hours / by_jobs)
    return {bought: hours * share for bought, hours in floor.job_hours.items()}


def _by_load(
    context: PricingContext, item: Planned, pool: PricedPool, floor: Floor, running_hours: Decimal
) -> tuple[Decimal, Decimal]:
    """Returns the machines above the floor that the usage file expects, and the hours in which they run."""
    usage = context.pool(item, pool.name, pool.profile)
    least, most = Decimal(pool.min_nodes), Decimal(_most_nodes(pool, floor))
    if usage.nodes is not None:
        running = usage.nodes if pool.max_nodes is None else min(usage.nodes, most)
    else:
        running = least + (usage.load or ZERO) * (most - least)
    is_stated = usage.hours is not None and pool.running_hours is None
    hours = min(usage.hours or ZERO, running_hours) if is_stated else running_hours
    return max(ZERO, running - floor.count), hours


def side_by_side(
    context: PricingContext, item: Planned, pool: PricedPool, floor: Floor, main: Bought
) -> Mapping[Bought, Steps]:
    """Returns how many machines run for how many hours of the expected month, by type: the floor, and those that the
    usage file expects above it. When jobs run is not known, so machines for them are left out."""
    schedule = scheduled_hours(context, item, pool)
    running_hours = context.hours if schedule is None else schedule[0]
    steps: dict[Bought, Steps] = {bought: ((Decimal(count), running_hours),) for bought, count in floor.nodes.items()}
    machines, hours = _by_load(context, item, pool, floor, running_hours)
    if machines * hours >= sum(floor.job_hours.values(), ZERO):
        steps[main] = (*steps.get(main, ()), (machines, hours))
    return steps


def _on_schedule(
    pool: PricedPool, floor: Floor, main: Bought, above: Mapping[Bought, Decimal]
) -> Mapping[Bought, Decimal]:
    """Returns the machine hours above the floor that schedules of the work need at least: in a pool that a schedule
    stops, perhaps none."""
    if pool.running_hours is not None:
        return {}
    # More machines of the usage file, whose type is the cheapest, include them.
    by_jobs = sum(floor.job_hours.values(), ZERO)
    hours = {main: min(above[main], by_jobs)} if above.keys() == {main} else above
    return {bought: each * floor.least_job_share for bought, each in hours.items()}


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
