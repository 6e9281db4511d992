"""Warns about machines of a pool that are larger than any of its pods needs, if a smaller machine costs less. Pure.

Karpenter minimises the number of machines for all pending pods, so it launches a large machine for several small pods:
for two pods of one GPU each it launched one g5.12xlarge with four GPUs, at 2.9 times the price (measured with Karpenter
1.13.0 and the prices of me-central-1).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from falaj.components.core.node_pools.cheapest_pool import SPOT_CAPACITIES, holds
from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.machines import Machine, find, machines

GPU_PROFILES = (Profile.TRAINING, Profile.INFERENCE_GPU)


@dataclass(frozen=True)
class PodRequest:
    """Resources that one pod of a run or service requests. A tenant's pods run in its own pools and in shared pools."""

    profile: Profile
    gpus: int
    cpu: float = 0
    memory_gib: float = 0
    tenant: str | None = None


def oversize_warnings(
    region: str, pools: Mapping[str, NodePoolSpec], requests: Sequence[PodRequest], aed_per_usd: Decimal
) -> list[str]:
    """Returns a warning for each oversized machine in the Karpenter pools of `region`, for pools that have requests."""
    warnings: list[str] = []
    for name, pool in pools.items():
        pods = [pod for pod in requests if _runs_in(pod, pool)]
        if pods and pool.profile in GPU_PROFILES and not is_group(pool):
            warnings += [f"pool {name}: {warning}" for warning in _too_large(region, pool, pods, aed_per_usd)]
    return warnings


def _runs_in(pod: PodRequest, pool: NodePoolSpec) -> bool:
    return pod.profile is pool.profile and pool.tenant in (None, pod.tenant)


def _too_large(region: str, pool: NodePoolSpec, pods: Sequence[PodRequest], aed_per_usd: Decimal) -> Iterator[str]:
    max_gpus = max(pod.gpus for pod in pods)
    for machine in filter(None, (find(region, name) for name in pool.machines)):
        cheaper = _cheaper(region, machine, pool, pods)
        if cheaper is None:
            continue
        smaller, aed, cheaper_aed = cheaper.machine, cheaper.replaced_usd * aed_per_usd, cheaper.usd * aed_per_usd
        yield (
            f"{machine.name} has {machine.gpus:g} GPUs but no pod requests more than {max_gpus}: Karpenter may launch "
            f"it for several pods at once, at AED {aed:.2f} an hour where {smaller.name} costs {cheaper_aed:.2f}, "
            f"{aed - cheaper_aed:.2f} less; remove it unless it is always full"
        )


@dataclass(frozen=True)
class _Cheaper:
    machine: Machine
    usd: Decimal
    replaced_usd: Decimal


def _cheaper(region: str, machine: Machine, pool: NodePoolSpec, pods: Sequence[PodRequest]) -> _Cheaper | None:
    """Returns the cheapest machine with fewer GPUs of the same model on which each single pod fits, or None."""
    candidates = [
        _Cheaper(smaller, *prices)
        for smaller in machines(region).values()
        if (smaller.gpu_model, smaller.arch) == (machine.gpu_model, machine.arch)
        and 0 < smaller.gpus < machine.gpus
        and all(_holds(region, smaller, pool, pod) for pod in pods)
        and (prices := _prices(smaller, machine, pool.capacity)) is not None
    ]
    return min(
        (candidate for candidate in candidates if candidate.usd < candidate.replaced_usd),
        key=lambda candidate: candidate.usd,
        default=None,
    )


def _holds(region: str, machine: Machine, pool: NodePoolSpec, pod: PodRequest) -> bool:
    return machine.gpus >= pod.gpus and holds(region, machine.name, pool, pod.cpu, pod.memory_gib)


def _prices(smaller: Machine, larger: Machine, capacity: Capacity) -> tuple[Decimal, Decimal] | None:
    """Returns USD per hour of both machines at the pool's preferred capacity type; spot only if both prices are
    known."""
    spot, on_demand = (smaller.spot, larger.spot), (smaller.on_demand, larger.on_demand)
    for smaller_price, larger_price in (spot, on_demand) if capacity in SPOT_CAPACITIES else (on_demand,):
        if smaller_price.usd_hour is not None and larger_price.usd_hour is not None:
            return smaller_price.usd_hour, larger_price.usd_hour
    return None
