"""Arguments of a training run."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.queue_specs import QueuedProfile
from falaj.components.core.training.checkpointing import Proposal, proposed, rate_of
from falaj.components.core.training.contract import Learning, Precision, Strategy
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, Spec, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.regions import Cloud

RunName = Annotated[
    str,
    TextForm(
        r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$",
        "at most 40 lower-case letters, digits and dashes, first a letter, last no dash",
        "arabic-llm",
    ),
]
"""Name of a run: of its objects, and with the suffix that JobSet adds, of its pods (63 characters)."""

RESERVED_PREFIX = "FALAJ_"
"""Prefix of the contract's environment variables."""


class EfficiencySpec(Spec):
    """What makes a run cheaper. The training program implements it, as the contract says."""

    precision: Choice[Precision | None] = default(None)
    """Numeric precision of the forward and backward pass; if absent bf16 where there are GPUs, else off."""
    gradient_checkpointing: bool = False
    """Whether activations are recomputed instead of kept: much less memory for about a third more time."""
    strategy: Choice[Strategy | None] = default(None)
    """How processes share the work; if absent ddp where there are several, else none."""
    checkpoint_interval_seconds: int | None = Field(default=None, ge=1, le=86_400)
    """Seconds between two checkpoints; proposed from the rate of losses if absent."""
    checkpoint_seconds: float = Field(default=30.0, gt=0, le=3600)
    """Seconds that one checkpoint takes, as the program has measured it."""
    losses_per_hour: float | None = Field(default=None, ge=0, le=60)
    """Losses of one machine per hour, as measured; published rates if absent."""
    losses_heard: float = Field(default=0.0, ge=0, le=1)
    """Share of the losses that came with full notice, as measured, 0 to 1."""
    checkpoints_kept: int = Field(default=3, ge=1, le=100)
    """Checkpoints that the program keeps in the vault."""
    base_model_uri: Input[str] | None = None
    """Model to start from; from scratch if absent."""
    learning: Choice[Learning | None] = default(None)
    """What is done with the base model; incremental if absent."""

    @model_validator(mode="after")
    def _learns_from_something(self) -> Self:
        if self.learning and self.base_model_uri is None:
            raise refusal("nothing without base_model_uri", "name the base model", "learning", self.learning.value)
        return self

    def with_base_model(self, uri: Input[str] | None) -> "EfficiencySpec":
        """The same with the base model at another address."""
        return self.model_copy(update={"base_model_uri": uri})


class RunSpec(Spec):
    """A training run or batch job: the program, the machines it needs, and when it is given up."""

    image: Input[PinnedImage]
    """Image of the program with its version, and its digest if wanted."""
    command: Sequence[Input[str]] | None = None
    """Command that replaces the image's entry point."""
    nodes: int = Field(default=1, ge=1, le=512)
    """Machines that work together. More than one needs JobSet's controller."""
    gpus: int = Field(default=0, ge=0, le=16)
    """GPUs of each machine, and so processes. At 0 one process uses the processors."""
    cpu: float = Field(gt=0)
    """Processors of each machine for the run."""
    memory_gib: float = Field(gt=0)
    """Memory of each machine for the run in GiB."""
    scratch_gib: int = Field(default=20, ge=1)
    """Scratch disk of each pod in GiB."""
    profile: Accepts[QueuedProfile, QueuedProfile | str] = default(Profile.TRAINING)
    """Workload profile of the machines: `training` or `batch`."""
    pool: Input[str] | None = None
    """The only node pool for it; any pool of the profile if absent."""
    interruptible: bool = True
    """Whether it may run on spot machines."""
    deadline_hours: int = Field(default=72, ge=1, le=24 * 90)
    """Hours of running after which it is stopped."""
    retries: int = Field(default=3, ge=0, le=20)
    """Restarts after failures that are neither a bug nor a lost machine."""
    efficiency: EfficiencySpec = EfficiencySpec()
    """What makes it cheaper."""
    parameters: Mapping[str, Input[str]] = default({})
    """The program's own settings, such as a learning rate, as text; in the file of the contract."""


