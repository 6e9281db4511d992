"""Packing against a brute-force enumeration: no choice of nodes costs less than the bound, and the packing is one."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.finops.work.apart import Others
from falaj.finops.work.bound import fewest_nodes, least_scheduled_usd, least_usd
from falaj.finops.work.packing import pack
from falaj.finops.work.placement import Placement
from falaj.finops.work.requests import CPU, MEMORY
from falaj.finops.work.supply import Choice, Supply
from falaj.finops.work.workloads import Work
from tests.thorough import many

GPU = "nvidia.com/gpu"
AMOUNTS = st.fixed_dictionaries({CPU: st.integers(1, 8), MEMORY: st.integers(1, 8), GPU: st.integers(0, 2)})
CHOICES = st.lists(st.tuples(AMOUNTS, st.integers(1, 9)), min_size=1, max_size=3)
WORK = st.lists(st.tuples(AMOUNTS, st.integers(1, 3), st.booleans()), min_size=1, max_size=3)


def supply(rows: Sequence[tuple[dict[str, int], int]], min_nodes: int = 0, max_nodes: int = 50) -> Supply:
    choices = [
        Choice(f"type-{at}", "on-demand", amounts, {}, Decimal(price), Decimal(price))
        for at, (amounts, price) in enumerate(rows)
    ]
    return Supply(
        "urn", "pool", "uae", tuple(sorted(choices, key=lambda choice: choice.rank)), (), min_nodes, max_nodes
    )


def works(rows: Sequence[tuple[dict[str, int], int, bool]]) -> list[Work]:
    return [
        Work("uae", f"work-{at}", requests, Placement(), count, count, count, None, {"app": str(at)}, _apart(at, alone))
        for at, (requests, count, alone) in enumerate(rows)
    ]


def _apart(at: int, alone: bool) -> tuple[Others, ...]:
    return (Others({"matchLabels": {"app": str(at)}}, frozenset({"default"})),) if alone else ()


def partitions(items: Sequence[Work]) -> Iterator[list[list[Work]]]:
    """Yields every way to distribute pods over nodes."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for smaller in partitions(rest):
        for at in range(len(smaller)):
            yield [*smaller[:at], [first, *smaller[at]], *smaller[at + 1 :]]
        yield [[first], *smaller]


def cheapest(pool: Supply, node: Sequence[Work]) -> Decimal | None:
    """Returns the lowest price of a machine that holds these pods; None if none does, or two must not share it."""
    if any(left is right and left.apart for left, right in pairwise(sorted(node, key=lambda work: work.name))):
        return None
    fitting = (
        choice.usd_hour
        for choice in pool.choices
        if all(sum(work.requests[key] for work in node) <= choice.amounts[key] for key in choice.amounts)
    )
    return min((price for price in fitting if price is not None), default=None)


def best(pool: Supply, pods: Sequence[Work]) -> Decimal | None:
    """Returns the cost of the cheapest nodes that hold all pods, of all ways to choose them."""
    costs: list[Decimal] = []
    for nodes in partitions(pods):
        prices = [cheapest(pool, node) for node in nodes]
        if None not in prices:
            costs.append(sum((price for price in prices if price is not None), Decimal(0)))
    return min(costs, default=None)


@settings(max_examples=many(150), deadline=None)
@given(CHOICES, WORK)
def test_the_bound_is_below_every_choice_and_the_packing_is_a_choice(
    rows: list[tuple[dict[str, int], int]], of_pods: list[tuple[dict[str, int], int, bool]]
) -> None:
    pool, work = supply(rows), works(of_pods)
    pods = [each for each in work for _ in range(each.least or 0)]
    if len(pods) > 6:
        return
    optimum, packing = best(pool, pods), pack([pool], [(each, each.least or 0) for each in work])
    assert (optimum is None) == bool(packing.pending)
    if optimum is None:
        return
    packed = sum((nodes.count * (nodes.choices[0].usd_hour or 0) for nodes in packing.nodes), Decimal(0))
    bound = least_usd(pool, [(each, each.least or 0) for each in work])
    assert bound is not None
    assert bound <= optimum <= packed


@settings(max_examples=many(150), deadline=None)
@given(CHOICES, WORK, st.integers(0, 3), st.integers(0, 3))
def test_no_node_holds_more_than_it_has_and_no_pod_is_lost(
    rows: list[tuple[dict[str, int], int]], of_pods: list[tuple[dict[str, int], int, bool]], least: int, most: int
) -> None:
    pool, work = supply(rows, min_nodes=least, max_nodes=max(least, most)), works(of_pods)
    packing = pack([pool], [(each, each.least or 0) for each in work])
    for nodes in packing.nodes:
        assert nodes.count > 0
        assert nodes.choices
        for choice in nodes.choices:
            assert all(nodes.used.get(key, 0) <= amount for key, amount in choice.amounts.items())
    assert least <= sum(nodes.count for nodes in packing.nodes) <= max(least, most)
    assert packing.pools[0].count == sum(nodes.count for nodes in packing.nodes)
    placed = sum(nodes.count * nodes.used.get(CPU, 0) for nodes in packing.nodes)
    pending = sum(number * each.requests[CPU] for each, number in packing.pending)
    assert placed + pending == sum((each.least or 0) * each.requests[CPU] for each in work)


def test_the_fewest_nodes_by_sum_by_size_and_by_distance() -> None:
    pool = supply([({CPU: 8, MEMORY: 8}, 1)])
    small, large = ({CPU: 3, MEMORY: 1}, 4, False), ({CPU: 5, MEMORY: 1}, 3, False)
    assert fewest_nodes(pool, [(each, each.least or 0) for each in works([small])]) == 2  # 12 of 8 each
    assert fewest_nodes(pool, [(each, each.least or 0) for each in works([large])]) == 3  # no two fit on one
    assert fewest_nodes(pool, [(each, each.least or 0) for each in works([({CPU: 1, MEMORY: 1}, 4, True)])]) == 4
    assert fewest_nodes(supply([({CPU: 8, MEMORY: 8}, 1)], min_nodes=5), []) == 5


def test_a_bound_over_several_types_takes_the_cheapest_core() -> None:
    """Sixteen cores cost at least 16 x 1/8, although the smallest machine costs 0.5."""
    pool = supply([({CPU: 2, MEMORY: 9}, 1), ({CPU: 8, MEMORY: 9}, 1)])
    work = works([({CPU: 2, MEMORY: 1}, 8, False)])
    assert least_usd(pool, [(work[0], 8)]) == Decimal(2)


def test_equal_pods_need_whole_nodes() -> None:
    """Seven pods of which two fit on a node need four nodes."""
    work = Work("uae", "web", {CPU: 3050}, Placement(), 7, 7, 7)
    pool = supply([({CPU: 7485}, 3)])
    assert fewest_nodes(pool, [(work, 7)]) == 4
    assert least_usd(pool, [(work, 7)]) == 4 * 3


def test_levels_of_a_schedule_run_within_the_hours_of_the_level_below() -> None:
    """Beside one lasting pod: a second for 300 hours, of which a third for 100, each on a node of 5 USD an hour."""
    pool = supply([({CPU: 4}, 5)])
    lasting, low, high = (
        Work("uae", "web", {CPU: 3}, Placement(), 1, 1, 1, hours) for hours in (None, Decimal(300), Decimal(100))
    )
    assert least_scheduled_usd(pool, [(lasting, 1)], [(high, 1), (low, 1)]) == (300 + 100) * 5
