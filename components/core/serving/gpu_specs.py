"""GPUs of a served model."""

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.gpu_resources import GPU, MIG, SHARED_GPU, SLICES
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import Problem, refuse_if


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

    @model_validator(mode="after")
    def _is_shared_one_way(self) -> Self:
        problems: list[Problem] = []
        if self.mig_profile is not None and self.resource not in SLICES:
            slices = ", ".join(sorted(name.removeprefix(MIG) for name in SLICES))
            problems.append(
                Problem("mig_profile", self.mig_profile, slices, "choose a slice of a GPU that is offered in the UAE")
            )
        if self.time_sliced and self.mig_profile:
            problems.append(
                Problem("mig_profile", self.mig_profile, "either `mig_profile` or `time_sliced`", "remove one")
            )
        if self.time_sliced and self.count > 1:
            allowed = "1 where time_sliced is true: more time slices do not give more of a GPU"
            problems.append(Problem("count", self.count, allowed, "remove it"))
        refuse_if(problems)
        return self

    @property
    def resource(self) -> str:
        """Extended resource that the pod requests."""
        if self.mig_profile:
            return f"{MIG}{self.mig_profile}"
        return SHARED_GPU if self.time_sliced else GPU
