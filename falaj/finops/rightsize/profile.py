"""A workload profile: the requirements of a workload, read from a YAML file."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from falaj.finops.errors import BadInput
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel

Precision = Literal["fp32", "bf16", "fp16", "int8", "int4"]
PRECISIONS: tuple[Precision, ...] = ("fp32", "bf16", "fp16", "int8", "int4")
Architecture = Literal["x86_64", "arm64"]

PositiveNumber = Annotated[float, Field(gt=0, allow_inf_nan=False)]
PositiveInteger = Annotated[int, Field(ge=1)]
Hours = Annotated[float, Field(gt=0, le=744, allow_inf_nan=False)]
"""Hours per month."""
MONTH = 744
"""Hours in the longest month."""

InterruptionShare = Annotated[float, Field(ge=0, le=0.5, allow_inf_nan=False)]


class ModelShape(InputModel):
    """The dimensions of a transformer. If omitted, those of the next larger Llama 3 model are assumed."""

    layers: PositiveInteger
    hidden: PositiveInteger
    kv_heads: PositiveInteger
    head_dim: PositiveInteger


class MeasuredSpeed(InputModel):
    """Measured speed on one machine type; takes precedence over every assumption."""

    machine: str
    precision: Precision
    per_second: PositiveNumber
    """Inference: requests (of the profile's length) a second. Training: tokens a second."""
    p95_ms: PositiveNumber | None = None
    source: str
    """Where and when it was measured."""


class Common(InputModel):
    """Fields of every workload."""

    name: str = "workload"
    interruptible: bool = False
    """Whether its machines may be reclaimed at any time."""
    interruption: InterruptionShare = 0.1
    """Share of spot time that is lost because no capacity is available or work is repeated. The default is an
    assumption: no spot history of the UAE regions is public.
    """
    architectures: tuple[Architecture, ...] = ("x86_64",)
    """CPU architectures for which the images are built."""
    measured: tuple[MeasuredSpeed, ...] = ()
    dataset_gib: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    read_mib_per_second: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    """Read throughput of all machines together."""


class Inference(Common):
    """A model that serves requests."""

    kind: Literal["inference"]
    parameters_billion: PositiveNumber
    precision: Precision = "bf16"
    may_quantise_to: tuple[Precision, ...] = ()
    """Narrower precisions that may be chosen because their quality has been measured. Others are only shown."""
    context_tokens: PositiveInteger
    """Maximum tokens of one request, prompt and answer together, which the KV cache must hold."""
    output_tokens: PositiveInteger = 129
    """Tokens of an answer; the default is the median of the Azure conversation trace of 2023."""
    batch: PositiveInteger = 32
    """Maximum number of requests that one replica processes at the same time."""
    requests_per_second: PositiveNumber | None = None
    tokens_per_second: PositiveNumber | None = None
    """Generated tokens per second; instead of requests_per_second."""
    p95_ms: PositiveNumber | None = None
    hours: Hours = 730
    """Hours per month in which it must serve; it scales to zero in the others."""
    least_machines: PositiveInteger = 1
    shape: ModelShape | None = None

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests_per_second or (self.tokens_per_second or 0) / self.output_tokens


class Training(Common):
    """A model that is trained, fully or in part."""

    kind: Literal["training"]
    parameters_billion: PositiveNumber
    method: Literal["full", "lora", "transfer"] = "full"
    """`lora`: adapters beside frozen weights; `transfer`: new last layers on a frozen model."""
    precision: Precision = "bf16"
    """Precision of the weights during training; below 16 bits only for frozen weights."""
    optimizer: Literal["adamw", "adamw-8bit", "adafactor", "sgd"] = "adamw"
    trainable_share: Annotated[float, Field(gt=0, le=1)] = 0.01
    """Share of the parameters that `lora` or `transfer` trains."""
    context_tokens: PositiveInteger
    """Tokens of one sample."""
    samples: PositiveInteger | None = None
    """Samples of one run, all epochs included."""
    tokens_billion: PositiveNumber | None = None
    """Billions of tokens of one run; instead of samples."""
    micro_batch: PositiveInteger = 1
    """Number of samples that one GPU processes at the same time."""
    gradient_checkpointing: bool = False
    deadline_hours: PositiveNumber | None = None
    runs_per_month: PositiveNumber = 1
    most_machines: PositiveInteger = 8
    shape: ModelShape | None = None

    @property
    def tokens(self) -> float:
        """Tokens of one run."""
        return (self.samples or 0) * self.context_tokens or (self.tokens_billion or 0) * 1e9


class Batch(Common):
    """CPU work that can be split into tasks."""

    kind: Literal["batch"]
    vcpu_hours: PositiveNumber
    """vCPU hours of one run."""
    memory_gib: PositiveNumber
    """Memory of one task in GiB."""
    task_vcpu: PositiveInteger = 1
    deadline_hours: PositiveNumber | None = None
    runs_per_month: PositiveNumber = 1
    most_machines: PositiveInteger = 100


def within_hours(profile: Training | Batch) -> float:
    """Returns the maximum hours of one run: its deadline, limited so that all runs of a month fit into the month."""
    return min(profile.deadline_hours or MONTH, MONTH / profile.runs_per_month)


Profile = Inference | Training | Batch

KINDS: Mapping[str, type[Profile]] = {"inference": Inference, "training": Training, "batch": Batch}


def load(path: Path) -> Profile:
    """Reads a profile from a file. Raises `BadInput` with a one-sentence reason."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None
    return parse(text, str(path))


def parse(text: str, location: str = "profile") -> Profile:
    """Parses a profile from text. Raises `BadInput`."""
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise BadInput(location, f"not YAML: {' '.join(str(error).split())}") from None
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadInput(f"{location}: kind", f"must be one of {', '.join(KINDS)}, not {kind!r}")
    profile = checked(KINDS[kind], raw, location)
    if conflict := _conflict(profile):
        raise BadInput(location, conflict)
    return profile


def _conflict(profile: Profile) -> str:
    """Returns a conflict between fields that are each valid; empty if there is none."""
    if not profile.architectures:
        return "architectures: name at least one"
    if isinstance(profile, Inference):
        if (profile.requests_per_second is None) == (profile.tokens_per_second is None):
            return "give requests_per_second or tokens_per_second, and not both"
        if profile.output_tokens > profile.context_tokens:
            return f"an answer of {profile.output_tokens} tokens does not fit {profile.context_tokens} context_tokens"
        if profile.p95_ms and any(item.p95_ms is None for item in profile.measured):
            return "measured: p95_ms is required because the profile sets p95_ms"
        not_narrower = [item for item in profile.may_quantise_to if BYTES[item] >= BYTES[profile.precision]]
        return f"may_quantise_to: {not_narrower[0]} is not narrower than {profile.precision}" if not_narrower else ""
    if isinstance(profile, Training):
        if (profile.samples is None) == (profile.tokens_billion is None):
            return "give samples or tokens_billion, and not both"
        if profile.method == "full" and profile.precision in ("int8", "int4"):
            return f"weights of {profile.precision} can be trained only beside adapters: method lora"
    return ""


BYTES: Mapping[Precision, Decimal] = {
    "fp32": Decimal(4),
    "bf16": Decimal(2),
    "fp16": Decimal(2),
    "int8": Decimal(1),
    "int4": Decimal("0.52"),
}
"""Bytes per weight. Four bits come with a 16-bit scale and a 4-bit zero point per 128 weights (GPTQ, AWQ): 0.52."""
