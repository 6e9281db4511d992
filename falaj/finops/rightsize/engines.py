"""What the GPUs or vCPUs of a machine reach: memory bandwidth and arithmetic, by facts and assumptions."""

from dataclasses import dataclass

from falaj.facts.gpus import Gpu
from falaj.facts.machines import Machine
from falaj.facts.processors import processor
from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.assumptions import CPU_ARITHMETIC
from falaj.finops.rightsize.profile import Precision


@dataclass(frozen=True, slots=True)
class Engine:
    """Memory bandwidth in GB/s and arithmetic in TFLOPS that programs reach on the GPUs or vCPUs of one model."""

    gb_s: float
    tflops: float


def _peak_tflops(card: Gpu, precision: Precision) -> float:
    """Returns dense TFLOPS: fp32 runs as TF32 at half the speed; narrow weights are multiplied in 16 bits."""
    return card.bf16_tflops * (0.5 if precision == "fp32" else 1)


def serving_engine(card: Gpu, gpus: float, precision: Precision) -> Engine:
    """Returns what GPUs that serve one language model reach."""
    share = assumptions.GPU_PARALLEL.value if gpus > 1 else 1
    return Engine(
        card.bandwidth_gb_s * gpus * share * assumptions.GPU_BANDWIDTH.value,
        _peak_tflops(card, precision) * gpus * share * assumptions.GPU_PROMPT.value,
    )


def vision_engine(card: Gpu, gpus: float, precision: Precision) -> Engine:
    """Returns what GPUs reach that each process images of their own."""
    return Engine(
        card.bandwidth_gb_s * gpus * assumptions.VISION_BANDWIDTH.value,
        _peak_tflops(card, precision) * gpus * assumptions.VISION_ARITHMETIC.value,
    )


def training_engine(card: Gpu, gpus: float, precision: Precision) -> Engine:
    """Returns what GPUs reach that each process samples of their own and exchange gradients."""
    return Engine(card.bandwidth_gb_s * gpus, _peak_tflops(card, precision) * gpus * assumptions.GPU_TRAINING.value)


def cpu_engine(machine: Machine, precision: Precision) -> Engine:
    """Returns what all vCPUs of a machine reach. Four-bit weights are multiplied as int8."""
    chip = processor(machine.name, machine.arch)
    if precision in ("int8", "int4"):
        unit, operations = chip.int8_unit, chip.int8
    elif precision == "fp32":
        unit, operations = "AVX2", chip.fp32
    else:
        unit, operations = chip.bf16_unit, chip.bf16
    vcpu = machine.vcpu or 0
    return Engine(
        chip.gb_s * vcpu * assumptions.CPU_BANDWIDTH.value,
        chip.vcpu_tflops(operations) * vcpu * CPU_ARITHMETIC[unit].value,
    )
