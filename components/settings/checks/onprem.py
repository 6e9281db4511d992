"""Cross-field checks of an on-premises site. Pure. Single values are checked where their fields are declared."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_UP, Decimal

from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.fixed_pools import fixed_pool_problems, nodes_of_machines
from falaj.components.core.node_pools.own_machines import aed_per_month
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.checks.versions import onprem_version_problems
from falaj.components.settings.onprem import OnPremSettings
from falaj.facts.regions import uae_regions


def onprem_problems(site: OnPremSettings, path: str) -> Iterator[Problem]:
    """Yields the problems of a site, with paths under `path`."""
    pools = list(fixed_pool_problems(site.pools, {name: machine.gpus for name, machine in site.machines.items()}))
    for problem in (
        *_place_problems(site),
        *onprem_version_problems(site),
        *_connection_problems(site),
        *pools,
        *_burst_problems(site),
        *(_budget_problems(site) if not pools else ()),
    ):
        yield replace(problem, path=f"{path}.{problem.path}")


def fixed_aed_per_month(site: OnPremSettings) -> Decimal:
    """Returns the cost of all machines in dirhams (AED) per month, used or not."""
    return aed_per_month(site.machines, nodes_of_machines(site.pools, site.machines), site.energy)


def _place_problems(site: OnPremSettings) -> Iterator[Problem]:
    if site.place in uae_regions():
        yield Problem("place", site.place, "a name of your own: this is a cloud's region", "choose another name")


def _connection_problems(site: OnPremSettings) -> Iterator[Problem]:
    connection = site.connection
    if (connection.kubeconfig_path is None) == (connection.kubeconfig_secret is None):
        given = "both" if connection.kubeconfig_path else None
        yield Problem("connection", given, "one of kubeconfig_path and kubeconfig_secret", "set exactly one of them")


def _burst_problems(site: OnPremSettings) -> Iterator[Problem]:
    if site.burst is None:
        return
    if site.topology:
        allowed = "no labels with `burst`: an autoscaler creates its nodes"
        yield Problem("topology", list(site.topology), allowed, "remove it, or `burst`")
    for name, pool in site.burst.pools.items():
        path = f"burst.pools.{name}"
        if name in site.pools:
            yield Problem(path, name, "a name that no pool of your own machines has", "rename it")
        if pool.profile not in QUEUED:
            allowed = " or ".join(profile.value for profile in QUEUED)
            yield Problem(f"{path}.profile", pool.profile.value, allowed, "run services on your own machines")
        if pool.aws.exact_gpus:
            allowed = "false with `burst`: labels of nodes that your own autoscaler creates are not known"
            yield Problem(f"{path}.aws.exact_gpus", True, allowed, "remove it")
        for problem in pool_problems(site.burst.region, pool):
            yield replace(problem, path=f"{path}.{problem.path}")


def _budget_problems(site: OnPremSettings) -> Iterator[Problem]:
    fixed_cost, budget = fixed_aed_per_month(site), site.budget.aed_per_month
    if budget < fixed_cost:
        minimum = fixed_cost.quantize(Decimal(1), rounding=ROUND_UP)
        allowed = f"{minimum} or more: the monthly cost of its machines, used or not"
        yield Problem("budget.aed_per_month", float(budget), allowed, "raise it, or reduce the number of machines")
