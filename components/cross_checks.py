"""Checks across a stack's settings: what no single value can say. Pure; each returns problems instead of raising."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from components.core.cidr import LARGEST_SITE_PREFIX, SMALLEST_SITE_PREFIX
from components.core.pools import pool_problems
from components.core.problems import Problem
from components.core.words import Profile
from falaj.facts.regions import REGIONS, RegionState, uae_regions

if TYPE_CHECKING:
    from components.settings import SitePlace


def cross_problems(sites: Mapping[str, SitePlace], root: str) -> list[Problem]:
    """Every cross-field problem, with paths under `root`."""
    found = list(_overlaps(sites, root))
    for name, site in sites.items():
        found += _site_problems(site, f"{root}.sites.{name}")
    return found


def warnings(sites: Mapping[str, SitePlace]) -> list[str]:
    """What is legal and still worth a word before anything is planned: the state of a site's region."""
    said = []
    for name, site in sites.items():
        region = REGIONS[site.region]
        if region.state is not RegionState.AVAILABLE:
            said.append(
                f"site {name}: {region.name} is {region.state.value} since {region.state_date} ({region.source}); "
                "have a site elsewhere in the country that can carry the work"
            )
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
