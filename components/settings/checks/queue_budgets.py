"""Warns about budgets of queues that nothing measures. Pure."""

from collections.abc import Iterator, Mapping

from falaj.components.core.tenancy.queue_specs import QuotaBasis
from falaj.components.settings.tenants import TenantSettings
from falaj.components.settings.workloads import ClusterSettings


def unmeasured_budget_warnings(
    site: str, cluster: ClusterSettings, tenants: Mapping[str, TenantSettings]
) -> Iterator[str]:
    """Yields a warning for each queue on a site whose quota should follow the spend, where nothing records it."""
    if cluster.observability is not None:
        return
    for name, tenant in tenants.items():
        space = tenant.spaces.get(site)
        if space and space.queue and space.queue.quota_basis is QuotaBasis.SPEND:
            yield (
                f"the budget of tenant {name}'s queue is not enforced, since nothing records what its work costs: set "
                "`cluster.observability`, or accept a static quota with `quota_basis: static`"
            )
