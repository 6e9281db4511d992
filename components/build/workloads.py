"""Workloads of tenants on a cluster: training runs, served models, experiments, tracking servers."""

from collections.abc import Callable, Mapping
from typing import Protocol

import pulumi

from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workload_identity import AccessGrant
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.training.tracking import NAME as TRACKING
from falaj.components.kubernetes.serving.experiment import Experiment, ExperimentArgs
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.serving.model_promotion import ModelPromotion, ModelPromotionArgs
from falaj.components.kubernetes.training.tracking import Tracking, TrackingArgs
from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.components.settings.arguments import Workload, run_args, service_args, serving_spec
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
    def _tags(self) -> dict[str, str]:
        return self.cluster.tags_of(self.tenant)

    def _workload(self, grant: AccessGrant | None = None) -> Workload:
        client_id = grant.client_id if grant else None
        return Workload(self.cluster, self.name, self.tenant, self._address, client_id)

    def _component_name(self, workload: str) -> str:
        """Returns the name of a workload's component, with the site as prefix: two sites may have the same service."""
        return f"{self.cluster.name}-{workload}"

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
        return TrainingRun(run, args, self._after(grant))

    def _service(self, service: str, settings: ServiceSettings) -> InferenceService:
        grant = self._grant_access(service, service, uses([settings.serving.model.uri]))
        args = service_args(self._workload(grant), service, settings, self.addons.gateway)
        return InferenceService(self._component_name(service), args, self._after(grant))

    def _experiment(self, service: str, settings: ExperimentSettings) -> Experiment:
        grants = {
            variant: self._grant_access(
                f"{service}-{variant.value}", f"{service}-{variant.value}", uses([serving.model.uri])
            )
            for variant, serving in ((Variant.A, settings.a), (Variant.B, settings.b))
        }
        gateway = self.addons.gateway
        assert gateway is not None  # noqa: S101 - validated with the settings: a host requires a gateway
        args = ExperimentArgs(
            namespace=self.namespace,
            service=service,
            tenant=self.name,
            a=serving_spec(self._workload(), settings.a),
            b=serving_spec(self._workload(), settings.b),
            weights=settings.weights,
            winner=settings.winner,
            starts=settings.starts,
            ends=settings.ends,
            measure=settings.measure,
            gateway=gateway,
            host=settings.host,
            region=self.cluster.region,
            pools=self.cluster.pools,
            client_ids={variant: grant.client_id for variant, grant in grants.items() if grant.client_id is not None},
            scraped_from=self.cluster.scraped_from,
            image_mirror=self.cluster.image_mirror,
            tags=self._tags,
        )
        experiment = Experiment(self._component_name(service), args, self._after(*grants.values()))
        if settings.models and self.tracking:
            self._promotion(service, settings.models, settings.winner, self.tracking)
        return experiment

    def _promotion(
        self, service: str, models: Mapping[Variant, str], winner: Variant | None, tracking: Tracking
    ) -> ModelPromotion:
        args = ModelPromotionArgs(
            namespace=self.namespace,
            tenant=self.name,
            tracking_url=tracking.url,
            models=models,
            winner=winner,
            image_mirror=self.cluster.image_mirror,
            tags=self._tags,
        )
        return ModelPromotion(f"{self._component_name(service)}-promotion", args, self.cluster.after(tracking))

    def _tracking(self, settings: TrackingSettings) -> Tracking:
        grant = self._grant_access(f"{self.name}-tracking", TRACKING, uses([], [settings.artifacts]))
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
        return Tracking(self._component_name(f"{self.name}-tracking"), args, self._after(grant))

    def _address(self, folder: VaultFolder, notation: Callable[[str, str], str]) -> pulumi.Output[str]:
        """Returns the address of a folder in one of the cluster's vaults, in the notation that its reader expects."""
        path = path_of(folder)
        return pulumi.Output.from_input(self.cluster.vaults[purpose_of(folder)]).apply(
            lambda vault: notation(vault, path)
        )
