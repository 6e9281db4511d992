"""A lower bound of what the pods of a pool cost in an hour, whatever nodes the autoscaler chooses."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from falaj.finops.work.nodes import pods_on
from falaj.finops.work.supply import Supply, largest
from falaj.finops.work.workloads import Work

Pods = Sequence[tuple[Work, int]]
"""Workloads with the number of their pods."""


def fewest_nodes(supply: Supply, pods: Pods) -> int:
    """Returns a number of nodes of a pool below which these pods cannot all run: they need all of a resource of that
    many of its largest machines, too few of them fit on one node, or they must not share one."""
    most = largest(supply.choices)
    totals = [sum(work.requests.get(key, 0) * number for work, number in pods) for key in most]
    by_resource = (-(-total // room) for total, room in zip(totals, most.values(), strict=True) if room > 0)
    by_size = (nodes for key, room in most.items() for nodes in _by_size(pods, key, room))
    apart = (number for work, number in pods if work.is_apart_from(work))
    return max((supply.min_nodes, *by_resource, *by_size, *apart, *_by_host_port(pods)))


def _by_host_port(pods: Pods) -> Iterator[int]:
    """Yields for each port of a node the pods that take it, of which each needs a node of its own."""
    for port in {port for work, _ in pods for port in work.host_ports}:
        same = {port, port._replace(address="")}
        yield sum(number for work, number in pods if not same.isdisjoint(work.host_ports))


def _by_size(pods: Pods, key: str, room: int) -> Iterator[int]:
    """Yields for each number of pods that a node holds at most: the nodes for all pods of which it holds no more."""
    sizes: Counter[int] = Counter()
    for work, number in pods:
        if amount := work.requests.get(key, 0):
            sizes[max(1, room // amount)] += number
    large = 0
    for held, number in sorted(sizes.items()):
        large += number
        yield -(-large // held)


def least_usd(supply: Supply, pods: Pods) -> Decimal:
    """Returns USD per hour that the pool costs at least with these pods."""
    if supply.unsized or not supply.choices:
        return Decimal(0)
    cheapest = min(choice.least_usd for choice in supply.choices)
    by_price = (_by_price(supply, pods, key) for key in largest(supply.choices))
    return max(fewest_nodes(supply, pods) * cheapest, *by_price, *_by_equal_pods(supply, pods))


def least_scheduled_usd(supply: Supply, pods: Pods, scheduled: Pods) -> Decimal:
    """Returns USD per month that the pool costs at least above its lasting pods, for those of one schedule: the pods of
    each of its levels run within the hours of the level below."""
    lasting, total = least_usd(supply, pods), Decimal(0)
    levels = sorted(scheduled, key=lambda level: level[0].hours or 0, reverse=True)
    ends = [*(each.hours or Decimal(0) for each, _ in levels[1:]), Decimal(0)]
    for index, ((each, _), end) in enumerate(zip(levels, ends, strict=True)):
        usd = least_usd(supply, [*pods, *levels[: index + 1]])
        total += ((each.hours or Decimal(0)) - end) * (usd - lasting)
    return total


def _by_price(supply: Supply, pods: Pods, key: str) -> Decimal:
    """Returns the price of a resource on the machines that offer it cheapest, without rounding up to whole nodes."""
    total = sum(work.requests.get(key, 0) * number for work, number in pods)
    costs = (choice.least_usd * total / room for choice in supply.choices if (room := choice.amounts.get(key, 0)) > 0)
    return min(costs, default=Decimal(0))


def _by_equal_pods(supply: Supply, pods: Pods) -> Iterator[Decimal]:
    """Yields for equal pods their number at the price of one on the machines that hold whole ones cheapest."""
    numbers: Counter[object] = Counter()
    examples: dict[object, Work] = {}
    for work, number in pods:
        key = work.placement.key, tuple(work.requests.items())
        numbers[key] += number
        examples[key] = work
    for key, work in examples.items():
        held = ((choice.least_usd, pods_on(choice, {}, work.requests)) for choice in supply.allowed(work.placement))
        yield min((usd * numbers[key] / each for usd, each in held if each), default=Decimal(0))
