"""Equal nodes of a pool while pods are placed on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from falaj.finops.work.floor import Bought
from falaj.finops.work.requests import CPU, Amounts, fits
from falaj.finops.work.supply import Choice, Supply, largest
from falaj.finops.work.workloads import Work


@dataclass(frozen=True, slots=True)
class Nodes:
    """Equal nodes: the types that they may still be, the cheapest first, what their pods request, and which pods they
    have. `room` is the most that any of these types has left of each resource; `any_apart` says that one of their pods
    must not share a node with some other."""

    supply: Supply
    choices: tuple[Choice, ...]
    used: Amounts
    room: Amounts
    has: tuple[Work, ...]
    any_apart: bool
    count: int

    @property
    def free_cpu(self) -> int:
        """CPU that is left, in millicores."""
        return self.room.get(CPU, 0)

    @property
    def bought(self) -> Bought:
        """The cheapest type on which their pods fit."""
        return self.choices[0].machine, self.choices[0].capacity

    def takes(self, work: Work) -> int:
        """Returns the number of such pods that one of these nodes still takes."""
        if not fits(work.requests, self.room):
            return 0
        if not self.supply.allowed(work.placement) or self._keeps_off(work):
            return 0
        most = max((_pods(choice, self.used, work.requests) for choice in allowed(self, work)), default=0)
        if conflict(work, work):
            return min(most, 1)
        # Karpenter compares with a host without pods (v1.15.0, TopologyGroup.domainMinCount), the scheduler with hosts
        # that exist, so other autoscalers start no node for it.
        is_spread = work.most_on_host is not None and self.supply.precedence is not None
        return min(most, work.most_on_host or 1) if is_spread else most

    def _keeps_off(self, work: Work) -> bool:
        if not work.apart and not self.any_apart:
            return False
        return any(conflict(work, other) for other in self.has)

    def with_pods(self, work: Work, pods: int, count: int) -> "Nodes":
        """Returns `count` of these nodes with that many more pods on each."""
        choices = tuple(choice for choice in allowed(self, work) if _pods(choice, self.used, work.requests) >= pods)
        used = dict(self.used)
        for key, amount in work.requests.items():
            used[key] = used.get(key, 0) + pods * amount
        most = largest(choices)
        room = {key: amount - used.get(key, 0) for key, amount in most.items()}
        return Nodes(self.supply, choices, used, room, (*self.has, work), self.any_apart or bool(work.apart), count)

    def chosen(self) -> "Nodes":
        """Returns these nodes as the cheapest of the types that they may be, which no further pod changes."""
        room = {key: amount - self.used.get(key, 0) for key, amount in self.choices[0].amounts.items()}
        return replace(self, choices=self.choices[:1], room=room)

    def times(self, count: int) -> "Nodes":
        """Returns another number of these nodes."""
        return replace(self, count=count)


def fresh(supply: Supply, count: int) -> Nodes:
    """Returns nodes of a pool without pods."""
    return Nodes(supply, supply.choices, {}, largest(supply.choices), (), False, count)


def allowed(nodes: Nodes, work: Work) -> Sequence[Choice]:
    """Returns the types of nodes on which a pod may run."""
    choices = nodes.supply.allowed(work.placement)
    if len(choices) == len(nodes.supply.choices):
        return nodes.choices
    return [each for each in nodes.choices if any(each is other for other in choices)]


def conflict(work: Work, other: Work) -> bool:
    """Returns whether pods of two workloads must not share a node."""
    return bool(work.apart or other.apart) and (work.is_apart_from(other) or other.is_apart_from(work))


def _pods(choice: Choice, used: Amounts, requests: Amounts) -> int:
    """Returns the pods with these requests that fit beside what a node's pods already request."""
    fewest: int | None = None
    for key, amount in requests.items():
        if amount:
            pods = (choice.amounts.get(key, 0) - used.get(key, 0)) // amount
            fewest = pods if fewest is None or pods < fewest else fewest
    return fewest or 0
