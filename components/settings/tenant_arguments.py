"""What a tenant's settings mean for a cluster: its space, its hosts, and what its workloads may refer to. Pure."""

from collections.abc import Mapping, Sequence

from falaj.components.core.charts.charts import KEDA_NAMESPACE
from falaj.components.core.serving.authentication import GatewayTenantSpec
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE
from falaj.components.core.tenancy.tenant_admission import AdmissionSpec
from falaj.components.core.validation.enums import Profile
from falaj.components.settings.arguments import DeclaredCluster, gateway_name
from falaj.components.settings.tenants import TenantSettings


def hosts_by_path(tenant: TenantSettings, site: str) -> dict[str, str]:
    """Returns the hosts that a tenant's routes may have on a site, by path in the tenant's settings: those of its
    services and experiments, and those of its space."""
    served = {
        f"{kind}.{name}.host": workload.host
        for kind, workloads in (("services", tenant.services), ("experiments", tenant.experiments))
        for name, workload in workloads.items()
        if workload.site == site and workload.host is not None
    }
    space = tenant.spaces.get(site)
    declared = space.hosts if space else ()
    return served | {f"spaces.{site}.hosts.{index}": host for index, host in enumerate(declared)}


def hosts_of(tenant: TenantSettings, site: str) -> list[str]:
    """Returns the hosts that a tenant's routes may have on a site, sorted."""
    return sorted(set(hosts_by_path(tenant, site).values()))


def gateway_tenants(site: str, tenants: Mapping[str, TenantSettings]) -> dict[str, GatewayTenantSpec]:
    """Returns the tenants with hosts on a site, for its gateway. Settings without authentication are refused before."""
    return {
        name: GatewayTenantSpec(
            hosts=hosts,
            authentication=tenant.authentication,
            endpoint_picker=site in tenant.spaces and tenant.spaces[site].endpoint_picker,
        )
        for name, tenant in tenants.items()
        if (hosts := hosts_of(tenant, site)) and tenant.authentication is not None
    }


def admission_spec(cluster: DeclaredCluster, tenants: Mapping[str, TenantSettings]) -> AdmissionSpec:
    """Returns what workloads of the tenants may refer to on a cluster."""
    has_gateway = cluster.shared.gateway is not None
    prometheus = cluster.prometheus_namespace
    open_pools = [pool for pool in cluster.pools.values() if pool.profile is not Profile.SYSTEM]
    return AdmissionSpec(
        gateway=gateway_name(cluster.name) if has_gateway else None,
        gateway_namespace=GATEWAY_NAMESPACE if has_gateway else None,
        callers=[GATEWAY_NAMESPACE, KEDA_NAMESPACE, *([] if prometheus is None else [prometheus])],
        prometheus=_prometheus_addresses(cluster, tenants),
        taints=sorted({taint.key for pool in open_pools for taint in pool.taints}),
    )


def _prometheus_addresses(cluster: DeclaredCluster, tenants: Mapping[str, TenantSettings]) -> Sequence[str]:
    observed = cluster.shared.observability
    served = [
        str(serving.load.prometheus)
        for tenant in tenants.values()
        for _, site, serving in tenant.servings()
        if site == cluster.name and serving.load is not None
    ]
    return sorted({*served, *([observed.prometheus] if observed else [])})
