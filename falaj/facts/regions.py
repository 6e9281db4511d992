"""The regions of the United Arab Emirates with their zones and state.

`state` matters for planning: `impaired` regions still have price lists, so a price is no evidence of capacity.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.rows import rows


class RegionState(StrEnum):
    """The current state of a region."""

    AVAILABLE = "available"
    IMPAIRED = "impaired"
    RESTRICTED = "restricted"


class ZoneState(StrEnum):
    """The current state of an availability zone, the best first."""

    AVAILABLE = "available"
    IMPAIRED = "impaired"
    LOST = "lost"
    """Its hardware is lost: AWS creates nothing there."""


@dataclass(frozen=True)
class Region:
    """One cloud region in the UAE. `pair` is the in-country region to which geo-redundant storage
    replicates, if any.
    """

    name: str
    cloud: Cloud
    display_name: str
    zones: tuple[str, ...]
    state: RegionState
    state_date: date
    source: str
    pair: str | None = None
    zone_ids: tuple[str, ...] = ()
    """AWS's IDs of the zones, the same in all accounts (AWS, Availability Zones, AZ IDs)."""
    zone_states: tuple[ZoneState, ...] = ()
    """State of each zone in `zone_ids`, of the same date and source as that of the region."""

    @property
    def usable_zone_ids(self) -> tuple[str, ...]:
        """Returns the IDs of the zones that are not lost: available ones before impaired ones."""
        order = tuple(ZoneState)
        known = sorted(zip(self.zone_ids, self.zone_states, strict=True), key=lambda zone: order.index(zone[1]))
        return tuple(zone_id for zone_id, state in known if state is not ZoneState.LOST)

    @property
    def lost_zone_ids(self) -> tuple[str, ...]:
        """Returns the IDs of the zones that are lost."""
        states = zip(self.zone_ids, self.zone_states, strict=True)
        return tuple(zone_id for zone_id, state in states if state is ZoneState.LOST)


_COLUMNS = ("name", "display_name", "zones", "zone_ids", "zone_states", "state", "state_date", "source", "pair")


def _zone_states(cell: str) -> tuple[ZoneState, ...]:
    return tuple(ZoneState(state) for state in cell.split())


def _read() -> Iterator[Region]:
    for cloud in CLOUDS:
        for row in rows(f"regions/{cloud.value}.csv", ("name",), _COLUMNS):
            yield Region(
                name=row.need("name", str, "the name of a region"),
                cloud=cloud,
                display_name=row.need("display_name", str, "the vendor's display name"),
                zones=tuple(row.cells["zones"].split()),
                state=row.need("state", RegionState, ", ".join(RegionState)),
                state_date=row.need("state_date", date.fromisoformat, "a day, YYYY-MM-DD"),
                source=row.need("source", str, "the source of the state"),
                pair=row.read("pair", str, "the name of a region"),
                zone_ids=tuple(row.cells["zone_ids"].split()),
                zone_states=row.read("zone_states", _zone_states, f"one of {', '.join(ZoneState)} per zone ID") or (),
            )


REGIONS: dict[str, Region] = {region.name: region for region in _read()}
"""Regions by name, in the order of `CLOUDS`: each cloud has its own file in `data/regions/`."""


def uae_regions(cloud: Cloud | None = None) -> frozenset[str]:
    """Returns the names of the UAE regions, of one cloud or of all."""
    return frozenset(region.name for region in REGIONS.values() if cloud in (None, region.cloud))


def zones_of(region: str) -> tuple[str, ...]:
    """Returns the names of the zones of a region; none of an unknown one."""
    return REGIONS[region].zones if region in REGIONS else ()


def normalise_azure(location: str) -> str:
    """Returns the region name of a location: Azure also accepts display names, such as `UAE North` for `uaenorth`."""
    return re.sub(r"[\s_-]+", "", location).lower()
