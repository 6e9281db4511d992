"""Queues whose quotas follow the spend, as the controller in the cluster reads them. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from falaj.components.core.tenancy.flavors import Flavor, FlavorPriority
from falaj.components.core.tenancy.queue_specs import STOP_POLICIES, Borrowing, QueueSpec, QuotaBasis
from falaj.components.core.tenancy.tenancy import namespace_of


def controlled_queues(
    queues: Mapping[str, QueueSpec],
    flavors: Sequence[Flavor],
    units: Mapping[str, Mapping[str, int]],
    usd_per_unit_hour: Mapping[str, Fraction],
    aed_per_usd: Fraction,
) -> dict[str, dict[str, Any]]:
    """Returns each queue that has a flavor with a price. Prepaid machines cost nothing, so their quotas are static."""
    rows: dict[str, dict[str, Any]] = {}
    for tenant, queue in queues.items():
        usable = [flavor for flavor in flavors if flavor.name in units[tenant]]
        if queue.quota_basis is not QuotaBasis.SPEND or not any(usd_per_unit_hour[flavor.name] for flavor in usable):
            continue
        rows[tenant] = {
            "namespace": namespace_of(tenant),
            "aed_per_month": float(queue.aed_per_month),
            "hours_per_month": queue.hours_per_month,
            "stops": STOP_POLICIES[queue.at_limit],
            "flavors": [
                _flavor(flavor, queue, units[tenant][flavor.name], usd_per_unit_hour[flavor.name] * aed_per_usd)
                for flavor in usable
            ],
        }
    return rows


def _flavor(flavor: Flavor, queue: QueueSpec, units: int, aed: Fraction) -> dict[str, Any]:
    percent = 100 if queue.pool_percent is None else queue.pool_percent.get(flavor.pool, 0)
    return {
        "name": flavor.name,
        "aed_per_unit_hour": float(aed),
        "max_units": flavor.max_units,
        "paid_units": 0 if aed else units,
        "percent": percent,
        "may_borrow": may_borrow(flavor, queue.borrows),
        "cpu_per_unit": float(flavor.cpu_per_unit),
        "gib_per_unit": float(flavor.gib_per_unit),
        "has_gpus": flavor.has_gpus,
    }


def may_borrow(flavor: Flavor, borrows: Borrowing) -> bool:
    """Returns whether a tenant may use quota of a flavor that others leave idle."""
    return borrows is Borrowing.ALL or (borrows is Borrowing.SPOT and flavor.priority is not FlavorPriority.ON_DEMAND)
