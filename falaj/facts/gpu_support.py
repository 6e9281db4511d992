"""GPU machines of the UAE regions that are never recommended, and why: the platform cannot run their GPUs, or nobody
states how fast they are.

The platform installs NVIDIA's GPU operator, and its pods request `nvidia.com/gpu`. Azure's behaviour is that of
azure-aks-docs, fb060ab, 2026-08-21: `use-amd-gpus.md` (AKS installs no driver and no device plugin for AMD GPUs) and
`use-arm64-vms.md` (arm64 node pools are described for D and E series; no page of AKS names a GPU size with arm64).
"""

from collections.abc import Mapping

from falaj.facts.machines import Machine

OTHER_VENDORS: Mapping[str, str] = {"MI300X": "AMD"}
"""GPU model -> vendor, of the models that NVIDIA does not make."""


def unsupported_gpu(machine: Machine) -> str:
    """Returns why a machine with GPUs is not recommended; empty if it may be, or if it has no GPUs."""
    if not machine.gpus:
        return ""
    if vendor := OTHER_VENDORS.get(machine.gpu_model or ""):
        return f"has GPUs of {vendor}: the platform has device plugin, driver and images for NVIDIA GPUs only"
    if machine.arch == "arm64":
        return "has GPUs on an arm64 host: the platform has no images of model servers for such GPU nodes"
    if machine.gpus < 1:
        return "has a part of a GPU, a device with less memory: how fast it is beside its other parts is not known"
    return ""
