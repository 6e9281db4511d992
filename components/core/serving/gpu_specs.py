"""GPUs of a served model."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from falaj.components.core.node_pools.gpu_resources import GPU, MIG, SHARED_GPU, SLICES
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import Problem


class GpuSpec(Spec):
    """GPUs of one replica: whole GPUs, MIG slices, or one time-sliced GPU."""

    moved_keys: ClassVar[Mapping[str, str]] = {"mig": "mig_profile"}

    count: int = Field(default=1, ge=1, le=8)
    """Number of GPUs or MIG slices; must be 1 with `time_sliced`."""
    mig_profile: str | None = None
    """MIG profile of the slices, such as `1g.10gb`; whole GPUs if absent. Memory and faults of slices are isolated, so
    tenants may share a GPU."""
    time_sliced: bool = False
    """Whether the GPU is time-sliced with other services of the same tenant, which share its memory and faults."""

    def _problems(self) -> Iterator[Problem]:
        if self.mig_profile is not None and self.resource not in SLICES:
            slices = ", ".join(sorted(name.removeprefix(MIG) for name in SLICES))
            yield Problem("mig_profile", self.mig_profile, slices, "choose a slice of a GPU that is offered in the UAE")
        if self.time_sliced and self.mig_profile:
            yield Problem("mig_profile", self.mig_profile, "either `mig_profile` or `time_sliced`", "remove one")
        if self.time_sliced and self.count > 1:
            allowed = "1 where time_sliced is true: more time slices do not give more of a GPU"
            yield Problem("count", self.count, allowed, "remove it")

    @property
    def resource(self) -> str:
        """Extended resource that the pod requests."""
        if self.mig_profile:
            return f"{MIG}{self.mig_profile}"
        return SHARED_GPU if self.time_sliced else GPU
