"""What the search may change in node pools: machines, capacity, size and schedule. Pure."""

from collections.abc import Iterator
from math import ceil

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.facts.clouds import Cloud
from falaj.simulation.advice.choices import Choice, Path, choice, label, values
from falaj.simulation.advice.machine_sets import machine_sets, sets_with_small_types
from falaj.simulation.advice.office_windows import Windows
from falaj.simulation.advice.schedules import site_schedules

CAPACITIES = (Capacity.SPOT, Capacity.SPOT_FIRST, Capacity.ON_DEMAND)
"""Capacities that can be bought at any time, unlike reservations."""

INTERRUPTIBLE = (Profile.TRAINING, Profile.BATCH)
"""Profiles whose work resumes after an interruption. Served models stay on the capacity that they have."""

SIZE_FACTORS = (0.5, 0.75, 1.5, 2.0)
"""Sizes of a pool that are tried, as a multiple of today's maximum."""


def pool_choices(settings: Settings, hours: Windows | None = None) -> Iterator[Choice]:
    """Yields the choices of all sites and their pools but those of profile `system`. `hours`: office hours to try; None
    if no schedule is searched."""
    for name, site in settings.sites.items():
        if hours:
            yield from site_schedules(("sites", name), site, hours.jobs)
        for pool_name, pool in site.pools.items():
            if pool.profile is not Profile.SYSTEM:
                path = ("sites", name, "pools", pool_name)
                yield from _of_pool(path, site, pool)
                if hours:
                    yield from _schedule(path, site.cloud, pool)


def _of_pool(path: Path, site: SiteSettings, pool: NodePoolSpec) -> Iterator[Choice]:
    states_machines = all(
        getattr(option, "instance_requirements", None) is None for option in pool.cloud_options().values()
    )
    if states_machines:
        yield _machines(path, site.region, pool)
    if pool.profile in INTERRUPTIBLE and pool.capacity in CAPACITIES:
        others = [capacity.value for capacity in CAPACITIES]
        yield values((*path, "capacity"), "capacity", pool.capacity.value, others)
    yield values((*path, "min"), "min", pool.min, sorted({0, 1, pool.min + 1} if pool.min else {0, 1}))
    sizes = {max(ceil(pool.max * factor), pool.min, 1) for factor in SIZE_FACTORS}
    yield values((*path, "max"), "max", pool.max, sorted(sizes))


def _machines(path: Path, region: str, pool: NodePoolSpec) -> Choice:
    """Returns the choice of machine types; small types beside the pool's own come with more machines."""
    machines, most = (*path, "machines"), (*path, "max")
    sets = [([*names], {machines: [*names]}) for names in machine_sets(region, pool) if names]
    small = [
        (f"{label(names)}; max {pool.max * times}", {machines: [*names], most: pool.max * times})
        for names, times in sets_with_small_types(region, pool)
    ]
    return choice(machines, "machines", [*pool.machines], [*small, *sets])


def _schedule(path: Path, cloud: Cloud, pool: NodePoolSpec) -> Iterator[Choice]:
    """Yields the choice of a schedule, on clouds whose pools have one of their own."""
    sleeps = getattr(pool.cloud_options().get(cloud), "sleeps", None)
    if isinstance(sleeps, bool):
        yield values((*path, cloud.value, "sleeps"), "schedule", sleeps, [not sleeps])
