"""What tenants run on a cluster: training runs, served models, experiments."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import pulumi

from falaj.components.build.clusters import Cluster
from falaj.components.build.workload_identity import AccessGrant
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.storage import vault_addresses
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.training.tracking import NAME as TRACKING
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.cluster.priorities import BATCH, TRAINING
from falaj.components.kubernetes.queues.cluster_queues import LOCAL_QUEUE
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.serving.model_promotion import ModelPromotion
from falaj.components.kubernetes.training.tracking import Tracking
from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import (
    ExperimentSettings,
    RunSettings,
    ServiceSettings,
    ServingSettings,
    TrackingSettings,
    Use,
    VaultFolder,
    purpose_of,
    uses,
)


class Shared(Protocol):
    """What a cluster has for all of its tenants."""

    @property
    def parts(self) -> list[pulumi.Resource]:
        """What work must come after."""
        ...

    @property
    def way_in(self) -> GatewaySpec | None:
        """The gateway."""
        ...

    def queues_for(self, tenant: str) -> bool:
        """Whether a tenant's work waits in a queue."""
        ...


class Workloads:
    """Makes what one tenant runs on one cluster."""

    def __init__(self, cluster: Cluster, shared: Shared, name: str, tenant: TenantWork) -> None:
        self.cluster, self.shared, self.name, self.tenant = cluster, shared, name, tenant
        self.namespace = namespace_of(name)
        is_tracked = tenant.tracking is not None and tenant.tracking.site == cluster.name
        self.tracking = self._tracking(tenant.tracking) if tenant.tracking and is_tracked else None
        self.runs = {run: self._run(run, of) for run, of in tenant.runs.items() if of.site == cluster.name}
        self.services = {
            each: self._service(each, of) for each, of in tenant.services.items() if of.site == cluster.name
        }
        self.experiments = {
            each: self._trial(each, of) for each, of in tenant.experiments.items() if of.site == cluster.name
        }

    @property
    def _tags(self) -> dict[str, str]:
        unit = {"business-unit": self.tenant.business_unit} if self.tenant.business_unit else {}
        return {**self.cluster.tags, **unit}

    def _called(self, work: str) -> str:
        """Name of a component; services of two sites may be called alike."""
        return f"{self.cluster.name}-{work}"

    def _after(self, *lets: AccessGrant) -> pulumi.ResourceOptions:
        """A pod gets its identity as it starts, so whoever lets it in comes first."""
        return self.cluster.after(*self.shared.parts, *(part for let in lets for part in let.parts))

    def _let(self, work: str, account: str, used: Mapping[str, Use]) -> AccessGrant:
        if not used:
            return AccessGrant()
        return self.cluster.doors.grant_access(self._called(work), self.namespace, account, used, self._tags)

    def _run(self, run: str, said: RunSettings) -> TrainingRun:
        efficiency = said.efficiency.model_dump(exclude_unset=True)
        if base := said.efficiency.base_model_uri:
            efficiency["base_model_uri"] = self._trained(base)
        folders = {"dataset": "dataset_uri", "checkpoints": "checkpoint_uri", "model": "model_uri"}
        plain = said.model_dump(exclude_none=True, exclude={"site", "efficiency", *folders})
        args: Any = {
            **plain,
            **{arg: self._trained(folder) for key, arg in folders.items() if (folder := getattr(said, key))},
            "efficiency": efficiency,
            **self._store,
            "cloud": self.cluster.cloud,
            "namespace": self.namespace,
            "tenant": self.name,
            "priority_class": (BATCH if said.profile is Profile.BATCH else TRAINING).name,
            **({"queue": LOCAL_QUEUE} if self.shared.queues_for(self.name) else {}),
            **({"environment": {"MLFLOW_TRACKING_URI": self.tracking.url}} if self.tracking else {}),
            "tags": self._tags,
        }
        let = self._let(run, run, said.uses(run))
        if let.client_id is not None:
            args["azure_client_id"] = let.client_id
        return TrainingRun(run, args, self._after(let))

    def _service(self, service: str, said: ServiceSettings) -> InferenceService:
        host = {"host": said.host} if said.host else {}
        args: Any = {**self._served(service), **host, "serving": self._serving(said.serving)}
        let = self._let(service, service, uses([said.serving.model.uri]))
        if let.client_id is not None:
            args["client_id"] = let.client_id
        return InferenceService(self._called(service), args, self._after(let))

    def _trial(self, service: str, said: ExperimentSettings) -> Experiment:
        args: Any = {
            **self._served(service),
            **said.model_dump(exclude={"site", "a", "b", "models"}, exclude_none=True),
            "a": self._serving(said.a),
            "b": self._serving(said.b),
        }
        lets = {
            variant: self._let(f"{service}-{variant}", f"{service}-{variant}", uses([of.model.uri]))
            for variant, of in {"a": said.a, "b": said.b}.items()
        }
        args["client_ids"] = {variant: let.client_id for variant, let in lets.items() if let.client_id is not None}
        trial = Experiment(self._called(service), args, self._after(*lets.values()))
        if said.models and self.tracking:
            self._promotion(service, said.models, said.winner, self.tracking)
        return trial

    def _promotion(
        self, service: str, models: Mapping[Variant, str], winner: Variant | None, tracking: Tracking
    ) -> ModelPromotion:
        args: Any = {
            "namespace": self.namespace,
            "tenant": self.name,
            "tracking_url": tracking.url,
            "models": {variant.value: version for variant, version in models.items()},
            **({"winner": winner} if winner else {}),
            **self._mirrored,
            "tags": self._tags,
        }
        return ModelPromotion(f"{self._called(service)}-promotion", args, self.cluster.after(tracking))

    def _tracking(self, said: TrackingSettings) -> Tracking:
        purpose = purpose_of(said.artifacts)
        let = self._let(f"{self.name}-tracking", TRACKING, uses([], [said.artifacts]))
        args: Any = {
            "namespace": self.namespace,
            "tenant": self.name,
            "vault_uri": self.cluster.vaults[purpose],
            "folder": said.artifacts.removeprefix(f"vault://{purpose}/"),
            "database_gib": said.database_gib,
            **({"region": self.cluster.region} if self.cluster.region else {}),
            **({"client_id": let.client_id} if let.client_id is not None else {}),
            **self._mirrored,
            "tags": self._tags,
        }
        return Tracking(self._called(f"{self.name}-tracking"), args, self._after(let))

    @property
    def _store(self) -> dict[str, StoreSpec]:
        return {"store": self.cluster.store} if self.cluster.store else {}

    @property
    def _mirrored(self) -> dict[str, str]:
        return {"image_mirror": self.cluster.image_mirror} if self.cluster.image_mirror else {}

    def _served(self, service: str) -> dict[str, Any]:
        """What services and experiments are told alike."""
        cluster, watched = self.cluster, self.cluster.shared.observability
        known = {
            "gateway": self.shared.way_in,
            "region": cluster.region,
            "scraped_from": watched and watched.namespace,
            "image_mirror": cluster.image_mirror,
        }
        return {
            "namespace": self.namespace,
            "service": service,
            "tenant": self.name,
            "pools": cluster.pools,
            "tags": self._tags,
            **{key: value for key, value in known.items() if value},
        }

    def _serving(self, said: ServingSettings) -> dict[str, Any]:
        serving = said.model_dump(exclude_unset=True)
        if folder := said.model.uri:
            serving["model"]["uri"] = self._address(folder, vault_addresses.for_serving)
            serving["model"].update(self._store)
        return serving

    def _trained(self, folder: VaultFolder) -> pulumi.Output[str]:
        return self._address(folder, vault_addresses.for_training)

    def _address(self, folder: VaultFolder, written: Callable[[str, str], str]) -> pulumi.Output[str]:
        """A folder of one of the cluster's vaults, as the program that reads it writes its address."""
        purpose = purpose_of(folder)
        inside = folder.removeprefix(f"vault://{purpose}/")
        return pulumi.Output.from_input(self.cluster.vaults[purpose]).apply(lambda vault: written(vault, inside))
