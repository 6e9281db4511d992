"""What a person says of a training run, and its checked form."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.storage.stores import CheckedStore, StoreSpec
from falaj.components.core.training.checkpointing import Proposal, proposed, rate_of
from falaj.components.core.training.contract import Learning, Precision, Strategy
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.facts.regions import Cloud


class EfficiencySpec(TypedDict):
    """What makes a run cheaper; the program does it, as the contract says."""

    precision: NotRequired[Precision]
    """Numbers of the forward and backward pass; bf16 where there are GPUs, else off."""
    gradient_checkpointing: NotRequired[bool]
    """Whether activations are computed again instead of kept: much less memory for about a third more time. No if
    absent."""
    strategy: NotRequired[Strategy]
    """How processes share the work; ddp where there are several, else none."""
    checkpoint_interval_seconds: NotRequired[int]
    """Time between two checkpoints; proposed from the rate of losses if absent."""
    checkpoint_seconds: NotRequired[float]
    """What one checkpoint takes, as the program has measured it; 30 if absent."""
    losses_per_hour: NotRequired[float]
    """Losses of one machine an hour, as measured; of the literature if absent."""
    losses_heard: NotRequired[float]
    """Share of these that came with a whole notice, as measured; 0 if absent."""
    checkpoints_kept: NotRequired[int]
    """Checkpoints that the program leaves in the vault; 3 if absent."""
    base_model_uri: NotRequired[pulumi.Input[str]]
    """Model to start from; from scratch if absent."""
    learning: NotRequired[Learning]
    """What is done with the base model; incremental if absent."""


class TrainingRunArgs(TypedDict):
    """Arguments of a `TrainingRun`."""

    cloud: Cloud
    """Where the cluster is: it decides how long a pod has to leave."""
    namespace: pulumi.Input[str]
    """Namespace of the tenant."""
    image: str
    """The program, with its version, and its digest if wanted."""
    command: NotRequired[Sequence[str]]
    """What is started instead of the image's own entry."""
    nodes: NotRequired[int]
    """Machines that work together; 1 if absent. More need JobSet's controller."""
    gpus: NotRequired[int]
    """GPUs of each machine, and so processes; 0 if absent, where one process uses the processors."""
    cpu: float
    """Processors of each machine for the run."""
    memory_gib: float
    """Memory of each machine for the run."""
    scratch_gib: NotRequired[int]
    """Disk of each pod for itself; 20 if absent."""
    shared_memory_gib: NotRequired[float]
    """Memory that processes of a pod share, part of `memory_gib`; a quarter of it if absent."""
    efa_interfaces: NotRequired[int]
    """Interfaces of AWS's EFA of each machine; 0 if absent."""
    profile: NotRequired[Profile]
    """Workload profile of the machines: `training` if absent, or `batch`."""
    pool: NotRequired[str]
    """The only node pool for it; any of the profile if absent."""
    tenant: NotRequired[str]
    """Whose run it is: a label for the bill."""
    interruptible: NotRequired[bool]
    """Whether spot machines are good enough; yes if absent."""
    queue: NotRequired[str]
    """Kueue's LocalQueue in the namespace; straight to the scheduler if absent."""
    priority_class: NotRequired[str]
    """PriorityClass of the pods."""
    deadline_hours: NotRequired[int]
    """Hours of running after which it is ended; 72 if absent."""
    retries: NotRequired[int]
    """Starts after failures that are neither a bug nor a lost machine; 3 if absent."""
    dataset_uri: NotRequired[pulumi.Input[str]]
    """Where the data is: `s3://`, `abfss://`, or `file://` for a volume."""
    checkpoint_uri: pulumi.Input[str]
    """Where checkpoints go; each run has a folder of its own there, by its name."""
    model_uri: NotRequired[pulumi.Input[str]]
    """Where the finished model goes; among the checkpoints if absent."""
    store: NotRequired[StoreSpec]
    """The store that these folders are in, where that is no cloud's."""
    service_account: NotRequired[pulumi.Input[str]]
    """Who the pods are; an account of the run's name, made here, if absent."""
    azure_client_id: NotRequired[pulumi.Input[str]]
    """Client id of the identity on Azure that the account made here stands for."""
    efficiency: NotRequired[EfficiencySpec]
    """What makes it cheaper."""
    parameters: NotRequired[Mapping[str, str]]
    """The program's own settings, such as a learning rate, as text; in the file of the contract."""
    environment: NotRequired[Mapping[str, pulumi.Input[str]]]
    """More environment variables. No secrets: who may read pods may read them."""
    user: NotRequired[int]
    """Number of the user that the image's files can be read as; 10001 if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class CheckedEfficiency(Checked):
    """The validated form of `EfficiencySpec`."""

    precision: Precision | None = None
    gradient_checkpointing: bool = False
    strategy: Strategy | None = None
    checkpoint_interval_seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None
    checkpoint_seconds: Annotated[float, Field(gt=0, le=3600)] = 30.0
    losses_per_hour: Annotated[float, Field(ge=0, le=60)] | None = None
    losses_heard: Annotated[float, Field(ge=0, le=1)] = 0.0
    checkpoints_kept: Annotated[int, Field(ge=1, le=100)] = 3
    base_model_uri: Passed[str] | None = None
    learning: Learning | None = None

    @model_validator(mode="after")
    def _learns_from_something(self) -> Self:
        if self.learning and self.base_model_uri is None:
            raise refusal("nothing without base_model_uri", "name the base model", "learning", self.learning.value)
        return self


def _not_of_the_contract(given: dict[str, object]) -> dict[str, object]:
    for name in given:
        if name.upper().startswith("FALAJ_"):
            raise refusal("names that do not begin with FALAJ_", "these are the contract's", name, given[name])
    return given


RunName = Annotated[str, StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$")]
"""Name of a run: of its objects, and with what JobSet puts behind it, of its pods (63 characters)."""


class CheckedRun(Checked):
    """The validated form of `TrainingRunArgs`, and the run's name."""

    name: RunName
    cloud: Cloud
    namespace: Passed[str]
    image: PinnedImage
    command: tuple[str, ...] | None = None
    nodes: Annotated[int, Field(ge=1, le=512)] = 1
    gpus: Annotated[int, Field(ge=0, le=16)] = 0
    cpu: Annotated[float, Field(gt=0)]
    memory_gib: Annotated[float, Field(gt=0)]
    scratch_gib: Annotated[int, Field(ge=1)] = 20
    shared_memory_gib: Annotated[float, Field(gt=0)] | None = None
    efa_interfaces: Annotated[int, Field(ge=0, le=32)] = 0
    profile: Profile = Profile.TRAINING
    pool: str | None = None
    tenant: str | None = None
    interruptible: bool = True
    queue: str | None = None
    priority_class: str | None = None
    deadline_hours: Annotated[int, Field(ge=1, le=24 * 90)] = 72
    retries: Annotated[int, Field(ge=0, le=20)] = 3
    dataset_uri: Passed[str] | None = None
    checkpoint_uri: Passed[str]
    model_uri: Passed[str] | None = None
    store: CheckedStore | None = None
    service_account: Passed[str] | None = None
    azure_client_id: Passed[str] | None = None
    efficiency: CheckedEfficiency = Field(default_factory=CheckedEfficiency)
    parameters: dict[str, str] = Field(default_factory=dict)
    environment: Annotated[dict[str, Passed[str]], AfterValidator(_not_of_the_contract)] = Field(default_factory=dict)
    user: Annotated[int, Field(ge=1)] = 10001
    tags: CostTags

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.profile not in (Profile.TRAINING, Profile.BATCH):
            raise refusal("training or batch", "choose one of these", "profile", self.profile.value)
        if self.efa_interfaces and (self.cloud is not Cloud.AWS or self.nodes == 1):
            raise refusal("0, unless several nodes on AWS speak", "remove it", "efa_interfaces", self.efa_interfaces)
        if self.azure_client_id is not None and (self.cloud is not Cloud.AZURE or self.service_account is not None):
            raise refusal("nothing, unless the account is made here, on Azure", "remove it", "azure_client_id", "given")
        if self.shared_memory_gib is not None and self.shared_memory_gib >= self.memory_gib:
            raise refusal(
                "less than memory_gib, which it is part of", "lower it", "shared_memory_gib", self.shared_memory_gib
            )
        if self.strategy is Strategy.NONE and self.processes > 1:
            raise refusal(f"ddp or fsdp for {self.processes} processes", "choose one", "efficiency.strategy", "none")
        return self

    @property
    def processes_per_node(self) -> int:
        """One for each GPU; the processors are one process's."""
        return max(self.gpus, 1)

    @property
    def processes(self) -> int:
        """Of the whole run."""
        return self.nodes * self.processes_per_node

    @property
    def strategy(self) -> Strategy:
        """As asked for, else the usual one."""
        return self.efficiency.strategy or (Strategy.DDP if self.processes > 1 else Strategy.NONE)

    @property
    def precision(self) -> Precision:
        """As asked for, else what GPUs do best."""
        return self.efficiency.precision or (Precision.BF16 if self.gpus else Precision.OFF)

    @property
    def proposal(self) -> Proposal:
        """How often it should save."""
        how = self.efficiency
        rate = rate_of(self.interruptible) if how.losses_per_hour is None else how.losses_per_hour
        return proposed(self.cloud, rate, self.nodes, how.checkpoint_seconds, how.losses_heard)
