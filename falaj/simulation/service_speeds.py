"""How fast a replica of a served model is: from a file of the user, or estimated from its weights and its machine.

A stack's settings hold the size of a model's files and its machine, not its speed. The estimate is that of right-sizing
(`falaj.finops.rightsize`), whose assumptions have their sources there; a measurement of the user takes precedence.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Annotated

from pydantic import Field

from falaj.components.core.serving.gpu_specs import GpuSpec
from falaj.components.core.serving.runtimes import RuntimeName
from falaj.components.core.serving.specs import ServingSpec, Weights
from falaj.facts.gpus import WHOLE, SliceShare, gpu, slice_share
from falaj.facts.machines import Machine
from falaj.finops.errors import BadInput
from falaj.finops.input_files import read_yaml
from falaj.finops.rightsize.assumptions import RUNTIME_GB
from falaj.finops.rightsize.engines import Engine, cpu_engine, serving_engine
from falaj.finops.rightsize.lengths import lengths_of
from falaj.finops.rightsize.profile import BYTES, Inference, Precision
from falaj.finops.rightsize.serving import BatchNeeds, language_work
from falaj.finops.rightsize.work import plannable_gb
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel

GB_PER_GIB = 2**30 / 1e9

CONTEXT_TOKENS = 8192
"""Longest request for which a replica keeps room: own choice; longer ones leave fewer slots."""

MOST_SLOTS = 32
"""Most requests that a language model is estimated to process at once on GPUs, as in right-sizing
(`falaj.finops.rightsize.profile.Serving.batch`). vLLM admits more (its `max_num_seqs`), at a lower speed of each."""

CLASSIFIED_TOKENS = 32
"""Tokens of a request to a model that generates none: own estimate, a sentence or two."""

LATE_SECONDS = {True: 2.0, False: 1.0}
"""Whether a model generates tokens -> seconds until the first one, or the answer, beyond which a request is late. The
first is the limit of MLPerf Inference's server scenario (loadgen/mlperf.conf, `llama2-70b.Server.ttft_latency = 2000`,
read 2026-11-28); the other one is an own choice."""

IMAGE_GIB: Mapping[RuntimeName, float] = {
    RuntimeName.VLLM: 8.8,
    RuntimeName.TRITON: 8.8,
    RuntimeName.LLAMA_CPP: 0.2,
    RuntimeName.ONNX: 0.4,
    RuntimeName.CUSTOM: 2.0,
}
"""Compressed GiB of a server's image, for services that do not state it. CUDA servers: the image of 9.5 GB whose pull
was measured (terraform-aws-eks-blueprints, ml-container-cache, 2026-04); CPU servers: as the examples state theirs;
custom: own estimate."""

LOAD_SECONDS_PER_GIB = 2.0
"""Seconds to load a GiB of weights from the node's disk to where they are used, for services that do not state it:
0.5 GiB/s, which the root disks of inference pools are provisioned for (`TRAITS`)."""

STARTED_SECONDS: Mapping[RuntimeName, float] = {RuntimeName.VLLM: 60.0, RuntimeName.TRITON: 20.0}
"""Seconds that a server takes beside its weights, for services that do not state it; 5 for others. vLLM compiles and
captures graphs. Own estimates, 2026-11-28: measure your own."""

_STARTED_SECONDS = 5.0


def started_seconds(runtime: RuntimeName) -> float:
    """Returns the seconds that a server takes to start beside loading its weights."""
    return STARTED_SECONDS.get(runtime, _STARTED_SECONDS)


Positive = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)]


class ServiceSpeed(InputModel):
    """Speed of one replica. What a file does not state is estimated."""

    slots: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """Requests that it serves at once."""
    prompt_tokens_per_second: Positive | None = None
    """Tokens of prompts that it reads per second."""
    tokens_per_second: Positive | None = None
    """Tokens per second that one request gets when all slots are in use."""
    seconds_per_request: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)] | None = None
    """Seconds of a request beside its tokens; of a model without tokens all of it."""
    late_seconds: Annotated[float, Field(ge=0.001, le=86_400, allow_inf_nan=False)] | None = None
    """Seconds until the first token, or the answer, beyond which a request is late."""
    cold_start_seconds: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)] | None = None
    """Seconds from a pod on a ready node to its first answer."""


class ServiceSpeeds(InputModel):
    """A file of speeds."""

    services: Annotated[Mapping[str, ServiceSpeed], Field(min_length=1)]
    """Name of a service -> its speed."""


@dataclass(frozen=True)
class Speed:
    """The speed of a replica, as in `ServiceModel`."""

    slots: int
    prompt_tokens_per_second: float
    tokens_per_second: float
    seconds_per_request: float


def load_speeds(path: Path) -> Mapping[str, ServiceSpeed]:
    """Returns the speeds of a YAML file by service. Raises `BadInput` with one sentence."""
    return checked(ServiceSpeeds, read_yaml(path), str(path)).services


def refuse_unknown(speeds: Mapping[str, ServiceSpeed], services: Collection[str], location: str) -> None:
    """Raises `BadInput` for speeds of a service that the stack does not have."""
    if unknown := sorted(speeds.keys() - set(services)):
        there = ", ".join(sorted(services)) or "none"
        raise BadInput(f"{location}: services.{unknown[0]}", f"is no service of the stack; there are: {there}")


def estimated_speed(serving: ServingSpec, machine: Machine | None) -> Speed:
    """Returns the estimated speed of a replica on a machine; of a machine that is not in the catalogue, as slow as one
    request at a time of a tenth of a second for each generated token."""
    if machine is None:
        return _UNKNOWN_MACHINE
    precision = _precision(serving)
    engine = _engine(serving, machine, precision)
    billions = serving.model.gib * GB_PER_GIB / float(BYTES[precision])
    prompt_tokens = engine.tflops * 1000 / (2 * billions)
    if serving.runtime not in (RuntimeName.VLLM, RuntimeName.LLAMA_CPP):
        return Speed(1, inf, inf, CLASSIFIED_TOKENS / prompt_tokens)
    most = MOST_SLOTS if serving.gpu is not None else serving.concurrency
    profile = Inference(
        kind="inference", parameters_billion=billions, context_tokens=CONTEXT_TOKENS, precision=precision, batch=most
    )
    work = language_work(profile, lengths_of(profile), precision)
    needs = _largest(work.batches, serving, machine)
    step = max(needs.read_gb / engine.gb_s, needs.batch * work.step_tera / engine.tflops)
    return Speed(needs.batch, prompt_tokens, 1 / step, 0.0)


_UNKNOWN_MACHINE = Speed(slots=1, prompt_tokens_per_second=100.0, tokens_per_second=10.0, seconds_per_request=0.1)


def _largest(batches: tuple[BatchNeeds, ...], serving: ServingSpec, machine: Machine) -> BatchNeeds:
    """Returns the largest batch that fits into the memory of the replica; the smallest if none does."""
    if serving.gpu is None:
        memory = serving.memory_gib * GB_PER_GIB
    else:
        share = _share(serving.gpu, machine)
        memory = (plannable_gb(machine) * share.memory - RUNTIME_GB.value) * serving.gpu.count
    return next((needs for needs in reversed(batches) if needs.memory_gb <= memory), batches[0])


def _engine(serving: ServingSpec, machine: Machine, precision: Precision) -> Engine:
    """Returns what the replica's share of the machine reaches."""
    card = gpu(machine.gpu_model)
    if serving.gpu is None or card is None:
        whole = cpu_engine(machine, precision)
        share = min(1.0, serving.cpu / (machine.vcpu or serving.cpu))
        return Engine(whole.gb_s * share, whole.tflops * share)
    part = _share(serving.gpu, machine)
    whole = serving_engine(card, serving.gpu.count, precision)
    return Engine(whole.gb_s * part.memory, whole.tflops * part.arithmetic)


def _share(gpus: GpuSpec, machine: Machine) -> SliceShare:
    """Returns how much of a whole GPU each GPU, or slice, of a replica has; some machines have a part of one only."""
    card, part = gpu(machine.gpu_model), min(1.0, machine.gpus)
    share = WHOLE if card is None else slice_share(card, gpus.mig_profile)
    return SliceShare(share.arithmetic * part, share.memory * part)


def _precision(serving: ServingSpec) -> Precision:
    """Returns the precision of the weights; a GGUF file, which states its own, counts as one of four bits."""
    return "int4" if serving.runtime is RuntimeName.LLAMA_CPP else _PRECISIONS[serving.weight_type]


_PRECISIONS: Mapping[Weights, Precision] = {
    Weights.INT8: "int8",
    Weights.FP16: "fp16",
    Weights.BF16: "bf16",
    Weights.FP32: "fp32",
}
