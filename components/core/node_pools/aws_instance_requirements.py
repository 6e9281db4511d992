"""Machine types of a pool on AWS by requirement: families, generation, size. Pure.

The types are those of the package's machine catalogue, so that each has a known price, size and number of pods. A type
that AWS offers later is used once the catalogue lists it.
"""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.maxima import MOST_MEMORY_GIB
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.machine_names import family, is_burstable, traits
from falaj.facts.machines import Machine, machines
from falaj.facts.regions import Cloud, uae_regions

MIB = 1024

Family = Annotated[
    str, TextForm(r"^[a-z]+[0-9]+[a-z0-9]*(-flex|-[a-z0-9]+)*$", "an EC2 instance family", "m7g", max_length=30)
]
"""EC2 instance family: series, generation and features, such as `m7g`."""

Category = Annotated[str, TextForm(r"^[a-z]{1,4}$", "the letters of an EC2 series", "m", max_length=4)]
"""Category of EC2 instances: the letters at the beginning of the type's name, such as `c`, `m`, `r` or `g`."""


class IntegerRange(Spec):
    """A range, with both ends included."""

    least: int | None = Field(default=None, ge=0, le=MOST_MEMORY_GIB)
    """Smallest value; no limit if absent."""
    most: int | None = Field(default=None, ge=0, le=MOST_MEMORY_GIB)
    """Largest value; no limit if absent."""

    def _problems(self) -> Iterator[Problem]:
        if self.least is not None and self.most is not None and self.least > self.most:
            yield Problem("least", self.least, f"at most most ({self.most})", "lower least or raise most")

    def holds(self, value: float | None) -> bool:
        """Returns whether a value is in the range. An unknown value is in no range with an end."""
        if value is None:
            return self.least is None and self.most is None
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


class InstanceRequirements(Spec):
    """Requirements that the machine types of a pool meet, all at once."""

    families: Sequence[Family] = ()
    """Instance families, such as `m7g`; all families if empty."""
    categories: Sequence[Category] = ()
    """Categories of families, such as `c`, `m` and `r`; all categories if empty."""
    generation: int | None = Field(default=None, ge=1, le=20)
    """Oldest generation, such as 6; no limit if absent."""
    architecture: Annotated[str, TextForm(r"^(x86_64|arm64)$", "x86_64 or arm64", "arm64")] = "x86_64"
    """Architecture of the processors, `x86_64` (default) or `arm64`: all machines of a pool have the same."""
    vcpu: IntegerRange = IntegerRange()
    """Number of vCPUs."""
    memory_gib: IntegerRange = IntegerRange()
    """Memory in GiB."""
    gpus: IntegerRange = IntegerRange(most=0)
    """Number of GPUs; none by default."""
    burstable: bool = False
    """Whether types with burstable performance, such as `t3` and `m7i-flex`, are allowed. Default: false."""
    exclude: Sequence[str] = ()
    """Types that are not used, with `*` for any text, such as `*.metal`."""

    @model_validator(mode="after")
    def _select_something(self) -> Self:
        if not self.families and not self.categories:
            condition = "no `categories` are given"
            refuse_if([Problem.missing("families", condition, "name families, or categories such as c, m and r")])
        if not offered_types(self):
            fix = "widen a range, or name other families; `falaj machines` lists the types"
            refuse_if([Problem("families", [*self.families], "requirements that a type of the region meets", fix)])
        return self

    def meets(self, machine: Machine) -> bool:
        """Returns whether a machine meets the requirements."""
        name, parts = machine.name, traits(machine.name)
        return (
            (not self.families or family(name) in self.families)
            and (not self.categories or category(name) in self.categories)
            and (self.generation is None or parts.generation >= self.generation)
            and machine.arch == self.architecture
            and self.vcpu.holds(machine.vcpu)
            and self.memory_gib.holds(machine.memory_gib)
            and self.gpus.holds(machine.gpus)
            and (self.burstable or not is_burstable(name))
            and not any(fnmatchcase(name, pattern) for pattern in self.exclude)
        )


def category(name: str) -> str:
    """Returns the letters at the beginning of an EC2 type's name: `m` of `m7g.large`."""
    return name[: next((index for index, letter in enumerate(name) if letter.isdigit()), len(name))]


def offered_types(requirements: InstanceRequirements) -> list[str]:
    """Returns the types of AWS's regions in the UAE that meet the requirements and have a known price, the smallest
    first.

    A managed node group uses on-demand types in this order, and is replaced if its list changes: so the order follows
    sizes, which do not change, and not prices.
    """
    offered = {
        machine.name: machine
        for region in sorted(uae_regions(Cloud.AWS))
        for machine in machines(region).values()
        if machine.on_demand.usd_hour is not None and requirements.meets(machine)
    }
    return sorted(offered, key=lambda name: _size(offered[name]))


def _size(machine: Machine) -> tuple[float, int, float, str]:
    return machine.gpus, machine.vcpu or 0, machine.memory_gib or 0, machine.name


def karpenter_requirements(requirements: InstanceRequirements) -> Iterator[dict[str, Any]]:
    """Yields the requirements as those of a Karpenter NodePool (Karpenter, well-known labels).

    `Gt` and `Lt` exclude their ends. Memory is in MiB.
    """
    domain = "karpenter.k8s.aws"
    if requirements.families:
        yield _among(f"{domain}/instance-family", requirements.families)
    if requirements.categories:
        yield _among(f"{domain}/instance-category", requirements.categories)
    if requirements.generation is not None:
        yield _beyond(f"{domain}/instance-generation", "Gt", requirements.generation - 1)
    for key, limits, unit in (
        (f"{domain}/instance-cpu", requirements.vcpu, 1),
        (f"{domain}/instance-memory", requirements.memory_gib, MIB),
    ):
        if limits.least:
            yield _beyond(key, "Gt", limits.least * unit - 1)
        if limits.most is not None:
            yield _beyond(key, "Lt", limits.most * unit + 1)


def _among(key: str, values: Sequence[str]) -> dict[str, Any]:
    return {"key": key, "operator": "In", "values": [*values]}


def _beyond(key: str, operator: str, value: int) -> dict[str, Any]:
    return {"key": key, "operator": operator, "values": [str(value)]}
