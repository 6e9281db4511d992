"""Who may reach a cluster's API server from outside its network."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator

from components.core.problems import refusal


def _not_the_world(block: IPv4Network) -> IPv4Network:
    if block.prefixlen == 0:
        raise refusal("the blocks of your offices", "name the blocks", given=str(block))
    return block


OfficeBlock = Annotated[IPv4Network, AfterValidator(_not_the_world)]
"""An IPv4 block that may be let in: any but the whole internet."""
