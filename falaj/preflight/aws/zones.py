"""Availability zones of an account, and the machine types that it is offered in them."""

from collections.abc import Iterator
from typing import Any

from falaj.facts.regions import REGIONS
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.needs import pool_needs
from falaj.preflight.rows import PreflightRow, Verdict


def count(context: AwsContext) -> int:
    """Returns the number of zones of the site."""
    return context.site.network.zones


def _zones(context: AwsContext) -> list[Any]:
    filters = [{"Name": "zone-type", "Values": ["availability-zone"]}]
    zones = context.ask("ec2", "describe_availability_zones", Filters=filters)["AvailabilityZones"]
    return sorted(zones, key=lambda zone: zone["ZoneName"])


def _site_zones(context: AwsContext) -> list[Any]:
    """Returns the zones that the site names, or those of the region that are not lost, the least impaired first."""
    network = context.site.network
    usable = [zone for zone in REGIONS[context.region].usable_zone_ids if zone not in network.zone_ids]
    chosen = (*network.zone_ids, *usable)[: network.zones]
    return [zone for zone in _zones(context) if zone["ZoneId"] in chosen]


def zone_state(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields the zones with their IDs, which differ from account to account for the same name, and their state."""
    chosen = _site_zones(context)
    broken = [zone["ZoneId"] for zone in chosen if zone["State"] != "available"]
    missing = count(context) - len(chosen)
    refused = bool(broken) or missing > 0
    yield PreflightRow(
        site=context.name,
        subject="availability zones",
        found=", ".join(f"{zone['ZoneName']} = {zone['ZoneId']} ({zone['State']})" for zone in chosen) or "none",
        needed=f"{count(context)} available",
        verdict=Verdict.REFUSED if refused else Verdict.OK,
        fix="choose zones that are available" if refused else "",
        setting=f"sites.{context.name}.network.zone_ids" if refused else "",
    )


def machine_types(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields per pool the zones of the site in which this account is offered each machine type."""
    zones = {zone["ZoneName"]: zone["ZoneId"] for zone in _site_zones(context)}
    names = sorted({machine.name for need in pool_needs(context.site) for machine in need.machines})
    offerings = context.pages(
        *("ec2", "describe_instance_type_offerings", "InstanceTypeOfferings"),
        LocationType="availability-zone-id",
        Filters=[{"Name": "instance-type", "Values": names}],
    )
    offered = {(offering["InstanceType"], offering["Location"]) for offering in offerings}
    for need in pool_needs(context.site):
        wanted = [zones[need.zone]] if need.zone in zones and need.zone else sorted(zones.values())
        places = {
            machine.name: [zone for zone in wanted if (machine.name, zone) in offered] for machine in need.machines
        }
        absent = [name for name, found in places.items() if not found]
        yield PreflightRow(
            site=context.name,
            subject=f"machine types of pool {need.pool}",
            found="; ".join(f"{name}: {', '.join(found) or 'no zone'}" for name, found in places.items()),
            needed=f"in {', '.join(wanted)}",
            verdict=Verdict.REFUSED if absent else Verdict.OK,
            fix=f"remove {', '.join(absent)}, or choose zones that have it" if absent else "",
            setting=f"sites.{context.name}.pools.{need.pool}.machines" if absent else "",
        )
