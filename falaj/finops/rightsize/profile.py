"""A workload profile: the requirements of a workload. `docs/rightsizing.md` documents the fields with examples.

Every number has an upper bound far above any real workload, so that no profile takes long to evaluate.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from falaj.finops.usage_model import InputModel

Precision = Literal["fp32", "bf16", "fp16", "int8", "int4"]
PRECISIONS: tuple[Precision, ...] = ("fp32", "bf16", "fp16", "int8", "int4")
Architecture = Literal["x86_64", "arm64"]

Hours = Annotated[float, Field(gt=0, le=744, allow_inf_nan=False)]
"""Hours per month."""
MONTH = 744
"""Hours in the longest month."""

InterruptionShare = Annotated[float, Field(ge=0, le=0.5, allow_inf_nan=False)]
Billions = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]
Tokens = Annotated[int, Field(ge=1, le=10_000_000)]
Rate = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
Milliseconds = Annotated[float, Field(gt=0, le=10_000_000, allow_inf_nan=False)]
RunHours = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]
Runs = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]
Figure = Annotated[float, Field(gt=0, le=1_000_000_000, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=200)]
Count = Annotated[int, Field(ge=1, le=1000)]


class ModelShape(InputModel):
    """The dimensions of a transformer. If omitted, those of the next larger Llama 3 model are assumed."""

    layers: Count
    hidden: Annotated[int, Field(ge=1, le=1_000_000)]
    kv_heads: Count
    head_dim: Annotated[int, Field(ge=1, le=100_000)]
    vocabulary: Annotated[int, Field(ge=1, le=10_000_000)] = 128_256
    """Words of the vocabulary, which decide the memory of logits in training; the default is that of Llama 3."""


class MeasuredSpeed(InputModel):
    """Measured speed on one machine type; takes precedence over every assumption."""

    machine: Text
    precision: Precision
    per_second: Figure
    """Inference: requests (of the profile's lengths) a second. Training: tokens or images a second."""
    p95_ms: Milliseconds | None = None
    source: Text
    """Where and when it was measured."""


class TokenLengths(InputModel):
    """Tokens of the prompts or of the answers: the mean decides speed and memory, the 95th percentile latency."""

    mean: Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
    p95: Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]


