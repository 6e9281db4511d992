"""Bound for served models: their least replicas, and the replicas that their requests keep busy."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.bounds.covering import Covering
from falaj.simulation.bounds.divisible import divisible_aed
from falaj.simulation.bounds.job_groups import JobGroup
from falaj.simulation.bounds.offerings import awake_hours, kept_aed, service_offerings
from falaj.simulation.jobs.sleeping import Hours, changes
from falaj.simulation.platform_model import PoolModel, ServiceModel
from falaj.simulation.work import Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers


def services_aed(
    pool: PoolModel, services: Sequence[ServiceModel], work: Work, seconds: Mapping[str, "Numbers"]
) -> float:
    """Returns the AED below which no policy can serve the pool's models, however long requests wait.

    `seconds` are those of `replica_seconds`. Replicas take the resources of divisible machines for at least the time of
    their requests, and the least replicas, of which office hours may have more, need whole machines all their time.
    """
    if not services:
        return kept_aed(pool, work)
    bought, kept = service_offerings(pool), least_replicas(pool, services, work)
    need = np.array([[service.gpus, service.cpu, service.memory_gib] for service in services], dtype=float)
    busy = np.array([float(seconds[service.name].sum()) for service in services])
    count, zeros = len(services), np.zeros(len(services))
    run = np.maximum(busy, sum(np.array(least) * hours * 3600 for least, hours in kept.items()))
    everywhere = np.ones((count, len(bought)), dtype=np.bool_)
    group = JobGroup(bought, zeros, zeros, zeros, run, need, np.ones(count, dtype=np.bool_), everywhere)
    # Replicas run side by side, so spot machines do not limit one of them as they limit a job.
    divisible = divisible_aed(group, replace(work, spot={}))
    whole = sum(_whole(pool, need, np.array(least)) * hours for least, hours in kept.items())
    return max(divisible, kept_aed(pool, work), whole)


def least_replicas(pool: PoolModel, services: Sequence[ServiceModel], work: Work) -> Mapping[tuple[float, ...], float]:
    """Returns the hours of the month by the least replicas of the services in them. A pool that sleeps counts `min`
    while it works."""
    always = tuple(float(service.min) for service in services)
    if pool.sleeps is not None or not any(service.office_hours for service in services):
        return {always: awake_hours(pool, work)}
    windows = {service.office_hours for service in services if service.office_hours}
    moments = {time for window in windows for time, _ in changes(window, work.start, work.length)}
    offices = [service.office_hours and Hours(service.office_hours, work.start, work.length) for service in services]
    kept = dict[tuple[float, ...], float]()
    for begin, end in pairwise(sorted({*moments, work.length})):
        least = tuple(
            float(max(service.min, service.office_min) if office and office.include(begin) else service.min)
            for service, office in zip(services, offices, strict=True)
        )
        kept[least] = kept.get(least, 0.0) + (end - begin) / 3600
    return kept


def _whole(pool: PoolModel, need: "Numbers", least: "Numbers") -> float:
    """Returns AED per hour of whole machines with the GPUs, or vCPUs, of all least replicas."""
    bought = service_offerings(pool)
    column = 0 if all(offering.machine.gpus for offering in bought) else 1
    units = float((need[:, column] * least).sum())
    covering = Covering.of(bought, units)
    return covering.price(0, int(covering.units(np.array([units]))[0]), -1)
