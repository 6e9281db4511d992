"""On machines with how many GPUs the pods of a run should be. Pure.

Karpenter packs pods that wait at the same time on as few machines as it can, and then takes the cheapest type for each:
four pods with a GPU each get one machine with four GPUs. On spot that may cost more than four machines with one GPU, as
in `prod-uae`, and it stays until the last of the four ends (docs/defaults.md). So pods go to machines with exactly as
many GPUs as they ask for, where a pool states it (`aws.exact_gpus`) and has enough types of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import allocatable
from falaj.facts.machines import Machine, find

LEAST_TYPES = 2
"""Machine types with as many GPUs as a pod that a pool must have: with fewer, a shortage of one would stop runs that a
larger machine could take. Own choice."""


@dataclass(frozen=True, slots=True)
class PodsInPool:
    """The pods of a run in a pool on which they fit."""

    gpus: int
    """GPUs of a pod."""
    pods: int
    """Pods that run at once."""
    is_exact: bool
    """Whether the pool states `exact_gpus`."""
    max_nodes: int
    types: int
    """Machine types of the pool with exactly as many GPUs as a pod, on which a pod fits."""


def take_exact_machines(pools: Sequence[PodsInPool]) -> bool:
    """Returns whether the pods of a run go to machines with exactly as many GPUs as they ask for.

    `pools` are all on which they may run. The simulation calls this with the pods of its jobs.
    """
    return bool(pools) and all(
        pool.gpus > 0 and pool.is_exact and pool.pods <= pool.max_nodes and pool.types >= LEAST_TYPES for pool in pools
    )


def machine_gpus(
    gpus: int,
    cpu: float,
    memory_gib: float,
    pools: Mapping[str, NodePoolSpec],
    region: str,
    nodes: int = 1,
) -> int | None:
    """Returns the number of GPUs that a run's machines should have; None if any will do.

    `gpus`, `cpu` and `memory_gib` are those of a pod, `nodes` is the number of pods that run at once, and `pools` are
    all that are open to it. Any will do without GPUs, and where a pool on which the pod fits does not state
    `exact_gpus`, has fewer nodes than that, machines of several processor architectures, or fewer than `LEAST_TYPES`
    types with as many GPUs on which the pod fits in its zones.
    """
    found = [_pods_in(region, pool, gpus, cpu, memory_gib, nodes) for pool in pools.values()]
    return gpus if take_exact_machines([pods for pods in found if pods is not None]) else None


def _pods_in(region: str, pool: NodePoolSpec, gpus: int, cpu: float, memory_gib: float, pods: int) -> PodsInPool | None:
    """Returns the pods of a run in a pool; None if they certainly fit on none of its machines."""
    machines = [find(region, name) for name in pool.machines]
    known = [machine for machine in machines if machine is not None]
    if len(known) < len(machines) or len({machine.arch for machine in known}) > 1:
        return PodsInPool(gpus, pods, False, pool.max, 0)
    fitting = [*_fitting(known, pool, gpus, cpu, memory_gib)]
    types = sum(machine.gpu_devices == gpus for machine in fitting)
    return PodsInPool(gpus, pods, pool.aws.exact_gpus, pool.max, types) if fitting else None


def _fitting(
    machines: Iterable[Machine], pool: NodePoolSpec, gpus: int, cpu: float, memory_gib: float
) -> Iterator[Machine]:
    for machine in machines:
        room = allocatable(machine.region, machine.name, pool)
        fits = room is not None and room.cpu_m >= cpu * 1000 and room.memory_mib >= memory_gib * 1024
        zones = pool.pinned_zones
        is_there = not machine.zone_ids or zones is None or not {*machine.zone_ids}.isdisjoint(zones)
        if fits and is_there and machine.gpu_devices >= gpus:
            yield machine
