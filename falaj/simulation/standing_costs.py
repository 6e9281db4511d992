"""What a platform costs per month whatever runs on it: control planes, system nodes, NAT gateways, balancers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.node_pools.fixed_pools import nodes_of_machines
from falaj.components.core.node_pools.own_machines import aed_per_month
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import system_pools
from falaj.components.core.site.rules import rules_of
from falaj.components.core.site.standing_charges import Gateway, StandingCharge
from falaj.components.core.validation.enums import Capacity
from falaj.components.settings.checks.capacity import site_load
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.facts.calendar import WORKING_DAYS
from falaj.finops.pool_prices import pool_prices
from falaj.simulation.platform_model import StandingMachines
from falaj.simulation.pool_models import PREPAID, PoolContext

SYSTEM_NODES, RESERVED, OWN_MACHINES = "system nodes", "reserved machines", "own machines"

LEFT_OUT = (
    "left out, because a plan has them and the settings alone do not: vaults and other storage, disks of machines, "
    "private endpoints, keys, logs, data transfer, and VAT (falaj bill estimates them)"
)
"""What the model of a stack leaves out, for the report."""

DAYS_PER_WEEK, HOURS_PER_DAY = 7, 24


def cloud_costs(
    name: str, site: SiteSettings, settings: Settings, context: PoolContext
) -> tuple[dict[str, float], list[str]]:
    """Returns AED per month of a site on a cloud by what they are for, and warnings."""
    costs, warnings = defaultdict[str, float](float), list[str]()
    gateway = site.cluster.gateway
    reached = Gateway.ABSENT if gateway is None else Gateway.PUBLIC if gateway.public else Gateway.INTERNAL
    for charge in rules_of(site.cloud).standing_charges(site, reached):
        aed = _charged(charge, site.region, context)
        if aed is None:
            warnings.append(f"{name}: {charge.what} are left out: no price of {charge.service} {charge.sku} is known")
        else:
            costs[charge.what] += aed
    costs[SYSTEM_NODES] += _system_nodes(name, site, settings, context)
    for pool_name, pool in site.pools.items():
        if pool.capacity is Capacity.RESERVED:
            costs[RESERVED] += _nodes(pool.machines, pool.max, site.region, context)
        elif pool.capacity in PREPAID:
            warnings.append(f"pool {name}/{pool_name}: its machines are paid in advance, and their price is left out")
    return {what: aed for what, aed in costs.items() if aed}, warnings


def own_costs(site: OnPremSettings) -> Mapping[str, float]:
    """Returns AED per month of a site of own machines: all of them, used or idle."""
    nodes = nodes_of_machines(site.pools, site.machines)
    return {OWN_MACHINES: float(aed_per_month(site.machines, nodes, site.energy))}


def _charged(charge: StandingCharge, region: str, context: PoolContext) -> float | None:
    price = context.prices.unit(region, charge.service, charge.sku).usd
    return None if price is None else float(price * context.aed_per_usd * charge.count * HOURS_PER_MONTH)


def _system_nodes(name: str, site: SiteSettings, settings: Settings, context: PoolContext) -> float:
    """Returns the nodes on which the site's own parts run: the pools' minimum, and what does not fit on it in the first
    pool, in the hours in which the site works."""
    total = sum(
        _nodes(pool.machines, count, site.region, context) for pool, count in _system_pools(name, site, settings)
    )
    return total * (working_share(context.office_hours) if context.sleeps else 1.0)


def _system_pools(name: str, site: SiteSettings, settings: Settings) -> Iterator[tuple[NodePoolSpec, int]]:
    """Yields the system pools with the number of their nodes."""
    load = site_load(name, site, settings)
    more = 0 if load is None or load.needed is None else max(0, load.needed - load.least)
    for pool in system_pools(site.pools).values():
        yield pool, min(pool.max, pool.min + more)
        more = max(0, more - (pool.max - pool.min))


def standing_machines(
    name: str, site: SiteSettings, settings: Settings, context: PoolContext
) -> Iterator[StandingMachines]:
    """Yields the machines whose charges `cloud_costs` has, which commitments may cover."""
    hours = context.office_hours if context.sleeps else None
    pools = [*((*each, hours) for each in _system_pools(name, site, settings))]
    pools += [(pool, pool.max, None) for pool in site.pools.values() if pool.capacity is Capacity.RESERVED]
    for pool, count, awake in pools:
        machine = pool_prices(context.prices, site.region, pool.machines, ("on-demand",), None, in_order=True).machine
        yield StandingMachines(name, machine, count, awake)


def _nodes(machines: Sequence[str], count: int, region: str, context: PoolContext) -> float:
    price = pool_prices(context.prices, region, machines, ("on-demand",), None, in_order=True).price.usd
    return float((price or Decimal(0)) * context.aed_per_usd * count * HOURS_PER_MONTH)


def working_share(office_hours: tuple[float, float]) -> float:
    """Returns the share of a week in which a sleeping site works."""
    opens, closes = office_hours
    return len(WORKING_DAYS) * (closes - opens) / (DAYS_PER_WEEK * HOURS_PER_DAY)
