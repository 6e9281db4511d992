"""Prices of single GPUs, vCPUs and GiB on machines: whatever fits on a machine costs together at most its price.

They come from a linear program and are made feasible afterwards, so that the bound does not depend on the precision of
a solver. Other prices with this property give another bound, never a wrong one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.bounds.job_groups import JobGroup
from falaj.simulation.bounds.offerings import Offering

if TYPE_CHECKING:
    from falaj.simulation.work import Flags, Numbers

SHAPES = 200
"""Kinds of jobs in the linear program. Jobs of more kinds are represented by the commonest."""


@dataclass(frozen=True)
class Supply:
    """What limits the purchase of a pool's machines over the month."""

    scarce_hours: float
    """Machine-hours of spot machines that the market has, and of machines that are paid for anyway; infinite if
    unlimited."""
    kept_hours: float
    """Machine-hours of the pool's least number of machines, which are paid for in any case."""


@dataclass(frozen=True)
class ResourcePrices:
    """Prices in AED per hour. They hold for every offering: its resources at their prices, and `kept`, are together at
    most the price of the machine and, if it is on spot or prepaid, `scarcity`."""

    by_offer: "Numbers"
    """Row per offering; columns: a GPU, a vCPU and a GiB."""
    scarcity: Mapping[str, float]
    """Pool -> how much more than its price a spot or prepaid machine is worth, since there are no more of them."""
    kept: Mapping[str, float]
    """Pool -> what any machine counts for that the pool keeps in any case."""


def resource_prices(group: JobGroup, supplies: Mapping[str, Supply]) -> ResourcePrices:
    """Returns the prices under which the group's jobs, if their kinds are few, cost as much as possible."""
    from scipy.optimize import linprog

    count, pools = len(group.offerings), list(supplies)
    shapes, hours, allowed = _shapes(group)
    # Variables: prices of resources by offering, scarcity and kept by pool, cost of an hour of each shape.
    gains = np.concatenate(
        [
            np.zeros(3 * count),
            [-supply.scarce_hours if np.isfinite(supply.scarce_hours) else 0.0 for supply in supplies.values()],
            [supply.kept_hours for supply in supplies.values()],
            hours,
        ]
    )
    bounds: list[tuple[float, float | None]] = [(0.0, None)] * len(gains)
    for index, supply in enumerate(supplies.values()):
        if not np.isfinite(supply.scarce_hours):
            bounds[3 * count + index] = (0.0, 0.0)
    limits, prices = _limits(group.offerings, pools, shapes, allowed)
    found = linprog(-gains, A_ub=limits, b_ub=prices, bounds=bounds, method="highs")
    values = np.zeros(len(gains)) if found.x is None else np.clip(found.x, 0.0, None)
    scarcity = values[3 * count : 3 * count + len(pools)]
    kept = values[3 * count + len(pools) : 3 * count + 2 * len(pools)]
    return _feasible(
        group.offerings,
        values[: 3 * count].reshape(count, 3),
        dict(zip(pools, scarcity.tolist(), strict=True)),
        dict(zip(pools, kept.tolist(), strict=True)),
    )


def _shapes(group: JobGroup) -> tuple["Numbers", "Numbers", "Flags"]:
    """Returns the commonest kinds of jobs: resources, hours of work, and offerings that they may use."""
    rows = np.column_stack([group.need, group.allowed.astype(float)])
    kinds, kind = np.unique(rows, axis=0, return_inverse=True)
    hours = np.bincount(kind.ravel(), weights=group.run, minlength=len(kinds)) / 3600
    chosen = np.argsort(-hours, kind="stable")[:SHAPES]
    return kinds[chosen, :3], hours[chosen], kinds[chosen, 3:] > 0


def _limits(offerings: Sequence[Offering], pools: Sequence[str], shapes: "Numbers", allowed: "Flags"):
    """Returns rows and right-hand sides: nothing on a machine exceeds its price; a shape costs what it costs on the
    cheapest offering."""
    from scipy.sparse import csr_array

    entries = list(_entries(offerings, pools, shapes, allowed))
    height = len(offerings) + int(allowed.sum())
    width = 3 * len(offerings) + 2 * len(pools) + len(shapes)
    rows, columns, values = (np.array(column) for column in zip(*entries, strict=True))
    right = np.concatenate([[offering.price for offering in offerings], np.zeros(height - len(offerings))])
    return csr_array((values, (rows, columns)), shape=(height, width)), right


def _entries(
    offerings: Sequence[Offering], pools: Sequence[str], shapes: "Numbers", allowed: "Flags"
) -> Iterator[tuple[int, int, float]]:
    count = len(offerings)
    for row, offering in enumerate(offerings):
        pool = 3 * count + pools.index(offering.pool.key)
        yield from ((row, 3 * row + resource, amount) for resource, amount in enumerate(offering.resources))
        yield row, pool + len(pools), 1.0
        if offering.is_spot or offering.is_prepaid:
            yield row, pool, -1.0
    for row, (shape, offering) in enumerate(zip(*np.nonzero(allowed), strict=True), count):
        yield row, 3 * count + 2 * len(pools) + int(shape), 1.0
        yield from ((row, 3 * int(offering) + resource, -shapes[shape, resource]) for resource in range(3))


def _feasible(
    offerings: Sequence[Offering], prices: "Numbers", scarcity: Mapping[str, float], kept: Mapping[str, float]
) -> ResourcePrices:
    """Raises or lowers prices until every offering reaches its limit, also those that the program does not use."""
    worth = [
        offering.price + (scarcity[offering.pool.key] if offering.is_spot or offering.is_prepaid else 0.0)
        for offering in offerings
    ]
    kept = {
        pool: min(
            [price, *(most for offering, most in zip(offerings, worth, strict=True) if offering.pool.key == pool)]
        )
        for pool, price in kept.items()
    }
    resources = np.array([offering.resources for offering in offerings], dtype=np.float64)
    left = np.array([most - kept[offering.pool.key] for offering, most in zip(offerings, worth, strict=True)])
    total = (prices * resources).sum(axis=1)
    # An offering that the program gives no prices is priced by its GPUs, or its vCPUs.
    units = np.eye(3)[np.where(resources[:, 0] > 0, 0, 1)]
    prices = np.where(total[:, None] > 0, prices, units)
    return ResourcePrices(prices * (left / (prices * resources).sum(axis=1))[:, None], scarcity, kept)
