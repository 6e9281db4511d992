"""IPv4 blocks as arguments of components."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from falaj.components.core.network.cidr import (
    LARGEST_SITE_PREFIX,
    POD_BLOCK,
    SERVICE_BLOCK,
    SITE_SIZES,
    SMALLEST_SITE_PREFIX,
)
from falaj.components.core.validation.problems import refusal

LARGEST_PUBLIC_PREFIX = 24
"""Prefix of the largest block of public addresses: the addresses of one firewall or gateway, not a provider's."""


def _is_block(value: object) -> object:
    if isinstance(value, IPv4Network):
        return value
    if not isinstance(value, str):
        raise refusal("an IPv4 block such as 10.20.0.0/16", "write it like 10.20.0.0/16")
    try:
        return IPv4Network(value)
    except ValueError:
        raise refusal("an IPv4 block whose host bits are zero, such as 10.20.0.0/16", _fix(value)) from None


def _fix(value: str) -> str:
    """Returns how to write a block: the one that has the given address, if an address and a prefix are given."""
    try:
        return f"write {IPv4Network(value, strict=False)}, the block that has this address"
    except ValueError:
        return "write it like 10.20.0.0/16"


Block = Annotated[IPv4Network, BeforeValidator(_is_block, json_schema_input_type=str)]
"""An IPv4 CIDR block; accepts text such as `10.20.0.0/16`."""


def _is_private(block: IPv4Network) -> IPv4Network:
    if not block.is_private:
        allowed = f"a private block of IPv4 addresses, outside {POD_BLOCK} (pods) and {SERVICE_BLOCK} (services)"
        raise refusal(allowed, "use the block of the private network", given=str(block))
    return block


InsideBlock = Annotated[Block, AfterValidator(_is_private)]
"""A private block of another of your networks."""


def _has_room(block: IPv4Network) -> IPv4Network:
    if not LARGEST_SITE_PREFIX <= block.prefixlen <= SMALLEST_SITE_PREFIX:
        raise refusal(f"a block of {SITE_SIZES}, such as 10.20.0.0/16", "choose a block of that size", given=str(block))
    return block


SiteBlock = Annotated[InsideBlock, AfterValidator(_has_room)]
"""The private block of a site, of a size that `layout` can divide."""


OFFICE_BLOCKS = "the blocks of your offices; this one admits every address of the internet"
NAME_OFFICES = "list the blocks that administrators come from, such as 203.0.113.0/24"


def _not_whole_internet(block: IPv4Network) -> IPv4Network:
    if block.prefixlen == 0:
        raise refusal(OFFICE_BLOCKS, NAME_OFFICES, given=str(block))
    return block


OfficeBlock = Annotated[Block, AfterValidator(_not_whole_internet)]
"""A CIDR block from which the API server may be accessed in addition to its network; never `0.0.0.0/0`."""


def _is_public(block: IPv4Network) -> IPv4Network:
    if block.prefixlen < LARGEST_PUBLIC_PREFIX or not block.is_global:
        allowed = f"public IPv4 addresses, a block of /{LARGEST_PUBLIC_PREFIX} or smaller"
        raise refusal(allowed, "list the addresses that the traffic comes from", given=str(block))
    return block


PublicBlock = Annotated[Block, AfterValidator(_is_public)]
"""A few public addresses, such as those of a firewall."""
