"""Machines that only a queue of the plan names, such as the pools in a cloud that an on-premises site bursts into."""

from collections.abc import Iterable
from itertools import chain

from falaj.facts.labels import POOL_LABEL
from falaj.facts.prices import missing
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_str

FLAVOR = "kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor"
NODE = "kubernetes:core/v1:NodePatch"


def flavor(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for a flavor whose nodes are of a pool that is not in the plan: whoever starts
    them pays for what the queues admit."""
    pool, site = get_str(item.props, "spec", "nodeLabels", POOL_LABEL), context.site(item)
    if pool and pool not in _pools(context, site):
        reason = f"machines of pool {pool}, which queues may use, are not in the plan: their maximum is unknown"
        yield Charge("machine", f"{pool} of a queue", Range(ZERO, ZERO, fixed(1).max), price=missing("hour", reason))


def _pools(context: PricingContext, site: str) -> frozenset[str]:
    """Returns the pools of a site; of all sites if it is unknown. A policy pack sees patches of nodes as nodes."""
    with_pools = (context.plan.by_urn[urn] for urn in context.pools)
    names = ((item, pool.name) for item in with_pools for pool in context.pools[item.urn])
    nodes = context.plan.of_type(NODE, NODE.removesuffix("Patch"))
    labels = ((node, get_str(node.props, "metadata", "labels", POOL_LABEL)) for node in nodes)
    return frozenset(name for item, name in chain(names, labels) if site in ("", context.site(item)))
