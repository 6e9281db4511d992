"""Cluster add-ons that all tenants share: namespaces, queues, KEDA, the gateway, the GPU operator and monitoring."""

from collections.abc import Collection, Mapping

import pulumi

from falaj.components.build.cluster_parts import ClusterParts
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec, SharedPoolSpec
from falaj.components.core.node_pools.system_capacity import controller_replicas
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.storage.shared_files import CLAIM_GIB as SHARED_GIB
from falaj.components.core.tenancy.tenancy import MAX_STORAGE_GIB, TenantSpec, namespace_of
from falaj.components.core.training.datasets import CLAIM_GIB
from falaj.components.core.training.run_forms import RunForm
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator, GpuOperatorArgs
from falaj.components.kubernetes.cluster.keda import Keda, KedaArgs
from falaj.components.kubernetes.cluster.observability import Observability
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.serving.gateway import Gateway, GatewayArgs
from falaj.components.kubernetes.serving.multi_node_serving import MultiNodeServing, MultiNodeServingArgs
from falaj.components.kubernetes.training.dataset_volume import DatasetVolume, DatasetVolumeArgs
from falaj.components.kubernetes.training.training_controllers import TrainingControllers, TrainingControllersArgs
from falaj.components.settings.addon_arguments import observability_args
from falaj.components.settings.arguments import (
    gateway_name,
    gateway_reference,
    picks_endpoints,
    scales,
    serves_on_nodes,
    shares_files,
)
from falaj.components.settings.cluster_charts import CHART_OF_FORM
from falaj.components.settings.queue_arguments import queueing_args, queues
from falaj.components.settings.run_arguments import has_deadlines, reads_datasets, run_forms
from falaj.components.settings.tenant_arguments import admission_spec, gateway_tenants, hosts_of
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
        self.parts = ClusterParts(cluster, inference_pools=picks_endpoints(cluster.name, self.tenants))
        self.foundation = self._foundation() if self.tenants else None
        self.datasets = self._dataset_volumes()
        self.queueing = self._queueing() if self._queues else None
        self.training = self._training(run_forms(cluster.name, cluster.shared, self.tenants))
        self.keda = self._keda() if cluster.shared.keda or scales(cluster.name, self.tenants) else None
        needs_groups = cluster.shared.multi_node_serving or serves_on_nodes(cluster.name, self.tenants)
        self.multi_node = self._multi_node() if needs_groups else None
        self.cluster_gateway = self._gateway(cluster.shared.gateway) if cluster.shared.gateway else None
        self.gpus = self._gpus() if cluster.has_gpus else None
        self.observability = self._observability(cluster.shared.observability) if cluster.shared.observability else None

    @property
    def resources(self) -> list[pulumi.Resource]:
        """Add-ons that workloads must depend on."""
        addons = (
            self.foundation,
            self.queueing,
            self.training,
            self.keda,
            self.multi_node,
            self.cluster_gateway,
            self.gpus,
            self.observability,
        )
        return [addon for addon in addons if addon is not None]

    @property
    def gateway(self) -> GatewaySpec | None:
        """Reference to the gateway, for services; None if the cluster has no gateway."""
        return gateway_reference(self.cluster.name, self.cluster.shared)

    def queues_for(self, tenant: str) -> bool:
        """Whether the tenant's workloads are queued on this cluster."""
        return tenant in self._queues

    def _foundation(self) -> Foundation:
        args = foundation_args(self.cluster, self.tenants)
        after = self.cluster.after(*([self.parts.serving_authority] if self.parts.serving_authority else []))
        return Foundation(f"{self.cluster.name}-foundation", args, after)

    def _dataset_volumes(self) -> list[DatasetVolume]:
        """Creates the volumes of datasets of tenants whose own stacks create the claims: volumes have no namespace."""
        cluster, files = self.cluster, self.cluster.datasets
        if files is None:
            return []
        return [
            DatasetVolume(
                f"{cluster.name}-{name}-datasets",
                DatasetVolumeArgs(
                    namespace=namespace_of(name), files=files, creates_claim=False, tags=cluster.tags_of(tenant)
                ),
                cluster.after(),
            )
            for name, tenant in self.tenants.items()
            if tenant.spaces[cluster.name].deployers and not reads_datasets(tenant, cluster.name)
        ]

    def _queueing(self) -> Queueing:
        deadlines = has_deadlines(self.cluster.name, self.cluster.shared, self.tenants)
        args = queueing_args(self.cluster, self._queues, self.aed_per_usd, deadlines)
        spaces = [self.foundation] if self.foundation else []
        after = self.cluster.after(*spaces, *self.parts.for_monitoring)
        return Queueing(f"{self.cluster.name}-queueing", args, after)

    def _training(self, forms: Collection[RunForm]) -> TrainingControllers | None:
        if not CHART_OF_FORM.keys() & {*forms}:
            return None
        cluster = self.cluster
        args = TrainingControllersArgs(
            trainer=RunForm.TRAIN_JOB in forms,
            kuberay=RunForm.RAY_JOB in forms,
            replicas=controller_replicas(cluster.pools),
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            prometheus_namespace=cluster.prometheus_namespace,
            tags=cluster.tags,
        )
        after = [self.queueing] if self.queueing else []
        return TrainingControllers(f"{cluster.name}-training", args, cluster.after(*after))

    def _keda(self) -> Keda:
        cluster = self.cluster
        args = KedaArgs(
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            prometheus_namespace=cluster.prometheus_namespace,
            serving_tls=cluster.encrypts_pods,
            route_namespaces=[namespace_of(name) for name in self.tenants] if cluster.shared.gateway else (),
            tags=cluster.tags,
        )
        return Keda(f"{cluster.name}-keda", args, cluster.after(*self.parts.for_gateway))

    def _multi_node(self) -> MultiNodeServing:
        cluster = self.cluster
        args = MultiNodeServingArgs(
            replicas=controller_replicas(cluster.pools),
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            prometheus_namespace=cluster.prometheus_namespace,
            tags=cluster.tags,
        )
        return MultiNodeServing(f"{cluster.name}-multi-node", args, cluster.after())

    def _gateway(self, settings: GatewaySettings) -> Gateway:
        args = GatewayArgs(
            gateway_class=settings.gateway_class,
            domains=settings.domains,
            certificate=settings.certificate,
            issuer=settings.issuer,
            requests_per_minute=settings.requests_per_minute,
            encrypts_pods=settings.encrypts_pods,
            public=settings.public,
            tenants=gateway_tenants(self.cluster.name, self.tenants),
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


def foundation_args(cluster: WorkloadCluster, tenants: Mapping[str, TenantSettings]) -> FoundationArgs:
    """Returns the prerequisites of workloads on a cluster. `tenants` have a space there."""
    return FoundationArgs(
        tenants={name: _space(cluster, name, tenant) for name, tenant in tenants.items()},
        admission=admission_spec(cluster, tenants),
        cloud=cluster.cloud,
        network_cidr=cluster.cidr,
        endpoint_cidrs=cluster.endpoint_cidrs,
        kubernetes_version=cluster.version,
        store_cidrs=cluster.store_cidrs,
        serving_tls=cluster.encrypts_pods,
        tags=cluster.tags,
    )


def _space(cluster: WorkloadCluster, name: str, tenant: TenantSettings) -> TenantSpec:
    space = tenant.spaces[cluster.name]
    entry, tags = f"{cluster.name}-{name}-deployer", cluster.tags_of(tenant)
    groups = [cluster.identity.deployer_group(entry, name, deployer, tags) for deployer in space.deployers]
    mounts_datasets = cluster.datasets is not None and reads_datasets(tenant, cluster.name)
    mounts_shared = cluster.shared_class is not None and shares_files(tenant, cluster.name)
    claims = (CLAIM_GIB if mounts_datasets else 0) + (SHARED_GIB if mounts_shared else 0)
    return TenantSpec(
        tier=tenant.tier,
        cpu=space.cpu,
        memory_gib=space.memory_gib,
        gpus=space.gpus,
        storage_gib=min(space.storage_gib + claims, MAX_STORAGE_GIB),  # a space may have all of it already
        hosts=hosts_of(tenant, cluster.name),
        endpoint_picker=space.endpoint_picker,
        business_unit=tenant.business_unit,
        queued=space.queue is not None,
        # The roles of a tenant on AWS have one group.
        deployer_groups=list(dict.fromkeys(groups)),
    )
