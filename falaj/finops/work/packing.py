"""Places pods on nodes as the scheduler and the node autoscalers do: the largest first, each on the fullest node with
room, otherwise on a new node.

A new node keeps all machine types on which its pods fit, and becomes the cheapest of them in the end, as in Karpenter
(kubernetes-sigs/karpenter v1.15, pkg/controllers/provisioning/scheduling, NodeClaim; read 2026-11-27). Equal nodes are
one row with a count, so that the time does not depend on the number of replicas.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal

from falaj.finops.work.floor import Bought
from falaj.finops.work.nodes import Nodes, fresh
from falaj.finops.work.open_nodes import OpenNodes
from falaj.finops.work.requests import Amounts
from falaj.finops.work.supply import Supply, largest
from falaj.finops.work.workloads import Work


class PoolNodes:
    """The nodes of one pool."""

    def __init__(self, supply: Supply) -> None:
        self.supply = supply
        self.empty = fresh(supply, 1)
        self.nodes = OpenNodes()
        self.bought: Counter[Bought] = Counter()
        """Number of nodes by type: each is the cheapest on which its pods fit."""
        if supply.min_nodes:
            self.add(self.empty.times(supply.min_nodes))

    @property
    def count(self) -> int:
        """Number of nodes."""
        return self.bought.total()

    def add(self, nodes: Nodes) -> None:
        """Adds nodes."""
        self.nodes.add(nodes)
        self.bought[nodes.bought] += nodes.count

    def replace(self, nodes: Nodes, parts: Iterable[Nodes]) -> None:
        """Replaces nodes by others."""
        self.nodes.remove(nodes)
        self.bought[nodes.bought] -= nodes.count
        for part in parts:
            self.add(part)

    def copy(self) -> "PoolNodes":
        """Returns the same nodes, to which pods can be added independently."""
        other = copy(self)
        other.nodes, other.bought = self.nodes.copy(), self.bought.copy()
        return other

    def room_for_more(self, number: int) -> int:
        """Returns how many of a number of nodes the pool's maximum allows."""
        return number if self.supply.max_nodes is None else min(number, self.supply.max_nodes - self.count)


class Packing:
    """Nodes with their pods, and pods that find no node."""

    def __init__(self, pools: Iterable[PoolNodes]) -> None:
        self.pools = list(pools)
        self.pending: list[tuple[Work, int]] = []

    @property
    def nodes(self) -> Iterable[Nodes]:
        """All nodes."""
        return (nodes for pool in self.pools for nodes in pool.nodes)

    def copy(self) -> "Packing":
        """Returns the same nodes, to which pods can be added independently, without the pods that find none."""
        return Packing(pool.copy() for pool in self.pools)

    def as_started(self) -> "Packing":
        """Returns the same nodes after they have started: each has the type that it has become."""
        result = self.copy()
        for pool in result.pools:
            for nodes in list(pool.nodes):
                pool.replace(nodes, [nodes.chosen()])
        return result

    def place(self, pods: Iterable[tuple[Work, int]]) -> None:
        """Places numbers of pods, the largest first; those that are left are pending."""
        most = largest(choice for pool in self.pools for choice in pool.supply.choices)
        for work, number in sorted(pods, key=lambda pair: _size(pair[0], most), reverse=True):
            suitable = [(pool, each) for pool in self.pools if number and (each := pool.empty.takes(work))]
            left = number
            for pool, _ in suitable:
                left = _on_started(pool, work, left)
            left = _on_new(suitable, work, left)
            if left:
                self.pending.append((work, left))


def pack(supplies: Iterable[Supply], pods: Iterable[tuple[Work, int]]) -> Packing:
    """Places numbers of pods on the nodes of these pools, of which the minimum runs already."""
    packing = Packing(map(PoolNodes, supplies))
    packing.place(pods)
    return packing


def _on_started(pool: PoolNodes, work: Work, number: int) -> int:
    """Places pods on nodes that run already; returns how many are left."""
    chosen: list[tuple[Nodes, int]] = []
    left = number
    for nodes in pool.nodes.with_room(work.requests):
        if not left:
            break
        if takes := nodes.takes(work):
            each = min(takes, left)
            chosen.append((nodes, each))
            left -= min(left, each * nodes.count)
    for nodes, each in chosen:
        filled, number = _fill(nodes, work, each, number)
        pool.replace(nodes, filled)
    return number


def _fill(nodes: Nodes, work: Work, each: int, number: int) -> tuple[list[Nodes], int]:
    """Returns nodes with `each` more pods, as many as there are pods, and the pods that are left."""
    full = min(nodes.count, number // each)
    rest = number - full * each
    result = [nodes.with_pods(work, each, full)]
    if rest and full < nodes.count:
        result.append(nodes.with_pods(work, rest, 1))
        full, rest = full + 1, 0
    if full < nodes.count:
        result.append(nodes.times(nodes.count - full))
    return result, rest


def _on_new(suitable: Sequence[tuple[PoolNodes, int]], work: Work, number: int) -> int:
    """Starts nodes for pods; returns how many pods are left. `suitable` are pools with the number of these pods that
    one of their nodes takes."""
    if not number:
        return 0
    for pool, each in _in_order(suitable, work, number):
        if number and (count := pool.room_for_more(-(-number // each))) > 0:
            filled, number = _fill(pool.empty.times(count), work, min(each, number), number)
            for part in filled:
                pool.add(part)
    return number


def _in_order(suitable: Sequence[tuple[PoolNodes, int]], work: Work, number: int) -> Sequence[tuple[PoolNodes, int]]:
    """Returns pools in the order in which they start nodes: those of Karpenter by precedence, others by price for a
    pod."""
    if len(suitable) < 2:
        return suitable
    of_karpenter = [row for row in suitable if row[0].supply.precedence is not None]
    others = (row for row in suitable if row[0].supply.precedence is None)
    return [
        *sorted(of_karpenter, key=lambda row: row[0].supply.precedence or (), reverse=True),
        *sorted(others, key=lambda row: _usd_per_pod(row[0], work, min(row[1], number))),
    ]


def _usd_per_pod(pool: PoolNodes, work: Work, pods: int) -> tuple[bool, Decimal]:
    """Returns the price of the cheapest type that holds some pods, for one of them; an unknown price is the highest."""
    usd = pool.empty.with_pods(work, pods, 1).choices[0].usd_hour
    return usd is None, (usd or Decimal(0)) / pods


def _size(work: Work, node: Amounts) -> float:
    """Returns the largest share of a node that a pod takes, on the largest node of any pool."""
    return max((amount / node[key] for key, amount in work.requests.items() if node.get(key)), default=0.0)
