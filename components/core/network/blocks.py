"""IPv4 blocks as arguments of components."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from falaj.components.core.network.cidr import layout
from falaj.components.core.validation.problems import refusal


def _is_block(value: object) -> object:
    if isinstance(value, IPv4Network):
        return value
    if not isinstance(value, str):
        raise refusal("an IPv4 block such as 10.20.0.0/16", "write the block in quotes")
    try:
        return IPv4Network(value)
    except ValueError:
        raise refusal("an IPv4 block whose host bits are zero, such as 10.20.0.0/16", "correct the block") from None


Block = Annotated[IPv4Network, BeforeValidator(_is_block, json_schema_input_type=str)]
"""An IPv4 CIDR block; accepts text such as `10.20.0.0/16`."""


def _has_room(block: IPv4Network) -> IPv4Network:
    try:
        layout(block, 1)
    except ValueError as error:
        raise refusal(str(error), "choose a block of that size", given=str(block)) from None
    return block


SiteBlock = Annotated[IPv4Network, AfterValidator(_has_room)]
"""The block of a site, of a size that `layout` can divide."""


def _not_whole_internet(block: IPv4Network) -> IPv4Network:
    if block.prefixlen == 0:
        raise refusal("the blocks of your offices", "list the blocks", given=str(block))
    return block


OfficeBlock = Annotated[IPv4Network, AfterValidator(_not_whole_internet)]
"""A CIDR block from which the API server may be accessed in addition to its network; never `0.0.0.0/0`."""


def _is_private(block: IPv4Network) -> IPv4Network:
    if not block.is_private:
        raise refusal("a private block of IPv4 addresses", "use the block of the private network")
    return block


InsideBlock = Annotated[IPv4Network, AfterValidator(_is_private)]
"""A private block of another of your networks."""
