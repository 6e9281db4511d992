"""How a model is served: specifications shared by `InferenceService` and both variants of an `Experiment`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.gpu_resources import GPU, MIG, SHARED_GPU, SLICES
from falaj.components.core.node_pools.profiles import AKS_SPOT_TAINT, Taint, taints
from falaj.components.core.serving.cold_start import ColdStartSpec
from falaj.components.core.serving.names import ObjectName
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.names import HttpAddress
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.components.core.validation.text_forms import TextForm


class Weights(Enum):
    """Numeric type of the weights of a served model."""

    INT8 = "int8"
    FP16 = "fp16"
    BF16 = "bf16"
    FP32 = "fp32"


class Load(Enum):
    """The metric that the replicas of a GPU service follow."""

    QUEUE = "queue"
    """Waiting requests."""
    TOKENS = "tokens"
    """Tokens generated per second."""


Architecture = Annotated[str, TextForm(r"^(amd64|arm64)$", "amd64 or arm64", "amd64")]
"""A processor architecture, `amd64` or `arm64`."""

EnvironmentName = Annotated[
    str, TextForm(r"^[A-Z][A-Z0-9_]*$", "upper-case letters, digits and underscores, first a letter", "LOG_LEVEL")
]
"""Name of an environment variable."""

NotEmpty = Annotated[str, StringConstraints(min_length=1)]
"""A text of one character or more."""

RESERVED_PREFIXES = ("FALAJ_", "RCLONE_")
"""Prefixes of environment variables that the platform sets."""

_VAULT_FOLDER = re.compile(r"(s3://[a-z0-9.-]+|azblob://[a-z0-9]{3,24}/[a-z0-9-]+)/[A-Za-z0-9._/=-]*[^/]")


def _in_a_vault(uri: str) -> str:
    if not _VAULT_FOLDER.fullmatch(uri):
        raise refusal(
            "`s3://bucket/folder` or `azblob://account/container/folder`", "write it like s3://models/sentiment"
        )
    return uri


ModelUri = Annotated[str, AfterValidator(_in_a_vault)]
"""A folder in a vault, `s3://bucket/folder` or `azblob://account/container/folder`."""


class GpuSpec(Spec):
    """The accelerator of one replica: whole GPUs, MIG slices, or a time-sliced share."""

    count: int = Field(default=1, ge=1, le=8)
    """GPUs, or slices."""
    mig: str | None = None
    """MIG slice of a partitioned GPU, such as `1g.10gb`: memory and faults are isolated, so tenants may share the
    GPU."""
    time_sliced: bool = False
    """Whether the GPU is time-sliced with other services of the same tenant: memory and faults are shared."""

    @model_validator(mode="after")
    def _is_shared_one_way(self) -> Self:
        problems: list[Problem] = []
        if self.mig is not None and self.resource not in SLICES:
            slices = ", ".join(sorted(name.removeprefix(MIG) for name in SLICES))
            problems.append(Problem("mig", self.mig, slices, "choose a slice that a GPU of the country makes"))
        if self.time_sliced and self.mig:
            problems.append(Problem("mig", self.mig, "either `mig` or `time_sliced`", "remove one"))
        if self.time_sliced and self.count > 1:
            allowed = "1 where a GPU is time-sliced: more shares are not more of a GPU"
            problems.append(Problem("count", self.count, allowed, "remove it"))
        refuse_if(problems)
        return self

    @property
    def resource(self) -> str:
        """The extended resource that a pod requests."""
        if self.mig:
            return f"{MIG}{self.mig}"
        return SHARED_GPU if self.time_sliced else GPU


class ModelSpec(Spec):
    """The model's files, mounted read-only at `/models`. Either `uri` or `claim`."""

    uri: Input[ModelUri] | None = None
    """Folder in a vault, `s3://bucket/folder` or `azblob://account/container/folder`: copied before the start."""
    store: StoreSpec | None = None
    """The S3-compatible store that `uri` is in, where it is not a cloud's."""
    claim: Input[ObjectName] | None = None
    """PersistentVolumeClaim in the same namespace that holds the model, such as one of class `falaj-shared`."""
    gib: float = Field(gt=0, le=2000)
    """Size in GiB."""

    @model_validator(mode="after")
    def _is_in_one_place(self) -> Self:
        if (self.uri is None) == (self.claim is None):
            raise refusal("either `uri` or `claim`", "say where the model lies, once", "uri")
        return self


class LoadSpec(Spec):
    """The metric in Prometheus by which replicas of tier `enterprise` scale."""

    follows: Choice[Load]
    """`queue` (waiting requests) or `tokens` (tokens per second)."""
    target: float = Field(gt=0)
    """Value of the metric that one replica shall carry."""
    prometheus: Input[HttpAddress]
    """Address of Prometheus, `http://...:9090`."""
    query: Input[NotEmpty] | None = None
    """PromQL of the whole service's load, a single number; by the metrics of vLLM if absent."""
    replicas_blind: int | None = Field(default=None, ge=1)
    """Minimum replicas while the metric cannot be read. If absent, the current replicas stay, and at least `min`."""


