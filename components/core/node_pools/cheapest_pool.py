"""Chooses the cheapest of a site's node pools for an inference replica, by the catalogue's prices. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import allocatable
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.machines import Machine, Price, find

KUBERNETES_ARCH = {"x86_64": "amd64", "arm64": "arm64"}
"""Architecture in the catalogue -> value of the node label `kubernetes.io/arch`."""

SPOT_CAPACITIES = (Capacity.SPOT, Capacity.SPOT_FIRST)


@dataclass(frozen=True)
class PoolChoice:
    """A pool, its cheapest machine, and the price of that machine in USD per vCPU and hour."""

    pool: str
    machine: Machine
    usd_per_vcpu_hour: Decimal

    def __str__(self) -> str:
        return f"{self.machine.name} of pool {self.pool}, {self.usd_per_vcpu_hour:.4f} USD per vCPU and hour"


def cheapest_pool(
    region: str,
    pools: Mapping[str, NodePoolSpec],
    cpu: float,
    memory_gib: float,
    architectures: Sequence[str],
    on_spot: bool,
) -> PoolChoice | None:
    """Returns the pool of profile `inference-cpu` with the lowest price per vCPU on which a replica fits, or None.

    Ignores machines without a known price, and spot pools unless `on_spot` says that the replica may be interrupted. At
    equal prices, returns the first pool in alphabetical order, so that plans are stable.
    """
    choices = [
        PoolChoice(name, machine, per_vcpu)
        for name, pool in sorted(pools.items())
        if pool.profile is Profile.INFERENCE_CPU and (on_spot or pool.capacity is not Capacity.SPOT)
        for machine in _fitting(region, pool, cpu, memory_gib, architectures)
        if (per_vcpu := _per_vcpu(machine, on_spot and pool.capacity in SPOT_CAPACITIES)) is not None
    ]
    return min(choices, key=lambda choice: choice.usd_per_vcpu_hour, default=None)


def _fitting(
    region: str, pool: NodePoolSpec, cpu: float, memory_gib: float, architectures: Sequence[str]
) -> list[Machine]:
    offered = [machine for name in pool.machines if (machine := find(region, name))]
    return [
        machine
        for machine in offered
        if KUBERNETES_ARCH[machine.arch] in architectures and holds(region, machine.name, pool, cpu, memory_gib)
    ]


def holds(region: str, machine: str, pool: NodePoolSpec, cpu: float, memory_gib: float) -> bool:
    """Returns whether a pod that requests `cpu` vCPUs and `memory_gib` fits on a pool's machine, next to the node's own
    agents.

    Returns False if the size of the machine is unknown.
    """
    room = allocatable(region, machine, pool)
    return room is not None and room.cpu_m >= cpu * 1000 and room.memory_mib >= memory_gib * 1024


def _per_vcpu(machine: Machine, on_spot: bool) -> Decimal | None:
    price: Price = machine.spot if on_spot else machine.on_demand
    if price.usd_hour is None or not machine.vcpu:
        return None
    return price.usd_hour / machine.vcpu
