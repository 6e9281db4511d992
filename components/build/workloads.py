"""Workloads of tenants on a cluster: training runs, served models, experiments, tracking servers."""

from collections.abc import Callable, Mapping
from typing import Protocol

import pulumi

from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workload_identity import AccessGrant
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.names import variant_name
from falaj.components.core.storage.shared_files import CLAIM as SHARED_CLAIM
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.training.tracking import NAME as TRACKING
from falaj.components.kubernetes.cluster.shared_claim import SharedClaim, SharedClaimArgs
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.serving.model_promotion import ModelPromotion
from falaj.components.kubernetes.training.dataset_volume import DatasetVolume, DatasetVolumeArgs
from falaj.components.kubernetes.training.tracking import Tracking, TrackingArgs
from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.components.settings.arguments import Workload, service_args, shares_files
from falaj.components.settings.experiment_arguments import experiment_args, promotion_args
from falaj.components.settings.resource_names import component_name, tracking_name
from falaj.components.settings.run_arguments import mounts_dataset, reads_datasets, run_args
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import (
    ExperimentSettings,
    RunSettings,
    ServiceSettings,
    TrackingSettings,
    Use,
    VaultFolder,
    path_of,
    purpose_of,
    uses,
)


class SharedAddons(Protocol):
    """Add-ons of a cluster that its tenants share."""

    @property
    def resources(self) -> list[pulumi.Resource]:
        """Add-ons that workloads must depend on."""
        ...

    @property
    def gateway(self) -> GatewaySpec | None:
        """Reference to the gateway; None if the cluster has no gateway."""
        ...

    def queues_for(self, tenant: str) -> bool:
        """Whether the tenant's workloads are queued on this cluster."""
        ...


