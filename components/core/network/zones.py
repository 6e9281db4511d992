"""The availability zones of a site. Pure.

AWS maps the names of zones, such as `me-central-1a`, to zones separately for each account; their IDs, such as
`mec1-az1`, are the same everywhere (AWS, Availability Zones, AZ IDs). So zones of AWS are chosen by ID, and lost ones
can be avoided. Other clouds' zones have names only.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.raw import is_list, is_mapping
from falaj.facts.regions import REGIONS

ZONE_ID_LABEL = "topology.k8s.aws/zone-id"
"""Label of nodes on AWS with the ID of their zone, which EKS and Karpenter set (Karpenter, well-known labels, 1.14)."""


def site_zones(region: str, count: int, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """Returns `count` zones of a region: the chosen ones, then others that are not lost, the least impaired first."""
    facts = REGIONS[region]
    usable = facts.usable_zone_ids or facts.zones
    return (*chosen, *(zone for zone in usable if zone not in chosen))[:count]


def zone_id(region: str, zone: str) -> str:
    """Returns the ID of a zone that is given by ID or name; the name if the region has no IDs.

    A name is taken as the zone of the same position, as in accounts whose names follow the IDs.
    """
    facts = REGIONS[region]
    return facts.zone_ids[facts.zones.index(zone)] if facts.zone_ids and zone in facts.zones else zone


def other_zones(region: str, zones: Sequence[str]) -> tuple[str, ...]:
    """Returns the zones of a region that are not among the given ones, lost ones too."""
    facts = REGIONS[region]
    return tuple(zone for zone in facts.zone_ids or facts.zones if zone not in zones)


def zone_letter(region: str, zone: str) -> str:
    """Returns the last character of the zone's name, for names of resources."""
    facts = REGIONS[region]
    return facts.zones[facts.zone_ids.index(zone)][-1] if zone in facts.zone_ids else zone[-1]


def with_zone_count(given: Any) -> Any:
    """Returns fields of a network with `zones` set to the number of `zone_ids`, if only these are given."""
    if not is_mapping(given) or "zones" in given or not is_list(given.get("zone_ids")) or not given["zone_ids"]:
        return given
    return {**given, "zones": len(given["zone_ids"])}


def zones_problems(region: str, count: int, chosen: Sequence[str]) -> Iterator[Problem]:
    """Yields the problems of a site's number of zones and of its chosen zones, with the paths `zones` and
    `zone_ids`."""
    facts = REGIONS[region]
    usable = facts.usable_zone_ids or facts.zones
    lost = f": {', '.join(facts.lost_zone_ids)} is lost" if facts.lost_zone_ids else ""
    if count > max(1, len(usable)):
        yield Problem("zones", count, f"at most {max(1, len(usable))} in {region}{lost}", "lower it")
    if not chosen:
        return
    given, allowed = list(chosen), ", ".join(facts.usable_zone_ids) or f"none: the zones of {region} have no IDs"
    if not set(chosen) <= set(facts.usable_zone_ids):
        yield Problem("zone_ids", given, f"{allowed}{lost}", "choose among these" if facts.zone_ids else "remove it")
    elif len(set(chosen)) != len(chosen) or len(chosen) != count:
        yield Problem("zone_ids", given, f"{count} different zones, as `zones` says", "correct one of the two")
