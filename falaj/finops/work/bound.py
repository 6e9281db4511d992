"""A lower bound of what the pods of a pool cost in an hour, whatever nodes the autoscaler chooses."""

from collections.abc import Sequence
from decimal import Decimal

from falaj.finops.work.supply import Choice, Supply, largest
from falaj.finops.work.workloads import Work


def fewest_nodes(supply: Supply, pods: Sequence[tuple[Work, int]]) -> int:
    """Returns a number of nodes of a pool below which these pods cannot all run: they need all of a resource of that
    many of its largest machines, no more of one workload fit on a node, two of them never do, or must not share one."""
    supply = supply.with_substitutes()
    most = largest(supply.choices)
    totals = [sum(work.requests.get(key, 0) * number for work, number in pods) for key in most]
    by_resource = (-(-total // room) for total, room in zip(totals, most.values(), strict=True) if room > 0)
    large = (sum(number for work, number in pods if 2 * work.requests.get(key, 0) > room) for key, room in most.items())
    equal = (-(-number // fitting) for work, number in pods if (fitting := _most_on_a_node(supply, work)))
    apart = (number for work, number in pods if work.is_apart_from(work))
    return max((supply.min_nodes, *by_resource, *large, *equal, *apart))


def _most_on_a_node(supply: Supply, work: Work) -> int:
    """Returns how many pods of one workload fit on any node of a pool."""
    fitting = (
        min((choice.amounts.get(key, 0) // amount for key, amount in work.requests.items() if amount), default=0)
        for choice in supply.choices
    )
    return max(fitting, default=0)


def least_usd(supply: Supply, pods: Sequence[tuple[Work, int]]) -> Decimal | None:
    """Returns USD per hour that the pool costs at least with these pods; None if no price of its machines is known."""
    supply = supply.with_substitutes()
    priced = [choice for choice in supply.choices if choice.usd_hour is not None]
    if not priced or len(priced) < len(supply.choices):
        return None
    cheapest = min(choice.usd_hour or Decimal(0) for choice in priced)
    return max(fewest_nodes(supply, pods) * cheapest, *(_by_price(priced, pods, key) for key in largest(priced)))


def least_scheduled_usd(
    supply: Supply, pods: Sequence[tuple[Work, int]], scheduled: Sequence[tuple[Work, int]]
) -> Decimal:
    """Returns USD per month that the pool costs at least above its lasting pods, for those of one schedule: the pods of
    each of its levels run within the hours of the level below."""
    lasting = least_usd(supply, pods)
    if lasting is None:
        return Decimal(0)
    total = Decimal(0)
    levels = sorted(scheduled, key=lambda level: level[0].hours or 0, reverse=True)
    ends = [*(each.hours or Decimal(0) for each, _ in levels[1:]), Decimal(0)]
    for index, ((each, _), end) in enumerate(zip(levels, ends, strict=True)):
        usd = least_usd(supply, [*pods, *levels[: index + 1]]) or lasting
        total += ((each.hours or Decimal(0)) - end) * (usd - lasting)
    return total


def _by_price(choices: Sequence[Choice], pods: Sequence[tuple[Work, int]], key: str) -> Decimal:
    """Returns the price of a resource on the machines that offer it cheapest, without rounding up to whole nodes."""
    total = sum(work.requests.get(key, 0) * number for work, number in pods)
    costs = (
        usd * total / room
        for choice in choices
        if (room := choice.amounts.get(key, 0)) > 0 and (usd := choice.usd_hour) is not None
    )
    return min(costs, default=Decimal(0))
