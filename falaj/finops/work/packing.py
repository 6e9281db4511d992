"""Places pods on nodes as the scheduler and the node autoscalers do: the largest first, each on the first node with
room, otherwise on a new node.

A new node keeps all machine types on which its pods fit, and becomes the cheapest of them in the end, as in Karpenter
(kubernetes-sigs/karpenter v1.15, pkg/controllers/provisioning/scheduling, NodeClaim; read 2026-11-27). Equal nodes are
one row with a count, so that the time does not depend on the number of replicas.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from falaj.finops.work.apart import selects
from falaj.finops.work.requests import Amounts
from falaj.finops.work.supply import Choice, Supply, largest
from falaj.finops.work.workloads import Work


@dataclass(frozen=True, slots=True)
class Nodes:
    """Equal nodes of one pool: the types that they may still be, what their pods request, and which pods they have."""

    supply: Supply
    choices: tuple[Choice, ...]
    used: Amounts
    has: tuple[Work, ...]
    count: int

    def takes(self, work: Work) -> int:
        """Returns the number of such pods that one of these nodes still takes."""
        if any(_conflict(work, other) for other in self.has):
            return 0
        most = max((_room(choice, self.used, work.requests) for choice in self._allowed(work)), default=0)
        return min(most, 1) if _conflict(work, work) else most

    def with_pods(self, work: Work, pods: int, count: int) -> "Nodes":
        """Returns `count` of these nodes with that many more pods on each."""
        choices = tuple(choice for choice in self._allowed(work) if _room(choice, self.used, work.requests) >= pods)
        used = {key: self.used.get(key, 0) + pods * work.requests.get(key, 0) for key in {**self.used, **work.requests}}
        return replace(self, choices=choices, used=used, has=(*self.has, work), count=count)

    def _allowed(self, work: Work) -> Iterable[Choice]:
        taints = self.supply.taints
        return (choice for choice in self.choices if work.placement.allows(choice.labels, taints))


@dataclass
class Packing:
    """Nodes with their pods, and pods that find no node."""

    nodes: list[Nodes]
    pending: list[tuple[Work, int]]

    def counted(self, supply: Supply) -> int:
        """Returns the number of nodes of a pool."""
        return sum(nodes.count for nodes in self.nodes if nodes.supply is supply)


def pack(supplies: Sequence[Supply], pods: Iterable[tuple[Work, int]]) -> Packing:
    """Places numbers of pods on the nodes of these pools, of which the minimum runs already."""
    most = largest(choice for supply in supplies for choice in supply.choices)
    packing = Packing([_fresh(supply, supply.min_nodes) for supply in supplies if supply.min_nodes], [])
    for work, number in sorted(pods, key=lambda pair: _size(pair[0], most), reverse=True):
        left = _on_started(packing, work, number)
        left = _on_new(packing, supplies, work, left)
        if left:
            packing.pending.append((work, left))
    return packing


def _on_started(packing: Packing, work: Work, number: int) -> int:
    """Places pods on nodes that run already; returns how many are left."""
    after: list[Nodes] = []
    for nodes in packing.nodes:
        each = min(nodes.takes(work), number) if number else 0
        if not each:
            after.append(nodes)
            continue
        filled, number = _fill(nodes, work, each, number)
        after += filled
    packing.nodes = after
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
        result.append(replace(nodes, count=nodes.count - full))
    return result, rest


def _on_new(packing: Packing, supplies: Sequence[Supply], work: Work, number: int) -> int:
    """Starts nodes for pods, of the pool on which a pod costs least; returns how many pods are left."""
    if not number:
        return 0
    for nodes, each, _ in sorted(_suitable(supplies, work, number), key=_usd_per_pod):
        needed, limit = -(-number // each), nodes.supply.max_nodes
        count = needed if limit is None else min(needed, limit - packing.counted(nodes.supply))
        if number and count > 0:
            filled, number = _fill(replace(nodes, count=count), work, min(each, number), number)
            packing.nodes += filled
    return number


def _suitable(supplies: Sequence[Supply], work: Work, number: int) -> Iterable[tuple[Nodes, int, Choice]]:
    """Yields a new node of each pool that takes such a pod, how many of these pods it takes, and the cheapest type."""
    for supply in supplies:
        nodes = _fresh(supply, 1)
        if each := min(nodes.takes(work), number):
            yield nodes, each, nodes.with_pods(work, each, 1).choices[0]


def _usd_per_pod(suitable: tuple[Nodes, int, Choice]) -> tuple[bool, Decimal]:
    _, each, choice = suitable
    return choice.usd_hour is None, (choice.usd_hour or Decimal(0)) / each


def _fresh(supply: Supply, count: int) -> Nodes:
    return Nodes(supply, supply.choices, {}, (), count)


def _room(choice: Choice, used: Amounts, requests: Amounts) -> int:
    """Returns the pods with these requests that fit beside what a node's pods already request."""
    return min(
        ((choice.amounts.get(key, 0) - used.get(key, 0)) // amount for key, amount in requests.items() if amount),
        default=0,
    )


def _conflict(work: Work, other: Work) -> bool:
    return any(selects(selector, other.labels) for selector in work.apart) or any(
        selects(selector, work.labels) for selector in other.apart
    )


def _size(work: Work, node: Amounts) -> float:
    """Returns the largest share of a node that a pod takes, on the largest node of any pool."""
    return max((amount / node[key] for key, amount in work.requests.items() if node.get(key)), default=0.0)
