"""Assumed speed of machines without measurements. Every constant is an assumption and is printed.

Decoding reads all weights and the KV cache of the batch for each token: it is bound by memory bandwidth. Reading the
prompt multiplies all weights for each token (2 operations a parameter): it is bound by arithmetic. Training takes 6
operations a parameter and token (Kaplan et al. 2020), 8 with recomputation, 4 where weights are frozen.
"""

from dataclasses import dataclass

from falaj.facts.gpus import Gpu
from falaj.finops.rightsize.memory import inference_gb
from falaj.finops.rightsize.profile import Inference, Precision, Training

BANDWIDTH_SHARE = 0.6
"""Part of the peak memory bandwidth that decoding reaches."""
PROMPT_SHARE = 0.4
"""Part of the peak arithmetic that prompts reach."""
TRAINING_SHARE = 0.35
"""Part of the peak arithmetic that training reaches in one machine (MFU)."""
PARALLEL_SHARE = 0.85
"""What is left of the speed of GPUs that share one model's weights."""
SCALING = 0.9
"""What is left of a machine's training speed when several work on one model."""
LOAD = 0.7
"""Part of a machine's most requests that it is given, so that bursts and the loss of one are borne."""
TAIL = 1.5
"""The 95th percentile of latency as a multiple of a request's time at that load."""
VCPU_GB_S = 3.0
"""Peak memory bandwidth of a vCPU in GB/s: 8 channels of DDR5-4800 on 96 vCPU give 3.2."""
VCPU_TFLOPS = {"fp32": 0.04, "bf16": 0.04, "fp16": 0.04, "int8": 0.12, "int4": 0.04}
"""Peak of a vCPU with AVX-512 at 2.5 GHz, half a core; int8 by VNNI; no AMX supposed, as machines differ in it."""


def speed_assumption(profile: Inference | Training) -> str:
    """The assumptions about the speed of such a workload in one sentence."""
    cpu = f"a vCPU {VCPU_GB_S:g} GB/s and {VCPU_TFLOPS['bf16']:g} TFLOPS"
    if isinstance(profile, Training):
        return (
            f"assumed, not measured: {TRAINING_SHARE:.0%} of dense arithmetic is reached in one machine and "
            f"{SCALING:.0%} of that with several; {cpu}"
        )
    return (
        f"assumed, not measured: decoding reaches {BANDWIDTH_SHARE:.0%} of memory bandwidth and prompts "
        f"{PROMPT_SHARE:.0%} of dense arithmetic, {PARALLEL_SHARE:.0%} of that with several GPUs a model; machines "
        f"are loaded to {LOAD:.0%}; p95 is {TAIL:g} times a request's time; {cpu}"
    )


@dataclass(frozen=True, slots=True)
class ComputeCapability:
    """What one model runs on: a number of GPUs, or of vCPU."""

    gb_s: float
    tflops: float


def gpu_engine(gpu: Gpu, gpus: float, precision: Precision) -> ComputeCapability:
    """GPUs that work on one model. fp32 runs as TF32, at half; narrow weights are multiplied as 16-bit ones."""
    share = PARALLEL_SHARE if gpus > 1 else 1
    return ComputeCapability(
        gpu.bandwidth_gb_s * gpus * share, gpu.bf16_tflops * gpus * share * (0.5 if precision == "fp32" else 1)
    )


def cpu_engine(vcpu: int, precision: Precision) -> ComputeCapability:
    """All vCPU of a machine."""
    return ComputeCapability(VCPU_GB_S * vcpu, VCPU_TFLOPS[precision] * vcpu)


@dataclass(frozen=True, slots=True)
class Pace:
    """What a replica does: requests a second at most, and the 95th percentile of latency in milliseconds."""

    per_second: float
    p95_ms: float


def pace(profile: Inference, precision: Precision, batch: int, engine: ComputeCapability) -> Pace:
    """A replica that works on `batch` requests at a time."""
    tera = 2 * profile.parameters_billion / 1000 / (engine.tflops * PROMPT_SHARE)
    prompt = (profile.context_tokens - profile.output_tokens) * tera
    read = inference_gb(profile, precision, batch) / (engine.gb_s * BANDWIDTH_SHARE)
    step = max(read, batch * tera)
    answer = profile.output_tokens * step
    return Pace(1 / (prompt + answer / batch), TAIL * (prompt + answer) * 1000)


def training_tokens_per_second(profile: Training, engine: ComputeCapability, machines: int) -> float:
    """Tokens a second of machines that train one model together."""
    operations = {"full": 6.0, "lora": 4.0, "transfer": 2.0 + 4.0 * profile.trainable_share}[profile.method]
    if profile.gradient_checkpointing and profile.method != "transfer":
        operations += 2
    work = operations * profile.parameters_billion / 1000
    together = machines * (SCALING if machines > 1 else 1)
    return engine.tflops * TRAINING_SHARE * together / work
