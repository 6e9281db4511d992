"""From a tenant's budget to the quota of its queue. Pure.

The monthly budget is divided by the hours it must last and shared over the pools that are open to the tenant. At the
price of the most expensive machine of each pool it buys a number of units: GPUs, or processors where there are none.
Machines that are paid anyway are shared out in proportion to the budgets. No pool gives away more than it has.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from falaj.components.core.tenancy.flavors import Flavor, FlavorPriority
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.tenancy import Tier

Units = Mapping[str, Mapping[str, int]]
"""Tenant -> flavor by name -> GPUs, or processors where there are none."""


def open_to(tenant: str, queue: QueueSpec, flavors: Sequence[Flavor]) -> list[Flavor]:
    """Flavors that a tenant's work may use: shared ones and its own; without GPUs in tier `smb`."""
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
    """Units of each tenant in each flavor that is open to it; prices are by name of the flavor."""
    units: dict[str, dict[str, int]] = {tenant: {} for tenant in queues}
    for flavor in flavors:
        wanted = {
            tenant: _wanted(queue, flavor, open_to(tenant, queue, flavors), usd_per_unit_hour, aed_per_usd)
            for tenant, queue in queues.items()
            if flavor in open_to(tenant, queue, flavors)
        }
        enough = flavor.priority is not FlavorPriority.PAID and sum(wanted.values()) <= flavor.most
        shares = wanted if enough else apportioned(flavor.most, wanted)
        for tenant, share in shares.items():
            units[tenant][flavor.name] = floor(share)
    return units


def affordable(aed_per_month: Fraction, hours: int, aed_per_unit_hour: Fraction) -> int:
    """Units that can run `hours` of a month for `aed_per_month`, rounded down."""
    return floor(aed_per_month / (hours * aed_per_unit_hour))


def apportioned(total: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """`total` shared out by weight in whole numbers (largest remainder method; ties go to the first by name)."""
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {key: Fraction(weight) * total / Fraction(whole) for key, weight in weights.items()}
    shares = {key: floor(share) for key, share in exact.items()}
    rest = total - sum(shares.values())
    for key in sorted(exact, key=lambda key: (shares[key] - exact[key], key))[:rest]:
        shares[key] += 1
    return shares


def _wanted(
    queue: QueueSpec,
    flavor: Flavor,
    open_flavors: Sequence[Flavor],
    usd_per_unit_hour: Mapping[str, Fraction],
    aed_per_usd: Fraction,
) -> int | Fraction:
    """Units that the tenant's budget buys; the budget itself, as a weight, where the machines are paid anyway."""
    budget = Fraction(queue.aed_per_month)
    if flavor.priority is FlavorPriority.PAID:
        return budget
    priced = [other for other in open_flavors if other.priority is not FlavorPriority.PAID]
    part = Fraction(1, len(priced))
    if queue.pool_percent is not None:
        part = Fraction(queue.pool_percent.get(flavor.pool, 0), 100)
    return affordable(budget * part, queue.hours_per_month, usd_per_unit_hour[flavor.name] * aed_per_usd)
