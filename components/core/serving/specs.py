"""Specifications of a served model, shared by `InferenceService` and both variants of an `Experiment`."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.profiles import AKS_SPOT_TAINT, Taint, taints
from falaj.components.core.serving.backend_tls import PROXY_CPU, PROXY_MEMORY_GIB
from falaj.components.core.serving.cold_start import ColdStartSpec, ModelTransfer
from falaj.components.core.serving.endpoint_picker import Routing, routing_problems
from falaj.components.core.serving.gpu_specs import GpuSpec
from falaj.components.core.serving.multi_node import multi_node_problems
from falaj.components.core.serving.names import ObjectName
from falaj.components.core.serving.runtimes import RUNTIMES, runtime_of_image
from falaj.components.core.serving.scaling_specs import Load, LoadSpec, OfficeReplicasSpec, office_problems
from falaj.components.core.serving.server_specs import RESERVED_PREFIXES, ServerSpec
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.storage.vault_notation import model_formats, notations
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.containers import environment_problems
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.text_forms import TextForm


class Weights(Enum):
    """Numeric type of the weights of a served model."""

    INT8 = "int8"
    """8-bit integers."""
    FP16 = "fp16"
    """16-bit floating point."""
    BF16 = "bf16"
    """Brain floating point, 16 bits."""
    FP32 = "fp32"
    """32-bit floating point."""


_FOLDER = r"/[A-Za-z0-9._/=-]*[^/]"


def _is_vault_folder(uri: str) -> str:
    if not any(re.fullmatch(notation.model_pattern + _FOLDER, uri) for notation in notations()):
        raise refusal(model_formats(), "write it like s3://models/sentiment")
    return uri


ModelUri = Annotated[str, AfterValidator(_is_vault_folder)]
"""Address of a folder in a vault: `s3://bucket/folder` or `azblob://account/container/folder`."""


_MODEL_FILE = r"^[A-Za-z0-9][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*$"
ModelFile = Annotated[str, TextForm(_MODEL_FILE, "a path within the model's folder", "model.gguf", 255)]
"""Path of a file within the folder of a model."""


class ModelSpec(Spec):
    """The model's files, mounted read-only at `/models`. Set one of `uri`, `claim` and `image`."""

    uri: Input[ModelUri] | None = None
    """Folder in a vault, `s3://bucket/folder` or `azblob://account/container/folder`, which is copied to each pod
    before the server starts."""
    store: StoreSpec | None = None
    """S3-compatible object store that contains `uri`; the cloud's own object storage if absent."""
    claim: Input[ObjectName] | None = None
    """Name of a PersistentVolumeClaim in the same namespace that contains the model, such as one of class
    `falaj-shared`."""
    image: Input[PinnedImage] | None = None
    """Image whose root folder contains the model, with a version tag. Each node pulls it once for all its pods, instead
    of a copy a pod. An image volume, on by default since Kubernetes 1.35."""
    file: ModelFile | None = None
    """The model's file within the folder, for runtimes that load one file; for `llama-cpp` a GGUF, the first of
    several."""
    gib: float = Field(ge=1e-6, le=2000)
    """Size of the model's files in GiB; a millionth is about 1 kB."""

    @model_validator(mode="after")
    def _is_in_one_place(self) -> Self:
        if [self.uri, self.claim, self.image].count(None) != 2:
            raise refusal("one of `uri`, `claim` and `image`", "set one of them", "uri")
        return self

    @property
    def transfer(self) -> ModelTransfer:
        """What happens to the files before the server starts."""
        return ModelTransfer(self.gib, is_copied=self.uri is not None, is_image=self.image is not None)


