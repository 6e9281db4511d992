"""What a pool may meet in its region although it is legal: zones that lack its machines, spot that nobody has sold.

Pure, and from dated facts (falaj.facts.machines): so it warns and does not refuse. That a machine is offered in a
region at all is checked with the pool (`pool_problems`); the state of the region is told once a site.
"""

from collections.abc import Iterator, Sequence

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity
from falaj.facts.machines import Machine, PriceKind, find
from falaj.facts.regions import REGIONS

SPOT = (Capacity.SPOT, Capacity.SPOT_FIRST)


def availability_warnings(region: str, zones: int, pool: NodePoolSpec) -> Iterator[str]:
    """What is known against a pool of a site with so many zones; machines that the region lacks are passed over."""
    offered = [machine for name in pool.machines if (machine := find(region, name))]
    yield from _zone_warnings(region, zones, pool, offered)
    if pool.capacity in SPOT:
        yield from _spot_warnings(offered)


def _zone_warnings(region: str, zones: int, pool: NodePoolSpec, offered: Sequence[Machine]) -> Iterator[str]:
    """Nothing where one machine has no zones listed: it may be in all of them.

    Zones are listed by ids such as `mec1-az1`, which are the same for everybody; the names of a stack, such as
    `me-central-1a`, mean another one in each account.
    """
    if not offered or any(not machine.zone_ids for machine in offered):
        return
    found = sorted({zone for machine in offered for zone in machine.zone_ids})
    there = f"{_listed(offered)} seen in {', '.join(found)} only"
    if pool.zone is not None and len(found) < len(REGIONS[region].zones):
        yield f"{there}: see that {pool.zone} is one of these in this account (aws ec2 describe-availability-zones)"
    elif pool.zone is None and len(found) < zones:
        yield f"{there}, and the site spans {zones} zones: no node of this pool starts in the others"


def _spot_warnings(offered: Sequence[Machine]) -> Iterator[str]:
    seen = [machine for machine in offered if machine.spot.kind is PriceKind.OBSERVED]
    unseen = [machine for machine in offered if machine not in seen]
    if unseen and not seen:
        yield f"no spot price was observed for {_listed(unseen)}: there may be no such capacity"
    elif unseen and len(seen) == 1:
        yield f"a spot price was observed for {_listed(seen)} and not for {_listed(unseen)}: the pool may have one kind"
    if no_cheaper := [machine for machine in offered if _costs_as_much(machine)]:
        yield f"spot of {_listed(no_cheaper)} costs as much as on-demand: it is interrupted for nothing"


def _costs_as_much(machine: Machine) -> bool:
    spot, on_demand = machine.spot, machine.on_demand
    if spot.usd_hour is None or on_demand.usd_hour is None or on_demand.kind is not PriceKind.OBSERVED:
        return False
    return spot.usd_hour >= on_demand.usd_hour


def _listed(found: Sequence[Machine]) -> str:
    return ", ".join(machine.name for machine in found)
