"""Checks of one site as a whole: what its cloud, its region and its parts allow together. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from falaj.components.core.network.cidr import LARGEST_SITE_PREFIX, POD_BLOCK, SERVICE_BLOCK, SMALLEST_SITE_PREFIX
from falaj.components.core.node_pools.node_groups import is_group, node_group_problems
from falaj.components.core.node_pools.pod_addresses import address_problems
from falaj.components.core.node_pools.pools import pool_problems
from falaj.components.core.site.administrators import ENTRA_GROUP, ROLE_ARN
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile, Purpose
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.sites import PoolSettings, SitePlace
from falaj.facts.regions import REGIONS, Cloud, uae_regions

ADMINISTRATORS = {
    Cloud.AWS: (ROLE_ARN, "the ARN of an IAM role"),
    Cloud.AZURE: (ENTRA_GROUP, "the object id of an Entra group"),
}
NO_EGRESS = {
    Cloud.AWS: {Egress.FIREWALL: "none, nat-single or nat-per-zone: a firewall's route is made on Azure only"},
    Cloud.AZURE: {Egress.NAT_PER_ZONE: "none, nat-single or firewall: an Azure subnet takes one NAT gateway"},
}
"""Ways out that a cloud does not have, and what it has instead."""


def site_problems(site: SitePlace, path: str, tags: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with a site, with paths under `path`; nothing else is looked at where its region is wrong."""
    if site.region not in uae_regions(site.cloud):
        allowed = ", ".join(sorted(uae_regions(site.cloud))) or "no region: this cloud is not deployed by a stack yet"
        yield Problem(f"{path}.region", site.region, allowed, f"choose a region of {site.cloud.value}")
        return
    for problem in (
        *_network_problems(site),
        *_cluster_problems(site),
        *_sleep_problems(site, tags),
        *_cloud_problems(site),
        *_pool_problems(site),
        *_address_problems(site),
    ):
        yield replace(problem, path=f"{path}.{problem.path}")


def _network_problems(site: SitePlace) -> Iterator[Problem]:
    network = site.network
    if not LARGEST_SITE_PREFIX <= network.cidr.prefixlen <= SMALLEST_SITE_PREFIX:
        allowed = f"a block between /{LARGEST_SITE_PREFIX} and /{SMALLEST_SITE_PREFIX}"
        yield Problem("network.cidr", str(network.cidr), allowed, "take a block of that size")
    if any(network.cidr.overlaps(block) for block in (POD_BLOCK, SERVICE_BLOCK)):
        allowed = f"a block outside {POD_BLOCK} (pods) and {SERVICE_BLOCK} (services)"
        yield Problem("network.cidr", str(network.cidr), allowed, "take another block")
    if allowed := NO_EGRESS[site.cloud].get(network.egress):
        yield Problem("network.egress", network.egress.value, allowed, "choose one of these")
    elif network.egress is Egress.FIREWALL and network.firewall_address is None:
        yield Problem("network.firewall_address", None, "where egress is firewall", "add the firewall's address")
    if network.egress is not Egress.FIREWALL and network.firewall_address is not None:
        given = str(network.firewall_address)
        yield Problem("network.firewall_address", given, "only where egress is firewall", "remove it")
    zones = max(1, len(REGIONS[site.region].zones))
    if network.zones > zones:
        yield Problem("network.zones", network.zones, f"at most {zones} in {site.region}", "lower it")


def _cluster_problems(site: SitePlace) -> Iterator[Problem]:
    pattern, kind = ADMINISTRATORS[site.cloud]
    for index, administrator in enumerate(site.administrators):
        if not re.fullmatch(pattern, administrator):
            yield Problem(f"administrators.{index}", administrator, kind, "correct it")
    if any(block.prefixlen == 0 for block in site.public_access_cidrs):
        yield Problem("public_access_cidrs", "0.0.0.0/0", "the blocks of your offices", "name the blocks")


def _sleep_problems(site: SitePlace, tags: Mapping[str, str]) -> Iterator[Problem]:
    if tags.get("environment") == "prod":
        sleepers = ["sleeps"] if site.sleeps else []
        sleepers += [f"pools.{name}.sleeps" for name, pool in site.pools.items() if pool.sleeps]
        for sleeper in sleepers:
            yield Problem(sleeper, True, "false where the tag environment is prod", "leave production awake")
    if site.sleeps and site.cloud is Cloud.AZURE and site.autoscaler is NodeAutoscaler.KARPENTER:
        allowed = "false with node auto-provisioning: AKS cannot stop such a cluster"
        yield Problem("sleeps", True, allowed, "take node_autoscaler: cluster-autoscaler")


