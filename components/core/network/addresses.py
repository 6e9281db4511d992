"""IPv4 addresses as arguments of components."""

from ipaddress import IPv4Address
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.validation.problems import refusal


def _is_private(address: IPv4Address) -> IPv4Address:
    if not address.is_private:
        allowed = "a private IPv4 address, such as 10.20.0.4"
        raise refusal(allowed, "use the address inside your network", given=str(address))
    return address


PrivateAddress = Annotated[IPv4Address, AfterValidator(_is_private)]
"""A private address, such as that of a firewall."""


def _is_public(address: str) -> str:
    try:
        is_public = IPv4Address(address).is_global
    except ValueError:
        is_public = False
    if not is_public:
        raise refusal("a public IPv4 address", "use the address that traffic to the internet comes from", given=address)
    return address


PublicAddress = Annotated[str, AfterValidator(_is_public)]
"""A public address, such as that of a NAT gateway."""
