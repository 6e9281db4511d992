"""What every node pool must be, on whichever cloud."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Protocol, Self

from pydantic import Field, model_validator

from components.core.offers import refused_machine
from components.core.problems import Problem, refusal
from components.core.profiles import TRAITS
from components.core.tags import CostTags
from components.core.validated import Checked
from components.core.words import Capacity, Profile
from falaj.facts.machines import Machine, find
from falaj.facts.regions import REGIONS, Cloud


class PoolLike(Protocol):
    """What the checks of a pool look at, wherever it was written."""

    @property
    def profile(self) -> Profile: ...
    @property
    def machines(self) -> Sequence[str]: ...
    @property
    def capacity(self) -> Capacity: ...
    @property
    def min(self) -> int: ...
    @property
    def max(self) -> int: ...


def pool_problems(region: str, pool: PoolLike) -> Iterator[Problem]:
    """What is wrong with a pool as a whole in a region of the UAE, with paths inside the pool."""
    yield from _machine_problems(region, pool)
    if pool.min > pool.max:
        yield Problem("min", pool.min, f"at most max ({pool.max})", "lower min or raise max")
    if pool.profile is Profile.SYSTEM and pool.capacity is not Capacity.ON_DEMAND:
        yield Problem("capacity", pool.capacity.value, "on-demand for profile system", "keep it running")
    if pool.profile is Profile.SYSTEM and pool.min < 1:
        yield Problem("min", pool.min, "1 or more for profile system", "keep it running")


def _machine_problems(region: str, pool: PoolLike) -> Iterator[Problem]:
    names, cloud = list(pool.machines), REGIONS[region].cloud
    if cloud is Cloud.AZURE and len(names) != 1:
        yield Problem("machines", names, "one VM size (an AKS pool has one)", "make a pool for each size")
    if cloud is Cloud.AWS and pool.capacity is Capacity.SPOT and len(names) < 2:
        fix = "add a type of the same size: more kinds are interrupted less"
        yield Problem("machines", names, "two types or more for spot", fix)
    for index, name in enumerate(names):
        if refused := refused_machine(region, name):
            yield replace(refused, path=f"machines.{index}")
    known = [machine for name in names if (machine := find(region, name))]
    if len({machine.arch for machine in known}) > 1:
        yield Problem("machines", names, "machines of one architecture", "make a pool for each")
    if len({machine.gpus > 0 for machine in known}) > 1:
        yield Problem("machines", names, "machines that all have a GPU, or none", "make two pools")


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
        for problem in pool_problems(self.region, self):
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given)
        return self

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
