"""An entry of Azure's price lists that has the price of a row of the service catalogue."""

from dataclasses import dataclass
from decimal import Decimal

GLOBAL = "Global"
"""Region under which the list has meters with one price everywhere."""


@dataclass(frozen=True)
class Meter:
    """A catalogue row's entry in the price list. `name` is the full meter name; `product` the full product name, and
    `sku_name` the name of the SKU, or empty if the meter name suffices. A row may have several entries: the list names
    some meters in two ways. `place`: the list does not have the meter under the region but under `GLOBAL`, with one
    price everywhere, or under a zone. `times` converts the list's unit to the catalogue's.
    """

    service: str
    sku: str
    azure_service: str
    product: str
    name: str
    unit: str
    sku_name: str = ""
    place: str = ""
    times: Decimal = Decimal(1)
