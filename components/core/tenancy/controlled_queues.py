"""Queues whose quotas follow the spend, as the controller in the cluster reads them. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from falaj.components.core.tenancy.flavors import Amounts, Flavor
from falaj.components.core.tenancy.queue_limits import may_borrow, room_for_jobs, services_quota
from falaj.components.core.tenancy.queue_specs import STOP_POLICIES, QueueSpec, QuotaBasis
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
            "room": None if (room := room_for_jobs(queue)) is None else _plain(room),
            "static_flavors": [services_quota()],
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
        "unit": _plain(flavor.per_unit),
    }


def _plain(amounts: Amounts) -> dict[str, float]:
    return {"cpu": float(amounts.cpu), "memory_gib": float(amounts.memory_gib), "gpus": amounts.gpus}
