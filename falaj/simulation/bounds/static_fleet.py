"""What the month costs on machines that are bought all month for its peak."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.validation.enums import Profile
from falaj.simulation.bounds.job_groups import ROUNDING, JobGroup, job_groups
from falaj.simulation.bounds.offerings import Offering, kept_aed
from falaj.simulation.bounds.service_load import WINDOW_SECONDS, replica_seconds
from falaj.simulation.experiments import split
from falaj.simulation.platform_model import MachineType, Platform, PoolModel, ServiceModel
from falaj.simulation.work import Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers


def static_on_demand(platform: Platform, work: Work, served: "Mapping[str, Numbers] | None" = None) -> float:
    """Returns AED of the month if machines for the peak are bought on demand all month, as many as it takes: `max` of
    pools is no limit.

    Every job runs at its submission. Jobs that share pools share one machine type, the one that is the cheapest for
    their peak. The number of machines is that of the scarcest resource, as if jobs could be packed without a gap, so a
    real fleet needs no fewer. Replicas of services are those of the busiest five minutes with all slots in use, between
    their least number, that of office hours if it is larger, and their greatest. `served` are the `replica_seconds` of
    the work whose experiments are split, if they are known.
    """
    jobs = sum(_fleet_aed(group, False, work) for group in job_groups(platform, work))
    return _fixed_aed(platform, work, served) + jobs


def static_spot(platform: Platform, work: Work, served: "Mapping[str, Numbers] | None" = None) -> float | None:
    """Returns AED of the month as `static_on_demand`, with spot machines for the peak of the jobs that can be
    interrupted; None if such a job fits no machine with a known spot price."""
    total = _fixed_aed(platform, work, served)
    for group in job_groups(platform, work):
        rows = group.interruptible
        spot = group.part(rows)
        if not spot.allowed[:, [offering.is_spot for offering in group.offerings]].any(axis=1).all():
            return None
        total += _fleet_aed(spot, True, work) + _fleet_aed(group.part(~rows), False, work)
    return total


def _fixed_aed(platform: Platform, work: Work, served: "Mapping[str, Numbers] | None") -> float:
    """Charges of the system, and machines of services."""
    pools = [pool for pool in platform.pools if pool.profile is not Profile.SYSTEM and pool.profile not in QUEUED]
    if served is None:
        served = replica_seconds(platform, split(platform, work, seed=0))
    busiest = {name: float(seconds.max()) / WINDOW_SECONDS for name, seconds in served.items()}
    return platform.system_aed(work.length) + sum(
        _service_fleet_aed(pool, [service for service in platform.services if service.pool == pool.key], busiest, work)
        for pool in pools
    )


def _fleet_aed(group: JobGroup, is_spot: bool, work: Work) -> float:
    """AED of machines for the group's peak: of one type if one fits all jobs, otherwise of the best type for each."""
    columns = [
        column
        for column, offering in enumerate(group.offerings)
        if offering.is_spot == is_spot and not offering.is_prepaid
    ]
    if not len(group.submit) or not columns:
        return 0.0
    every = [column for column in columns if group.allowed[:, column].all()]
    hours = work.length / 3600
    if every:
        return hours * min(
            _machines(group, group.offerings[column]) * group.offerings[column].price for column in every
        )
    parts = np.column_stack(
        [_share(group, group.offerings[column]) * group.offerings[column].price for column in columns]
    )
    best = np.argmin(np.where(group.allowed[:, columns], parts, np.inf), axis=1)
    return hours * sum(
        _machines(group.part(best == place), group.offerings[column]) * group.offerings[column].price
        for place, column in enumerate(columns)
    )


def _share(group: JobGroup, offering: Offering) -> np.ndarray:
    """The share of a machine that a job needs: of its scarcest resource."""
    return np.max(
        np.divide(group.need, offering.resources, out=np.zeros_like(group.need), where=group.need > 0), axis=1
    )


def _machines(group: JobGroup, offering: Offering) -> int:
    """Machines for the group's peak, beside those that are paid for anyway."""
    if not len(group.submit):
        return 0
    times = np.concatenate([group.submit, group.submit + group.run])
    # Jobs that end at a moment leave before others start.
    order = np.lexsort((np.repeat([1, 0], len(group.submit)), times))
    peaks = np.cumsum(np.concatenate([group.need, -group.need])[order], axis=0).max(axis=0)
    prepaid = [each for each in group.offerings if each.is_prepaid]
    free = np.sum([each.pool.max * np.array(each.resources) for each in prepaid], axis=0) if prepaid else np.zeros(3)
    scarcest = np.divide(peaks - free, offering.resources, out=np.zeros(3), where=peaks > ROUNDING).max()
    return max(int(np.ceil(scarcest - 1e-6)), 0)


def _service_fleet_aed(
    pool: PoolModel, services: list[ServiceModel], busiest: Mapping[str, float], work: Work
) -> float:
    """AED of a pool's machines for the peak of its services, on demand."""
    replicas = [
        float(np.clip(np.ceil(busiest[each.name] - ROUNDING), max(each.min, each.office_min), each.max))
        for each in services
    ]
    prices = [price for machine in pool.machines for price in _fleet_price(machine, services, replicas)]
    return max(kept_aed(pool, work), min(prices, default=0.0) * work.length / 3600)


def _fleet_price(machine: MachineType, services: list[ServiceModel], replicas: list[float]) -> Iterator[float]:
    """Yields AED per hour of machines of a type with all replicas, if every replica fits on one."""
    offered = np.array([machine.gpus, machine.cpu, machine.memory_gib], dtype=float)
    share = 0.0
    for service, count in zip(services, replicas, strict=True):
        need = np.array([service.gpus, service.cpu, service.memory_gib], dtype=float)
        if (fitting := int(np.min(np.floor(offered[need > 0] / need[need > 0] + 1e-9), initial=1e9))) < 1:
            return
        share += count / fitting
    yield machine.on_demand_aed * float(np.ceil(share - 1e-9))
