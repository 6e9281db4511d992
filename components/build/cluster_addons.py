"""What all tenants of a cluster share: closed spaces, queues, the way in, GPUs, and what is measured of them."""

from collections.abc import Mapping
from typing import Any

import pulumi

from falaj.components.build.clusters import Cluster
from falaj.components.core.node_pools.gpu_sharing import SharedPoolSpec
from falaj.components.core.node_pools.spec import NodePoolSpec as PoolSpec
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE, GatewaySpec
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.tenancy import TenantSpec
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator
from falaj.components.kubernetes.cluster.keda import Keda
from falaj.components.kubernetes.cluster.observability import Observability
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.serving.gateway import Gateway
from falaj.components.settings.tenants import TenantSettings, TenantWork
from falaj.components.settings.workloads import GatewaySettings, ObservabilitySettings, SpaceSettings


class SharedParts:
    """Makes them, each where somebody needs it. `tenants` are all of the stack; those without a space have none."""

    def __init__(self, cluster: Cluster, tenants: Mapping[str, TenantSettings], aed_per_usd: float) -> None:
        self.cluster, self.aed_per_usd = cluster, aed_per_usd
        self.tenants = {name: of for name, of in tenants.items() if cluster.name in of.spaces}
        self.foundation = self._foundation() if self.tenants else None
        self.queueing = self._queueing() if self._queues else None
        self.keda = self._keda() if scales(cluster.name, self.tenants) else None
        self.gateway = self._gateway(cluster.shared.gateway) if cluster.shared.gateway else None
        self.gpus = self._gpus() if cluster.has_gpus else None
        self.observability = self._observability(cluster.shared.observability) if cluster.shared.observability else None

    @property
    def parts(self) -> list[pulumi.Resource]:
        """What work must come after."""
        found = (self.foundation, self.queueing, self.keda, self.gateway, self.gpus, self.observability)
        return [part for part in found if part is not None]

    @property
    def way_in(self) -> GatewaySpec | None:
        """The gateway, as services take it."""
        return {"name": gateway_name(self.cluster.name), "namespace": GATEWAY_NAMESPACE} if self.gateway else None

    def queues_for(self, tenant: str) -> bool:
        """Whether a tenant's work waits in a queue here."""
        return tenant in self._queues

    @property
    def _queues(self) -> dict[str, QueueSpec]:
        """Money of the tenants' queues."""
        return {
            name: _queue(tenant, space)
            for name, tenant in self.tenants.items()
            if (space := tenant.spaces[self.cluster.name]).queue
        }

    def _foundation(self) -> Foundation:
        cluster = self.cluster
        spaces = {name: (tenant, tenant.spaces[cluster.name]) for name, tenant in self.tenants.items()}
        args: FoundationArgs = {
            "tenants": {name: _space(*of) for name, of in spaces.items()},
            "cloud": cluster.cloud,
            "network_cidr": cluster.cidr,
            "version": cluster.version,
            "tags": cluster.tags,
        }
        if cluster.store_cidrs is not None:
            args["store_cidrs"] = cluster.store_cidrs
        return Foundation(f"{cluster.name}-foundation", args, cluster.after())

    def _queueing(self) -> Queueing:
        cluster = self.cluster
        args: Any = {
            "node_autoscaler": cluster.node_autoscaler,
            "pools": cluster.pools,
            "own_machines": cluster.own_machines,
            "tenants": self._queues,
            "aed_per_usd": self.aed_per_usd,
            "spot_hours_percent": cluster.shared.spot_hours_percent,
            "tags": cluster.tags,
            **({"region": cluster.region} if cluster.region else {}),
            **self._scraped,
            **cluster.pulls,
        }
        spaces = [self.foundation] if self.foundation else []
        return Queueing(f"{cluster.name}-queueing", args, cluster.after(*spaces))

    def _keda(self) -> Keda:
        args: Any = {"tags": self.cluster.tags, **self._scraped, **self.cluster.pulls}
        return Keda(f"{self.cluster.name}-keda", args, self.cluster.after())

    def _gateway(self, said: GatewaySettings) -> Gateway:
        args: Any = {**said.model_dump(exclude_none=True), "tags": self.cluster.tags, **self._scraped}
        return Gateway(gateway_name(self.cluster.name), args, self.cluster.after())

    def _gpus(self) -> GpuOperator:
        args: Any = {
            "cloud": self.cluster.cloud,
            "shared": {pool: _shared(of) for pool, of in self.cluster.pools.items() if "sharing" in of},
            "monitored": self.cluster.shared.observability is not None,
            "tags": self.cluster.tags,
            **self._scraped,
            **self.cluster.pulls,
        }
        return GpuOperator(f"{self.cluster.name}-gpus", args, self.cluster.after())

    def _observability(self, said: ObservabilitySettings) -> Observability:
        cluster = self.cluster
        catalogue = {"region": cluster.region, "machines": cluster.machines, "aed_per_usd": self.aed_per_usd}
        args: Any = {
            "prometheus": said.prometheus,
            "rule_labels": said.rule_labels,
            **({"prices": cluster.prices} if cluster.prices else catalogue),
            "tags": cluster.tags,
            **cluster.pulls,
        }
        return Observability(f"{cluster.name}-observability", args, cluster.after())

    @property
    def _scraped(self) -> dict[str, str]:
        watched = self.cluster.shared.observability
        return {"scraped_from": watched.namespace} if watched else {}


def scales(site: str, tenants: Mapping[str, TenantWork]) -> bool:
    """Whether some service on a site follows its requests or its load: then KEDA and its add-on run there."""
    here = (serving for tenant in tenants.values() for _, on, serving in tenant.servings() if on == site)
    return any(serving.cold_start or serving.load for serving in here)


def _shared(pool: PoolSpec) -> SharedPoolSpec:
    tenant: SharedPoolSpec = {"tenant": pool["tenant"]} if "tenant" in pool else {}
    return {**tenant, **pool.get("sharing", {})}


def gateway_name(site: str) -> str:
    """Name of a site's gateway."""
    return f"{site}-models"


def _space(tenant: TenantSettings, space: SpaceSettings) -> TenantSpec:
    spec: TenantSpec = {
        "tier": tenant.tier,
        "cpu": space.cpu,
        "memory_gib": space.memory_gib,
        "gpus": space.gpus,
        "storage_gib": space.storage_gib,
    }
    return {**spec, "business_unit": tenant.business_unit} if tenant.business_unit else spec


def _queue(tenant: TenantSettings, space: SpaceSettings) -> QueueSpec:
    assert space.queue is not None  # noqa: S101 - asked before
    spec: QueueSpec = {
        "tier": tenant.tier,
        "aed_per_month": float(space.queue.aed_per_month),
        "hours_per_month": space.queue.hours_per_month,
        "borrows": space.queue.borrows,
    }
    return {**spec, "pool_percent": space.queue.pool_percent} if space.queue.pool_percent else spec
