"""Fields of a price book, which has the rates of one contract. Unknown fields are errors."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from falaj.finops.usage_model import InputModel

Percent = Annotated[Decimal, Field(gt=0, lt=100, allow_inf_nan=False)]
"""What is taken off, in percent: more than nothing and less than all."""

Usd = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]
"""A price in USD without tax. A price of zero is a slip: what costs nothing is not in a price list."""


class Discount(InputModel):
    """A part off the list price of all that its words select; a word that is left out selects everything.

    `service` is one of the catalogue, or `machine`. `family` (of machines) is what a machine's name has before the
    dot, `g6`, or begins with, `Standard_NC`. Spot prices are the market's: taken only where `capacity` says so.
    """

    percent: Percent
    cloud: Literal["aws", "azure"] | None = None
    region: str | None = None
    service: str | None = None
    family: str | None = None
    sku: str | None = None
    capacity: Literal["on-demand", "spot"] = "on-demand"

    @model_validator(mode="after")
    def _selects_one_way(self) -> Self:
        if self.sku is not None and self.service is None:
            raise ValueError("sku needs the service that it is of")
        if self.family is not None and (self.service != "machine" or self.sku is not None):
            raise ValueError("family is of service machine, and instead of a sku")
        if self.capacity == "spot" and self.service != "machine":
            raise ValueError("capacity is of service machine")
        return self


class NegotiatedRate(InputModel):
    """A price instead of the list price, in USD for the catalogue's unit; of machines an hour."""

    region: str
    service: str
    sku: str
    usd: Usd
    capacity: Literal["on-demand", "spot"] = "on-demand"


class Book(InputModel):
    """A price book. A rate takes precedence over every discount, and a specific discount over a general one."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    contract: Annotated[str, Field(min_length=3)]
    """Name and number of the agreement: the source of its prices."""
    valid_from: date
    valid_until: date
    """The last day on which its prices hold."""
    discounts: list[Discount] = Field(default_factory=list)
    rates: list[NegotiatedRate] = Field(default_factory=list)