def _every_request(value: object) -> object:
    """Returns one number as the lengths of requests that all have it."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"mean": value, "p95": value} if is_number else value


OptionalLengths = Annotated[TokenLengths | None, BeforeValidator(_every_request)]


class Common(InputModel):
    """Fields of every workload."""

    name: Text = "workload"
    interruptible: bool = False
    """Whether its machines may be reclaimed at any time."""
    interruption: InterruptionShare = 0.1
    """Share of spot time that is lost because no capacity is available or work is repeated. The default is an
    assumption: no spot history of the UAE regions is public.
    """
    architectures: tuple[Architecture, ...] = ("x86_64",)
    """CPU architectures for which the images are built. Machines of others are shown, and never chosen."""
    measured: Annotated[tuple[MeasuredSpeed, ...], Field(max_length=100)] = ()
    dataset_gib: Annotated[float, Field(ge=0, le=1_000_000_000, allow_inf_nan=False)] = 0
    read_mib_per_second: Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)] = 0
    """Read throughput of all machines together."""


class Serving(Common):
    """Fields of every model that serves requests."""

    precision: Precision = "bf16"
    may_quantise_to: Annotated[tuple[Precision, ...], Field(max_length=5)] = ()
    """Narrower precisions that may be chosen because their quality has been measured. Others are only shown."""
    batch: Annotated[int, Field(ge=1, le=1024)] = 32
    """Maximum number of requests that one replica processes at the same time."""
    requests_per_second: Rate | None = None
    p95_ms: Milliseconds | None = None
    """Required 95th percentile of the time from a request to the end of its answer, waiting included."""
    hours: Hours = 730
    """Hours per month in which it must serve; it scales to zero in the others."""
    least_machines: Annotated[int, Field(ge=1, le=100)] = 1

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests_per_second or 0


class Inference(Serving):
    """A language or embedding model that serves requests."""

    kind: Literal["inference"]
    parameters_billion: Billions
    context_tokens: Tokens
    """Limit of one request, prompt and answer together: longer ones are refused, and the KV cache must hold one such
    request.
    """
    prompt_tokens: OptionalLengths = None
    """Tokens of the prompts: one number for all, or mean and 95th percentile."""
    output_tokens: OptionalLengths = None
    """Tokens of the answers, likewise; 0 for embeddings and classification."""
    trace: Text | None = None
    """Instead of both: a CSV file of requests, relative to the profile (`falaj.finops.rightsize.lengths`)."""
    tokens_per_second: Annotated[float, Field(gt=0, le=1_000_000_000, allow_inf_nan=False)] | None = None
    """Generated tokens per second; instead of requests_per_second."""
    shape: ModelShape | None = None


class VisionFigures(InputModel):
    """Work and memory of a vision model for one image, if `model` names none of the table."""

    flops_per_sample: Annotated[float, Field(gt=0, le=1e18, allow_inf_nan=False)]
    """Floating-point operations of a forward pass: twice its multiply-adds (MACs)."""
    parameters_million: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
    activations_million: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
    """Values that the layers of a forward pass write for one sample."""


class Vision(InputModel):
    """Which vision model: a name, or its figures."""

    model: Text | None = None
    """A model of `falaj.facts.vision_models`, at 224 x 224 pixels."""
    figures: VisionFigures | None = None


class VisionInference(Serving, Vision):
    """A vision model that serves requests of one image each."""

    kind: Literal["vision-inference"]


class Learning(Common):
    """Fields of every model that is trained."""

    precision: Precision = "bf16"
    """Precision of the weights during training; below 16 bits only for frozen weights."""
    optimizer: Literal["adamw", "adamw-8bit", "adafactor", "sgd"] = "adamw"
    samples: Annotated[int, Field(ge=1, le=1_000_000_000_000)] | None = None
    """Samples of one run, all epochs included."""
    micro_batch: Annotated[int, Field(ge=1, le=65_536)] = 1
    """Number of samples that one GPU processes at the same time."""
    deadline_hours: RunHours | None = None
    runs_per_month: Runs = 1
    most_machines: Count = 8


class Training(Learning):
    """A language model that is trained, fully or in part."""

    kind: Literal["training"]
    parameters_billion: Billions
    method: Literal["full", "lora", "transfer"] = "full"
    """`lora`: adapters beside frozen weights; `transfer`: new last layers on a frozen model."""
    trainable_share: Annotated[float, Field(gt=0, le=1)] = 0.01
    """Share of the parameters that `lora` or `transfer` trains."""
    context_tokens: Tokens
    """Tokens of one sample."""
    tokens_billion: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)] | None = None
    """Billions of tokens of one run; instead of samples."""
    gradient_checkpointing: bool = False
    shape: ModelShape | None = None

    @property
    def tokens(self) -> float:
        """Tokens of one run."""
        return (self.samples or 0) * self.context_tokens or (self.tokens_billion or 0) * 1e9


class VisionTraining(Learning, Vision):
    """A vision model that is trained, all of its weights."""

    kind: Literal["vision-training"]


class Batch(Common):
    """CPU work that can be split into tasks."""

    kind: Literal["batch"]
    vcpu_hours: Figure
    """vCPU hours of one run."""
    memory_gib: Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]
    """Memory of one task in GiB."""
    task_vcpu: Count = 1
    deadline_hours: RunHours | None = None
    runs_per_month: Runs = 1
    most_machines: Annotated[int, Field(ge=1, le=10_000)] = 100


def within_hours(profile: Learning | Batch) -> float:
    """Returns the maximum hours of one run: its deadline, limited so that all runs of a month fit into the month."""
    return min(profile.deadline_hours or MONTH, MONTH / profile.runs_per_month)


Profile = Inference | VisionInference | Training | VisionTraining | Batch

KINDS: Mapping[str, type[Profile]] = {
    "inference": Inference,
    "vision-inference": VisionInference,
    "training": Training,
    "vision-training": VisionTraining,
    "batch": Batch,
}

BYTES: Mapping[Precision, Decimal] = {
    "fp32": Decimal(4),
    "bf16": Decimal(2),
    "fp16": Decimal(2),
    "int8": Decimal(1),
    "int4": Decimal("0.52"),
}
"""Bytes per weight. Four bits come with a 16-bit scale and a 4-bit zero point per 128 weights (GPTQ, AWQ): 0.52."""
