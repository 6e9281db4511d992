"""Regions of clusters that only a kubeconfig shows: host names of managed API servers contain them."""

import re
from functools import cache

from falaj.facts.clouds import CLOUDS
from falaj.facts.regions import REGIONS

_SERVERS = tuple(
    re.compile(entry.api_server.replace("{region}", "(?P<region>[a-z0-9-]+)"), re.IGNORECASE)
    for entry in CLOUDS.values()
    if entry.api_server
)


@cache
def region_in(kubeconfig: str) -> str:
    """Returns the region of the managed clusters that a kubeconfig names; empty if it names none, or several."""
    regions = {match["region"].lower() for server in _SERVERS for match in server.finditer(kubeconfig)}
    return next(iter(regions)) if len(regions) == 1 and regions <= REGIONS.keys() else ""
