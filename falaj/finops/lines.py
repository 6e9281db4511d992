"""Building blocks of an estimate: quantities with a range, charges of resources, and priced lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from falaj.facts.prices import Capacity, UnitPrice
from falaj.finops.plan import ResourceChange

ZERO = Decimal(0)

ONPREM = "onprem"
"""The cloud of a line that no cloud provider bills."""


class Basis(StrEnum):
    """Whether a line is charged for the existence of a resource or for its use."""

    BASELINE = "baseline"
    USAGE = "usage"


class Compliance(StrEnum):
    """Kinds of compliance controls that cause cost."""

    KEYS = "keys"
    HSMS = "HSMs"
    ENDPOINTS = "private endpoints"
    LOGS = "logs"
    COPIES = "in-country copies"


@dataclass(frozen=True, slots=True)
class Range:
    """A minimum, an expected and a maximum value."""

    min: Decimal
    expected: Decimal
    max: Decimal

    def __add__(self, other: "Range") -> "Range":
        return Range(self.min + other.min, self.expected + other.expected, self.max + other.max)

    def __sub__(self, other: "Range") -> "Range":
        return Range(self.min - other.min, self.expected - other.expected, self.max - other.max)

    def times(self, factor: Decimal | int) -> "Range":
        """Multiplies all three values by a factor."""
        return Range(self.min * factor, self.expected * factor, self.max * factor)


ZERO_RANGE = Range(ZERO, ZERO, ZERO)


def fixed(amount: Decimal | int) -> Range:
    """Returns a range of a single value."""
    return Range(Decimal(amount), Decimal(amount), Decimal(amount))


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge that a resource causes. `service` and `sku` identify the row of the price list.

    `share` is the share of the charge that is due to `compliance`. `least_usd` and `most_usd` are the prices of a unit
    in USD at the minimum and the maximum quantity, if they may differ from `price`: machines of several types, and
    spot. `busy` is the share of paid hours in which machines do work. `sleeps` says that a schedule stops it for part
    of the month. `machine` and `capacity` are instance type and capacity type, for machines; `work` are the workloads
    that keep more of them than the pool's minimum. `side_by_side` are numbers of them, and the hours of the expected
    month in which so many run together. `covered` are expected hours beside `quantity` that commitments pay.
    """

    service: str
    sku: str
    quantity: Range
    basis: Basis = Basis.BASELINE
    compliance: Compliance | None = None
    share: Decimal = Decimal(1)
    price: UnitPrice | None = None
    least_usd: Decimal | None = None
    most_usd: Decimal | None = None
    busy: Decimal | None = None
    profile: str = ""
    note: str = ""
    region: str = ""
    sleeps: bool = False
    machine: str = ""
    capacity: Capacity | None = None
    work: tuple[str, ...] = ()
    side_by_side: tuple[tuple[Decimal, Decimal], ...] = ()
    covered: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Owner:
    """Owner of a line, from the tags. Empty if unknown; a line without a tenant is shared by all tenants."""

    site: str = ""
    tenant: str = ""
    business_unit: str = ""
    project: str = ""
    environment: str = ""
    cost_centre: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One priced line of an estimate: a month's cost in USD without tax."""

    urn: str
    name: str
    type: str
    change: ResourceChange
    owner: Owner
    cloud: str
    region: str
    charge: Charge
    price: UnitPrice

    @property
    def what(self) -> str:
        """Service and SKU for display."""
        return f"{self.charge.service} {self.charge.sku}"

    @property
    def priced(self) -> bool:
        """Whether the cost is known: there is a price, or nothing to pay."""
        return self.price.usd is not None or self.charge.quantity.max == 0

    @property
    def usd(self) -> Range:
        """Monthly cost in USD; zero if the price is missing."""
        if self.price.usd is None:
            return ZERO_RANGE
        quantity, charge = self.charge.quantity, self.charge
        least = self.price.usd if charge.least_usd is None else charge.least_usd
        most = self.price.usd if charge.most_usd is None else charge.most_usd
        return Range(quantity.min * least, quantity.expected * self.price.usd, quantity.max * most)

    @property
    def baseline_usd(self) -> Decimal:
        """Expected cost of the minimum quantity of a resource that is charged because it exists; zero for use."""
        if self.charge.basis is not Basis.BASELINE or self.price.usd is None:
            return ZERO
        return self.charge.quantity.min * self.price.usd

    @property
    def idle_usd(self) -> Decimal:
        """The expected cost of machines while they are idle."""
        busy = self.charge.busy
        return ZERO if busy is None else self.usd.expected * (1 - busy)

    @property
    def compliance_usd(self) -> Decimal:
        """The share of the expected cost that is due to compliance controls."""
        return ZERO if self.charge.compliance is None else self.usd.expected * self.charge.share


def total(lines: Iterable[Line]) -> Range:
    """Returns the sum of the priced lines."""
    result = ZERO_RANGE
    for line in lines:
        result += line.usd
    return result
