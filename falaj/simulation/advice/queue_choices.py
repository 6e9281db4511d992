"""What the search may change in queues and in the quotas of spot capacity. The sum of a site's budgets stays. Pure."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from math import ceil

from falaj.components.core.node_pools.open_pools import is_open
from falaj.components.core.tenancy.queue_specs import QUEUED, Borrowing
from falaj.components.core.validation.enums import Capacity
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.workloads import QueueSettings, SpaceSettings
from falaj.simulation.advice.choices import Choice, Path, choice, values

HOURS = (730, 365, 200, 100, 50)
"""Hours per month in which a full quota is in use that are tried."""

SPOT_PERCENT = (0, 50, 80, 95)
"""Percentages of hours expected on spot that are tried."""

SPACE_FACTORS = (2, 4)
"""Size of a tenant's space that is tried, as a multiple of today's: it limits what the queue borrows."""

POOL_PERCENT = (50, 80, 95)
"""Percentages of a budget that one pool gets that are tried; the others share the rest equally."""

MOVED_PERCENT = (10, 30)
"""Percentages of a tenant's budget that are moved to another tenant of the site."""


def queue_choices(settings: Settings) -> Iterator[Choice]:
    """Yields the choices of all queues on clouds."""
    for name, site in settings.sites.items():
        queues = {
            tenant: space.queue
            for tenant, spec in settings.tenants.items()
            if (space := spec.spaces.get(name)) and space.queue
        }
        for tenant, queue in queues.items():
            yield from _of_queue(_path(tenant, name), queue, _open_pools(site, tenant))
            yield _space(("tenants", tenant, "spaces", name), settings.tenants[tenant].spaces[name])
        yield from _budget_shares(name, queues)
        if queues and any(pool.capacity is Capacity.SPOT_FIRST for pool in site.pools.values()):
            path = ("sites", name, "cluster", "spot_hours_percent")
            yield values(path, "quota price", site.cluster.spot_hours_percent, SPOT_PERCENT)


def _path(tenant: str, site: str) -> Path:
    return ("tenants", tenant, "spaces", site, "queue")


def _open_pools(site: SiteSettings, tenant: str) -> list[str]:
    return [name for name, pool in site.pools.items() if is_open(pool, tenant, QUEUED)]


def _of_queue(path: Path, queue: QueueSettings, pools: list[str]) -> Iterator[Choice]:
    yield values((*path, "hours_per_month"), "quota hours", queue.hours_per_month, HOURS)
    yield values((*path, "borrows"), "borrowing", queue.borrows.value, [borrowing.value for borrowing in Borrowing])
    if len(pools) > 1:
        today = queue.pool_percent or "equal"
        shares = [_shares(pools, favoured, percent) for favoured in pools for percent in POOL_PERCENT]
        yield values((*path, "pool_percent"), "quota shares", today, shares)


def _space(path: Path, space: SpaceSettings) -> Choice:
    """Returns the choice of the size of a tenant's space. Its budget limits what it spends, whatever the size is."""
    today = {"gpus": space.gpus, "cpu": ceil(space.cpu), "memory_gib": ceil(space.memory_gib)}
    sizes = [{key: amount * factor for key, amount in today.items()} for factor in SPACE_FACTORS]
    changes = [{(*path, key): amount for key, amount in size.items()} for size in sizes]
    return choice(path, "space", today, zip(sizes, changes, strict=True))


def _shares(pools: list[str], favoured: str, percent: int) -> dict[str, int]:
    """Returns the percentages of pools of which one gets `percent`; what cannot be divided equally is left over."""
    rest = (100 - percent) // (len(pools) - 1)
    return {pool: percent if pool == favoured else rest for pool in pools}


def _budget_shares(site: str, queues: Mapping[str, QueueSettings]) -> Iterator[Choice]:
    """Yields the choice of moving money between the tenants of a site."""
    moves = [
        (f"{percent} % of {giver}'s to {taker}", _moved(site, queues, giver, taker, percent))
        for giver, taker in permutations(queues, 2)
        for percent in MOVED_PERCENT
    ]
    if moves:
        budgets = {tenant: float(queue.aed_per_month) for tenant, queue in queues.items()}
        yield choice(("tenants", "spaces", site, "queue", "aed_per_month"), "budget shares", budgets, moves)


def _moved(site: str, queues: Mapping[str, QueueSettings], giver: str, taker: str, percent: int) -> dict[Path, object]:
    """Returns the budgets after a move, in whole dirhams."""
    amount = int(queues[giver].aed_per_month) * percent // 100
    budgets = {giver: int(queues[giver].aed_per_month) - amount, taker: int(queues[taker].aed_per_month) + amount}
    return {(*_path(tenant, site), "aed_per_month"): aed for tenant, aed in budgets.items()}
