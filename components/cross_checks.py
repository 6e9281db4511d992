"""Checks across a stack's settings: what no single value can say. Pure; each returns problems instead of raising."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from components.core.administrators import ENTRA_GROUP, ROLE_ARN
from components.core.cidr import LARGEST_SITE_PREFIX, POD_BLOCK, SERVICE_BLOCK, SMALLEST_SITE_PREFIX
from components.core.pools import pool_problems
from components.core.problems import Problem
from components.core.words import Egress, Profile
from falaj.facts.regions import REGIONS, Cloud, RegionState, uae_regions

if TYPE_CHECKING:
    from components.settings_sites import SitePlace


ADMINISTRATORS = {
    Cloud.AWS: (ROLE_ARN, "the ARN of an IAM role"),
    Cloud.AZURE: (ENTRA_GROUP, "the object id of an Entra group"),
}


def cross_problems(sites: Mapping[str, SitePlace], root: str) -> list[Problem]:
    """Every cross-field problem, with paths under `root`."""
    found = list(_overlaps(sites, root))
    for name, site in sites.items():
        found += _site_problems(site, f"{root}.sites.{name}")
    return found


def warnings(sites: Mapping[str, SitePlace]) -> list[str]:
    """What is legal and still worth a word: impaired regions, clusters that nobody administers."""
    said = []
    for name, site in sites.items():
        region = REGIONS[site.region]
        if region.state is not RegionState.AVAILABLE:
            said.append(
                f"site {name}: {region.name} is {region.state.value} since {region.state_date} ({region.source}); "
                "have a site elsewhere in the country that can carry the work"
            )
        if not site.administrators:
            said.append(f"site {name}: nobody administers its cluster; name roles or groups under `administrators`")
    return said


def _overlaps(sites: Mapping[str, SitePlace], root: str) -> Iterator[Problem]:
    for (one, a), (two, b) in combinations(sites.items(), 2):
        if a.network.cidr.overlaps(b.network.cidr):
            yield Problem(
                f"{root}.sites.{two}.network.cidr",
                str(b.network.cidr),
                f"a block that does not overlap {a.network.cidr} of site {one}",
                "give each site a block of its own",
            )


def _site_problems(site: SitePlace, path: str) -> Iterator[Problem]:
    if site.region not in uae_regions(site.cloud):
        allowed = ", ".join(sorted(uae_regions(site.cloud))) or "no region: this cloud is not deployed by a stack yet"
        yield Problem(f"{path}.region", site.region, allowed, f"choose a region of {site.cloud.value}")
        return
    prefix = site.network.cidr.prefixlen
    if not LARGEST_SITE_PREFIX <= prefix <= SMALLEST_SITE_PREFIX:
        yield Problem(
            f"{path}.network.cidr",
            str(site.network.cidr),
            f"a block between /{LARGEST_SITE_PREFIX} and /{SMALLEST_SITE_PREFIX}",
            "take a block of that size",
        )
    if any(site.network.cidr.overlaps(block) for block in (POD_BLOCK, SERVICE_BLOCK)):
        allowed = f"a block outside {POD_BLOCK} (pods) and {SERVICE_BLOCK} (services)"
        yield Problem(f"{path}.network.cidr", str(site.network.cidr), allowed, "take another block")
    if site.cloud is Cloud.AZURE and site.network.egress is Egress.NAT_PER_ZONE:
        allowed = "none or nat-single: an Azure subnet takes one NAT gateway"
        yield Problem(f"{path}.network.egress", "nat-per-zone", allowed, "write nat-single")
    pattern, kind = ADMINISTRATORS[site.cloud]
    for index, administrator in enumerate(site.administrators):
        if not re.fullmatch(pattern, administrator):
            yield Problem(f"{path}.administrators.{index}", administrator, kind, "correct it")
    zones = max(1, len(REGIONS[site.region].zones))
    if site.network.zones > zones:
        yield Problem(f"{path}.network.zones", site.network.zones, f"at most {zones} in {site.region}", "lower it")
    if any(block.prefixlen == 0 for block in site.public_access_cidrs):
        yield Problem(f"{path}.public_access_cidrs", "0.0.0.0/0", "the blocks of your offices", "name the blocks")
    if not any(pool.profile is Profile.SYSTEM for pool in site.pools.values()):
        yield Problem(f"{path}.pools", sorted(site.pools), "at least one pool of profile system", "add a system pool")
    for name, pool in site.pools.items():
        for problem in pool_problems(site.region, pool):
            yield replace(problem, path=f"{path}.pools.{name}.{problem.path}")
