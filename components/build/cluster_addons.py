"""Cluster add-ons that all tenants share: namespaces, queues, KEDA, the gateway, the GPU operator and monitoring."""

from collections.abc import Mapping

import pulumi

from falaj.components.build.cluster_parts import ClusterParts
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec, SharedPoolSpec
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.storage.shared_files import CLAIM_GIB as SHARED_GIB
from falaj.components.core.tenancy.tenancy import TenantSpec
from falaj.components.core.training.datasets import CLAIM_GIB
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator, GpuOperatorArgs
from falaj.components.kubernetes.cluster.keda import Keda, KedaArgs
from falaj.components.kubernetes.cluster.observability import Observability
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.serving.gateway import Gateway, GatewayArgs
from falaj.components.settings.addon_arguments import observability_args
from falaj.components.settings.arguments import (
    gateway_name,
    gateway_reference,
    queueing_args,
    queues,
    reads_datasets,
    scales,
    shares_files,
)
from falaj.components.settings.tenants import TenantSettings
from falaj.components.settings.workloads import GatewaySettings, ObservabilitySettings


class ClusterAddons:
    """Creates the add-ons that a cluster's tenants, pools or settings require.

    `tenants` are all tenants of the stack; tenants without a space on this cluster are ignored.
    """

    def __init__(self, cluster: WorkloadCluster, tenants: Mapping[str, TenantSettings], aed_per_usd: float) -> None:
        self.cluster, self.aed_per_usd = cluster, aed_per_usd
        self.tenants = {name: tenant for name, tenant in tenants.items() if cluster.name in tenant.spaces}
        self._queues = queues(cluster.name, self.tenants)
        self.parts = ClusterParts(cluster)
        self.foundation = self._foundation() if self.tenants else None
        self.queueing = self._queueing() if self._queues else None
        self.keda = self._keda() if cluster.shared.keda or scales(cluster.name, self.tenants) else None
        self.cluster_gateway = self._gateway(cluster.shared.gateway) if cluster.shared.gateway else None
        self.gpus = self._gpus() if cluster.has_gpus else None
        self.observability = self._observability(cluster.shared.observability) if cluster.shared.observability else None

    @property
    def resources(self) -> list[pulumi.Resource]:
        """Add-ons that workloads must depend on."""
        addons = (
            self.foundation,
            self.queueing,
            self.keda,
            self.cluster_gateway,
            self.gpus,
            self.observability,
        )
        return [addon for addon in addons if addon is not None]

    @property
    def gateway(self) -> GatewaySpec | None:
        """Reference to the gateway, for services; None if the cluster has no gateway."""
        return gateway_reference(self.cluster.name) if self.cluster_gateway else None

    def queues_for(self, tenant: str) -> bool:
        """Whether the tenant's workloads are queued on this cluster."""
        return tenant in self._queues

    def _foundation(self) -> Foundation:
        cluster = self.cluster
        args = FoundationArgs(
            tenants={name: _space(cluster, tenant) for name, tenant in self.tenants.items()},
            cloud=cluster.cloud,
            network_cidr=cluster.cidr,
            endpoint_cidrs=cluster.endpoint_cidrs,
            kubernetes_version=cluster.version,
            store_cidrs=cluster.store_cidrs,
            tags=cluster.tags,
        )
        return Foundation(f"{cluster.name}-foundation", args, cluster.after())

    def _queueing(self) -> Queueing:
        args = queueing_args(self.cluster, self._queues, self.aed_per_usd)
        spaces = [self.foundation] if self.foundation else []
        after = self.cluster.after(*spaces, *self.parts.for_monitoring)
        return Queueing(f"{self.cluster.name}-queueing", args, after)

    def _keda(self) -> Keda:
        cluster = self.cluster
        args = KedaArgs(
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            prometheus_namespace=cluster.prometheus_namespace,
            tags=cluster.tags,
        )
        return Keda(f"{cluster.name}-keda", args, cluster.after())

    def _gateway(self, settings: GatewaySettings) -> Gateway:
        args = GatewayArgs(
            gateway_class=settings.gateway_class,
            domains=settings.domains,
            certificate=settings.certificate,
            issuer=settings.issuer,
            public=settings.public,
            prometheus_namespace=self.cluster.prometheus_namespace,
            tags=self.cluster.tags,
        )
        return Gateway(gateway_name(self.cluster.name), args, self.cluster.after(*self.parts.for_gateway))

    def _gpus(self) -> GpuOperator:
        cluster = self.cluster
        args = GpuOperatorArgs(
            cloud=cluster.cloud,
            shared={
                name: _shared_pool(pool.sharing, pool.tenant) for name, pool in cluster.pools.items() if pool.sharing
            },
            monitored=cluster.shared.observability is not None,
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            prometheus_namespace=cluster.prometheus_namespace,
            tags=cluster.tags,
        )
        return GpuOperator(f"{cluster.name}-gpus", args, cluster.after(*self.parts.for_monitoring))

    def _observability(self, settings: ObservabilitySettings) -> Observability:
        cluster = self.cluster
        args = observability_args(cluster, settings, self.tenants, self.aed_per_usd)
        return Observability(f"{cluster.name}-observability", args, cluster.after(*self.parts.for_monitoring))


def _shared_pool(sharing: GpuSharingSpec, tenant: str | None) -> SharedPoolSpec:
    return SharedPoolSpec(mig_profile=sharing.mig_profile, time_slices=sharing.time_slices, tenant=tenant)


def _space(cluster: WorkloadCluster, tenant: TenantSettings) -> TenantSpec:
    space = tenant.spaces[cluster.name]
    mounts_datasets = cluster.datasets is not None and reads_datasets(tenant, cluster.name)
    mounts_shared = cluster.shared_class is not None and shares_files(tenant, cluster.name)
    return TenantSpec(
        tier=tenant.tier,
        cpu=space.cpu,
        memory_gib=space.memory_gib,
        gpus=space.gpus,
        storage_gib=space.storage_gib + (CLAIM_GIB if mounts_datasets else 0) + (SHARED_GIB if mounts_shared else 0),
        business_unit=tenant.business_unit,
    )
