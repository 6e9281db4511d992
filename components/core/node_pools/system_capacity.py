"""Checks that the pools of profile `system` hold what a site installs. Pure.

Pods that do not fit are pending until the autoscaler starts another node, which then always runs. So too small a `min`
costs more than it says, and too small a `max` leaves pods pending for ever.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Profile
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.machine_capacity import machine_capacity
from falaj.facts.machines import find
from falaj.facts.node_capacity import Demand, NodeCapacity, nodes_needed, own_capacity, requested
from falaj.facts.regions import REGIONS
from falaj.facts.system_pods import pods_of, system_replicas

ControllerReplicas = Annotated[int, Field(ge=1, le=5)]
"""Number of replicas of a controller, of which one is active."""


def system_pools(pools: Mapping[str, NodePoolSpec]) -> dict[str, NodePoolSpec]:
    """Returns the pools of profile `system`."""
    return {name: pool for name, pool in pools.items() if pool.profile is Profile.SYSTEM}


def controller_replicas(pools: Mapping[str, NodePoolSpec]) -> int:
    """Returns the replicas of a site's controllers: one on a single node, where a second survives nothing more."""
    return system_replicas(sum(pool.min for pool in system_pools(pools).values()))


@dataclass(frozen=True)
class SystemLoad:
    """What the parts of a cluster request, and what its system nodes offer."""

    pools: Mapping[str, NodePoolSpec]
    machine: str
    capacity: NodeCapacity
    demands: Sequence[Demand]

    @property
    def least(self) -> int:
        """Nodes that always run."""
        return sum(pool.min for pool in self.pools.values())

    @property
    def most(self) -> int:
        """Nodes at `max`."""
        return sum(pool.max for pool in self.pools.values())

    @property
    def needed(self) -> int | None:
        """Fewest nodes that hold everything; None if no number does."""
        return nodes_needed(self.demands, self.capacity)

    @property
    def is_held_by_least(self) -> bool:
        """Whether the nodes that always run hold everything."""
        return self.needed is not None and self.needed <= self.least

    @property
    def is_held_by_most(self) -> bool:
        """Whether the nodes at `max` hold everything."""
        return self.needed is not None and self.needed <= self.most

    def __str__(self) -> str:
        total = requested(self.demands, self.needed or self.least)
        apart = sorted(demand.pods.part for demand in self.demands if demand.pods.apart and (demand.replicas or 0) > 1)
        separate = f", and no two pods of {' and '.join(apart)} may run on one node" if apart else ""
        return (
            f"what the site installs requests {total.cpu_m:,}m of CPU and {total.memory_mib / 1024:.1f} GiB{separate}; "
            f"a {self.machine} offers {self.capacity.cpu_m:,}m and {self.capacity.memory_mib / 1024:.1f} GiB"
        )


def system_load(
    cloud: Cloud,
    region: str,
    pools: Mapping[str, NodePoolSpec],
    parts: Collection[str],
) -> SystemLoad | None:
    """Returns the load of a cluster's system pools with these parts, on their smallest machine; None if the pools, or
    the size of their machines, are not known. Raises KeyError for a part without a row."""
    system = system_pools(pools)
    sizes = {
        machine: capacity
        for pool in system.values()
        for machine in pool.machines
        if (capacity := _capacity(region, machine, pool.stated_pods(cloud)))
    }
    if not sizes:
        return None
    smallest = min(sizes, key=lambda name: (sizes[name].cpu_m, sizes[name].memory_mib))
    return SystemLoad(system, smallest, sizes[smallest], _demands(parts, controller_replicas(pools)))


def _capacity(region: str, machine: str, max_pods: int | None) -> NodeCapacity | None:
    facts = find(region, machine)
    return None if facts is None else machine_capacity(facts, max_pods)


def allocatable(
    region: str, machine: str, pool: NodePoolSpec, parts: Collection[str] | None = None
) -> NodeCapacity | None:
    """Returns what workloads can request of a pool's machine beside Kubernetes and the DaemonSets of these parts, or of
    all that a cluster on the region's cloud may have; None if its size is not known. On a cloud of which it is not
    known what nodes keep, as on a machine of one's own. Raises KeyError for a part without a row."""
    cloud = REGIONS[region].cloud
    if CLOUDS[cloud].node_capacity is None:
        facts = find(region, machine)
        if facts is None or facts.vcpu is None or facts.memory_gib is None:
            return None
        return own_capacity(facts.vcpu, facts.memory_gib)
    capacity = _capacity(region, machine, pool.stated_pods(cloud))
    if capacity is None:
        return None
    on_nodes = CLOUDS[cloud].agents if parts is None else parts
    agents = requested([demand for demand in _demands(on_nodes, 1) if demand.replicas is None], 1)
    return NodeCapacity(capacity.cpu_m - agents.cpu_m, capacity.memory_mib - agents.memory_mib)


def _demands(parts: Collection[str], replicas: int) -> list[Demand]:
    return [
        Demand(pods, min(pods.replicas, replicas) if pods.is_scaled and pods.replicas else pods.replicas)
        for part in parts
        for pods in pods_of(part)
    ]
