"""Arguments of a cluster's queues, built from a stack's settings, for the deployment and for its checks. Pure."""

from collections.abc import Mapping

from falaj.components.core.node_pools.system_capacity import controller_replicas
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.settings.arguments import DeclaredCluster
from falaj.components.settings.tenants import TenantSettings
from falaj.components.settings.unqueued_work import unqueued_pods


def queues(site: str, tenants: Mapping[str, TenantSettings]) -> dict[str, QueueSpec]:
    """Returns the queues of a site by tenant."""
    return {
        name: QueueSpec(
            tier=tenant.tier,
            aed_per_month=queue.aed_per_month,
            hours_per_month=queue.hours_per_month,
            pool_percent=queue.pool_percent,
            quota_basis=queue.quota_basis,
            at_limit=queue.at_limit,
            borrows=queue.borrows,
            space=tenant.spaces[site],
            unqueued=unqueued_pods(tenant, site),
        )
        for name, tenant in tenants.items()
        if site in tenant.spaces and (queue := tenant.spaces[site].queue)
    }


def queueing_args(
    cluster: DeclaredCluster, tenants: Mapping[str, QueueSpec], aed_per_usd: float, deadlines: bool
) -> QueueingArgs:
    """Builds the arguments of a cluster's queues. `deadlines`: whether runs have deadlines. Raises `BadArguments`."""
    return QueueingArgs(
        region=cluster.region,
        node_autoscaler=cluster.node_autoscaler,
        pools=cluster.pools,
        own_machines=cluster.own_machines,
        topology=cluster.topology,
        tenants=tenants,
        aed_per_usd=aed_per_usd,
        spot_hours_percent=cluster.shared.spot_hours_percent,
        metering=cluster.shared.observability,
        deadlines=deadlines,
        replicas=controller_replicas(cluster.pools),
        chart_repository=cluster.shared.chart_repository,
        image_mirror=cluster.image_mirror,
        prometheus_namespace=cluster.prometheus_namespace,
        tags=cluster.tags,
    )