def _cloud_problems(site: SitePlace) -> Iterator[Problem]:
    """What is written for another cloud, or leans on a part that the site does not have."""
    for cloud in (Cloud.AWS, Cloud.AZURE):
        if cloud is not site.cloud and getattr(site, cloud.value) is not None:
            yield Problem(cloud.value, "settings", f"only where cloud is {cloud.value}", "remove it")
    if site.aws is None:
        return
    starts = (pool for pool in site.pools.values() if not is_group(pool))
    if site.aws.budget_stop and (site.autoscaler is not NodeAutoscaler.KARPENTER or not any(starts)):
        yield Problem("aws.budget_stop", "a brake", "where Karpenter has pools", "remove it, or take Karpenter")
    if site.aws.scratch_gib is None:
        return
    if site.aws.scratch_gib != 1200 and site.aws.scratch_gib % 2400:
        yield Problem("aws.scratch_gib", site.aws.scratch_gib, "1200 or a multiple of 2400", "take such a size")
    if Purpose.DATASETS not in site.vaults:
        yield Problem("aws.scratch_gib", site.aws.scratch_gib, "where there is a vault datasets", "add that vault")


def _pool_problems(site: SitePlace) -> Iterator[Problem]:
    if not any(pool.profile is Profile.SYSTEM for pool in site.pools.values()):
        yield Problem("pools", sorted(site.pools), "at least one pool of profile system", "add a system pool")
    for name, pool in site.pools.items():
        for problem in pool_problems(site.region, pool):
            yield replace(problem, path=f"pools.{name}.{problem.path}")
        karpenter = site.autoscaler is NodeAutoscaler.KARPENTER
        if not karpenter or is_group(pool):
            yield from (replace(found, path=f"pools.{name}.{found.path}") for found in node_group_problems(pool))
        if karpenter and site.cloud is Cloud.AZURE and pool.min and pool.profile is not Profile.SYSTEM:
            allowed = "0 with node auto-provisioning, which keeps no machine that nobody waits for"
            yield Problem(f"pools.{name}.min", pool.min, allowed, "write 0")
        if pool.zone in REGIONS[site.region].zones[site.network.zones :]:
            allowed = ", ".join(REGIONS[site.region].zones[: site.network.zones])
            yield Problem(f"pools.{name}.zone", pool.zone, allowed, "choose a zone that the site spans")
        if pool.sharing is not None:
            yield from (replace(found, path=f"pools.{name}.{found.path}") for found in _sharing_problems(site, pool))
        if pool.gpu_partition and karpenter and site.cloud is Cloud.AZURE:
            allowed = "nothing with node auto-provisioning, which does not split GPUs"
            yield Problem(f"pools.{name}.gpu_partition", pool.gpu_partition, allowed, "remove it")


def _sharing_problems(site: SitePlace, pool: PoolSettings) -> Iterator[Problem]:
    assert pool.sharing is not None  # noqa: S101 - asked before
    if (pool.sharing.slices is None) == (pool.sharing.turns is None):
        yield Problem(
            "sharing", pool.sharing.model_dump(), "either `slices` or `turns`", "say once how they are shared"
        )
    if pool.sharing.turns is not None and pool.tenant is None:
        yield Problem("sharing.turns", pool.sharing.turns, "where the pool is one tenant's", "add `tenant` to the pool")
    if site.autoscaler is NodeAutoscaler.KARPENTER and not is_group(pool):
        allowed = "nothing where Karpenter makes the nodes, which does not know shared GPUs"
        yield Problem("sharing", pool.sharing.model_dump(exclude_none=True), allowed, "take the cluster autoscaler")


def _address_problems(site: SitePlace) -> Iterator[Problem]:
    """Pods take addresses of the network on AWS; on Azure they have a block of their own."""
    has_room = SMALLEST_SITE_PREFIX >= site.network.cidr.prefixlen >= LARGEST_SITE_PREFIX
    if site.cloud is Cloud.AWS and has_room:
        yield from address_problems(site.region, site.network.cidr, site.network.zones, site.pools)
