"""Extended resources that pods request for whole GPUs, MIG slices and time-sliced GPUs. Pure."""

from collections.abc import Mapping

MIG = "nvidia.com/mig-"
"""Prefix of the resource name of a MIG slice, followed by the MIG profile."""

GPU = "nvidia.com/gpu"
SHARED_GPU = "nvidia.com/gpu.shared"
"""A time-sliced GPU, as NVIDIA's device plugin names it with `renameByDefault` (k8s-device-plugin, sharing)."""

SLICES: Mapping[str, int] = {
    f"nvidia.com/mig-{profile}": instances
    for instances, profiles in {
        7: ("1g.10gb", "1g.12gb", "1g.18gb"),
        4: ("1g.20gb", "1g.24gb", "1g.35gb"),
        3: ("2g.20gb", "2g.24gb", "2g.35gb"),
        2: ("3g.40gb", "3g.47gb", "3g.71gb"),
        1: ("4g.40gb", "4g.47gb", "4g.71gb", "7g.80gb", "7g.94gb", "7g.141gb"),
    }.items()
    for profile in profiles
}
"""Resource name of a MIG slice -> slices per GPU, for the MIG-capable GPUs in the UAE (A100 80 GB, H100 80 and 94 GB,
H200; NVIDIA, MIG User Guide, supported profiles, 2026)."""

MIG_SLICES = tuple(name.removeprefix("nvidia.com/mig-") for name in SLICES)
"""MIG profiles of these slices, such as `1g.10gb`."""
