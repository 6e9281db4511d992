"""What a queue calls the machines of a pool: a Kueue flavor, with the labels and taints that its nodes have. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import ceil, floor

from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY
from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, AKS_SPOT_TAINT, Taint, labels, taints
from falaj.components.core.tenancy.queue_specs import QUEUED, OwnMachine, QueuedPool
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.facts.machines import find
from falaj.facts.regions import REGIONS, Cloud

KARPENTER_LABELS = {
    Capacity.SPOT: {"karpenter.sh/capacity-type": "spot"},
    Capacity.ON_DEMAND: {"karpenter.sh/capacity-type": "on-demand"},
    # Either: a flavor that named one would keep Karpenter from taking the other.
    Capacity.SPOT_FIRST: {},
}
GROUP_LABELS = {
    Capacity.SPOT: {"eks.amazonaws.com/capacityType": "SPOT"},
    Capacity.ON_DEMAND: {"eks.amazonaws.com/capacityType": "ON_DEMAND"},
    Capacity.RESERVED: {"eks.amazonaws.com/capacityType": "ON_DEMAND"},
    Capacity.CAPACITY_BLOCK: {"eks.amazonaws.com/capacityType": "CAPACITY_BLOCK"},
}
AGENT_POOL_LABELS = {Capacity.SPOT: {AKS_SPOT_LABEL: "spot"}, Capacity.ON_DEMAND: {}}
"""Who makes the nodes -> how the machine was bought, as the label that these nodes get by themselves."""


class Turn(IntEnum):
    """In which order flavors are tried: what is paid anyway, then what is cheap, then the rest."""

    PAID = 0
    SPOT = 1
    SPOT_FIRST = 2
    ON_DEMAND = 3


TURNS = {
    Capacity.RESERVED: Turn.PAID,
    Capacity.CAPACITY_BLOCK: Turn.PAID,
    Capacity.SPOT: Turn.SPOT,
    Capacity.SPOT_FIRST: Turn.SPOT_FIRST,
    Capacity.ON_DEMAND: Turn.ON_DEMAND,
}


@dataclass(frozen=True)
class Size:
    """A machine as pods see it. `gpus` are devices: a share of a GPU is one too."""

    name: str
    vcpu: int
    memory_gib: Fraction
    gpus: int

    @property
    def units(self) -> int:
        """What is counted of it: GPUs where it has some, else processors."""
        return self.gpus or self.vcpu


@dataclass(frozen=True)
class Flavor:
    """One way to run: the machines of a pool, bought one way."""

    name: str
    pool: str
    capacity: Capacity
    turn: Turn
    tenant: str | None
    labels: Mapping[str, str]
    taints: tuple[Taint, ...]
    """What keeps others off: work must tolerate them by itself, so that none without GPUs goes to machines with."""
    tolerated: tuple[Taint, ...]
    """What the cloud adds to spot nodes: pods that are admitted here tolerate it without asking."""
    sizes: tuple[Size, ...]
    nodes: int

    @property
    def has_gpus(self) -> bool:
        """Whether it is counted in GPUs; in processors else."""
        return any(size.gpus for size in self.sizes)

    @property
    def most(self) -> int:
        """Units that the pool has at its largest."""
        return self.nodes * max(size.units for size in self.sizes)

    def resources(self, units: int) -> dict[str, str]:
        """Quantities that `units` bring along on the roomiest machine of the pool, as Kubernetes writes them."""
        cpu = max(Fraction(size.vcpu, size.units) for size in self.sizes)
        memory = max(size.memory_gib / size.units for size in self.sizes)
        gpus = units if self.has_gpus else 0
        return {"cpu": amount(floor(units * cpu)), "memory": gibibytes(floor(units * memory)), GPU: amount(gpus)}


class Unsized(ValueError):
    """A pool of which queues cannot say what it has; says where, and what is allowed."""

    def __init__(self, path: str, given: object, allowed: str, fix: str) -> None:
        super().__init__(f"{path}: {allowed}")
        self.path, self.given, self.allowed, self.fix = path, given, allowed, fix


def flavors(
    pools: Mapping[str, QueuedPool],
    region: str | None,
    own_machines: Mapping[str, OwnMachine],
    autoscaler: NodeAutoscaler,
) -> tuple[Flavor, ...]:
    """The flavors of all pools whose work is queued, in the order in which they are tried. Raises `Unsized`."""
    found = (
        _flavor(name, pool, region, own_machines, autoscaler) for name, pool in pools.items() if pool.profile in QUEUED
    )
    return tuple(sorted(found, key=lambda flavor: (flavor.turn, list(pools).index(flavor.pool))))


def _flavor(
    name: str,
    pool: QueuedPool,
    region: str | None,
    own_machines: Mapping[str, OwnMachine],
    autoscaler: NodeAutoscaler,
) -> Flavor:
    if pool.gpu_partition is not None:
        allowed = "nothing where work is queued: a queue counts whole GPUs"
        raise Unsized(f"pools.{name}.gpu_partition", pool.gpu_partition, allowed, "split GPUs that serve")
    own = all(machine in own_machines for machine in pool.machines)
    sizes = tuple(_sizes(name, pool, region, own_machines))
    cloud = Cloud.ONPREM if own or region is None else REGIONS[region].cloud
    spot = pool.capacity in (Capacity.SPOT, Capacity.SPOT_FIRST) and cloud is Cloud.AZURE
    return Flavor(
        name=f"{name}-{pool.capacity.value}",
        pool=name,
        capacity=pool.capacity,
        # Machines of one's own are paid whether they work or not.
        turn=Turn.PAID if own else TURNS[pool.capacity],
        tenant=pool.tenant,
        labels=labels(pool.profile, name, pool.capacity, pool.tenant) | _bought(cloud, pool, autoscaler),
        taints=taints(pool.profile, max(size.gpus for size in sizes)),
        tolerated=(AKS_SPOT_TAINT,) if spot else (),
        sizes=sizes,
        nodes=pool.max,
    )


def _bought(cloud: Cloud, pool: QueuedPool, autoscaler: NodeAutoscaler) -> dict[str, str]:
    if cloud is Cloud.ONPREM:
        return {}
    is_group = pool.capacity in NODE_GROUP_ONLY or pool.interconnect
    if autoscaler is NodeAutoscaler.KARPENTER and not is_group:
        return KARPENTER_LABELS[pool.capacity]
    return (GROUP_LABELS if cloud is Cloud.AWS else AGENT_POOL_LABELS)[pool.capacity]


def _sizes(name: str, pool: QueuedPool, region: str | None, own: Mapping[str, OwnMachine]) -> Iterator[Size]:
    for index, machine in enumerate(pool.machines):
        if mine := own.get(machine):
            yield Size(machine, mine.vcpu, Fraction(mine.memory_gib), mine.gpus)
            continue
        known = find(region, machine) if region else None
        if known is None or known.vcpu is None or known.memory_gib is None:
            allowed = "a machine of the catalogue whose size is known, or one of own_machines"
            raise Unsized(f"pools.{name}.machines.{index}", machine, allowed, "choose another")
        yield Size(machine, known.vcpu, Fraction(known.memory_gib), ceil(known.gpus))
