"""Specifications of the GPUs in the UAE regions, by the model name in the machine catalogue.

Figures are those of the vendors' data sheets, from memory; L40S, H100 NVL and MI300X were confirmed in resellers'
tables (2026-11-24), the others were not looked up. Memory is in GB of 10^9 bytes, bandwidth in GB/s, and throughput in
TFLOPS of dense bf16 on tensor cores. NVIDIA publishes the figure with sparsity, which is twice the dense one; AMD
publishes both. A data sheet's figure is a peak: code that uses it states the achieved share as an assumption.

MIG profiles: NVIDIA, MIG User Guide, supported MIG profiles and supported GPUs (memory and number of instances; of the
profiles the copy that was read on 2026-11-26 has those of A100), and the configuration of NVIDIA's MIG manager for the
other models (mig-parted bd7160f, config-default.yaml, 2026-08-21).

Shares of MIG slices: sevenths of the multiprocessors and eighths of the memory by Azure (azure-aks-docs fb060ab,
articles/aks/gpu-multi-instance.md, 2026-05-22); multiprocessors that the driver reports for slices of H100 NVL
(NVIDIA/gpu-operator pull request 900, `nvidia-smi mig -lgip`, 2024-08-05), as for H200 (NVIDIA/mig-parted issue 120),
and of A100 (the same listing, 14 a slice of 108). All read on 2026-11-29.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU model. `mig_profiles` maps its MIG profiles to instances per GPU; empty if it does not support MIG."""

    model: str
    memory_gb: float
    bandwidth_gb_s: float
    bf16_tflops: float
    mig_profiles: Mapping[str, int]
    source: str

    @property
    def slices(self) -> int:
        """Returns the maximum number of MIG instances; 1 if it does not support MIG."""
        return max(self.mig_profiles.values(), default=1)


def _mig(*profiles: str) -> Mapping[str, int]:
    """Returns the instances per GPU by profile, from the smallest profile to the whole GPU of seven compute slices."""
    return dict(zip(profiles, (7, 4, 3, 2, 1, 1), strict=True))


_NO_MIG: Mapping[str, int] = {}
_MIG_80 = _mig("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb")
_MIG_94 = _mig("1g.12gb", "1g.24gb", "2g.24gb", "3g.47gb", "4g.47gb", "7g.94gb")
_MIG_141 = _mig("1g.18gb", "1g.35gb", "2g.35gb", "3g.71gb", "4g.71gb", "7g.141gb")
_MIG_186 = _mig("1g.23gb", "1g.47gb", "2g.47gb", "3g.93gb", "4g.93gb", "7g.186gb")

GPUS: Mapping[str, Gpu] = {
    gpu.model: gpu
    for gpu in (
        Gpu("A10G", 24, 600, 70, _NO_MIG, "NVIDIA A10G data sheet for AWS G5: 70 dense, 140 with sparsity"),
        Gpu("A10", 24, 600, 125, _NO_MIG, "NVIDIA A10 data sheet: 125 dense, 250 with sparsity"),
        Gpu("L4", 24, 300, 121, _NO_MIG, "NVIDIA L4 data sheet: 242 with sparsity"),
        Gpu("L40S", 48, 864, 362, _NO_MIG, "NVIDIA L40S data sheet: 362.05 dense, 733 with sparsity"),
        Gpu("A100", 80, 2039, 312, _MIG_80, "NVIDIA A100 80GB SXM data sheet: 312 dense, 624 with sparsity"),
        Gpu("H100 NVL", 94, 3938, 835, _MIG_94, "NVIDIA H100 NVL product brief: 1,671 with sparsity"),
        Gpu("H100", 80, 3350, 989, _MIG_80, "NVIDIA H100 SXM data sheet: 1,979 with sparsity"),
        Gpu("H200", 141, 4800, 989, _MIG_141, "NVIDIA H200 SXM data sheet: 1,979 with sparsity"),
        Gpu(
            "MI300X", 192, 5300, 1307, _NO_MIG, "AMD Instinct MI300X data sheet: 1,307.4 dense; partitions are not MIG"
        ),
        Gpu("GB200", 186, 8000, 2500, _MIG_186, "NVIDIA GB200 NVL72 data sheet, a 72nd of it: 5,000 with sparsity"),
    )
}
"""Model -> specification, of every GPU that is compared by its throughput."""

_SEVENTHS, _EIGHTHS = (1, 1, 2, 3, 4, 7), (1, 2, 2, 4, 4, 8)
"""Sevenths of the arithmetic, and eighths of memory and its bandwidth, that the profiles of a GPU have, in their order.
"""

_HOPPER = (132, (16, 26, 32, 60, 64, 132))
_MULTIPROCESSORS: Mapping[str, tuple[int, Sequence[int]]] = {
    "A100": (108, (14, 14, 28, 42, 56, 98)),
    "H100": _HOPPER,
    "H100 NVL": _HOPPER,
    "H200": _HOPPER,
}
"""Model -> multiprocessors of the whole GPU, and of its profiles' slices."""


@dataclass(frozen=True, slots=True)
class SliceShare:
    """The share of a whole GPU's arithmetic, and of its memory and bandwidth, that a MIG slice has."""

    arithmetic: float
    memory: float


WHOLE = SliceShare(1.0, 1.0)


def slice_share(card: Gpu, profile: str | None) -> SliceShare:
    """Returns the share of a slice; all of it without a profile, or with one that the GPU does not have.

    The arithmetic is the lower of the share in sevenths and that of the multiprocessors, which differ by up to 15 %,
    for `1g` with double memory by 38 %. Multiprocessors of GB200 are not listed here: it is rated by sevenths.
    """
    if profile is None or profile not in card.mig_profiles:
        return WHOLE
    number = [*card.mig_profiles].index(profile)
    sevenths = _SEVENTHS[number] / 7
    whole, slices = _MULTIPROCESSORS.get(card.model, (1, ()))
    arithmetic = min(sevenths, slices[number] / whole) if slices else sevenths
    return SliceShare(arithmetic, _EIGHTHS[number] / 8)


PCIE_GB_S: Mapping[str, float] = dict.fromkeys(("A10G", "A10", "L4", "L40S"), 31.5)
"""Model -> GB/s in each direction to the other GPUs of its machine, of models without NVLink: PCIe 4.0 x16, 16 GT/s a
lane with 128b/130b coding. NVIDIA's data sheets of A10, L4 and L40S state it (64 GB/s in both directions together);
from memory.
"""

WITHOUT_BF16: Mapping[str, float] = {"M60": 8}
"""Model -> memory in GB, of GPUs without tensor cores and bf16, which are not compared (NVIDIA M60 data sheet: two GPUs
of 8 GB a board; Azure counts each)."""

MIG_MODELS = ("A100", "H100", "H100 NVL", "H200")
"""Models that machines of the UAE offer with MIG (column `mig` of the machine catalogue)."""

MIG_PROFILES: Mapping[str, int] = {
    profile: instances
    for profiles in zip(*(GPUS[model].mig_profiles.items() for model in MIG_MODELS), strict=True)
    for profile, instances in profiles
}
"""MIG profile -> instances per GPU, of these models: the smallest profiles first."""


def gpu(model: str | None) -> Gpu | None:
    """Returns the GPU of that name; None if there is none or its specification is unknown."""
    return GPUS.get(model or "")


def memory_gb(model: str) -> float | None:
    """Returns the memory of a GPU model; None if the model is unknown."""
    specification = gpu(model)
    return WITHOUT_BF16.get(model) if specification is None else specification.memory_gb
