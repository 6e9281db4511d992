"""What a site is charged by the hour whatever runs on it, as rows of the price list. Pure."""

from dataclasses import dataclass
from enum import Enum


class Gateway(Enum):
    """Where the load balancer of a site's gateway can be reached from."""

    ABSENT = "absent"
    """The site has no gateway."""
    INTERNAL = "internal"
    """From the site's network and those connected to it."""
    PUBLIC = "public"
    """From the internet."""


@dataclass(frozen=True)
class StandingCharge:
    """A row of the price list that is charged by the hour."""

    what: str
    """What it is for, such as `NAT gateways`."""
    service: str
    """Service of the price list."""
    sku: str
    """SKU of the price list."""
    count: int
    """How many of them are charged."""


CONTROL_PLANE, NAT, BALANCER = "control planes", "NAT gateways", "load balancers"
"""What the charges of all clouds are for."""
