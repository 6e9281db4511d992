"""Specifications of the GPUs in the UAE regions, by the model name in the machine catalogue.

Figures are those of the vendors' data sheets, from memory; L40S, H100 NVL and MI300X were confirmed in resellers'
tables (2026-11-24), the others were not looked up. Memory is in GB of 10^9 bytes, bandwidth in GB/s, and throughput in
TFLOPS of dense bf16 on tensor cores. NVIDIA publishes the figure with sparsity, which is twice the dense one; AMD
publishes both. A data sheet's figure is a peak: code that uses it states the achieved share as an assumption.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU model. `slices` is the maximum number of MIG instances; 1 if it does not support MIG."""

    model: str
    memory_gb: float
    bandwidth_gb_s: float
    bf16_tflops: float
    slices: int
    source: str


GPUS: Mapping[str, Gpu] = {
    gpu.model: gpu
    for gpu in (
        Gpu("A10G", 24, 600, 70, 1, "NVIDIA A10G data sheet for AWS G5: 70 dense, 140 with sparsity"),
        Gpu("A10", 24, 600, 125, 1, "NVIDIA A10 data sheet: 125 dense, 250 with sparsity"),
        Gpu("L4", 24, 300, 121, 1, "NVIDIA L4 data sheet: 242 with sparsity"),
        Gpu("L40S", 48, 864, 362, 1, "NVIDIA L40S data sheet: 362.05 dense, 733 with sparsity"),
        Gpu("A100", 80, 2039, 312, 7, "NVIDIA A100 80GB SXM data sheet: 312 dense, 624 with sparsity"),
        Gpu("H100 NVL", 94, 3938, 835, 7, "NVIDIA H100 NVL product brief: 1,671 with sparsity"),
        Gpu("H100", 80, 3350, 989, 7, "NVIDIA H100 SXM data sheet: 1,979 with sparsity"),
        Gpu("H200", 141, 4800, 989, 7, "NVIDIA H200 SXM data sheet: 1,979 with sparsity"),
        Gpu("MI300X", 192, 5300, 1307, 1, "AMD Instinct MI300X data sheet: 1,307.4 dense; partitions are not MIG"),
        Gpu("GB200", 186, 8000, 2500, 7, "NVIDIA GB200 NVL72 data sheet, a 72nd of it: 5,000 with sparsity"),
    )
}
"""Model -> specification. The M60 is omitted: it has no tensor cores and no bf16."""


def gpu(model: str | None) -> Gpu | None:
    """Returns the GPU of that name; None if there is none or its specification is unknown."""
    return GPUS.get(model or "")