class ServingSpec(ServerSpec):
    """A model, its server, and its scaling."""

    tier: Choice[Tier]
    """Service tier: `smb` runs a quantised model on CPUs and may scale to zero; `enterprise` runs on GPUs with at least
    one replica."""
    model: ModelSpec
    """The model's files."""
    weights: Choice[Weights | None] = default(None)
    """Numeric type of the model's weights: `int8`, `fp16`, `bf16` or `fp32`. If absent, the runtime's own default; with
    runtimes `onnx` and `custom`, `int8` for tier `smb` and `bf16` for tier `enterprise`."""
    cpu: float = Field(ge=0.1, le=192)
    """vCPUs per machine of a replica: request and limit. The server gets one compute thread per full vCPU."""
    memory_gib: float = Field(ge=0.1, le=2048)
    """Memory per machine of a replica in GiB: request and limit."""
    gpu: GpuSpec | None = None
    """GPUs per machine of a replica; required for tier `enterprise` and not allowed for `smb`."""
    nodes: int = Field(default=1, ge=1, le=16)
    """Number of machines of a replica, for models that do not fit on one. Several require whole GPUs and runtime
    `vllm`, or a `command`, which then runs on all of them."""
    min: int = Field(ge=0, le=1000)
    """Minimum number of replicas. 0 scales to zero, in tier `smb` only."""
    max: int = Field(ge=1, le=1000)
    """Maximum number of replicas."""
    office_hours: OfficeReplicasSpec | None = None
    """Hours of working days in which more than `min` replicas are kept. Default: none, so `min` holds all the time."""
    concurrency: int = Field(default=4, ge=1, le=10_000)
    """Target number of concurrent requests per replica: the scaling target if the service scales to zero, and the
    number of requests that runtime `llama-cpp` processes at a time."""
    routing: Choice[Routing] = default(Routing.EVEN)
    """How the gateway distributes requests over the replicas: `even`, or by the load of each replica with an
    `endpoint-picker`, for runtime `vllm` in tier `enterprise`. Default: `even`."""
    load: LoadSpec | None = None
    """Metric by which replicas are scaled; required for tier `enterprise` if `max` is greater than `min`."""
    cold_start: ColdStartSpec | None = None
    """Cold start parameters; required if the service scales to zero, not allowed otherwise."""
    interruptible: bool = False
    """Whether replicas may run on spot machines."""
    pool: str | None = Field(default=None, min_length=1, max_length=63)
    """Name of the node pool to run on; any pool of the profile if absent."""
    priority_class: Input[ObjectName] | None = None
    """PriorityClass of the pods; `falaj-inference`, created by `Foundation`, if absent."""

    def _problems(self) -> Iterable[Problem]:
        return [*tier_problems(self), *server_problems(self)]

    def with_model(self, model: ModelSpec) -> "ServingSpec":
        """Returns a copy with another model."""
        return self.model_copy(update={"model": model})

    @property
    def is_enterprise(self) -> bool:
        """Whether the service runs on GPUs."""
        return self.tier is Tier.ENTERPRISE

    @property
    def scales_to_zero(self) -> bool:
        """Whether the service scales to zero without requests."""
        return self.min == 0

    @property
    def is_fixed(self) -> bool:
        """Whether the number of replicas is fixed."""
        return self.min == self.max

    @property
    def most_kept(self) -> int:
        """Number of replicas that are kept without load, at the hours at which most are."""
        return self.office_hours.min if self.office_hours else self.min

    @property
    def first_replicas(self) -> int:
        """Number of replicas of a new service; later the autoscaler's, unless it is fixed. One that scales to zero
        begins with one, which shows whether it starts."""
        return max(1, self.min)

    @property
    def weight_type(self) -> Weights:
        """Numeric type of the weights, by tier if not given."""
        return self.weights or (Weights.BF16 if self.is_enterprise else Weights.INT8)

    @property
    def pod_cpu(self) -> float:
        """vCPUs of a replica with its TLS proxy, which it has behind a gateway that encrypts."""
        return self.cpu + PROXY_CPU

    @property
    def pod_memory_gib(self) -> float:
        """Memory of a replica with its TLS proxy in GiB."""
        return self.memory_gib + PROXY_MEMORY_GIB

    @property
    def surge(self) -> int:
        """Number of additional replicas during a rollout. An additional GPU costs more than a missing replica, so GPU
        replicas stop before their successors start, unless there is one only."""
        return 1 if not self.is_enterprise or self.min == 1 else 0

    @property
    def shared_memory(self) -> float:
        """Size of `/dev/shm` in GiB, by runtime and number of GPUs if not given; 0 for the container runtime's own."""
        if self.shared_memory_gib is not None:
            return self.shared_memory_gib
        gpus = self.gpu.count if self.gpu else 0
        sizes = sorted(self.runtime_row.shared_memory_gib.items())
        return next((gib for most, gib in sizes if gpus <= most), 0.0)

    @property
    def profile(self) -> Profile:
        """Workload profile of the nodes."""
        return Profile.INFERENCE_GPU if self.is_enterprise else Profile.INFERENCE_CPU

    def tolerated(self, tenant: str) -> tuple[Taint, ...]:
        """Returns the node taints that the pods of a tenant tolerate."""
        profile_taints = taints(self.profile, 1 if self.is_enterprise else 0, tenant)
        return (*profile_taints, AKS_SPOT_TAINT) if self.interruptible else profile_taints


def tier_problems(serving: ServingSpec) -> Iterator[Problem]:
    """Yields the problems of a served model as a whole."""
    if serving.min > serving.max:
        yield Problem("min", serving.min, f"at most max ({serving.max})", "lower min or raise max")
    yield from office_problems(serving.office_hours, serving.min, serving.max)
    yield from _enterprise_problems(serving) if serving.is_enterprise else _smb_problems(serving)


