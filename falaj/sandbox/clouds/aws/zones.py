"""Availability zones of the emulated account."""

from __future__ import annotations

from falaj.facts.regions import REGIONS
from falaj.sandbox.clouds.values import Props, get_str

_OTHER_ZONES = "abcdef"


def usable_zones(region: str) -> tuple[str, ...]:
    """Returns the names of the zones in which AWS creates anything: those that are not lost.

    How AWS lists a lost zone is not published: `DescribeAvailabilityZones` knows the states `impaired` and
    `unavailable` (EC2 API, AvailabilityZoneState), and a zone may be absent. The emulated account assumes the worst for
    a component, that the zone is still listed as available and refuses subnets; no component depends on it, because
    zones are chosen by their IDs (`components/core/network/zones.py`).
    """
    lost = REGIONS[region].lost_zone_ids if region in REGIONS else ()
    return tuple(zone for zone in zones_of(region) if zone_id_of(region, zone) not in lost)


def zone_id_of(region: str, zone: str) -> str:
    """Returns the ID of a zone in the emulated account, whose names follow the IDs."""
    prefix = "mec1" if region == "me-central-1" else region
    return f"{prefix}-az{_OTHER_ZONES.find(zone[-1:]) + 1}"


def with_zone_id(inputs: Props) -> Props:
    """Returns a subnet's inputs with the ID of its zone instead of the name. Both are computed if absent, so replacing
    one by the other is no change (terraform-provider-aws, internal/service/ec2/vpc_subnet.go, 6.0).
    """
    zone = get_str(inputs, "availabilityZone")
    if not zone or get_str(inputs, "availabilityZoneId"):
        return inputs
    others = {key: value for key, value in inputs.items() if key != "availabilityZone"}
    return {**others, "availabilityZoneId": zone_id_of(zone[:-1], zone)}


def zones_of(region: str) -> tuple[str, ...]:
    """Returns the availability zones of a region: the real ones in the UAE, letters a to f elsewhere."""
    return REGIONS[region].zones if region in REGIONS else tuple(region + letter for letter in _OTHER_ZONES)
