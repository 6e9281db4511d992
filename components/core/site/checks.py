"""Checks of a site as a whole against its cloud and region. Pure.

The settings of a stack file and the `Site` components run the same checks. Paths of problems are relative to the site.
"""

import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address

from falaj.components.core.network.zones import other_zones, site_zones, zone_id, zones_problems
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.node_groups import is_group, node_group_problems
from falaj.components.core.site.rules import CloudRules, rules_of
from falaj.components.core.site.specs import SiteBase, SitePlacement, SiteSpec
from falaj.components.core.site.version_support import support_problems
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem, below
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.regions import uae_regions


def site_problems(site: SitePlacement, cloud: Cloud, tags: Mapping[str, str]) -> Iterator[Problem]:
    """Yields all problems of a site on a cloud, or only that of its region if it is invalid. `tags` are the cost
    tags."""
    if region_problem := _region_problem(site, cloud):
        yield region_problem
        return
    rules = rules_of(cloud)
    yield from below("network", _network_problems(site, rules))
    yield from _access_problems(site, rules)
    yield from _sleep_problems(site, tags)
    yield from _foreign_options(site, cloud)
    yield from _spread_problems(site)
    yield from pools_problems(site, cloud)
    yield from _cache_problems(site)
    yield from rules.problems(site)
    if isinstance(site, SiteSpec):
        charts, paid = rules.releases(site), rules.paid_support(site)
        yield from support_problems(cloud, site.kubernetes_version, charts, paid, rules.release_settings)


def _cache_problems(site: SitePlacement) -> Iterator[Problem]:
    if site.storage.cached_registries and not site.storage.registry:
        given = [cached.value for cached in site.storage.cached_registries]
        yield Problem("storage.cached_registries", given, "nothing without `storage.registry`", "add a registry")


def pools_problems(site: SiteBase, cloud: Cloud) -> Iterator[Problem]:
    """Yields the problems of a site's region and pools, for the site itself and for workloads that refer to it."""
    if region_problem := _region_problem(site, cloud):
        yield region_problem
        return
    rules = rules_of(cloud)
    has_karpenter = rules.autoscaler(site) is NodeAutoscaler.KARPENTER
    for name, pool in site.pools.items():
        path = f"pools.{name}"
        yield from below(path, pool_problems(site.region, pool))
        if not has_karpenter or is_group(pool):
            yield from below(path, node_group_problems(pool))
        elif pool.sharing is not None:
            allowed = "nothing where Karpenter creates the nodes: it does not support shared GPUs"
            given = pool.sharing.model_dump(exclude_none=True)
            yield Problem(f"{path}.sharing", given, allowed, "set node_autoscaler to cluster-autoscaler")
    yield from rules.pool_problems(site)


def _region_problem(site: SiteBase, cloud: Cloud) -> Problem | None:
    if site.region in uae_regions(cloud) and cloud in CLOUDS:
        return None
    allowed = ", ".join(sorted(uae_regions(cloud))) or "no region: declare this site under `onprem`"
    return Problem("region", site.region, allowed, f"choose a region of {cloud.value}")


def _network_problems(site: SitePlacement, rules: CloudRules) -> Iterator[Problem]:
    network = site.network
    if allowed := rules.unsupported_egress.get(network.egress):
        yield Problem("egress", network.egress.value, allowed, "choose one of these")
    yield from _firewall_problems(site, rules)
    yield from zones_problems(site.region, network.zones, network.zone_ids)


def _firewall_problems(site: SitePlacement, rules: CloudRules) -> Iterator[Problem]:
    address, egress = site.network.firewall_address, site.network.egress
    has_address = egress is Egress.FIREWALL and rules.firewall_by_address and not rules.has_own_routes(site)
    if has_address and address is None and egress not in rules.unsupported_egress:
        yield Problem.missing("firewall_address", "egress is firewall", "add the firewall's address")
    if address is None or has_address:
        return
    allowed = "nothing: routes name the target"
    if rules.firewall_by_address:
        allowed = "only where egress is firewall and the network is created here"
    given = str(address) if isinstance(address, IPv4Address) else address
    yield Problem("firewall_address", given, allowed, "remove it")


def _access_problems(site: SitePlacement, rules: CloudRules) -> Iterator[Problem]:
    for index, administrator in enumerate(site.administrators):
        if isinstance(administrator, str) and not re.fullmatch(rules.administrator, administrator):
            yield Problem(f"administrators.{index}", administrator, rules.administrator_kind, "write it like that")


def _sleep_problems(site: SitePlacement, tags: Mapping[str, str]) -> Iterator[Problem]:
    if tags.get("environment") != "prod":
        return
    site_paths = ["sleeps"] if site.sleeps else []
    pool_paths = [
        f"pools.{name}.{cloud.value}.sleeps"
        for name, pool in site.pools.items()
        for cloud, options in pool.cloud_options().items()
        if getattr(options, "sleeps", False)
    ]
    for path in (*site_paths, *pool_paths):
        allowed = "false where the tag environment is prod: production does not sleep"
        yield Problem(path, True, allowed, "remove it")


def _foreign_options(site: SitePlacement, cloud: Cloud) -> Iterator[Problem]:
    """Yields problems for options of a cloud other than the site's."""
    for owner in site.option_fields():
        options = getattr(site, owner.value)
        if options is not None and owner is not cloud:
            given = options.model_dump(mode="json", exclude_defaults=True)
            yield Problem(owner.value, given, f"only where cloud is {owner.value}", "remove it")


def _spread_problems(site: SitePlacement) -> Iterator[Problem]:
    if not any(pool.profile is Profile.SYSTEM for pool in site.pools.values()):
        yield Problem("pools", sorted(site.pools), "at least one pool of profile system", "add a system pool")
    zones = site_zones(site.region, site.network.zones, site.network.zone_ids)
    others, allowed = other_zones(site.region, zones), ", ".join(zones)
    for name, pool in site.pools.items():
        if pool.zone is not None and zone_id(site.region, pool.zone) in others:
            yield Problem(f"pools.{name}.zone", pool.zone, allowed, "choose a zone that the site spans")
        for index, zone in enumerate(pool.zones or ()):
            if zone_id(site.region, zone) in others:
                yield Problem(f"pools.{name}.zones.{index}", zone, allowed, "choose a zone that the site spans")
