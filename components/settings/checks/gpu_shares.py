"""Checks that a pod requests GPUs as its pools offer them: whole, MIG slices or time slices. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.serving.gpu_specs import GpuSpec
from falaj.components.core.validation.problems import Problem


@dataclass(frozen=True)
class GpuRequest:
    """Extended resource that a pod requests, and the field of the workload that decides it, with its value."""

    resource: str
    field: str
    given: object


def gpus_of_run(gpus: int) -> GpuRequest | None:
    """Returns the request of a training run with so many GPUs per node; None without GPUs."""
    return GpuRequest(GPU, "gpus", gpus) if gpus else None


def gpus_of_service(gpu: GpuSpec | None) -> GpuRequest | None:
    """Returns the request of a replica of a service; None without GPUs."""
    if gpu is None:
        return None
    if gpu.mig_profile is not None:
        return GpuRequest(gpu.resource, "gpu.mig_profile", gpu.mig_profile)
    field, given = ("gpu.time_sliced", True) if gpu.time_sliced else ("gpu.count", gpu.count)
    return GpuRequest(gpu.resource, field, given)


def gpu_problems(
    path: str, request: GpuRequest | None, pools: Mapping[str, Collection[str] | None]
) -> Iterator[Problem]:
    """Yields a problem if no pool offers the requested resource. `pools` maps the pools that may run the pod to the
    resources of their GPUs; None if unknown, which counts as any."""
    if request is None or any(offered is None or request.resource in offered for offered in pools.values()):
        return
    resources = sorted({resource for offered in pools.values() for resource in offered or ()})
    allowed = f"what the GPUs of {', '.join(sorted(pools))} are offered as: {', '.join(resources) or 'none'}"
    fix = "request one of these, or change how the pool shares its GPUs"
    yield Problem(f"{path}.{request.field}", request.given, allowed, fix)
