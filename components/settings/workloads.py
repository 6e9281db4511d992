"""Settings of workloads: spaces and queues of tenants, runs, services and experiments.

The specifications of the components (`falaj.components.core`) declare the fields. These classes change only what
differs in a stack file: a folder `vault://...` instead of an address, and the name of a site.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import commonpath
from typing import Annotated

from pydantic import Field

from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.charts.sources import ChartSource
from falaj.components.core.node_pools.spec import NodePoolName
from falaj.components.core.serving.cluster_parts import needed_parts, part_problems
from falaj.components.core.serving.experiments import SplitSpec, Variant
from falaj.components.core.serving.gateways import GatewayConfig
from falaj.components.core.serving.names import Host, ObjectName
from falaj.components.core.serving.promotion import ModelVersion
from falaj.components.core.serving.specs import ModelSpec, ServingSpec
from falaj.components.core.storage.vault_access import FOLDER
from falaj.components.core.tenancy.queue_specs import Percent, QueueBudget
from falaj.components.core.tenancy.tenancy import SpaceSpec
from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.training.tracking import TrackingSpec
from falaj.components.core.training.training_args import EfficiencySpec, RunName, RunSpec
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.enums import ClusterPart, Purpose
from falaj.components.core.validation.names import Label, SiteName
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.clouds import Cloud

VaultFolder = Annotated[
    str,
    TextForm(
        rf"^vault://({'|'.join(purpose.value for purpose in Purpose)})/{FOLDER}$",
        f"a folder in a vault ({', '.join(purpose.value for purpose in Purpose)})",
        "vault://datasets/arabic",
    ),
]
"""Folder in a vault of the same site, such as `vault://datasets/arabic`. It is resolved to the bucket or storage
account of the site's vault."""


@dataclass(frozen=True)
class Use:
    """Use of a vault by a workload: the folder that it accesses (None for the whole vault), and whether it writes
    there."""

    folder: str | None
    writes: bool


class GatewaySettings(GatewayConfig):
    """Gateway for requests to models. Its certificate and issuer must exist in the cluster."""


class ObservabilitySettings(PrometheusSpec):
    """GPU monitoring and cost allocation, with Prometheus."""

    namespace: Label = "monitoring"
    """Namespace of Prometheus, from which it may scrape the metrics of services. Default: `monitoring`."""


class ClusterSettings(ChartSource):
    """Settings shared by all tenants of a cluster. Queues, KEDA and the GPU operator are installed only if they are
    needed."""

    gateway: GatewaySettings | None = None
    """Gateway for requests to models. Default: none."""
    observability: ObservabilitySettings | None = None
    """Prices, rules and dashboards, with Prometheus at `http://prometheus.monitoring:9090`. Default: none."""
    keda: bool = False
    """Whether to install KEDA and its HTTP add-on even if no service of this stack scales by requests or load, for the
    services of tenants with stacks of their own. Default: false."""
    run_forms: Sequence[RunForm] = ()
    """Forms of training runs, `trainjob` or `rayjob`, whose controllers are installed even if no run of this stack has
    the form, for the runs of tenants with stacks of their own. Default: none."""
    multi_node_serving: bool = False
    """Whether to install the controller of LeaderWorkerSets even if no replica of a service of this stack runs on
    several machines, for the services of tenants with stacks of their own. Default: false."""
    run_deadlines: bool = False
    """Whether to install the controller of runs with a deadline even if no run of this stack has one, for the runs of
    tenants with stacks of their own. Default: false."""
    installed: Accepts[Sequence[ClusterPart], Sequence[ClusterPart | str]] = default(())
    """Parts that the cluster already has when the site is deployed, and that are therefore not installed:
    `gateway-api`, `gateway-controller`, `cert-manager`, `prometheus-operator` or `load-balancer-controller`. Default:
    none, so everything that `gateway` and `observability` need is installed."""
    spot_hours_percent: Percent = 0
    """Percentage of the hours in pools of capacity `spot-first` that is expected to run on spot machines. It enlarges
    the quotas of queues. At 0 (default) a budget holds even without any spot machine."""

    def _problems(self) -> Iterable[Problem]:
        return part_problems(self.installed, self.gateway, self.observability)

    @property
    def monitor_labels(self) -> Mapping[str, Input[str]]:
        """Labels by which the Prometheus operator selects monitors."""
        return self.observability.rule_labels if self.observability else {}

    def parts(self, cloud: Cloud) -> frozenset[ClusterPart]:
        """Returns the parts that the platform installs in a cluster on this cloud."""
        return needed_parts(cloud, self.gateway, self.observability) - frozenset(self.installed)


class QueueSettings(QueueBudget):
    """Queue of a tenant on a cluster."""

    pool_percent: Mapping[NodePoolName, Percent] | None = None
    """Percentages of the budget by node pool, 100 or less in total. Default: equal shares for all pools that are open
    to the tenant."""


class SpaceSettings(SpaceSpec):
    """Space of a tenant on a site: its quota and its queue."""

    queue: QueueSettings | None = None
    """Queue for training and batch work. Default: none."""
    deployers: Sequence[str] = ()
    """Identities that deploy the tenant's own stack: ARNs of IAM roles on AWS, object IDs of Entra groups on Azure,
    names of groups of the cluster's identity provider on premises. They may create workloads in the tenant's namespace
    and nothing elsewhere. Default: none, so only those who deploy the platform's stack can."""


