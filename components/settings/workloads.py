"""What a stack says of the work on its clusters: spaces and queues of tenants, runs, services and experiments.

The specifications of the components (`falaj.components.core`) declare the fields; these classes add only what a stack
file says differently: a folder `vault://...` instead of an address, and the name of a site.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import commonpath
from typing import Annotated

from pydantic import Field

from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.node_pools.spec import NodePoolName
from falaj.components.core.serving.experiments import SplitSpec, Variant
from falaj.components.core.serving.gateways import GatewayConfig
from falaj.components.core.serving.names import Host, ObjectName
from falaj.components.core.serving.promotion import ModelVersion
from falaj.components.core.serving.specs import ModelSpec, ServingSpec
from falaj.components.core.storage.vault_access import FOLDER
from falaj.components.core.tenancy.queue_specs import Percent, QueueBudget
from falaj.components.core.tenancy.tenancy import SpaceSpec
from falaj.components.core.training.tracking import TrackingSpec
from falaj.components.core.training.training_args import EfficiencySpec, RunName, RunSpec
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label, SiteName
from falaj.components.core.validation.text_forms import TextForm

VaultFolder = Annotated[
    str,
    TextForm(
        rf"^vault://({'|'.join(purpose.value for purpose in Purpose)})/{FOLDER}$",
        f"a folder in a vault ({', '.join(purpose.value for purpose in Purpose)})",
        "vault://datasets/arabic",
    ),
]
"""A folder in a vault of the same site, `vault://datasets/arabic`; the site resolves the bucket or account."""


@dataclass(frozen=True)
class Use:
    """The part of a vault that a workload uses: below `folder` (all of it if None), and whether it writes there."""

    folder: str | None
    writes: bool


class GatewaySettings(GatewayConfig):
    """The gateway for requests to models. Certificate and issuer exist in the cluster."""


class ObservabilitySettings(PrometheusSpec):
    """GPU monitoring and cost allocation, beside an existing Prometheus."""

    namespace: Label = "monitoring"
    """Namespace of Prometheus, which may read the metrics of services."""


class ClusterSettings(Spec):
    """What all tenants of a cluster share. Queues, KEDA and the GPU operator are installed where they are needed."""

    gateway: GatewaySettings | None = None
    """The gateway for requests to models; none if absent."""
    observability: ObservabilitySettings | None = None
    """Prices, rules and dashboards beside an existing Prometheus; none if absent."""
    spot_hours_percent: Percent = 0
    """Percentage of the hours in pools of capacity `spot-first` that is expected on spot: it enlarges the quotas of
    queues. At 0 a budget holds even if none is."""
    chart_repository: (
        Annotated[str, TextForm("^oci://", "a folder of an OCI registry", "oci://registry.example.ae/charts")] | None
    ) = None
    """`oci://` folder of your own registry with the charts; the upstream repositories if absent."""


class QueueSettings(QueueBudget):
    """A tenant's queue on a cluster."""

    pool_percent: Mapping[NodePoolName, Percent] | None = None
    """Percentages of the budget by node pool, 100 or less in total. If absent, all pools that are open to the tenant
    get the same share."""


class SpaceSettings(SpaceSpec):
    """A tenant's space on a site: its quota, and its queue."""

    queue: QueueSettings | None = None
    """Its queue for training and batch work; none if absent."""


class EfficiencySettings(EfficiencySpec):
    """What makes a run cheaper."""

    base_model_uri: VaultFolder | None = None
    """Folder `vault://...` of the model to start from; from scratch if absent."""


class RunSettings(RunSpec):
    """A training run or batch job."""

    site: SiteName
    """The site that it runs on."""
    pool: NodePoolName | None = None
    """The only node pool for it; any pool of the profile if absent."""
    dataset: VaultFolder | None = None
    """Folder of the data."""
    checkpoints: VaultFolder = "vault://checkpoints/runs"
    """Folder of the checkpoints; each run has a folder of its name there."""
    model: VaultFolder | None = None
    """Folder of the finished model; among the checkpoints if absent."""
    efficiency: EfficiencySettings = EfficiencySettings()
    """What makes it cheaper."""

    def uses(self, run: str) -> dict[str, Use]:
        """What it uses of vaults, by purpose, under its name."""
        return uses([self.dataset, self.efficiency.base_model_uri], [f"{self.checkpoints}/{run}", self.model])


