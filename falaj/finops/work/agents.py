"""Pods that run on each node, as of DaemonSets: what they leave of the nodes of a pool."""

from collections.abc import Iterable
from dataclasses import replace

from falaj.finops.work.supply import Choice, Supply
from falaj.finops.work.workloads import Work


def without_agents(supply: Supply, agents: Iterable[Work]) -> Supply:
    """Returns a pool whose nodes have what is left beside the pods that run on each of them.

    A pod that runs only on some nodes of the pool, as those of one zone, takes nothing: the others have all their room.
    One that does not fit stays pending, which leaves the room to others.
    """
    agents = tuple(agents)
    choices, substitutes = (
        tuple(_without(choice, supply, agents) for choice in each) for each in (supply.choices, supply.substitutes)
    )
    return replace(supply, choices=choices, substitutes=substitutes, _allowed={})


def _without(choice: Choice, supply: Supply, agents: Iterable[Work]) -> Choice:
    amounts = dict(choice.amounts)
    for agent in agents:
        if agent.placement.always_allows(choice.labels, supply.taints):
            left = {key: amounts.get(key, 0) - amount for key, amount in agent.requests.items() if amount}
            if min(left.values(), default=0) >= 0:
                amounts |= left
    return replace(choice, amounts=amounts)
