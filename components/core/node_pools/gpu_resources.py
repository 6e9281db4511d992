"""Extended resources that pods request for whole GPUs, MIG slices and time-sliced GPUs. Pure."""

from collections.abc import Mapping

from falaj.facts.gpus import MIG_PROFILES

MIG = "nvidia.com/mig-"
"""Prefix of the resource name of a MIG slice, followed by the MIG profile."""

GPU = "nvidia.com/gpu"
SHARED_GPU = "nvidia.com/gpu.shared"
"""A time-sliced GPU, as NVIDIA's device plugin names it with `renameByDefault` (k8s-device-plugin, sharing)."""

SLICES: Mapping[str, int] = {f"{MIG}{profile}": instances for profile, instances in MIG_PROFILES.items()}
"""Resource name of a MIG slice -> slices per GPU, for the GPUs in the UAE that support MIG."""

MIG_SLICES = tuple(MIG_PROFILES)
"""MIG profiles of these slices, such as `1g.10gb`."""
