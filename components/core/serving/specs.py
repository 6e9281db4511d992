"""How a model is served, in words that an `InferenceService` and both variants of an `Experiment` share."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NotRequired, TypedDict

import pulumi

from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.tenancy import Tier


class Weights(Enum):
    """What the numbers of the served model are."""

    INT8 = "int8"
    FP16 = "fp16"
    BF16 = "bf16"
    FP32 = "fp32"


class Load(Enum):
    """What the replicas of a GPU service follow."""

    QUEUE = "queue"
    """Requests that wait."""
    TOKENS = "tokens"
    """Tokens made in a second."""


class GpuSpec(TypedDict):
    """The accelerator of one replica. Whole GPUs if only `count` is there."""

    count: NotRequired[int]
    """GPUs, or slices; 1 if absent."""
    mig: NotRequired[str]
    """Slice of a GPU that is split by MIG, such as `1g.10gb`: memory and faults of its own, so tenants may be
    neighbours."""
    time_sliced: NotRequired[bool]
    """Whether one GPU is taken in turns with other services of the same tenant: no memory or fault of its own."""


class ModelSpec(TypedDict):
    """The model's files, read-only at `/models`. Either `uri` or `claim`."""

    uri: NotRequired[pulumi.Input[str]]
    """Folder in a vault, `s3://bucket/folder` or `azblob://account/container/folder`: copied before the start."""
    store: NotRequired[StoreSpec]
    """The store that `uri` is in, where that is no cloud's."""
    claim: NotRequired[str]
    """Claim of a volume in the same namespace that holds it, such as one of `falaj-shared`."""
    gib: float
    """Size in GiB."""


class ColdStartSpec(TypedDict):
    """What a first request waits for while nothing runs."""

    first_answer_seconds: int
    """What callers are promised: the first answer comes within this."""
    image_gib: float
    """Size of the compressed image in GiB."""
    load_seconds: int
    """From the start of the program to readiness, with the model's files there."""
    node_seconds: NotRequired[int]
    """Until a node that was not there is ready; by the cloud if absent, 0 where nodes are kept."""
    idle_seconds: NotRequired[int]
    """Time without a request after which the last replica goes; 600 if absent."""


class LoadSpec(TypedDict):
    """What replicas of tier `enterprise` follow, as Prometheus knows it."""

    follows: Load
    """Requests that wait, or tokens."""
    target: float
    """How much of that one replica shall carry."""
    prometheus: str
    """Address of Prometheus, `http://...:9090`."""
    query: NotRequired[str]
    """PromQL of the whole service's load, of one number; by the metrics of vLLM if absent."""
    replicas_blind: NotRequired[int]
    """Replicas at least while the metric cannot be read; all those there are, and `min`, if absent."""


class ServingSpec(TypedDict):
    """A model, its program and how much of it runs."""

    tier: Tier
    """`smb`: processors, a quantised model. `enterprise`: GPUs, at least one replica at any time."""
    image: str
    """Image of the server with its version; it reads the contract of `falaj.components.core.serving.contract`."""
    architectures: NotRequired[Sequence[str]]
    """What the image is built for, `amd64`, `arm64` or both; `amd64` alone if absent."""
    model: ModelSpec
    """The model's files."""
    weights: NotRequired[Weights]
    """What the model's numbers are; `int8` for smb, `bf16` for enterprise if absent."""
    cpu: float
    """Processors of one replica; on tier smb as many threads calculate."""
    memory_gib: float
    """Memory of one replica in GiB: nothing beyond is given."""
    gpu: NotRequired[GpuSpec]
    """The accelerator (enterprise)."""
    min: int
    """Replicas at least; 0 on tier smb lets it sleep."""
    max: int
    """Replicas at most."""
    concurrency: NotRequired[int]
    """Requests at a time that one replica shall carry (smb that sleeps); 4 if absent."""
    load: NotRequired[LoadSpec]
    """What replicas follow (enterprise)."""
    cold_start: NotRequired[ColdStartSpec]
    """The first request's way (smb that sleeps)."""
    interruptible: NotRequired[bool]
    """Whether replicas may run on spot machines. No if absent."""
    pool: NotRequired[str]
    """The only node pool that it runs on; any of its profile if absent."""
    priority_class: NotRequired[str]
    """PriorityClass of its pods; `falaj-inference` of the `Foundation` if absent."""
    environment: NotRequired[Mapping[str, str]]
    """Variables of the program besides the contract; no secrets."""
