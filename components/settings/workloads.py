"""What a stack says of what runs on its clusters: spaces and queues of tenants, runs, services and experiments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from posixpath import commonpath
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.serving.experiments import CheckedSplit, Variant
from falaj.components.core.serving.gateways import Domain
from falaj.components.core.serving.promotion import ModelVersion
from falaj.components.core.serving.serving import Address, CheckedModel, CheckedServing, Host, ObjectName
from falaj.components.core.storage.vault_access import FOLDER
from falaj.components.core.tenancy.queue_specs import QUEUED, Borrowing
from falaj.components.core.training.training_args import CheckedEfficiency, RunName
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.settings.types import Part, PoolName, SiteName

VaultFolder = Annotated[
    str,
    StringConstraints(pattern=rf"^vault://({'|'.join(purpose.value for purpose in Purpose)})/{FOLDER}$"),
]
"""A folder in a vault of the same site, `vault://datasets/arabic`: which bucket or account it is, the site knows."""


def _of_work_that_ends(profile: Profile) -> Profile:
    if profile not in QUEUED:
        raise refusal(" or ".join(one.value for one in QUEUED), "choose one of these; what serves is a service")
    return profile


QueuedProfile = Annotated[
    Profile,
    AfterValidator(_of_work_that_ends),
    Field(json_schema_extra={"enum": [profile.value for profile in QUEUED]}),
]


@dataclass(frozen=True)
class Use:
    """What a workload uses of a vault: below `folder` (all of it if None), and whether it writes."""

    folder: str | None
    writes: bool


class GatewaySettings(Part):
    """Where requests for models come in."""

    gateway_class: Label
    """GatewayClass of the controller that is installed, such as `istio`, `nginx` or `cilium`."""
    domains: Annotated[list[Domain], Field(min_length=1)]
    """Names that it answers, such as `*.models.example.ae`."""
    certificate: Label
    """Secret of type `kubernetes.io/tls` in its namespace, kept there by what issues certificates."""
    issuer: Label | None = None
    """ClusterIssuer of cert-manager that shall keep that secret; somebody else does if absent."""
    public: bool = False
    """Whether it is reached from the internet; else its load balancer stays in the network."""


class ObservabilitySettings(Part):
    """What is measured, and by which Prometheus."""

    prometheus: Address
    """Address of Prometheus, `http://...:9090`."""
    namespace: Label = "monitoring"
    """Namespace that it runs in, which may read the metrics of what serves."""
    rule_labels: dict[str, str] = Field(default={})
    """Labels by which Prometheus' operator finds rules and monitors, such as `release: prometheus`."""


class ClusterSettings(Part):
    """What all tenants of a cluster share. Queues, KEDA and the GPU operator are there where somebody needs them."""

    gateway: GatewaySettings | None = None
    """The way in; none if absent."""
    observability: ObservabilitySettings | None = None
    """Prices, rules and dashboards beside a Prometheus that is there; none if absent."""
    spot_hours_percent: Annotated[int, Field(ge=0, le=100)] = 0
    """Of the hours in pools of capacity `spot-first`, the percentage expected on spot: queues are larger for it. At 0
    a budget holds without any."""
    chart_repository: Annotated[str, StringConstraints(pattern="^oci://")] | None = None
    """`oci://` folder of your own registry with the charts; where they are from if absent."""


class QueueSettings(Part):
    """A tenant's queue on a cluster: money that becomes GPUs, by the prices of the site's machines."""

    aed_per_month: Annotated[Decimal, Field(gt=0)]
    """Dirhams a month, without VAT, that queued work may cost; its weight where idle machines are shared."""
    hours_per_month: Annotated[int, Field(ge=1, le=744)] = 730
    """Hours of a month in which all of it is expected to be in use. Fewer hours are more machines at once, and a budget
    that alarms if they go on."""
    pool_percent: dict[PoolName, Annotated[int, Field(ge=0, le=100)]] | None = None
    """Percentages of the money by pool; alike for all pools that are open to it if absent."""
    borrows: Borrowing = Borrowing.SPOT
    """What it may use beyond its own while others leave it idle: `none`, `spot` or `all`."""


class SpaceSettings(Part):
    """The most that a tenant may have on a cluster at once, queued and served work together."""

    cpu: Annotated[int, Field(ge=1)]
    """Processors (vCPU)."""
    memory_gib: Annotated[int, Field(ge=1)]
    """Memory in GiB."""
    gpus: Annotated[int, Field(ge=0)] = 0
    """GPUs; none for tier `smb`."""
    storage_gib: Annotated[int, Field(ge=0)] = 0
    """GiB of volumes."""
    queue: QueueSettings | None = None
    """Its queue for training and batch work; none if absent."""


class EfficiencySettings(CheckedEfficiency):
    """What makes a run cheaper."""

    base_model_uri: VaultFolder | None = None  # pyright: ignore[reportIncompatibleVariableOverride]  frozen


