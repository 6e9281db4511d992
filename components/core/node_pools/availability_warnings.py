"""Warnings about the availability of a valid pool: zones without its machines, and spot capacity that may not exist.

Pure. The facts (falaj.facts.machines) are dated, so these are warnings and not errors. `pool_problems` checks that the
region offers the machines at all; warnings about the state of the region are issued once per site.
"""

from collections.abc import Iterator, Sequence

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity
from falaj.facts.machines import Machine, PriceKind, find
from falaj.facts.regions import REGIONS

SPOT = (Capacity.SPOT, Capacity.SPOT_FIRST)


def availability_warnings(region: str, zones: Sequence[str], pool: NodePoolSpec) -> Iterator[str]:
    """Yields the availability warnings of a pool in a site that spans `zones`, by ID on AWS. Ignores machines that the
    region lacks."""
    offered = [machine for name in pool.machines if (machine := find(region, name))]
    yield from _zone_warnings(region, zones, pool, offered)
    if pool.capacity in SPOT:
        yield from _spot_warnings(offered)


def _zone_warnings(region: str, zones: Sequence[str], pool: NodePoolSpec, offered: Sequence[Machine]) -> Iterator[str]:
    """Yields warnings if the machines are known in some zones only; none if the zones of a machine are unknown.

    The facts list zone IDs such as `mec1-az1`, which are the same in all accounts. Zone names such as `me-central-1a`
    can map to a different zone in each account.
    """
    if not REGIONS[region].zone_ids or not offered or any(not machine.zone_ids for machine in offered):
        return
    zone_ids = sorted({zone for machine in offered for zone in machine.zone_ids})
    observed = f"{_listed(offered)} observed in {', '.join(zone_ids)} only"
    if pool.pinned_zones is None:
        if others := [zone for zone in zones if zone not in zone_ids]:
            yield f"{observed}: this pool gets no nodes in the site's {', '.join(others)}"
        return
    facts = REGIONS[region]
    if absent := [zone for zone in pool.pinned_zones if zone in facts.zone_ids and zone not in zone_ids]:
        yield f"{observed}, not in {', '.join(absent)}: the pool gets no nodes there"
    named = [zone for zone in pool.pinned_zones if zone not in facts.zone_ids]
    if named and len(zone_ids) < len(facts.zones):
        check = f"check that {' and '.join(named)} is one of them in your account (aws ec2 describe-availability-zones)"
        yield f"{observed}: {check}"


def _spot_warnings(offered: Sequence[Machine]) -> Iterator[str]:
    observed = [machine for machine in offered if machine.spot.kind is PriceKind.OBSERVED]
    unobserved = [machine for machine in offered if machine not in observed]
    if unobserved and not observed:
        yield f"no spot price was observed for {_listed(unobserved)}: spot capacity may not exist"
    elif unobserved and len(observed) == 1:
        yield (
            f"a spot price was observed for {_listed(observed)} but not for {_listed(unobserved)}: "
            "spot capacity may exist for one machine type only"
        )
    if not_cheaper := [machine for machine in offered if _costs_as_much(machine)]:
        yield f"spot of {_listed(not_cheaper)} costs as much as on-demand: interruptions without savings"


def _costs_as_much(machine: Machine) -> bool:
    spot, on_demand = machine.spot, machine.on_demand
    if spot.usd_hour is None or on_demand.usd_hour is None or on_demand.kind is not PriceKind.OBSERVED:
        return False
    return spot.usd_hour >= on_demand.usd_hour


def _listed(machines: Sequence[Machine]) -> str:
    return ", ".join(machine.name for machine in machines)
