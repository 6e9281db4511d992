"""Arguments of a training run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.site.pod_identity import client_id_allowed
from falaj.components.core.site.rules import node_traits
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.queue_specs import QueuedProfile
from falaj.components.core.training.checkpointing import Proposal, default_interruptions_per_hour, propose_interval
from falaj.components.core.training.contract import TORCHRUN_PREFIX, Learning, Precision, Strategy
from falaj.components.core.training.run_deadline import DeadlineSpec
from falaj.components.core.training.run_forms import RayVersion, RunForm, form_problems
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, Spec, default
from falaj.components.core.validation.containers import ContainerSpec, environment_problems
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.maxima import LEAST_MEMORY_GIB, LEAST_VCPU, MOST_MEMORY_GIB, MOST_VCPU
from falaj.components.core.validation.names import LabelKey
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.set_once import set_once
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
"""Name of a run and its Kubernetes objects, at most 40 characters: JobSet adds a suffix for pod names (limit 63)."""

RESERVED_PREFIXES = ("FALAJ_", TORCHRUN_PREFIX)
"""Prefixes of the contract's environment variables and of torchrun's."""


class EfficiencySpec(Spec):
    """Cost-saving options of a run, which the training program implements according to the contract."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        "losses_per_hour": "interruptions_per_hour",
        "losses_heard": "interruptions_with_notice",
    }

    precision: Choice[Precision | None] = default(None)
    """Numeric precision of the forward and backward pass: `bf16`, `fp16` or `off`. If absent, `bf16` with GPUs and
    `off`
    without."""
    gradient_checkpointing: bool = False
    """Whether activations are recomputed instead of stored, which saves much memory and takes about a third more
    time."""
    strategy: Choice[Strategy | None] = default(None)
    """Parallelism: `none`, `ddp` or `fsdp`. If absent, `ddp` for several processes and `none` for one."""
    checkpoint_interval_seconds: int | None = Field(default=None, ge=1, le=86_400)
    """Seconds between two checkpoints; computed from the rate of interruptions if absent."""
    checkpoint_seconds: float = Field(default=30.0, gt=0, le=3600)
    """Duration of one checkpoint in seconds, as measured by the program."""
    interruptions_per_hour: float | None = Field(default=None, ge=0, le=60)
    """Measured interruptions of one machine per hour; a published rate for spot or on-demand machines if absent."""
    interruptions_with_notice: float = Field(default=0.0, ge=0, le=1)
    """Measured share of interruptions that came with full notice, 0 to 1."""
    checkpoints_kept: int = Field(default=3, ge=1, le=100)
    """Number of recent checkpoints that the program keeps in the vault."""
    base_model_uri: Input[str] | None = None
    """Address of the base model to fine-tune; training starts from scratch if absent."""
    learning: Choice[Learning | None] = default(None)
    """How the base model is fine-tuned: `transfer` (train a new head), `incremental` (train all layers), `lora` (train
    low-rank adapters) or `qlora` (the same, with the base in four bits). With a base model, `incremental` if absent."""

    @model_validator(mode="after")
    def _computes_between_checkpoints(self) -> Self:
        interval = self.checkpoint_interval_seconds
        if interval is not None and interval <= self.checkpoint_seconds:
            allowed = f"more than checkpoint_seconds ({self.checkpoint_seconds:g}), the duration of one"
            raise refusal(
                allowed, "raise it, or state the measured checkpoint_seconds", "checkpoint_interval_seconds", interval
            )
        return self

    @model_validator(mode="after")
    def _learns_from_something(self) -> Self:
        if self.learning and self.base_model_uri is None:
            raise refusal(
                "only with base_model_uri", "add `base_model_uri`, or remove it", "learning", self.learning.value
            )
        return self

    def with_base_model(self, uri: Input[str] | None) -> "EfficiencySpec":
        """Returns a copy with another base model address."""
        return self.model_copy(update={"base_model_uri": uri})


