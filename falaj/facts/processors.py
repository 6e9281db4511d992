"""Processors of the machines without GPUs: instructions for matrix arithmetic, and peak speed.

Operations per cycle and core count a multiply-add as two. They follow from the units of each generation:

- Intel: AVX-512 two units of 16 multiply-adds of fp32; VNNI 128 of int8; AMX 512 of bf16 and 1,024 of int8 (Intel
  states 1,024 and 2,048 operations per cycle);
- Arm, each unit of 128 bits: 4 multiply-adds of fp32, 16 of int8 with dot products, 16 of bf16 and 32 of int8 with
  matrix instructions; units, instructions, clock and memory channels of Graviton from AWS's Graviton technical guide,
  83d74f4, 2026-07-01;
- AMD: Zen 2 and 3 two units of 256 bits, Zen 4 the same with VNNI and bf16, Zen 5 of 512 bits.

Clocks of x86 with all cores busy on vector work are assumed: AMD 3.0 GHz; Intel 2.5 GHz, below the sustained clock of
AWS's types but for I7i, whose 2.4 is taken (karpenter-provider-aws 1d92708, 2026-08-21, instance-types.md). A vCPU is
one of a core's two threads on x86, and a core on Arm. Memory bandwidth is a vCPU's share of its socket: channels x
transfers x 8 bytes, by the vendors' data sheets, from memory.

Which machines have which processor: Graviton from that guide; manufacturers of AWS's types from that page of Karpenter;
Azure's D series v5 to v7 and Cobalt 100 from azure-compute-docs (1f02b87, 2026-03-09; 05e75b1, 2026); the generations
of AWS's Intel types and of Azure's other series from the vendors' product pages, from memory. If a series has several
processors, the oldest counts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from falaj.facts.machine_names import family, is_azure


@dataclass(frozen=True, slots=True)
class Processor:
    """One generation of processors. `fp32`, `bf16` and `int8` are operations per cycle and core; `gb_s` is the memory
    bandwidth of a vCPU in GB/s; `bf16_unit` and `int8_unit` name the instructions that reach them.
    """

    name: str
    fp32: int
    bf16: int
    int8: int
    bf16_unit: str
    int8_unit: str
    ghz: float
    vcpus_per_core: int
    gb_s: float

    def vcpu_tflops(self, operations: int) -> float:
        """Returns the peak TFLOPS of a vCPU at that many operations per cycle and core."""
        return operations * self.ghz / self.vcpus_per_core / 1000


BROADWELL = Processor("Intel Broadwell", 32, 32, 32, "AVX2", "AVX2", 2.5, 2, 1.6)
SKYLAKE = Processor("Intel Skylake", 64, 64, 64, "AVX-512", "AVX-512", 2.5, 2, 2.6)
CASCADE_LAKE = Processor("Intel Cascade Lake", 64, 64, 256, "AVX-512", "VNNI", 2.5, 2, 2.9)
ICE_LAKE = Processor("Intel Ice Lake", 64, 64, 256, "AVX-512", "VNNI", 2.5, 2, 3.2)
SAPPHIRE_RAPIDS = Processor("Intel Sapphire Rapids", 64, 1024, 2048, "AMX bf16", "AMX int8", 2.5, 2, 3.2)
EMERALD_RAPIDS = Processor("Intel Emerald Rapids", 64, 1024, 2048, "AMX bf16", "AMX int8", 2.4, 2, 3.0)
GRANITE_RAPIDS = Processor("Intel Granite Rapids", 64, 1024, 2048, "AMX bf16", "AMX int8", 2.5, 2, 3.2)
ROME = Processor("AMD Rome", 32, 32, 32, "AVX2", "AVX2", 3.0, 2, 1.6)
MILAN = Processor("AMD Milan", 32, 32, 32, "AVX2", "AVX2", 3.0, 2, 1.6)
GENOA = Processor("AMD Genoa", 32, 64, 128, "AVX-512 BF16", "VNNI", 3.0, 2, 2.4)
TURIN = Processor("AMD Turin", 64, 128, 256, "AVX-512 BF16", "VNNI", 3.0, 2, 3.0)
GRAVITON2 = Processor("AWS Graviton2", 16, 16, 64, "Neon", "dot product", 2.5, 1, 3.2)
GRAVITON3 = Processor("AWS Graviton3", 32, 128, 256, "Arm bf16", "i8mm", 2.6, 1, 4.8)
GRAVITON4 = Processor("AWS Graviton4", 32, 128, 256, "Arm bf16", "i8mm", 2.8, 1, 5.6)
COBALT = Processor("Azure Cobalt 100", 16, 64, 128, "Arm bf16", "i8mm", 3.4, 1, 4.2)
UNKNOWN = Processor("of an unknown generation", 32, 32, 32, "AVX2", "AVX2", 2.5, 2, 1.6)
"""What every x86 server of the last ten years has; for machines of other names, such as one's own."""
UNKNOWN_ARM = Processor("of an unknown Arm generation", 16, 16, 64, "Neon", "dot product", 2.5, 1, 1.6)

