"""Extended resources by which pods ask for GPUs, slices of GPUs and turns on GPUs. Pure."""

from collections.abc import Mapping

MIG = "nvidia.com/mig-"
"""What stands before the size of a slice in the name of its resource."""

GPU = "nvidia.com/gpu"
SHARED_GPU = "nvidia.com/gpu.shared"
"""A GPU that is taken in turns, as NVIDIA's device plugin calls it where it renames (k8s-device-plugin, sharing)."""

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
"""Slices of the UAE's GPUs that MIG splits (A100 80 GB, H100 80 and 94 GB, H200) -> how many one GPU makes
(NVIDIA, MIG User Guide, supported profiles, 2026)."""

MIG_SLICES = tuple(name.removeprefix("nvidia.com/mig-") for name in SLICES)
"""Their names, as MIG has them."""