class Workloads:
    """Creates the workloads of one tenant on one cluster."""

    def __init__(self, cluster: WorkloadCluster, addons: SharedAddons, name: str, tenant: TenantWork) -> None:
        self.cluster, self.addons, self.name, self.tenant = cluster, addons, name, tenant
        self.namespace = namespace_of(name)
        is_tracked = tenant.tracking is not None and tenant.tracking.site == cluster.name
        self.tracking = self._tracking(tenant.tracking) if tenant.tracking and is_tracked else None
        self.datasets = self._datasets()
        self.shared = self._shared_claim()
        self.runs = {
            run: self._run(run, settings) for run, settings in tenant.runs.items() if settings.site == cluster.name
        }
        self.services = {
            service: self._service(service, settings)
            for service, settings in tenant.services.items()
            if settings.site == cluster.name
        }
        self.experiments = {
            service: self._experiment(service, settings)
            for service, settings in tenant.experiments.items()
            if settings.site == cluster.name
        }

    @property
    def unawaited(self) -> list[str]:
        """Deployments of services that `up` does not wait for, as `namespace/name`."""
        servings = {name: service.serving for name, service in self.tenant.services.items() if name in self.services}
        for name, experiment in self.tenant.experiments.items():
            if name in self.experiments:
                servings |= {variant_name(name, Variant.A.value): experiment.a}
                servings |= {variant_name(name, Variant.B.value): experiment.b}
        return [
            f"{self.namespace}/{name}"
            for name, serving in servings.items()
            if not serving.scales_to_zero and not self.cluster.waits_for(serving)
        ]

    @property
    def _tags(self) -> dict[str, str]:
        return self.cluster.tags_of(self.tenant)

    def _workload(self, grant: AccessGrant | None = None) -> Workload:
        client_id = grant.client_id if grant else None
        return Workload(self.cluster, self.name, self.tenant, self._address, client_id, self.cluster.datasets)

    def _component_name(self, workload: str) -> str:
        """Returns the name of a workload's component on the cluster."""
        return component_name(self.cluster.name, workload)

    def _after(self, *grants: AccessGrant) -> pulumi.ResourceOptions:
        """Returns options that depend on the add-ons and on the grants: a pod's identity is set when the pod starts."""
        granted = [resource for grant in grants for resource in grant.resources]
        return self.cluster.after(*self.addons.resources, *granted)

    def _grant_access(self, workload: str, account: str, vault_uses: Mapping[str, Use]) -> AccessGrant:
        if not vault_uses:
            return AccessGrant()
        name = self._component_name(workload)
        return self.cluster.identity.grant_access(name, self.namespace, account, vault_uses, self._tags)

    def _run(self, run: str, settings: RunSettings) -> TrainingRun:
        grant = self._grant_access(run, run, settings.uses(run))
        tracking = self.tracking.url if self.tracking else None
        args = run_args(self._workload(grant), settings, self.addons.queues_for(self.name), tracking)
        volume = AccessGrant([self.datasets]) if self.datasets and mounts_dataset(settings) else AccessGrant()
        return TrainingRun(run, args, self._after(grant, volume, self._shared_grant(settings.shared)))

    def _shared_grant(self, is_mounted: bool) -> AccessGrant:
        return AccessGrant([self.shared]) if self.shared and is_mounted else AccessGrant()

    def _shared_claim(self) -> SharedClaim | None:
        """Creates the claim through which the tenant's workloads mount the site's shared files, if any does."""
        if self.cluster.shared_class is None or not shares_files(self.tenant, self.cluster.name):
            return None
        args = SharedClaimArgs(namespace=self.namespace, storage_class=self.cluster.shared_class, tags=self._tags)
        opts = self.cluster.after(*self.addons.resources)
        return SharedClaim(self._component_name(f"{self.name}-shared"), args, opts)

    def _datasets(self) -> DatasetVolume | None:
        """Creates the volume through which the tenant's runs read datasets, if the site has a file system for them."""
        if self.cluster.datasets is None or not reads_datasets(self.tenant, self.cluster.name):
            return None
        args = DatasetVolumeArgs(
            namespace=self.namespace,
            files=self.cluster.datasets,
            creates_volume=self.cluster.is_managed,
            tags=self._tags,
        )
        opts = self.cluster.after(*self.addons.resources)
        return DatasetVolume(self._component_name(f"{self.name}-datasets"), args, opts)

    def _service(self, service: str, settings: ServiceSettings) -> InferenceService:
        grant = self._grant_access(service, service, uses([settings.serving.model.uri]))
        args = service_args(self._workload(grant), service, settings, self.addons.gateway)
        volume = self._shared_grant(settings.serving.model.claim == SHARED_CLAIM)
        return InferenceService(self._component_name(service), args, self._after(grant, volume))

    def _experiment(self, service: str, settings: ExperimentSettings) -> Experiment:
        grants = {
            variant: self._grant_access(name, name, uses([serving.model.uri]))
            for variant, serving in ((Variant.A, settings.a), (Variant.B, settings.b))
            for name in (variant_name(service, variant.value),)
        }
        gateway = self.addons.gateway
        assert gateway is not None  # noqa: S101 - validated with the settings: a host requires a gateway
        client_ids = {variant: grant.client_id for variant, grant in grants.items() if grant.client_id is not None}
        args = experiment_args(self._workload(), service, settings, gateway, client_ids)
        volume = self._shared_grant(SHARED_CLAIM in (settings.a.model.claim, settings.b.model.claim))
        experiment = Experiment(self._component_name(service), args, self._after(*grants.values(), volume))
        if settings.models and self.tracking:
            promoted = promotion_args(self._workload(), settings, settings.models, self.tracking.url)
            opts = self.cluster.after(self.tracking)
            ModelPromotion(f"{self._component_name(service)}-promotion", promoted, opts)
        return experiment

    def _tracking(self, settings: TrackingSettings) -> Tracking:
        grant = self._grant_access(tracking_name(self.name), TRACKING, uses([], [settings.artifacts]))
        args = TrackingArgs(
            namespace=self.namespace,
            tenant=self.name,
            vault_uri=self.cluster.vaults[purpose_of(settings.artifacts)],
            folder=path_of(settings.artifacts),
            region=self.cluster.region,
            client_id=grant.client_id,
            database_gib=settings.database_gib,
            image_mirror=self.cluster.image_mirror,
            tags=self._tags,
        )
        return Tracking(self._component_name(tracking_name(self.name)), args, self._after(grant))

    def _address(self, folder: VaultFolder, notation: Callable[[str, str], str]) -> pulumi.Output[str]:
        """Returns the address of a folder in one of the cluster's vaults, in the notation that its reader expects."""
        path = path_of(folder)
        return pulumi.Output.from_input(self.cluster.vaults[purpose_of(folder)]).apply(
            lambda vault: notation(vault, path)
        )
