"""The registry of clouds: one entry names everything that a cloud provides.

To add a cloud, add a member of `Cloud`, an entry of `CLOUDS`, its regions in `data/regions/<cloud>.csv`, its machines
in a file of `data/machines/`, and a package with the modules that the entry names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Cloud(StrEnum):
    """Where a site runs."""

    AWS = "aws"
    AZURE = "azure"
    ONPREM = "onprem"


@dataclass(frozen=True)
class CloudEntry:
    """The display name of a cloud, and the modules that implement it."""

    display_name: str
    rules: str
    """Module with `RULES`, the `CloudRules` of its sites, which are pure functions
    (`falaj.components.core.site.rules`).
    """
    builder: str
    """Module with `CLOUD`, the `CloudSite` that builds its sites (`falaj.components.build.cloud_site`)."""
    meters: str
    """Module with `METERS`: type token -> function that returns the charges of a resource (`falaj.finops.estimate`)."""


CLOUDS: Mapping[Cloud, CloudEntry] = {
    Cloud.AWS: CloudEntry(
        display_name="AWS",
        rules="falaj.components.core.site.aws_rules",
        builder="falaj.components.build.aws_site",
        meters="falaj.finops.aws",
    ),
    Cloud.AZURE: CloudEntry(
        display_name="Azure",
        rules="falaj.components.core.site.azure_rules",
        builder="falaj.components.build.azure_site",
        meters="falaj.finops.azure",
    ),
}
"""Clouds in which sites are created. An on-premises cluster already exists."""
