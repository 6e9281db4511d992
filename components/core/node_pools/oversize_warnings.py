"""Machines of a pool that are larger than anything that runs there, although a smaller one costs less. Pure.

Karpenter looks for the fewest machines that hold all pods which wait, so it takes a large one for several small pods at
once: for two pods of one GPU each it launched one g5.12xlarge with four, at 2.9 times the price (measured, Karpenter
1.13.0 and the prices of me-central-1).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from falaj.components.core.node_pools.cheapest_pool import ON_SPOT, holds
from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.machines import Machine, find, machines

GPU_PROFILES = (Profile.TRAINING, Profile.INFERENCE_GPU)


@dataclass(frozen=True)
class PodRequest:
    """What one pod of a run or of a service asks for; a tenant's runs in its own pools and in those of everybody."""

    profile: Profile
    gpus: int
    cpu: float = 0
    memory_gib: float = 0
    tenant: str | None = None


def oversize_warnings(
    region: str, pools: Mapping[str, NodePoolSpec], asked: Sequence[PodRequest], aed_per_usd: Decimal
) -> list[str]:
    """A line for each machine that pools of Karpenter in `region` had better not offer; none where nothing is asked."""
    found: list[str] = []
    for name, pool in pools.items():
        pods = [pod for pod in asked if _runs_in(pod, pool)]
        if pods and pool.profile in GPU_PROFILES and not is_group(pool):
            found += [f"pool {name}: {warning}" for warning in _too_large(region, pool, pods, aed_per_usd)]
    return found


def _runs_in(pod: PodRequest, pool: NodePoolSpec) -> bool:
    return pod.profile is pool.profile and pool.tenant in (None, pod.tenant)


def _too_large(region: str, pool: NodePoolSpec, pods: Sequence[PodRequest], aed_per_usd: Decimal) -> Iterator[str]:
    most = max(pod.gpus for pod in pods)
    for machine in filter(None, (find(region, name) for name in pool.machines)):
        cheaper = _cheaper(region, machine, pool.capacity, pods)
        if cheaper is None:
            continue
        smaller, dear, cheap = cheaper.machine, cheaper.instead_of * aed_per_usd, cheaper.usd * aed_per_usd
        yield (
            f"{machine.name} has {machine.gpus:g} GPUs and no pod asks for more than {most}: Karpenter takes it for "
            f"several pods at once, at AED {dear:.2f} an hour where {smaller.name} costs {cheap:.2f}, "
            f"{dear - cheap:.2f} less; leave it out unless it is always full"
        )


@dataclass(frozen=True)
class _Cheaper:
    machine: Machine
    usd: Decimal
    instead_of: Decimal


def _cheaper(region: str, machine: Machine, capacity: Capacity, pods: Sequence[PodRequest]) -> _Cheaper | None:
    """The cheapest machine with fewer of the same GPUs that holds every one of the pods, one at a time."""
    found = [
        _Cheaper(other, *prices)
        for other in machines(region).values()
        if (other.gpu_model, other.arch) == (machine.gpu_model, machine.arch)
        and 0 < other.gpus < machine.gpus
        and all(_holds(other, pod) for pod in pods)
        and (prices := _prices(other, machine, capacity)) is not None
    ]
    return min((one for one in found if one.usd < one.instead_of), key=lambda one: one.usd, default=None)


def _holds(machine: Machine, pod: PodRequest) -> bool:
    return machine.gpus >= pod.gpus and holds(machine.vcpu, machine.memory_gib, pod.cpu, pod.memory_gib)


def _prices(one: Machine, other: Machine, capacity: Capacity) -> tuple[Decimal, Decimal] | None:
    """Dollars an hour of both, as the pool hopes to buy them; of spot only where both are known."""
    spot, on_demand = (one.spot, other.spot), (one.on_demand, other.on_demand)
    for mine, others in (spot, on_demand) if capacity in ON_SPOT else (on_demand,):
        if mine.usd_hour is not None and others.usd_hour is not None:
            return mine.usd_hour, others.usd_hour
    return None
