"""The floors of all pools of a plan, from its pools, its work and what its clusters run for themselves."""

from collections.abc import Callable, Iterable, Mapping

from falaj.finops.plan import Planned
from falaj.finops.pools import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.floors import Floors, floors
from falaj.finops.work.supply import supply
from falaj.finops.work.system_work import PartsFunction, system_work
from falaj.finops.work.workloads import workloads

PoolFunction = Callable[[PricingContext, Planned], Iterable[PricedPool]]
"""Returns the pools that a resource describes."""


def plan_floors(
    context: PricingContext, pools: Mapping[str, PoolFunction], parts: Mapping[str, PartsFunction]
) -> Floors:
    """Returns the nodes that the plan's work keeps running. `pools` and `parts` are the functions by type token."""
    supplies = [
        each
        for item in context.plan.resources
        if item.type in pools
        for pool in pools[item.type](context, item)
        if (each := supply(context, item, pool)) is not None
    ]
    return floors(supplies, [*workloads(context), *system_work(context, parts)])
