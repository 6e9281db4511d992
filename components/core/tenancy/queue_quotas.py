"""From a tenant's money to what its queue may run at once. Pure.

A month's dirhams, spread over the hours in which they shall last and over the pools that are open to the tenant, buy so
many GPUs (processors, where there are none) at the price of the dearest machine of each pool. What is paid anyway is
shared out by money. No pool gives away more than it has.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from falaj.components.core.tenancy.flavors import Flavor, Turn
from falaj.components.core.tenancy.queue_specs import CheckedQueue
from falaj.components.core.tenancy.tenancy import Tier

Units = Mapping[str, Mapping[str, int]]
"""Tenant -> flavor by name -> GPUs, or processors where there are none."""


def open_to(tenant: str, queue: CheckedQueue, flavors: Sequence[Flavor]) -> list[Flavor]:
    """Flavors that a tenant's work may take: shared ones and its own, without GPUs in tier `smb`."""
    return [
        flavor
        for flavor in flavors
        if flavor.tenant in (None, tenant) and not (queue.tier is Tier.SMB and flavor.has_gpus)
    ]


def quotas(
    queues: Mapping[str, CheckedQueue],
    flavors: Sequence[Flavor],
    usd_per_unit_hour: Mapping[str, Fraction],
    aed_per_usd: Fraction,
) -> dict[str, dict[str, int]]:
    """Units of each tenant in each flavor that is open to it; prices are by name of the flavor."""
    given: dict[str, dict[str, int]] = {tenant: {} for tenant in queues}
    for flavor in flavors:
        wanted = {
            tenant: _wanted(queue, flavor, open_to(tenant, queue, flavors), usd_per_unit_hour, aed_per_usd)
            for tenant, queue in queues.items()
            if flavor in open_to(tenant, queue, flavors)
        }
        enough = flavor.turn is not Turn.PAID and sum(wanted.values()) <= flavor.most
        shares = wanted if enough else apportioned(flavor.most, wanted)
        for tenant, units in shares.items():
            given[tenant][flavor.name] = floor(units)
    return given


def affordable(aed_per_month: Fraction, hours: int, aed_per_unit_hour: Fraction) -> int:
    """Units that run `hours` of a month for `aed_per_month`, rounded down: never a part of one more."""
    return floor(aed_per_month / (hours * aed_per_unit_hour))


def apportioned(total: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """`total` shared out by weight, whole and without rest: the largest remainders get one more, among equals the first
    by name."""
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
    queue: CheckedQueue,
    flavor: Flavor,
    mine: Sequence[Flavor],
    usd_per_unit_hour: Mapping[str, Fraction],
    aed_per_usd: Fraction,
) -> int | Fraction:
    """Units that the tenant's money buys; its money itself, as a weight, where they are paid anyway."""
    money = Fraction(queue.aed_per_month)
    if flavor.turn is Turn.PAID:
        return money
    priced = [other for other in mine if other.turn is not Turn.PAID]
    part = Fraction(1, len(priced))
    if queue.pool_percent is not None:
        part = Fraction(queue.pool_percent.get(flavor.pool, 0), 100)
    return affordable(money * part, queue.hours_per_month, usd_per_unit_hour[flavor.name] * aed_per_usd)
