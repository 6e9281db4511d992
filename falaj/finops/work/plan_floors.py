"""The floors of all pools of a plan, from its pools, its work and what its clusters run for themselves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.floors import Floors, floors
from falaj.finops.work.supply import supply
from falaj.finops.work.system_work import PartsFunction, system_work
from falaj.finops.work.uncounted import uncounted
from falaj.finops.work.unknown_work import unknown_work
from falaj.finops.work.workloads import Work, workloads


def plan_floors(context: PricingContext, parts: Mapping[str, PartsFunction]) -> Floors:
    """Returns the nodes that the plan's work keeps running on its pools. `parts` are the functions by type token."""
    with_pools = [item for item in context.plan.resources if item.urn in context.pools]
    supplies = [supply(context, item, pool) for item in with_pools for pool in context.pools[item.urn]]
    of_plan = list(workloads(context))
    result = floors(supplies, [*of_plan, *system_work(context, parts)], context.hours)
    own_machines = (item for item in context.plan.resources if item.type in _OWN_MACHINES)
    with_machines = {context.site(item) for item in (*with_pools, *own_machines)}
    sentences = (*_without_machines(of_plan, with_machines), *unknown_work(context), *uncounted(context, parts))
    return replace(result, warnings=(*result.warnings, *sentences))


_OWN_MACHINES = ("kubernetes:core/v1:NodePatch", "kubernetes:core/v1:Node")


def _without_machines(work: Iterable[Work], sites: Set[str]) -> Iterator[str]:
    """Yields a sentence for each site whose pods run on machines that the plan does not have: those of another stack,
    or of a cluster whose nodes do not state their cost."""
    names: dict[str, set[str]] = defaultdict(set)
    for each in work:
        if each.site not in sites and not each.on_each_node:
            names[each.site].add(each.name)
    for site, found in sorted(names.items()):
        listed = ", ".join(sorted(found))
        yield f"site {site or '(unknown)'}: the plan has no machines, so those of {listed} are not in the estimate"