class ServingSpec(Spec):
    """A model, its server, and how many replicas run."""

    tier: Choice[Tier]
    """`smb`: processors, a quantised model. `enterprise`: GPUs, at least one replica at any time."""
    image: Input[PinnedImage]
    """Image of the server with its version. It implements the contract of `falaj.components.core.serving.contract`."""
    architectures: Sequence[Architecture] = Field(default=("amd64",), min_length=1)
    """Architectures that the image is built for: `amd64`, `arm64` or both; `amd64` alone if absent."""
    model: ModelSpec
    """The model's files."""
    weights: Choice[Weights | None] = default(None)
    """Numeric type of the model's weights; `int8` for smb, `bf16` for enterprise if absent."""
    cpu: float = Field(ge=0.1, le=192)
    """Processors of one replica. On tier smb the server computes with as many threads."""
    memory_gib: float = Field(ge=0.1, le=2048)
    """Memory of one replica in GiB: request and limit."""
    gpu: GpuSpec | None = None
    """The accelerator of a replica (enterprise)."""
    min: int = Field(ge=0)
    """Minimum replicas. 0 on tier smb scales to zero."""
    max: int = Field(ge=1, le=1000)
    """Maximum replicas."""
    concurrency: int = Field(default=4, ge=1, le=10_000)
    """Concurrent requests that one replica shall carry (smb that scales to zero)."""
    load: LoadSpec | None = None
    """The metric that replicas follow (enterprise)."""
    cold_start: ColdStartSpec | None = None
    """The cold start (smb that scales to zero)."""
    interruptible: bool = False
    """Whether replicas may run on spot machines."""
    pool: str | None = Field(default=None, min_length=1, max_length=63)
    """The only node pool that it runs on; any pool of its profile if absent."""
    priority_class: Input[ObjectName] | None = None
    """PriorityClass of its pods; `falaj-inference` of the `Foundation` if absent."""
    environment: Mapping[EnvironmentName, Input[str]] = default({})
    """Environment variables of the server besides the contract; no secrets."""

    @model_validator(mode="after")
    def _fits_its_tier(self) -> Self:
        refuse_if(tier_problems(self))
        return self

    def with_model(self, model: ModelSpec) -> "ServingSpec":
        """The same service with the model's files elsewhere."""
        return self.model_copy(update={"model": model})

    @property
    def is_enterprise(self) -> bool:
        """Whether it runs on GPUs."""
        return self.tier is Tier.ENTERPRISE

    @property
    def scales_to_zero(self) -> bool:
        """Whether no replica runs while there are no requests."""
        return self.min == 0

    @property
    def is_fixed(self) -> bool:
        """Whether the number of replicas never changes."""
        return self.min == self.max

    @property
    def weight_type(self) -> Weights:
        """Numeric type of the weights."""
        return self.weights or (Weights.BF16 if self.is_enterprise else Weights.INT8)

    @property
    def profile(self) -> Profile:
        """Workload profile of its nodes."""
        return Profile.INFERENCE_GPU if self.is_enterprise else Profile.INFERENCE_CPU

    @property
    def tolerated(self) -> tuple[Taint, ...]:
        """Taints of nodes that it may run on."""
        of_profile = taints(self.profile, 1 if self.is_enterprise else 0)
        return (*of_profile, AKS_SPOT_TAINT) if self.interruptible else of_profile


def tier_problems(serving: ServingSpec) -> Iterator[Problem]:
    """What is wrong with a served model as a whole."""
    if serving.min > serving.max:
        yield Problem("min", serving.min, f"at most max ({serving.max})", "lower min or raise max")
    yield from _enterprise_problems(serving) if serving.is_enterprise else _smb_problems(serving)
    for name in serving.environment:
        if name.startswith(RESERVED_PREFIXES):
            allowed = "a name that the platform does not set itself"
            yield Problem(f"environment.{name}", serving.environment[name], allowed, "choose another name")


def _smb_problems(serving: ServingSpec) -> Iterator[Problem]:
    for option, given in (("gpu", serving.gpu), ("load", serving.load)):
        if given is not None:
            # Without the fields that another resource may provide.
            shown = given.model_dump(mode="json", exclude={"prometheus", "query"})
            yield Problem(option, shown, "nothing on tier smb", "remove it, or say enterprise")
    if serving.scales_to_zero and serving.cold_start is None:
        yield Problem.missing("cold_start", "min is 0 on tier smb", "add `cold_start`")
    if not serving.scales_to_zero and serving.cold_start is not None:
        yield Problem("cold_start", "...", "nothing where min is 1 or more", "remove it, or set min to 0")


def _enterprise_problems(serving: ServingSpec) -> Iterator[Problem]:
    if serving.gpu is None:
        yield Problem.missing("gpu", "tier is enterprise", "add `gpu`, or say smb")
    if serving.min < 1:
        allowed = "1 or more on tier enterprise: a GPU machine and a large model take minutes to be there"
        yield Problem("min", serving.min, allowed, "keep one running")
    if serving.load is None and serving.max > serving.min:
        yield Problem.missing("load", "max is more than min on tier enterprise", "add `load`, or set max to min")
    if serving.cold_start is not None:
        yield Problem("cold_start", "...", "nothing on tier enterprise: it never sleeps", "remove it")
    blind = serving.load.replicas_blind if serving.load else None
    if blind is not None and not serving.min <= blind <= serving.max:
        allowed = f"from min ({serving.min}) to max ({serving.max})"
        yield Problem("load.replicas_blind", blind, allowed, "choose a number between")