class TrainingRunArgs(RunSpec, Args):
    """A training run on a cluster."""

    cloud: Choice[Cloud]
    """Where the cluster runs: `aws`, `azure` or `onprem`. It decides how long a pod has to stop."""
    namespace: Input[str]
    """Namespace of the tenant."""
    shared_memory_gib: float | None = Field(default=None, gt=0)
    """Memory in GiB that the processes of a pod share, part of `memory_gib`; a quarter of it if absent."""
    efa_interfaces: int = Field(default=0, ge=0, le=32)
    """EFA interfaces of each machine (AWS)."""
    tenant: str | None = None
    """The tenant that pays: a label for the bill."""
    queue: Input[str] | None = None
    """Kueue's LocalQueue in the namespace; scheduled without a queue if absent."""
    priority_class: Input[str] | None = None
    """PriorityClass of the pods."""
    dataset_uri: Input[str] | None = None
    """Address of the data: `s3://`, `abfss://`, or `file://` for a volume."""
    checkpoint_uri: Input[str]
    """Address of the checkpoints; each run has a folder of its own there, by its name."""
    model_uri: Input[str] | None = None
    """Address of the finished model; among the checkpoints if absent."""
    store: StoreSpec | None = None
    """The S3-compatible store of these folders, where it is not a cloud's."""
    service_account: Input[str] | None = None
    """Service account of the pods; if absent one of the run's name is created."""
    azure_client_id: Input[str] | None = None
    """Client id of the managed identity that the created service account uses (Azure)."""
    environment: Mapping[str, Input[str]] = default({})
    """More environment variables. No secrets: whoever may read pods may read them."""
    user: int = Field(default=10001, ge=1)
    """Numeric user that can read the image's files."""
    tags: CostTags
    """The mandatory cost tags; labels here."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems: list[Problem] = []
        if self.efa_interfaces and (self.cloud is not Cloud.AWS or self.nodes == 1):
            allowed = "0, unless several nodes on AWS speak"
            problems.append(Problem("efa_interfaces", self.efa_interfaces, allowed, "remove it"))
        if self.azure_client_id is not None and (self.cloud is not Cloud.AZURE or self.service_account is not None):
            allowed = "nothing, unless the account is made here, on Azure"
            problems.append(Problem("azure_client_id", "given", allowed, "remove it"))
        if self.shared_memory_gib is not None and self.shared_memory_gib >= self.memory_gib:
            allowed = "less than memory_gib, which it is part of"
            problems.append(Problem("shared_memory_gib", self.shared_memory_gib, allowed, "lower it"))
        if self.strategy is Strategy.NONE and self.processes > 1:
            allowed = f"ddp or fsdp for {self.processes} processes"
            problems.append(Problem("efficiency.strategy", "none", allowed, "choose one"))
        for variable, value in self.environment.items():
            if variable.upper().startswith(RESERVED_PREFIX):
                allowed = f"names that do not begin with {RESERVED_PREFIX}"
                problems.append(Problem(f"environment.{variable}", value, allowed, "these are the contract's"))
        refuse_if(problems)
        return self

    @property
    def processes_per_node(self) -> int:
        """One for each GPU; one that uses the processors where there are none."""
        return max(self.gpus, 1)

    @property
    def processes(self) -> int:
        """Processes of the whole run."""
        return self.nodes * self.processes_per_node

    @property
    def strategy(self) -> Strategy:
        """As given, else `ddp` for several processes."""
        return self.efficiency.strategy or (Strategy.DDP if self.processes > 1 else Strategy.NONE)

    @property
    def precision(self) -> Precision:
        """As given, else `bf16` on GPUs."""
        return self.efficiency.precision or (Precision.BF16 if self.gpus else Precision.OFF)

    @property
    def proposal(self) -> Proposal:
        """The proposed checkpoint interval and its cost."""
        efficiency = self.efficiency
        rate = rate_of(self.interruptible) if efficiency.losses_per_hour is None else efficiency.losses_per_hour
        return proposed(self.cloud, rate, self.nodes, efficiency.checkpoint_seconds, efficiency.losses_heard)


class NamedRun(TrainingRunArgs):
    """The arguments of a run together with its name, which is the name of its resource."""

    name: RunName
    """Name of the run."""

    @classmethod
    def for_run(cls, name: str, args: TrainingRunArgs | Mapping[str, Any]) -> Self:
        """The validated run. Raises `BadArguments` that names every problem, those of the name too."""
        return cls.of(name, {**dict(args), "name": name})
