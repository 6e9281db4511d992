"""Kueue flavors: one for each node pool that runs queued work, with the labels and taints of its nodes. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import floor

from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY
from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.own_machines import OwnMachineSpec
from falaj.components.core.node_pools.profiles import Taint, labels, taints
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.rules import node_traits
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.facts.machines import find
from falaj.facts.regions import REGIONS, Cloud

KARPENTER_LABELS = {
    Capacity.SPOT: {"karpenter.sh/capacity-type": "spot"},
    Capacity.ON_DEMAND: {"karpenter.sh/capacity-type": "on-demand"},
    # No label: a flavor with a capacity-type label would restrict Karpenter to that capacity type.
    Capacity.SPOT_FIRST: {},
}
"""Capacity -> node labels that Karpenter sets. Labels of node groups differ by cloud (`NodeTraits.group_labels`)."""


@dataclass(frozen=True)
class Amounts:
    """vCPUs, memory in GiB and whole GPUs."""

    cpu: Fraction = Fraction(0)
    memory_gib: Fraction = Fraction(0)
    gpus: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.cpu + other.cpu, self.memory_gib + other.memory_gib, self.gpus + other.gpus)

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.cpu - other.cpu, self.memory_gib - other.memory_gib, self.gpus - other.gpus)

    @property
    def quantities(self) -> dict[str, str]:
        """The Kubernetes quantities of the resources."""
        return {"cpu": amount(float(self.cpu)), "memory": gibibytes(float(self.memory_gib)), GPU: amount(self.gpus)}


class FlavorPriority(IntEnum):
    """The order in which Kueue tries flavors: prepaid machines first, then the cheaper capacity types."""

    PAID = 0
    SPOT = 1
    SPOT_FIRST = 2
    ON_DEMAND = 3


PRIORITIES = {
    Capacity.RESERVED: FlavorPriority.PAID,
    Capacity.CAPACITY_BLOCK: FlavorPriority.PAID,
    Capacity.SPOT: FlavorPriority.SPOT,
    Capacity.SPOT_FIRST: FlavorPriority.SPOT_FIRST,
    Capacity.ON_DEMAND: FlavorPriority.ON_DEMAND,
}


@dataclass(frozen=True)
class Size:
    """The resources of one machine. `gpus` counts GPU devices: a fraction of a GPU counts as one device."""

    name: str
    vcpu: int
    memory_gib: Fraction
    gpus: int

    @property
    def units(self) -> int:
        """Units in which quotas are counted: GPUs if the machine has any, otherwise vCPUs."""
        return self.gpus or self.vcpu


@dataclass(frozen=True)
class Flavor:
    """A Kueue flavor: the machines of one node pool, of one capacity type."""

    name: str
    pool: str
    capacity: Capacity
    priority: FlavorPriority
    tenant: str | None
    labels: Mapping[str, str]
    taints: tuple[Taint, ...]
    """Taints that a job itself must tolerate. They keep jobs without GPUs off GPU machines."""
    tolerated: tuple[Taint, ...]
    """Taints that the cloud adds to spot nodes, and the pool's own. Kueue adds the matching tolerations to the pods
    that it admits here."""
    sizes: tuple[Size, ...]
    nodes: int

    @property
    def has_gpus(self) -> bool:
        """Whether the units are GPUs; otherwise they are vCPUs."""
        return any(size.gpus for size in self.sizes)

    @property
    def max_units(self) -> int:
        """Units of the pool at its maximum size."""
        return self.nodes * max(size.units for size in self.sizes)

    @property
    def per_unit(self) -> Amounts:
        """The highest CPU and memory per unit of any machine in the pool."""
        cpu = max(Fraction(size.vcpu, size.units) for size in self.sizes)
        return Amounts(cpu, max(size.memory_gib / size.units for size in self.sizes), int(self.has_gpus))

    def amounts(self, units: int) -> Amounts:
        """Returns CPU, memory and GPUs of `units`, the first two rounded down to whole vCPUs and GiB."""
        unit = self.per_unit
        cpu, memory_gib = Fraction(floor(units * unit.cpu)), Fraction(floor(units * unit.memory_gib))
        return Amounts(cpu, memory_gib, units * unit.gpus)

    def resources(self, units: int) -> dict[str, str]:
        """Returns the Kubernetes quantities of `units`."""
        return self.amounts(units).quantities


class UnsizedPool(ValueError):
    """Raised if a machine's size or price is unknown, so that no quota can be computed. Has the fields of a
    `Problem`."""

    def __init__(self, path: str, given: object, allowed: str, fix: str) -> None:
        super().__init__(f"{path}: {allowed}")
        self.path, self.given, self.allowed, self.fix = path, given, allowed, fix


def flavors(
    pools: Mapping[str, NodePoolSpec],
    region: str | None,
    own_machines: Mapping[str, OwnMachineSpec],
    autoscaler: NodeAutoscaler,
) -> tuple[Flavor, ...]:
    """Returns the flavors of all pools for queued work, in the order in which Kueue tries them. Raises
    `UnsizedPool`."""
    queued = (
        _flavor(name, pool, region, own_machines, autoscaler) for name, pool in pools.items() if pool.profile in QUEUED
    )
    return tuple(sorted(queued, key=lambda flavor: (flavor.priority, list(pools).index(flavor.pool))))


def _flavor(
    name: str,
    pool: NodePoolSpec,
    region: str | None,
    own_machines: Mapping[str, OwnMachineSpec],
    autoscaler: NodeAutoscaler,
) -> Flavor:
    if pool.azure.gpu_partition is not None:
        allowed = "no GPU partition in a pool for queued work: queues count whole GPUs"
        raise UnsizedPool(
            f"pools.{name}.azure.gpu_partition",
            pool.azure.gpu_partition,
            allowed,
            "partition GPUs of inference pools only",
        )
    uses_own_machines = all(machine in own_machines for machine in pool.machines)
    sizes = tuple(_sizes(name, pool, region, own_machines))
    cloud = Cloud.ONPREM if uses_own_machines or region is None else REGIONS[region].cloud
    spot = pool.capacity in (Capacity.SPOT, Capacity.SPOT_FIRST)
    return Flavor(
        name=f"{name}-{pool.capacity.value}",
        pool=name,
        capacity=pool.capacity,
        # On-premises machines cost the same whether they are used or idle.
        priority=FlavorPriority.PAID if uses_own_machines else PRIORITIES[pool.capacity],
        tenant=pool.tenant,
        labels=labels(pool.profile, name, pool.capacity, pool.tenant) | _capacity_labels(cloud, pool, autoscaler),
        taints=taints(pool.profile, max(size.gpus for size in sizes), pool.tenant),
        tolerated=(*(node_traits(cloud).spot_taints if spot else ()), *(item.taint for item in pool.taints)),
        sizes=sizes,
        nodes=pool.max,
    )


def _capacity_labels(cloud: Cloud, pool: NodePoolSpec, autoscaler: NodeAutoscaler) -> dict[str, str]:
    if cloud is Cloud.ONPREM:
        return {}
    is_group = pool.capacity in NODE_GROUP_ONLY or pool.aws.interconnect
    if autoscaler is NodeAutoscaler.KARPENTER and not is_group:
        return KARPENTER_LABELS[pool.capacity]
    return dict(node_traits(cloud).group_labels.get(pool.capacity, {}))


def _sizes(
    name: str, pool: NodePoolSpec, region: str | None, own_machines: Mapping[str, OwnMachineSpec]
) -> Iterator[Size]:
    for index, machine in enumerate(pool.machines):
        if own_machine := own_machines.get(machine):
            yield Size(machine, own_machine.vcpu, Fraction(float(own_machine.memory_gib)), own_machine.gpus)
            continue
        catalogue_machine = find(region, machine) if region else None
        if catalogue_machine is None or catalogue_machine.vcpu is None or catalogue_machine.memory_gib is None:
            allowed = "a machine of the catalogue with a known size, or one of own_machines"
            raise UnsizedPool(f"pools.{name}.machines.{index}", machine, allowed, "choose another machine")
        yield Size(
            machine, catalogue_machine.vcpu, Fraction(catalogue_machine.memory_gib), catalogue_machine.gpu_devices
        )
