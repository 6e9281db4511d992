"""IPv4 blocks of sites on Azure."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.network.blocks import SiteBlock
from falaj.components.core.network.cidr import LARGEST_SITE_PREFIX
from falaj.components.core.validation.problems import refusal

SMALLEST_AZURE_PREFIX = 20
"""Smallest block of a site on Azure. Its node subnet spans all zones, and its private endpoints need a /26."""

AZURE_SIZES = f"/{LARGEST_SITE_PREFIX} to /{SMALLEST_AZURE_PREFIX}"


def _has_room(block: IPv4Network) -> IPv4Network:
    if block.prefixlen > SMALLEST_AZURE_PREFIX:
        raise refusal(f"a block of {AZURE_SIZES}, such as 10.20.0.0/16", "choose a larger block", given=str(block))
    return block


AzureSiteBlock = Annotated[SiteBlock, AfterValidator(_has_room)]
"""The private block of a site on Azure."""
