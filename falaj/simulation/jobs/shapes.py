"""Which pools a job may run on, and as how many pods. Pure.

A trace says what a job asks for in total. On the largest machine of a pool that takes the fewest pods, so runs on one
machine stay on one; a job of more GPUs than a machine has becomes a gang of equal pods. A run names its site; a trace
does not, so the site is the one on which the tenant's machines cost least per GPU or vCPU.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

from falaj.components.core.node_pools.open_pools import is_open
from falaj.components.core.tenancy.flavors import PRIORITIES, FlavorPriority
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.training.machine_gpus import PodsInPool, take_exact_machines
from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs.job import Amounts, JobClass, Shape
from falaj.simulation.jobs.node import ROOM
from falaj.simulation.jobs.packing import cheapest, price
from falaj.simulation.platform_model import MachineType, Platform, PoolModel

MAY_RECLAIM = (Capacity.SPOT, Capacity.SPOT_FIRST)
"""Capacity types of pools with spot machines."""


def shape(asks: Amounts, pool: PoolModel) -> Shape | None:
    """Returns the fewest equal pods that a pool can run at the same time; None if it cannot."""
    counts = [pods for machine in pool.machines if (pods := _pods(asks, machine)) is not None]
    if not counts:
        return None
    pods = min(counts)
    best = Shape(pods, ceil(ceil(asks.gpus) / pods), asks.cpu / pods, asks.memory / pods)
    return best if pods <= pool.max or pods <= pool.max * _pods_per_machine(best, pool) else None


def _pods(asks: Amounts, machine: MachineType) -> int | None:
    """Returns the fewest equal pods of which each fits on a machine; None if there are none."""
    gpus, cpu, memory = asks
    if (gpus > 0) != (machine.gpus > 0):
        # Jobs without GPUs do not tolerate the taint of machines with GPUs.
        return None
    devices = ceil(gpus)
    pods = max(1, ceil(max(cpu / machine.cpu, memory / machine.memory_gib, devices / (machine.gpus or 1)) - ROOM))
    return None if devices and pods > devices else pods


def _in_pool(pods: Shape, pool: PoolModel) -> PodsInPool:
    types = sum(machine.gpus == pods.gpus and _fitting(pods, machine) > 0 for machine in pool.machines)
    return PodsInPool(pods.gpus, pods.pods, pool.has_gpu_counts, pool.max, types)


def _pods_per_machine(shape: Shape, pool: PoolModel) -> int:
    return max(_fitting(shape, machine) for machine in pool.machines)


def _fitting(shape: Shape, machine: MachineType) -> int:
    """Returns how many of the pods fit on a machine."""
    pairs = ((machine.gpus, shape.gpus), (machine.cpu, shape.cpu), (machine.memory_gib, shape.memory))
    return int(min((has / needs + ROOM for has, needs in pairs if needs), default=1))


def flavor_order(platform: Platform) -> list[PoolModel]:
    """Returns the pools of queued work in the order in which Kueue tries their flavors."""
    queued = [pool for pool in platform.pools if pool.profile in QUEUED]
    return sorted(queued, key=_priority)


def _priority(pool: PoolModel) -> FlavorPriority:
    is_paid = all(machine.on_demand_aed == 0 for machine in pool.machines)
    return FlavorPriority.PAID if is_paid else PRIORITIES[pool.capacity]


class JobClasses:
    """The classes of a platform's jobs. What does not depend on what a job asks for is computed once."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._queues = {(queue.site, queue.tenant) for queue in platform.queues}
        self._pools: dict[tuple[str, bool], Mapping[str, Sequence[PoolModel]]] = {}
        """Tenant, and whether its jobs may be interrupted -> site -> pools that they may use."""

    def find(self, tenant: str, asks: Amounts, interruptible: bool) -> JobClass | None:
        """Returns the class of such jobs at the site that is cheapest for them; None if they can never run."""
        if (tenant, interruptible) not in self._pools:
            self._pools[tenant, interruptible] = _open(self._platform, tenant, interruptible)
        sites = self._pools[tenant, interruptible]
        classes = [self._at_site(site, pools, tenant, asks, interruptible) for site, pools in sites.items()]
        possible = [found for found in classes if found is not None]
        return possible[0] if len(possible) == 1 else min(possible, key=self._aed_per_unit, default=None)

    def _at_site(
        self, site: str, pools: Sequence[PoolModel], tenant: str, asks: Amounts, interruptible: bool
    ) -> JobClass | None:
        fitting = [(pool, one) for pool in pools if (one := shape(asks, pool)) is not None]
        if not fitting:
            return None
        if all(pool.has_gpu_counts for pool, _ in fitting) and take_exact_machines(
            [_in_pool(one, pool) for pool, one in fitting]
        ):
            fitting = [(pool, replace(one, machine_gpus=one.gpus)) for pool, one in fitting]
        capacities = {pool.capacity for pool, _ in fitting}
        may_move = Capacity.ON_DEMAND in capacities and not capacities.isdisjoint(MAY_RECLAIM)
        return JobClass(
            tenant,
            site,
            interruptible,
            asks,
            shapes={pool.key: one for pool, one in fitting},
            demand={pool.key: one.total for pool, one in fitting},
            has_choice=interruptible and (site, tenant) in self._queues and may_move,
        )

    def _aed_per_unit(self, found: JobClass) -> float:
        pool = self._platform.pool(next(iter(found.shapes)))
        on_spot = found.interruptible and pool.capacity in MAY_RECLAIM
        machine = cheapest(pool.machines, on_spot) or pool.machines[0]
        return price(machine, on_spot) / (machine.gpus or machine.cpu)


def _open(platform: Platform, tenant: str, interruptible: bool) -> Mapping[str, Sequence[PoolModel]]:
    """Returns the pools of each site that a tenant's jobs may use: those in its queue, or all if it has none
    anywhere. A trace does not state profiles."""
    queues = [queue for queue in platform.queues if queue.tenant == tenant]
    queued = {(queue.site, key) for queue in queues for key in queue.units}
    sites: dict[str, list[PoolModel]] = {pool.site: [] for pool in platform.pools}
    for pool in flavor_order(platform):
        if is_open(pool, tenant, QUEUED, interruptible) and (not queues or (pool.site, pool.key) in queued):
            sites[pool.site].append(pool)
    return sites


def per_unit(pool: PoolModel, queues: Mapping[str, Mapping[str, float]]) -> Amounts:
    """Returns the resources of one unit of a pool's quota: the highest of any of its machines, as in `Flavor.per_unit`.

    `queues` are the units as the controller of budgets knows them, by key of the pool.
    """
    if unit := queues.get(pool.key):
        return Amounts(unit.get("gpus", 0), unit.get("cpu", 0), unit.get("memory_gib", 0))
    units: Sequence[tuple[MachineType, float]] = [(machine, machine.gpus or machine.cpu) for machine in pool.machines]
    return Amounts(
        int(any(machine.gpus for machine in pool.machines)),
        max(machine.cpu / count for machine, count in units),
        max(machine.memory_gib / count for machine, count in units),
    )
