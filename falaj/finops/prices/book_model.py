"""Fields of a price book, which states the rates of one contract. Unknown fields are errors."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from falaj.facts.clouds import CLOUDS
from falaj.finops.usage_model import InputModel, Number, Positive

Percent = Annotated[Number, Field(gt=0, lt=100)]
"""Discount in percent, above 0 and below 100."""

Usd = Positive
"""A price in USD without tax. Zero is rejected as a typing error, since free items are not in a price list."""


def _registered(cloud: str) -> str:
    if cloud not in CLOUDS:
        raise ValueError(f"'{cloud}' is not allowed; allowed: {', '.join(CLOUDS)}")
    return cloud


class Discount(InputModel):
    """A percentage off the list price of every catalogue line that its selectors match; an omitted selector matches
    all.

    `service` is a service of the catalogue, or `machine`. `family` (machines only) is the part of a machine's name
    before the dot, `g6`, or its beginning, `Standard_NC`. Spot prices are set by the market: they match only if
    `capacity` is `spot`.
    """

    percent: Percent
    confirm_percent: bool = False
    """Confirms a discount below 1 percent, which is otherwise rejected as a fraction: 0.05 for 5 percent."""
    cloud: Annotated[str, AfterValidator(_registered)] | None = None
    region: str | None = None
    service: str | None = None
    family: str | None = None
    sku: str | None = None
    capacity: Literal["on-demand", "spot"] = "on-demand"

    @model_validator(mode="after")
    def _selectors_are_consistent(self) -> Self:
        if self.sku is not None and self.service is None:
            raise ValueError("sku requires service")
        if self.family is not None and (self.service != "machine" or self.sku is not None):
            raise ValueError("family requires service machine and excludes sku")
        if self.capacity == "spot" and self.service != "machine":
            raise ValueError("capacity spot requires service machine")
        return self


class NegotiatedRate(InputModel):
    """A price in USD that replaces the list price, in the catalogue's unit; machines are priced per hour."""

    region: str
    service: str
    sku: str
    usd: Usd
    capacity: Literal["on-demand", "spot"] = "on-demand"


class Book(InputModel):
    """A price book. A rate takes precedence over every discount, and a more specific discount over a general one."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    contract: Annotated[str, Field(min_length=3)]
    """Name and number of the agreement: the source of its prices."""
    valid_from: date
    valid_until: date
    """The last day on which its prices are valid."""
    discounts: list[Discount] = Field(default_factory=list)
    rates: list[NegotiatedRate] = Field(default_factory=list)
