"""The nodes that a pool can start: machine types and ways to buy them, with what pods can request of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from falaj.facts.clouds import CLOUDS
from falaj.facts.gpus import MIG_PROFILES
from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.machine_capacity import machine_capacity
from falaj.facts.machines import Machine, find
from falaj.facts.node_capacity import KEPT_STORAGE
from falaj.facts.prices import Capacity
from falaj.facts.regions import REGIONS
from falaj.finops.karpenter_types import common_labels
from falaj.finops.plan import Planned
from falaj.finops.pool_prices import hourly_price
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.placement import CAPACITY_KEY, MIG_CONFIG, Labels, Placement, Precedence, Taint
from falaj.finops.work.requests import CPU, MEMORY, PODS, STORAGE, most_of

GPU, SHARED_GPU, MIG = "nvidia.com/gpu", "nvidia.com/gpu.shared", "nvidia.com/mig-"
AMD_GPU = "amd.com/gpu"
_PLUGIN_CONFIG = "nvidia.com/device-plugin.config"
"""Label with the configuration of NVIDIA's device plugin; that of N time slices ends with `-N`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A node that a pool can start. `usd_hour` is expected, None without a known price; `least_usd` is what an hour
    costs at least, 0 if nothing is known."""

    machine: str
    capacity: Capacity
    amounts: Mapping[str, int]
    labels: Labels
    usd_hour: Decimal | None
    least_usd: Decimal

    @property
    def rank(self) -> tuple[bool, Decimal, int, str]:
        """Order of preference: the cheapest first, those without a price last, smaller before larger."""
        return self.usd_hour is None, self.usd_hour or Decimal(0), self.amounts[CPU], self.machine


@dataclass(frozen=True, slots=True)
class Supply:
    """The nodes of one pool. `name` tells apart the pools of one resource. `min_nodes` always run; `max_nodes` is None
    without a limit. `precedence` is that of a pool of Karpenter, None for pools of other autoscalers. `substitutes`
    start only while the cloud has none of the `choices`. `unsized` are the labels of types whose size is unknown.
    `zones` are those of its nodes, if known.
    """

    urn: str
    name: str
    site: str
    choices: tuple[Choice, ...]
    taints: tuple[Taint, ...]
    min_nodes: int
    max_nodes: int | None
    precedence: Precedence | None = None
    substitutes: tuple[Choice, ...] = ()
    unsized: tuple[Labels, ...] = ()
    zones: tuple[str, ...] = ()
    _allowed: dict[str, tuple[Choice, ...]] = field(default_factory=dict[str, tuple[Choice, ...]], compare=False)

    def with_substitutes(self) -> "Supply":
        """Returns the pool with all types of known size that it may ever start."""
        if not self.substitutes:
            return self
        return replace(self, choices=self.choices + self.substitutes, substitutes=(), _allowed={})

    def may_take(self, placement: Placement) -> bool:
        """Returns whether pods with these conditions may run on a node of unknown size."""
        return any(placement.allows(labels, self.taints) for labels in self.unsized)

    def allowed(self, placement: Placement) -> tuple[Choice, ...]:
        """Returns the choices on which pods with these conditions may run."""
        if (found := self._allowed.get(placement.key)) is None:
            found = tuple(choice for choice in self.choices if placement.allows(choice.labels, self.taints))
            self._allowed[placement.key] = found
        return found


def supply(context: PricingContext, item: Planned, pool: PricedPool) -> Supply:
    """Returns the nodes of a pool, without choices if the size of none of its machine types is known."""
    region = context.region(item)
    choices = [
        _choice(context, pool, machine, capacity, amounts)
        for name in pool.machines
        if (machine := find(region, name)) and (amounts := _amounts(pool, machine)) is not None
        for capacity in pool.capacities
    ]
    sized = {choice.machine for choice in choices}
    first = {choices[0].machine} if pool.in_order and choices else sized
    return Supply(
        urn=item.urn,
        name=pool.identity,
        site=context.site(item),
        choices=_ranked(choice for choice in choices if choice.machine in first),
        taints=tuple(pool.taints),
        min_nodes=pool.min_nodes,
        max_nodes=pool.max_nodes,
        precedence=pool.precedence,
        substitutes=_ranked(choice for choice in choices if choice.machine not in first),
        unsized=tuple(
            labels for name in pool.machines if name not in sized for labels in _labels_of_unsized(pool, region, name)
        ),
        zones=tuple(pool.zones),
    )


def largest(choices: Iterable[Choice]) -> dict[str, int]:
    """Returns the most that any of these nodes has of each resource."""
    return most_of(choice.amounts for choice in choices)


def _choice(
    context: PricingContext, pool: PricedPool, machine: Machine, capacity: Capacity, amounts: Mapping[str, int]
) -> Choice:
    cost = hourly_price(context.prices, machine.region, machine.name, [capacity], pool.spot_limit)
    return Choice(
        machine.name, capacity, amounts, _labels(pool, machine, capacity), usd_hour=cost.price.usd, least_usd=cost.least
    )


def _ranked(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice.rank))


def _amounts(pool: PricedPool, machine: Machine) -> dict[str, int] | None:
    """Returns what pods can request of a machine; None if its size is unknown."""
    cloud = CLOUDS[REGIONS[machine.region].cloud]
    capacity = machine_capacity(machine, pool.max_pods)
    if capacity is None:
        return None
    return {
        CPU: capacity.cpu_m,
        MEMORY: capacity.memory_mib * 1024 * 1024,
        STORAGE: _storage(pool.storage_gib, cloud.reserved_storage_gib),
        PODS: pool.max_pods or machine.max_pods or cloud.node_pods,
        **_devices(pool, machine),
    }


def _storage(disk_gib: Decimal | None, reserved_gib: int) -> int:
    """Returns the bytes that pods can request of a node's disk: of one of unknown size, any number."""
    return 2**63 if disk_gib is None else int(((1 - KEPT_STORAGE) * disk_gib - reserved_gib) * 1024**3)


