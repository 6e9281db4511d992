"""What every node pool must be, on whichever cloud."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from components.core.offers import refused_machine
from components.core.problems import refusal
from components.core.profiles import TRAITS
from components.core.tags import CostTags
from components.core.validated import Checked
from components.core.words import Capacity, Profile
from falaj.facts.machines import Machine, find


class CheckedPool(Checked):
    """The validated part of a node pool's arguments that both clouds share."""

    region: str
    profile: Profile
    machines: Annotated[tuple[str, ...], Field(min_length=1)]
    capacity: Capacity
    min: Annotated[int, Field(ge=0)]
    max: Annotated[int, Field(ge=1, le=1000)]
    disk_gib: Annotated[int, Field(ge=30, le=16384)] | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _is_a_pool(self) -> Self:
        for problem in self.refusals():
            raise problem
        return self

    def refusals(self) -> Iterator[PydanticCustomError]:
        """What is wrong with the pool as a whole, worst first. A cloud adds its own."""
        for index, machine in enumerate(self.machines):
            if refused := refused_machine(self.region, machine):
                yield refusal(refused.allowed, refused.fix, f"machines.{index}", machine)
        if len({machine.arch for machine in self.offered}) > 1:
            given = list(self.machines)
            yield refusal("machines of one architecture", "make a pool for each", "machines", given)
        if len({machine.gpus > 0 for machine in self.offered}) > 1:
            given = list(self.machines)
            yield refusal("machines that all have a GPU, or none", "make two pools", "machines", given)
        if self.min > self.max:
            yield refusal(f"at most max ({self.max})", "lower min or raise max", "min", self.min)
        if self.profile is Profile.SYSTEM and self.capacity is not Capacity.ON_DEMAND:
            yield refusal("on-demand for profile system", "keep it running", "capacity", self.capacity.value)
        if self.profile is Profile.SYSTEM and self.min < 1:
            yield refusal("1 or more for profile system", "keep it running", "min", self.min)

    @property
    def offered(self) -> tuple[Machine, ...]:
        """The machines' specifications."""
        return tuple(machine for name in self.machines if (machine := find(self.region, name)))

    @property
    def gpus(self) -> float:
        """GPUs of one machine of the pool; a fraction for a shared one, 0 for none."""
        return max((machine.gpus for machine in self.offered), default=0.0)

    @property
    def root_disk_gib(self) -> int:
        """Size of the root disk: as asked for, else by the profile."""
        return self.disk_gib or TRAITS[self.profile].disk_gib
