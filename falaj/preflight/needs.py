"""What the settings of a site need of its account, at the maximum size of all pools. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from falaj.components.settings.sites import SiteSettings
from falaj.facts.machines import Machine, find

SPOT, ON_DEMAND = "spot", "on-demand"
PREPAID = ("reserved", "capacity-block")


@dataclass(frozen=True)
class PoolNeed:
    """Machines of a pool that could run at once: the largest type, as often as the pool's maximum."""

    pool: str
    machines: tuple[Machine, ...]
    purchases: tuple[str, ...]
    """`spot`, `on-demand`, or both for `spot-first`, because either quota may have to bear the whole pool."""
    maximum: int
    zone: str | None

    def vcpus(self, machines: tuple[Machine, ...]) -> int:
        """Returns the vCPUs of the pool at its maximum, if it consists of the largest of these types."""
        return self.maximum * max((machine.vcpu or 0 for machine in machines), default=0)


@dataclass(frozen=True)
class VcpuNeed:
    """vCPUs that the pools of a site need of one quota, and the pools."""

    vcpus: int
    pools: tuple[str, ...]
    gpus: bool


def pool_needs(site: SiteSettings) -> list[PoolNeed]:
    """Returns the needs of all pools of a site."""
    needs = []
    for name, pool in site.pools.items():
        machines = tuple(machine for kind in pool.machines if (machine := find(site.region, kind)))
        needs.append(PoolNeed(name, machines, _purchases(pool.capacity.value), pool.max, pool.zone))
    return needs


def _purchases(capacity: str) -> tuple[str, ...]:
    if capacity in PREPAID:
        return (ON_DEMAND,)
    return (SPOT, ON_DEMAND) if capacity == "spot-first" else (capacity,)


def vcpu_needs(site: SiteSettings, family_of: Mapping[str, str]) -> dict[tuple[str, str], VcpuNeed]:
    """Returns (family, purchase) -> the sum of the pools at their maximum. `family_of`: family by machine type."""
    totals: dict[tuple[str, str], VcpuNeed] = {}
    for need in pool_needs(site):
        for family in sorted({family_of[machine.name] for machine in need.machines if machine.name in family_of}):
            machines = tuple(machine for machine in need.machines if family_of.get(machine.name) == family)
            for purchase in need.purchases:
                before = totals.get((family, purchase), VcpuNeed(0, (), False))
                totals[family, purchase] = VcpuNeed(
                    before.vcpus + need.vcpus(machines),
                    (*before.pools, need.pool),
                    before.gpus or any(machine.gpus > 0 for machine in machines),
                )
    return totals


@dataclass(frozen=True)
class ActionNeed:
    """An action of IAM that the deployment needs, on resources, and the condition keys of the request. Without
    resources AWS chooses their IDs, so that no ARN stands for them."""

    action: str
    resources: tuple[str, ...] = ()
    context: tuple[tuple[str, str], ...] = ()


AwsNeeds = Callable[[str], Sequence[ActionNeed]]
"""Account -> what a deployment needs there. Raises `NoAnswer` without a plan."""
AzureNeeds = Callable[[], Sequence[str]]
"""Returns the operations of resource providers that a deployment needs. Raises `NoAnswer` without a plan."""


def option(settings: Any, *path: str) -> Any:
    """Returns a setting by path, or None if a part of the path is absent or not a setting of this version."""
    for name in path:
        settings = settings.get(name) if isinstance(settings, Mapping) else getattr(settings, name, None)
        if settings is None:
            return None
    return settings
