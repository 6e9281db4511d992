"""Machines that only a queue of the plan names, such as the pools in a cloud that an on-premises site bursts into."""

from collections.abc import Iterable

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
    of_site = (item for item in context.plan.resources if site in ("", context.site(item)))
    return frozenset(
        name
        for item in of_site
        for name in (
            *(pool.name for pool in context.pools.get(item.urn, ())),
            *(
                (get_str(item.props, "metadata", "labels", POOL_LABEL),)
                if item.type in (NODE, NODE.removesuffix("Patch"))
                else ()
            ),
        )
    )
