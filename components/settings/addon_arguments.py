"""Arguments of a cluster's add-ons, built from a stack's settings, for the deployment and for the checks before it.
Pure."""

from collections.abc import Mapping

from falaj.components.core.charts.observability_args import ObservabilityArgs, TenantLimits
from falaj.components.settings.arguments import DeclaredCluster
from falaj.components.settings.tenants import TenantSettings
from falaj.components.settings.workloads import ObservabilitySettings


def observability_args(
    cluster: DeclaredCluster,
    settings: ObservabilitySettings,
    tenants: Mapping[str, TenantSettings],
    aed_per_usd: float,
) -> ObservabilityArgs:
    """Builds the arguments of a cluster's monitoring. Tenants without a space on it are ignored. Raises
    `BadArguments`."""
    uses_list_prices = cluster.prices is None
    return ObservabilityArgs(
        prometheus=settings.prometheus,
        rule_labels=settings.rule_labels,
        prices=cluster.prices,
        region=cluster.region if uses_list_prices else None,
        machines=cluster.machines if uses_list_prices else None,
        aed_per_usd=aed_per_usd if uses_list_prices else None,
        tenants={
            name: _limits(cluster.name, tenant) for name, tenant in tenants.items() if cluster.name in tenant.spaces
        },
        chart_repository=cluster.shared.chart_repository,
        image_mirror=cluster.image_mirror,
        tags=cluster.tags,
    )


def _limits(site: str, tenant: TenantSettings) -> TenantLimits:
    budget = tenant.budgets.get(site)
    return TenantLimits(
        aed_per_month=budget.aed_per_month if budget else None,
        first_answer_seconds={
            name: service.serving.cold_start.first_answer_seconds
            for name, service in tenant.services.items()
            if service.site == site and service.serving.cold_start
        },
    )
