"""On machines with how many GPUs the pods of a run should be. Pure.

Karpenter packs pods that wait at the same time on as few machines as it can, and then takes the cheapest type for each:
four pods with a GPU each get one machine with four GPUs. On AWS that costs more than four machines with one GPU, and it
stays until the last of the four ends (docs/defaults.md). So pods go to machines with exactly as many GPUs as they ask
for, where there are enough types of them.
"""

from collections.abc import Iterable, Iterator, Mapping

from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import allocatable
from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.facts.machines import Machine, find
from falaj.facts.regions import REGIONS

LEAST_TYPES = 2
"""Machine types with as many GPUs as a pod that a pool must have: with fewer, a shortage of one would stop runs that a
larger machine could take. Own choice."""


def machine_gpus(
    gpus: int,
    cpu: float,
    memory_gib: float,
    pools: Mapping[str, NodePoolSpec],
    region: str | None,
    autoscaler: NodeAutoscaler,
) -> int | None:
    """Returns the number of GPUs that a run's machines should have; None if any will do.

    `gpus`, `cpu` and `memory_gib` are those of a pod, and `pools` are all that it may run on. Any will do without GPUs,
    where nodes have no label for it, and where a pool is no one of Karpenter's, has machines of several processor
    architectures, or fewer than `LEAST_TYPES` types with as many GPUs on which the pod fits.
    """
    if not gpus or region is None or autoscaler is not NodeAutoscaler.KARPENTER or not pools:
        return None
    has_label = node_traits(REGIONS[region].cloud).gpu_count_label is not None
    is_open = all(_has_enough(region, pool, gpus, cpu, memory_gib) for pool in pools.values())
    return gpus if has_label and is_open else None


def _has_enough(region: str, pool: NodePoolSpec, gpus: int, cpu: float, memory_gib: float) -> bool:
    machines = [find(region, name) for name in pool.machines]
    known = [machine for machine in machines if machine is not None]
    if is_group(pool) or len(known) < len(machines) or len({machine.arch for machine in known}) > 1:
        return False
    return len([*_fitting(known, pool, gpus, cpu, memory_gib)]) >= LEAST_TYPES


def _fitting(
    machines: Iterable[Machine], pool: NodePoolSpec, gpus: int, cpu: float, memory_gib: float
) -> Iterator[Machine]:
    for machine in machines:
        room = allocatable(machine.region, machine.name, pool)
        fits = room is not None and room.cpu_m >= cpu * 1000 and room.memory_mib >= memory_gib * 1024
        if fits and machine.gpus == gpus:
            yield machine
