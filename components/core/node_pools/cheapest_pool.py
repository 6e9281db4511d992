"""Which of a site's node pools serves a replica for the least money, by the catalogue's prices. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.machines import Machine, Price, find

KUBERNETES_ARCH = {"x86_64": "amd64", "arm64": "arm64"}
"""Architectures of the catalogue -> as nodes are labelled."""

ON_SPOT = (Capacity.SPOT, Capacity.SPOT_FIRST)

SYSTEM_CPU, SYSTEM_MEMORY = 0.5, 0.8
"""What a node keeps of its processors (number) and leaves of its memory (share) for pods: agents, kubelet, reserve."""


@dataclass(frozen=True)
class PoolChoice:
    """A pool, the machine of it that was compared, and the price per vCPU and hour that decided."""

    pool: str
    machine: Machine
    usd_per_vcpu_hour: Decimal

    def __str__(self) -> str:
        return f"{self.machine.name} of pool {self.pool}, {self.usd_per_vcpu_hour:.4f} USD a vCPU and hour"


def cheapest_pool(
    region: str,
    pools: Mapping[str, NodePoolSpec],
    cpu: float,
    memory_gib: float,
    architectures: Sequence[str],
    on_spot: bool,
) -> PoolChoice | None:
    """The pool of profile inference-cpu with the cheapest vCPU on which a replica fits; None where there is none.

    A machine without a price is passed over: what nobody knows the price of is not cheap. Spot pools count only where
    the replica may be interrupted. Of equal prices the first in the alphabet is taken, so that plans do not waver.
    """
    choices = [
        PoolChoice(name, machine, per_vcpu)
        for name, pool in sorted(pools.items())
        if pool.profile is Profile.INFERENCE_CPU and (on_spot or pool.capacity is not Capacity.SPOT)
        for machine in _fitting(region, pool, cpu, memory_gib, architectures)
        if (per_vcpu := _per_vcpu(machine, on_spot and pool.capacity in ON_SPOT)) is not None
    ]
    return min(choices, key=lambda choice: choice.usd_per_vcpu_hour, default=None)


def _fitting(
    region: str, pool: NodePoolSpec, cpu: float, memory_gib: float, architectures: Sequence[str]
) -> list[Machine]:
    offered = [machine for name in pool.machines if (machine := find(region, name))]
    return [
        machine
        for machine in offered
        if KUBERNETES_ARCH[machine.arch] in architectures and holds(machine.vcpu, machine.memory_gib, cpu, memory_gib)
    ]


def holds(vcpu: float | None, gib: float | None, cpu: float, memory_gib: float) -> bool:
    """Whether a pod that asks for `cpu` and `memory_gib` fits on a machine of a size, beside what every node runs; no,
    where no source says how large it is."""
    if vcpu is None or gib is None:
        return False
    return vcpu - SYSTEM_CPU >= cpu and gib * SYSTEM_MEMORY >= memory_gib


def _per_vcpu(machine: Machine, on_spot: bool) -> Decimal | None:
    price: Price = machine.spot if on_spot else machine.on_demand
    if price.usd_hour is None or not machine.vcpu:
        return None
    return price.usd_hour / machine.vcpu