_OS = "kubernetes.io/os"


def _devices(pool: PricedPool, machine: Machine) -> dict[str, int]:
    """Returns the devices that the machine's GPUs are offered as: whole, MIG slices or time slices."""
    if not machine.gpus:
        return {}
    gpus = machine.gpu_devices
    if machine.gpu_model == "MI300X":
        return {AMD_GPU: gpus}
    if profile := _one(pool.labels, MIG_CONFIG).removeprefix("all-"):
        return {f"{MIG}{profile}": gpus * MIG_PROFILES.get(profile, 0)}
    slices = _one(pool.labels, _PLUGIN_CONFIG).rpartition("-")[2]
    return {SHARED_GPU: gpus * int(slices)} if slices.isdecimal() else {GPU: gpus}


def _one(labels: Mapping[str, Sequence[str]], key: str) -> str:
    return next(iter(labels.get(key, ())), "")


def _labels(pool: PricedPool, machine: Machine, capacity: Capacity) -> Labels:
    by_type = {**pool.machine_labels(machine), **common_labels(machine)}
    known = {key: (value,) for key, value in by_type.items() if value is not None}
    own = {_OS: (pool.licence.lower(),)} if pool.licence else {}
    own |= {CAPACITY_KEY: (capacity,)} if CAPACITY_KEY in pool.labels else {}
    return _sets({PROFILE_LABEL: (pool.profile,), **pool.labels, **known, **own})


def _labels_of_unsized(pool: PricedPool, region: str, name: str) -> Iterable[Labels]:
    """Yields the labels that a node of a type may have which is of unknown size."""
    if machine := find(region, name):
        yield from (_labels(pool, machine, capacity) for capacity in pool.capacities)
        return
    known = {_OS: (pool.licence.lower() or "linux",), "kubernetes.io/arch": ("amd64", "arm64"), **pool.labels}
    yield _sets({PROFILE_LABEL: (pool.profile,), **known, "node.kubernetes.io/instance-type": (name,)})


def _sets(labels: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in labels.items()}
