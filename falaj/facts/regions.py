"""The regions of the United Arab Emirates, their zones and their state.

`state` is what a platform team must know before it plans: `impaired` regions still have price lists, so a price is no
evidence of capacity.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.rows import rows


class RegionState(StrEnum):
    """What may be expected of a region today."""

    AVAILABLE = "available"
    IMPAIRED = "impaired"
    RESTRICTED = "restricted"


@dataclass(frozen=True)
class Region:
    """One cloud region in the UAE. `pair` is the in-country region that geo-redundant storage copies to, if any."""

    name: str
    cloud: Cloud
    display_name: str
    zones: tuple[str, ...]
    state: RegionState
    state_date: date
    source: str
    pair: str | None = None


_COLUMNS = ("name", "display_name", "zones", "state", "state_date", "source", "pair")


def _read() -> Iterator[Region]:
    for cloud in CLOUDS:
        for row in rows(f"regions/{cloud.value}.csv", ("name",), _COLUMNS):
            yield Region(
                name=row.need("name", str, "the name of a region"),
                cloud=cloud,
                display_name=row.need("display_name", str, "the name that the vendor shows"),
                zones=tuple(row.cells["zones"].split()),
                state=row.need("state", RegionState, ", ".join(RegionState)),
                state_date=row.need("state_date", date.fromisoformat, "a day, YYYY-MM-DD"),
                source=row.need("source", str, "where the state is from"),
                pair=row.read("pair", str, "the name of a region"),
            )


REGIONS: dict[str, Region] = {region.name: region for region in _read()}
"""Regions by name, in the order of the clouds' registry: each cloud has a file of its own in `data/regions/`."""


def uae_regions(cloud: Cloud | None = None) -> frozenset[str]:
    """Names of the regions in the country, of one cloud or of all."""
    return frozenset(r.name for r in REGIONS.values() if cloud in (None, r.cloud))


def normalise_azure(location: str) -> str:
    """Azure accepts display names: `UAE North` and `uaenorth` are one place."""
    return re.sub(r"[\s_-]+", "", location).lower()