class RunSettings(Part):
    """A training run or batch job."""

    site: SiteName
    """Where it runs."""
    image: PinnedImage
    """The program, with its version."""
    command: list[str] | None = None
    """What is started instead of the image's own entry."""
    nodes: Annotated[int, Field(ge=1, le=512)] = 1
    """Machines that work together."""
    gpus: Annotated[int, Field(ge=0, le=16)] = 0
    """GPUs of each machine."""
    cpu: Annotated[float, Field(gt=0)]
    """Processors of each machine."""
    memory_gib: Annotated[float, Field(gt=0)]
    """Memory of each machine in GiB."""
    scratch_gib: Annotated[int, Field(ge=1)] = 20
    """Disk of each pod for itself in GiB."""
    profile: QueuedProfile = Profile.TRAINING
    """`training` or `batch`."""
    pool: PoolName | None = None
    """The only node pool for it; any of the profile if absent."""
    interruptible: bool = True
    """Whether spot machines are good enough."""
    deadline_hours: Annotated[int, Field(ge=1, le=2160)] = 72
    """Hours of running after which it is ended."""
    retries: Annotated[int, Field(ge=0, le=20)] = 3
    """Starts after failures that are neither a bug nor a lost machine."""
    dataset: VaultFolder | None = None
    """Where the data is."""
    checkpoints: VaultFolder = "vault://checkpoints/runs"
    """Where checkpoints go, each run's in a folder of its name."""
    model: VaultFolder | None = None
    """Where the finished model goes; among the checkpoints if absent."""
    efficiency: EfficiencySettings = EfficiencySettings()
    parameters: dict[str, str] = Field(default={})
    """The program's own settings, such as a learning rate, as text."""

    def uses(self, run: str) -> dict[str, Use]:
        """What it uses of vaults, by purpose, under its name."""
        return uses([self.dataset, self.efficiency.base_model_uri], [f"{self.checkpoints}/{run}", self.model])


class ModelSettings(CheckedModel):
    """The model's files: `uri`, a folder in a vault of the site, or `claim`, a volume in the tenant's namespace."""

    uri: VaultFolder | None = None


class ServingSettings(CheckedServing):
    """A model, its program and how much of it runs."""

    model: ModelSettings  # pyright: ignore[reportIncompatibleVariableOverride]  frozen


class ServiceSettings(Part):
    """A model that is served."""

    site: SiteName
    """Where it runs."""
    host: Host | None = None
    """Full name under which the site's gateway knows it; only inside the cluster if absent."""
    serving: ServingSettings


class ExperimentSettings(CheckedSplit):
    """Two variants of one service, a split and what decides."""

    site: SiteName
    host: Host
    a: ServingSettings
    b: ServingSettings
    models: dict[Variant, ModelVersion] | None = None
    """Version of the tenant's registry that each variant serves, `models:/sentiment/4`: the winner becomes its
    `champion`. Needs `tracking` on the same site."""


class TrackingSettings(Part):
    """A tracking server and model registry (MLflow) of the tenant's own."""

    site: SiteName
    """Where it runs."""
    artifacts: VaultFolder = "vault://artifacts/mlflow"
    """Where models and files of runs go."""
    database_gib: Annotated[int, Field(ge=1, le=1024)] = 10
    """Size of its database's disk in GiB, which counts against the tenant's `storage_gib`."""


class WorkSettings(Part):
    """What a tenant runs on the clusters."""

    runs: dict[RunName, RunSettings] = Field(default={})
    """Training runs and batch jobs by name. To change one is to start it again from its last checkpoint."""
    services: dict[ObjectName, ServiceSettings] = Field(default={})
    """Models that are served, by name."""
    experiments: dict[ObjectName, ExperimentSettings] = Field(default={})
    """Experiments by the name of their service."""
    tracking: TrackingSettings | None = None

    def servings(self) -> Sequence[tuple[str, SiteName, ServingSettings]]:
        """Every model that is served: its path in the settings, its site, and what it is."""
        single = [(f"services.{name}", service.site, service.serving) for name, service in self.services.items()]
        pairs = [
            (f"experiments.{name}.{variant}", trial.site, getattr(trial, variant))
            for name, trial in self.experiments.items()
            for variant in ("a", "b")
        ]
        return [*single, *pairs]


def purpose_of(folder: VaultFolder) -> str:
    """The purpose of the vault that a folder is in."""
    return folder.removeprefix("vault://").split("/", 1)[0]


def uses(reads: Iterable[VaultFolder | None], writes: Iterable[VaultFolder | None] = ()) -> dict[str, Use]:
    """What is used of vaults, by purpose: the one folder in which all that is read and written there lies."""
    written = [folder for folder in writes if folder]
    folders: dict[str, list[str]] = {}
    for folder in (*(folder for folder in reads if folder), *written):
        purpose = purpose_of(folder)
        folders.setdefault(purpose, []).append(folder.removeprefix(f"vault://{purpose}/"))
    written_to = {purpose_of(folder) for folder in written}
    return {purpose: Use(commonpath(found) or None, purpose in written_to) for purpose, found in folders.items()}
