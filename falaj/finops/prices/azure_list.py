"""Parser of Azure's retail prices: items as returned by the Azure Retail Prices API.

The trap: a machine has items for Linux and for Windows under the same `armSkuName`, and only the product's name tells
them apart. One public list took the wrong one for 48 sizes (Standard_D16as_v5: 1.584 with Windows, 0.848 without).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from falaj.facts.machine_names import is_accelerated, is_azure
from falaj.finops.errors import BadInput
from falaj.finops.prices.azure_meters import METERS, Meter
from falaj.finops.prices.vendor_list import HOURS_A_YEAR, ListedMachine, one_price, price
from falaj.finops.properties import get_list, get_str

PLACE = "Azure Retail Prices"
MACHINES = "Virtual Machines"

_NOT_PLAIN = ("Windows", "Cloud Services", "Low Priority", "CloudServices")
"""Words of a product or SKU that is no plain Linux machine."""

_YEARS = {"1 Year": 1, "3 Years": 3}
_SIZE = re.compile(r"Standard_([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)")


def checked(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The item, whose price is in dollars. Raises `BadInput` for another currency."""
    if (currency := get_str(item, "currencyCode")) != "USD":
        raise BadInput(PLACE, f"{get_str(item, 'meterName')} is in {currency or 'no currency'}, not in USD")
    return item


def machines(rows: Iterable[Mapping[str, Any]]) -> dict[str, ListedMachine]:
    """Machines by name, Linux only; primary meters only, for the others are of regions that share a price."""
    result: dict[str, ListedMachine] = {}
    for item in map(checked, rows):
        name = get_str(item, "armSkuName")
        if get_str(item, "serviceName") != MACHINES or not is_azure(name) or not _is_plain(item):
            continue
        before = result.get(name, ListedMachine(specs=_specs(name)))
        result[name] = _with(before, item, name)
    return {name: one for name, one in result.items() if one.on_demand is not None}


def _is_plain(item: Mapping[str, Any]) -> bool:
    labels = f"{get_str(item, 'productName')} {get_str(item, 'skuName')} {get_str(item, 'meterName')}"
    primary = item.get("isPrimaryMeterRegion", True) is not False
    return primary and not any(other in labels for other in _NOT_PLAIN)


def _with(machine: ListedMachine, item: Mapping[str, Any], name: str) -> ListedMachine:
    kind, usd = get_str(item, "type"), price(item.get("retailPrice"), f"{PLACE}: {name}")
    if kind == "Reservation" and (years := _YEARS.get(get_str(item, "reservationTerm"))):
        hourly = round(usd / (HOURS_A_YEAR * years), 6)
        return replace(machine, commitments={**machine.commitments, f"reserved_{years}y": hourly})
    if kind != "Consumption" or get_str(item, "unitOfMeasure") != "1 Hour" or not usd:
        return machine
    if get_str(item, "skuName").endswith(" Spot"):
        if machine.spot not in (None, usd):
            return machine.several(f"{name} spot", machine.spot, usd)
        return replace(machine, spot=usd)
    plans = {
        f"savings_{years}y": price(plan.get("retailPrice"), f"{PLACE}: {name}")
        for plan in get_list(item, "savingsPlan")
        if (years := _YEARS.get(get_str(plan, "term")))
    }
    if machine.on_demand not in (None, usd):
        return machine.several(name, machine.on_demand, usd)
    return replace(machine, on_demand=usd, commitments={**machine.commitments, **plans})


def _specs(name: str) -> dict[str, str]:
    """What a size's name says: processors (of a constrained size those that are left), architecture, and that it has no
    GPUs; how many it has no name says."""
    gpus = {} if is_accelerated(name) else {"gpus": "0"}
    match = _SIZE.match(name)
    if match is None:
        return {"arch": "x86_64"} | gpus
    _, vcpu, fewer, features = match.groups()
    return {"vcpu": fewer or vcpu, "arch": "arm64" if "p" in features else "x86_64"} | gpus


def units(rows: Iterable[Mapping[str, Any]], unmatched: list[str]) -> dict[tuple[str, str], Decimal]:
    """Prices of our service rows, by (service, SKU); rows that are not found are added to `unmatched`."""
    seen: dict[Meter, list[tuple[Decimal, Decimal]]] = {meter: [] for meter in METERS}
    for item in map(checked, rows):
        for meter in METERS:
            if _is(item, meter):
                where = f"{PLACE}: {meter.service} {meter.sku}"
                tier = price(item.get("tierMinimumUnits", 0), where)
                seen[meter].append((tier, price(item.get("retailPrice"), where)))
    priced = {m: one_price(_first(prices), f"{m.service} {m.sku}", unmatched) for m, prices in seen.items()}
    return {(meter.service, meter.sku): usd for meter, usd in priced.items() if usd is not None}


def _first(prices: list[tuple[Decimal, Decimal]]) -> list[Decimal]:
    """The prices of the first tier that costs something: below it is what is free."""
    paid = [(tier, usd) for tier, usd in prices if usd > 0]
    lowest = min((tier for tier, _ in paid), default=Decimal(0))
    return [usd for tier, usd in paid if tier == lowest]


def _is(item: Mapping[str, Any], meter: Meter) -> bool:
    return (
        get_str(item, "type") == "Consumption"
        and get_str(item, "serviceName") == meter.of
        and meter.product in ("", get_str(item, "productName"))
        and get_str(item, "meterName") == meter.name
        and get_str(item, "unitOfMeasure") == meter.unit
        and item.get("isPrimaryMeterRegion", True) is not False
    )
