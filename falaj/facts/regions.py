"""The regions of the United Arab Emirates, their zones and their state.

`state` is what a platform team must know before it plans: `impaired` regions still have price lists, so a price is no
evidence of capacity.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from falaj.facts.clouds import Cloud


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


REGIONS: dict[str, Region] = {
    region.name: region
    for region in (
        Region(
            name="me-central-1",
            cloud=Cloud.AWS,
            display_name="Middle East (UAE)",
            zones=("me-central-1a", "me-central-1b", "me-central-1c"),
            state=RegionState.IMPAIRED,
            state_date=date(2026, 9, 15),
            source="press: physical damage on 2026-03-01, hardware of one zone lost, no date for the others; "
            "not confirmed with the vendor",
        ),
        Region(
            name="uaenorth",
            cloud=Cloud.AZURE,
            display_name="UAE North",
            zones=("1", "2", "3"),
            state=RegionState.AVAILABLE,
            state_date=date(2026, 11, 24),
            source="no report of damage found; zones as in the region list of karpenter-provider-azure, 2026-08",
            pair="uaecentral",
        ),
        Region(
            name="uaecentral",
            cloud=Cloud.AZURE,
            display_name="UAE Central",
            zones=(),
            state=RegionState.RESTRICTED,
            state_date=date(2026, 11, 24),
            source="access-restricted region for in-country disaster recovery; lists no availability zones",
            pair="uaenorth",
        ),
    )
}


def uae_regions(cloud: Cloud | None = None) -> frozenset[str]:
    """Names of the regions in the country, of one cloud or of all."""
    return frozenset(r.name for r in REGIONS.values() if cloud in (None, r.cloud))


def normalise_azure(location: str) -> str:
    """Azure accepts display names: `UAE North` and `uaenorth` are one place."""
    return re.sub(r"[\s_-]+", "", location).lower()
