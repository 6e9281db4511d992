"""Bound for jobs on machines that can be bought in parts: each job pays for the resources that it uses."""

from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.bounds.job_groups import JobGroup
from falaj.simulation.bounds.offerings import kept_hours
from falaj.simulation.bounds.resource_prices import ResourcePrices, Supply, resource_prices
from falaj.simulation.bounds.spot_windows import machine_hours, market, seconds_available
from falaj.simulation.platform_model import PoolModel
from falaj.simulation.work import Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers


def divisible_aed(group: JobGroup, work: Work) -> float:
    """Returns the AED below which no policy can run the group's jobs and keep its pools at their least size.

    For all schedules: a machine costs at least what its resources cost at the prices (`ResourcePrices`), so the jobs
    cost at least theirs; each is placed where it is cheapest, on spot no longer than its window has spot machines.
    """
    supplies = {pool.key: _supply(group, pool, work) for pool in group.pools}
    prices = resource_prices(group, supplies)
    scarce = sum(prices.scarcity[key] * each.scarce_hours for key, each in supplies.items() if prices.scarcity[key] > 0)
    kept = sum(prices.kept[key] * each.kept_hours for key, each in supplies.items())
    return max(float(_job_costs(group, work, prices).sum()) + kept - scarce, 0.0)


def _supply(group: JobGroup, pool: PoolModel, work: Work) -> Supply:
    own = [offering for offering in group.offerings if offering.pool.key == pool.key]
    scarce = 0.0
    if any(offering.is_prepaid for offering in own):
        scarce += pool.max * work.length / 3600
    if any(offering.is_spot for offering in own):
        limit = market(work, pool)
        scarce += np.inf if limit is None else machine_hours(limit, work.length)
    return Supply(scarce, kept_hours(pool, work))


def _job_costs(group: JobGroup, work: Work, prices: ResourcePrices) -> "Numbers":
    """Returns what each job costs at least, in AED."""
    hourly = np.where(group.allowed, group.need @ prices.by_offer.T, np.inf)
    limits = {pool.key: limit for pool in group.pools if (limit := market(work, pool)) is not None}
    scarce = {key: [offering.is_spot and offering.pool.key == key for offering in group.offerings] for key in limits}
    always = np.min(hourly[:, ~np.any([*scarce.values(), [False] * len(group.offerings)], axis=0)], axis=1)
    # Offerings without limit are the last resort of every job; those of a market are used in the order of their price.
    rates = np.column_stack(
        [always, *(np.min(hourly[:, columns], axis=1, initial=np.inf) for columns in scarce.values())]
    )
    most = np.column_stack(
        [group.run, *(seconds_available(limit, group.submit, group.end) for limit in limits.values())]
    )
    order = np.argsort(rates, axis=1, kind="stable")
    rates, most = np.take_along_axis(rates, order, axis=1), np.take_along_axis(most, order, axis=1)
    before = np.cumsum(most, axis=1) - most
    taken = np.clip(group.run[:, None] - before, 0.0, most)
    return (taken * np.where(np.isfinite(rates), rates, 0.0)).sum(axis=1) / 3600
