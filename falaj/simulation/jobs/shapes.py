"""Which pools a job may run on, and as how many pods. Pure.

A trace says what a job asks for in total. On the largest machine of a pool that takes the fewest pods, so runs on one
machine stay on one; a job of more GPUs than a machine has becomes a gang of equal pods. A run names its site; a trace
does not, so the site is the one on which the tenant's machines cost least per GPU or vCPU.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil

from falaj.components.core.tenancy.flavors import PRIORITIES, FlavorPriority
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.training.machine_gpus import LEAST_TYPES
from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs.job import Amounts, JobClass, Shape
from falaj.simulation.jobs.node import ROOM
from falaj.simulation.jobs.packing import cheapest, price
from falaj.simulation.platform_model import MachineType, Platform, PoolModel

MAY_RECLAIM = (Capacity.SPOT, Capacity.SPOT_FIRST)
"""Capacity types of pools with spot machines."""


def shape(asks: Amounts, pool: PoolModel) -> Shape | None:
    """Returns the fewest equal pods that a pool can run at the same time; None if it cannot."""
    shapes = (_on_machine(asks, machine) for machine in pool.machines)
    fitting = [shape for shape in shapes if shape is not None]
    best = min(fitting, key=lambda shape: shape.pods, default=None)
    return best if best is not None and best.pods <= pool.max * _pods_per_machine(best, pool) else None


def _on_machine(asks: Amounts, machine: MachineType) -> Shape | None:
    if (asks.gpus > 0) != (machine.gpus > 0):
        # Jobs without GPUs do not tolerate the taint of machines with GPUs.
        return None
    devices = ceil(asks.gpus)
    ratios = [asks.cpu / machine.cpu, asks.memory / machine.memory_gib, devices / (machine.gpus or 1)]
    pods = max(1, ceil(max(ratios) - ROOM))
    if devices and pods > devices:
        return None
    return Shape(pods, ceil(devices / pods), asks.cpu / pods, asks.memory / pods)


def _has_own_machines(pods: Shape, pool: PoolModel) -> bool:
    """Returns whether pods ask for machines with exactly their number of GPUs (`core.training.machine_gpus`)."""
    types = sum(machine.gpus == pods.gpus and _fitting(pods, machine) > 0 for machine in pool.machines)
    return pool.has_gpu_counts and pods.gpus > 0 and types >= LEAST_TYPES and pods.pods <= pool.max


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


def job_class(platform: Platform, tenant: str, asks: Amounts, interruptible: bool) -> JobClass | None:
    """Returns the class of such jobs at the site that is cheapest for them; None if they can never run."""
    classes = [
        found
        for site in dict.fromkeys(pool.site for pool in platform.pools)
        if (found := _at_site(platform, site, tenant, asks, interruptible)) is not None
    ]
    return min(classes, key=lambda found: _aed_per_unit(platform, found), default=None)


def _at_site(platform: Platform, site: str, tenant: str, asks: Amounts, interruptible: bool) -> JobClass | None:
    pools = {pool.key: pool for pool in _open(platform, site, tenant, interruptible)}
    found = {key: shape(asks, pool) for key, pool in pools.items()}
    shapes = {key: one for key, one in found.items() if one is not None}
    if not shapes:
        return None
    if all(_has_own_machines(one, pools[key]) for key, one in shapes.items()):
        shapes = {key: replace(one, machine_gpus=one.gpus) for key, one in shapes.items()}
    kinds = {pools[key].capacity in MAY_RECLAIM for key in shapes}
    has_on_demand = any(pools[key].capacity is Capacity.ON_DEMAND for key in shapes)
    demand = {key: one.total for key, one in shapes.items()}
    has_queue = any((queue.site, queue.tenant) == (site, tenant) for queue in platform.queues)
    has_choice = interruptible and has_queue and has_on_demand and True in kinds
    return JobClass(tenant, site, interruptible, asks, shapes, demand, has_choice)


def _open(platform: Platform, site: str, tenant: str, interruptible: bool) -> Iterator[PoolModel]:
    """Yields the pools of a site that a tenant's jobs may use: those in its queue, or all if it has none anywhere."""
    queues = [queue for queue in platform.queues if queue.tenant == tenant]
    keys = {key for queue in queues if queue.site == site for key in queue.units}
    for pool in flavor_order(platform):
        is_open = pool.key in keys if queues else pool.tenant in (None, tenant)
        if pool.site == site and is_open and (interruptible or pool.capacity is not Capacity.SPOT):
            yield pool


def _aed_per_unit(platform: Platform, found: JobClass) -> float:
    pool = platform.pool(next(iter(found.shapes)))
    on_spot = found.interruptible and pool.capacity in MAY_RECLAIM
    machine = cheapest(pool.machines, on_spot) or pool.machines[0]
    return price(machine, on_spot) / (machine.gpus or machine.cpu)


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
