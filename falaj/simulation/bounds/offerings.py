"""What can be bought for work: a machine type of a pool at one of its prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from falaj.components.core.node_pools.open_pools import is_open
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.validation.enums import Capacity
from falaj.simulation.bounds.spot_windows import market
from falaj.simulation.jobs.sleeping import changes
from falaj.simulation.platform_model import MachineType, Platform, PoolModel
from falaj.simulation.work import Work


@dataclass(frozen=True)
class Offering:
    """A machine type of a pool, on spot or on demand."""

    pool: PoolModel
    machine: MachineType
    is_spot: bool

    @property
    def price(self) -> float:
        """AED per hour. Raises `ValueError` if the machine has no spot price and the offering is on spot."""
        price = self.machine.spot_aed if self.is_spot else self.machine.on_demand_aed
        if price is None:
            raise ValueError(f"{self.machine.name} has no spot price")
        return price

    @property
    def is_prepaid(self) -> bool:
        """Whether the machine is paid for anyway. Of such machines there are no more than the pool has."""
        return self.price == 0

    @property
    def resources(self) -> tuple[float, float, float]:
        """GPUs, vCPUs and memory in GiB."""
        return self.machine.gpus, self.machine.cpu, self.machine.memory_gib


def offerings(pools: Sequence[PoolModel], has_gpus: bool) -> tuple[Offering, ...]:
    """Returns what can be bought in pools: every machine with (or without) GPUs on demand, and on spot if it has a
    spot price, whatever the capacity of the pool is today: that choice is a part of what a policy decides. Machines
    that are paid for anyway have no spot price."""
    return tuple(
        Offering(pool, machine, is_spot)
        for pool in pools
        for machine in pool.machines
        for is_spot in (False, True)
        if bool(machine.gpus) == has_gpus and not (is_spot and (machine.spot_aed is None or machine.on_demand_aed == 0))
    )


def pools_of(platform: Platform, tenant: str, has_gpus: bool) -> tuple[PoolModel, ...]:
    """Returns the pools that may run a tenant's jobs: those of its queues, or all without a queue. Taints keep jobs
    without GPUs off machines with GPUs (`core.tenancy.flavors`)."""
    queued = {key for queue in platform.queues if queue.tenant == tenant for key in queue.units}
    return tuple(
        pool
        for pool in platform.pools
        if is_open(pool, tenant, QUEUED)
        and (not queued or pool.key in queued)
        and any(bool(machine.gpus) == has_gpus for machine in pool.machines)
    )


def service_offerings(pool: PoolModel) -> tuple[Offering, ...]:
    """Returns what can be bought in a pool of services, whose capacity the settings decide: spot where it is set."""
    has_spot = pool.capacity in (Capacity.SPOT, Capacity.SPOT_FIRST)
    both = (*offerings((pool,), has_gpus=True), *offerings((pool,), has_gpus=False))
    return tuple(offering for offering in both if has_spot or not offering.is_spot)


def kept_aed(pool: PoolModel, work: Work) -> float:
    """Returns AED for the pool's least number of machines, at the least price of any of its machines."""
    bought = (
        service_offerings(pool)
        if pool.profile not in QUEUED
        else (*offerings((pool,), True), *offerings((pool,), False))
    )
    return kept_hours(pool, work) * min(offering.price for offering in bought)


def kept_hours(pool: PoolModel, work: Work) -> float:
    """Returns the machine-hours of the pool's least number of machines. None are certain in a pool of spot machines
    whose capacity a trace limits: there may be no machine to keep."""
    is_uncertain = pool.capacity is Capacity.SPOT and market(work, pool) is not None
    return 0.0 if is_uncertain else pool.min * awake_hours(pool, work)


def awake_hours(pool: PoolModel, work: Work) -> float:
    """Returns the hours of the month in which the pool's least number of machines is kept."""
    if pool.sleeps is None:
        return work.length / 3600
    times = [*changes(pool.sleeps, work.start, work.length), (work.length, False)]
    return sum(end - start for (start, wakes), (end, _) in pairwise(times) if wakes) / 3600