class RunSpec(DeadlineSpec, ContainerSpec):
    """A training run or batch job: its program, the machines it needs, and its limits on time and retries."""

    form: Choice[RunForm | None] = default(None)
    """Kind of Kubernetes object: `job`, `jobset`, `trainjob` (Kubeflow Trainer) or `rayjob` (KubeRay). If absent, `job`
    on one machine and `jobset` on several."""
    ray_version: RayVersion | None = None
    """Version of Ray in the image, for form `rayjob`: 2.52.0 or newer, which authenticates who submits jobs."""
    image: Input[PinnedImage]
    """Container image of the program with a version tag and optionally a digest."""
    command: Sequence[Input[str]] | None = None
    """Command that overrides the image's entry point."""
    nodes: int = Field(default=1, ge=1, le=512)
    """Number of machines. More than one requires the controller of the form: JobSet, Kubeflow Trainer or KubeRay."""
    gpus: int = Field(default=0, ge=0, le=16)
    """GPUs per machine, each with one process. With 0, one process per machine runs on CPUs."""
    cpu: float = Field(ge=LEAST_VCPU, le=MOST_VCPU)
    """vCPUs per machine."""
    memory_gib: float = Field(ge=LEAST_MEMORY_GIB, le=MOST_MEMORY_GIB)
    """Memory per machine in GiB."""
    scratch_gib: int = Field(default=20, ge=1, le=65_536)
    """Size of each pod's scratch disk in GiB, at most 64 TiB, the largest volume of both clouds."""
    profile: Accepts[QueuedProfile, QueuedProfile | str] = default(Profile.TRAINING)
    """Workload profile of the machines: `training` or `batch`."""
    pool: Input[str] | None = None
    """Name of the node pool to run on; any pool of the profile if absent."""
    interruptible: bool = True
    """Whether the run may use spot machines."""
    deadline_hours: int = Field(default=72, ge=1, le=24 * 90)
    """Maximum running time in hours, after which the run is stopped."""
    retries: Input[Annotated[int, Field(ge=0, le=20)]] = 3
    """Maximum number of restarts after failures that are neither a bug of the program nor a lost machine."""
    retried_exit_codes: Sequence[Annotated[int, Field(ge=1, le=255)]] = ()
    """Exit codes, besides 75, 137 and 143, after which the run is restarted as a retry; any other one is a bug, after
    which it fails at once. `torchrun` and the driver of Ray exit with 1 whatever the reason."""
    efficiency: EfficiencySpec = EfficiencySpec()
    """Cost-saving options."""
    parameters: Mapping[str, Input[str]] = default({})
    """Parameters of the program, such as a learning rate, as strings. They are passed in the contract's file."""

    @property
    def kind(self) -> RunForm:
        """The form in use: as given, otherwise `job` on one machine and `jobset` on several."""
        return self.form or (RunForm.JOB if self.nodes == 1 else RunForm.JOB_SET)


