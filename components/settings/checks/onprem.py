"""Checks of one on-premises site as a whole. Pure; what one value alone can say is checked where it is written."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_UP, Decimal
from ipaddress import IPv4Address

from falaj.components.core.network.cidr import POD_BLOCK, SERVICE_BLOCK
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.fixed_pools import fixed_pool_problems
from falaj.components.core.node_pools.own_machines import aed_per_month
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.onprem import OnPremSettings
from falaj.facts.regions import uae_regions


def onprem_problems(site: OnPremSettings, path: str) -> Iterator[Problem]:
    """What is wrong with a site, with paths under `path`."""
    pools = list(fixed_pool_problems(site.pools, {name: machine.gpus for name, machine in site.machines.items()}))
    for problem in (
        *_place_problems(site),
        *_connection_problems(site),
        *_network_problems(site),
        *pools,
        *_burst_problems(site),
        *(_budget_problems(site) if not pools else ()),
    ):
        yield replace(problem, path=f"{path}.{problem.path}")


def fixed_aed_per_month(site: OnPremSettings) -> Decimal:
    """Dirhams for a month of all machines, used or not."""
    nodes = dict.fromkeys(site.machines, 0)
    for pool in site.pools.values():
        nodes[pool.machine] += len(pool.nodes)
    return aed_per_month(site.machines, nodes, site.energy)


def _place_problems(site: OnPremSettings) -> Iterator[Problem]:
    if site.place in uae_regions():
        yield Problem("place", site.place, "a name of your own: this is a cloud's region", "call it otherwise")


def _connection_problems(site: OnPremSettings) -> Iterator[Problem]:
    reached = site.connection
    if (reached.kubeconfig_path is None) == (reached.kubeconfig_secret is None):
        given = "both" if reached.kubeconfig_path else None
        yield Problem("connection", given, "one of kubeconfig_path and kubeconfig_secret", "say once how it is reached")


def _network_problems(site: OnPremSettings) -> Iterator[Problem]:
    block = site.network_cidr
    if not block.is_private or any(block.overlaps(other) for other in (POD_BLOCK, SERVICE_BLOCK)):
        allowed = f"a private block outside {POD_BLOCK} (pods) and {SERVICE_BLOCK} (services)"
        yield Problem("network_cidr", str(block), allowed, "write the block of its nodes")
    for index, address in enumerate(site.nat_addresses):
        if not _is_public(address):
            yield Problem(f"nat_addresses.{index}", address, "a public IPv4 address", "write it like 203.0.113.10")


def _is_public(address: str) -> bool:
    try:
        return IPv4Address(address).is_global
    except ValueError:
        return False


def _burst_problems(site: OnPremSettings) -> Iterator[Problem]:
    if site.burst is None:
        return
    for name, pool in site.burst.pools.items():
        path = f"burst.pools.{name}"
        if name in site.pools:
            yield Problem(path, name, "names that no pool of the own machines has", "rename it")
        if pool.profile not in QUEUED:
            allowed = " or ".join(profile.value for profile in QUEUED)
            yield Problem(f"{path}.profile", pool.profile.value, allowed, "leave what serves on the own machines")
        for problem in pool_problems(site.burst.region, pool):
            yield replace(problem, path=f"{path}.{problem.path}")


def _budget_problems(site: OnPremSettings) -> Iterator[Problem]:
    fixed, budget = fixed_aed_per_month(site), site.budget.aed_per_month
    if budget < fixed:
        least = fixed.quantize(Decimal(1), rounding=ROUND_UP)
        allowed = f"{least} or more: what its machines cost a month, used or not"
        yield Problem("budget.aed_per_month", float(budget), allowed, "raise it, or have fewer machines")
