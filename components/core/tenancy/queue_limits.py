"""What a tenant's queue admits, held against the tenant's ResourceQuota. Pure.

Kueue admits jobs by the quota of the queue, and the API server then refuses pods beyond the ResourceQuota: such a job
holds its quota without running, is evicted after its start time, and tries again. So the quota of a queue, and what it
may borrow, fit together with the tenant's other pods into the ResourceQuota.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from falaj.components.core.tenancy.flavors import Amounts, Flavor, FlavorPriority
from falaj.components.core.tenancy.queue_specs import Borrowing, PodTotals, QueueSpec
from falaj.components.core.tenancy.tenancy import SpaceSpec
from falaj.components.core.validation.problems import Problem

SERVICES = Amounts(Fraction(1), Fraction(2))
"""Quota of each tenant for small jobs beside served models, such as the promotion of a model."""

SERVICES_FLAVOR = "services"
"""Flavor of small jobs beside served models, such as the promotion of a model: they run on nodes that are never queued
for, and would otherwise find no flavor that matches their node selector."""

FIELDS = ("cpu", "memory_gib", "gpus")


def _of_pools(flavors: Sequence[Flavor], units: Mapping[str, int]) -> Amounts:
    """Returns what a queue admits on its pools without borrowing."""
    total = Amounts()
    for flavor in flavors:
        total += flavor.amounts(units.get(flavor.name, 0))
    return total


def services_quota() -> dict[str, Any]:
    """Returns the quota of `SERVICES_FLAVOR` in a tenant's ClusterQueue. It is neither lent nor borrowed."""
    alone = {"borrowingLimit": "0", "lendingLimit": "0"}
    resources = [{"name": name, "nominalQuota": quantity, **alone} for name, quantity in SERVICES.quantities.items()]
    return {"name": SERVICES_FLAVOR, "resources": resources}


def room_for_jobs(queue: QueueSpec) -> Amounts | None:
    """Returns what the tenant's ResourceQuota leaves to jobs on its pools; None if it has none."""
    return None if queue.space is None else _amounts(queue.space) - _amounts(queue.unqueued) - SERVICES


def borrowable(
    tenant: str, queue: QueueSpec, flavors: Sequence[Flavor], units: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """Returns the units that a tenant may borrow by flavor; a flavor without an entry has no limit.

    With a ResourceQuota, the first flavors that Kueue tries get what it leaves, up to what other tenants can lend.
    """
    own = [flavor for flavor in flavors if flavor.name in units[tenant]]
    closed = {flavor.name: 0 for flavor in own if not may_borrow(flavor, queue.borrows)}
    room = room_for_jobs(queue)
    if room is None:
        return closed
    left = room - _of_pools(flavors, units[tenant])
    limits: dict[str, int] = {}
    for flavor in own:
        lent = sum(others.get(flavor.name, 0) for name, others in units.items() if name != tenant)
        limits[flavor.name] = closed.get(flavor.name, min(lent, _units_within(flavor, left)))
        left -= flavor.amounts(limits[flavor.name])
    return limits


def space_problems(
    tenant: str, queue: QueueSpec, flavors: Sequence[Flavor], units: Mapping[str, int]
) -> Iterator[Problem]:
    """Yields the resources of which the queue admits more than the tenant's ResourceQuota has."""
    if queue.space is None:
        return
    queued, unqueued, space = _of_pools(flavors, units) + SERVICES, _amounts(queue.unqueued), _amounts(queue.space)
    for field in FIELDS:
        need = getattr(queued, field) + getattr(unqueued, field)
        if need > getattr(space, field):
            others = getattr(unqueued, field)
            allowed = f"at least {float(need):g}: {float(getattr(queued, field)):g} that the queue admits"
            yield Problem(
                f"tenants.{tenant}.space.{field}",
                getattr(queue.space, field),
                allowed + (f", and {float(others):g} of pods that are not queued" if others else ""),
                "raise it, or lower the queue's aed_per_month",
            )


def may_borrow(flavor: Flavor, borrows: Borrowing) -> bool:
    """Returns whether a tenant may use quota of a flavor that others leave idle."""
    return borrows is Borrowing.ALL or (borrows is Borrowing.SPOT and flavor.priority is not FlavorPriority.ON_DEMAND)


def _amounts(spec: SpaceSpec | PodTotals) -> Amounts:
    return Amounts(Fraction(spec.cpu), Fraction(spec.memory_gib), spec.gpus)


def _units_within(flavor: Flavor, left: Amounts) -> int:
    """Returns the most units of a flavor whose resources are left."""
    unit = flavor.per_unit
    pairs = ((getattr(left, field), getattr(unit, field)) for field in FIELDS)
    return max(0, min(floor(available / needed) for available, needed in pairs if needed))
