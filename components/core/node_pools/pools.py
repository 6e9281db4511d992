"""What every node pool must be, on whichever cloud."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Protocol, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from falaj.components.core.node_pools.gpu_sharing import CheckedSharedPool
from falaj.components.core.node_pools.machine_offers import refused_machine
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.tags import CostTags
from falaj.facts.machines import Machine, find, machines
from falaj.facts.regions import REGIONS, Cloud

AWS_OPTIONS = ("sleeps", "reservation", "interconnect")
AZURE_OPTIONS = ("gpu_partition", "deallocate", "spot_max_usd")

NODE_GROUP_ONLY = (Capacity.RESERVED, Capacity.CAPACITY_BLOCK)
"""Capacities that Karpenter is not asked for: what was paid in advance has a group of its own."""


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
    @property
    def sleeps(self) -> bool: ...
    @property
    def zone(self) -> str | None: ...
    @property
    def reservation(self) -> str | None: ...
    @property
    def interconnect(self) -> bool: ...
    @property
    def gpu_partition(self) -> str | None: ...
    @property
    def deallocate(self) -> bool: ...
    @property
    def spot_max_usd(self) -> float | None: ...


def pool_problems(region: str, pool: PoolLike) -> Iterator[Problem]:
    """What is wrong with a pool as a whole in a region of the UAE, with paths inside the pool."""
    yield from _machine_problems(region, pool)
    if pool.min > pool.max:
        yield Problem("min", pool.min, f"at most max ({pool.max})", "lower min or raise max")
    if pool.profile is Profile.SYSTEM and pool.capacity is not Capacity.ON_DEMAND:
        yield Problem("capacity", pool.capacity.value, "on-demand for profile system", "keep it running")
    if pool.profile is Profile.SYSTEM and pool.min < 1:
        yield Problem("min", pool.min, "1 or more for profile system", "keep it running")
    yield from _option_problems(region, pool)


def _option_problems(region: str, pool: PoolLike) -> Iterator[Problem]:
    cloud, zones = REGIONS[region].cloud, REGIONS[region].zones
    for option in AWS_OPTIONS if cloud is not Cloud.AWS else AZURE_OPTIONS:
        if given := getattr(pool, option):
            other = "AWS" if cloud is not Cloud.AWS else "Azure"
            yield Problem(option, given, f"nothing: only pools on {other} have it", "remove it")
    if pool.zone is not None and pool.zone not in zones:
        yield Problem("zone", pool.zone, ", ".join(zones) or f"nothing: {region} has no zones", "correct it")
    if pool.sleeps and pool.profile is Profile.SYSTEM:
        yield Problem("sleeps", True, "false for profile system", "let the whole site sleep instead")
    reserved = pool.capacity in NODE_GROUP_ONLY
    if reserved and cloud is not Cloud.AWS:
        yield Problem("capacity", pool.capacity.value, "spot, on-demand or spot-first on Azure", "choose one of these")
    elif reserved:
        for option in ("reservation", "zone"):
            if getattr(pool, option) is None:
                yield Problem(option, None, f"where capacity is {pool.capacity.value}", f"add `{option}`")
    elif pool.reservation is not None:
        yield Problem("reservation", pool.reservation, "capacity reserved or capacity-block", "change the capacity")
    known = [find(region, name) for name in pool.machines]
    if cloud is Cloud.AWS and pool.interconnect and not all(machine and machine.efa_interfaces for machine in known):
        allowed = f"with machines that have EFA interfaces: {', '.join(_efa_machines(region, known))}"
        yield Problem("interconnect", True, allowed, "choose one of these")
    if cloud is Cloud.AZURE:
        yield from _azure_problems(pool, known)


def _efa_machines(region: str, asked: Sequence[Machine | None]) -> list[str]:
    """Names of those with EFA interfaces; with GPUs or without, as what was asked for."""
    gpus = any(machine and machine.gpus for machine in asked)
    with_efa = [machine for machine in machines(region).values() if machine.efa_interfaces]
    return [machine.name for machine in with_efa if bool(machine.gpus) is gpus]


def _azure_problems(pool: PoolLike, known: Sequence[Machine | None]) -> Iterator[Problem]:
    if pool.spot_max_usd is not None and pool.capacity is not Capacity.SPOT:
        yield Problem("spot_max_usd", pool.spot_max_usd, "nothing unless capacity is spot", "remove it")
    if pool.deallocate and pool.capacity is Capacity.SPOT:
        allowed = "false for spot: a stopped spot machine holds quota and disk, and may never start again"
        yield Problem("deallocate", True, allowed, "remove it")
    if pool.gpu_partition and not all(machine and machine.mig for machine in known):
        yield Problem("gpu_partition", pool.gpu_partition, "on sizes with A100, H100 or H200", "choose such a size")


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


Reservation = Annotated[str, StringConstraints(pattern=r"^cr-[0-9a-f]{17}$")]
"""Id of a capacity reservation of EC2."""


def _five_decimals(price: float) -> float:
    if round(price, 5) != price:
        raise refusal("dollars with up to 5 decimals", "round it")
    return price


GpuPartition = Annotated[str, StringConstraints(pattern=r"^MIG[12347]g$")]
"""A MIG profile as AKS names it."""


SpotPrice = Annotated[float, Field(gt=0), AfterValidator(_five_decimals)]
"""Dollars an hour, with up to five decimals (AKS, spot node pools)."""


class CheckedPool(Checked):
    """The validated part of a node pool's arguments that both clouds share."""

    region: str
    profile: Profile
    machines: Annotated[tuple[str, ...], Field(min_length=1)]
    capacity: Capacity
    min: Annotated[int, Field(ge=0)]
    max: Annotated[int, Field(ge=1, le=1000)]
    disk_gib: Annotated[int, Field(ge=30, le=16384)] | None = None
    tenant: str | None = None
    sleeps: bool = False
    zone: str | None = None
    reservation: Reservation | None = None
    interconnect: bool = False
    gpu_partition: GpuPartition | None = None
    deallocate: bool = False
    spot_max_usd: SpotPrice | None = None
    sharing: CheckedSharedPool | None = None
    tags: CostTags

    @model_validator(mode="before")
    @classmethod
    def _is_shared_among_its_tenants(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or not isinstance(sharing := given.get("sharing"), Mapping):
            return given
        return {**given, "sharing": {"tenant": given.get("tenant"), **sharing}}

    @model_validator(mode="after")
    def _is_a_pool(self) -> Self:
        for problem in (*pool_problems(self.region, self), *self._sharing_problems()):
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given)
        return self

    def _sharing_problems(self) -> Iterator[Problem]:
        if self.sharing is None:
            return
        models = {machine.gpu_model or "no GPU" for machine in self.offered}
        if self.sharing.tenant != self.tenant:
            yield Problem("sharing.tenant", self.sharing.tenant, f"the pool's, {self.tenant}", "leave it out")
        if self.gpus < 1:
            yield Problem("sharing", sorted(models), "machines with whole GPUs", "choose such machines, or remove it")
        if self.sharing.slices and not all(machine.mig for machine in self.offered):
            yield Problem("sharing.slices", self.sharing.slices, "with A100, H100 or H200", "choose such machines")
        if self.sharing.slices and self.gpu_partition:
            yield Problem("sharing.slices", self.sharing.slices, "nothing where Azure splits GPUs", "say it once")

    @property
    def offered(self) -> tuple[Machine, ...]:
        """The machines' specifications."""
        return tuple(machine for name in self.machines if (machine := find(self.region, name)))

    @property
    def gpus(self) -> float:
        """GPUs of one machine of the pool; a fraction for a shared one, 0 for none."""
        return max((machine.gpus for machine in self.offered), default=0.0)

    @property
    def shared_labels(self) -> dict[str, str]:
        """Labels by which NVIDIA's operator shares the GPUs of the nodes; none where nobody shares them."""
        return self.sharing.node_labels if self.sharing else {}

    @property
    def root_disk_gib(self) -> int:
        """Size of the root disk: as asked for, else by the profile."""
        return self.disk_gib or TRAITS[self.profile].disk_gib
