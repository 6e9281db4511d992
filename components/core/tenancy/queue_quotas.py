"""Converts a tenant's budget to the quota of its queue. Pure.

The monthly budget is divided by the hours that it must last and by the pools that the tenant may use. At the price of
the most expensive machine of each pool, it buys a number of units: GPUs, or vCPUs if the machines have no GPUs. Prepaid
machines are divided in proportion to the budgets. The quotas of a pool never add up to more than its maximum size.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from falaj.components.core.tenancy.flavors import Flavor, FlavorPriority
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.tenancy import Tier

Units = Mapping[str, Mapping[str, int]]
"""Tenant -> name of the flavor -> GPUs, or vCPUs if the flavor has no GPUs."""


def usable_flavors(tenant: str, queue: QueueSpec, flavors: Sequence[Flavor]) -> list[Flavor]:
    """Returns the flavors that a tenant may use: shared ones and its own; in tier `smb` only those without GPUs."""
    return [
        flavor
        for flavor in flavors
        if flavor.tenant in (None, tenant) and not (queue.tier is Tier.SMB and flavor.has_gpus)
    ]


def quotas(
    queues: Mapping[str, QueueSpec],
    flavors: Sequence[Flavor],
    usd_per_unit_hour: Mapping[str, Fraction],
    aed_per_usd: Fraction,
) -> dict[str, dict[str, int]]:
    """Returns the units of each tenant in each flavor that it may use. `usd_per_unit_hour` is by name of the flavor."""
    units: dict[str, dict[str, int]] = {tenant: {} for tenant in queues}
    for flavor in flavors:
        demand = {
            tenant: _demand(queue, flavor, usable_flavors(tenant, queue, flavors), usd_per_unit_hour, aed_per_usd)
            for tenant, queue in queues.items()
            if flavor in usable_flavors(tenant, queue, flavors)
        }
        is_sufficient = flavor.priority is not FlavorPriority.PAID and sum(demand.values()) <= flavor.max_units
        shares = demand if is_sufficient else apportioned(flavor.max_units, demand)
        for tenant, share in shares.items():
            units[tenant][flavor.name] = floor(share)
    return units


def affordable(aed_per_month: Fraction, hours: int, aed_per_unit_hour: Fraction) -> int:
    """Returns how many units can run for `hours` of a month at a cost of `aed_per_month`, rounded down."""
    return floor(aed_per_month / (hours * aed_per_unit_hour))


def apportioned(total: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """Divides `total` by weight into integers (largest remainder method; ties go to the first key in sort order)."""
    total_weight = sum(weights.values())
    if not total_weight:
        return dict.fromkeys(weights, 0)
    exact_shares = {key: Fraction(weight) * total / Fraction(total_weight) for key, weight in weights.items()}
    shares = {key: floor(share) for key, share in exact_shares.items()}
    remainder = total - sum(shares.values())
    for key in sorted(exact_shares, key=lambda key: (shares[key] - exact_shares[key], key))[:remainder]:
        shares[key] += 1
    return shares


def _demand(
    queue: QueueSpec,
    flavor: Flavor,
    open_flavors: Sequence[Flavor],
    usd_per_unit_hour: Mapping[str, Fraction],
    aed_per_usd: Fraction,
) -> int | Fraction:
    """Returns the units that the tenant's budget buys; for prepaid machines the budget itself, as a weight."""
    budget = Fraction(queue.aed_per_month)
    if flavor.priority is FlavorPriority.PAID:
        return budget
    priced = [candidate for candidate in open_flavors if candidate.priority is not FlavorPriority.PAID]
    budget_share = Fraction(1, len(priced))
    if queue.pool_percent is not None:
        budget_share = Fraction(queue.pool_percent.get(flavor.pool, 0), 100)
    return affordable(budget * budget_share, queue.hours_per_month, usd_per_unit_hour[flavor.name] * aed_per_usd)