def _smb_problems(serving: ServingSpec) -> Iterator[Problem]:
    for option, given in (("gpu", serving.gpu), ("load", serving.load)):
        if given is not None:
            # Excludes fields that may be Outputs.
            value = given.model_dump(mode="json", exclude={"prometheus", "query"})
            yield Problem(option, value, "only for tier enterprise", "remove it, or set tier to enterprise")
    if serving.scales_to_zero and serving.cold_start is None:
        yield Problem.missing("cold_start", "min is 0", "add `cold_start`")
    if not serving.scales_to_zero and serving.cold_start is not None:
        yield Problem("cold_start", "...", "only where min is 0", "remove it, or set min to 0")


def _enterprise_problems(serving: ServingSpec) -> Iterator[Problem]:
    if serving.gpu is None:
        yield Problem.missing("gpu", "tier is enterprise", "add `gpu`, or set tier to smb")
    if serving.min < 1:
        allowed = "1 or more for tier enterprise: a GPU machine and a large model take minutes to start"
        yield Problem("min", serving.min, allowed, "set it to 1 or more")
    if serving.load is None and serving.max > serving.min:
        yield Problem.missing("load", "max is greater than min", "add `load`, or set max to min")
    if serving.cold_start is not None:
        yield Problem("cold_start", "...", "only for tier smb: enterprise never scales to zero", "remove it")
    fallback_replicas = serving.load.replicas_blind if serving.load else None
    if fallback_replicas is not None and not serving.min <= fallback_replicas <= serving.max:
        allowed = f"from min ({serving.min}) to max ({serving.max})"
        yield Problem("load.replicas_blind", fallback_replicas, allowed, "choose a number in this range")


def server_problems(serving: ServingSpec) -> Iterator[Problem]:
    """Yields the problems of a served model with its runtime."""
    runtime, name = serving.runtime_row, serving.runtime.value
    stock = runtime_of_image(serving.image) if isinstance(serving.image, str) else None
    # The reference server implements the contract of `custom`.
    if stock is not None and RUNTIMES[stock].probes != runtime.probes and not serving.command:
        yield Problem("runtime", name, f"{stock.value}, the server of this image", "set it, or set `command`")
    if runtime.needs_gpu and serving.gpu is None and not serving.command:
        yield Problem("runtime", name, "another runtime for a model without GPUs", "set tier to enterprise, add `gpu`")
    if runtime.needs_file and serving.model.file is None and not serving.command:
        yield Problem.missing("model.file", f"runtime is {name}", "add the name of the model's file")
    if not runtime.needs_file and serving.model.file is not None:
        yield Problem("model.file", serving.model.file, f"not for runtime {name}, which loads the folder", "remove it")
    if serving.weights is not None and not runtime.reads_weights:
        allowed = f"not for runtime {name}: the model's files state it"
        yield Problem("weights", serving.weights.value, allowed, "remove it")
    yield from multi_node_problems(serving, serving.nodes, serving.gpu)
    yield from routing_problems(serving, serving.routing, serving.is_enterprise)
    if serving.shared_memory >= serving.memory_gib:
        allowed = f"less than memory_gib ({serving.memory_gib:g}), which includes it"
        yield Problem("shared_memory_gib", serving.shared_memory, allowed, "lower it, or raise memory_gib")
    elif serving.gpu is None and serving.model.gib >= (room := serving.memory_gib - serving.shared_memory):
        allowed = f"less than {room:g}, memory_gib without shared_memory_gib, where there are no GPUs"
        yield Problem("model.gib", serving.model.gib, allowed, "raise memory_gib, or use a smaller model")
    if serving.load is not None and serving.load.query is None and metric_of(serving, serving.load.follows) is None:
        condition = f"runtime {name} has no metric of the {serving.load.follows.value}"
        others = [load.value for load in Load if metric_of(serving, load) is not None]
        fix = f"add a query of your own, or follow {' or '.join(others)}" if others else "add a query of your own"
        yield Problem.missing("load.query", condition, fix)
    yield from environment_problems(serving, RESERVED_PREFIXES)


def metric_of(serving: ServingSpec, load: Load) -> str | None:
    """Returns the name of the runtime's metric of a load; None if it has none."""
    row = serving.runtime_row
    metrics = {
        Load.QUEUE: row.queue_metric,
        Load.TOKENS: row.tokens_metric,
        Load.REQUESTS: row.requests_metric,
        Load.PROMPTS: row.prompts_metric,
    }
    return metrics[load]