class TrainingRunArgs(RunSpec, Args):
    """Arguments of `TrainingRun`."""

    cloud: Choice[Cloud]
    """Where the cluster runs: `aws`, `azure` or `onprem`. It determines the pods' termination grace period."""
    namespace: Input[str]
    """Namespace of the tenant."""
    shared_memory_gib: float | None = Field(default=None, ge=LEAST_MEMORY_GIB, le=MOST_MEMORY_GIB)
    """Size of the pod's shared memory (`/dev/shm`) in GiB, included in `memory_gib`; a quarter of it if absent."""
    efa_interfaces: int = Field(default=0, ge=0, le=32)
    """EFA interfaces per machine (AWS, several machines only)."""
    machine_gpus: int | None = Field(default=None, ge=1, le=16)
    """Number of GPUs of the machines to run on; any number if absent. Small pods would otherwise share a large machine,
    which stays until the last of them ends. Only for machines that Karpenter starts: on others no node has the label,
    and the run would never start."""
    tenant: str | None = None
    """Tenant that is charged; a label on all objects and pods for cost allocation."""
    queue: Input[str] | None = None
    """Name of the Kueue LocalQueue in the namespace; the run is not queued if absent."""
    topology: LabelKey | None = None
    """Label of the narrowest group of machines in which the pods of a run on several should be, for a queue of a
    `Queueing` with `topology`. Default: none."""
    priority_class: Input[str] | None = None
    """Name of the pods' PriorityClass; the cluster's default priority if absent."""
    dataset_uri: Input[str] | None = None
    """Address of the dataset: `s3://`, `abfss://`, or `file://` for a mounted volume."""
    dataset_claim: Input[str] | None = None
    """Name of a PersistentVolumeClaim in the namespace that is mounted read-only at `/datasets`, with the dataset of
    `dataset_uri`. Default: none."""
    dataset_zone: Input[str] | None = None
    """Availability zone of that volume; machines there are preferred. Default: none is preferred."""
    shared_claim: Input[str] | None = None
    """Name of a PersistentVolumeClaim in the namespace whose folder of the namespace's name is mounted at `/shared`.
    Default: none."""
    checkpoint_uri: Input[str]
    """Address of the checkpoints. Each run uses the folder of its name there."""
    model_uri: Input[str] | None = None
    """Address of the trained model; stored with the checkpoints if absent."""
    store: StoreSpec | None = None
    """S3-compatible object store that contains these addresses; the cloud's own object storage if absent."""
    service_account: Input[str] | None = None
    """Existing service account of the pods; if absent, one with the name of the run is created."""
    azure_client_id: Input[str] | None = None
    """Client ID of the managed identity for the created service account (Azure)."""
    user: Input[Annotated[int, Field(ge=1)]] = 10001
    """Numeric user ID that the pods run as; it must be able to read the image's files."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""

    def _problems(self) -> Iterator[Problem]:
        if self.efa_interfaces and (self.cloud is not Cloud.AWS or self.nodes == 1):
            allowed = "0, unless the run has several nodes on AWS"
            yield Problem("efa_interfaces", self.efa_interfaces, allowed, "remove it")
        if self.machine_gpus is not None and (not self.machine_selector or not 0 < self.gpus <= self.machine_gpus):
            allowed = "at least gpus, with GPUs, where machines have a label for it"
            yield Problem("machine_gpus", self.machine_gpus, allowed, "remove it")
        has_client_id = node_traits(self.cloud).client_id_annotation is not None
        if self.azure_client_id is not None and (not has_client_id or self.service_account is not None):
            allowed = f"{client_id_allowed()}, and without `service_account`"
            yield Problem("azure_client_id", "given", allowed, "remove it")
        if self.shared_memory_gib is not None and self.shared_memory_gib >= self.memory_gib:
            allowed = "less than memory_gib, which includes it"
            yield Problem("shared_memory_gib", self.shared_memory_gib, allowed, "lower it")
        if self.strategy is Strategy.NONE and self.processes > 1:
            allowed = f"ddp or fsdp for {self.processes} processes"
            yield Problem("efficiency.strategy", "none", allowed, "choose one")
        if self.topology is not None and self.queue is None:
            yield Problem("topology", self.topology, "only with a queue", "add `queue`, or remove it")
        yield from self.deadline_problems(self.deadline_hours, self.interruptible, self.pool)
        if self.deadline is not None and self.queue is None:
            yield Problem("deadline", self.deadline, "only with a queue", "add `queue`, or remove it")
        yield from form_problems(self.form, self.nodes, bool(self.command), self.ray_version)
        yield from environment_problems(self, RESERVED_PREFIXES)

    @property
    def machine_selector(self) -> dict[str, str]:
        """Label of nodes with as many GPUs as `machine_gpus`; empty if any number will do or no node has the label."""
        label = node_traits(self.cloud).gpu_count_label
        return {} if label is None or self.machine_gpus is None else {label: str(self.machine_gpus)}

    @property
    def processes_per_node(self) -> int:
        """Processes per machine: one for each GPU, or one without GPUs."""
        return max(self.gpus, 1)

    @property
    def processes(self) -> int:
        """Total number of processes."""
        return self.nodes * self.processes_per_node

    @property
    def strategy(self) -> Strategy:
        """The strategy in use: as given, otherwise `ddp` for several processes."""
        return self.efficiency.strategy or (Strategy.DDP if self.processes > 1 else Strategy.NONE)

    @property
    def precision(self) -> Precision:
        """The precision in use: as given, otherwise `bf16` with GPUs."""
        return self.efficiency.precision or (Precision.BF16 if self.gpus else Precision.OFF)

    @property
    def checkpoint_interval(self) -> int:
        """Seconds between two checkpoints: as given, otherwise the proposed ones."""
        return self.efficiency.checkpoint_interval_seconds or self.proposal.seconds

    @property
    def proposal(self) -> Proposal:
        """The proposed checkpoint interval and its cost."""
        efficiency = self.efficiency
        default = default_interruptions_per_hour(self.interruptible)
        interruptions_per_hour = (
            default if efficiency.interruptions_per_hour is None else efficiency.interruptions_per_hour
        )
        return propose_interval(
            self.cloud,
            interruptions_per_hour,
            self.nodes,
            efficiency.checkpoint_seconds,
            efficiency.interruptions_with_notice,
        )


class NamedRun(TrainingRunArgs):
    """The arguments of a run with its name, which is the name of the resource."""

    name: RunName
    """Name of the run."""

    @classmethod
    def for_run(cls, name: str, args: TrainingRunArgs | Mapping[str, Any]) -> Self:
        """Returns the validated run. Raises `BadArguments` with all problems of the arguments and the name."""
        return cls.of(name, {**dict(args), "name": name})