class EfficiencySettings(EfficiencySpec):
    """Options that reduce the cost of a run."""

    base_model_uri: VaultFolder | None = None
    """Folder `vault://...` of the model to start from. Default: training starts from scratch."""


class RunSettings(RunSpec):
    """Training run or batch job."""

    site: SiteName
    """Name of the site to run on."""
    pool: NodePoolName | None = None
    """The only node pool that may run it. Default: any pool of the profile."""
    dataset: VaultFolder | None = None
    """Folder `vault://...` of the training data. Default: none."""
    checkpoints: VaultFolder = "vault://checkpoints/runs"
    """Folder `vault://...` of the checkpoints. Each run writes to a subfolder with its name. Default:
    `vault://checkpoints/runs`."""
    shared: bool = False
    """Whether the run mounts the tenant's folder in the site's shared files at `/shared`, to read and write. Default:
    false."""
    model: VaultFolder | None = None
    """Folder `vault://...` for the finished model. Default: it stays with the checkpoints."""
    efficiency: EfficiencySettings = EfficiencySettings()
    """Options that reduce the cost of the run."""

    def uses(self, run: str) -> dict[str, Use]:
        """Returns the use of vaults, by purpose. `run` is the name of the run."""
        return uses([self.dataset, self.efficiency.base_model_uri], [f"{self.checkpoints}/{run}", self.model])


class ModelSettings(ModelSpec):
    """Files of a model: `uri`, a folder in a vault of the site, `claim`, a volume claim in the tenant's namespace, or
    `image`, an image with the files."""

    uri: VaultFolder | None = None
    """Folder `vault://...` in a vault of the site. Its files are copied before the server starts."""
    claim: Input[ObjectName] | None = None
    """Name of a PersistentVolumeClaim in the tenant's namespace that contains the model. `falaj-shared` is the tenant's
    folder in the site's shared files, whose claim is created."""


class ServingSettings(ServingSpec):
    """Model, its server and its number of replicas."""

    model: ModelSettings
    """Files of the model."""


class ServiceSettings(Spec):
    """Served model."""

    site: SiteName
    """Name of the site to run on."""
    host: Host | None = None
    """Fully qualified host name of the service on the site's gateway. Default: none, so the service is reachable only
    inside the cluster."""
    serving: ServingSettings
    """The model, its server and its number of replicas."""


class ExperimentSettings(SplitSpec):
    """Experiment: two variants of one service, a traffic split and the deciding measure."""

    site: SiteName
    """Name of the site that both variants run on."""
    host: Host
    """Fully qualified host name of the service on the site's gateway."""
    a: ServingSettings
    """Variant that runs today. It needs at least one replica: otherwise the measurement would include cold starts."""
    b: ServingSettings
    """Variant that may replace `a`. It needs at least one replica."""
    models: Mapping[Variant, ModelVersion] | None = None
    """Version in the tenant's model registry that each variant serves, such as `models:/sentiment/4`. The winner's
    version gets the alias `champion`. Requires `tracking` on the same site. Default: none."""


class TrackingSettings(TrackingSpec):
    """Tracking server and model registry (MLflow) of a tenant."""

    site: SiteName
    """Name of the site to run on."""
    artifacts: VaultFolder = "vault://artifacts/mlflow"
    """Folder `vault://...` of the models and files of runs. Default: `vault://artifacts/mlflow`."""


class WorkSettings(Spec):
    """Workloads of a tenant."""

    runs: dict[RunName, RunSettings] = Field(default={})
    """Training runs and batch jobs by name. A change to a run restarts it from its last checkpoint."""
    services: dict[ObjectName, ServiceSettings] = Field(default={})
    """Served models by name."""
    experiments: dict[ObjectName, ExperimentSettings] = Field(default={})
    """Experiments by the name of their service."""
    tracking: TrackingSettings | None = None
    """Tracking server of the tenant. Default: none."""

    def servings(self) -> Sequence[tuple[str, SiteName, ServingSettings]]:
        """Returns every served model: its path in the settings, its site and its specification."""
        single = [(f"services.{name}", service.site, service.serving) for name, service in self.services.items()]
        pairs = [
            (f"experiments.{name}.{variant}", experiment.site, serving)
            for name, experiment in self.experiments.items()
            for variant, serving in (("a", experiment.a), ("b", experiment.b))
        ]
        return [*single, *pairs]


def purpose_of(folder: VaultFolder) -> str:
    """Returns the purpose of a folder's vault."""
    return folder.removeprefix("vault://").split("/", 1)[0]


def path_of(folder: VaultFolder) -> str:
    """Returns the path of a folder inside its vault."""
    return folder.removeprefix(f"vault://{purpose_of(folder)}/")


def uses(reads: Iterable[VaultFolder | None], writes: Iterable[VaultFolder | None] = ()) -> dict[str, Use]:
    """Returns the use of vaults, by purpose: the deepest folder that contains everything that is read and written."""
    written = [folder for folder in writes if folder]
    folders: dict[str, list[str]] = {}
    for folder in (*(folder for folder in reads if folder), *written):
        purpose = purpose_of(folder)
        folders.setdefault(purpose, []).append(path_of(folder))
    written_purposes = {purpose_of(folder) for folder in written}
    return {purpose: Use(commonpath(paths) or None, purpose in written_purposes) for purpose, paths in folders.items()}