class ModelSettings(ModelSpec):
    """The model's files: `uri`, a folder in a vault of the site, or `claim`, a volume in the tenant's namespace."""

    uri: VaultFolder | None = None
    """Folder `vault://...` in a vault of the site: copied before the start."""


class ServingSettings(ServingSpec):
    """A model, its server, and how many replicas run."""

    model: ModelSettings
    """The model's files."""


class ServiceSettings(Spec):
    """A model that is served."""

    site: SiteName
    """The site that it runs on."""
    host: Host | None = None
    """Fully qualified name of its route on the site's gateway; only inside the cluster if absent."""
    serving: ServingSettings
    """The model, its server, and how many replicas run."""


class ExperimentSettings(SplitSpec):
    """An experiment: two variants of one service, a traffic split and the deciding measure."""

    site: SiteName
    """The site that both variants run on."""
    host: Host
    """Fully qualified name of the service's route on the site's gateway."""
    a: ServingSettings
    """The variant that runs today. At least one replica: otherwise the cold start would be measured."""
    b: ServingSettings
    """The variant that may replace it. At least one replica."""
    models: Mapping[Variant, ModelVersion] | None = None
    """Version in the tenant's registry that each variant serves, `models:/sentiment/4`: the winner becomes its
    `champion`. Needs `tracking` on the same site."""


class TrackingSettings(TrackingSpec):
    """A tracking server and model registry (MLflow) of the tenant's own."""

    site: SiteName
    """The site that it runs on."""
    artifacts: VaultFolder = "vault://artifacts/mlflow"
    """Folder of models and files of runs."""


class WorkSettings(Spec):
    """The workloads of a tenant."""

    runs: dict[RunName, RunSettings] = Field(default={})
    """Training runs and batch jobs by name. Any change restarts a run from its last checkpoint."""
    services: dict[ObjectName, ServiceSettings] = Field(default={})
    """Served models by name."""
    experiments: dict[ObjectName, ExperimentSettings] = Field(default={})
    """Experiments by the name of their service."""
    tracking: TrackingSettings | None = None
    """The tenant's tracking server; none if absent."""

    def servings(self) -> Sequence[tuple[str, SiteName, ServingSettings]]:
        """Every served model: its path in the settings, its site, and its specification."""
        single = [(f"services.{name}", service.site, service.serving) for name, service in self.services.items()]
        pairs = [
            (f"experiments.{name}.{variant}", experiment.site, serving)
            for name, experiment in self.experiments.items()
            for variant, serving in (("a", experiment.a), ("b", experiment.b))
        ]
        return [*single, *pairs]


def purpose_of(folder: VaultFolder) -> str:
    """The purpose of the vault of a folder."""
    return folder.removeprefix("vault://").split("/", 1)[0]


def path_of(folder: VaultFolder) -> str:
    """The path of a folder inside its vault."""
    return folder.removeprefix(f"vault://{purpose_of(folder)}/")


def uses(reads: Iterable[VaultFolder | None], writes: Iterable[VaultFolder | None] = ()) -> dict[str, Use]:
    """The parts of vaults in use, by purpose: the deepest folder that contains everything that is read and written."""
    written = [folder for folder in writes if folder]
    folders: dict[str, list[str]] = {}
    for folder in (*(folder for folder in reads if folder), *written):
        purpose = purpose_of(folder)
        folders.setdefault(purpose, []).append(path_of(folder))
    written_to = {purpose_of(folder) for folder in written}
    return {purpose: Use(commonpath(paths) or None, purpose in written_to) for purpose, paths in folders.items()}
