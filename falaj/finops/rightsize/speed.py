"""Assumed speed of machines without measurements. Every constant is an assumption and is printed.

Decoding reads all weights and the KV cache of the batch per token, so it is bound by memory bandwidth. Prompt
processing multiplies all weights per token (2 operations per parameter), so it is bound by compute. Training takes 6
operations per parameter and token (Kaplan et al. 2020), 8 with recomputation, 4 with frozen weights.
"""

from dataclasses import dataclass

from falaj.facts.gpus import Gpu
from falaj.finops.rightsize.memory import inference_gb
from falaj.finops.rightsize.profile import Inference, Precision, Training

BANDWIDTH_SHARE = 0.6
"""Share of the peak memory bandwidth that decoding reaches."""
PROMPT_SHARE = 0.4
"""Share of the peak compute that prompt processing reaches."""
TRAINING_SHARE = 0.35
"""Share of the peak compute that training reaches on one machine (MFU)."""
PARALLEL_SHARE = 0.85
"""Efficiency of GPUs that share one model's weights."""
SCALING = 0.9
"""Efficiency per machine when several machines train one model."""
LOAD = 0.7
"""Target load as a share of a machine's maximum throughput; the rest absorbs bursts and the loss of one machine."""
TAIL = 1.5
"""The 95th percentile of latency as a multiple of a request's processing time at that load."""
VCPU_GB_S = 3.0
"""Peak memory bandwidth per vCPU in GB/s: 8 channels of DDR5-4800 for 96 vCPU give 3.2."""
VCPU_TFLOPS = {"fp32": 0.04, "bf16": 0.04, "fp16": 0.04, "int8": 0.12, "int4": 0.04}
"""Peak TFLOPS of a vCPU (half a core) with AVX-512 at 2.5 GHz; int8 with VNNI; AMX is not assumed, as machines differ
in it.
"""


def speed_assumption(profile: Inference | Training) -> str:
    """Returns the assumptions about the speed of a workload in one sentence."""
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
    """Memory bandwidth in GB/s and TFLOPS that one model can use, of its GPUs or vCPUs."""

    gb_s: float
    tflops: float


def gpu_engine(gpu: Gpu, gpus: float, precision: Precision) -> ComputeCapability:
    """Returns the capability of GPUs that serve one model. fp32 runs as TF32 at half speed; narrow weights are
    multiplied in 16 bits.
    """
    share = PARALLEL_SHARE if gpus > 1 else 1
    return ComputeCapability(
        gpu.bandwidth_gb_s * gpus * share, gpu.bf16_tflops * gpus * share * (0.5 if precision == "fp32" else 1)
    )


def cpu_engine(vcpu: int, precision: Precision) -> ComputeCapability:
    """Returns the capability of all vCPUs of a machine."""
    return ComputeCapability(VCPU_GB_S * vcpu, VCPU_TFLOPS[precision] * vcpu)


@dataclass(frozen=True, slots=True)
class ReplicaSpeed:
    """Maximum requests per second of a replica, and the 95th percentile of latency in milliseconds."""

    per_second: float
    p95_ms: float


def replica_speed(profile: Inference, precision: Precision, batch: int, engine: ComputeCapability) -> ReplicaSpeed:
    """Returns the speed of a replica that processes `batch` requests at a time."""
    token_seconds = 2 * profile.parameters_billion / 1000 / (engine.tflops * PROMPT_SHARE)
    prompt_seconds = (profile.context_tokens - profile.output_tokens) * token_seconds
    read_seconds = inference_gb(profile, precision, batch) / (engine.gb_s * BANDWIDTH_SHARE)
    step_seconds = max(read_seconds, batch * token_seconds)
    answer_seconds = profile.output_tokens * step_seconds
    return ReplicaSpeed(1 / (prompt_seconds + answer_seconds / batch), TAIL * (prompt_seconds + answer_seconds) * 1000)


def training_tokens_per_second(profile: Training, engine: ComputeCapability, machines: int) -> float:
    """Returns the tokens per second of machines that train one model together."""
    operations = {"full": 6.0, "lora": 4.0, "transfer": 2.0 + 4.0 * profile.trainable_share}[profile.method]
    if profile.gradient_checkpointing and profile.method != "transfer":
        operations += 2
    tera_operations = operations * profile.parameters_billion / 1000
    effective_machines = machines * (SCALING if machines > 1 else 1)
    return engine.tflops * TRAINING_SHARE * effective_machines / tera_operations
