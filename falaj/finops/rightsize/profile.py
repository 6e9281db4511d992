"""A workload profile: the requirements of a workload, as a YAML file."""

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

Above = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=1)]
Hours = Annotated[float, Field(gt=0, le=744, allow_inf_nan=False)]
"""Hours a month."""
MONTH = 744
"""Hours of the longest month."""

Lost = Annotated[float, Field(ge=0, le=0.5, allow_inf_nan=False)]


class ModelShape(InputModel):
    """A transformer's shape. Where it is left out that of the next larger Llama 3 model is supposed."""

    layers: Whole
    hidden: Whole
    kv_heads: Whole
    head_dim: Whole


class MeasuredSpeed(InputModel):
    """What one machine was measured to do: it goes before every assumption."""

    machine: str
    precision: Precision
    per_second: Above
    """Inference: requests (of the profile's length) a second. Training: tokens a second."""
    p95_ms: Above | None = None
    source: str
    """Where and when it was measured."""


class Common(InputModel):
    """What every workload may say."""

    name: str = "workload"
    interruptible: bool = False
    """Whether its machines may be taken away at any time."""
    interruption: Lost = 0.1
    """Part of spot time that is lost: no machine to be had, or work done again. The default is an assumption: no spot
    history of the UAE regions is public."""
    architectures: tuple[Architecture, ...] = ("x86_64",)
    """What its images are built for."""
    measured: tuple[MeasuredSpeed, ...] = ()
    dataset_gib: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    read_mib_per_second: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    """Read by all machines together."""


class Inference(Common):
    """A model that answers requests."""

    kind: Literal["inference"]
    parameters_billion: Above
    precision: Precision = "bf16"
    may_quantise_to: tuple[Precision, ...] = ()
    """Narrower precisions that may be chosen: their quality has been measured. Others are shown only."""
    context_tokens: Whole
    """The most tokens of one request, prompt and answer together: what the KV cache must hold."""
    output_tokens: Whole = 129
    """Tokens of an answer; the default is the median of the Azure conversation trace of 2023."""
    batch: Whole = 32
    """The most requests that one replica works on at the same time."""
    requests_per_second: Above | None = None
    tokens_per_second: Above | None = None
    """In place of requests: generated tokens."""
    p95_ms: Above | None = None
    hours: Hours = 730
    """Hours a month in which it must answer; it scales to zero in the others."""
    least_machines: Whole = 1
    shape: ModelShape | None = None

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests_per_second or (self.tokens_per_second or 0) / self.output_tokens


class Training(Common):
    """A model that is trained, whole or in part."""

    kind: Literal["training"]
    parameters_billion: Above
    method: Literal["full", "lora", "transfer"] = "full"
    """`lora`: adapters beside frozen weights; `transfer`: new last layers on a frozen model."""
    precision: Precision = "bf16"
    """Of the weights in work. Narrower than 16 bits only for frozen ones."""
    optimizer: Literal["adamw", "adamw-8bit", "adafactor", "sgd"] = "adamw"
    trainable_share: Annotated[float, Field(gt=0, le=1)] = 0.01
    """Part of the parameters that `lora` or `transfer` trains."""
    context_tokens: Whole
    """Tokens of one sample."""
    samples: Whole | None = None
    """All samples of a run, epochs counted."""
    tokens_billion: Above | None = None
    """In place of samples."""
    micro_batch: Whole = 1
    """Samples that one GPU works on at the same time."""
    gradient_checkpointing: bool = False
    deadline_hours: Above | None = None
    runs_per_month: Above = 1
    most_machines: Whole = 8
    shape: ModelShape | None = None

    @property
    def tokens(self) -> float:
        """Tokens of one run."""
        return (self.samples or 0) * self.context_tokens or (self.tokens_billion or 0) * 1e9


class Batch(Common):
    """Work on CPUs that falls into tasks."""

    kind: Literal["batch"]
    vcpu_hours: Above
    """Of one run."""
    memory_gib: Above
    """Of one task."""
    task_vcpu: Whole = 1
    deadline_hours: Above | None = None
    runs_per_month: Above = 1
    most_machines: Whole = 100


def within_hours(profile: Training | Batch) -> float:
    """The most hours of one run: its deadline, and that all runs of a month fit the month."""
    return min(profile.deadline_hours or MONTH, MONTH / profile.runs_per_month)


Profile = Inference | Training | Batch

KINDS: Mapping[str, type[Profile]] = {"inference": Inference, "training": Training, "batch": Batch}


def load(path: Path) -> Profile:
    """The profile of a file. Raises `BadInput` with one sentence."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {unreadable}") from None
    return parse(text, str(path))


def parse(text: str, location: str = "profile") -> Profile:
    """The profile of a text. Raises `BadInput`."""
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as broken:
        raise BadInput(location, f"not YAML: {' '.join(str(broken).split())}") from None
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadInput(f"{location}: kind", f"must be one of {', '.join(KINDS)}, not {kind!r}")
    profile = checked(KINDS[kind], raw, location)
    if wrong := _contradiction(profile):
        raise BadInput(location, wrong)
    return profile


def _contradiction(profile: Profile) -> str:
    """What no field alone shows to be wrong; empty where all is well."""
    if not profile.architectures:
        return "architectures: name at least one"
    if isinstance(profile, Inference):
        if (profile.requests_per_second is None) == (profile.tokens_per_second is None):
            return "give requests_per_second or tokens_per_second, and not both"
        if profile.output_tokens > profile.context_tokens:
            return f"an answer of {profile.output_tokens} tokens does not fit {profile.context_tokens} context_tokens"
        if profile.p95_ms and any(one.p95_ms is None for one in profile.measured):
            return "measured: say p95_ms too, since the profile asks for it"
        wide = [one for one in profile.may_quantise_to if BYTES[one] >= BYTES[profile.precision]]
        return f"may_quantise_to: {wide[0]} is not narrower than {profile.precision}" if wide else ""
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
"""Bytes of one weight. Four bits come with a 16-bit scale and a 4-bit zero for each 128 weights (GPTQ, AWQ): 0.52."""