_AWS: Mapping[Processor, str] = {
    SKYLAKE: "c5 c5d m5 m5d r5 r5d i3en t3",
    CASCADE_LAKE: "x2iezn",
    ICE_LAKE: "c6in m6i r6i i4i x2idn",
    SAPPHIRE_RAPIDS: "c7i c7i-flex m7i m7i-flex",
    EMERALD_RAPIDS: "i7i",
    GRANITE_RAPIDS: "r8i r8i-flex",
    GRAVITON2: "c6g m6g m6gd r6g t4g",
    GRAVITON3: "m7g m7gd r7g r7gd",
    GRAVITON4: "c8gn m8g r8g",
}
"""Processor -> instance families."""
_AWS_FAMILIES: Mapping[str, Processor] = {name: item for item, names in _AWS.items() for name in names.split()}

_AZURE: Sequence[tuple[str, Processor]] = (
    (r"HB\d.*_v2", ROME),
    (r"M.*_v3", SAPPHIRE_RAPIDS),
    (r"M.*_v2", CASCADE_LAKE),
    (r"FX.*_v2", EMERALD_RAPIDS),
    (r"F\d+s_v2", SKYLAKE),
    (r"(L|DC|EC)\d+d?s_v3", ICE_LAKE),
    (r"L\d+as_v3", MILAN),
    (r"L\d+s_v4", EMERALD_RAPIDS),
    (r"L\d+a\w*_v4", GENOA),
    (r"[A-Z]+\d+\w*p\w*_v6", COBALT),
    (r"[A-Z]+[\d-]+i?a\w*_v7", TURIN),
    (r"[A-Z]+[\d-]+i?a\w*_v6", GENOA),
    (r"[A-Z]+[\d-]+i?a\w*_v5", MILAN),
    (r"[A-Z]+[\d-]+i?a\w*_v4", ROME),
    (r"[A-Z]+[\d-]+\w*_v6", EMERALD_RAPIDS),
    (r"[A-Z]+[\d-]+\w*_v5", ICE_LAKE),
    (r"[A-Z]+[\d-]+\w*_v4", CASCADE_LAKE),
    (r"[A-Z]+[\d-]+\w*(_v3|_v2)?", BROADWELL),
)
"""Pattern of the name after `Standard_` -> processor; the first that matches counts."""


@cache
def processor(machine: str, arch: str = "x86_64") -> Processor:
    """Returns the processor of a machine type by its name; `UNKNOWN` or `UNKNOWN_ARM` for other names."""
    unknown = UNKNOWN_ARM if arch == "arm64" else UNKNOWN
    if not is_azure(machine):
        return _AWS_FAMILIES.get(family(machine), unknown)
    name = machine.removeprefix("Standard_")
    return next((item for pattern, item in _AZURE if re.fullmatch(pattern, name)), unknown)
