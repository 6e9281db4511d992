"""Checks that the system pools of a stack's sites hold what the sites install. Pure."""

from collections.abc import Iterator

from falaj.components.core.node_pools.system_capacity import SystemLoad, system_load
from falaj.components.core.serving.cluster_parts import GATEWAY_PODS_PART
from falaj.components.core.site.rules import rules_of
from falaj.components.core.validation.enums import ClusterPart
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.cluster_charts import cluster_charts
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.facts.machines import find


def site_parts(name: str, site: SiteSettings, settings: Settings) -> list[str]:
    """Returns what runs on a site's cluster besides its workloads, by the names of `falaj.facts.system_pods`."""
    machines = (find(site.region, machine) for pool in site.pools.values() for machine in pool.machines)
    has_gpus = any(machine is not None and machine.gpus for machine in machines)
    charts = cluster_charts(name, site.cloud, site.cluster, settings, has_gpus)
    needed = site.cluster.parts(site.cloud)
    shared = [chart.name for chart in charts]
    gateway = [GATEWAY_PODS_PART] if ClusterPart.GATEWAY_CONTROLLER in needed else []
    return [*rules_of(site.cloud).system_parts(site, shared, needed), *shared, *gateway]


def site_load(name: str, site: SiteSettings, settings: Settings) -> SystemLoad | None:
    """Returns the load of a site's system pools; None if the size of their machines is not known."""
    return system_load(site.cloud, site.region, site.pools, site_parts(name, site, settings))


def capacity_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields a problem for each site whose system pools cannot hold what it installs even at `max`."""
    for name, site in settings.sites.items():
        load = site_load(name, site, settings)
        if load is None or load.is_held_by_most:
            continue
        pool = next(iter(load.pools))
        needs = "larger machines" if load.needed is None else f"{load.needed} nodes or more"
        fix = "use a larger machine" if load.needed is None else f"set it to {load.needed}, or use a larger machine"
        yield Problem(f"{root}.sites.{name}.pools.{pool}.max", load.most, f"{needs}: {load}", fix)


def capacity_warnings(name: str, site: SiteSettings, settings: Settings) -> Iterator[str]:
    """Yields a warning if more system nodes always run than `min` says."""
    load = site_load(name, site, settings)
    if load is None or load.is_held_by_least or not load.is_held_by_most:
        return
    yield (
        f"pool {' and '.join(load.pools)}: {load}, so {load.needed} nodes always run, where `min` is {load.least}: set "
        f"it to {load.needed}, or use a larger machine"
    )
